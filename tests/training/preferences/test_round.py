"""A whole round by its commands: the bot's database, tiny real models, the gate, promotion, the way back."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from bot.store.people import PeopleStore
from model.engine import EditRequest
from model.language.llm import DiffChatLLM
from model.language.prompt import format_edit
from model.settings import CHECKPOINTS, LLMSettings
from model.tiny.grammar import parse
from model.tiny.render import render
from tests.bot.engines import SketchEngine
from tests.bot.house import House, open_house
from training.__main__ import main
from training.config import toml
from training.config.preference_settings import ReactionsConfig
from training.config.settings import PolicySettings
from training.core.statistics import Estimate
from training.data.examples import Edit
from training.data.integrity import integrity
from training.errors import CheckpointError, NotPromoted
from training.preferences import gate, registry
from training.preferences.registry import Verdict

CONFIG = Path("training/configs/tiny-reactions.toml")
PEOPLE = range(1, 13)
STYLES = ("watercolor painting", "neon lights", "flat illustration", "pencil sketch")
LLM = CHECKPOINTS / "diffchat"
FEW = "gate.data.train=tinyworld:20"
"""Four edits to choose from: the search for one takes a tenth of a second."""


class Styled(SketchEngine):
    """Answers every wish with another style in turn, as a sampling model would, and draws what it says."""

    async def edit(self, request: EditRequest):
        result = await super().edit(request)
        style = STYLES[(len(self.edits) - 1) % len(STYLES)]
        return replace(result, target_prompt=f"{request.source_prompt}, {style}")


def drawn(prompt: str, seed: int, width: int, height: int) -> bytes:
    import io

    buffer = io.BytesIO()
    render(parse(prompt), seed).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path / "data", engine=Styled(draw=drawn)) as opened:
        key = "who is held out hangs on it, and few of so few people may be"
        (tmp_path / "data" / "reactions.key").write_text(key)
        yield opened


async def vote(house: House, wishes: int = 12) -> None:
    """Everybody opts in and likes watercolours alone; each wish is made four times, once in each style."""
    store = PeopleStore(house.database)
    for person in PEOPLE:
        await store.set_consent(person, True)
    for number in range(wishes):
        noun = ("fox", "boat", "house", "tree")[number % 4]
        place = ("meadow", "desert", "forest")[number // 4 % 3]
        for _ in STYLES:
            turn = await house.finished(await house.imagine(f"a {noun} in a {place}", author=1))
            liked = "watercolor" in (turn.target_prompt or "")
            for person in PEOPLE:
                await house.feedback.vote(turn.message_id or 0, person, *(("👍", 1) if liked else ("👎", -1)))


def run(tmp_path: Path, *arguments: str, **settings: object) -> int:
    chosen = {
        "output": tmp_path / "round", "export.data": tmp_path / "data",
        "gate.adapters": tmp_path / "adapters", "gate.frozen": tmp_path / "frozen.jsonl",
        "gate.cache": "", "gate.examples": 6, "gate.samples": 1, "gate.data.train": "tinyworld:100",
        "gate.votes_error": 0.2,  # so few people give three comparisons
        # one answer of the six may be worse: what these few votes teach the small model spills over
        "gate.integrity_tolerance": 0.2, "gate.aesthetic_tolerance": 1.0,
        "cleaning.held_people": 0.4, "cleaning.held_prompts": 0.4, "cleaning.burst_votes": 1000,
        "scorer.epochs": 20, "tuning.epochs": 1, "tuning.least_examples": 4, **settings,
    }  # fmt: skip
    overrides = [part for name, value in chosen.items() for part in ("--set", f"{name}={value}")]
    return main([*arguments, "--config", str(CONFIG), *overrides])


def forget_how_to_write(adapter: Path) -> None:
    """Make an adapter's weights large and random."""
    path = adapter / "adapter_model.safetensors"
    torch.manual_seed(0)
    save_file({name: torch.randn_like(weight) for name, weight in load_file(path).items()}, path)


async def test_a_round_from_votes_to_a_promoted_adapter_and_back(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await vote(house)
    for step in (
        ["preferences", "export"],
        ["preferences", "clean"],
        ["preferences", "pairs"],
        ["dpo"],
        ["kto"],
    ):
        assert run(tmp_path, *step) == 0, capsys.readouterr().err
    rows = [json.loads(line) for line in (tmp_path / "round/train/dpo.jsonl").read_text().splitlines()]
    assert rows
    assert all("watercolor" in row["chosen"] and "watercolor" not in row["rejected"] for row in rows)
    assert all(row["prompt"] == format_edit(row["source_prompt"], "") for row in rows)
    labels = [json.loads(line) for line in (tmp_path / "round/train/kto.jsonl").read_text().splitlines()]
    assert {("watercolor" in row["completion"], row["label"]) for row in labels} == {
        (True, True),
        (False, False),
    }

    assert run(tmp_path, "preferences", "scorer") == 0
    numbers = json.loads((tmp_path / "round/scorer/scorer.json").read_text())
    assert numbers["held_out_accuracy"] > max(0.7, numbers["untrained_accuracy"])

    assert run(tmp_path, "promote", "kto") == 0, capsys.readouterr()
    folder = registry.current(tmp_path / "adapters")
    lineage = registry.lineage_of(folder)
    assert (lineage["parent"], lineage["method"]) == (registry.BASE, "kto")
    assert [number["name"] for number in lineage["numbers"]] == [
        "integrity", "aesthetic", "distinct words", "wishes integrity", "wishes aesthetic", "votes",
    ]  # fmt: skip
    assert (folder / "README.md").read_text().startswith(f"# {folder.name}")
    served = DiffChatLLM.load(
        LLMSettings(model=str(LLM), adapter=str(tmp_path / "adapters/current"), device="cpu")
    )
    assert served.name == f"diffchat+{folder.name}"
    assert served.edit([EditRequest("a red fox")])[0].target_prompt

    assert run(tmp_path, "preferences", "report") == 0
    page = (tmp_path / "round/report.html").read_text()
    for words in ("Votes over time", "Liked most", "Preference scorer", ">Promoted<", "Before and after"):
        assert words in page

    forget_how_to_write((tmp_path / "round/dpo").rename(tmp_path / "ppo-best"))
    capsys.readouterr()
    assert run(tmp_path, "promote", "ppo", "--adapter", str(tmp_path / "ppo-best")) == 2
    said = capsys.readouterr().err
    assert "worse than the present one and is not promoted" in said
    assert "integrity: 1.000 -> 0." in said
    assert registry.current(tmp_path / "adapters") == folder
    assert run(tmp_path, "preferences", "report") == 0
    assert ">Not promoted<" in (tmp_path / "round/report.html").read_text()
    assert run(tmp_path, "rollback") == 0
    assert registry.current(tmp_path / "adapters").name == registry.BASE
    assert run(tmp_path, "rollback") == 2
    assert "there is none before it" in capsys.readouterr().err


def test_frozen_edits_are_drawn_once_and_ask_for_something(tmp_path: Path) -> None:
    fewer = ("gate.examples=12", "gate.data.train=tinyworld:200")
    settings = toml.load(ReactionsConfig, CONFIG, [f"gate.frozen={tmp_path / 'frozen.jsonl'}", *fewer]).gate
    drawn_edits = gate.frozen(settings)
    edits, wishes = drawn_edits[: settings.examples], drawn_edits[settings.examples :]
    assert all(edit.instruction for edit in edits)
    assert len(wishes) == settings.examples
    assert not any(wish.instruction for wish in wishes)
    assert gate.frozen(settings) == drawn_edits


def test_of_a_new_wish_its_own_words_are_asked_however_its_reference_says_it() -> None:
    wish = Edit("a red fox in a meadow", "", "a crimson fox on the grass, masterpiece, soft light", "")
    assert integrity("a red fox in a meadow, vivid colors", gate.asked(wish)) == 1.0
    assert integrity("a fox in a meadow, masterpiece, soft light", gate.asked(wish)) == pytest.approx(2 / 3)
    edit = Edit("a red fox", "make it night", "a red fox at night, masterpiece", "")
    assert integrity("a red fox at night", gate.asked(edit)) == 1.0


def test_the_gate_measures_new_wishes_apart_from_refinements_and_shows_both(tmp_path: Path) -> None:
    settings = toml.load(
        ReactionsConfig,
        CONFIG,
        [f"gate.frozen={tmp_path / 'frozen.jsonl'}", "gate.examples=3", "gate.cache=", FEW],
    ).gate
    policy = PolicySettings(model=str(LLM))
    found = gate.measure(policy, gate.frozen(settings), settings, tmp_path / "gate", "before")
    assert {name: len(values) for name, values in found.items()} == {
        "integrity": 3, "aesthetic": 3, "distinct words": 6, "wishes integrity": 3, "wishes aesthetic": 3,
    }  # fmt: skip
    shown = json.loads((tmp_path / "gate" / "before.json").read_text())
    assert [bool(one["instruction"]) for one in shown] == [False] * 3 + [True] * 3
    assert all((tmp_path / "gate" / f"{number}-before.png").is_file() for number in range(6))


async def test_there_is_no_training_on_nothing(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "preferences", "pairs") == 2
    assert "preferences export" in capsys.readouterr().err
    assert run(tmp_path, "preferences", "export") == 0
    assert run(tmp_path, "preferences", "pairs") == 2
    assert "no votes that count" in capsys.readouterr().err
    assert run(tmp_path, "kto") == 2
    assert "preferences pairs" in capsys.readouterr().err
    for person in PEOPLE:
        await PeopleStore(house.database).set_consent(person, True)
    first = await house.finished(await house.imagine("a fox", author=1))
    await house.feedback.vote(first.message_id or 0, 2, "👍", 1)
    run(tmp_path, "preferences", "export")
    assert run(tmp_path, "preferences", "pairs") == 2
    assert "of one person" in capsys.readouterr().err
    await house.feedback.vote(first.message_id or 0, 3, "👍", 1)
    run(tmp_path, "preferences", "export")
    assert run(tmp_path, "preferences", "pairs") == 2
    assert "say the same" in capsys.readouterr().err
    await house.feedback.vote(first.message_id or 0, 4, "👎", -1)
    run(tmp_path, "preferences", "export")
    assert run(tmp_path, "preferences", "pairs") == 0
    for step in (["preferences", "scorer"], ["dpo"], ["kto"]):
        assert run(tmp_path, *step) == 2
        assert "collect more votes" in capsys.readouterr().err
    assert run(tmp_path, "promote", "kto") == 2
    assert "There is no adapter" in capsys.readouterr().err


async def test_pictures_deleted_since_are_left_out_and_said(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    await vote(house, wishes=1)
    for step in ("export", "pairs"):
        run(tmp_path, "preferences", step, **{"cleaning.held_people": 0, "cleaning.held_prompts": 0})
    for file in (tmp_path / "data/pictures").rglob("*.png"):
        file.unlink()
    assert run(tmp_path, "preferences", "scorer", **{"scorer.least_pairs": 1}) == 2
    assert "a picture was deleted since the export" in caplog.text
    assert run(tmp_path, "preferences", "report") == 0
    assert "deleted since" in (tmp_path / "round/report.html").read_text()


def verdict(mean: float, low: float, high: float, tolerance: float = 0.02) -> Verdict:
    return Verdict("integrity", 0.9, 0.9 + mean, Estimate(mean, low, high), tolerance)


@pytest.mark.parametrize(
    ("mean", "low", "high", "worse"),
    [
        (0.01, -0.01, 0.03, False),
        (-0.01, -0.03, 0.01, False),
        (-0.05, -0.2, 0.1, True),
        (-0.01, -0.02, -0.001, True),
    ],
)
def test_worse_is_beyond_the_tolerance_or_certain(mean: float, low: float, high: float, worse: bool) -> None:
    assert verdict(mean, low, high).refused is worse


def test_a_worse_adapter_is_refused_and_the_present_one_stays(tmp_path: Path) -> None:
    base = PolicySettings(model=str(LLM), method="lora", lora_rank=2)
    with pytest.raises(NotPromoted, match=r"integrity: 0\.900 -> 0\.800"):
        registry.promote(tmp_path, tmp_path, "kto", "abc", base, [verdict(-0.1, -0.2, -0.05)])
    assert registry.existing(tmp_path) == []
    with pytest.raises(CheckpointError, match="nothing was promoted yet"):
        registry.current(tmp_path)


def test_a_model_that_forgot_how_to_write_does_not_pass_the_gate(tmp_path: Path) -> None:
    before = {"integrity": [1.0] * 20, "aesthetic": [5.0] * 20}
    after = {"integrity": [0.0] * 5 + [1.0] * 15, "aesthetic": [5.1] * 20}
    verdicts = registry.compare(before, after, {"integrity": 0.02, "aesthetic": 0.1})
    assert [one.refused for one in verdicts] == [True, False]


def test_what_must_be_proven_is_refused_without_proof() -> None:
    def votes(low: float, tolerance: float) -> Verdict:
        return Verdict("votes", 0.5, 0.6, Estimate(0.1, low, 0.3), tolerance, proof=True, note="6 of 10")

    assert [votes(low, 0.0).refused for low in (-0.05, 0.0, 0.01)] == [True, True, False]
    assert [votes(low, 0.1).refused for low in (-0.15, -0.05)] == [True, False]
    with pytest.raises(NotPromoted, match=r"not proven good enough[\s\S]*6 of 10"):
        registry.check([votes(-0.05, 0.0)])


def test_an_adapter_that_repeats_itself_is_refused_also_after_a_parent_that_did() -> None:
    before, after = ({"distinct words": [share] * 20} for share in (0.945, 0.94))
    [found] = registry.compare(before, after, {"distinct words": 0.02}, {"distinct words": 0.95})
    assert found.refused
    assert "at least 0.950 is asked" in found.said()


async def test_few_votes_are_no_evidence_and_the_operator_hears_how_many_are_missing(tmp_path: Path) -> None:
    rows = [
        {"prompt": f"w{n}", "target_prompt": f"{n}", "source_prompt": f"a fox {n}", "instruction": "",
         "label": n % 2 == 0} for n in range(4)
    ]  # fmt: skip
    settings = toml.load(
        ReactionsConfig,
        CONFIG,
        [
            f"gate.frozen={tmp_path / 'frozen.jsonl'}",
            "gate.examples=2",
            "gate.samples=1",
            "gate.cache=",
            FEW,
        ],
    ).gate
    policy = PolicySettings(model=str(LLM))
    verdicts = gate.judge(policy, policy, rows, settings, tmp_path / "gate")
    assert [one.name for one in verdicts if one.refused] == ["votes"]
    assert "0 of 0 comparisons won" in verdicts[-1].said()
    assert "37 more comparisons are needed" in verdicts[-1].said()
    without = settings.model_copy(update={"evidence": "none"})
    assert not any(one.refused for one in gate.judge(policy, policy, rows, without, tmp_path / "gate"))


def test_held_out_votes_compare_the_same_wish_where_they_can_and_use_no_row_twice() -> None:
    given = [("a", True), ("a", True), ("a", False), ("b", True), ("c", False), ("d", True)]
    rows = [
        {"prompt": wish, "target_prompt": str(number), "label": label}
        for number, (wish, label) in enumerate(given)
    ]
    same, crossed = gate.opposites(rows)
    assert [row["target_prompt"] for row in same] == ["0", "2"]
    assert crossed[0]["target_prompt"] in {"1", "3", "5"}
    assert crossed[1]["target_prompt"] == "4"
    assert gate.opposites(rows[:1]) == []
