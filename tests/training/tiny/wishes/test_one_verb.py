"""Wishes in one sentence: each piece is about something else, and what is left out is never asked for."""

import random

import pytest

from model.tiny import grammar
from model.tiny.drafts import Draft, NounPhrase, draft
from model.tiny.world import Scene
from training.tiny.wishes.draw import KINDS
from training.tiny.wishes.kinds import Worded, seen
from training.tiny.wishes.one_verb import in_one, in_order
from training.tiny.wishes.voice import Language, Voice

BEFORE = Draft((NounPhrase("fox", "red"), NounPhrase("house", "white")), phrases=(("time", "at night"),))


def made(language: Language, number: int, without: frozenset[str] = frozenset()) -> list[Worded]:
    rng = random.Random(f"{language} {sorted(without)}")
    found = [in_one(Voice(rng, language, pronouns=False), BEFORE, without) for _ in range(number)]
    return [wish for wish in found if wish]


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_sentence_asks_for_a_scene_that_can_be_read_back(language: Language) -> None:
    rng = random.Random(3)
    count = 0
    for _ in range(400):
        before = draft(Scene.random(rng), rng)
        voice = Voice(rng, language, pronouns=False)
        wish = voice.rng.choice((in_one, in_order))(voice, before, ())
        if wish:
            count += 1
            assert grammar.parse(str(wish[1])) == seen(wish[1])
            assert str(wish[1]) != str(before)
    assert count > 250


@pytest.mark.parametrize("language", ["en", "de"])
def test_colours_and_sizes_alone_leave_all_the_rest(language: Language) -> None:
    wishes = made(language, 150, frozenset(KINDS) - {"recolour", "resize"})
    assert len(wishes) > 40
    for _, after in wishes:
        assert [thing.noun for thing in after.things] == ["fox", "house"]
        assert after.phrases == BEFORE.phrases
    assert any(thing.colour != old.colour and thing.size for _, a in wishes
               for thing, old in zip(a.things, BEFORE.things, strict=True))  # fmt: skip


def test_a_thing_that_goes_is_not_said_to_change() -> None:
    for clause, after in made("en", 300, frozenset({"replace"})):
        if not any(thing.noun == "fox" for thing in after.things):
            assert not any(colour in clause.text for colour in ("fox red", "fox blue", "fox green"))


def test_german_says_es_before_mal() -> None:
    for clause, _ in made("de", 300):
        assert "mach mal es " not in clause.text
        assert "mach bitte es " not in clause.text
