"""One interaction of a person with the application, and how far its answer has come."""

import time
from dataclasses import dataclass, field

from bot.sandbox.model.records import Json, Message


@dataclass
class Interaction:
    """One interaction and how far its answer has come. Kept in memory only: its token dies in 15 minutes."""

    id: int
    token: str
    type: int
    user_id: int
    channel_id: int
    data: Json
    message: Message | None = None
    trigger: "Interaction | None" = None
    created: float = field(default_factory=time.monotonic)
    answered: bool = False
    original: tuple[int, int] | None = None
    is_ephemeral: bool = False
    message_ids: set[int] = field(default_factory=set)
