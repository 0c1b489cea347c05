"""Words, stems and content words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.language.stems import content_stems, content_words, stem, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Fox's red hat, 8k", ["the", "fox", "red", "hat", "8k"]),
        ("sci-fi_city: don't!", ["sci", "fi", "city", "don't"]),
        ("ＦＵＬＬ width", ["full", "width"]),
        ("Ночь, 夜", ["ночь", "夜"]),
        ("", []),
        ("👍 !!", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("houses", "house"), ("cities", "city"), ("boxes", "box"), ("glass", "glass"), ("bus", "bus"),
        ("painting", "paint"),
        ("painted", "paint"), ("running", "run"), ("falling", "fall"), ("king", "king"),
        ("red", "red"), ("string", "string"), ("colours", "color"),
        ("grey", "gray"), ("watercolour", "watercolor"),
    ],
)  # fmt: skip
def test_stem(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_negations_are_content_and_articles_are_not() -> None:
    assert content_words("a house with no roof in the rain") == ["house", "no", "roof", "rain"]


def test_the_same_content_in_other_words_has_the_same_stems() -> None:
    assert content_stems("Two painted houses") == content_stems("the house, two painting")


@given(st.text())
def test_any_text_has_words_without_spaces(text: str) -> None:
    assert all(word and not word.isspace() and " " not in word for word in words(text))


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1))
def test_a_stem_is_never_empty(word: str) -> None:
    assert stem(word)
