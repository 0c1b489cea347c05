"""Drafts: pieces of prompts, and the scenes they say."""

import random

from hypothesis import given
from hypothesis import strategies as st

from model.tiny import grammar
from model.tiny.drafts import Draft, NounPhrase, draft, scene_of
from model.tiny.world import Scene

HOUSE = NounPhrase("house", colour="red")
MEADOW = Draft((HOUSE,), phrases=(("place", "in a meadow"),), tags=(("quality", "soft light"),))


@given(st.integers(0, 2**32))
def test_a_draft_says_its_scene_in_pieces_and_in_words(seed: int) -> None:
    rng = random.Random(seed)
    scene = Scene.random(rng)
    written = draft(scene, rng)
    assert scene_of(written) == scene
    assert grammar.parse(str(written)) == scene


def test_noun_phrases_take_the_right_article_and_number() -> None:
    assert str(NounPhrase("house", colour="orange")) == "an orange house"
    assert str(NounPhrase("fox", size="tiny", count=2, lead="two")) == "two tiny foxes"
    assert str(NounPhrase("Zorblax", lead="", tail="riding a bicycle")) == "Zorblax riding a bicycle"


def test_a_phrase_is_changed_in_place_or_appended() -> None:
    night = MEADOW.saying("time", "at night")
    assert str(night) == "a red house in a meadow at night, soft light"
    assert str(night.saying("time", "at dusk")) == "a red house in a meadow at dusk, soft light"
    assert str(night.saying("time", "")) == str(MEADOW)
    assert str(night.saying("place", "on a beach")) == "a red house on a beach at night, soft light"


def test_a_style_stays_where_it_was_said() -> None:
    assert str(MEADOW.styled("sketch")) == "a red house in a meadow, sketch, soft light"
    assert str(MEADOW.styled("sketch").styled("neon")) == "a red house in a meadow, neon, soft light"
    opened = Draft((HOUSE,), opening="sketch")
    assert str(opened.styled("watercolor")) == "watercolor of a red house"
