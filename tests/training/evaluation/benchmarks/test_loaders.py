"""Files of benchmarks in the form in which they are published."""

import json
import logging
from pathlib import Path

import pytest

from training.config.settings import BenchmarkSettings
from training.data.integrity import requirements_of
from training.errors import DataError
from training.evaluation.benchmarks import loaders
from training.evaluation.benchmarks.loaders import Item

OURS = Path(__file__).parents[4] / "training" / "configs" / "benchmarks"
HEAD = "Prompt\tCategory\tChallenge\tNote\n"


def test_parti_prompts_keep_their_quotation_marks(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "PartiPrompts.tsv"
    lines = [
        '"A B C" on a wall\tIllustrations\tBasic\t\n',
        *["a fox\tAnimals\tBasic\tnote\n"] * 10,
        "cut off\n",
    ]
    path.write_text(HEAD + "".join(lines))
    with caplog.at_level(logging.WARNING):
        items = loaders.parti(path)
    assert items[0] == Item('"A B C" on a wall', ("Illustrations", "Basic (challenge)"))
    assert len(items) == 11
    assert "line 13: the field 'Category' is missing or empty" in caplog.text


def test_genevals_metadata_and_what_is_wrong_with_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "evaluation_metadata.jsonl"
    good = {"tag": "counting", "include": [{"class": "clock", "count": 2}],
            "exclude": [{"class": "clock", "count": 3}], "prompt": "a photo of two clocks"}  # fmt: skip
    bad = [
        {**good, "include": []}, {**good, "include": [{"class": "clock"}]},
        {**good, "include": [{"class": "dog", "count": 1, "position": ["left of", 0]}]},
    ]  # fmt: skip
    path.write_text("".join(json.dumps(one) + "\n" for one in [*[good] * 30, *bad]))
    [item, *_] = loaders.geneval(path)
    assert item.categories == ("counting",)
    assert item.rules["exclude"] == [{"class": "clock", "count": 3}]
    assert "line 31: 'include' must be a list that is not empty" in caplog.text
    assert "line 32: {'class': 'clock'} needs a class, and a count" in caplog.text
    assert "line 33: ['left of', 0] must be one of left of" in caplog.text


def test_compbench_takes_each_file_of_all_its_prompts(tmp_path: Path) -> None:
    (tmp_path / "color_val.txt").write_text("a green bench and a blue bowl\n\na red  book\n")
    (tmp_path / "3d_spatial_val.txt").write_text("a fox in front of a car\n")
    (tmp_path / "color_val_seen.txt").write_text("not again\n")
    found = [(item.prompt, item.categories) for item in loaders.t2i_compbench(tmp_path)]
    assert found == [
        ("a fox in front of a car", ("3d_spatial",)), ("a green bench and a blue bowl", ("color",)),
        ("a red book", ("color",)),
    ]  # fmt: skip
    with pytest.raises(DataError, match=r"holds no \*_val.txt"):
        loaders.t2i_compbench(tmp_path / "nowhere")


def test_genai_bench_has_several_skills_a_prompt_or_none(tmp_path: Path) -> None:
    prompts = {f"{n:05d}": {"id": f"{n:05d}", "prompt": f"prompt {n}", "models": {}} for n in (1, 2)}
    (tmp_path / "genai_image.json").write_text(json.dumps(prompts))
    (tmp_path / "genai_skills.json").write_text(json.dumps({"basic": [1], "counting": [1]}))
    found = [item.categories for item in loaders.genai_bench(tmp_path)]
    assert found == [("basic", "counting"), ()]
    (tmp_path / "genai_skills.json").write_text("[1]")
    with pytest.raises(DataError, match="must hold an object, not list"):
        loaders.genai_bench(tmp_path)


def test_prompts_are_drawn_once_each_in_an_order_of_the_seed(tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    rows = [f"prompt {n}\tAnimals\tBasic\t\n" for n in range(20)] + ["prompt 0\tArts\tBasic\t\n"]
    path.write_text(HEAD + "".join(rows))
    settings = BenchmarkSettings(kind="parti", path=str(path))
    every = loaders.load(settings, seed=1)
    assert len(every) == 20
    assert {item.categories for item in every if item.prompt == "prompt 0"} == {
        ("Animals", "Basic (challenge)", "Arts")
    }
    some = loaders.load(settings.model_copy(update={"examples": 5}), seed=1)
    assert some == every[:5]
    assert [item.prompt for item in every] != [f"prompt {n}" for n in range(20)]


def test_all_that_a_prompt_says_is_to_be_kept() -> None:
    assert set(requirements_of(Item("two red foxes", ()).edit).required) == {"two", "red", "fox"}


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read: No such file"):
        loaders.parti(tmp_path / "no.tsv")


def test_a_detector_belongs_to_geneval_alone() -> None:
    with pytest.raises(ValueError, match='kind "geneval" needs one'):
        BenchmarkSettings(kind="geneval", path="x")
    with pytest.raises(ValueError, match="no other kind has use for it"):
        BenchmarkSettings(kind="parti", path="x", detector="tinyworld")


@pytest.mark.parametrize(
    ("kind", "name"),
    [("parti", "parti.tsv"), ("geneval", "geneval.jsonl"), ("t2i-compbench", "t2i-compbench"),
     ("genai-bench", "genai-bench")],
)  # fmt: skip
def test_our_stand_ins_have_no_bad_record(kind: str, name: str, caplog: pytest.LogCaptureFixture) -> None:
    path = OURS / name
    detector = "tinyworld" if kind == "geneval" else ""
    settings = BenchmarkSettings.model_validate({"kind": kind, "path": str(path), "detector": detector})
    items = loaders.load(settings, 0)
    assert len(items) >= 5
    assert caplog.text == ""
