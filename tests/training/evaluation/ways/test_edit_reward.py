"""EditReward is called as its authors document it; a stand-in is where its checkout would be."""

import sys
from pathlib import Path

import pytest
from PIL import Image

from training.config.ways_settings import EditRewardSettings
from training.errors import ConfigError
from training.evaluation.ways.edit_reward import EditReward

STAND_IN = '''
import torch
from PIL import Image

class EditRewardInferencer:
    def __init__(self, config_path=None, checkpoint_path=None, device="cuda", differentiable=False,
                 reward_dim="dim1", rm_head_type="ranknet_multi_head"):
        self.loaded = (config_path, checkpoint_path, device)

    def reward(self, prompts, image_src, image_paths):
        """One row of logits for each: how much redder than before."""
        def red(path):
            return Image.open(path).getpixel((0, 0))[0] / 255
        return torch.tensor([[red(after) - red(before)] for before, after in zip(image_src, image_paths)])
'''


@pytest.fixture
def settings(tmp_path: Path) -> EditRewardSettings:
    (tmp_path / "weights").mkdir()
    (tmp_path / "weights" / "model.safetensors").touch()
    return EditRewardSettings(config="x.yaml", checkpoint=str(tmp_path / "weights"), device="cpu")


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "checkout" / "EditReward"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(STAND_IN)
    monkeypatch.syspath_prepend(str(package.parent))
    monkeypatch.delitem(sys.modules, "EditReward", raising=False)


@pytest.mark.usefixtures("installed")
def test_an_edit_is_scored_by_its_two_pictures(settings: EditRewardSettings) -> None:
    black, red = (Image.new("RGB", (8, 8), colour) for colour in ("black", "red"))
    reward = EditReward(settings)
    assert reward("make it red", black, red) == 1.0
    assert reward("make it red", red, black) == -1.0


def test_where_it_is_not_installed_it_is_said_how(
    settings: EditRewardSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "EditReward", None)
    with pytest.raises(ConfigError, match="PYTHONPATH"):
        EditReward(settings)


@pytest.mark.usefixtures("installed")
def test_a_checkpoint_that_could_run_code_is_refused(settings: EditRewardSettings) -> None:
    (Path(settings.checkpoint) / "model.pth").touch()
    with pytest.raises(ConfigError, match=r"no model\.pth"):
        EditReward(settings)
