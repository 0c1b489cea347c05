"""How much memory a worker process has used at most, for `check`: by the operating system and by torch."""

import resource
import sys
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

# getrusage(2) counts in KiB on Linux and in bytes on macOS
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class MemoryUse:
    """The most that one worker used so far, in bytes; `gpu` is 0 without one."""

    kind: str
    ram: int
    gpu: int


@runtime_checkable
class Measured(Protocol):
    """An engine with workers on this machine, whose memory can be told; an `Engine` may be one."""

    async def memory(self) -> tuple[MemoryUse, ...]:
        """The most memory that each worker used so far. Raises WorkerDied or EngineClosed."""


def used_here() -> dict[str, int]:
    """The most memory that this process used so far, in bytes."""
    gpu = 0
    if "torch" in sys.modules:
        import torch

        # what torch reserved and not only what it filled: nobody else can have that
        gpu = torch.cuda.max_memory_reserved() if torch.cuda.is_available() else 0
    return {"ram": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _RSS_UNIT, "gpu": gpu}
