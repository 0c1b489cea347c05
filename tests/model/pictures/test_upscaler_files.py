"""Names of upscalers: files and folders here, models of the hub, and what is told of those that are none."""

from pathlib import Path

import huggingface_hub.constants
import pytest

from model.errors import LoadError
from model.pictures.upscaler_files import check_upscaler, hub_place, upscaler_file


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("maker/networks", ("maker/networks", "")),
        ("maker/networks/4x.safetensors", ("maker/networks", "4x.safetensors")),
        ("maker/networks/nets/4x.safetensors", ("maker/networks", "nets/4x.safetensors")),
        ("4x.safetensors", None),
        ("nets/4x.safetensors", None),
        ("./nets/one/4x.safetensors", None),
        ("~/nets/4x.safetensors", None),
        ("/nets/one/4x.safetensors", None),
    ],
)
def test_what_a_name_means(name: str, place: tuple[str, str] | None) -> None:
    assert hub_place(name) == place


def test_a_file_or_a_folder_with_one(tmp_path: Path) -> None:
    file = tmp_path / "4x.safetensors"
    file.touch()
    assert upscaler_file(str(file)) == upscaler_file(str(tmp_path)) == file
    (tmp_path / "2x.safetensors").touch()
    with pytest.raises(LoadError, match=r"several files: name one of 2x\.safetensors, 4x\.safetensors"):
        check_upscaler(str(tmp_path))


def test_what_is_no_upscaler(tmp_path: Path) -> None:
    (tmp_path / "4x.pth").touch()
    for name in (str(tmp_path / "4x.pth"), "maker/networks/4x.pth"):
        with pytest.raises(LoadError, match=r"no \.safetensors file"):
            check_upscaler(name)
    with pytest.raises(LoadError, match="does not exist"):
        check_upscaler("nets/4x.safetensors")
    with pytest.raises(LoadError, match=r"has no \.safetensors file"):
        check_upscaler(str(tmp_path))


def test_a_hub_that_is_not_reached_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path))
    monkeypatch.setattr(huggingface_hub.constants, "ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(LoadError, match="does not reach the model hub"):
        upscaler_file("maker/networks")


def test_the_home_of_somebody_whom_this_machine_does_not_know_is_told_like_any_other_place() -> None:
    with pytest.raises(LoadError, match="does not exist"):
        check_upscaler("~nobody-knows-them/4x.safetensors")
