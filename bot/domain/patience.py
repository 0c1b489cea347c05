"""How long to wait for more words after a message before it is taken as an instruction. Pure.

Most instructions are one message, so the wait is short; it is long where there is a sign of more to come: the
words break off, the person went on after a short while before, or they are typing again. Typing is known from
Discord's "Typing Start" event, which a client sends at the first key after a message and then every few
seconds. Without these events there is only one wait, the longest.
"""

import re
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime

SHORT_S = 0.45
"""Seconds in which the first key of a second message is heard of, if it follows at once."""
TYPING = 3.0
"""How many times the longest wait somebody who types is waited for, counted from the last sign of it."""

_PEOPLE, _PAUSES = 1000, 8  # people whose rhythm is remembered, and pauses of each
_A_LITTLE_LONGER = 1.25  # times a person's own longest pause
_BREAKS_OFF = re.compile(
    r"(?:[,;:&+(\-–—]|\.\.\.|…"
    r"|\b(?:and|or|but|with|without|plus|the|a|its|their|my|of|from|into|as|make|add"
    r"|und|oder|aber|mit|ohne|der|den|dem|ein|eine|einen|einem|im|zum|zur|von|vom|für|wie|als|mach|mache))\s*$",
    re.IGNORECASE,
)


def breaks_off(text: str) -> bool:
    """Whether the words look as if their sentence went on, in English or German.

    >>> breaks_off("make it night and"), breaks_off("make it night")
    (True, False)
    """
    return _BREAKS_OFF.search(text) is not None


@dataclass
class _Rhythm:
    """When a person spoke last in which place, and the pauses after which they went on."""

    place_id: int
    at: datetime
    pauses: deque[float] = field(default_factory=lambda: deque(maxlen=_PAUSES))


class Patience:
    """The wait after each message, in seconds; at most `longest`, or three times that while somebody types.

    `hears_typing` says whether Discord tells the bot who is typing.
    """

    def __init__(self, longest: float, *, hears_typing: bool) -> None:
        self._longest, self._hears_typing = longest, hears_typing
        self._people: OrderedDict[int, _Rhythm] = OrderedDict()

    @property
    def while_typing(self) -> float:
        """The wait from a sign that the person who spoke last is typing again."""
        return TYPING * self._longest

    @property
    def most(self) -> float:
        """The longest time between two messages of one instruction."""
        return self.while_typing if self._hears_typing else self._longest

    def after(self, person_id: int, place_id: int, text: str, at: datetime) -> float:
        """The wait after this message of a person, which Discord received `at`."""
        rhythm = self._learn(person_id, place_id, at)
        if not self._hears_typing or breaks_off(text):
            return self._longest
        own = _A_LITTLE_LONGER * max(rhythm.pauses, default=0.0)
        return min(self._longest, max(SHORT_S, own))

    def _learn(self, person_id: int, place_id: int, at: datetime) -> _Rhythm:
        """Note how long the person paused. A pause after which they never went on counts as none."""
        rhythm = self._people.setdefault(person_id, _Rhythm(place_id, at))
        pause = (at - rhythm.at).total_seconds()
        if rhythm.place_id == place_id and pause > 0:
            rhythm.pauses.append(pause if pause <= self._longest else 0.0)
        rhythm.place_id, rhythm.at = place_id, at
        self._people.move_to_end(person_id)
        if len(self._people) > _PEOPLE:
            self._people.popitem(last=False)
        return rhythm
