"""The second looks at answers that a model was not sure of: as a step taken back, and clause by clause."""

from collections.abc import Sequence
from typing import Literal, get_args

from model.engine import EditRequest
from model.errors import EditError
from model.language.clauses import Ask, looked_at_again
from model.language.conversation import Answer
from model.language.taking_back import Weigh, taken_back

Look = Literal["steps", "clauses"]
"""`model.language.taking_back`, `model.language.clauses`."""
LOOKS: frozenset[Look] = frozenset(get_args(Look))


def looked_twice(
    looks: frozenset[Look],
    requests: Sequence[EditRequest],
    answers: Sequence[Answer | EditError | None],
    ask: Ask,
    weigh: Weigh,
) -> list[Answer | EditError | None]:
    """The answers with what these looks say. One that is a step taken back is not read clause by clause."""
    back = taken_back(requests, answers, weigh) if "steps" in looks else list(answers)
    left = [old if new is old else None for old, new in zip(answers, back, strict=True)]
    read = looked_at_again(requests, left, ask) if "clauses" in looks else left
    return [new if new is not old else again for old, new, again in zip(answers, back, read, strict=True)]
