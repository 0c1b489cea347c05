"""The shipped language model edits as people expect: the story of the README, and words it has never seen."""

import random

import pytest

from model.engine import EditRequest, Step
from model.language.llm import DiffChatLLM
from model.language.stems import content_stems
from model.presets import resolve
from model.settings import LLMSettings
from model.tiny import grammar
from model.tiny.edits import random_edit

HOUSE = "a red house in a meadow"


@pytest.fixture(scope="module")
def llm() -> DiffChatLLM:
    return DiffChatLLM.load(resolve("tiny").llm)


def edit(llm: DiffChatLLM, source: str, instruction: str = "") -> str:
    return llm.edit([EditRequest(source, instruction)])[0].target_prompt


def test_a_short_prompt_is_beautified_and_keeps_its_words(llm: DiffChatLLM) -> None:
    target = edit(llm, HOUSE)
    assert target.startswith(HOUSE)
    assert len(grammar.parse(target).quality) >= 2


@pytest.mark.parametrize(
    ("instruction", "wanted", "gone"),
    [
        ("make it night", "night red house meadow", ""),
        ("add a lantern", "lantern red house meadow", ""),
        ("make it night and add a lantern", "night lantern red house meadow", ""),
        ("make the house blue", "blue house meadow", "red"),
        ("in the style of a watercolour", "watercolor red house meadow", ""),
        ("put it on a beach", "beach red house", "meadow"),
        ("thanks!", "red house meadow", ""),
    ],
)
def test_the_story(llm: DiffChatLLM, instruction: str, wanted: str, gone: str) -> None:
    source = edit(llm, HOUSE)
    stems = content_stems(edit(llm, source, instruction))
    assert content_stems(wanted) <= stems
    assert not content_stems(gone) & stems
    assert content_stems("highly detailed soft light") <= stems


def test_what_was_added_can_be_removed(llm: DiffChatLLM) -> None:
    source = edit(llm, HOUSE)
    with_lantern = edit(llm, source, "add a lantern")
    assert "lantern" in with_lantern
    assert edit(llm, with_lantern, "remove the lantern") == source


def test_unknown_words_are_copied(llm: DiffChatLLM) -> None:
    beautified = edit(llm, "a zorblax riding a bicycle")
    assert beautified.startswith("a zorblax riding a bicycle, ")
    rainy = edit(llm, beautified, "make it rain")
    assert {"zorblax", "rid", "bicycle", "rain"} <= content_stems(rainy)


def test_most_edits_of_the_world_are_exact(llm: DiffChatLLM) -> None:
    rng = random.Random(2024)
    edits = [e for e in (random_edit(rng) for _ in range(60)) if e.kind != "beautify"]
    results = llm.try_edit([EditRequest(e.source, e.instruction) for e in edits])
    exact = [
        not isinstance(result, Exception) and grammar.parse(result.target_prompt) == e.after
        for e, result in zip(edits, results, strict=True)
    ]
    assert sum(exact) / len(exact) > 0.85


def test_four_bit_weights_still_edit(llm: DiffChatLLM) -> None:
    settings = LLMSettings(model=resolve("tiny").llm.model, quantization="nf4", device="cpu", threads=1)
    target = edit(DiffChatLLM.load(settings), f"{HOUSE}, soft light", "make it night")
    assert content_stems("night red house meadow") <= content_stems(target)


NIGHT = "a red house and a green tree in a meadow at night"
STEPS = (
    Step("a red house and a green tree in a meadow", "make it night"),
    Step(NIGHT, "make the house blue"),
)
BLUE = "a blue house and a green tree in a meadow at night"


@pytest.mark.parametrize(
    ("instruction", "kind", "target"),
    [
        ("undo that", "undo", BLUE),
        ("rückgängig", "undo", BLUE),
        ("thanks, that's great!", "chat", BLUE),
        ("what is this?", "question", BLUE),
        ("start over", "restart", BLUE),
        ("the second one", "choose", BLUE),
        ("go back to the first one", "back", STEPS[0].prompt),
        ("no, I meant the tree", "edit", "a red house and a blue tree in a meadow at night"),
        ("the tree too", "edit", "a blue house and a blue tree in a meadow at night"),
        ("nein, den Baum meinte ich", "edit", "a red house and a blue tree in a meadow at night"),
        ("no wait, I said purple", "edit", "a purple house and a green tree in a meadow at night"),
        ("mach es neblig", "edit", "a blue house and a green tree in a meadow at night in the fog"),
    ],
)
def test_a_message_is_understood_by_what_was_said_before(
    llm: DiffChatLLM, instruction: str, kind: str, target: str
) -> None:
    result = llm.edit([EditRequest(BLUE, instruction, history=STEPS)])[0]
    assert result.kind == kind
    assert grammar.parse(result.target_prompt) == grammar.parse(target)


@pytest.mark.parametrize(
    ("source", "instruction", "target"),
    [
        ("three balloons in a city", "ein Ballon reicht", "a balloon in a city"),
        ("two red houses and a white fox", "paint all houses yellow", "two yellow houses and a white fox"),
        ("a cat and a fox in a park", "🐱➡️🌳", "a tree and a fox in a park"),
        ("a house and a boat in a park", "everything but the boat can go", "a boat in a park"),
        ("a fox in a park", "make it night... no wait, sunset", "a fox in a park at sunset"),
        ("a fox in a park", "blue fox, rain, and add a tree", "a blue fox and a tree in a park in the rain"),
        ("a house in a park", "füg zwei Ballons hinzu", "a house and two balloons in a park"),
    ],
)
def test_what_people_write_is_understood(
    llm: DiffChatLLM, source: str, instruction: str, target: str
) -> None:
    assert grammar.parse(edit(llm, source, instruction)) == grammar.parse(target)
