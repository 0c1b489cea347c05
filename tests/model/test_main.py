"""The command line, on the embedded checkpoints."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from model.__main__ import _parser, _settings, main
from model.errors import NoGpu
from model.pictures.png_metadata import read_parameters
from model.presets import resolve
from model.settings import ModelSettings

ROOT = Path(__file__).parents[2]


def test_edit_prints_the_target_prompt_only(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["edit", "a red house in a meadow", "make it blue"]) == 0
    printed = capsys.readouterr().out
    assert "house" in printed
    assert printed.count("\n") == 1


def test_paint_describe_and_score(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "house.png"
    prompt = "a red house in a meadow"
    assert main(["paint", prompt, "--out", str(out), "--seed", "3", "--steps", "2", "--count", "2"]) == 0
    first, second = (tmp_path / f"house-{n}.png" for n in (1, 2))
    assert Image.open(io.BytesIO(second.read_bytes())).size == (128, 128)
    parameters = read_parameters(second.read_bytes())
    assert parameters is not None
    assert (parameters.prompt, parameters.seed, parameters.steps) == (prompt, 4, 2)
    assert "house-2.png  128x128  seed 4" in capsys.readouterr().out

    again = ["paint", prompt, "--start", str(first), "--keep", "0.5", "--steps", "2", "--style", "neon"]
    assert main([*again, "--out", str(out)]) == 0
    assert out.exists()

    mask = Image.new("L", (128, 128))
    mask.paste(255, (32, 32, 96, 96))
    mask.save(tmp_path / "mask.png")
    inside = ["paint", prompt, "--image", str(first), "--mask", str(tmp_path / "mask.png"), "--steps", "2"]
    assert main([*inside, "--out", str(out)]) == 0
    before, after = (Image.open(path).convert("RGB") for path in (first, out))
    changed = ImageChops.difference(before, after).getbbox()
    assert changed is not None
    assert changed[0] >= 32
    assert changed[2] <= 96

    capsys.readouterr()
    assert main(["describe", str(first)]) == 0
    assert capsys.readouterr().out.strip()
    assert main(["score", str(first), "a red house"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["aesthetic", "preference", "fit"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["edit", "x", "--preset", "huge"], 2, "choose one of tiny"),
        (["describe", "nowhere.png"], 2, "cannot be read"),
        (["paint", "x", "--style", "baroque"], 2, "choose one of flat"),
        (["paint", "x", "--width", "3"], 2, "multiples of 8"),
        (["paint", "naked toddler"], 1, "refused"),
        (["paint"], 2, "Say what to paint"),
        (["paint", "x", "--edit", "make it blue"], 2, "they need --image"),
        (["paint", "x", "--image", "a.png"], 2, "--image needs --edit or --mask"),
        (["paint", "x", "--start", "a.png", "--edit", "y", "--image", "a.png"], 2, "--start is for painting"),
        (["edit", "naked toddler"], 1, "refused"),
    ],
)
def test_what_goes_wrong_is_one_sentence(
    arguments: list[str], code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == code
    printed = capsys.readouterr()
    assert words in printed.err
    assert printed.out == ""
    assert printed.err.count("\n") == 1


def test_serve_needs_a_key_where_others_reach_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DIFFCHAT_SERVER_KEY", raising=False)
    assert main(["serve", "--host", "0.0.0.0"]) == 2
    assert "DIFFCHAT_SERVER_KEY" in capsys.readouterr().err
    for wrong in (["--port", "70000"], ["--port", "http"], ["--queue", "-1"]):
        with pytest.raises(SystemExit):
            main(["serve", *wrong])
        assert "is no number from 0 to" in capsys.readouterr().err


def test_a_file_that_is_no_picture_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.png"
    path.write_bytes(b"no picture")
    assert main(["score", str(path), "x"]) == 2
    assert "no complete" in capsys.readouterr().err


def settings_of(*arguments: str) -> ModelSettings:
    return _settings(_parser().parse_args(["edit", "x", *arguments]))


def test_the_models_are_those_of_the_bot_toml_in_the_folder_unless_a_preset_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert settings_of() == resolve("tiny")
    (tmp_path / "bot.toml").write_text(
        '[llm]\nadapter = "./mine"\ntemperature = "auto"\n'
        '[safety]\nprompts = "refuse"\ndepicted = ["a wasp"]\nthreshold = 0.5\n'
        '[imagine]\nstyles = { flat = ", flat" }\n[limits]\njobs = 3\n'
    )
    found = settings_of()
    assert found.llm.adapter == "./mine"
    assert found.llm.temperature == resolve("tiny").llm.temperature
    assert (found.safety.depicted, found.safety.threshold) == (("a wasp",), 0.5)
    assert found.safety.clip == resolve("tiny").scorers.clip
    assert found.styles == {"flat": ", flat"}
    assert settings_of("--preset", "tiny") == resolve("tiny")
    monkeypatch.setenv("DIFFCHAT__LLM__ADAPTER", "./other")
    assert settings_of().llm.adapter == "./other"


def test_the_file_means_what_it_means_to_the_bot() -> None:
    assert settings_of("--config", str(ROOT / "bot.toml")) == resolve("tiny")


def test_a_file_that_is_wrong_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.toml"
    assert main(["edit", "x", "--config", str(path)]) == 2
    assert "cannot be read" in capsys.readouterr().err
    path.write_text("llm = 3\n")
    assert main(["edit", "x", "--config", str(path)]) == 2
    assert "[llm]" in capsys.readouterr().err
    path.write_text('[llm]\ncolour = "red"\n')
    assert main(["edit", "x", "--config", str(path)]) == 2
    assert "llm.colour" in capsys.readouterr().err


def test_only_who_named_a_preset_is_told_that_it_reads_no_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def no_gpu(*_: object) -> None:
        raise NoGpu('set device = "cpu" in [llm] and [image] of a bot.toml.')

    monkeypatch.setattr("model.__main__.resolve", no_gpu)
    assert main(["describe", "a.png", "--preset", "sdxl"]) == 2
    assert capsys.readouterr().err == (
        'set device = "cpu" in [llm] and [image] of a bot.toml. --preset reads none.\n'
    )


def test_a_preset_without_its_gpu_says_nothing_of_options() -> None:
    with pytest.raises(NoGpu, match=r"this machine has no GPU: .*in \[llm\] and \[image\] of a bot\.toml\.$"):
        resolve("sdxl", has_gpu=lambda: False)
