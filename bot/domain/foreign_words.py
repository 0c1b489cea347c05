"""Whether words are in a language that the language model does not read. Pure.

Told by the letters, and by the words of the bot's own commands in its languages (`bot.texts.commands`): among
them are the articles, prepositions and verbs that any wish has. It decides only whether a sentence is added
to an answer that is given anyway.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import fields
from functools import cache

from bot.domain.sanitize import without_accents
from bot.i18n import Language
from bot.texts.commands import BY_LANGUAGE

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = {"en", "de", "fr", "es", "pt", "it", "nl"}
_SHARED = {"image", "different", "resolution", "modification", "grand", "zero", "favor", "nova", "accord"}
_SHORTEST = 2  # letters


def is_foreign(text: str, understood: Collection[str]) -> bool:
    """Whether `text` is probably in none of the languages of these codes; False where none is named."""
    if not understood:
        return False
    if _LATIN.issuperset(understood) and any(c.isalpha() and not _is_latin(c) for c in text):
        return True
    said = _words_of(text)
    known = frozenset[str]().union(*(_vocabulary(one) for one in Language if one in understood))
    strange = {word for word in said - known - _SHARED if len(word) >= _SHORTEST}
    return any(strange & _vocabulary(one) for one in Language if one not in understood)


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(("LATIN", "FULLWIDTH LATIN"))


def _words_of(text: str) -> set[str]:
    return set(_WORD.findall(without_accents(text.casefold())))


@cache
def _vocabulary(language: Language) -> frozenset[str]:
    """The words of all commands in a language."""
    table = BY_LANGUAGE[language]
    forms = [form for one in fields(table) for group in getattr(table, one.name) for form in _flat(group)]
    return frozenset(_words_of(" ".join(forms)))


def _flat(group: str | tuple[str, ...]) -> tuple[str, ...]:
    return (group,) if isinstance(group, str) else group
