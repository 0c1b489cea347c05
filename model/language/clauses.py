"""A message read clause by clause, where what it asks for was not surely understood in one go.

Small models carry out two wishes in one answer less well than one after the other. So where an edit's
confidence is below `CERTAIN`, the message is also taken for two: divided at a joint ("and", a comma, a line's
end), its first part is carried out and, on what comes of that, its second. All joints are tried, and the
likeliest such reading counts: the probability of both parts' answers together. A part that is talk changes
nothing; a part that is any other message, or an edit that changes nothing, makes the division void.

The message as a whole and the best division are two opinions of the same weight, so an answer's confidence
is the mean of what both give it. Where they agree that is often more than the whole had alone. Where they do
not, the likelier one is the answer, with half its probability, and the other one the second reading.

What that brings TinyWorld's model, and which other second opinions brought nothing, stands in
docs/results.md.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from model.engine import EditRequest, Step
from model.errors import EditError
from model.language.conversation import Answer
from model.language.weighing import CERTAIN, LEAST_READING, content

MOST = 6
"""Joints of one message that are tried."""
_LEAST_WORDS = 2  # of a part: "the cat and the dog" has one joint, "small, red" none
_JOINING = "and|und|plus|then|dann|also|but|aber|dazu|außerdem|zudem"
_JOINT = re.compile(
    rf"\s*(?:[,;.!?:…]+\s+|\s+)(?:(?:{_JOINING})\b[,:]?\s*)+|\s*[,;.!?…]+\s+|\n+", re.IGNORECASE
)
_TALK = ("chat", "question")

Ask = Callable[[list[EditRequest]], Sequence[Answer | EditError | None]]
"""What a model answers, without looking twice."""


@dataclass(slots=True)
class _Division:
    """One way to take a message for two: whose it is, its second part, and what has come of it so far."""

    row: int
    second: str
    prompt: str
    probability: float = 1.0
    edits: int = 0

    def go_on(self, answer: Answer | EditError | None) -> bool:
        """Take the answer to the next part; whether the division still counts."""
        if not isinstance(answer, Answer):
            return False
        if answer.kind in _TALK:
            return True
        changes = answer.kind == "edit" and content(answer.text) != content(self.prompt)
        if not changes or answer.confidence is None:
            return False
        self.prompt, self.edits = answer.text, self.edits + 1
        self.probability *= answer.confidence
        return True


def divisions(instruction: str) -> list[tuple[str, str]]:
    """The ways to take a message for two, by the joints between two words or more on either side.

    >>> divisions("make it night and add a lantern")
    [('make it night', 'add a lantern')]
    """
    parts = [(instruction[: j.start()], instruction[j.end() :]) for j in _JOINT.finditer(instruction)]
    whole = [part for part in parts if all(len(half.split()) >= _LEAST_WORDS for half in part)]
    return whole[:MOST]


def looked_at_again(
    requests: Sequence[EditRequest], answers: Sequence[Answer | EditError | None], ask: Ask
) -> list[Answer | EditError | None]:
    """The answers, those of edits that are not certain with what reading them clause by clause says.

    Others, those that were drawn (a temperature), and answers without a confidence are as they were.
    """
    unsure = {
        row: answer
        for row, answer in enumerate(answers)
        if isinstance(answer, Answer)
        and answer.kind == "edit"
        and not requests[row].temperature
        and answer.confidence is not None
        and answer.confidence < CERTAIN
    }
    halves = [(row, *parts) for row in unsure for parts in divisions(requests[row].instruction)]
    begun = [_Division(row, second, requests[row].source_prompt) for row, _, second in halves]
    firsts = [replace(requests[row], instruction=first) for row, first, _ in halves]
    told = ask(firsts) if firsts else []
    going = [(one, first) for one, first, said in zip(begun, firsts, told, strict=True) if one.go_on(said)]
    seconds = [_after(first, one) for one, first in going]
    told = ask(seconds) if seconds else []
    read = [one for (one, _), said in zip(going, told, strict=True) if one.go_on(said) and one.edits]
    together = list(answers)
    for row, answer in unsure.items():
        best = max((one for one in read if one.row == row), key=lambda one: one.probability, default=None)
        together[row] = answer if best is None else _both(answer, best)
    return together


def _after(first: EditRequest, done: _Division) -> EditRequest:
    """The request for the second part. Without a conversation it stands alone, as single wishes do best."""
    if done.edits and first.history:
        step = Step(first.source_prompt, first.instruction)
        return replace(
            first, source_prompt=done.prompt, instruction=done.second, history=(*first.history, step)
        )
    return replace(first, source_prompt=done.prompt, instruction=done.second)


def _both(whole: Answer, divided: _Division) -> Answer:
    """The answer of both opinions."""
    own = whole.confidence or 0.0
    if content(whole.text) == content(divided.prompt):
        return replace(whole, confidence=(own + divided.probability) / 2)
    if divided.probability > own:
        return replace(whole, text=divided.prompt, confidence=divided.probability / 2, second=whole.text)
    second = divided.prompt if divided.probability >= LEAST_READING else whole.second
    return replace(whole, confidence=own / 2, second=second)
