"""Groups of samples, on one process and spread over several."""

from types import SimpleNamespace
from typing import Any

import torch

from training.data.examples import Edit
from training.rl import groups


def process(rank: int, parts: list[torch.Tensor]) -> Any:
    """A stand-in for the accelerator of process `rank`: gathering gives what all of them have."""
    return SimpleNamespace(
        process_index=rank, num_processes=len(parts), device="cpu", gather=lambda _: torch.cat(parts)
    )


def test_each_edit_stands_in_a_row() -> None:
    one, other = Edit("a", "b", "c", ""), Edit("d", "e", "f", "")
    assert groups.in_groups([one, other], 3) == [one] * 3 + [other] * 3


def test_a_group_spread_over_processes_is_compared_as_a_whole() -> None:
    scores = torch.tensor([1.0, 2.0, 6.0, 4.0, 0.0, 8.0])

    def centred(rewards: torch.Tensor) -> torch.Tensor:
        return rewards - rewards.mean(dim=1, keepdim=True)

    alone = groups.compared(scores, 3, centred, process(0, [scores]))
    torch.testing.assert_close(alone, torch.tensor([-2.0, -1.0, 3.0, 0.0, -4.0, 4.0]))
    parts = [scores[0::2], scores[1::2]]
    for rank, own in enumerate(parts):
        found = groups.compared(own, 3, centred, process(rank, parts))
        torch.testing.assert_close(found, alone[rank::2])
