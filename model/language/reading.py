"""Reading answers: what a message asks for, by the model's mark, and the target prompt of an edit.

Models of template version 1 write target prompts and nothing else (`EditReader`); those of version 2 and
instruct models may write a mark instead (`MessageReader`). Marks are read strictly: one that is followed by
what it does not take is an EditError, and so is one that there is not.
"""

import re
from dataclasses import dataclass
from typing import Protocol, Self

from model.engine import EditRequest, EditResult, MessageKind
from model.errors import EditError
from model.language import answers
from model.language.conversation import Answer, read_mark
from model.language.examples import MESSAGES
from model.language.prompt import one_line
from model.language.stems import words

_NUMBER = re.compile(r"#?([1-9][0-9]?)\.?")


class Reader(Protocol):
    """Reads the answer to one request, also while it is being written."""

    @property
    def source_prompt(self) -> str:
        """What the request changes."""

    def read(self, raw: str) -> Answer:
        """What the whole answer says. Raises EditError for one that is of no use."""

    def is_complete(self, raw: str) -> bool:
        """Whether the answer so far has all that counts."""

    def is_hopeless(self, raw: str) -> bool:
        """Whether it will be refused, however it goes on."""


@dataclass(frozen=True, slots=True)
class EditReader:
    """Reads answers to an edit of `source_prompt` that are target prompts."""

    source_prompt: str

    def read(self, raw: str) -> Answer:
        """The target prompt. Raises EditError."""
        return Answer("edit", answers.parse_target(raw, self.source_prompt))

    def is_complete(self, raw: str) -> bool:
        """As `answers.is_complete`."""
        return answers.is_complete(raw, self.source_prompt)

    def is_hopeless(self, raw: str) -> bool:
        """As `answers.is_hopeless`."""
        return answers.is_hopeless(raw, self.source_prompt)


@dataclass(frozen=True, slots=True)
class MessageReader:
    """Reads answers to any message; `prompts` are the conversation's, the source prompt last."""

    prompts: tuple[str, ...]
    instruction: str

    @classmethod
    def of(cls, request: EditRequest) -> Self:
        """The reader of what a model answers to a request, whether or not all of its history was shown."""
        return cls((*(step.prompt for step in request.history), request.source_prompt), request.instruction)

    @property
    def source_prompt(self) -> str:
        """The last of the prompts."""
        return self.prompts[-1]

    def read(self, raw: str) -> Answer:
        """The kind with its prompt, number or words. Raises EditError.

        `!back` to a prompt that the conversation does not have is an edit to that prompt: models of this size
        copy with mistakes, or mean one of the pictures with a change.
        """
        source = self.source_prompt
        said = read_mark(answers.unwrapped(raw, source))
        if said.kind == "edit":
            return Answer("edit", self._target(raw))
        if not self.instruction.strip():  # nothing was said, so the prompt is to be beautified
            raise EditError("The language model wrote a mark instead of a prompt; try again.")
        if said.kind == "back":
            return self._back(said.text)
        if said.kind == "choose":
            return Answer(said.kind, _number(said.text))
        if said.kind == "unclear":
            return Answer(said.kind, self._not_understood(said.text))
        if said.text:
            raise EditError("The language model wrote more behind a mark than it takes; try again.")
        return said

    def is_complete(self, raw: str) -> bool:
        """Whether the first line is there, as `answers.is_complete`; a mark is a line as any other."""
        return answers.is_complete(raw, self.source_prompt)

    def is_hopeless(self, raw: str) -> bool:
        """Whether it runs on or in circles beyond what any prompt of the conversation does: `!back` may name
        a longer one than the source."""
        return all(answers.is_hopeless(raw, prompt) for prompt in self.prompts)

    def _target(self, raw: str) -> str:
        source = self.source_prompt
        target = answers.parse_target(raw, source)
        if target.startswith("!") and not source.startswith("!"):
            raise EditError("The language model wrote a mark that there is not; try again.")
        return target

    def _not_understood(self, text: str) -> str:
        """The words, or "" where the person did not write them, as they are to be shown to this person."""
        if _has(self.instruction, text):
            return text
        if any(example.answer == f"!unclear {text}" for example in MESSAGES):
            raise EditError("The language model repeated an example instead of an answer; try again.")
        return ""

    def _back(self, prompt: str) -> Answer:
        wanted = words(prompt)
        # the latest first: where two pictures have the same prompt, the nearer one is meant
        found = next((known for known in reversed(self.prompts) if wanted and words(known) == wanted), None)
        return Answer("edit", self._target(prompt)) if found is None else Answer("back", found)


def reader_of(request: EditRequest, *, marks: bool) -> Reader:
    """How the answer to a request is read; `marks` says whether the model was asked for them."""
    return MessageReader.of(request) if marks else EditReader(request.source_prompt)


def edited_prompt(raw: str, reader: Reader) -> str | None:
    """The target prompt of an answer that is an edit; None for anything else, and for one of no use."""
    try:
        answer = reader.read(raw)
    except EditError:
        return None
    return answer.text if answer.kind == "edit" else None


def result_of(
    answer: Answer, request: EditRequest, model: str, seconds: float, version: int | None = None
) -> EditResult:
    """The result that an answer comes to; `model` wrote it in so many `seconds`.

    It was asked by the template of this `version`, as in `EditResult.prompt_version`.
    """
    target = answer.text if answer.kind in ("edit", "back") else request.source_prompt
    detailed: tuple[MessageKind, ...] = ("choose", "unclear")
    detail = answer.text if answer.kind in detailed else ""
    return EditResult(
        target,
        model,
        seconds,
        answer.kind,
        detail,
        version,
        answer.confidence,
        answer.doubtful,
        answer.second,
    )


def answer_of(result: EditResult) -> Answer:
    """The answer that `result_of` made the result from."""
    return Answer(result.kind, result.target_prompt if result.kind in ("edit", "back") else result.detail)


def _number(text: str) -> str:
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise EditError("The language model chose a picture without its number; try again.")
    return found.group(1)


def _has(instruction: str, text: str) -> bool:
    """Whether the instruction has the words of the text, in their order."""
    said, told = words(one_line(text)), words(one_line(instruction))
    return any(told[start : start + len(said)] == said for start in range(len(told)))
