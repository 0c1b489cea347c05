"""Two adapters side by side on one server: which conversation is written by which, decided by a hash.

The answer for a conversation never changes while the experiment keeps its name, needs nothing stored, and
nobody sees it. Which model really wrote a turn is stored with the turn, as always.
"""

import hashlib

from bot.settings import ExperimentSettings

A, B = "a", "b"


def arm_of(settings: ExperimentSettings, conversation_id: int) -> str:
    """The arm of a conversation, "a" or "b", or "" when no experiment runs."""
    if not settings.name:
        return ""
    digest = hashlib.sha256(f"{settings.name}\n{conversation_id}".encode()).digest()
    return B if int.from_bytes(digest[:8]) / 2**64 < settings.share_b else A
