"""LoRA in the picture tower of a preference scorer: trained on the pictures themselves, then merged."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from PIL import Image

from training.core.epochs import shuffled, train_epoch
from training.preferences.scorer_loss import criterion

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from model.clip.open_clip import Clip
    from training.config.preference_settings import ScorerTuning
    from training.preferences.formats import Row

_TARGETS = r".*resblocks\.\d+\.mlp\.(c_fc|c_proj)"
_EPOCHS = 3


def tune_tower(clip: Clip, rows: Sequence[Row], pictures: Path, settings: ScorerTuning) -> None:
    """Train LoRA layers of the picture tower's MLPs on pairs and merge them into `clip`'s weights."""
    from peft import LoraConfig, get_peft_model

    torch.manual_seed(settings.seed)
    adapted = get_peft_model(clip.model.visual, LoraConfig(r=settings.lora_rank, target_modules=_TARGETS))
    learning = [p for p in adapted.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(learning, settings.lora_lr, weight_decay=settings.weight_decay)
    captions = clip.texts([row["caption"] for row in rows]).clone().to(clip.device)
    rng = random.Random(settings.seed)

    def loss_of(part: Sequence[int]) -> torch.Tensor:
        scores = []
        for name in ("image_0", "image_1"):
            directions = _directions(adapted, clip, [pictures / rows[i][name] for i in part])
            scores.append(clip.scale * (directions * captions[list(part)]).sum(-1))
        labels, weights = (
            torch.tensor([float(rows[i][name]) for i in part], device=clip.device)
            for name in ("label_0", "weight")
        )
        return criterion(scores[0], scores[1], labels, weights)

    for _ in range(_EPOCHS):
        train_epoch(optimizer, shuffled(len(rows), settings.batch, rng), loss_of)
    clip.model.visual = adapted.merge_and_unload()
    clip.model.eval()


def _directions(tower: torch.nn.Module, clip: Clip, files: Sequence[Path]) -> torch.Tensor:
    images = []
    for file in files:
        with Image.open(file) as image:
            images.append(image.convert("RGB"))
    return F.normalize(tower(clip.pixels(images)), dim=-1)
