"""The gate: a new adapter against the present one on a frozen set; promotion, lineage and rollback.

Adapters live in one folder, numbered, and `current` points at the one the bot reads:

    adapters/0000-base/   an adapter that changes nothing, so that there is always a way back
    adapters/0001-kto-3f9a12/   with README.md (the card) and lineage.json (parent, snapshot, numbers)
    adapters/current -> 0001-kto-3f9a12

`current` is replaced in one step, so a bot that reloads sees the one or the other, never half of one.
"""

from __future__ import annotations

import json
import math
import re
import secrets
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

from training.core.checkpoint import write_folder
from training.core.policy import Policy
from training.core.statistics import Estimate, estimate
from training.errors import CheckpointError, NotPromoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from training.config.settings import PolicySettings

CURRENT, LINEAGE, CARD, BASE = "current", "lineage.json", "README.md", "0000-base"
_NAME = re.compile(r"(\d{4})-[\w-]+")


@dataclass(frozen=True)
class Verdict:
    """One number of the gate: the new adapter's mean minus the present one's, and what is tolerated.

    A guard (`proof` is False) is refused where it is seen to be worse; what needs proof, where its interval
    does not lie above minus the tolerance. `least` is what the new mean must be in any case. `note` says the
    rest in words; `confidence` is the interval's, in per cent.
    """

    name: str
    present: float
    new: float
    difference: Estimate
    tolerance: float
    proof: bool = False
    least: float = -math.inf
    note: str = ""
    confidence: float = 95.0

    @property
    def refused(self) -> bool:
        """Not proven, where that is asked for; else below by more than is tolerated, or reliably below."""
        if self.proof:
            return not self.difference.low > -self.tolerance
        return self.new < self.least or self.difference.mean < -self.tolerance or self.difference.high < 0

    def said(self) -> str:
        """For people."""
        d = self.difference
        interval = f"{d.mean:+.3f}, {self.confidence:g} % {d.low:+.3f} to {d.high:+.3f}"
        parts = [f"{self.name}: {self.present:.3f} -> {self.new:.3f} ({interval})"]
        parts += [f"at least {self.least:.3f} is asked"] if self.new < self.least else []
        return "; ".join([*parts, self.note] if self.note else parts)

    def as_json(self) -> dict[str, Any]:
        """For lineage and report."""
        least = None if self.least == -math.inf else self.least  # JSON has no infinity
        return {**asdict(self), "least": least, "refused": self.refused}


def compare(
    present: Mapping[str, Sequence[float]],
    new: Mapping[str, Sequence[float]],
    tolerances: Mapping[str, float],
    least: Mapping[str, float] | None = None,
) -> list[Verdict]:
    """A verdict for each column, from values of the same examples in the same order.

    An example without a value on either side (NaN: its picture was blacked out) is left out.
    """
    limits = least or {}
    return [
        _verdict(name, present[name], new[name], limit, limits.get(name, -math.inf))
        for name, limit in tolerances.items()
    ]


def _verdict(
    name: str, present: Sequence[float], new: Sequence[float], tolerance: float, least: float
) -> Verdict:
    pairs = [pair for pair in zip(present, new, strict=True) if not any(map(math.isnan, pair))]
    before, after = [a for a, _ in pairs], [b for _, b in pairs]
    change = estimate([[b - a for a, b in pairs]])
    return Verdict(name, _mean(before), _mean(after), change, tolerance, least=least)


def check(verdicts: Sequence[Verdict]) -> None:
    """Raise NotPromoted with every number that is worse, or not proven where it must be."""
    if refused := [verdict.said() for verdict in verdicts if verdict.refused]:
        seen = any(verdict.refused and not verdict.proof for verdict in verdicts)
        why = "is worse than the present one" if seen else "is not proven good enough"
        raise NotPromoted(f"The new adapter {why} and is not promoted:", refused)


def promote(
    root: Path, adapter: Path, method: str, snapshot: str, base: PolicySettings, verdicts: Sequence[Verdict]
) -> Path:
    """Copy an adapter that passed the gate into `root` and make it the current one; returns its folder.

    Raises NotPromoted when a verdict refuses, CheckpointError when the folder cannot be written.
    """
    check(verdicts)
    if not existing(root):
        _write_base(root, base)
        _point(root, BASE)
    number = int(existing(root)[-1].name[:4]) + 1
    folder = root / f"{number:04}-{method}-{secrets.token_hex(3)}"
    lineage = {
        "parent": current(root).name,
        "method": method,
        "snapshot": snapshot,
        "base": Path(base.model).name,
        "numbers": [verdict.as_json() for verdict in verdicts],
    }

    def fill(new: Path) -> None:
        shutil.copytree(adapter, new, dirs_exist_ok=True)
        (new / LINEAGE).write_text(json.dumps(lineage, indent=1) + "\n", encoding="utf-8")
        (new / CARD).write_text(_card(folder.name, lineage, verdicts), encoding="utf-8")

    write_folder(folder, fill)
    _point(root, folder.name)
    return folder


def rollback(root: Path, to: str = "") -> Path:
    """Make the current adapter's parent, or the one named `to`, the current one; returns its folder.

    Raises CheckpointError when there is none.
    """
    name = to or lineage_of(current(root)).get("parent")
    if name is None:
        raise CheckpointError(f"{current(root).name} is the first adapter: there is none before it.")
    if name not in [folder.name for folder in existing(root)]:
        raise CheckpointError(f"There is no adapter {name} in {root}.")
    _point(root, name)
    return root / name


def existing(root: Path) -> list[Path]:
    """The adapters, oldest first."""
    return sorted(path for path in root.glob("*") if path.is_dir() and _NAME.fullmatch(path.name))


def current(root: Path) -> Path:
    """The folder that `current` points at. Raises CheckpointError when nothing was promoted yet."""
    link = root / CURRENT
    if not link.is_dir():
        raise CheckpointError(f"There is no {CURRENT} in {root}: nothing was promoted yet.")
    return link.resolve()


def lineage_of(folder: Path) -> dict[str, Any]:
    """What an adapter says of its origin; empty for the base."""
    path = folder / LINEAGE
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _point(root: Path, name: str) -> None:
    """Make `current` point at a folder, in one step."""
    # A link is made under another name and renamed: rename(2) replaces the old link atomically
    fresh = root / f".{CURRENT}-{secrets.token_hex(4)}"
    fresh.symlink_to(name, target_is_directory=True)
    fresh.replace(root / CURRENT)


def _write_base(root: Path, settings: PolicySettings) -> None:
    """A fresh LoRA adapter: its B matrices are zero (Hu et al. 2021), so the model answers as without one."""
    Policy.load(settings.model_copy(update={"adapter": ""}), torch.device("cpu")).export(root / BASE)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _card(name: str, lineage: Mapping[str, Any], verdicts: Sequence[Verdict]) -> str:
    return "\n".join(
        [
            f"# {name}",
            "",
            f"A LoRA adapter of `{lineage['base']}`, learnt by {lineage['method'].upper()} from votes.",
            f"It follows `{lineage['parent']}`; the votes are snapshot `{lineage['snapshot']}`.",
            "",
            "On the frozen set, present -> new:",
            "",
            *(f"- {verdict.said()}" for verdict in verdicts),
            "",
        ]
    )
