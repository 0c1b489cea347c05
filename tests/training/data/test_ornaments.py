"""Which words picture nothing by themselves."""

import pytest

from training.data.ornaments import is_filler, is_ornament


@pytest.mark.parametrize("word", ["8k", "posters", "d7000", "stunning", "artstation", "25in", "pinterest"])
def test_praise_sites_goods_and_numbers_are_ornaments(word: str) -> None:
    assert is_ornament(word)


@pytest.mark.parametrize(
    "word", ["fox", "3", "1990s", "1936", "painting", "watercolor", "night", "café", "狐"]
)
def test_things_style_years_and_single_digits_are_none(word: str) -> None:
    assert not is_ornament(word)


def test_words_that_ask_are_fillers_in_every_form() -> None:
    assert all(map(is_filler, ("make", "made", "replaces", "replaced", "adding", "turns")))
    assert not any(map(is_filler, ("fox", "paint", "painting", "drawing")))
