"""Choices by a text's hash: they depend on the text alone, not on what else the data holds or its order."""

from __future__ import annotations

import hashlib


def unit_hash(text: str) -> float:
    """A number in [0, 1) from a text's SHA-256, evenly spread: `unit_hash(name) < share` picks a share."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) / 2**64
