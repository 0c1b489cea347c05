"""Which device and number format this machine can run, asked without or with torch.

`gpu_present` needs no torch, so the process that runs the bot can ask it; the rest is for the workers.
"""

import ctypes
import importlib.util
import os
import platform
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from model.errors import ConfigError

if TYPE_CHECKING:
    import torch

DTYPES = ("auto", "float32", "bfloat16", "float16")
DEVICES = ("auto", "cpu", "gpu", "cuda", "mps", "xpu")
GPUS = DEVICES[2:]
HALF_NEEDS_GPU = 'dtype = "float16" is for GPUs only: choose "float32", "bfloat16" or "auto".'

_ZE_GPU_ONLY = 1  # ZE_INIT_FLAG_GPU_ONLY of the Level Zero specification


def gpu_present() -> bool:
    """Whether this machine has a GPU of a kind that torch may be built for, as far as its drivers tell.

    Whether the torch that is installed can use it is `pick_device`'s question.
    """
    return _nvidia() or _amd() or _intel() or _apple()


def has_4bit_kernels() -> bool:
    """Whether bitsandbytes multiplies 4-bit weights on this CPU without unpacking them first.

    It takes such a kernel through the package `kernels`, for processors with bfloat16 in AVX-512
    (bitsandbytes/backends/cpu/ops.py). Without it 4-bit weights are slower than whole ones.
    """
    try:
        processor = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:  # not Linux, where bitsandbytes has no such kernel either
        return False
    return importlib.util.find_spec("kernels") is not None and "avx512_bf16" in processor


def _nvidia() -> bool:
    """The CUDA driver is installed and sees at least one device."""
    driver = _library("nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1")
    count = ctypes.c_int(0)
    return bool(
        driver and driver.cuInit(0) == 0 and driver.cuDeviceGetCount(ctypes.byref(count)) == 0 and count.value
    )


def _amd() -> bool:
    """ROCm's kernel driver has its device; its runtime comes with torch and need not be installed."""
    return Path("/dev/kfd").exists()


def _intel() -> bool:
    """Level Zero is installed and starts, which it does not without one of its drivers (`zeInit`)."""
    loader = _library("ze_loader.dll" if sys.platform == "win32" else "libze_loader.so.1")
    return bool(loader and loader.zeInit(_ZE_GPU_ONLY) == 0)


def _apple() -> bool:
    """A Mac with Apple's own processor, whose GPU torch calls "mps"."""
    return sys.platform == "darwin" and platform.machine() == "arm64"


def _library(name: str) -> ctypes.CDLL | None:
    try:
        return ctypes.CDLL(name)
    except OSError:
        return None


def pick_device(name: str) -> "torch.device":
    """The torch device for a name of `DEVICES`.

    "gpu" is whatever accelerator this torch works with, by its own word (torch.accelerator): "cuda" (ROCm's
    torch calls an AMD GPU so too), "mps" or "xpu"; "auto" is that or else the CPU. Raises ConfigError for a
    GPU that torch does not find.
    """
    import torch

    found = torch.accelerator.current_accelerator(check_available=True)
    if name == "auto":
        return found or torch.device("cpu")
    if name == "cpu":
        return torch.device("cpu")
    if found is None or name not in ("gpu", found.type):
        there = f'only "{found.type}"' if found else "no GPU"
        raise ConfigError(
            f'The settings ask for device = "{name}", but torch finds {there}: install its driver and the '
            'torch that is built for it, set device = "auto" or "cpu", or choose preset "tiny".'
        )
    return found


def has_bfloat16(device: "torch.device") -> bool:
    """Whether `device` multiplies in bfloat16 itself, as far as torch tells (emulation is slower)."""
    import torch

    if device.type == "xpu":
        return torch.xpu.is_bf16_supported(including_emulation=False)
    if device.type == "mps":
        return bool(torch.backends.mps.is_macos_or_newer(14, 0))  # where torch's Metal kernels have it
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    # torch has no public question for either
    return bool(torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported())  # noqa: SLF001


def has_matrix_units() -> bool:
    """Whether this CPU has AMX, units of its own that multiply matrices in bfloat16, faster than float32."""
    import torch

    return bool(torch.cpu._is_amx_tile_supported())  # noqa: SLF001 - torch has no public question for it


def pick_dtype(name: str, device: "torch.device") -> "torch.dtype":
    """The torch dtype for a name of `DTYPES`; "auto" is float16 on a GPU and float32 on a CPU.

    Float32 on CPUs so that a seed gives the same picture on every one of them: bfloat16 halves the 0.6
    seconds of an embedded picture where the CPU has AMX, is slower where it has not, and rounds differently.
    """
    import torch

    if name == "auto":
        return torch.float32 if device.type == "cpu" else torch.float16
    chosen: torch.dtype = getattr(torch, name)
    if chosen is torch.float16 and device.type == "cpu":
        raise ConfigError(HALF_NEEDS_GPU)
    return chosen


def memory_of(device: "torch.device") -> int:
    """Bytes of memory that `device` has; of Apple's GPU those of the machine, which it shares."""
    import torch

    if device.type == "cuda":
        return int(torch.cuda.get_device_properties(device).total_memory)
    if device.type == "xpu":
        return int(torch.xpu.get_device_properties(device).total_memory)
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def use_threads(count: int) -> None:
    """Let torch compute with `count` threads; 0 leaves its own choice (one for each physical core)."""
    import torch

    if count:
        torch.set_num_threads(count)
