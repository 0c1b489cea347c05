"""A held-out set of wishes and chats as people type them, and what the shipped model makes of them.

`README.md` has the rules the set was written by; nothing may be trained or selected on it.
"""
