"""Reports: a person's word to the moderators about a picture. Pure; the texts and channels are elsewhere.

    open ──> removed      a moderator deleted the picture
      └────> dismissed    a moderator found nothing wrong

One person reports a turn once. All open reports of a turn are settled together.
"""

from dataclasses import dataclass
from enum import StrEnum

LONGEST_REASON = 500  # characters


class ReportState(StrEnum):
    """Where a report stands."""

    OPEN = "open"
    REMOVED = "removed"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Report:
    """`channel_id` and `message_id` are the moderators' message, once it is there.

    `guild_id` is the server of the pictures; None in private. `author_id` asked for them.
    """

    id: int
    turn_id: int
    guild_id: int | None
    author_id: int
    reporter_id: int
    reason: str
    state: ReportState
    channel_id: int | None
    message_id: int | None
