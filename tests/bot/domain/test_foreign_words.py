"""Words in a language that the language model does not read."""

import pytest

from bot.domain.foreign_words import is_foreign


@pytest.mark.parametrize(
    "words",
    ["fais la nuit", "mets une lanterne", "hazlo de noche", "quita el gato", "coloca uma lua", "夜にして"],
)
def test_wishes_in_other_languages_are_told(words: str) -> None:
    assert is_foreign(words, ("en", "de"))
    assert not is_foreign(words, ("en", "de", "fr", "es", "pt", "ja"))
    assert not is_foreign(words, ()), "a model that reads all, or of which nobody knows"


@pytest.mark.parametrize(
    "words",
    [
        "make it night",
        "nice image",
        "add a lantern to the left",
        "mach es Nacht",
        "füge einen Café hinzu",
        "",
    ],
)
def test_wishes_that_the_model_reads_are_none(words: str) -> None:
    assert not is_foreign(words, ("en", "de"))
