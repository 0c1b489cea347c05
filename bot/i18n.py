"""The languages the bot speaks, and a sentence in all of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """A language by its code, which is also the name of its field in `Text`."""

    ENGLISH = "en"
    GERMAN = "de"

    @classmethod
    def of(cls, locale: object) -> "Language":
        """The language of one of Discord's locales ("de", "en-US"); English for those not spoken here."""
        code = str(locale).partition("-")[0]
        return next((language for language in cls if language == code), cls.ENGLISH)


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in every language, with the same placeholders in all."""

    en: str
    de: str

    def __call__(self, language: Language, /, **fields: object) -> str:
        """The sentence in a language. A field that is a text, or a tuple of some, is said in it too."""
        sentence: str = getattr(self, language.value)
        return sentence.format_map({name: _said(value, language) for name, value in fields.items()})

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
