"""Splitting prompts: nothing is lost, every piece fits, and commas are where it is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.errors import BadRequest
from model.pictures.long_prompts import prompt_arguments, split_prompt
from tests.model.matrix.pictures.families import BUILDERS


@given(st.text(max_size=200), st.integers(1, 30))
def test_every_piece_fits_and_together_they_are_the_prompt(text: str, limit: int) -> None:
    pieces = split_prompt(text, lambda piece: len(piece) <= limit)
    assert "".join(pieces) == text
    assert all(0 < len(piece) <= limit for piece in pieces)


@given(st.lists(st.text("ab ", min_size=1, max_size=9).filter(str.strip), min_size=1, max_size=12))
def test_parts_that_fit_are_never_cut(parts: list[str]) -> None:
    text = ",".join(parts)
    pieces = split_prompt(text, lambda piece: len(piece) <= 20)
    assert all(piece.endswith(",") for piece in pieces[:-1])


def test_words_are_cut_only_when_they_must_be() -> None:
    def fits(piece: str) -> bool:
        return len(piece) <= 10

    assert split_prompt("one two three four", fits) == ["one two ", "three four"]
    assert split_prompt("aaaaaaaaaaaaaaa b", fits) == ["aaaaaaaaaa", "aaaaa b"]
    assert split_prompt("", fits) == []


@pytest.mark.parametrize(
    ("family", "most"), [("ovis", 256), ("cogview4", 1024), ("flux2", 448), ("z-image", 448)]
)
def test_a_family_reads_as_many_tokens_as_it_can_and_refuses_more(family: str, most: int) -> None:
    pipe = BUILDERS[family]()
    read = prompt_arguments(pipe, "a" * (most - 8), "")
    assert read.get("max_sequence_length", most) == most
    with pytest.raises(BadRequest, match=f"the picture model reads {most}"):
        prompt_arguments(pipe, "a" * (most + 8), "")
