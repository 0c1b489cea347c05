"""How instructions are typed."""

import random

from hypothesis import given
from hypothesis import strategies as st

from model.tiny.instructions import misspelt, typed


@given(st.integers(0, 2**32))
def test_exact_words_are_never_misspelt(seed: int) -> None:
    exact = frozenset({"zorblax"})
    assert "zorblax" in misspelt("please replace the zorblax", random.Random(seed), exact)


@given(st.integers(0, 2**32))
def test_a_slip_touches_one_word_and_keeps_its_first_letter(seed: int) -> None:
    text = "make the house purple"
    slipped = misspelt(text, random.Random(seed)).split(" ")
    changed = [(a, b) for a, b in zip(text.split(" "), slipped, strict=True) if a != b]
    assert len(changed) <= 1
    assert all(a[0] == b[0] and abs(len(a) - len(b)) <= 1 for a, b in changed)


def test_most_instructions_are_typed_as_they_are_and_some_are_not() -> None:
    rng = random.Random(0)
    said = [typed("make it night", rng) for _ in range(300)]
    assert 0.3 < said.count("make it night") / len(said) < 0.8
    assert any(text.startswith("Make") for text in said)
    assert any("please" in text.lower() for text in said)
