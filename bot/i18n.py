"""The languages the bot speaks, and a sentence in all of them.

English and German stand in the code (`bot.texts`), side by side. The other languages are translations of the
English in `bot/texts/translations/*.po`, gettext's form, which translators and their tools know;
`make translations` adds what is new. A test holds that none lacks a sentence.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import polib

TRANSLATIONS = Path(__file__).parent / "texts" / "translations"


class Language(StrEnum):
    """A language by its code."""

    ENGLISH = "en"
    GERMAN = "de"
    FRENCH = "fr"
    SPANISH = "es"
    PORTUGUESE = "pt"
    JAPANESE = "ja"

    @classmethod
    def of(cls, locale: object) -> "Language":
        """The language of one of Discord's locales ("de", "en-US"); English for those not spoken here."""
        return _BY_CODE.get(str(locale).partition("-")[0], cls.ENGLISH)


_BY_CODE = {language.value: language for language in Language}  # asked ten thousand times when a bot starts


TRANSLATED = (Language.FRENCH, Language.SPANISH, Language.PORTUGUESE, Language.JAPANESE)
"""The languages that have a file of translations."""


@cache
def translations(language: Language) -> Mapping[str, str]:
    """The sentences of a translated language, by the English."""
    file = polib.pofile(str(TRANSLATIONS / f"{language.value}.po"))
    return {entry.msgid: entry.msgstr for entry in file if entry.translated()}


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in every language, with the same placeholders in all."""

    en: str
    de: str

    def __call__(self, language: Language, /, **fields: object) -> str:
        """The sentence in a language. A field that is a text, or a tuple of some, is said in it too."""
        return self.raw(language).format_map({name: _said(value, language) for name, value in fields.items()})

    def raw(self, language: Language) -> str:
        """The sentence in a language, with its placeholders; English where a translation lacks it."""
        if language is Language.GERMAN:
            return self.de
        return self.en if language is Language.ENGLISH else translations(language).get(self.en, self.en)

    def with_(self, **fields: object) -> "Phrase":
        """The sentence with its fields, to be a field of another."""
        return Phrase(self, fields)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text whose fields are known already."""

    text: Text
    fields: Mapping[str, object]

    def __call__(self, language: Language, /) -> str:
        """The phrase in a language."""
        return self.text(language, **self.fields)


def _said(value: object, language: Language) -> object:
    if isinstance(value, Text | Phrase):
        return value(language)
    if isinstance(value, tuple):
        return ", ".join(str(_said(part, language)) for part in value)
    return value
