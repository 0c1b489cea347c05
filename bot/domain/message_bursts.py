"""Words said in quick succession, joined into one instruction. Pure, without Discord and without time.

People write "make it night", and a second later "and add a lantern": that is one wish and one picture. What
somebody says in a place is held until they pause; the caller keeps that time and then takes the burst. It
also ends when somebody else speaks there, when a reply names another picture, or when it grows too long, so
that everything in a place is taken in the order in which it was said.
"""

from collections import deque
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Generic, TypeVar

_REMEMBERED = 1000  # ids of messages, so that one delivered twice is not joined twice
_ENDS_A_SENTENCE = tuple(".,;:!?…")

M = TypeVar("M")


@dataclass(frozen=True, slots=True)
class Said(Generic[M]):
    """A message with words: `parent_turn_id` is the picture it replies to, None for the latest one.

    `at` is when Discord received it; `message` is the caller's own.
    """

    id: int
    place_id: int
    author_id: int
    conversation_id: int
    parent_turn_id: int | None
    text: str
    at: datetime
    message: M


@dataclass(frozen=True, slots=True)
class Burst(Generic[M]):
    """What one person said without a pause, oldest first; never empty."""

    parts: tuple[Said[M], ...]

    @property
    def first(self) -> Said[M]:
        """The part that says which picture is meant."""
        return self.parts[0]

    @property
    def last(self) -> Said[M]:
        """The part that is answered, and under whose id all are stored."""
        return self.parts[-1]

    @property
    def text(self) -> str:
        """The words of all parts as one instruction."""
        joined = ""
        for part in self.parts:
            words = part.text.strip()
            gap = " " if joined.endswith(_ENDS_A_SENTENCE) else ", "
            joined = f"{joined}{gap}{words}" if joined and words else joined or words
        return joined


@dataclass
class Bursts(Generic[M]):
    """The burst of each place that is not taken yet.

    Parts belong together when they come within `pause` of each other, and stay within `longest` characters.
    """

    pause: timedelta
    longest: int
    _held: dict[int, Burst[M]] = field(default_factory=dict)
    _seen: deque[int] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))

    def add(self, said: Said[M]) -> Burst[M] | None:
        """Hold a message. Returns the burst it does not belong to, which is to be taken before it."""
        if said.id in self._seen:
            return None
        self._seen.append(said.id)
        held = self._held.get(said.place_id)
        if held is not None and self._belongs(held, said):
            self._held[said.place_id] = Burst((*held.parts, said))
            return None
        self._held[said.place_id] = Burst((said,))
        return held

    def take(self, place_id: int) -> Burst[M] | None:
        """The burst of a place, which is held no longer."""
        return self._held.pop(place_id, None)

    def places(self) -> list[int]:
        """Where something is held."""
        return list(self._held)

    def is_held(self, place_id: int, author_id: int) -> bool:
        """Whether what is held in a place is this person's."""
        held = self._held.get(place_id)
        return held is not None and held.last.author_id == author_id

    def change(self, place_id: int, message_id: int, text: str | None) -> bool:
        """Put a message's new words in place of the old, or take it out (None); whether it was held."""
        held = self._held.get(place_id)
        if held is None or all(part.id != message_id for part in held.parts):
            return False
        parts = tuple(
            replace(part, text=text or "") if part.id == message_id else part
            for part in held.parts
            if part.id != message_id or text is not None
        )
        if parts:
            self._held[place_id] = Burst(parts)
        else:
            del self._held[place_id]
        return True

    def _belongs(self, held: Burst[M], said: Said[M]) -> bool:
        same = said.author_id == held.last.author_id and said.conversation_id == held.last.conversation_id
        goes_on = said.parent_turn_id in (None, held.first.parent_turn_id)
        in_time = timedelta() <= said.at - held.last.at <= self.pause
        fits = len(held.text) + len(said.text) + 2 <= self.longest
        return same and goes_on and in_time and fits
