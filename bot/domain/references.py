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


def reference_in(text: str, *, attached: bool = True) -> Referring | None:
    """What the words ask of a picture that is `attached`, or else replied to; None where they do not.

    "The same fox, but blue" in reply to an older picture is an instruction on that one, as ever.

    >>> reference_in("make it night, in the style of this picture")
    Referring(reference_as='style', words='make it night')
    """
    words = _without(text, IN_THE_STYLE, "")
    if words is not None:
        return Referring("style", words)
    words = _without(text, SAME_CHARACTER, r"\g<who>", needs=None if attached else "of")
    return None if words is None else Referring("character", words)


def giving_up_reference(text: str, changes: Changes | None) -> tuple[str, Changes | None]:
    """The instruction and the changes of a reply, where it says "without the reference"; else as they are."""
    words = _without(text, WITHOUT, "")
    if words is None:
        return text, changes
    return words or text, replace(changes or Changes(), reference_as="", only=not words)


def has_reference(turn: Turn) -> bool:
    """Whether a reference picture came with the turn itself."""
    return any(one.role is SourceRole.REFERENCE for one in turn.sources)


def _without(
    text: str, patterns: Mapping[Language, tuple[str, ...]], left: str, needs: str | None = None
) -> str | None:
    """The text with `left` for what the patterns find; None where none does, with the group `needs`."""
    line = " ".join(text.split())
    for pattern in (one for each in patterns.values() for one in each):
        found = re.search(pattern, line, re.IGNORECASE)
        if found is None or (needs is not None and found[needs] is None):
            continue
        rest = " ".join(re.sub(pattern, left, line, flags=re.IGNORECASE).split())
        words = _JOINS.sub("", re.sub(r"\s+([,.;!?])", r"\1", rest).strip(_EDGES))
        return "" if _EMPTY.fullmatch(words) else words
    return None
