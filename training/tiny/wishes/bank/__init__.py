"""Wishes as lines of text files, each with what it does: `wishes.bank.lines` says how they are written."""
