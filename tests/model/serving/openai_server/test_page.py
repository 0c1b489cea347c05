"""docs/serving.md has every field, code, option and metric, and its program runs."""

import argparse
import re
from pathlib import Path
from typing import Any

import pytest

from model.engine import EngineInfo
from model.presets import resolve
from model.serving.openai_server.options import ServeOptions
from model.serving.openai_server.protocol import errors
from model.serving.openai_server.protocol.chat import ChatBody
from model.serving.openai_server.protocol.pictures import EditBody, GenerationBody
from tests.model.serving.openai_server import engines
from tests.model.serving.openai_server.engines import FakeEngine, Served

ROOT = Path(__file__).parents[4]
PAGE = (ROOT / "docs" / "serving.md").read_text(encoding="utf-8")
FOLDER = Path(errors.__file__).parents[1]


def section(title: str) -> str:
    return PAGE.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0].split("\n### ", 1)[0]


def rows(text: str) -> set[str]:
    """What stands in code marks in the first columns of tables."""
    first = "\n".join(re.findall(r"^\| (?:\d+ \| )?([^|]*) \|", text, re.MULTILINE))
    return set(re.findall(r"`([\w-]+)", first))


def test_every_field_is_on_the_page() -> None:
    assert rows(section("Words")) == set(ChatBody.model_fields)
    both = set(GenerationBody.model_fields) | set(EditBody.model_fields) | {"image", "mask"}
    assert rows(section("Pictures")) == both


def test_every_code_is_on_the_page() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.py"))
    given = set(re.findall(r'ApiError\(\s*\d+,\s*"(\w+)"', source)) | set(
        re.findall(r'\d+: "(\w+)"[,}]', source)
    )
    assert {"bad_request", "queue_full", "not_found", "draining"} <= given
    listed = rows(section("What is refused")) - {"code"}
    assert given - {"authentication_error", "rate_limit_error"} == listed


def test_every_option_is_on_the_page_with_its_default() -> None:
    parser = argparse.ArgumentParser()
    ServeOptions.add_to(parser)
    wanted = {
        option: str(action.default)
        for action in parser._actions
        for option in action.option_strings
        if option.startswith("--") and option not in ("--help", "--ray")
    }
    assert "| `--ray KEY=VALUE …` | |" in PAGE
    assert dict(re.findall(r"^\| `(--\w+)` \| `([\w.]+)` \|", PAGE, re.MULTILINE)) == wanted


def test_every_metric_is_on_the_page(served: Served) -> None:
    text = served.service.metrics.exposition().decode()
    given = set(re.findall(r"^# TYPE (diffchat_\w+)", text, re.MULTILINE))
    listed = set(re.findall(r"`(diffchat_\w+)", section("Metrics")))
    assert {name for name in given if not name.endswith("_created")} == listed


@pytest.mark.parametrize(
    ("key", "previews", "made"),
    [(None, False, set[str]()), ("a-key", True, {"preview-0.png", "preview-1.png"})],
    ids=["as the page says to start", "with a key and previews"],
)
def test_the_program_of_the_page_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str | None, previews: bool, made: set[str]
) -> None:
    """All but the port is as on the page; the fake engine's models are called as those of the preset."""
    (program,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DIFFCHAT_SERVER_KEY", raising=False)
    if key:
        monkeypatch.setenv("DIFFCHAT_SERVER_KEY", key)
    monkeypatch.setattr(engines, "INFO", EngineInfo("diffchat", "sd"))
    engine, names = FakeEngine(), dict[str, Any]()
    with Served(engine, resolve("tiny", image={"previews": previews}), key=key) as served:
        exec(program.replace("http://127.0.0.1:8000/v1", served.url), names)
        names["client"].close()
    assert engine.edits[0].source_prompt == "a red house in a meadow"
    assert {path.name for path in tmp_path.iterdir()} == {"house.png", "winter.png"} | made
