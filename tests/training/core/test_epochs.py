"""The small training loop: every row once an epoch, the loss as a mean over rows, no update from NaN."""

import random
from collections.abc import Sequence

import pytest
import torch

from training.core.epochs import shuffled, train_epoch
from training.errors import Diverged


def test_every_row_is_in_one_batch() -> None:
    batches = shuffled(10, 4, random.Random(0))
    assert [len(batch) for batch in batches] == [4, 4, 2]
    assert sorted(row for batch in batches for row in batch) == list(range(10))
    assert batches == shuffled(10, 4, random.Random(0))


def test_the_loss_is_that_of_all_rows_and_goes_down() -> None:
    weight = torch.nn.Parameter(torch.zeros(()))
    wanted = torch.tensor([1.0, 1.0, 4.0])
    still = torch.optim.SGD([weight], lr=0.0)

    def loss_of(rows: Sequence[int]) -> torch.Tensor:
        return ((weight - wanted[list(rows)]) ** 2).mean()

    assert train_epoch(still, [[0, 1], [2]], loss_of) == pytest.approx(18 / 3)
    moving = torch.optim.SGD([weight], lr=0.1)
    losses = [train_epoch(moving, [[0, 1], [2]], loss_of) for _ in range(5)]
    assert losses[-1] < losses[0]


def test_a_loss_that_is_not_finite_ends_it_and_changes_nothing() -> None:
    weight = torch.nn.Parameter(torch.ones(()))
    with pytest.raises(Diverged, match="lower the learning rate"):
        train_epoch(torch.optim.SGD([weight], lr=0.1), [[0]], lambda _: weight * float("nan"))
    assert weight.item() == 1.0
