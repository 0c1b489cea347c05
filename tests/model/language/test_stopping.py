"""Ending answers early: on the prompt being there, on circles, on length, and when nobody waits."""

import torch

from model.language.reading import EditReader
from model.language.stopping import EVERY, THINKING_TOKENS, StopEarly, Watch

WIDTH = 3


def tokens_when_stopped(*texts: str, limit: int = 300, step: int = 1) -> list[int | None]:
    """How many tokens of each row count; a token is one character here."""

    def read(tokens: list[int]) -> str:
        return "".join(map(chr, tokens))

    watches = [Watch(read, EditReader("a red house"), limit) for _ in texts]
    early = StopEarly(lambda: False, watches, WIDTH)
    longest = max(map(len, texts))
    rows = torch.tensor([[0] * WIDTH + [ord(c) for c in text.ljust(longest)] for text in texts])
    for end in range(WIDTH + 1, WIDTH + longest + 1, step):
        stop = early(rows[:, :end], None)
        assert stop.tolist() == [row in early.finished for row in range(len(texts))]
    return [early.finished.get(row) for row in range(len(texts))]


def test_each_row_ends_by_its_own_text() -> None:
    explained = "a blue house\n\nI changed the colour of the house, because you asked me to."
    circles = "a blue house, " * 8
    going_on = "a blue house, soft light, highly detailed, sharp focus"
    first, second, third = tokens_when_stopped(explained, circles, going_on)
    assert first is not None
    assert first <= len("a blue house\n") + EVERY
    assert second is not None
    assert second < len(circles)
    assert third is None


def test_an_answer_may_be_as_long_as_allowed_and_its_thoughts_do_not_count() -> None:
    thought = "<think>" + "so many colours " * 6 + "</think>"
    answer = "blue " + "".join(f"{i} " for i in range(40))
    (end,) = tokens_when_stopped(thought + answer, limit=50)
    assert end is not None
    assert len(thought) + 50 - EVERY <= end <= len(thought) + 50 + 2 * EVERY


def test_thinking_has_a_budget() -> None:
    (end,) = tokens_when_stopped("<think>" + "so many colours " * 100)
    assert end is not None
    assert THINKING_TOKENS < end <= THINKING_TOKENS + 2 * EVERY


def test_tokens_that_come_several_at_once_are_not_overlooked() -> None:
    (end,) = tokens_when_stopped("a blue house\n" + "and more of it " * 5, step=5)
    assert end is not None
    assert end <= len("a blue house\n") + 2 * EVERY


def test_nobody_waiting_ends_all_rows() -> None:
    early = StopEarly(lambda: True, [Watch(lambda _: "", EditReader(""), 300) for _ in range(2)], WIDTH)
    assert early(torch.zeros(2, WIDTH + 1, dtype=torch.long), None).tolist() == [True, True]
    assert early.finished == {}


def test_a_watch_looks_every_few_tokens() -> None:
    looked: list[int] = []

    def read(tokens: list[int]) -> str:
        looked.append(len(tokens))
        return "a house"

    watch = Watch(read, EditReader("a red house"), 300)
    assert not any(watch.enough([0] * count) for count in (1, 3, 9, 10, 13))
    assert looked == [9, 13]
