"""Whether the prompt that was written for a change of one place still tells of the rest. Pure.

The language model does not know that all else stays, and may put what is said for a place of the sky in the
place of the fox below it.
"""

import re

from bot.domain.unasked import unasked
from model.language.stems import content_stems, stem, words

_THING = re.compile(
    r"(?:an?|the|one|two|three|some|another|ein|eine|einen|der|die|das|den|zwei|drei)\s+(?P<thing>[^,.;:]+)",
    re.IGNORECASE,
)
"""A thing that is to be there, with nothing said of what it replaces: "a yellow balloon"."""


def as_addition(instruction: str) -> str:
    """The words for a place as a wish that takes nothing out."""
    return f"add {instruction}"


def keeps_the_rest(source: str, instruction: str, written: str) -> bool:
    """Whether `written` lost nothing of `source` that the words do not name, and shows what they name."""
    said, before, after = content_stems(instruction), content_stems(source), content_stems(written)
    named = _THING.fullmatch(instruction.strip(" .!"))
    thing = words(named["thing"]) if named else []
    if before <= after:
        return before != after or said <= before or not thing
    if thing and stem(thing[-1]) not in before:
        return False
    return not unasked(source, as_addition(instruction), written)
