"""Talk between people, told from instructions by its form alone: greetings, and words to somebody by name.

Only what is plainly talk is recognised, in English and German; everything else is left to the language model,
which may find that it changes nothing.
"""

import re
from collections.abc import Iterable

_THANKS = r"(?:thanks|thank you|thx|ty|danke|dankeschön|cheers)"
_GREETING = (
    r"(?:hi|hey|hello|hallo|hei|moin|servus|yo|good (?:morning|evening|night|day)"
    rf"|guten (?:morgen|tag|abend)|gute nacht|{_THANKS}|bye|tschüss)"
)
_TO_ALL = r"(?:all|everyone|everybody|guys|folks|both|alle|zusammen|leute|ihr|you two)"
_END = r"[\s,.:;!?…~)(]*"
_MOOD = r"(?:[\s,.!]*(?:there|so much|very much|a lot|again|sehr|vielmals|nochmal))?"

_ONLY_A_GREETING = re.compile(rf"{_END}{_GREETING}{_MOOD}(?:[\s,]+{_TO_ALL})?{_END}", re.IGNORECASE)
_ONLY_THANKS = re.compile(rf"{_END}{_THANKS}{_MOOD}{_END}", re.IGNORECASE)
_TO_EVERYBODY = re.compile(rf"{_GREETING}[\s,]+{_TO_ALL}\b[\s]*[,.:;!?]", re.IGNORECASE)
_BY_A_NAME = re.compile(rf"(?i:{_GREETING})\s+[A-ZÄÖÜ]\w+\s*(?:[,.:;!?]|$)")
"""A greeting, one word that could be a name (with a capital), and a pause or the end after it."""

_SHORTEST_NAME = 2  # characters


def is_greeting(text: str) -> bool:
    """Whether the words are a greeting or thanks, and nothing else."""
    return _ONLY_A_GREETING.fullmatch(text.strip()) is not None


def is_thanks(text: str) -> bool:
    """Whether the words are thanks to nobody by name, and nothing else."""
    return _ONLY_THANKS.fullmatch(text.strip()) is not None


def is_question(text: str) -> bool:
    """Whether the words ask something, and so describe no picture."""
    return text.rstrip().endswith("?")


def speaks_to_somebody(text: str, names: Iterable[str] = ()) -> bool:
    """Whether the words are meant for other people: greeted, or called by one of `names` at either end."""
    said = text.strip()
    if _TO_EVERYBODY.match(said) or _BY_A_NAME.match(said):
        return True
    return any(_calls(said, name) for name in names if len(name) >= _SHORTEST_NAME)


def _calls(text: str, name: str) -> bool:
    """Whether a name stands where one calls somebody: "Ada, …", "hi Ada …", "…, Ada?"."""
    called = re.escape(name.strip())
    return any(
        re.search(pattern, text, re.IGNORECASE)
        for pattern in (
            rf"^@?{called}\s*[,:;!?]",
            rf"^{_GREETING}[\s,]+@?{called}\b",
            rf",\s*@?{called}{_END}$",
            rf"^@?{called}{_END}$",
        )
    )
