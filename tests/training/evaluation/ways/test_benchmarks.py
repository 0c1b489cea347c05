"""Public sets of edits become folders that the comparison reads, from files of their own forms."""

import json
from pathlib import Path

import datasets
import pytest
from PIL import Image

from model.errors import EditError
from training.__main__ import main
from training.errors import DataError
from training.evaluation.ways import benchmarks
from training.evaluation.ways.cases import from_folder


def said(name: str, picture: Image.Image, source: str, instruction: str) -> tuple[str, str]:
    return source or f"a picture of {picture.width}", f"{instruction}!"


def picture(colour: str) -> Image.Image:
    return Image.new("RGB", (24, 16), colour)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Two edits of one kind, one without its picture; and a kind that repairs pictures."""
    folder = tmp_path / "I2EBench" / "EditData" / "ColorAlteration"
    (folder / "input").mkdir(parents=True)
    picture("red").save(folder / "input" / "0000.jpg")
    edits = {
        str(number): {"image": f"{number:04d}.jpg", "ori_exp": f"Paint it {colour}", "type": "animal"}
        for number, colour in enumerate(("blue", "green"))
    }
    (folder / "ColorAlteration.json").write_text(json.dumps(edits))
    repair = folder.parent / "Deblurring"
    repair.mkdir()
    (repair / "Deblurring.json").write_text(json.dumps({"1": {"image": "0.jpg", "ori_exp": "Deblur it"}}))
    return tmp_path / "I2EBench"


def test_i2ebench_by_its_command(checkout: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "made"
    assert main(["data", "i2ebench", "--checkout", str(checkout), "--output", str(output)]) == 0
    assert "1 edits" in capsys.readouterr().out
    [case] = from_folder(output, 10, said)
    assert (case.steps[0].kind, case.steps[0].instruction) == ("ColorAlteration", "Paint it blue")
    assert (case.source, case.steps[0].target) == ("a picture of 24", "Paint it blue!")
    assert case.picture.size == (24, 16)


def test_another_folder_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", "i2ebench", "--checkout", str(tmp_path), "--output", str(tmp_path / "made")]) == 2
    assert "holds no EditData/BGReplacement" in capsys.readouterr().err


def test_gedit_from_a_copy_in_one_language(tmp_path: Path) -> None:
    rows = [
        {"task_type": "color_alter", "key": str(n), "instruction": f"wish {language}",
         "instruction_language": language, "input_image_raw": picture("blue"), "Intersection_exist": True}
        for n, language in enumerate(("en", "cn"))
    ]  # fmt: skip
    texts = dict.fromkeys(
        ("task_type", "key", "instruction", "instruction_language"), datasets.Value("string")
    )
    others = {"input_image_raw": datasets.Image(), "Intersection_exist": datasets.Value("bool")}
    features = datasets.Features(texts | others)
    (tmp_path / "copy").mkdir()
    datasets.Dataset.from_list(rows, features).to_parquet(tmp_path / "copy" / "train.parquet")
    for language in ("en", "cn"):
        output = tmp_path / language
        assert benchmarks.write(benchmarks.gedit(f"hub:{tmp_path}/copy", language), output) == 1
        [case] = from_folder(output, 10, said)
        assert (case.steps[0].kind, case.steps[0].instruction) == ("color_alter", f"wish {language}")


def test_nothing_is_no_folder(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no edit"):
        benchmarks.write([], tmp_path)


def test_a_wish_that_becomes_no_prompt_is_left_out(tmp_path: Path) -> None:
    def cannot(name: str, picture: Image.Image, source: str, instruction: str) -> tuple[str, str]:
        if name == "00001":
            raise EditError("No prompt came.")
        return "", "a fox"

    wishes = ({"instruction": wish, "kind": "edit"} for wish in ("one", "two"))
    benchmarks.write(((wish, picture("red")) for wish in wishes), tmp_path)
    assert [case.steps[0].instruction for case in from_folder(tmp_path, 2, cannot)] == ["two"]
