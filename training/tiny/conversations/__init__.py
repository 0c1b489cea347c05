"""Conversations of TinyWorld whose every message has a known answer: what teaches the small model history."""
