"""EditReward (Wu et al. 2025, arXiv 2509.26346): a reward model of edits, learnt from people's preferences.

Its authors publish no package: it is a checkout of github.com/TIGER-AI-Lab/EditReward on the Python path,
beside what its README installs (PyTorch 2.5 and transformers 4.56 when this was written). Its code was not
run with ours: what is called is its documented interface, and the tests put a stand-in in its place.
"""

from __future__ import annotations

import importlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from training.errors import ConfigError

if TYPE_CHECKING:
    from PIL import Image

    from training.config.ways_settings import EditRewardSettings

WHERE = "https://github.com/TIGER-AI-Lab/EditReward"


class EditReward:
    """Scores how well an instruction was followed and how good the picture is, in one number: higher is
    better, without bounds; only scores of the same edit are to be compared."""

    def __init__(self, settings: EditRewardSettings) -> None:
        """Load it. Raises ConfigError where it is not installed, or its checkpoint could run code."""
        folder = Path(settings.checkpoint)
        # It reads model.pth before model.safetensors, as a pickle, which can run any code
        if (folder / "model.pth").exists() or not (folder / "model.safetensors").exists():
            raise ConfigError(
                "EditReward's checkpoint cannot be used:",
                [f"{folder} must hold model.safetensors and no model.pth"],
            )
        try:
            module = importlib.import_module("EditReward")
        except ImportError as error:
            raise ConfigError(
                "EditReward is not installed:",
                [f"put a checkout of {WHERE} on PYTHONPATH, with what its README installs ({error})"],
            ) from error
        self._model: Any = module.EditRewardInferencer(
            config_path=settings.config,
            checkpoint_path=settings.checkpoint,
            device=settings.device,
            reward_dim="overall_detail",
            rm_head_type="ranknet_multi_head",
        )

    def __call__(self, instruction: str, before: Image.Image, after: Image.Image) -> float:
        """The score of one edit."""
        import torch

        with tempfile.TemporaryDirectory() as folder:
            paths = [str(Path(folder) / name) for name in ("before.png", "after.png")]
            for picture, path in zip((before, after), paths, strict=True):
                picture.save(path)
            with torch.no_grad():
                scores = self._model.reward(prompts=[instruction], image_src=paths[:1], image_paths=paths[1:])
        return float(scores[0][0])
