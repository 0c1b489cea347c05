"""Prompts and scenes: what we write we can read back; what people type is read as far as may be."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.tiny import words
from model.tiny.grammar import beautified, caption, normalise, parse, plural, polish
from model.tiny.world import NATURAL_COLOUR, Scene, Thing

seeds = st.integers(0, 2**32)


@given(seeds, st.sampled_from([caption, beautified]))
def test_every_prompt_we_write_is_read_back_exactly(seed: int, write: object) -> None:
    rng = random.Random(seed)
    scene = Scene.random(rng)
    assert parse(write(scene, rng)) == scene  # type: ignore[operator]


@given(seeds)
def test_spelling_and_capitals_do_not_matter(seed: int) -> None:
    rng = random.Random(seed)
    scene = Scene.random(rng)
    assert parse(beautified(scene, rng).replace("color", "colour").upper()) == scene


@given(st.text(max_size=200))
def test_any_text_is_read_as_some_scene(text: str) -> None:
    assert len(parse(text).things) <= 2


@given(seeds)
def test_polish_adds_quality_words_only_where_there_are_none(seed: int) -> None:
    rng = random.Random(seed)
    scene = Scene.random(rng)
    polished = polish(scene, rng)
    assert polished.quality
    assert polished == (scene if scene.quality else replace(scene, quality=polished.quality))


@pytest.mark.parametrize(
    ("prompt", "scene"),
    [
        ("a fox in the snow", Scene((Thing("fox", "orange"),), place="mountains")),
        ("Two blue ships on the sea at sunset", Scene((Thing("boat", "blue", count=2),), "sea", "sunset")),
        ("a house, no rain", Scene((Thing("house", "red"),))),
        ("a lantern without fog; water-colour", Scene((Thing("lantern", "yellow"),), style="watercolour")),
        ("little grumpy green cat by the ocean", Scene((Thing("cat", "green", "small"),), "sea")),
        ("a dragon in a cave", Scene()),
        ("", Scene()),
    ],
)
def test_what_people_type(prompt: str, scene: Scene) -> None:
    assert parse(prompt) == scene


def test_every_noun_has_a_natural_colour_that_may_go_unsaid() -> None:
    for noun, colour in NATURAL_COLOUR.items():
        assert parse(f"a {noun}") == Scene((Thing(noun, colour),))


def test_no_phrase_means_two_things() -> None:
    tables = [
        getattr(words, name) for name in dir(words) if name.endswith("_WORDS") and name != "COUNT_WORDS"
    ]
    phrases = [phrase for table in tables for ways in table.values() for phrase in ways]
    assert len(phrases) == len(set(phrases))


def test_normalise_folds_punctuation_spelling_and_space() -> None:
    assert normalise("  A red-house;  in\nwater colour!! ") == "a red house, in, watercolor"


@pytest.mark.parametrize(
    ("noun", "many"), [("fox", "foxes"), ("hot air balloon", "hot air balloons"), ("daisy", "daisies")]
)
def test_plurals(noun: str, many: str) -> None:
    assert plural(noun) == many
