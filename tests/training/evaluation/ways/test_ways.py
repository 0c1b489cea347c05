"""The comparison of ways: settings, measures, a run that goes on, the report, and folders of edits."""

import io
import json
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pydantic import ValidationError

from model.engine import PaintRequest, PaintResult, Picture
from model.errors import BadRequest
from model.presets import resolve
from training.config import toml
from training.config.ways_settings import ArmSettings, WaysConfig
from training.errors import ConfigError, DataError
from training.evaluation import hypotheses, tables
from training.evaluation.ways import drawing, report
from training.evaluation.ways.cases import Case, Step, from_folder
from training.evaluation.ways.clip_judge import ClipJudge
from training.evaluation.ways.measures import MOST, clip_distance, outside
from training.evaluation.ways.run import Bench, read, run

RED, BLUE = (200, 30, 30), (30, 30, 200)
SIDE = 16
MASK = np.zeros((SIDE, SIDE), np.bool_)
MASK[:, 8:] = True
ARMS = {
    "repaint": ArmSettings(way="repaint"),
    "keep": ArmSettings(way="keep", keep=0.5),
    "edit": ArmSettings(way="edit"),
    "words": ArmSettings(way="region", mask="words"),
    "true": ArmSettings(way="region", mask="true"),
    "replay": ArmSettings(way="edit", joined=True),
}


def flat(colour: tuple[int, int, int]) -> Image.Image:
    return Image.new("RGB", (SIDE, SIDE), colour)


class Painting:
    """A painter that notes what it is asked and answers blue."""

    def __init__(self) -> None:
        self.asked: list[PaintRequest] = []

    def paint(self, request: PaintRequest) -> PaintResult:
        self.asked.append(request)
        buffer = io.BytesIO()
        flat(BLUE).save(buffer, "PNG")
        return PaintResult((Picture(buffer.getvalue(), 1, SIDE, SIDE),), "small", 0.1, ())


class Finding:
    """Finds the right half, or nothing."""

    def find(self, picture: Image.Image, words: str) -> Image.Image:
        if words != "the house":
            raise BadRequest("nothing")
        return Image.fromarray(MASK.astype(np.uint8) * 255)


def embed(pictures: Sequence[Image.Image]) -> np.ndarray:
    means = np.stack([np.asarray(picture, np.float64).mean((0, 1)) for picture in pictures])
    return means / np.linalg.norm(means, axis=1, keepdims=True)


def bench(painter: Painting) -> Bench:
    return Bench(painter, resolve("tiny").image, Finding(), lambda case, step, picture: (1.0, 0.0), embed)  # type: ignore[arg-type]


def case(*steps: Step, name: str = "0001") -> Case:
    return Case(name, "a red house", flat(RED), 7, steps)


STEP = Step("recolour", "make it blue", "a blue house", "the house", MASK)


def test_each_way_asks_for_what_it_is(tmp_path: Path) -> None:
    painter = Painting()
    run(bench(painter), [case(STEP)], ARMS, tmp_path)
    asked = {request.way: request for request in painter.asked}
    assert set(asked) == {"repaint", "keep", "edit", "region"}
    assert all(request.seeds == (7,) and request.prompt == "a blue house" for request in painter.asked)
    assert asked["keep"].keep == 0.5
    assert asked["edit"].instruction == "make it blue"
    assert asked["region"].mask is not None
    assert "replay" not in {line["arm"] for line in read(tmp_path / "raw.jsonl")}


def test_a_run_that_stopped_goes_on(tmp_path: Path) -> None:
    painter = Painting()
    run(bench(painter), [case(STEP)], {"edit": ARMS["edit"]}, tmp_path)
    with (tmp_path / "raw.jsonl").open("a") as file:
        file.write('{"case": "0002", "ar')
    run(bench(painter), [case(STEP)], ARMS, tmp_path)
    assert [request.way for request in painter.asked].count("edit") == 1
    assert {line["arm"] for line in read(tmp_path / "raw.jsonl")} == set(ARMS) - {"replay"}


def test_a_chain_goes_on_from_its_own_pictures_and_a_replay_from_the_first(tmp_path: Path) -> None:
    painter = Painting()
    chain = case(STEP, Step("add", "add a tree", "a blue house and a tree"), name="chain 0001")
    run(bench(painter), [chain], {name: ARMS[name] for name in ("edit", "replay", "true")}, tmp_path)
    edits = [(request.instruction, request.init_image) for request in painter.asked]
    first, blue = (png(flat(colour)) for colour in (RED, BLUE))
    assert edits == [
        ("make it blue", first), ("add a tree", blue), ("make it blue", first),
        ("make it blue; add a tree", first),
    ]  # fmt: skip


def png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def test_words_that_find_nothing_change_nothing(tmp_path: Path) -> None:
    painter = Painting()
    step = Step("recolour", "make it blue", "a blue cat", "the cat", MASK)
    run(bench(painter), [case(step)], {"words": ARMS["words"]}, tmp_path)
    assert not painter.asked
    assert read(tmp_path / "raw.jsonl")[0]["outside"] == 0


def test_only_what_lies_outside_is_measured() -> None:
    inside = np.asarray(flat(RED)).copy()
    inside[MASK] = BLUE
    assert outside(flat(RED), Image.fromarray(inside), MASK) == (0.0, MOST)
    moved, psnr = outside(flat(RED), flat((210, 30, 30)), MASK)
    assert moved == pytest.approx(10 / 3)
    assert psnr == pytest.approx(10 * math.log10(255**2 / (100 / 3)))
    assert all(map(math.isnan, outside(flat(RED), flat(BLUE), np.ones_like(MASK))))
    assert clip_distance(flat(RED), Image.fromarray(inside), MASK, embed) == pytest.approx(0)
    assert clip_distance(flat(RED), flat(BLUE), MASK, embed) > 0.1


def config(**more: object) -> WaysConfig:
    arms = {"repaint": {"way": "repaint"}, "edit": {"way": "edit"}}
    return WaysConfig.model_validate({"output": "x", "arms": arms, **more})


def test_settings_that_fit_no_way_are_refused() -> None:
    for wrong in (
        {"way": "region"}, {"way": "edit", "mask": "true"}, {"way": "keep"}, {"way": "edit", "keep": 0.5},
        {"way": "repaint", "joined": True},
    ):  # fmt: skip
        with pytest.raises(ValidationError):
            ArmSettings.model_validate(wrong)
    one = {"measure": "done", "arm": "edit", "than": "nobody", "direction": "more"}
    with pytest.raises(ValidationError, match="there is no arm nobody"):
        config(hypotheses={"h": one})
    assert toml.load(WaysConfig, Path("training/configs/tiny-ways.toml")).edits == 500


def lines_of(arm: str, done: float, moved: float | None, count: int) -> list[dict[str, object]]:
    return [
        {"case": f"{i:04d}", "arm": arm, "step": 0, "kind": "add", "chain": False, "done": done, "kept": 1.0,
         "both": done, "seconds": 1.0, "outside": moved, "psnr": 30.0, "clip": 0.1}
        for i in range(count)
    ]  # fmt: skip


def test_the_report_is_made_from_the_raw_file_alone(tmp_path: Path) -> None:
    asked = {
        "less outside": {
            "measure": "outside", "arm": "edit", "than": "repaint", "direction": "less", "share": 0.5,
        }
    }  # fmt: skip
    settings = config(hypotheses=asked)
    lines = lines_of("repaint", 1.0, 10.0, 5) + lines_of("edit", 1.0, 2.0, 5)
    lines += [{**line, "outside": None, "case": "9"} for line in lines_of("edit", 0.0, None, 1)]
    raw = report.raw_of(settings, lines, "two cores, no GPU")
    report.write_raw(raw, tmp_path / "ways.json")
    assert json.loads((tmp_path / "ways.json").read_text()) == raw
    told = tables.tables_of(tmp_path / "ways.json")
    assert "| repaint | 5 | 1.000 (1.000 to 1.000)" in told
    assert "edits of the setting" in told
    assert "outside: edit less 0.5 x repaint (5) | below 0 | -3.000 (-3.000 to -3.000) | confirmed" in told
    assert drawing.drawing(raw).count("<circle") == 4


def test_hypotheses_stay_what_they_were_before_the_runs(tmp_path: Path) -> None:
    one = {"measure": "done", "arm": "edit", "than": "repaint", "direction": "more"}
    hypotheses.keep(config(hypotheses={"h": one}).hypotheses, tmp_path)
    with pytest.raises(ConfigError):
        hypotheses.keep(config(hypotheses={"h": {**one, "direction": "less"}}).hypotheses, tmp_path)


def unsaid(name: str, *_: object) -> tuple[str, str]:
    raise AssertionError(f"the folder says what {name} shows")


def test_a_folder_of_edits(tmp_path: Path) -> None:
    flat(RED).save(tmp_path / "a.png")
    Image.fromarray(MASK.astype(np.uint8) * 255).save(tmp_path / "m.png")
    edits = [
        {"image": "a.png", "instruction": "make it blue", "target": "a blue house", "mask": "m.png"},
        {"image": "none.png", "instruction": "x", "target": "y"},
    ]
    (tmp_path / "edits.jsonl").write_text("\n".join(map(json.dumps, edits)))
    (only,) = from_folder(tmp_path, 1, unsaid)
    assert only.steps[0].mask is not None
    assert (only.steps[0].mask == MASK).all()
    with pytest.raises(DataError, match="line 2"):
        list(from_folder(tmp_path, 2, unsaid))
    with pytest.raises(DataError, match=r"no edits\.jsonl"):
        list(from_folder(tmp_path / "nowhere", 1, unsaid))


def test_a_clip_judges_by_the_direction_of_the_words() -> None:
    words = {"a red house": (1.0, 0.0, 0.0), "a blue house": (0.0, 0.0, 1.0)}
    judge = ClipJudge(embed, lambda texts: np.array([words[text] for text in texts]))
    asked = case(STEP)
    assert judge(asked, 0, flat(BLUE))[0] == 1
    assert judge(asked, 0, flat((250, 20, 20)))[0] == 0
    assert judge(asked, 0, flat(RED))[1] == 1
