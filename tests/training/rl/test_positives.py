"""Positives where something was missed, their forced words, and the losses on these."""

import math
from types import SimpleNamespace
from typing import Any

import pytest
import torch

from training.config.rl_settings import AdmSettings
from training.data.examples import Edit
from training.data.integrity import requirements_of
from training.rl.adm import Kind, Modification, positive
from training.rl.positives import assign, forced_words, positive_loss

EDITS = [
    Edit(f"a {colour} fox", "make it night", f"a {colour} fox at night", "")
    for colour in ("red", "blue", "tiny")
]


def test_positives_go_where_a_plain_sample_missed_something() -> None:
    edits = [*EDITS, EDITS[0], EDITS[1]]
    plans = [Modification()] * 3 + [positive(requirements_of(edit)) for edit in edits[3:]]
    texts = {0: "a red fox at night", 1: "a blue fox", 2: None}
    given, modified, answers = assign(edits, plans, texts)
    assert answers == {3: 1}
    assert given[3] == EDITS[1]
    assert modified[3] == positive(requirements_of(EDITS[1]))
    # Nothing is left for the fifth row: it is a plain one of its own edit
    assert (given[4], modified[4]) == (edits[4], Modification())
    assert modified[:3] == plans[:3]


def test_what_was_kept_and_should_be_gone_is_missed_too() -> None:
    edit = Edit("a fox with a lantern", "remove the lantern", "a fox", "")
    plans = [Modification(), positive(requirements_of(edit))]
    assert assign([edit, edit], plans, {0: "a fox with a lantern"})[2] == {1: 0}
    assert assign([edit, edit], plans, {0: "a fox"})[2] == {}


def test_hard_negatives_are_no_samples_to_answer() -> None:
    plans = [Modification(Kind.HARD_NEGATIVE), positive(requirements_of(EDITS[0]))]
    assert assign(EDITS[:2], plans, {0: "a"})[2] == {}


def test_forced_words_are_marked_from_their_first_letter_on() -> None:
    texts = [
        "",
        "a",
        "a lan",
        "a lantern",
        "a lantern by",
        "a lantern by n",
        "a lantern by night",
        "a lantern by night",
    ]
    marks = forced_words(texts[:-1], texts[-1], {"lantern", "night"})
    assert marks == [False, True, True, False, True, True, False]
    assert forced_words(texts[:-1], texts[-1], {"robot"}) == [False] * 7


def made_rollouts() -> Any:
    """Row 0 answers row 1; they share their first token, and row 0's second is forced."""
    return SimpleNamespace(
        completions=[[5, 6, 1], [5, 7, 8, 1]], missed={0: 1},
        forced=torch.tensor([[0, 1, 0, 0], [0, 0, 0, 0]]),
        reference=torch.full((2, 4), -1.0),
    )  # fmt: skip


def scored(rows: list[int]) -> tuple[torch.Tensor, torch.Tensor]:
    logprobs = torch.tensor([[-9.0, -0.5, -9.0, 0.0], [-9.0, -2.0, -1.0, -3.0]])
    mask = torch.tensor([[1, 1, 1, 0], [1, 1, 1, 1]])
    return logprobs[rows], mask[rows]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"positive_loss": "nll"}, 0.5),
        # forced: −0.5 + 1 = 0.5 ; missed: mean of −1, 0, −2 is −1 ; −log σ(0.5·1.5)
        ({"positive_loss": "dpo", "positive_beta": 0.5}, math.log(1 + math.exp(-0.75))),
    ],
)
def test_the_losses_by_hand(settings: dict[str, Any], expected: float) -> None:
    loss = positive_loss(made_rollouts(), [0], scored, AdmSettings.model_validate(settings))
    assert loss.item() == pytest.approx(expected)
