"""Paints every case in every way, measures what came, and keeps it line by line, so that a stopped run goes
on.

`raw.jsonl` has a line for each case, arm and step; `pictures/` what was painted. A chain goes on from what
the same arm painted before, but for an arm whose instructions are joined. A region by words whose words find
nothing changes nothing, nor does a request that the models refuse (the joined instructions of a chain may be
longer than the editor reads): that is counted as it is, not left out.
"""

from __future__ import annotations

import io
import json
import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from model.engine import PaintRequest
from model.errors import BadRequest
from model.pictures.decoding import png_bytes
from model.pictures.masks import png_of
from training.evaluation.ways.measures import clip_distance, outside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from model.pictures.painter import Painter
    from model.pictures.regions import Regions
    from model.settings import ImageSettings
    from training.config.ways_settings import ArmSettings
    from training.evaluation.ways.cases import Case, Judge, Step
    from training.evaluation.ways.measures import Embed

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Bench:
    """What paints and what measures. `regions` may be None where no arm asks for a mask from words; `reward`
    scores (instruction, before, after), where it is set up."""

    painter: Painter
    settings: ImageSettings
    regions: Regions | None
    judge: Judge
    embed: Embed
    reward: Callable[[str, Image.Image, Image.Image], float] | None = None

    def change(self, arm: ArmSettings, case: Case, at: int, now: Image.Image) -> Image.Image:
        """The picture after step `at` in the arm's way; `now`, the one before it, where it is refused."""
        try:
            return self._changed(arm, case, at, now)
        except BadRequest as error:
            log.info("%s, step %d, %s is refused: %s", case.name, at, arm.way, error)
            return now

    def _changed(self, arm: ArmSettings, case: Case, at: int, now: Image.Image) -> Image.Image:
        step = case.steps[at]
        if arm.way == "repaint":
            return self._painted(case, PaintRequest(step.target, (case.seed,), **self._numbers("repaint")))
        if arm.way == "keep":
            numbers = self._numbers("keep")
            request = PaintRequest(
                step.target, (case.seed,), **numbers, way="keep", init_image=png_bytes(now), keep=arm.keep
            )
            return self._painted(case, request)
        if arm.way == "edit":
            asked = [one.instruction for one in case.steps[: at + 1]] if arm.joined else [step.instruction]
            start = case.picture if arm.joined else now
            shown = case.source if arm.joined or not at else case.steps[at - 1].target
            request = PaintRequest(
                step.target, (case.seed,), **self._numbers("edit"), way="edit", init_image=png_bytes(start),
                instruction="; ".join(asked), source_prompt=shown,
            )  # fmt: skip
            return self._painted(case, request)
        return self._inside(arm, case, step, now)

    def _inside(self, arm: ArmSettings, case: Case, step: Step, now: Image.Image) -> Image.Image:
        mask = self._mask(arm, step, now)
        if mask is None:
            return now
        request = PaintRequest(
            step.target, (case.seed,), **self._numbers("region"), way="region", init_image=png_bytes(now),
            mask=png_of(mask),
        )  # fmt: skip
        return self._painted(case, request)

    def _mask(self, arm: ArmSettings, step: Step, now: Image.Image) -> Image.Image | None:
        if arm.mask == "true":
            return None if step.mask is None else Image.fromarray(step.mask.astype(np.uint8) * 255)
        assert self.regions is not None, "settings are checked when the run begins"
        try:
            return self.regions.find(now, step.words)
        except BadRequest:
            return None

    def _numbers(self, way: str) -> dict[str, Any]:
        steps, guidance = self.settings.numbers(way)
        return {
            "steps": steps, "guidance": guidance,
            "width": self.settings.width, "height": self.settings.height,
        }  # fmt: skip

    def _painted(self, case: Case, request: PaintRequest) -> Image.Image:
        png = self.painter.paint(request).pictures[0].png
        return Image.open(io.BytesIO(png)).convert("RGB")


def suits(arm: ArmSettings, case: Case) -> bool:
    """Whether a case can be tried in this way: a region needs a place, joined instructions need several."""
    if arm.joined:
        return case.chain
    if arm.way != "region":
        return True
    return not case.chain and (
        case.steps[0].mask is not None if arm.mask == "true" else bool(case.steps[0].words)
    )


def run(bench: Bench, cases: Iterable[Case], arms: dict[str, ArmSettings], output: Path) -> None:
    """Try what was not tried yet; appends to `output`/raw.jsonl."""
    file = output / "raw.jsonl"
    lines = read(file)
    # rewritten first: the last line of a run that was killed may be half a line, and swallow the next
    output.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    done = {(line["case"], line["arm"]) for line in lines}
    for case in cases:
        for name, arm in arms.items():
            if (case.name, name) in done or not suits(arm, case):
                continue
            new = _tried(bench, case, name, arm, output / "pictures" / case.name)
            # all steps of a chain at once: half a chain would be taken for a whole one
            with file.open("a", encoding="utf-8") as raw:
                raw.write("".join(json.dumps(line) + "\n" for line in new))
            log.info("%s %s: %s", case.name, name, new[-1])


def read(file: Path) -> list[dict[str, Any]]:
    """The lines of a raw file; none where there is no file. A last line that was cut off is left out."""
    if not file.exists():
        return []
    lines = []
    for text in file.read_text(encoding="utf-8").splitlines():
        try:
            lines.append(json.loads(text))
        except ValueError:
            log.warning("%s: a line that was cut off is left out", file)
    return lines


def _tried(bench: Bench, case: Case, name: str, arm: ArmSettings, folder: Path) -> list[dict[str, Any]]:
    folder.mkdir(parents=True, exist_ok=True)
    case.picture.save(folder / "before.webp", quality=90)
    now, lines = case.picture, []
    for at, step in enumerate(case.steps):
        began = time.perf_counter()
        after = bench.change(arm, case, at, now)
        seconds = time.perf_counter() - began
        after.save(folder / f"{name}{f' {at + 1}' if case.chain else ''}.webp", quality=90)
        judged, kept = bench.judge(case, at, after)
        line = {
            "case": case.name, "arm": name, "step": at, "kind": step.kind, "chain": case.chain,
            "done": judged, "kept": kept, "both": judged * kept, "seconds": round(seconds, 3),
        }  # fmt: skip
        if bench.reward is not None:
            line["reward"] = bench.reward(step.instruction, now, after)
        if step.mask is not None and not case.chain:
            moved, psnr = outside(case.picture, after, step.mask)
            distance = clip_distance(case.picture, after, step.mask, bench.embed)
            line |= {"outside": round(moved, 4), "psnr": round(psnr, 3), "clip": round(distance, 6)}
        lines.append(line)
        now = after
    return lines
