"""An answer's probability is that of all texts that say the same."""

import math
from collections.abc import Sequence

import pytest

from model.engine import EditRequest
from model.language.confidence import Weight
from model.language.conversation import Answer
from model.language.decoding import Text
from model.language.reading import Reader, reader_of
from model.language.sampling import Drawing, Sampling
from model.language.weighing import Read, probabilities, weights

END = 0
WORDS = ["", "a fox", " at night", ",", " at dusk", "\n", " and", " a lantern"]
"""The text of each token."""
ASKED = EditRequest("a fox", "make it night")
READER: Reader = reader_of(ASKED, marks=False)


def decode(tokens: list[int]) -> str:
    end = tokens.index(END) if END in tokens else len(tokens)
    return "".join(WORDS[token] for token in tokens[:end])


class Writer:
    """Stands for the decoder: goes on behind a beginning as it was told, each token with this probability."""

    def __init__(self, goes_on: dict[int, list[int]], each: float = 1.0) -> None:
        self.goes_on, self.each = goes_on, each
        self.asked: list[list[int]] = []

    def write(self, texts: Sequence[Text]) -> None:
        for text in texts:
            self.asked.append(list(text.prompt))
            text.written += self.goes_on[text.prompt[-1]]
            text.log_probabilities += [math.log(self.each)] * len(text.written)


def read(*tokens: tuple[int, float, int, float]) -> Read:
    """A text of tokens with their probabilities, and of what would have come instead."""
    text = Text([9], 24, Drawing(Sampling(0, 0)), weighed=True, written=[token for token, *_ in tokens])
    text.log_probabilities = [math.log(one) for _, one, _, _ in tokens]
    text.runners_up = [(other, math.log(one)) for _, _, other, one in tokens]
    return Read(text, READER, READER.read(decode(text.written)))


def sure(one: Read, writer: Writer) -> float:
    return weight(one, writer).confidence


def weight(one: Read, writer: Writer) -> Weight:
    (found,) = weights([one], writer, decode, frozenset({END}))  # type: ignore[arg-type]  # it writes
    return found


FOX = (1, 1.0, 7, 1e-9)


def test_a_text_that_says_the_same_adds_its_probability() -> None:
    writer = Writer({3: [2, END]})
    wavering = read(FOX, (2, 0.55, 3, 0.4), (END, 1.0, 6, 1e-9))
    assert sure(wavering, writer) == pytest.approx(0.95)
    assert writer.asked == [[9, 1, 3]]


def test_one_that_says_something_else_does_not() -> None:
    assert sure(read(FOX, (2, 0.55, 4, 0.4), (END, 1.0, 6, 1e-9)), Writer({4: [END]})) == pytest.approx(0.55)
    longer = read(FOX, (2, 1.0, 4, 1e-9), (END, 0.6, 6, 0.4))
    assert sure(longer, Writer({6: [7, END]})) == pytest.approx(0.6)


def test_the_likeliest_text_that_says_something_else_is_the_second_reading() -> None:
    wavering = read(FOX, (2, 0.55, 4, 0.3), (END, 0.9, 6, 0.1))
    found = weight(wavering, Writer({4: [END], 6: [7, END]}))
    assert found.confidence == pytest.approx(0.495)
    assert found.second == "a fox at dusk"


def test_what_is_unlikely_or_says_no_more_than_the_source_is_no_second_reading() -> None:
    assert weight(read(FOX, (2, 0.55, 4, 0.04), (END, 1.0, 6, 1e-9)), Writer({4: [END]})).second == ""
    unchanged = read(FOX, (2, 0.55, END, 0.4), (END, 1.0, 6, 1e-9))
    assert weight(unchanged, Writer({})).second == ""
    broken = read(FOX, (2, 0.55, 5, 0.4), (END, 1.0, 6, 1e-9))
    assert weight(broken, Writer({5: [END]})).second == ""


def test_what_stands_behind_the_line_that_is_read_does_not_count() -> None:
    """An answer may end with a line break; that is seen some tokens later."""
    text = read(FOX, (2, 0.95, 4, 0.05), (5, 1.0, 6, 1e-9), (7, 0.01, 6, 0.5), (7, 0.01, 6, 0.5))
    assert sure(text, Writer({})) == pytest.approx(0.95)


def test_what_is_certain_hopeless_or_no_edit_is_not_looked_at_again() -> None:
    writer = Writer({})
    assert sure(read(FOX, (2, 0.92, 3, 0.08), (END, 1.0, 6, 1e-9)), writer) == pytest.approx(0.92)
    assert sure(read(FOX, (2, 0.6, 3, 0.01), (END, 1.0, 6, 0.01)), writer) == pytest.approx(0.6)
    wavering = read(FOX, (2, 0.55, 3, 0.4), (END, 1.0, 6, 1e-9))
    undo = Read(wavering.text, READER, Answer("undo", ""))
    assert sure(undo, writer) == pytest.approx(0.55)
    assert writer.asked == []


class Scores:
    """Stands for the decoder: each token behind a prompt has this log-probability."""

    def __init__(self) -> None:
        self.sizes: list[int] = []

    def log_probabilities(self, prompts: Sequence[list[int]], behind: Sequence[list[int]]) -> list[float]:
        self.sizes.append(len(prompts))
        return [-float(len(tokens)) for tokens in behind]


def test_texts_are_weighed_in_batches_and_one_without_room_is_not() -> None:
    rows = [([1] * 4, [2] * length) for length in (1, 9, 2, 3)]
    scores = Scores()
    found = probabilities(scores, rows, context=12, batch=2, stop=lambda: False)  # type: ignore[arg-type]
    assert found == pytest.approx([math.exp(-1), 0, math.exp(-2), math.exp(-3)])
    assert scores.sizes == [2, 1]


def test_what_nobody_waits_for_any_more_is_not_weighed() -> None:
    asked = iter([False, True])
    rows = [([1], [2])] * 3
    found = probabilities(Scores(), rows, context=12, batch=1, stop=lambda: next(asked))  # type: ignore[arg-type]
    assert found == pytest.approx([math.exp(-1), 0, 0])
