"""Wildcards in a prompt: `a {red|blue|green} fox`, and `{colour}` from a list that somebody keeps. Pure.

What is drawn depends on the words, the lists and the seed alone, on every machine and Python: the choice is
a hash's remainder and not a random generator's, whose algorithm is nobody's promise.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence

from bot.errors import UnknownWildcard
from bot.texts import how as words

_BRACES = re.compile(r"\{([^{}]{1,500})\}")
_MOST = 40  # draws in one prompt, those inside of what was drawn too
_TRIES = 24  # to draw something that was not drawn before


def has_wildcards(text: str) -> bool:
    """Whether something is to be drawn."""
    return _BRACES.search(text) is not None


def draw(text: str, lists: Mapping[str, Sequence[str]], seed: int, count: int) -> tuple[str, ...]:
    """`count` texts with everything drawn, different ones as far as there are so many.

    `lists` are the entries by name in small letters; a saved prompt is a list of one, whatever stands in it.
    Raises `UnknownWildcard` for a name that is no list.
    """
    drawn: list[str] = []
    for number in range(count):
        tries = (_drawn(text, lists, f"{seed}:{number}:{attempt}") for attempt in range(_TRIES))
        first = next(tries)
        drawn.append(first if first not in drawn else next((t for t in tries if t not in drawn), first))
    return tuple(drawn)


def _drawn(text: str, lists: Mapping[str, Sequence[str]], key: str) -> str:
    for place in range(_MOST):
        found = _BRACES.search(text)
        if found is None:
            break
        text = f"{text[: found.start()]}{_choice(found[1], lists, f'{key}:{place}')}{text[found.end() :]}"
    return text


def _choice(inside: str, lists: Mapping[str, Sequence[str]], key: str) -> str:
    if "|" in inside:
        entries: Sequence[str] = [entry.strip() for entry in inside.split("|")]
    else:
        name = inside.strip().casefold()
        if name not in lists:
            names = tuple(sorted(lists)[:20])
            known = words.KNOWN_LISTS.with_(names=names) if names else words.NO_LISTS
            raise UnknownWildcard(name=inside.strip()[:40], known=known)
        entries = lists[name]
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")
    return entries[number % len(entries)]
