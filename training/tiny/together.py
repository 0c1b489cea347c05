"""Several processes that train one model, each on examples of its own: `torchrun` starts them.

    OMP_NUM_THREADS=1 torchrun --standalone --nproc-per-node 2 -m -- training tiny lm --threads 1 ...

On two busy cores two processes of one thread each are nearly twice as quick as one of two threads, whose
threads wait for each other at every product of matrices.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import torch
from torch import distributed
from torch.nn.parallel import DistributedDataParallel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def number() -> int:
    """This process's number from 0, alone or among several; the first one writes files."""
    return int(os.environ.get("RANK", "0"))


def join() -> None:
    """Meet the other processes, if `torchrun` started any. They speak over the loopback."""
    if "RANK" in os.environ and not distributed.is_initialized():
        distributed.init_process_group("gloo")


def wait() -> None:
    """Go on when all processes are here, so that what the first one wrote is whole; alone at once."""
    if distributed.is_initialized():
        distributed.barrier()


def shared(module: Any) -> Any:
    """The module with its gradients averaged over the processes; alone it is the module itself."""
    return DistributedDataParallel(module) if distributed.is_initialized() else module


def divided(
    items: Sequence[torch.Tensor], work: Callable[[torch.Tensor], torch.Tensor]
) -> list[torch.Tensor]:
    """What `work` makes of each item, in the item's shape and type; every process does its share of it.

    The items are the same in all processes, and so is what comes back.
    """
    if not distributed.is_initialized():
        return [work(item) for item in items]
    here, processes = number(), distributed.get_world_size()
    done = [
        work(item).contiguous() if place % processes == here else torch.empty_like(item)
        for place, item in enumerate(items)
    ]
    for place, one in enumerate(done):
        distributed.broadcast(one, place % processes)
    return done


def agreed(value: float) -> float:
    """The first process's value, so that all follow one clock."""
    if not distributed.is_initialized():
        return value
    spoken = torch.tensor([value], dtype=torch.float64)
    distributed.broadcast(spoken, 0)
    return float(spoken.item())
