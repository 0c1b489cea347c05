"""The steps that led to a picture, as the language model is told of them."""

from collections.abc import Sequence

from bot.domain.conversation import Turn, TurnKind
from model.engine import Step
from model.language.conversation import GAP

MOST_STEPS = 24
"""Steps of a conversation that a model hears of; a path is rarely longer, and a small model's context is."""


def steps(path: Sequence[Turn], most: int = MOST_STEPS) -> tuple[Step, ...]:
    """The instructions on the way down `path`, from a first picture to the one that is changed next.

    Each step's result is the next one's prompt. Turns that paint the same words anew are no steps. Where that
    chain is broken, by a deleted turn or by a picture with settings of its own, the history begins behind it:
    what somebody deleted is not told. Of more than `most` the first prompt stays, people go back to it, and
    the latest; an ellipsis is the instruction for all between.
    """
    found: list[Step] = []
    result: str | None = None
    for turn in path:
        if turn.deleted_at is not None or turn.kind is TurnKind.IMAGINE:
            found.clear()
        elif turn.kind is TurnKind.REFINE:
            if turn.source_prompt != result:
                found.clear()
            found.append(Step(turn.source_prompt, turn.instruction))
        result = turn.target_prompt
    if len(found) > most:
        found = [Step(found[0].prompt, GAP), *found[len(found) - most + 1 :]]
    return tuple(found)
