"""Edits of the world: known results, and nothing else changed."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.language.stems import content_stems
from model.tiny import grammar
from model.tiny.edits import KINDS, random_edit


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
