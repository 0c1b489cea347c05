"""Edits of the world: known results, and nothing else changed."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.tiny import grammar
from model.tiny.drafts import Draft, NounPhrase
from model.tiny.edits import KINDS, MOODS, SINGLE, prettier, random_edit, replaced, world_vocabulary
from model.words import content_stems


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_read_back_as_its_known_scenes(kind: str) -> None:
    rng = random.Random(kind)
    for _ in range(40):
        edit = random_edit(rng, kind)
        assert edit.kind == kind
        assert grammar.parse(edit.source) == edit.before
        assert grammar.parse(edit.target) == edit.after


@given(st.integers(0, 2**32))
def test_the_same_seed_gives_the_same_edit(seed: int) -> None:
    assert random_edit(random.Random(seed)) == random_edit(random.Random(seed))


def test_only_beautifying_has_no_instruction() -> None:
    rng = random.Random(3)
    edits = [random_edit(rng) for _ in range(300)]
    assert all(bool(edit.instruction) == (edit.kind != "beautify") for edit in edits)
    assert {edit.kind for edit in edits} == set(KINDS)


def test_small_talk_changes_nothing() -> None:
    rng = random.Random(4)
    assert all(e.target == e.source for e in (random_edit(rng, "nothing") for _ in range(50)))


def test_a_time_edit_keeps_every_other_word() -> None:
    rng = random.Random(5)
    for _ in range(50):
        edit = random_edit(rng, "time")
        assert (edit.after.things, edit.after.place, edit.after.style) == (
            edit.before.things,
            edit.before.place,
            edit.before.style,
        )
        changed = content_stems(edit.source) - content_stems(edit.target)
        assert len(changed) <= 3


def test_a_beautified_prompt_keeps_the_short_one_and_gains_quality() -> None:
    rng = random.Random(6)
    for _ in range(50):
        edit = random_edit(rng, "beautify")
        assert edit.target.startswith(edit.source.rstrip("."))
        assert len(edit.after.quality) >= 1
        assert edit.target == edit.source if edit.before.quality else edit.target != edit.source


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
