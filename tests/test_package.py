"""The wheel: what is in it, and that it works where there is no checkout, from an empty folder."""

import os
import sqlite3
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from bot.store.schema import Base
from bot.version import VERSION

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("bot", "model", "training", "migrations")
Run = Callable[..., str]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built wheel; the backend that builds it comes with the development extra, not from a network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean environment with the wheel in it, and the libraries of the present one within its reach."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True, symlinks=True)
    here = sysconfig.get_paths(vars={"base": str(folder), "platbase": str(folder)})["purelib"]
    # a .pth inside that folder, as the one of an editable install, is not followed from here
    Path(here, "libraries.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    python = str(folder / "bin" / "python")
    install = [python, "-m", "pip", "install", "--no-deps", "--no-index", "--quiet", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    return folder


@pytest.fixture
def run(environment: Path, tmp_path: Path) -> Run:
    """Runs a program of that environment in an empty folder and returns what it prints."""
    ours = ("DIFFCHAT__", "DISCORD_", "PYTHON", "COV_")
    environ = {name: value for name, value in os.environ.items() if not name.startswith(ours)}

    def run(program: str, *arguments: str) -> str:
        command = [str(environment / "bin" / program), *arguments]
        done = subprocess.run(command, check=False, cwd=tmp_path, env=environ, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def test_every_file_of_the_packages_is_in_the_wheel_and_nothing_else(wheel: Path) -> None:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *PACKAGES, "bot.toml"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    files = {name for name in listing.split("\0") if (ROOT / name).is_file()}
    with zipfile.ZipFile(wheel) as packed:
        names = {name for name in packed.namelist() if ".dist-info/" not in name}
    assert names == files


def test_the_command_is_there_and_is_the_installed_one(run: Run, environment: Path) -> None:
    assert run("diffchat", "--help").startswith("usage: diffchat ")
    assert run("diffchat", "--version") == f"DiffChat {VERSION}\n"
    assert run("python", "-c", "import bot; print(bot.__path__[0])").startswith(str(environment))


def test_an_empty_database_is_brought_to_the_schema(run: Run, tmp_path: Path) -> None:
    run("diffchat", "init")
    assert "is up to date" in run("diffchat", "db", "upgrade")
    with sqlite3.connect(tmp_path / "data" / "diffchat.sqlite") as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        assert set(Base.metadata.tables) <= {name for (name,) in names}


def test_the_tiny_checkpoints_write_and_paint(run: Run, tmp_path: Path) -> None:
    target = run("python", "-m", "model", "edit", "a red house in a meadow", "make it night")
    assert "house" in target
    assert "night" in target
    run("python", "-m", "model", "paint", target.strip(), "--steps", "2", "--out", "house.png")
    with Image.open(tmp_path / "house.png") as picture:
        assert len(picture.convert("L").resize((8, 8)).getcolors() or ()) > 4, "not one colour"


def test_training_finds_its_words(run: Run) -> None:
    code = "from training.tiny.vocabulary import WORDS; print(len(list(WORDS.glob('*.txt'))))"
    assert int(run("python", "-c", code)) == len(list((ROOT / "training" / "tiny" / "words").glob("*.txt")))
    assert "usage: python -m training" in run("python", "-m", "training", "--help")
