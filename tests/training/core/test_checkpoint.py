"""Checkpoints: exact, atomic, and safe when the disk is full."""

import resource
from pathlib import Path
from types import SimpleNamespace
from typing import get_args

import pytest
import torch
from accelerate import Accelerator

from model.settings import Device
from training.config.preference_settings import ScorerTuning
from training.config.settings import PainterSettings
from training.core import checkpoint
from training.core.checkpoint import Checkpoint
from training.errors import CheckpointError


def test_what_is_saved_is_loaded_and_old_ones_go(tmp_path: Path) -> None:
    shared = torch.arange(4.0)
    saved = Checkpoint(
        {"model/a": shared, "model/b": shared, "head/a": torch.ones(2)}, {"step": 3, "kl": 0.1}
    )
    for step in (1, 2, 10):
        checkpoint.save(tmp_path, step, saved, keep=2)
    assert [path.name for path in checkpoint.existing(tmp_path)] == ["step-00000002", "step-00000010"]
    loaded = checkpoint.load(tmp_path / "step-00000010")
    assert loaded.state == saved.state
    assert loaded.part("model").keys() == {"a", "b"}
    assert torch.equal(loaded.part("model")["b"], shared)


def test_a_full_disk_leaves_the_last_good_one(tmp_path: Path) -> None:
    checkpoint.save(tmp_path, 1, Checkpoint({"a": torch.zeros(10)}, {}), keep=3)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))  # writing more fails as on a full disk
    try:
        with pytest.raises(CheckpointError, match="make room on the disk"):
            checkpoint.save(tmp_path, 2, Checkpoint({"a": torch.zeros(10_000)}, {}), keep=3)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert [path.name for path in tmp_path.iterdir()] == ["step-00000001"]
    assert torch.equal(checkpoint.load(tmp_path / "step-00000001").tensors["a"], torch.zeros(10))


def test_a_folder_is_replaced_only_when_the_new_one_is_complete(tmp_path: Path) -> None:
    folder = tmp_path / "best"
    checkpoint.write_folder(folder, lambda new: (new / "x").touch())

    def fails(new: Path) -> None:
        (new / "x").write_text("half")
        raise OSError("No space left on device")

    with pytest.raises(CheckpointError, match="No space left"):
        checkpoint.write_folder(folder, fails)
    assert (folder / "x").read_text() == ""
    checkpoint.write_folder(folder, lambda new: (new / "y").touch())
    assert [path.name for path in folder.iterdir()] == ["y"]
    assert [path.name for path in tmp_path.iterdir()] == ["best"]


def test_a_folder_is_there_again_after_a_kill_between_the_two_renames(tmp_path: Path) -> None:
    folder = tmp_path / "best"
    checkpoint.write_folder(folder, lambda new: (new / "good").touch())
    folder.rename(tmp_path / "best.old")
    (tmp_path / "best.new").mkdir()
    checkpoint.take_all_back(tmp_path)
    assert [path.relative_to(tmp_path).as_posix() for path in sorted(tmp_path.rglob("*"))] == [
        "best",
        "best/good",
    ]


def test_a_kill_between_the_two_renames_and_a_full_disk_leave_the_last_good_one(tmp_path: Path) -> None:
    def fails(_: Path) -> None:
        raise OSError("No space left on device")

    folder = tmp_path / "best"
    checkpoint.write_folder(folder, lambda new: (new / "good").touch())
    folder.rename(tmp_path / "best.old")
    with pytest.raises(CheckpointError):
        checkpoint.write_folder(folder, fails)
    assert (folder / "good").exists()


def test_what_a_kill_left_is_removed_where_the_new_folder_is_in_place(tmp_path: Path) -> None:
    (tmp_path / "step-00000001.new").mkdir()
    (tmp_path / "best").mkdir()
    (tmp_path / "best.old").mkdir()
    checkpoint.take_all_back(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["best"]


def test_a_damaged_checkpoint_is_named(tmp_path: Path) -> None:
    folder = checkpoint.save(tmp_path, 1, Checkpoint({"a": torch.zeros(10)}, {}), keep=3)
    (folder / checkpoint.TENSORS).write_bytes(b"half a fi")
    with pytest.raises(CheckpointError, match="step-00000001 is damaged"):
        checkpoint.load(folder)
    with pytest.raises(CheckpointError, match="is damaged"):
        checkpoint.load(tmp_path / "step-00000099")


def test_another_config_is_refused_by_naming_what_differs() -> None:
    before = {"lr": 0.1, "adm": {"positive": 0.2, "boost": 3.0}}
    checkpoint.check_config(before, dict(before), Path("run"))
    with pytest.raises(CheckpointError, match=r"adm\.positive: 0\.2 then, 0\.3 now") as caught:
        checkpoint.check_config(before, {"lr": 0.1, "adm": {"positive": 0.3, "boost": 3.0}}, Path("run"))
    assert "boost" not in str(caught.value)


def test_an_optimizer_goes_on_as_if_it_had_never_stopped(tmp_path: Path) -> None:
    def step(weight: torch.nn.Parameter, optimizer: torch.optim.Optimizer) -> None:
        optimizer.zero_grad()
        (weight**2).sum().backward()
        optimizer.step()

    weight = torch.nn.Parameter(torch.tensor([1.0, -2.0]))
    optimizer = torch.optim.AdamW([weight], lr=0.1)
    step(weight, optimizer)
    tensors, groups = checkpoint.pack_optimizer(optimizer)
    folder = checkpoint.save(tmp_path, 1, Checkpoint({**tensors, "w": weight}, {"groups": groups}), keep=1)
    step(weight, optimizer)
    loaded = checkpoint.load(folder)
    again = torch.nn.Parameter(loaded.tensors.pop("w"))
    other = torch.optim.AdamW([again], lr=9.0)
    checkpoint.unpack_optimizer(other, loaded.tensors, loaded.state["groups"])
    step(again, other)
    assert torch.equal(again, weight)


def test_random_states_come_back() -> None:
    Accelerator()
    states = checkpoint.pack_random()
    drawn = torch.rand(3)
    checkpoint.unpack_random(states, rank=0)
    assert torch.equal(torch.rand(3), drawn)
    checkpoint.unpack_random(states, rank=7)  # a process that did not exist then keeps its own state


@pytest.mark.parametrize(("kind", "places"), [("mps", [()]), ("xpu", [(0,), (1,)])])
def test_the_random_states_of_any_accelerator_come_back(
    monkeypatch: pytest.MonkeyPatch, kind: str, places: list[tuple[int, ...]]
) -> None:
    states = {place: torch.tensor([index]) for index, place in enumerate(places)}
    found: dict[tuple[int, ...], torch.Tensor] = {}
    generators = SimpleNamespace(
        get_rng_state=lambda *place: states[place],
        set_rng_state=lambda state, *place: found.update({place: state}),
    )
    monkeypatch.setattr(torch.accelerator, "current_accelerator", lambda check_available: torch.device(kind))
    monkeypatch.setattr(torch.accelerator, "device_count", lambda: len(places))
    monkeypatch.setattr(torch, "get_device_module", lambda device: generators)
    packed = checkpoint.pack_random()
    assert {f"0/{kind}{index}" for index in range(len(places))} < packed.keys()
    checkpoint.unpack_random(packed, rank=0)
    assert found == states


@pytest.mark.parametrize("device", get_args(Device))
def test_training_takes_the_devices_that_the_bot_takes(device: str) -> None:
    given = {"device": device}
    assert PainterSettings.model_validate(given).device == device
    assert ScorerTuning.model_validate(given).device == device
