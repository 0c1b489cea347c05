"""What a clone must and must not contain: no registry hosts, machine paths or secrets, only small weights."""

import re
import subprocess
import tomllib
from datetime import date
from pathlib import Path

from bot.version import VERSION

ROOT = Path(__file__).resolve().parent.parent
CHECKPOINTS = ROOT / "model" / "tiny" / "checkpoints"
MIB = 2**20


def tracked_files() -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [path for name in listing.decode().split("\0") if name and (path := ROOT / name).is_file()]


def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name.lower())


def test_the_lock_pins_every_direct_dependency_and_names_no_host() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"].values()
    wanted = [*project["dependencies"], *(requirement for extra in extras for requirement in extra)]
    pinned = {normalised(name) for name in re.findall(r"^([\w.-]+)(?:\[.*?\])?==", lock, re.MULTILINE)}
    assert {normalised(re.split(r"[^\w.-]", requirement)[0]) for requirement in wanted} <= pinned
    assert "://" not in lock


def test_nothing_names_a_machine_or_holds_a_token() -> None:
    suspicious = re.compile(r"/(?:home|root|work)/\w|[MNO][\w-]{23,25}\.[\w-]{6}\.[\w-]{27,38}")
    offenders = {
        str(path.relative_to(ROOT)): match[0]
        for path in tracked_files()
        if path != Path(__file__).resolve() and (match := suspicious.search(text_of(path)))
    }
    assert offenders == {}


def test_weights_are_safetensors_and_small() -> None:
    weights = [path for path in CHECKPOINTS.rglob("*") if path.is_file()]
    assert not [path for path in weights if path.suffix in {".bin", ".pt", ".pth", ".pkl", ".ckpt"}]
    assert sum(path.stat().st_size for path in weights) <= 64 * MIB


def test_nothing_ignored_is_tracked() -> None:
    ignored = subprocess.run(
        ["git", "ls-files", "--cached", "--ignored", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True,
    ).stdout  # fmt: skip
    assert ignored == b""


def test_the_version_has_one_source() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "version" not in project["project"]
    assert project["project"]["dynamic"] == ["version"]
    assert project["tool"]["hatch"]["version"] == {"path": "bot/version.py"}


def test_the_changelog_dates_this_version_below_what_is_unreleased() -> None:
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == "Unreleased"
    version, day = headings[1].split(" - ")
    assert version == VERSION
    assert date.fromisoformat(day)


def test_the_hooks_before_a_commit_run_the_commands_of_make_lint() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    hooks = re.findall(r"entry: (.+)", (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    [checks] = re.findall(r"^lint: (.+?)  ##", makefile, re.MULTILINE)
    [recipe] = re.findall(r"^lint-python: .+\n((?:\t.+\n)+)", makefile, re.MULTILINE)
    commands = [line.strip().replace("$(BIN)", ".venv/bin") for line in recipe.splitlines()]
    assert hooks == [*commands, *(f"make {check}" for check in checks.split() if check != "lint-python")]
