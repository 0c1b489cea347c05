"""What a prompt would be without one of the steps that led to it, while all the others stay.

A merge of three texts, word by word: what the step changed, backwards, is put into what the prompt has become
since. Written here since the maintained library for it (merge3) is under the GPL.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from model.engine import Step
from model.language.conversation import with_results
from model.language.differences import differences

_TOKEN = re.compile(r"\s*(?:\w+(?:['’-]\w+)*|[^\w\s])")
"""A word or mark with the space before it, which stays as it was."""


@dataclass(frozen=True, slots=True)
class _Change:
    """The tokens from `start` to `end` of a text become `new`."""

    start: int
    end: int
    new: tuple[str, ...]

    def meets(self, other: "_Change") -> bool:
        """Whether both are of the same tokens, or put something in at the same place."""
        if self.start == self.end == other.start == other.end:
            return True
        return self.start < other.end and other.start < self.end


def without_each(source: str, history: Sequence[Step]) -> list[str]:
    """The prompts that `source` would be without each of the steps of `history`, oldest first.

    A step that changed nothing has none, and one where a later step changed the same words or the same place,
    nor has what stands for several steps that were left out.

    >>> steps = [Step("a fox", "add a tree"), Step("a fox and a tree", "make it night")]
    >>> without_each("a fox and a tree at night", steps)
    ['a fox at night', 'a fox and a tree']
    """
    found = (_without(step.prompt, result, source) for step, result in with_results(source, history))
    return [prompt for prompt in found if prompt]


def _without(before: str, after: str, now: str) -> str:
    """`now` without what changed from `before` to `after`; "" where later changes are of the same words."""
    base = _tokens(after)
    taken_back = list(_changes(base, _tokens(before)))
    since = list(_changes(base, _tokens(now)))
    if not taken_back or any(one.meets(other) for one in taken_back for other in since):
        return ""
    merged: list[str] = []
    at = 0
    for change in sorted([*taken_back, *since], key=lambda change: change.start):
        merged += [*base[at : change.start], *change.new]
        at = change.end
    return "".join([*merged, *base[at:]]).strip()


def _tokens(text: str) -> list[str]:
    """The tokens of a text. The first one has a space, too: something may come to stand before it."""
    return _TOKEN.findall(" " + text.strip())


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[_Change]:
    """What makes `new` of `old`, in its order."""
    for one in differences([token.strip() for token in old], [token.strip() for token in new]):
        yield _Change(one.start, one.end, tuple(new[one.into : one.upto]))
