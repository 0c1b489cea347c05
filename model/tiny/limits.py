"""What TinyWorld's painter makes of a prompt.

It knows some hundred words, passes the rest over, and paints two kinds of things at once.
"""

import functools
import re

from model.tiny import words
from model.tiny.grammar import crowd, normalise, parse, plural

# Words that join others and name nothing to be seen.
_JOINTS = frozenset(
    """a about above across against all along an and any around are as at back background behind below beside
    between bottom by center centre corner during each edge for foreground from front has have having her here
    his in inside into is it its left lots many middle near next no not of off on one or other our out outside
    over picture painting photo right side small some that the their them there these they this those through
    to together top toward towards under up upon very was we where
    which while who with without your""".split()  # noqa: SIM905  # a list of literals reads worse
)
_TABLES: tuple[dict[str, tuple[str, ...]], ...] = (
    words.NOUN_WORDS,
    words.COLOUR_WORDS,
    words.SIZE_WORDS,
    words.PLACE_WORDS,
    words.BARE_PLACE_WORDS,
    words.TIME_WORDS,
    words.BARE_TIME_WORDS,
    words.WEATHER_WORDS,
    words.BARE_WEATHER_WORDS,
    words.STYLE_WORDS,
    words.QUALITY_WORDS,
)


def unshown(prompt: str, most: int = 3) -> tuple[str, ...]:
    """The first `most` words of `prompt` that mean nothing to TinyWorld, each once, in lower case.

    Takes time in proportion to the prompt's length.
    """
    known = _known()
    spoken = [word for word in re.findall(r"[^\W\d_]{3,}", normalise(prompt)) if word not in known]
    return tuple(dict.fromkeys(spoken))[:most]


def crowded(prompt: str) -> tuple[str, ...]:
    """The things of a prompt that names more kinds than are painted; none of any other.

    Which of them is missing cannot be told: an edited picture keeps what the one before it showed.
    """
    return crowd(prompt)


def alike(one: str, other: str) -> bool:
    """Whether two prompts ask for the same picture: "watercolor" and "watercolor painting"."""
    return parse(one) == parse(other)


@functools.cache
def _known() -> frozenset[str]:
    """Every single word of TinyWorld's phrases, and those that need no picture."""
    phrases = [phrase for table in _TABLES for ways in table.values() for phrase in ways]
    phrases += [phrase for ways in words.COUNT_WORDS.values() for phrase in ways]
    phrases += [plural(noun) for ways in words.NOUN_WORDS.values() for noun in ways]
    phrases += words.FILLERS
    return _JOINTS | {word for phrase in phrases for word in normalise(phrase).replace(",", " ").split()}
