"""Version 2 of DiffChat's template: a whole conversation, and what a message is if it is no edit.

    Source: a red house in a meadow
    Instruction: make it night
    Target: a red house in a meadow at night
    Instruction: add a lantern
    Target:

Without history it is `model.language.prompt.format_edit`, and an edit is answered with its target prompt as
in version 1. For any other message it writes a mark: `!undo`, `!redo`, `!back PROMPT`, `!restart`, `!again`,
`!choose 2`, `!question`, `!chat`, `!unclear WORDS` (`model.engine.MessageKind` says what each means).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from model.engine import MessageKind, Step
from model.language.prompt import INSTRUCTION, PROMPT_VERSION, SOURCE, TARGET, asked, one_line

CONVERSATION_VERSION = 2
VERSIONS = (PROMPT_VERSION, CONVERSATION_VERSION)
"""The versions of the template that models may have been trained on."""
GAP = "..."
"""Stands where steps were left out of a long conversation."""

_KINDS: tuple[MessageKind, ...] = get_args(MessageKind)
_MARK = re.compile(rf"!({'|'.join(_KINDS)})\b[:.]?\s*")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model wrote: the message's kind; the words behind the mark, or an edit's target prompt.

    `confidence`, `doubtful` and `second` as in `EditResult`.
    """

    kind: MessageKind
    text: str
    confidence: float | None = None
    doubtful: bool = False
    second: str = ""


def format_conversation(
    source_prompt: str, instruction: str, history: Sequence[Step] = (), left_out: int = 0
) -> str:
    """The text that a model of version 2 continues, without the `left_out` steps that follow the first.

    The first step stays, as people go back to the beginning, and the last ones, which "that" means. Raises
    ValueError when more than all but the first are to be left out.

    >>> print(format_conversation("a fox at night", "add a tree", [Step("a fox", "make it night")]))
    Source: a fox
    Instruction: make it night
    Target: a fox at night
    Instruction: add a tree
    Target:
    """
    prompts = [*(step.prompt for step in history), source_prompt]
    wishes = [*(step.instruction for step in history), instruction]
    lines = [f"{SOURCE} {one_line(prompts[0])}"]
    if left_out > max(len(history) - 1, 0):
        raise ValueError(f"{left_out} of {len(history)} steps cannot be left out")
    for number, (wish, target) in enumerate(zip(wishes, [*prompts[1:], ""], strict=True)):
        if 1 <= number <= left_out:
            if number == left_out:
                lines += [GAP, f"{TARGET} {one_line(target)}"]
            continue
        lines += [f"{INSTRUCTION} {asked(wish)}", f"{TARGET} {one_line(target)}".rstrip()]
    return "\n".join(lines)


def fitted(ids: Callable[[int | None], list[int]], steps: int, room: int) -> list[int]:
    """The token ids of a conversation of so many `steps` that fit into `room`, the middle left out first.

    `ids` gives them for a number of steps left out, or for None without any history, which is what remains
    when not even the first and the last step fit; that may still be too long.
    """
    whole = ids(0)
    if not steps or len(whole) <= room:
        return whole
    low, high = 1, steps  # the fewest steps to leave out that fit; `steps` stands for none that do
    while low < high:
        middle = (low + high) // 2
        if len(ids(middle)) <= room:
            high = middle
        else:
            low = middle + 1
    return ids(low if low < steps else None)


def with_results(source: str, history: Sequence[Step]) -> Iterator[tuple[Step, str]]:
    """The steps that led to `source` with the prompt each came to, but for what stands for several."""
    results = [*(step.prompt for step in history[1:]), source]  # one, without steps
    return (told for told in zip(history, results, strict=False) if told[0].instruction != GAP)


def format_answer(answer: Answer) -> str:
    """The completion after `format_conversation`, beginning with the space that the template leaves out.

    >>> format_answer(Answer("edit", "a fox")), format_answer(Answer("choose", "2"))
    (' a fox', ' !choose 2')
    """
    text = one_line(answer.text)
    return f" {text}" if answer.kind == "edit" else f" !{answer.kind} {text}".rstrip()


def read_mark(text: str) -> Answer:
    """The answer that a text says; one without a mark is an edit's prompt, not yet looked at.

    >>> read_mark(" !back a red house"), read_mark("a fox!")
    (Answer(kind='back', text='a red house'), Answer(kind='edit', text='a fox!'))
    """
    text = text.strip()
    mark = _MARK.match(text)
    if mark is None:
        return Answer("edit", text)
    kind = next(kind for kind in _KINDS if kind == mark.group(1))
    return Answer(kind, text[mark.end() :].strip())
