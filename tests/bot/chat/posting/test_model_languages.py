"""The sentence about the languages that the language model reads: when, and in which language."""

from types import SimpleNamespace
from typing import Any

import pytest

from bot.chat.posting.model_languages import ModelLanguages
from bot.i18n import Language


class Places:
    """Places that speak one language, of people who speak another."""

    def __init__(self, place: Language, person: Language) -> None:
        self.place, self.person = place, person

    async def language(self, conversation: Any) -> Language:
        return self.place

    async def language_of(self, person_id: int) -> Language:
        return self.person


async def added(words: str, place: Language, person: Language, understood: tuple[str, ...]) -> str:
    languages = ModelLanguages(Places(place, person), lambda: understood)  # type: ignore[arg-type]
    turn: Any = SimpleNamespace(instruction=words, author_id=1)
    text = await languages.added_to("Sorry.", SimpleNamespace(), turn)  # type: ignore[arg-type]
    return text.removeprefix("Sorry.").strip()


EN, DE, FR, ES = Language.ENGLISH, Language.GERMAN, Language.FRENCH, Language.SPANISH
BOTH = ("en", "de")


@pytest.mark.parametrize(
    ("words", "place", "person", "understood", "told"),
    [
        ("make it night", EN, EN, BOTH, ""),
        ("fais la nuit", EN, EN, BOTH, "-# My language model understands you only in English, in German."),
        ("fais la nuit", DE, EN, ("en",), "-# Mein Sprachmodell versteht dich nur auf Englisch."),
        ("xyz", EN, FR, BOTH, "-# Mon modèle de langage te comprend seulement en anglais, en allemand."),
        ("xyz", ES, EN, BOTH, "-# Mi modelo de lenguaje solo te entiende en inglés, en alemán."),
        ("fais la nuit", FR, FR, (), ""),
        ("fais la nuit", FR, FR, ("en", "fr"), ""),
    ],
)
async def test_who_may_have_spoken_another_language_is_told(
    words: str, place: Language, person: Language, understood: tuple[str, ...], told: str
) -> None:
    assert await added(words, place, person, understood) == told
