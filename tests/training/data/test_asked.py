"""What an edit asks for, read from a reference that says more and says it otherwise."""

import pytest

from training.data.asked import Asked, asked


def read(source: str, instruction: str, target: str, *, meaning: bool = False) -> Asked:
    return asked(source, instruction, target, meaning=meaning)


def test_a_word_that_makes_way_for_what_was_asked_is_removed() -> None:
    found = read("Red Boat at the harbour", "make the boat magenta", "Magenta Boat at the harbour")
    assert set(found.required) == {"magenta", "boat", "harbor"}
    assert found.removed == {"red"}


def test_what_a_writer_merely_leaves_out_may_stay() -> None:
    found = read("a fox in the snow, rocks, pines", "add a hat", "a fox with a hat in the snow")
    assert set(found.required) == {"fox", "snow", "hat"}
    assert found.removed == frozenset()


def test_a_whole_new_wording_removes_nothing_but_what_is_named() -> None:
    found = read("a fox, deep snow, tall pines, moonlight", "turn the fox into a cat", "a cat under stars")
    assert set(found.required) == {"cat"}
    assert found.removed == {"fox"}


def test_what_the_instruction_takes_away_is_removed() -> None:
    found = read("a fox and a red lantern", "take away the lantern", "a fox")
    assert set(found.required) == {"fox"}
    assert found.removed == {"lantern"}


@pytest.mark.parametrize(
    ("instruction", "required"),
    [("make it night", {"fox", "night"}), ("make it a poster, in 8k", {"fox", "poster", "8k"})],
)
def test_ornaments_are_required_only_where_the_instruction_names_them(
    instruction: str, required: set[str]
) -> None:
    source, target = "stunning fox poster, 8k, artstation", "stunning fox poster at night, 8k, artstation"
    assert set(read(source, instruction, target).required) == required


def test_an_instruction_in_other_words_is_what_the_reference_puts_in() -> None:
    found = read("Paris, a rainy day", "change it to more pleasant weather", "Paris, a sunny day")
    assert set(found.required) == {"paris", "sunny", "day"}
    assert found.removed == {"rainy"}
    assert found.also == {"sunny": {"pleasant", "weather"}}


def test_words_that_only_ask_are_never_required() -> None:
    found = read("a row of people", "replace the people with zombies", "a row of people replaced by zombies")
    assert set(found.required) == {"row", "people", "zomby"}


def test_by_meaning_synonyms_and_derived_words_may_stand_for_a_required_one() -> None:
    found = read("a walk in winter", "cubism", "cubist walk in winter", meaning=True)
    assert set(found.required) == {"cubist", "walk", "winter"}
    assert "cubism" in found.also["cubist"]
    assert "stroll" in found.also["walk"]
    assert "wintry" in found.also["winter"]


def test_nothing_that_must_go_may_stand_for_what_is_required() -> None:
    found = read("a tale as a movie", "turn the movie into a film", "a tale as a film", meaning=True)
    assert "film" in found.required
    assert "movie" in found.removed
    assert "movie" not in found.also["film"]
