"""A reference picture, after which another one is painted: how people ask for it in words. Pure.

The words that ask for a style are taken out of the picture's own, where "in the style of this" means nothing;
of those that ask for a character its name stays ("the same fox as in this picture" becomes "fox").
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.domain.conversation import Changes, Turn
from bot.domain.source_pictures import SourceRole
from bot.i18n import Language
from bot.texts.references import IN_THE_STYLE, SAME_CHARACTER, WITHOUT
from model.engine import ReferenceAs

_JOINS = re.compile(r"^(?:but|and|aber|und|mais|et|pero|y|mas|e)\s+", re.IGNORECASE)
_EDGES = " ,.;:!?–-、。"
# What is left of "make it in the style of this": words that change nothing
_EMPTY = re.compile(
    r"(?:(?:please|now|and|but|make|paint|draw|turn|do|it|this|that|the|picture|image|redo|again|same|thing|"
    r"bitte|jetzt|und|aber|mach|mache|male|mal|zeichne|es|das|dies|bild|noch|einmal|so|"
    r"fais|le|la|peins|dessine|maintenant|s'il|te|plaît|hazlo|píntalo|ahora|por|favor|"
    r"faz|faça|pinte|isso|agora|して|描いて|ください|お願い)[\s,.;:!?、。]*)*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Referring:
    """What a text asks of a reference picture, and its words for the picture itself, which may be none."""

    reference_as: ReferenceAs
    words: str


def reference_in(text: str) -> Referring | None:
    """What the words ask of a picture that comes with them; None where they do not speak of one so.

    >>> reference_in("make it night, in the style of this picture")
    Referring(reference_as='style', words='make it night')
    """
    asked: tuple[tuple[ReferenceAs, Mapping[Language, tuple[str, ...]], str], ...] = (
        ("style", IN_THE_STYLE, ""),
        ("character", SAME_CHARACTER, r"\g<who>"),
    )
    for reference_as, patterns, left in asked:
        words = _without(text, patterns, left)
        if words is not None:
            return Referring(reference_as, words)
    return None


def giving_up_reference(text: str, changes: Changes | None) -> tuple[str, Changes | None]:
    """The instruction and the changes of a reply, where it says "without the reference"; else as they are."""
    words = _without(text, WITHOUT, "")
    if words is None:
        return text, changes
    return words or text, replace(changes or Changes(), reference_as="", only=not words)


def has_reference(turn: Turn) -> bool:
    """Whether a reference picture came with the turn itself."""
    return any(one.role is SourceRole.REFERENCE for one in turn.sources)


def _without(text: str, patterns: Mapping[Language, tuple[str, ...]], left: str) -> str | None:
    for pattern in (one for each in patterns.values() for one in each):
        rest, found = re.subn(pattern, left, text, flags=re.IGNORECASE)
        if found:
            words = re.sub(r"\s+([,.;!?])", r"\1", " ".join(rest.split())).strip(_EDGES)
            words = _JOINS.sub("", words)
            return "" if _EMPTY.fullmatch(words) else words
    return None
