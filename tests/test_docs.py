"""What the documents say is true of the code: commands exist, links lead somewhere."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from bot.chat.discord_api.permissions import needed_names
from bot.cogs.imagine import Imagine
from bot.settings import RetentionSettings
from bot.store.schema import Base
from bot.texts import privacy
from model.errors import installing
from model.presets import PRESETS

ROOT = Path(__file__).resolve().parent.parent
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").glob("*.md")),
]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def between(text: str, start: str, end: str) -> str:
    return text.split(start, 1)[1].split(end, 1)[0]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_paths_in_code_marks_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    paths = re.findall(r"`((?:bot|model|training|migrations|tests|docs)/[\w./-]*)`", text)
    # NAME stands for the reader's own
    assert [path for path in paths if "NAME" not in path and not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_make_targets_exist(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([.\w/-]+):", makefile, re.MULTILINE))
    named = re.findall(r"(?:`|^)make ((?:\.venv/)?\.?[\w-]+)", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(named) <= targets


@pytest.mark.parametrize("package", ["bot", "model", "training"])
def test_subcommands_in_the_documents_exist(package: str) -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    started = rf"(?:python -m {package}|`diffchat)" if package == "bot" else rf"python -m {package}"
    named = set(re.findall(rf"{started} ([a-z-]+)", text))
    environ = {**os.environ, "COLUMNS": "200"}
    for command in sorted(named):
        shown = subprocess.run(
            [sys.executable, "-m", package, command, "--help"],
            cwd=ROOT,
            env=environ,
            capture_output=True,
            check=False,
        )
        assert shown.returncode == 0, f"python -m {package} {command}: {shown.stderr.decode()}"


@pytest.mark.parametrize("page", [p for p in PAGES if p.name != "CHANGELOG.md"], ids=lambda page: page.name)
def test_the_interpreter_has_one_name(page: Path) -> None:
    lines = page.read_text(encoding="utf-8").splitlines()
    bare = re.compile(r"(?<!\.venv/bin/)\bpython3? -m (?:bot|model|training|tests)\b")
    assert [line for line in lines if bare.search(line)] == []


def test_settings_in_the_documents_exist() -> None:
    settings = tomllib.loads((ROOT / "bot.toml").read_text(encoding="utf-8"))
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    named = set(re.findall(r"`\[(\w+)\] (\w+)", text))
    assert [f"[{section}] {key}" for section, key in named if key not in settings.get(section, {})] == []


def test_the_readme_lists_every_preset_with_its_needs() -> None:
    rows = dict(re.findall(r"^ *\| `([\w-]+)` \| (.+?) \|$", README, re.MULTILINE))
    assert rows == {name: preset.needs for name, preset in PRESETS.items()}


def test_the_readme_names_exactly_the_permissions_of_the_invite_link() -> None:
    listed = between(README, "exactly these permissions: ", ".\n")
    assert listed.split(", ") == needed_names()


PRIVACY = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")


def test_the_privacy_page_names_every_table_and_no_other() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", between(PRIVACY, "| table |", "**Never kept:**"), re.MULTILINE)
    assert sorted(rows) == sorted(Base.metadata.tables)


def test_the_privacy_page_has_every_key_of_retention_with_its_default() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (\d+) \|", PRIVACY, re.MULTILINE)
    assert {key: int(default) for key, default in rows} == RetentionSettings().model_dump()


def test_the_privacy_page_names_the_buttons_as_they_are() -> None:
    section = between(PRIVACY, "| button |", "After a deletion")
    named = [
        name for row in re.findall(r"^\| ([^|]+) \|", section, re.MULTILINE) for name in row.split(" / ")
    ]
    buttons = {text.en for key, text in privacy.BUTTONS.items() if key != "now"}
    assert set(named) - {"---"} == buttons


def test_the_privacy_page_says_discords_policy_and_is_linked_from_the_readme() -> None:
    assert "forbids training models on message content" in PRIVACY
    assert "(docs/privacy.md)" in README


def test_two_commands_come_before_everything_else() -> None:
    beginning = README.split("## Put it on your server")[0]
    assert re.findall(r"```sh\n(.*?)```", beginning, re.DOTALL) == ["make demo\n", "make test\n"]


def test_the_readme_lists_the_options_of_imagine_in_their_order() -> None:
    row = between(README, "| `/imagine ", "`")
    options = [parameter.name for parameter in Imagine.imagine.parameters]
    assert re.findall(r"\w+", row) == options


@pytest.mark.parametrize(
    ("extra", "page"),
    [("postgres", "operating"), ("s3", "operating"), ("tracing", "operating"), ("cluster", "scaling")],
)
def test_an_extra_is_installed_by_one_command_in_messages_and_documents(extra: str, page: str) -> None:
    text = (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8")
    assert installing(extra) in text
    given = re.findall(rf"\.venv/bin/uv pip install[^`\n]*\[{extra}\]'", text)
    assert set(given) == {installing(extra)}
