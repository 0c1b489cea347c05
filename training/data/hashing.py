"""Chance that never changes: what a text's hash decides stays decided, whatever else the data holds."""

from __future__ import annotations

import hashlib


def unit_hash(text: str) -> float:
    """A number in [0, 1) from a text's SHA-256, evenly spread: `unit_hash(name) < share` picks a share."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) / 2**64
