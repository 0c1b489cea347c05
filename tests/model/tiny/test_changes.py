"""The kinds of edits, one by one, on drafts."""

import random

import pytest

from model.tiny import grammar
from model.tiny.changes import SINGLE, prettier, replaced
from model.tiny.drafts import Draft, NounPhrase
from model.tiny.vocabulary import MOODS, bare, place_name, world_vocabulary


def test_what_is_replaced_keeps_what_the_new_does_not_say() -> None:
    cats = NounPhrase("cat", colour="black", size="small", count=2, lead="two")
    assert str(replaced(cats, NounPhrase("dog", count=2, lead="two"))) == "two small black dogs"
    assert str(replaced(cats, NounPhrase("boat", colour="red"))) == "a small red boat"


def test_prettier_adds_two_kinds_of_quality_until_all_are_there() -> None:
    draft = Draft((NounPhrase("cat"),), tags=(("quality", "intricate details"),))
    assert str(prettier(draft)) == "a cat, intricate details, soft light, volumetric lighting"
    full = prettier(prettier(prettier(draft)))
    assert prettier(full) == full


@pytest.mark.parametrize("kind", sorted(SINGLE))
def test_every_kind_can_be_asked_of_a_rich_prompt(kind: str) -> None:
    rng = random.Random(kind)
    draft = Draft(
        (NounPhrase("cat", colour="red"), NounPhrase("house")),
        phrases=(("place", "on a beach"), ("time", "at night"), ("weather", "in the rain")),
        tags=(("style", "sketch"), ("quality", "sharp focus")),
    )
    vocabulary = world_vocabulary()
    if kind == "add":
        draft = Draft(draft.things[:1], phrases=draft.phrases)
    change = next(c for c in (SINGLE[kind](draft, vocabulary, rng) for _ in range(20)) if c)
    assert change.clause
    assert (change.draft == draft) <= (kind not in ("add", "remove"))


def test_moods_come_to_words_the_world_knows() -> None:
    for consequences in MOODS.values():
        for _, phrase in consequences:
            assert grammar.parse(f"a cat {phrase}") != grammar.parse("a cat") or phrase == "on a sunny day"


def test_phrases_lose_what_leads_them() -> None:
    assert bare("a watercolor") == "watercolor"
    assert bare("in the rain") == "rain"
    assert place_name("on a beach") == "a beach"


def test_a_negation_never_names_what_stays() -> None:
    draft = Draft((NounPhrase("cat"),), phrases=(("weather", "in the rain"),))
    rng = random.Random(0)
    for _ in range(60):
        change = SINGLE["negation"](draft, world_vocabulary(), rng)
        assert change is None or ("rain" in change.clause) == ("rain" not in str(change.draft))
