"""Which device and number format this machine can run, asked without or with torch.

`gpu_present` needs no torch, so the process that runs the bot can ask it; the rest is for the workers.
"""

import ctypes
from typing import TYPE_CHECKING

from model.errors import ConfigError

if TYPE_CHECKING:
    import torch

DTYPES = ("auto", "float32", "bfloat16", "float16")


def gpu_present() -> bool:
    """Whether the CUDA driver is installed and sees at least one device."""
    try:
        driver = ctypes.CDLL("libcuda.so.1")
    except OSError:
        return False
    count = ctypes.c_int(0)
    return driver.cuInit(0) == 0 and driver.cuDeviceGetCount(ctypes.byref(count)) == 0 and count.value > 0


def pick_device(name: str) -> "torch.device":
    """The torch device for "auto", "cpu" or "cuda". Raises ConfigError for "cuda" without a GPU."""
    import torch

    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "cpu"
    if name == "cuda" and not torch.cuda.is_available():
        raise ConfigError(
            'The settings ask for device = "cuda", but torch finds no GPU: install its driver, '
            'set device = "cpu", or choose preset "tiny".'
        )
    return torch.device(name)


def has_bfloat16(device: "torch.device") -> bool:
    """Whether `device` multiplies in bfloat16 in hardware (elsewhere it is emulated and slower)."""
    import torch

    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    # torch has no public question for either
    return bool(torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported())  # noqa: SLF001


def pick_dtype(name: str, device: "torch.device") -> "torch.dtype":
    """The torch dtype for a name of `DTYPES`; "auto" is float16 on a GPU and float32 on a CPU.

    Float32 on CPUs so that a seed gives the same picture on every one of them: bfloat16 halves the 0.6
    seconds of an embedded picture where the CPU has AMX, is slower where it has not, and rounds differently.
    """
    import torch

    if name == "auto":
        return torch.float16 if device.type == "cuda" else torch.float32
    chosen: torch.dtype = getattr(torch, name)
    if chosen is torch.float16 and device.type == "cpu":
        raise ConfigError('dtype = "float16" is for GPUs only: choose "float32", "bfloat16" or "auto".')
    return chosen


def use_threads(count: int) -> None:
    """Let torch compute with `count` threads; 0 leaves its own choice (one for each physical core)."""
    import torch

    if count:
        torch.set_num_threads(count)
