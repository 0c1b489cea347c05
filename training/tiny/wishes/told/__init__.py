"""Wishes as lines of text files, each with what it does: `wishes.told.lines` says how they are written."""
