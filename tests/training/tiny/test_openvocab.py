"""Edits of prompts about anything."""

import random

from hypothesis import given
from hypothesis import strategies as st

from model.language.stems import content_stems, content_words, stem
from training.tiny.openvocab import TextEdit, beautified_text, drafted_edit, gibberish_edit, real_edit
from training.tiny.vocabulary import listed, made_up

PROMPTS = (
    "a portrait of an old wizard with a long beard by John Smith, oil painting, sharp focus",
    "Sunset over the Lake - Art Print",
    "two dogs playing chess in a bar at night, 8k",
    "cyberpunk city",
)


@given(st.integers(0, 2**32))
def test_edits_of_any_origin_are_whole(seed: int) -> None:
    rng = random.Random(seed)
    for edit in (drafted_edit(rng), real_edit(PROMPTS, rng), gibberish_edit(rng)):
        assert edit.source.strip()
        assert edit.target.strip()
        assert "{" not in edit.instruction
        assert "  " not in edit.target


def test_what_a_target_says_comes_from_source_instruction_or_known_words() -> None:
    known = {
        stem(word) for name in ("styles", "tags") for line in listed(name) for word in content_words(line)
    }
    rng = random.Random(1)
    edits = [gibberish_edit(rng) for _ in range(200)]
    strange = [
        e for e in edits if content_stems(e.target) - content_stems(f"{e.source} {e.instruction}") - known
    ]
    assert len(strange) < 0.2 * len(edits)


def test_made_up_words_hardly_repeat() -> None:
    rng = random.Random(2)
    assert len({made_up(rng) for _ in range(2000)}) > 1800


def test_word_lists_are_clean() -> None:
    for name in ("nouns", "adjectives", "colours", "sizes", "places", "tails", "styles", "artists", "tags"):
        lines = listed(name)
        assert lines
        assert all(line == line.strip() and line for line in lines)


def test_beautifying_appends_to_a_plain_prompt_and_leaves_a_tagged_one() -> None:
    rng = random.Random(3)
    plain = beautified_text("a zorblax riding a bicycle", rng)
    assert plain.target.startswith("a zorblax riding a bicycle, ")
    tagged = "a cat, highly detailed, sharp focus"
    assert beautified_text(tagged, rng) == TextEdit(tagged, "", tagged)
