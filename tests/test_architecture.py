"""The house as drawn in the design: who may import whom, and how large a file may be."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("bot", "model", "training", "migrations")
MOST_LINES = 400

MODEL_LIBRARIES = {
    "torch",
    "torchvision",
    "transformers",
    "diffusers",
    "open_clip",
    "peft",
    "bitsandbytes",
    "accelerate",
}
WITHOUT_DISCORD = (
    "bot.domain.derivations",
    "bot.domain.message_bursts",
    "bot.settings",
    "bot.domain.conversation",
    "bot.errors",
    "bot.jobs.queue",
    "bot.domain.options",
    "bot.jobs.processor",
    "bot.jobs.fair_schedule",
    "bot.domain.sanitize",
    "bot.services.turns",
    "bot.store.check",
    "bot.store.schema",
)


def modules(*packages: str) -> list[Path]:
    """The Python files of these packages, from the root."""
    found = (path.relative_to(ROOT) for package in packages for path in (ROOT / package).rglob("*.py"))
    return sorted(path for path in found if "__pycache__" not in path.parts)


def named(path: Path) -> str:
    """The dotted name of a module's file."""
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[str]:
    """The dotted names a file imports, anywhere in it; `from a import b` counts as both a and a.b."""
    package = path.parent.parts
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def importers(of: str, among: list[Path]) -> list[str]:
    """Which of the files import `of` or something in it."""
    return [
        named(path)
        for path in among
        if any(name == of or name.startswith(f"{of}.") for name in imports(path))
    ]


def test_the_imports_are_read_rightly() -> None:
    assert {"bot.store.schema", "bot.store.schema.ImageRow"} <= set(imports(Path("bot/store/images.py")))
    assert importers("bot.store", [Path("bot/store/images.py"), Path("bot/domain/sanitize.py")]) == [
        "bot.store.images"
    ]


def test_the_bot_never_imports_training() -> None:
    assert importers("training", modules("bot")) == []


def test_the_bot_process_holds_no_model_library() -> None:
    assert {library for library in MODEL_LIBRARIES if importers(library, modules("bot"))} == set()


@pytest.mark.parametrize("foreign", ["bot", "training", "migrations", "discord", "sqlalchemy"])
def test_models_know_nothing_of_the_bot_of_training_of_discord_or_of_sql(foreign: str) -> None:
    assert importers(foreign, modules("model")) == []


def test_training_reads_the_tables_in_one_file_and_nothing_else_of_the_bot() -> None:
    assert set(importers("bot", modules("training"))) <= {"training.preferences.export"}
    reactions = Path("training/preferences/export.py")
    names = (
        {name for name in imports(reactions) if name.split(".")[0] == "bot"}
        if (ROOT / reactions).exists()
        else set()
    )
    assert all(name.startswith("bot.store.schema") for name in names)


def test_migrations_read_the_live_schema_in_one_file_and_nothing_else_of_the_bot() -> None:
    assert importers("bot", modules("migrations")) == ["migrations.env"]
    names = {name for name in imports(Path("migrations/env.py")) if name.split(".")[0] == "bot"}
    assert all(name.startswith("bot.store.schema") for name in names)


def test_the_schema_imports_sqlalchemy_alone() -> None:
    roots = {name.split(".")[0] for name in imports(Path("bot/store/schema.py"))}
    assert roots - set(sys.stdlib_module_names) == {"sqlalchemy"}


def test_sqlalchemy_stays_in_the_store() -> None:
    assert all(name.startswith("bot.store.") for name in importers("sqlalchemy", modules("bot")))


def test_the_local_discord_is_not_fitted_to_our_bot() -> None:
    for path in modules("bot/sandbox"):
        own = {name for name in imports(path) if name.split(".")[0] in {"bot", "model", "training"}}
        assert {name for name in own if not f"{name}.".startswith("bot.sandbox.")} <= {"bot"}, path
    # this one only points discord.py at another address
    assert set(importers("discord", modules("bot/sandbox"))) <= {"bot.sandbox.connect"}


@pytest.mark.parametrize("package", ["bot", "bot/store"])
def test_packages_on_the_way_to_the_schema_are_empty(package: str) -> None:
    assert (ROOT / package / "__init__.py").read_text(encoding="utf-8").strip() == ""


@pytest.mark.parametrize(
    "names",
    [("bot.store.schema",), ("model.engine",), WITHOUT_DISCORD],
    ids=["schema", "engine", "all without discord"],
)
def test_importing_these_loads_neither_discord_nor_a_model_library(names: tuple[str, ...]) -> None:
    heavy = sorted(MODEL_LIBRARIES | {"discord"})
    code = f"import sys, {', '.join(names)}; print(*[name for name in {heavy} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""


@pytest.mark.parametrize("path", modules(*PACKAGES), ids=str)
def test_every_module_says_what_lives_in_it_and_stays_small(path: Path) -> None:
    source = (ROOT / path).read_text(encoding="utf-8")
    assert len(source.splitlines()) <= MOST_LINES
    if source.strip():
        assert ast.get_docstring(ast.parse(source)), "a module begins with a docstring"
