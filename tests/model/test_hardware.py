"""The device by torch's own question, on machines of every kind; numbers by device."""

import ctypes
import platform
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch

from model import hardware
from model.errors import ConfigError
from model.hardware import gpu_present, has_bfloat16, pick_device, pick_dtype
from model.language import checkpoint
from model.loading import is_local
from model.settings import LLMSettings


def accelerator(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    found = torch.device(kind) if kind else None
    monkeypatch.setattr(torch.accelerator, "current_accelerator", lambda check_available: found)


@pytest.mark.parametrize("kind", ["cuda", "mps", "xpu"])
def test_any_gpu_that_torch_finds_is_taken(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    accelerator(monkeypatch, kind)
    assert [pick_device(name).type for name in ("auto", "gpu", kind, "cpu")] == [kind, kind, kind, "cpu"]
    assert pick_dtype("auto", torch.device(kind)) is torch.float16


def test_without_a_gpu_auto_is_the_cpu_and_a_named_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    accelerator(monkeypatch, "")
    assert pick_device("auto").type == "cpu"
    for name in hardware.GPUS:
        with pytest.raises(ConfigError, match=f'device = "{name}", but torch finds no GPU'):
            pick_device(name)


def test_another_gpu_than_the_one_named_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    accelerator(monkeypatch, "mps")
    with pytest.raises(ConfigError, match='device = "cuda", but torch finds only "mps"'):
        pick_device("cuda")


@pytest.mark.parametrize("has", [True, False])
def test_whether_a_gpu_has_bfloat16_is_torchs_own_answer(monkeypatch: pytest.MonkeyPatch, has: bool) -> None:
    monkeypatch.setattr(torch.xpu, "is_bf16_supported", lambda including_emulation: has)
    monkeypatch.setattr(torch.backends.mps, "is_macos_or_newer", lambda major, minor: has and major == 14)
    assert [has_bfloat16(torch.device(kind)) for kind in ("xpu", "mps")] == [has, has]


@pytest.mark.parametrize(
    ("kind", "has", "dtype"),
    [
        ("mps", True, torch.bfloat16),
        ("mps", False, torch.float16),
        ("xpu", True, torch.bfloat16),
        ("cuda", False, torch.float16),
        ("cpu", True, torch.float32),
    ],
)
def test_a_language_model_is_in_half_precision_on_every_gpu(
    monkeypatch: pytest.MonkeyPatch, kind: str, has: bool, dtype: torch.dtype
) -> None:
    monkeypatch.setattr(checkpoint, "has_bfloat16", lambda device: has)
    precision = checkpoint._precision(LLMSettings(model="small"), torch.device(kind))
    assert precision == {"dtype": dtype, "device_map": {"": kind}}


def test_half_numbers_are_for_gpus() -> None:
    with pytest.raises(ConfigError, match="for GPUs only"):
        pick_dtype("float16", torch.device("cpu"))


def no_drivers(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> ctypes.CDLL:
        raise OSError(name)

    monkeypatch.setattr(ctypes, "CDLL", missing)
    monkeypatch.setattr(Path, "exists", lambda path: False)


def test_a_gpu_is_seen_by_its_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    no_drivers(monkeypatch)
    assert not gpu_present()
    monkeypatch.setattr(Path, "exists", lambda path: str(path) == "/dev/kfd")
    assert gpu_present(), "an AMD GPU"
    no_drivers(monkeypatch)
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(platform, "machine", lambda: "arm64")
    assert gpu_present(), "an Apple one"
    monkeypatch.setattr(sys, "platform", "win32")
    driver = SimpleNamespace(cuInit=lambda flags: 0, cuDeviceGetCount=one_device)
    monkeypatch.setattr(ctypes, "CDLL", {"nvcuda.dll": driver}.__getitem__)
    assert gpu_present(), "an Nvidia one with Windows"


def one_device(count: object) -> int:
    """What cuDeviceGetCount does with the number it is given by reference."""
    count._obj.value = 1  # type: ignore[attr-defined]
    return 0


@pytest.mark.parametrize("name", [r"C:\models\sd", r".\models\sd", r"..\sd", "sd", "./a/b", "~/a"])
def test_paths_of_windows_are_folders_and_no_hub_ids(name: str) -> None:
    assert is_local(name)


def test_a_hub_id_is_none() -> None:
    assert not is_local("stabilityai/sdxl-turbo")
