"""Talk between people, told from instructions by its form alone: greetings, and words to somebody by name.

Only what is plainly talk is recognised, by the words of each language in `bot.texts.commands`; everything
else is left to the language model, which may find that it changes nothing.
"""

import re
from collections.abc import Iterable

from bot.domain.language_words import any_of
from bot.domain.sanitize import without_accents
from bot.texts.commands import BY_LANGUAGE

_GREETING = any_of("greetings", "thanks")
_TO_ALL = any_of("to_all")
_PAUSE = "[,.:;!?、。：！？]"
_END = r"[\s,.:;!?…~)(¡¿、。！？〜]*"
_MOOD = rf"(?:[\s,.!、]*{any_of('mood')})?"

_ONLY_A_GREETING = re.compile(
    rf"{_END}(?:{_TO_ALL}[\s,、]*)?{_GREETING}{_MOOD}(?:[\s,]+{_TO_ALL})?{_END}", re.IGNORECASE
)
_ONLY_THANKS = re.compile(rf"{_END}{any_of('thanks')}{_MOOD}{_END}", re.IGNORECASE)
_TO_EVERYBODY = re.compile(rf"{_GREETING}[\s,]+{_TO_ALL}\b[\s]*{_PAUSE}", re.IGNORECASE)
_BY_A_NAME = re.compile(rf"(?i:{_GREETING})\s+(?P<name>[A-Z]\w+)\s*(?:{_PAUSE}|$)")
"""A greeting, one word that could be a name (with a capital), and a pause or the end after it."""
_BOT = frozenset({"bot", "ai", "ki", "robot", "computer"})
"""What people call us who do not look how we are called."""
_NO_NAME = frozenset(
    word
    for table in BY_LANGUAGE.values()
    for form in (*table.greetings, *table.mood)
    for word in form.split()
)
"""Words that may follow a greeting and are nobody: "Hi There", "Moin Moin"."""
_SHORTEST_OF_OURS = 3  # letters of a word that may stand for our whole name

_LONGEST_PRAISE = 60  # characters
_AROUND_WORDS = ",.:;!?…~)(¡¿、。！？〜❤️😍🥰👍🔥🎉👏😊🙏😂"
_PRAISE = tuple(
    # folded as what is said: of "süß" that makes "suss"
    tuple(frozenset(without_accents(word.casefold()) for word in words) for words in (own, around))
    for own, around in ((table.praise, table.around_praise) for table in BY_LANGUAGE.values())
)
"""Of each language the words of praise, and those around them."""
_ASKS = ("?", "？", "ですか", "ますか", "ませんか", "でしょうか")  # Japanese does without the mark
_SHORTEST_NAME = 2  # characters


def is_greeting(text: str) -> bool:
    """Whether the words are a greeting or thanks, and nothing else."""
    return _ONLY_A_GREETING.fullmatch(without_accents(text.strip())) is not None


def is_thanks(text: str) -> bool:
    """Whether the words are thanks to nobody by name, and nothing else."""
    return _ONLY_THANKS.fullmatch(without_accents(text.strip())) is not None


def is_praise(text: str) -> bool:
    """Whether the words say that a picture is liked, and nothing else: "oh thats so pretty!"."""
    if len(text) > _LONGEST_PRAISE:
        return False
    said = [word for part in without_accents(text.casefold()).split() if (word := part.strip(_AROUND_WORDS))]
    return any(not own.isdisjoint(said) and (own | around).issuperset(said) for own, around in _PRAISE)


def asks_for_nothing(text: str) -> bool:
    """Whether the words are a greeting, thanks or praise, and nothing else."""
    return is_greeting(text) or is_praise(text)


def is_question(text: str) -> bool:
    """Whether the words ask something, and so describe no picture."""
    return text.rstrip().rstrip("。").endswith(_ASKS)


def speaks_to_somebody(text: str, names: Iterable[str] = (), us: str = "") -> bool:
    """Whether the words are meant for other people: greeted, or called by one of `names` at either end.

    Who greets the bot speaks to nobody else; `us` is how it is called there.
    """
    said = without_accents(text.strip())
    if _TO_EVERYBODY.match(said):
        return True
    if greeted := _BY_A_NAME.match(said):
        called = greeted["name"].casefold()
        return called not in _NO_NAME and not _is_ours(called, us)
    return any(_calls(said, name) for name in names if len(name) >= _SHORTEST_NAME)


def _is_ours(called: str, us: str) -> bool:
    """Whether somebody is called by one of the words of our name, or by all in one: "Diff-Chat"."""
    words = re.findall(r"\w+", without_accents(us).casefold())
    return called in _BOT or called in {"".join(words), *(w for w in words if len(w) >= _SHORTEST_OF_OURS)}


def _calls(text: str, name: str) -> bool:
    """Whether a name stands where one calls somebody: "Ada, …", "hi Ada …", "…, Ada?"."""
    called = re.escape(without_accents(name.strip())) + "(?:さん|くん|ちゃん|様)?"
    return any(
        re.search(pattern, text, re.IGNORECASE)
        for pattern in (
            rf"^@?{called}\s*[,:;!?、，：！？]",
            rf"^{_GREETING}[\s,、]+@?{called}\b",
            rf"[,、]\s*@?{called}{_END}$",
            rf"^@?{called}{_END}$",
        )
    )
