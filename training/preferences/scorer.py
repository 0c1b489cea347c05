"""Fine-tuning a preference scorer of PickScore's form on pairs of pictures: scale and a small head first.

The score of a picture for a caption is `exp(s) · cos(p, t)` with CLIP's directions p and t (Kirstain et al.
2023). Learnt are s and a head of low rank on the picture's side,

    p' = (p + (p A) B) / |...|,   A (d, r) small and random, B (r, d) zero: it starts as the scorer it was

and, if asked for, LoRA layers in the picture tower. The criterion is the published one: cross-entropy of
softmax(score of the first, score of the second) against the soft label (a tie is 0.5 and 0.5), each pair
weighed by 1/n of its context. The head is then multiplied into CLIP's own projection and LoRA into its
weights, so what is written is a plain open_clip folder: `reward.scorers.preference` of PPO takes it as it is.
"""

from __future__ import annotations

import copy
import json
import logging
import random
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
import torch.nn.functional as F
from PIL import Image
from safetensors.torch import save_file
from torch import Tensor, nn

from model.clip.open_clip import Clip
from training.core.checkpoint import write_folder
from training.core.epochs import shuffled, train_epoch
from training.errors import ConfigError, NothingToLearn
from training.preferences.scorer_loss import criterion
from training.preferences.votes import held_out

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from training.config.preference_settings import ScorerTuning
    from training.preferences.formats import Row

log = logging.getLogger(__name__)

WEIGHTS, CONFIG, CARD, NUMBERS = (
    "open_clip_model.safetensors",
    "open_clip_config.json",
    "README.md",
    "scorer.json",
)


@dataclass(frozen=True)
class Pairs:
    """N pairs: directions of captions and pictures [N, d], the first one's label [N], weights [N]."""

    captions: Tensor
    first: Tensor
    second: Tensor
    labels: Tensor
    weights: Tensor

    def __len__(self) -> int:
        return len(self.labels)

    def take(self, rows: Sequence[int]) -> Pairs:
        """Some of them."""
        index = torch.tensor(list(rows), dtype=torch.long)
        return Pairs(*(getattr(self, name)[index] for name in self.__dataclass_fields__))


class Head(nn.Module):
    """The scale and the low-rank map on the picture's side."""

    def __init__(self, width: int, rank: int, scale: float, seed: int) -> None:
        super().__init__()
        generator = torch.Generator().manual_seed(seed)
        # CLIP learns the logarithm too, so that the factor stays positive (Radford et al. 2021, section 2.5)
        self.scale = nn.Parameter(torch.tensor(scale).log())
        self.down = nn.Parameter(torch.randn(width, rank, generator=generator) * width**-0.5)
        self.up = nn.Parameter(torch.zeros(rank, width))

    def forward(self, pictures: Tensor, captions: Tensor) -> Tensor:
        """Scores [N]."""
        moved = F.normalize(pictures + pictures @ self.down @ self.up, dim=-1)
        return self.scale.exp() * (moved * captions).sum(-1)

    @property
    def map(self) -> Tensor:
        """What pictures' directions are multiplied with, (d, d)."""
        return torch.eye(self.down.shape[0]) + (self.down @ self.up).detach()


def accuracy(first: Tensor, second: Tensor, labels: Tensor) -> float:
    """How often the better one scores higher; ties among people are left out, equal scores count half."""
    decided = labels != 0.5
    if not decided.any():
        return float("nan")
    right = torch.sign(first - second) * torch.sign(labels - 0.5)
    return float((right[decided] + 1).mean() / 2)


def train(
    rows: Sequence[Row], held: Sequence[Row], pictures: Path, settings: ScorerTuning, output: Path
) -> Path:
    """Tune on `rows`, measure on `held`, and write the scorer to `output`; returns the folder.

    Rows whose pictures are gone are left out and said. Raises NothingToLearn when too few are left.
    """
    rows, held = present(rows, pictures), present(held, pictures)
    decided = [row for row in rows if row["label_0"] != 0.5]
    if len(decided) < settings.least_pairs:
        raise NothingToLearn(
            f"There are {len(decided)} pairs of pictures of which one is better, and a scorer needs "
            f"{settings.least_pairs} (scorer.least_pairs): collect more votes."
        )
    clip = Clip.load(settings.base, settings.device)
    check(clip, settings)
    learn, watch = divided(rows, settings)
    numbers: dict[str, Any] = {
        "pairs": len(learn),
        "validation_pairs": len(watch),
        "held_out_pairs": len(held),
    }
    before = embed(clip, held, pictures) if held else None
    if settings.lora_rank:
        from training.preferences.scorer_lora import tune_tower

        tune_tower(clip, learn, pictures, settings)
    head = fit(
        embed(clip, learn, pictures), embed(clip, watch, pictures) if watch else None, clip.scale, settings
    )
    if before is not None:
        plain = Head(before.captions.shape[1], 0, Clip.load(settings.base, settings.device).scale, 0)
        numbers["untrained_accuracy"] = measured(plain, before)
        numbers["held_out_accuracy"] = measured(head, embed(clip, held, pictures))
    return save(clip, head, numbers, settings, output)


def present(rows: Sequence[Row], pictures: Path) -> list[Row]:
    """Rows whose two pictures are still there; how many are not is logged."""
    kept = [row for row in rows if all((pictures / row[name]).is_file() for name in ("image_0", "image_1"))]
    if len(kept) < len(rows):
        log.warning(
            "%d of %d pairs are left out: a picture was deleted since the export.",
            len(rows) - len(kept),
            len(rows),
        )
    return kept


def embed(clip: Clip, rows: Sequence[Row], pictures: Path, seen: dict[str, Tensor] | None = None) -> Pairs:
    """The directions of rows' captions and pictures; each file is read once, and none that is in `seen`."""
    seen = {} if seen is None else seen
    names = sorted({row[name] for row in rows for name in ("image_0", "image_1")} - seen.keys())
    if names:
        images = [_open(pictures / name) for name in names]
        # The picture tower is the slow part: a file that stands in many pairs is read and embedded once
        seen.update(zip(names, clip.pictures(images), strict=True))
    return Pairs(
        clip.texts([row["caption"] for row in rows]).clone(),
        torch.stack([seen[row["image_0"]] for row in rows]).clone(),
        torch.stack([seen[row["image_1"]] for row in rows]).clone(),
        torch.tensor([float(row["label_0"]) for row in rows]),
        torch.tensor([float(row["weight"]) for row in rows]),
    )


def fit(pairs: Pairs, watch: Pairs | None, scale: float, settings: ScorerTuning) -> Head:
    """The head with the lowest validation loss (without `watch`: after the last epoch)."""
    head = Head(pairs.captions.shape[1], settings.rank, scale, settings.seed)
    optimizer = torch.optim.AdamW(head.parameters(), settings.lr, weight_decay=settings.weight_decay)
    best, state, waited = float("inf"), copy.deepcopy(head.state_dict()), 0
    rng = random.Random(settings.seed)
    for _ in range(settings.epochs):
        batches = shuffled(len(pairs), settings.batch, rng)
        train_epoch(optimizer, batches, lambda rows: _loss(head, pairs.take(rows)))
        with torch.no_grad():
            now = _loss(head, watch).item() if watch else -1.0
        waited = 0 if now < best or not watch else waited + 1
        if now < best or not watch:
            best, state = now, copy.deepcopy(head.state_dict())
        if waited > settings.patience:
            break
    head.load_state_dict(state)
    return head


@torch.no_grad()
def measured(head: Head, pairs: Pairs) -> float:
    """The head's accuracy on pairs."""
    first, second = head(pairs.first, pairs.captions), head(pairs.second, pairs.captions)
    return accuracy(first, second, pairs.labels)


def check(clip: Clip, settings: ScorerTuning) -> None:
    """Raise ConfigError unless the head can be multiplied into this CLIP, and it can be written again."""
    if not (Path(settings.base) / CONFIG).is_file():
        raise ConfigError(
            "The scorer cannot be tuned:",
            [f"scorer.base = {settings.base!r}: a folder with {CONFIG} is needed; download the model first"],
        )
    if not isinstance(getattr(clip.model.visual, "proj", None), nn.Parameter):
        raise ConfigError(
            "The scorer cannot be tuned:",
            [f"scorer.base = {settings.base!r}: its picture tower ends in no plain projection; take a ViT"],
        )


@torch.no_grad()
def save(clip: Clip, head: Head, numbers: Mapping[str, Any], settings: ScorerTuning, output: Path) -> Path:
    """Write the tuned CLIP as an open_clip folder with card and numbers."""
    model = copy.deepcopy(clip.model).cpu().float()
    # (p W)(I + A B) = p (W + W A B): the map goes into the projection, and normalising comes after it in both
    model.visual.proj.copy_(model.visual.proj @ head.map)
    model.logit_scale.copy_(head.scale)

    def fill(folder: Path) -> None:
        _copy_beside(Path(settings.base), folder)
        save_file({k: v.contiguous().clone() for k, v in model.state_dict().items()}, folder / WEIGHTS)
        (folder / NUMBERS).write_text(json.dumps(dict(numbers), indent=1) + "\n", encoding="utf-8")
        (folder / CARD).write_text(_card(numbers, settings), encoding="utf-8")

    write_folder(output, fill)
    return output


def _loss(head: Head, pairs: Pairs) -> Tensor:
    first, second = head(pairs.first, pairs.captions), head(pairs.second, pairs.captions)
    return criterion(first, second, pairs.labels, pairs.weights)


def divided(rows: Sequence[Row], settings: ScorerTuning) -> tuple[list[Row], list[Row]]:
    """(to learn from, to stop by), no caption on both sides."""
    watched = [held_out(row["caption"], settings.validation, settings.seed) for row in rows]
    learn = [row for row, watch in zip(rows, watched, strict=True) if not watch]
    watch = [row for row, chosen in zip(rows, watched, strict=True) if chosen]
    return (learn, watch) if learn else (list(rows), [])


def _open(path: Path) -> Image.Image:
    with Image.open(path) as image:
        return image.convert("RGB")


def _copy_beside(base: Path, folder: Path) -> None:
    """Config and tokenizer of the base, where it is a folder; the weights are written anew."""
    for file in base.iterdir():
        if file.is_file() and file.suffix == ".json":
            shutil.copy(file, folder / file.name)


def _card(numbers: Mapping[str, Any], settings: ScorerTuning) -> str:
    lines = [f"- {name.replace('_', ' ')}: {value}" for name, value in numbers.items()]
    return "\n".join(
        [
            "# Preference scorer",
            "",
            f"A CLIP of PickScore's form, tuned from `{Path(settings.base).name}` on a server's votes: "
            f"scale and a head of rank {settings.rank}"
            + (f", LoRA of rank {settings.lora_rank} in the picture tower." if settings.lora_rank else "."),
            "Scores compare pictures of one caption; it knows the taste of those who voted, nobody else's.",
            "",
            *lines,
            "",
        ]
    )
