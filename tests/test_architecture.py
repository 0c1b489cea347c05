"""The layers of the code: what may import what, where files may lie, and how large one may be.

Each list in `LAYERS` goes from top to bottom; a module may import only from its own layer's package or from
layers below. Imports inside functions and under `TYPE_CHECKING` count like any other.
"""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.imports import (
    OURS,
    PACKAGES,
    ROOT,
    arrows,
    circles,
    importers,
    imports,
    level,
    modules,
    named,
    upward,
)

MOST_LINES = 400

LAYERS: dict[str, list[tuple[str, ...]]] = {
    "bot": [
        ("bot.__main__",),
        ("bot.cli",),
        ("bot.app",),
        ("bot.assembly",),
        ("bot.cogs",),
        ("bot.ops",),
        ("bot.client",),
        ("bot.chat",),
        ("bot.services",),
        ("bot.jobs",),
        ("bot.store",),
        ("bot.domain",),
        ("bot.aio", "bot.telemetry"),
        ("bot.settings",),
        ("bot.errors",),
        ("bot.texts",),
        ("bot.i18n", "bot.version"),
    ],
    "bot.chat": [
        ("bot.chat.conversations", "bot.chat.posting", "bot.chat.reports", "bot.chat.gallery"),
        ("bot.chat.requests",),
        ("bot.chat.pictures",),
        ("bot.chat.wording",),
        ("bot.chat.discord_api",),
    ],
    "bot.sandbox": [
        ("bot.sandbox.__main__",),
        ("bot.sandbox.app", "bot.sandbox.connect"),
        ("bot.sandbox.person",),
        ("bot.sandbox.page_api",),
        ("bot.sandbox.rest",),
        ("bot.sandbox.gateway",),
        ("bot.sandbox.rules",),
        ("bot.sandbox.payloads",),
        ("bot.sandbox.model",),
    ],
    "model": [
        ("model.__main__",),
        ("model.serving",),
        ("model.language", "model.pictures"),
        ("model.clip",),
        ("model.tiny", "model.moderation"),
        ("model.loading",),
        ("model.presets",),
        ("model.command_line", "model.hardware", "model.overlay"),
        ("model.engine",),
        ("model.settings",),
        ("model.errors",),
    ],
    "training": [
        ("training.__main__",),
        ("training.commands",),
        ("training.tiny",),
        ("training.judging",),
        ("training.evaluation",),
        ("training.preferences",),
        ("training.rl", "training.recipes"),
        ("training.rewards",),
        ("training.core",),
        ("training.data",),
        ("training.config",),
        ("training.errors",),
    ],
}
ROOT_FILES = {
    "bot": {"__init__", "__main__", "app", "i18n", "version"},
    "bot/chat": {"__init__"},
    "bot/sandbox": {"__init__", "__main__", "app", "connect", "person"},
    "model": {
        "__init__",
        "__main__",
        "command_line",
        "engine",
        "errors",
        "hardware",
        "loading",
        "overlay",
        "presets",
        "settings",
    },
    "training": {"__init__", "__main__", "commands", "errors"},
}
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
WITHOUT_DISCORD = ("bot.aio", "bot.domain", "bot.jobs", "bot.services", "bot.store", "bot.texts")


def test_the_imports_are_read_rightly() -> None:
    assert {"bot.store.schema", "bot.store.schema.ImageRow"} <= set(imports(Path("bot/store/images.py")))
    readers = [Path("bot/store/images.py"), Path("bot/domain/sanitize.py")]
    assert importers("bot.store", readers) == ["bot.store.images"]


@pytest.mark.parametrize("top", LAYERS)
def test_no_import_runs_upwards(top: str) -> None:
    assert upward(arrows(top), LAYERS[top]) == []


@pytest.mark.parametrize("top", LAYERS)
def test_a_reversed_arrow_would_be_noticed(top: str) -> None:
    """Every arrow between two layers is turned round, one at a time."""
    graph = arrows(top)
    between = [
        (name, other)
        for name, others in graph.items()
        for other in others
        if (a := level(name, LAYERS[top])) and (b := level(other, LAYERS[top])) and a[0] != b[0]
    ]
    assert between
    for name, other in between:
        assert upward({other: [name]}, LAYERS[top]) == [f"{other} -> {name}"]


@pytest.mark.parametrize("top", LAYERS)
def test_every_module_has_a_layer(top: str) -> None:
    inner = [other for other in LAYERS if other.startswith(f"{top}.")]
    names = [name for name in arrows(top) if not any(f"{name}.".startswith(f"{other}.") for other in inner)]
    assert [name for name in names if name != top and level(name, LAYERS[top]) is None] == []


@pytest.mark.parametrize("package", PACKAGES)
def test_no_modules_import_each_other_in_a_circle(package: str) -> None:
    assert circles(arrows(package)) == []


def test_circles_are_found() -> None:
    assert circles({"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"]}) == [["a", "b", "c", "a"]]


@pytest.mark.parametrize("folder", ROOT_FILES)
def test_only_the_named_files_lie_outside_a_package(folder: str) -> None:
    assert {path.stem for path in (ROOT / folder).glob("*.py")} == ROOT_FILES[folder]


def test_the_bot_never_imports_training() -> None:
    assert importers("training", modules("bot")) == []


def test_the_bot_process_holds_no_model_library() -> None:
    assert {library for library in MODEL_LIBRARIES if importers(library, modules("bot"))} == set()


@pytest.mark.parametrize("foreign", ["bot", "training", "migrations", "discord", "sqlalchemy"])
def test_models_know_nothing_of_the_bot_of_training_of_discord_or_of_sql(foreign: str) -> None:
    assert importers(foreign, modules("model")) == []


def test_openais_protocol_is_read_without_a_web_framework() -> None:
    frameworks = ("aiohttp", "starlette", "fastapi", "ray")
    protocol = modules("model/serving/openai_server/protocol")
    assert {name for name in frameworks if importers(name, protocol)} == set()


def test_training_reads_the_tables_in_one_file_and_nothing_else_of_the_bot() -> None:
    assert importers("bot", modules("training")) == ["training.preferences.export"]
    names = {n for n in imports(Path("training/preferences/export.py")) if n.split(".")[0] == "bot"}
    assert all(name.startswith("bot.store.schema") for name in names)


def test_migrations_read_the_live_schema_in_one_file_and_nothing_else_of_the_bot() -> None:
    assert importers("bot", modules("migrations")) == ["migrations.env"]
    names = {name for name in imports(Path("migrations/env.py")) if name.split(".")[0] == "bot"}
    assert all(name.startswith("bot.store.schema") for name in names)


def test_the_schema_imports_sqlalchemy_alone() -> None:
    read = [*imports(Path("bot/store/schema.py")), *imports(Path("bot/store/schema_types.py"))]
    roots = {name.split(".")[0] for name in read if not name.startswith("bot.store.schema_types")}
    assert roots - set(sys.stdlib_module_names) == {"sqlalchemy"}


def test_private_names_stay_in_their_module() -> None:
    """What another module needs has a name without an underscore."""
    borrowed = [(named(path), name) for path in modules(*PACKAGES) for name in imports(path)]
    assert [
        f"{module} imports {name}"
        for module, name in borrowed
        if name.split(".")[0] in PACKAGES and re.search(r"\._(?!_)", name)
    ] == []


def test_sqlalchemy_stays_in_the_store() -> None:
    assert all(name.startswith("bot.store.") for name in importers("sqlalchemy", modules("bot")))


def test_the_local_discord_is_not_fitted_to_our_bot() -> None:
    for path in modules("bot/sandbox"):
        own = {name for name in imports(path) if name.split(".")[0] in {"bot", "model", "training"}}
        assert {name for name in own if not f"{name}.".startswith("bot.sandbox.")} <= {"bot"}, path
    # this one only points discord.py at another address
    assert set(importers("discord", modules("bot/sandbox"))) <= {"bot.sandbox.connect"}


def test_features_reach_into_no_other_feature() -> None:
    """What two cogs share is handed to both: none looks another up, and none imports another."""
    for path in modules("bot"):
        assert "get_cog" not in (ROOT / path).read_text(encoding="utf-8"), path
    cogs = {name: others for name, others in arrows("bot").items() if name.startswith("bot.cogs.")}
    assert [
        f"{name} -> {other}"
        for name, others in cogs.items()
        for other in others
        if other.startswith("bot.cogs.") and other.split(".")[2] != name.split(".")[2]
    ] == []


def test_only_the_command_line_imports_the_local_discord() -> None:
    outside = [path for path in modules("bot") if path.parts[1] != "sandbox"]
    assert importers("bot.sandbox", outside) == ["bot.cli.demo", "bot.cli.run"]


@pytest.mark.parametrize("package", WITHOUT_DISCORD)
def test_what_needs_no_discord_imports_none(package: str) -> None:
    assert importers("discord", modules(package.replace(".", "/"))) == []


@pytest.mark.parametrize("package", ["bot", "bot/store"])
def test_packages_on_the_way_to_the_schema_are_empty(package: str) -> None:
    assert (ROOT / package / "__init__.py").read_text(encoding="utf-8").strip() == ""


@pytest.mark.parametrize(
    "names",
    [
        ("bot.store.schema",),
        ("model.engine",),
        tuple(name for name in OURS if name.startswith(WITHOUT_DISCORD)),
    ],
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
