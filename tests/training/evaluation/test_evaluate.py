"""The comparison and its report, on TinyWorld's renderer and a CLIP that knows colours."""

import copy
import importlib.util
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PIL import Image
from transformers import PreTrainedTokenizerBase

from model.language.adapter import write_marker
from model.language.llm import DiffChatLLM
from model.language.prompt import PROMPT_VERSION
from training.config.settings import EvaluateConfig, MethodSettings, PainterSettings, RewardSettings
from training.core import charts
from training.core.statistics import Estimate
from training.data.examples import Edit, Example
from training.data.examples import write as write_examples
from training.errors import DataError
from training.evaluation import evaluate, page, tables, writing
from training.evaluation.evaluate import same_scene
from training.evaluation.results import COLUMNS, MEASURED, Results, tabulate, totals_of
from training.evaluation.shown import Shown
from training.evaluation.writing import Written, write
from training.rewards import judge
from training.rewards.cache import ScoreCache
from training.rewards.independent import PictureJudge
from training.rewards.pictures import load_painter

_spec = importlib.util.spec_from_file_location("small", Path(__file__).parents[1] / "small.py")
assert _spec is not None
assert _spec.loader is not None
small = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(small)

NIGHT = "a red house in a meadow at night"
EXAMPLES = [
    Example("a red house in a meadow", "make it night", "a red house in a meadow", NIGHT, "red"),
    Example("a blue boat at sea", "make it <b>red</b>", "a blue boat at sea", "a red boat at sea", "red"),
]


def settings_of(tmp_path: Path, **changes: object) -> EvaluateConfig:
    write_examples(tmp_path / "held.jsonl", EXAMPLES)
    write_examples(tmp_path / "train.jsonl", [Example("x", "y", "z", "w")])
    values = {
        "output": str(tmp_path / "out"), "baseline": "source", "pictures_shown": 2,
        "data": {
            "train": str(tmp_path / "train.jsonl"), "evaluation": str(tmp_path / "held.jsonl"),
            "tasks": ["edit"],
        },
        "methods": {"source": {"kind": "source"}, "joined": {"kind": "joined"}},
        "painters": {"drawn": {"model": "render"}}, "weights": {"preference": 0.7, "integrity": 0.3},
    }  # fmt: skip
    return EvaluateConfig.model_validate(values | changes)


@pytest.fixture
def colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Scorers that know colours, where a preset would load a large CLIP."""

    def load(
        settings: RewardSettings, cache: ScoreCache, independent: PictureJudge | None = None
    ) -> judge.PictureScores:
        scorers = small.colour_scorers(small.ColourClip())
        scorers["fit"] = scorers["preference"]
        painter = Censored(settings.painter)
        return judge.PictureScores(painter, scorers, "colours", cache, 1, independent)

    monkeypatch.setattr(evaluate, "load_picture_scores", load)


class Censored:
    """TinyWorld's renderer with a safety checker that finds fault with cats."""

    def __init__(self, settings: PainterSettings) -> None:
        self._painter = load_painter(settings)
        self.key = self._painter.key

    def paint(self, prompts: Sequence[str], seeds: Sequence[int]) -> list[Image.Image | None]:
        painted = self._painter.paint(prompts, seeds)
        return [None if "cat" in prompt else image for prompt, image in zip(prompts, painted, strict=True)]


def test_the_whole_comparison_writes_numbers_tables_and_a_page(
    tmp_path: Path, colours: None, make_qwen: Callable, tokenizer: PreTrainedTokenizerBase
) -> None:
    folder = tmp_path / "model"
    make_qwen().save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    write_marker(folder, PROMPT_VERSION)
    run = tmp_path / "run"
    run.mkdir()
    lines = [{"step": step, "reward/total": step / 10} for step in range(1, 4)]
    (run / "metrics.jsonl").write_text("\n".join(map(json.dumps, lines)))
    methods = {
        "source": {"kind": "source"}, "joined": {"kind": "joined"},
        "ppo@1": {"kind": "model", "model": str(folder)}, "ppo@2": {"kind": "model", "model": str(folder)},
    }  # fmt: skip
    settings = settings_of(tmp_path, methods=methods, max_new_tokens=8, runs={"ppo": str(run)})
    results = evaluate.evaluate(settings, "the command")
    table = results.table("drawn")
    assert list(table) == ["source", "joined", "ppo"]
    assert set(table["ppo"]) == set(COLUMNS)
    assert table["source"]["win rate"].mean == 0.5
    assert table["source"]["total"].mean == pytest.approx(0.0, abs=1e-3)
    output = tmp_path / "out"
    told = json.loads((output / "results.json").read_text())
    assert told["targets"]["joined"][0] == "a red house in a meadow, make it night"
    saved = json.loads((output / "raw.json").read_text())
    assert saved["values"]["drawn"]["joined"]["integrity"] == [1.0, 0.0], "the second still says blue"
    assert saved["values"]["drawn"]["joined"]["judge"][0] > 0.5
    shown = (output / "index.html").read_text()
    assert "make it &lt;b&gt;red&lt;/b&gt;" in shown
    assert "<b>red</b>" not in shown
    assert "reward/total" in shown
    assert "<polyline" in shown
    files = sorted((output / "pictures").iterdir())
    assert len(files) == 4 * 2
    assert all(file.stat().st_size > 500 for file in files)
    text = (output / "results.md").read_text()
    assert text.strip() == tables.tables_of(output / "raw.json").strip(), "the same from the raw result"
    assert "Split: **test**" in text
    assert "never rewarded" in text
    assert "`the command`" in text
    assert text.count("| joined |") == 1
    assert all(column in text for column in COLUMNS)


def test_benchmarks_are_in_the_same_files_by_category(tmp_path: Path, colours: None) -> None:
    ours = Path(__file__).parents[3] / "training" / "configs" / "benchmarks"
    benchmarks = {
        "parti": {"kind": "parti", "path": str(ours / "parti.tsv")},
        "geneval": {"kind": "geneval", "path": str(ours / "geneval.jsonl"), "detector": "tinyworld"},
        "t2i-compbench": {"kind": "t2i-compbench", "path": str(ours / "t2i-compbench"), "examples": 3},
        "genai-bench": {"kind": "genai-bench", "path": str(ours / "genai-bench")},
    }
    results = evaluate.evaluate(settings_of(tmp_path, benchmarks=benchmarks))
    assert list(results.benchmarks) == list(benchmarks)
    rules = results.benchmarks["geneval"].table("drawn")
    # What the fixture's painter blacks out, cats, is in no category
    assert rules["all", 14]["source"]["judge"].mean > 0.8
    assert rules["counting", 3]["source"]["judge"].mean == 1.0, "the renderer draws as many as are said"
    assert rules["position", 2]["joined"]["win rate"].mean == 0.5, "both methods ask for the same picture"
    assert len(results.benchmarks["t2i-compbench"].categories) == 3, "as many as were asked for"
    output = tmp_path / "out"
    text = (output / "results.md").read_text()
    assert text.strip() == tables.tables_of(output / "raw.json").strip(), "the same from the raw result"
    assert "### geneval, drawn" in text
    assert "GenEval's rules, objects found by tinyworld" in text
    assert "| counting | 3 | source |" in text
    assert "<td>Quantity (challenge)</td>" in (output / "index.html").read_text()


def test_what_a_benchmark_lacks_is_said_before_anything_is_written(tmp_path: Path, colours: None) -> None:
    missing = {"parti": {"kind": "parti", "path": str(tmp_path / "no.tsv")}}
    with pytest.raises(DataError, match=r"no\.tsv cannot be read"):
        evaluate.evaluate(settings_of(tmp_path, benchmarks=missing))
    assert not (tmp_path / "out").exists()


def test_columns_by_hand(tmp_path: Path, colours: None) -> None:
    settings = settings_of(tmp_path)
    edits = evaluate.compared_edits(settings)
    with ScoreCache() as cache:
        load = evaluate.load_picture_scores  # type: ignore[attr-defined]  # what the fixture put there
        scores = load(RewardSettings(weights={"fit": 1}), cache)
        values = evaluate.judged(Written([NIGHT, "a blue boat at sea"], [True, False]), edits, scores)
    assert values["integrity"] == [1.0, 0.0]
    assert values["scene"] == [1.0, 0.0]
    assert values["words"] == [8.0, 5.0]
    assert values["usable"] == [1.0, 0.0]


def test_a_painter_may_be_asked_for_the_first_edits_only(tmp_path: Path, colours: None) -> None:
    painters = {"drawn": {"model": "render"}, "costly": {"model": "render", "examples": 1}}
    results = evaluate.evaluate(settings_of(tmp_path, painters=painters))
    assert len(results.by_edit("drawn", "total")["joined"]) == 2
    assert len(results.by_edit("costly", "total")["joined"]) == 1


def test_blacked_out_pictures_are_left_out_for_all_and_counted(tmp_path: Path, colours: None) -> None:
    settings = settings_of(tmp_path)
    cat = Example("a red fox", "add a cat", "a red fox", "a red fox and a cat", "red fox and cat")
    write_examples(tmp_path / "held.jsonl", [*EXAMPLES, cat])
    results = evaluate.evaluate(settings)
    assert results.left_out("drawn") == {"joined": 1}
    assert len(results.values["drawn"]["joined"]["preference"]) == 3
    assert {len(column) for own in results.shown("drawn").values() for column in own.values()} == {2}
    text = (tmp_path / "out" / "results.md").read_text()
    assert "2 test edits; 1 left out, as the safety checker blacked out pictures of joined 1." in text


def test_the_selection_part_can_be_compared_and_is_said(tmp_path: Path, colours: None) -> None:
    data = {"train": "tinyworld:10", "held_out": 0.2, "tasks": ["direct"]}
    chosen = evaluate.evaluate(settings_of(tmp_path, data=data, split="selection"))
    assert chosen.split == "selection"
    assert "Split: **selection**" in (tmp_path / "out" / "results.md").read_text()


def test_a_stopped_comparison_asks_only_for_what_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, file = settings_of(tmp_path), tmp_path / "targets" / "m.jsonl"
    edits = [Edit(f"a fox {i}", "make it night", f"a fox {i} at night", "") for i in range(70)]
    method = MethodSettings(kind="model", model="m")
    asked: list[int] = []

    def answer(_: object, part: Sequence[Edit]) -> list[str | None]:
        if len(asked) == 2:
            raise KeyboardInterrupt
        asked.append(len(part))
        return [None if edit.source_prompt.endswith("3") else edit.target_prompt for edit in part]

    monkeypatch.setattr(DiffChatLLM, "load", lambda _: None)
    monkeypatch.setattr(writing, "served_targets", answer)
    with pytest.raises(KeyboardInterrupt):
        write(method, edits, settings, file)
    file.write_text(file.read_text() + '{"targ')  # as a kill leaves it
    asked[:] = [0]
    written = write(method, edits, settings, file)
    assert asked == [0, 6]
    assert written.targets[69] == "a fox 69 at night"
    assert (written.targets[63], written.usable[63]) == ("a fox 63", False)
    assert write(method, edits, settings, file) == written
    asked[:] = []
    write(method, edits[1:65], settings, file)
    assert asked == [32, 32], "other edits are other questions"


def test_scenes_are_compared_as_the_world_reads_them() -> None:
    edit = Edit("a red house", "make it night", NIGHT, "")
    assert same_scene("at night, a crimson cottage in a meadow", edit)
    assert not same_scene("a red house in a meadow", edit)
    beautify = Edit("a red house", "", "a red house, masterpiece, sharp focus", "")
    assert same_scene("a red house, vivid colors, soft light", beautify)
    assert not same_scene("a red house, vivid colors", beautify)
    assert not same_scene("a blue house, vivid colors, soft light", beautify)
    direct = Edit("a red house", "make it night", NIGHT + ", masterpiece, sharp focus", "")
    assert same_scene(NIGHT + ", vivid colors, soft light", direct)
    refine = Edit("a red house, masterpiece", "make it night", NIGHT + ", masterpiece", "")
    assert not same_scene(NIGHT + ", vivid colors, soft light", refine), "nobody asked for other quality"


def test_totals_are_in_deviations_of_the_baseline() -> None:
    values = {"base": {"a": [1.0, 3.0], "b": [0.0, 0.0]}, "other": {"a": [3.0, 5.0], "b": [1.0, 1.0]}}
    totals = totals_of(values, {"a": 0.5, "b": 2.0}, "base")
    table = tabulate(values, totals, "base")
    assert table["base"]["total"].mean == 0.0
    assert table["other"]["total"].mean == 0.5 * 2.0 + 2.0 * 1.0  # b never varies: its unit stays 1
    assert table["other"]["win rate"] == Estimate(1.0, 1.0, 1.0)


def test_data_without_a_held_out_part_is_said(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    alone = settings.data.model_copy(update={"evaluation": "", "held_out": 0.0})
    with pytest.raises(DataError, match="holds no test examples"):
        evaluate.compared_edits(settings.model_copy(update={"data": alone}))


def test_an_instruct_model_without_training_is_a_method(
    tmp_path: Path, make_qwen: Callable, tokenizer: PreTrainedTokenizerBase
) -> None:
    folder = tmp_path / "instruct"
    model = make_qwen()
    model.config.max_position_embeddings = 4096  # rules and examples have to fit
    model.save_pretrained(folder)
    talking = copy.deepcopy(tokenizer)
    talking.chat_template = "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}assistant:"
    talking.save_pretrained(folder)
    method = MethodSettings.model_validate({"kind": "chat", "model": str(folder)})
    settings = settings_of(tmp_path, methods={"source": {"kind": "source"}, "zero-shot": method})
    settings = settings.model_copy(update={"max_new_tokens": 8})
    edits = evaluate.compared_edits(settings)
    written = write(method, edits, settings, tmp_path / "targets.jsonl")
    assert len(written.targets) == len(edits)
    for target, usable, edit in zip(written.targets, written.usable, edits, strict=True):
        assert usable or target == edit.source_prompt, "a refused answer shows the unchanged source"


NUMBERS = {"base": (0.9, 1.1), "good": (1.9, 2.1), "bad": (-0.1, 0.1), "same": (0.9, 1.1)}


def results_of() -> tuple[Results, Shown]:
    """A comparison in which every measured column of a method has the same two numbers by turns."""
    edit = Edit("a red house, a fox", "make it night, <i>no</i> fox", "a red house at night", "")
    values = {name: {column: list(pair) * 20 for column in MEASURED} for name, pair in NUMBERS.items()}
    results = Results("test", "base", "colours", {"preference": 1.0}, values={"drawn": values})
    results.values["drawn"]["good@1"] = results.values["drawn"]["good"]
    targets = {name: ["a red house, a fox"] for name in (*NUMBERS, "good@1")}
    return results, Shown([edit], targets, {"drawn": {name: ["pictures/0.png"] for name in NUMBERS}})


def test_the_page_shades_what_lies_apart_and_names_lost_words() -> None:
    results, shown = results_of()
    text = page.page(results, shown, {})
    shaded = {kind: text.count(f'class="{kind}"') for kind in ("better", "worse")}
    # The number of words is no aim, so it is never shaded
    assert shaded == {"better": len(COLUMNS) - 1, "worse": len(COLUMNS) - 1}
    assert text.count("lacks night; still has fox") == 4
    assert "&lt;i&gt;no&lt;/i&gt;" in text
    assert "<i>no" not in text
    assert "good (2 runs)" in text
    assert "prefers-color-scheme: dark" in text
    assert not re.search(r"<script|https?://|@import", text), "it stands alone"


def test_curves_need_two_points_and_runs_of_a_method_share_a_colour() -> None:
    results, shown = results_of()
    columns = results.values["drawn"]
    results.values["drawn"] = {"base": columns["base"], "ppo": columns["good"]}
    once = {"run": [{"step": 1, "reward/total": 2.0}]}
    assert "How they learnt" not in page.page(results, shown, once)
    lines = [{"step": step, "reward/total": step / 10} for step in range(1, 60)]
    text = page.page(results, shown, {"ppo@1": lines, "ppo@2": lines, "other": lines})
    assert text.count('<polyline class="line c1"') == 2
    assert text.count('<polyline class="raw c1"') == 2
    assert text.count('<polyline class="line c2"') == 1


def test_running_means_and_ticks_by_hand() -> None:
    line = [(step, float(step % 2)) for step in range(40)]  # reach 2: windows of five
    smooth = [value for _, value in charts.smoothed(line)]
    assert smooth[0] == pytest.approx(1 / 3)
    assert smooth[10] == pytest.approx(2 / 5)
    assert charts._Axis(0.13, 0.94, 0, 1).ticks() == pytest.approx([0.2, 0.4, 0.6, 0.8])
    assert charts._Axis(0, 200, 0, 1).ticks() == [0, 50, 100, 150, 200]
    assert charts._Axis(3, 3, 0, 1)(3) == 0.5
    assert [charts.number(n) for n in (0.0, -1.25, 12.34)] == ["0.000", "-1.250", "12.3"]
