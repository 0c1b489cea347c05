"""The shipped table of what may stand for which stem."""

import pytest

from training.data.wordnet.table import related


@pytest.mark.parametrize(
    ("stem", "form"), [("man", "men"), ("cubism", "cubist"), ("winter", "wintry"), ("wave", "wav")]
)
def test_other_shapes_of_a_word_are_forms_both_ways(stem: str, form: str) -> None:
    assert form in related(stem).forms
    assert stem in related(form).forms


def test_synonyms_stand_for_each_other_and_a_kind_for_the_general() -> None:
    assert "film" in related("movie").kinds
    assert "movie" in related("film").kinds
    assert "stroll" in related("walk").kinds
    assert "walk" not in related("stroll").kinds


def test_opposites_and_neighbours_do_not() -> None:
    for one, other in (("red", "blue"), ("night", "day"), ("fox", "wolf"), ("large", "small")):
        found = related(one)
        assert other not in found.forms | found.kinds


def test_an_unknown_word_has_nothing() -> None:
    found = related("kirkjufell")
    assert not found.forms | found.kinds
