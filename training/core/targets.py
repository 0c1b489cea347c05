"""Greedy targets as serving writes them, and the plain numbers about them that need no pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.engine import EditRequest
from model.errors import EditError
from model.language.llm import DiffChatLLM
from model.language.stems import words
from model.settings import LLMSettings
from training.data.examples import Edit, fold
from training.data.integrity import f1, integrity, requirements_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from training.core.policy import Policy

_AT_ONCE = 32


def write_targets(
    policy: Policy, edits: Sequence[Edit], max_new_tokens: int, temperature: float = 0.0
) -> list[str | None]:
    """What the bot would get for each edit, by serving's own code; None where it would refuse the answer, or
    where a model of version 2 takes the edit for another kind of message."""
    was_training = policy.model.training
    settings = LLMSettings(model=policy.settings.model, max_new_tokens=max_new_tokens)
    served = DiffChatLLM(policy.model.eval(), policy.tokenizer, settings, version=policy.version)
    try:
        return served_targets(served, edits, temperature, edits_alone=True)
    finally:
        policy.model.train(was_training)


def served_targets(
    served: DiffChatLLM, edits: Sequence[Edit], temperature: float = 0.0, *, edits_alone: bool = False
) -> list[str | None]:
    """Targets of a loaded model, in batches; None where it gave no usable prompt.

    An answer of another kind than an edit leaves the source prompt; with `edits_alone` it is None.
    """
    targets: list[str | None] = []
    for start in range(0, len(edits), _AT_ONCE):
        asked = [
            EditRequest(
                edit.source_prompt,
                edit.instruction,
                seed=start + i,
                temperature=temperature,
                history=edit.history,
            )
            for i, edit in enumerate(edits[start : start + _AT_ONCE])
        ]
        targets += [
            None
            if isinstance(result, EditError) or (edits_alone and result.kind != "edit")
            else result.target_prompt
            for result in served.try_edit(asked)
        ]
    return targets


def painted(edit: Edit, target: str | None) -> bool:
    """Whether the bot would paint anew: an answer in the words of the source changes nothing."""
    return target is not None and words(target) != words(edit.source_prompt)


def text_metrics(edits: Sequence[Edit], targets: Sequence[str | None]) -> dict[str, float]:
    """`metrics.EVALUATION_METRICS` of targets; a refused one has integrity and F1 0."""
    usable = [target for target in targets if target is not None]
    pairs = list(zip(edits, targets, strict=True))
    scores = [0.0 if target is None else integrity(target, requirements_of(edit)) for edit, target in pairs]
    alike = [0.0 if target is None else f1(edit.target_prompt, target) for edit, target in pairs]
    same = [target is not None and fold(target) == fold(edit.target_prompt) for edit, target in pairs]
    return {
        "eval/integrity": sum(scores) / max(1, len(pairs)),
        "eval/f1": sum(alike) / max(1, len(pairs)),
        "eval/exact": sum(same) / max(1, len(pairs)),
        "eval/usable": len(usable) / max(1, len(pairs)),
        "eval/words": sum(len(words(target)) for target in usable) / max(1, len(usable)),
    }
