"""What a person keeps for their prompts, and may share with a server: styles, saved prompts, lists. Pure.

A style's words are added to a prompt, a saved prompt stands in one as `{name}`, and of a list one entry is
drawn for it. One name means one thing to a person: their own comes before the server's, and both before the
operator's styles.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

LONGEST_NAME = 40
LONGEST_WORDS = 600
"""Characters; a prompt has room for them and for what it says itself."""

_NAME = re.compile(r"[^\W_][\w \-]*")


class WordsKind(StrEnum):
    """What the words are for."""

    STYLE = "style"
    PROMPT = "prompt"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class OwnWords:
    """Words by a name, shared with the server `guild_id` if any. The entries of a list are parted by `|`."""

    owner_id: int
    kind: WordsKind
    name: str
    words: str
    guild_id: int | None = None

    @property
    def added(self) -> str:
        """A style's words as they follow a prompt."""
        return self.words if self.words.startswith(",") else f", {self.words}"

    @property
    def entries(self) -> tuple[str, ...]:
        """What one is drawn from: the entries of a list, of anything else all its words, also with `|`."""
        parts = self.words.split("|") if self.kind is WordsKind.LIST else [self.words]
        return tuple(part.strip() for part in parts)


def key_of(name: str) -> str:
    """A name as it is looked up: small letters, single spaces."""
    return " ".join(name.casefold().split())


def is_name(name: str) -> bool:
    """Whether words can be called so: it is typed between braces and after `--style`."""
    return len(name) <= LONGEST_NAME and _NAME.fullmatch(name) is not None and "--" not in name


def styles_of(kept: Iterable[OwnWords]) -> dict[str, OwnWords]:
    """The styles by their names in small letters; of two with one name the first counts."""
    return _by_name(kept, (WordsKind.STYLE,))


def lists_of(kept: Iterable[OwnWords]) -> dict[str, tuple[str, ...]]:
    """What may stand between braces, by its name in small letters: a list's entries, or a saved prompt."""
    return {name: one.entries for name, one in _by_name(kept, (WordsKind.LIST, WordsKind.PROMPT)).items()}


def _by_name(kept: Iterable[OwnWords], kinds: tuple[WordsKind, ...]) -> dict[str, OwnWords]:
    found: dict[str, OwnWords] = {}
    for one in kept:
        if one.kind in kinds:
            found.setdefault(key_of(one.name), one)
    return found
