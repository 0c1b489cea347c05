"""A message read clause by clause, where what it asks for was not surely understood in one go.

Small models carry out two wishes in one answer less well than one after the other. So where an edit's
confidence is below `CERTAIN`, the message is also taken for two wishes: divided at a joint ("and", a comma, a
line's end), its first part is carried out and, on what comes of that, its second. The first few joints are
tried, and the likeliest such reading counts: the probability of both parts' answers together. A part whose
answer is no edit, or changes nothing, makes a division void.

The message as a whole and its best division are two opinions. Where they agree, the answer's confidence is
the mean of what both give it, which is often more than the whole had alone. Where they do not, the likelier
one is the answer, with its probability times its share of both, and the other one is the second reading.

What that brings TinyWorld's model, and which other second opinions brought nothing, stands in
docs/results.md.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from model.engine import EditRequest, Step
from model.errors import EditError
from model.language.conversation import Answer
from model.language.weighing import CERTAIN, LEAST_READING, content

MOST = 3
"""Divisions of one message that are tried; more brought nothing."""
LONGEST = 400
"""Characters of a message that is divided: a longer one holds more than two wishes."""
_LEAST_WORDS = 2  # of a part: "small, red" is none
_JOINING = "and|und|plus|then|dann|also|but|aber|dazu|außerdem|zudem"
# A run of marks is only looked at from its beginning: from each of its marks it would take quadratic time
JOINT = re.compile(
    rf"(?<![,;.!?:…])(?:[,;.!?:…]*\n|[,;.!?…]+ |[,;.!?:…]* (?=(?:{_JOINING})\b))(?:(?:{_JOINING})\b[,:]? ?)*",
    re.IGNORECASE,
)
_ARTICLE = "a|an|the|another|one|two|three|[0-9]+|ein|eine|einen|einem|einer|der|die|das|den|dem|zwei|drei"
_THING = re.compile(rf"(?:{_ARTICLE})( \S+){{1,2}}", re.IGNORECASE)
"""A thing without a wish: "remove the cat and the dog" is one."""

Ask = Callable[[list[EditRequest]], Sequence[Answer | EditError | None]]
"""What a model answers, without looking twice."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What has come of the parts of a division that were read: the prompt, and how probable it is."""

    prompt: str
    probability: float = 1.0

    def then(self, answer: Answer | EditError | None) -> "_Read | None":
        """With the answer to the next part; None where the division is void."""
        if not isinstance(answer, Answer) or answer.kind != "edit" or answer.confidence is None:
            return None
        if content(answer.text) == content(self.prompt):
            return None
        return _Read(answer.text, self.probability * answer.confidence)


def divisions(instruction: str) -> list[tuple[str, str]]:
    """The ways to take a message for two wishes, at most `MOST`.

    >>> divisions("make it night and add a lantern")
    [('make it night', 'add a lantern')]
    >>> divisions("remove the cat and the dog")
    []
    """
    if len(instruction) > LONGEST:
        return []
    text = "\n".join(line for line in map(_one_spaced, instruction.splitlines()) if line)
    return list(islice(_divided(text), MOST))


def _one_spaced(line: str) -> str:
    return " ".join(line.split())


def _divided(text: str) -> Iterator[tuple[str, str]]:
    for joint in JOINT.finditer(text):
        first, second = text[: joint.start()], text[joint.end() :]
        wishes = min(len(first.split()), len(second.split())) >= _LEAST_WORDS
        if wishes and not _THING.fullmatch(second.rstrip(",;.!?:…")):
            yield first, second


def looked_at_again(
    requests: Sequence[EditRequest], answers: Sequence[Answer | EditError | None], ask: Ask
) -> list[Answer | EditError | None]:
    """The answers, those of edits that are not certain with what reading them clause by clause says.

    Others, those to a request with a temperature, and answers without a confidence are as they were.
    """
    unsure = unsure_edits(requests, answers)
    halves = [
        (row, replace(requests[row], instruction=first), second)
        for row in unsure
        for first, second in divisions(requests[row].instruction)
    ]
    firsts = _answered(ask, [first for _, first, _ in halves])
    begun = [
        (row, first, second, done)
        for (row, first, second), said in zip(halves, firsts, strict=True)
        if (done := _Read(first.source_prompt).then(said))
    ]
    seconds = _answered(ask, [_after(first, done, second) for _, first, second, done in begun])
    best: dict[int, _Read] = {}
    for (row, first, _, done), said in zip(begun, seconds, strict=True):
        read = done.then(said)
        if read is None or content(read.prompt) == content(first.source_prompt):
            continue
        if row not in best or read.probability > best[row].probability:
            best[row] = read
    together = list(answers)
    for row, read in best.items():
        together[row] = _both(unsure[row], read, requests[row].source_prompt)
    return together


def unsure_edits(
    requests: Sequence[EditRequest], answers: Sequence[Answer | EditError | None]
) -> dict[int, Answer]:
    """The edits of requests without a temperature whose confidence is known and below `CERTAIN`, by row."""
    return {
        row: answer
        for row, answer in enumerate(answers)
        if isinstance(answer, Answer)
        and answer.kind == "edit"
        and not requests[row].temperature
        and answer.confidence is not None
        and answer.confidence < CERTAIN
    }


def _answered(ask: Ask, requests: list[EditRequest]) -> Sequence[Answer | EditError | None]:
    return ask(requests) if requests else []


def _after(first: EditRequest, done: _Read, instruction: str) -> EditRequest:
    """The request for the second part. Without a conversation it stands alone, as single wishes do best."""
    step = Step(first.source_prompt, first.instruction)
    history = (*first.history, step) if first.history else ()
    return replace(first, source_prompt=done.prompt, instruction=instruction, history=history)


def _both(whole: Answer, divided: _Read, source: str) -> Answer:
    """The answer of both opinions on an edit of `source`."""
    own, other = whole.confidence or 0.0, divided.probability
    if content(whole.text) == content(divided.prompt):
        return replace(whole, confidence=(own + other) / 2)
    if other > own:
        offered = own >= LEAST_READING and content(whole.text) != content(source)
        second = whole.text if offered else ""
        return replace(whole, text=divided.prompt, confidence=other**2 / (own + other), second=second)
    second = divided.prompt if other >= LEAST_READING else whole.second
    return replace(whole, confidence=own**2 / (own + other) if own else 0.0, second=second)
