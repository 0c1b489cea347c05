"""The raw results of a comparison, which grow by one seed at a time.

The file is written before the first run, with the hypotheses, and again after each seed with all its
variants. It is all that a comparison needs to go on: the runs of a seed that is in it may be gone, so a long
one may be made in several sittings, or on several machines. All runs of one seed begin with the same weights;
those of another seed may begin with others, as effects are differences between runs of the same seed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from training.errors import ConfigError
from training.evaluation import hypotheses
from training.evaluation.results import Results

if TYPE_CHECKING:
    from pydantic import BaseModel

    from training.config.ablation_settings import AblationConfig

_CHECKOUT = f"{Path(__file__).parents[2]}/"
Raw = dict[str, Any]
Learnt = Mapping[str, Mapping[str, Sequence[float]]]
"""[variant][metric]: a number for each seed that has it."""


def fingerprint(*parts: str) -> str:
    """A short hash of all that decides what the runs and their evaluation are, but for the seed.

    Files of this checkout are the same ones wherever it lies.
    """
    return hashlib.sha256("\x1f".join(parts).replace(_CHECKOUT, "").encode()).hexdigest()[:16]


def begun(file: Path, settings: AblationConfig, asked: str) -> Raw:
    """What the file holds, or a comparison without a seed. `asked` is the fingerprint of what is compared.

    Raises ConfigError where the file is of another comparison, or began with other hypotheses.
    """
    raw: Raw = {"kind": "ablation", "asked": asked, "seeds": [], "values": {}, "began": {}, "learnt": {}}
    return (kept(file, asked, settings.hypotheses) or raw) | {
        "hypotheses": hypotheses.written(settings.hypotheses),
        "effects": hypotheses.written(settings.effects),
    }


def kept(file: Path, asked: str, expected: Mapping[str, BaseModel]) -> Raw | None:
    """What a raw file holds, if there is one. Raises ConfigError as `begun` does."""
    if not file.exists():
        return None
    raw: Raw = json.loads(file.read_text(encoding="utf-8"))
    if raw.get("asked") != asked:
        problem = f"results: {file} is of other settings than these; take another file"
        raise ConfigError("The comparison cannot go on:", [problem])
    hypotheses.check(expected, raw["hypotheses"], file)
    return raw


def grown(raw: Raw, seed: int, results: Results, learnt: Learnt) -> Raw:
    """The raw results with one more seed. What every seed is beside, such as SFT, stays as the first seed
    had it."""
    new = results.raw()
    values = {}
    for painter, own in new["values"].items():
        kept = raw["values"].get(painter, {})
        values[painter] = kept | {name: columns for name, columns in own.items() if name not in kept}
    columns = {
        variant: {name: [*raw["learnt"].get(variant, {}).get(name, []), *more] for name, more in own.items()}
        for variant, own in learnt.items()
    }
    return {
        **new,
        **raw,
        "seeds": [*raw["seeds"], seed],
        "values": values,
        "began": {**new["began"], **raw["began"]},
        "learnt": columns,
    }
