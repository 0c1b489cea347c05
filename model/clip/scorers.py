"""How good a picture is, by models of people's taste: aesthetic, preference, fit to the words.

All are functions of CLIP embeddings, pictures `p` and texts `t`, both (n, d) with rows of length 1, row i of
one belonging to row i of the other:

- `Aesthetic`: `p @ w + b`, the LAION aesthetic head (christophschuhmann/improved-aesthetic-predictor on
  GitHub; its stack of linear layers without activations is one linear map). About 1 (dull) to 10; no text.
- `PickScore`: `exp(logit_scale) * cos(p, t)` (Kirstain et al. 2023, arXiv 2305.01569). About 15 to 25 with
  its own weights; differences between pictures of one text are what counts.
- `ClipScore`: `2.5 * max(0, cos(p, t))` (Hessel et al. 2021, arXiv 2104.08718). 0 to 2.5, usually below 1.
- `HpsV2`: `cos(p, t)` with HPSv2's weights (Wu et al. 2023, arXiv 2306.09341), as its `score()` returns it.
  About 0.2 to 0.35. For evaluation only, so that nothing is trained towards the judge.

CLIP reads 77 tokens: give preference and fit the short intent, not the beautified prompt.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import torch
from PIL import Image

from model.errors import LoadError
from model.loading import is_local, load_errors, path_of
from model.settings import ScorerSettings


class Embedder(Protocol):
    """What scorers need of a CLIP: `model.clip.open_clip.Clip` or `model.clip.hf_clip.TransformersClip`."""

    @property
    def scale(self) -> float:
        """The factor the model learnt for its cosine similarities."""

    def pictures(self, images: Sequence[Image.Image]) -> torch.Tensor:
        """Normalised embeddings [n, d] of pictures."""

    def texts(self, texts: Sequence[str]) -> torch.Tensor:
        """Normalised embeddings [n, d] of texts; what is too long for the model is cut off."""


class Scorer(Protocol):
    """A score (n,) for n pairs of embeddings, higher is better."""

    @property
    def clip(self) -> Embedder:
        """The model whose embeddings it reads; scorers with the same one share their work."""

    def score(self, pictures: torch.Tensor, texts: torch.Tensor) -> torch.Tensor:
        """One score for each of `pictures` [n, d] with the text in its place in `texts` [n, d]: [n]."""


class Aesthetic:
    """The LAION head: one linear map from the picture's embedding to a rating."""

    def __init__(self, clip: Embedder, weight: torch.Tensor, bias: torch.Tensor) -> None:
        """`weight` (d,), `bias` a scalar tensor."""
        self.clip, self._weight, self._bias = clip, weight, bias

    def score(self, pictures: torch.Tensor, texts: torch.Tensor) -> torch.Tensor:
        """How beautiful each picture is, about 1 to 10; the texts do not matter."""
        return pictures @ self._weight + self._bias


class PickScore:
    """`exp(logit_scale) * cos`."""

    def __init__(self, clip: Embedder) -> None:
        self.clip = clip

    def score(self, pictures: torch.Tensor, texts: torch.Tensor) -> torch.Tensor:
        """The scaled cosine similarity of picture and text."""
        return self.clip.scale * (pictures * texts).sum(-1)


class ClipScore:
    """`2.5 * max(0, cos)`."""

    def __init__(self, clip: Embedder) -> None:
        self.clip = clip

    def score(self, pictures: torch.Tensor, texts: torch.Tensor) -> torch.Tensor:
        """2.5 times the cosine similarity, not below 0 (Hessel et al. 2021)."""
        return 2.5 * (pictures * texts).sum(-1).clamp(min=0)


class HpsV2:
    """`cos` under HPSv2's weights."""

    def __init__(self, clip: Embedder) -> None:
        self.clip = clip

    def score(self, pictures: torch.Tensor, texts: torch.Tensor) -> torch.Tensor:
        """The cosine similarity."""
        return (pictures * texts).sum(-1)


def score_all(
    scorers: Mapping[str, Scorer], images: Sequence[Image.Image], texts: Sequence[str]
) -> dict[str, torch.Tensor]:
    """Every scorer's scores (n,) of n pictures, each against its own text; each CLIP embeds only once."""
    if len(images) != len(texts):
        raise ValueError(f"{len(images)} pictures need as many texts, not {len(texts)}")
    embedded: dict[int, tuple[torch.Tensor, torch.Tensor]] = {}
    scores = {}
    for name, scorer in scorers.items():
        key = id(scorer.clip)
        if key not in embedded:
            embedded[key] = scorer.clip.pictures(images), scorer.clip.texts(texts)
        scores[name] = scorer.score(*embedded[key])
    return scores


def load_scorers(settings: ScorerSettings) -> dict[str, Scorer]:
    """The scorers that a preset names, by name: aesthetic, preference, fit, and hps where there is one.

    Raises LoadError. A CLIP that several scorers name is loaded once.
    """
    clips: dict[str, Embedder] = {}

    def clip(name: str) -> Embedder:
        if name not in clips:
            clips[name] = load_clip(name, settings.device)
        return clips[name]

    weight, bias = read_head(settings.aesthetic_head)
    scorers: dict[str, Scorer] = {
        "aesthetic": Aesthetic(clip(settings.clip), weight, bias),
        "preference": PickScore(clip(settings.preference)),
        "fit": ClipScore(clip(settings.clip)),
    }
    return scorers | ({"hps": HpsV2(clip(settings.hps))} if settings.hps else {})


def load_clip(name: str, device: str = "auto") -> Embedder:
    """A CLIP by name: "transformers:" and a folder or hub id, or a name that `model.clip.open_clip` takes."""
    if name.startswith("transformers:"):
        from model.clip.hf_clip import TransformersClip

        return TransformersClip.load(name.removeprefix("transformers:"), device)
    from model.clip.open_clip import Clip

    return Clip.load(name, device)


def read_head(name: str) -> tuple[torch.Tensor, torch.Tensor]:
    """Weight (d,) and bias () of an aesthetic head: a safetensors file, or "owner/name:file" on the hub.

    The file holds one linear layer or LAION's stack of them, which is multiplied out. Raises LoadError.
    """
    from safetensors.torch import load_file

    with load_errors("aesthetic head", name, "check the path"):
        layers: dict[str, Any] = load_file(_head_file(name))
    prefixes = sorted({key.rpartition(".")[0] for key in layers}, key=_layer_number)
    width = layers[_key(prefixes[0], "weight")].shape[1]
    weight, bias = torch.eye(width), torch.zeros(width)
    for prefix in prefixes:
        layer = layers[_key(prefix, "weight")].float()
        weight, bias = layer @ weight, layer @ bias + layers[_key(prefix, "bias")].float()
    if weight.shape[0] != 1:
        raise LoadError(f"{name} is no aesthetic head: it gives {weight.shape[0]} numbers instead of one.")
    return weight[0], bias[0]


def _key(prefix: str, name: str) -> str:
    return f"{prefix}.{name}" if prefix else name


def _layer_number(prefix: str) -> int:
    last = prefix.rpartition(".")[2]
    return int(last) if last.isdigit() else 0


def _head_file(name: str) -> Path:
    repository, _, file = name.partition(":")
    if not file or is_local(name):
        return path_of(name)
    from huggingface_hub import hf_hub_download

    return Path(hf_hub_download(repository, file))
