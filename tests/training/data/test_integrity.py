"""Content integrity: examples by hand, and what must hold for every text."""

from dataclasses import replace

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from model.language.stems import content_stems
from training.data.examples import Edit
from training.data.integrity import (
    FEATURES,
    PrefixStems,
    Requirements,
    batch_features,
    guessed_requirements,
    integrities,
    integrity,
    integrity_of_stems,
    prefix_features,
    prefix_integrities,
    requirements_of,
)

FOX_TO_CAT = Edit(
    "two red foxes in a meadow, sharp focus",
    "replace the foxes with a cat",
    "a red cat in a meadow, sharp focus, trending on artstation",
    "a red cat in a meadow",
)
WORDS = st.sampled_from(
    [
        "fox",
        "foxes",
        "Cats",
        "red",
        "the",
        "night's",
        "painting",
        "paint",
        "3",
        "café",
        "½",
        "don't",
        "x_y",
        "狐",
    ]
)
TEXTS = st.one_of(st.lists(st.tuples(WORDS, st.sampled_from([" ", ", ", "-", "", "\n"])), max_size=12).map(
    lambda parts: "".join(word + gap for word, gap in parts)), st.text(max_size=30))  # fmt: skip
STEMS = st.frozensets(st.sampled_from(["fox", "cat", "red", "meadow", "paint", "3", "café"]))
REQUIREMENTS = st.builds(lambda k, f: Requirements({s: s for s in k}, f - k), STEMS, STEMS)


def test_requirements_are_what_source_or_instruction_name() -> None:
    wanted = requirements_of(FOX_TO_CAT)
    assert set(wanted.required.values()) == {"red", "cat", "meadow", "sharp", "focus"}
    assert wanted.removed == {"two", "fox"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a red cat in a meadow, sharp focus", 1.0),
        ("Red CATS, meadows; sharply focus", 4 / 5),
        ("a red cat and a fox in a meadow, sharp focus", 0.5),  # one of two removed words is back
        ("two foxes", 0.0),
        ("", 0.0),
    ],
)
def test_integrity_by_hand(text: str, expected: float) -> None:
    assert integrity(text, requirements_of(FOX_TO_CAT)) == pytest.approx(expected)


def test_what_stands_for_a_required_word_fulfils_it() -> None:
    wanted = Requirements({"walk": "walk", "fox": "fox"}, also={"walk": frozenset({"stroll", "hike"})})
    assert integrity("a fox on a stroll", wanted) == 1.0
    assert integrity("a fox", wanted) == 0.5
    assert wanted.missing({"fox", "hike"}) == frozenset()
    assert wanted.missing({"stroll"}) == {"fox"}
    assert wanted.satisfying(["walk"]) == {"walk", "stroll", "hike"}
    assert prefix_features(["", " a stroll"], wanted)[1][:2] == [0.5, 1 / 8]


def test_the_measure_of_an_edit_decides_how_it_is_read() -> None:
    by_stems = requirements_of(FOX_TO_CAT)
    by_asking = requirements_of(replace(FOX_TO_CAT, measure="asked"))
    by_meaning = requirements_of(replace(FOX_TO_CAT, measure="meaning"))
    assert by_stems.removed == {"two", "fox"}
    assert by_asking.removed == by_meaning.removed == {"fox"}
    assert not by_stems.also
    assert not by_asking.also
    assert "center" in by_meaning.also["focus"]


def test_nothing_required_gives_one_unless_a_removed_word_is_back() -> None:
    assert integrity("anything", Requirements()) == 1.0
    assert integrity("a fox", Requirements({}, frozenset({"fox"}))) == 0.0


@pytest.mark.parametrize(
    ("source", "instruction", "required", "removed"),
    [
        ("a fox in the snow", "make it night", {"fox", "snow", "night"}, set()),
        ("a fox and a red lantern", "remove the lantern", {"fox", "red"}, {"lantern"}),
        ("a fox in the snow", "replace the fox with a cat", {"snow", "cat"}, {"fox"}),
        ("a fox at night", "turn the fox into two wolves, please", {"night", "two", "wolves"}, {"fox"}),
        ("a fox, rain", "without rain and add a lantern", {"fox", "lantern"}, {"rain"}),
        ("a fox", "", {"fox"}, set()),
    ],
)
def test_requirements_guessed_at_serving(source: str, instruction: str, required: set, removed: set) -> None:
    guessed = guessed_requirements(source, instruction)
    assert set(guessed.required.values()) == required
    assert guessed.removed == removed


@given(TEXTS, REQUIREMENTS)
def test_integrity_is_a_share_and_follows_its_formula(text: str, wanted: Requirements) -> None:
    present = content_stems(text)
    value = integrity(text, wanted)
    assert 0.0 <= value <= 1.0
    covered = len(wanted.stems & present) / len(wanted.stems) if wanted.stems else 1.0
    assert value == covered * (1 - len(wanted.removed & present) / max(1, len(wanted.removed)))
    assert (value == 1.0) == (wanted.stems <= present and not wanted.removed & present)


@given(TEXTS, REQUIREMENTS, st.sampled_from(["fox", "cat", "red"]))
def test_writing_a_required_word_never_lowers_it_and_a_removed_one_never_raises_it(
    text: str, wanted: Requirements, word: str
) -> None:
    before, after = integrity(text, wanted), integrity(f"{text} {word}", wanted)
    if word in wanted.removed:
        assert after <= before
    else:
        assert after >= before


@given(TEXTS, REQUIREMENTS)
def test_every_prefix_equals_the_text_up_to_there(text: str, wanted: Requirements) -> None:
    prefixes = [text[:i] for i in range(len(text) + 1)]
    assert prefix_integrities(prefixes, wanted) == [integrity(prefix, wanted) for prefix in prefixes]


@given(TEXTS)
def test_stems_of_a_growing_text_equal_those_of_the_whole(text: str) -> None:
    stems = PrefixStems()
    for end in range(len(text) + 1):
        assert stems.update(text[:end]) == content_stems(text[:end])


@given(st.lists(st.tuples(TEXTS, REQUIREMENTS), max_size=5))
def test_a_batch_equals_one_by_one(pairs: list[tuple[str, Requirements]]) -> None:
    texts, wanted = [text for text, _ in pairs], [r for _, r in pairs]
    assert integrities(texts, wanted) == [integrity(text, r) for text, r in pairs]


def test_features_of_prefixes_by_hand() -> None:
    wanted = Requirements({"fox": "fox", "night": "night"}, frozenset({"cat"}))
    rows = prefix_features(["", " a fox", " a fox and cat", " a fox and cat night"], wanted)
    assert rows == [
        [0.0, 2 / 8, 0.0, 1.0],
        [0.5, 1 / 8, 0.0, 0.75],
        [0.5, 1 / 8, 1.0, 0.5],
        [1.0, 0.0, 1.0, 0.25],
    ]
    for row, text in zip(rows, ["", "a fox", "a fox and cat", "a fox and cat night"], strict=True):
        assert row[0] * (1 - row[2]) == integrity_of_stems(content_stems(text), wanted)


def test_batched_features_are_padded_with_zeros_and_count_down_together() -> None:
    wanted = Requirements({"fox": "fox"})
    features = batch_features([["", " fox"], []], [wanted, wanted], length=4)
    assert features.shape == (2, 4, len(FEATURES))
    expected = torch.tensor([[0.0, 1 / 8, 0.0, 1.0], [1.0, 0.0, 0.0, 0.75]])
    torch.testing.assert_close(features[0, :2], expected)
    assert features[0, 2:].abs().sum() == 0
    assert features[1].abs().sum() == 0
