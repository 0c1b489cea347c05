"""Disguised words, all of them harmless, folded to what the plain ones are."""

import json
from pathlib import Path

import pytest

from model.moderation.folding import fold, folded_readings

DISGUISES = [
    json.loads(line)
    for line in (Path(__file__).parent / "disguises.jsonl").read_text(encoding="utf-8").splitlines()
]
# A word that a line's end cuts is two words to whoever has no list of words
KINDS = sorted({one["kind"] for one in DISGUISES} - {"split line"})


@pytest.mark.parametrize("kind", KINDS)
def test_a_disguise_is_folded_to_the_plain_words(kind: str) -> None:
    for one in DISGUISES:
        if one["kind"] == kind:
            assert fold(one["text"]) == fold(one["plain"])


@pytest.mark.parametrize("text", ["noon in a cafe", "plan a, plan b", "vitamins a and b", "a llama"])
def test_ordinary_letters_stay(text: str) -> None:
    assert fold(text) == text.replace(",", "")


def test_a_picture_between_letters_may_part_two_words_or_stand_in_one() -> None:
    assert folded_readings("cat🐈box") == {"catbox", "cat box"}
    assert folded_readings("a plain text") == {"a plain text"}
