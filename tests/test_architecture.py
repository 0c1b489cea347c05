"""The layers of the code: what may import what, where files may lie, and how large one may be.

Each list in `LAYERS` goes from top to bottom; a module may import only from its own layer's package or from
layers below. Imports inside functions and under `TYPE_CHECKING` count like any other.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("bot", "model", "training", "migrations")
PAGE = Path("bot/sandbox/page")
MOST_LINES = 400

LAYERS: dict[str, list[tuple[str, ...]]] = {
    "bot": [
        ("bot.__main__",),
        ("bot.cli",),
        ("bot.app",),
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
        ("bot.chat.conversations", "bot.chat.posting", "bot.chat.reports"),
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
        ("model.hardware", "model.overlay"),
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
        ("training.ppo", "training.recipes"),
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
PAGE_LAYERS: list[tuple[str, ...]] = [("app.js",), ("ui/",), ("store/",), ("",)]

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


OURS = {named(path): path for path in modules(*PACKAGES)}


def arrows(top: str) -> dict[str, set[str]]:
    """For each module in `top`, the modules of this project that it imports."""
    found = {}
    for name, path in OURS.items():
        if f"{name}.".startswith(f"{top}."):
            hit = {other for other in imports(path) if other in OURS and other != name}
            # `from package import module` names the package too: what is meant is the module
            found[name] = {o for o in hit if not any(x.startswith(f"{o}.") for x in hit)} if hit else set()
    return found


def importers(of: str, among: list[Path]) -> list[str]:
    """Which of the files import `of` or something in it."""
    return [
        named(path)
        for path in among
        if any(name == of or name.startswith(f"{of}.") for name in imports(path))
    ]


def level(name: str, layers: list[tuple[str, ...]]) -> tuple[int, str] | None:
    """(layer from the top, its entry) of a module; None where the list does not name it."""
    for number, entries in enumerate(layers):
        for entry in entries:
            if f"{name}.".startswith(f"{entry}."):
                return number, entry
    return None


def upward(graph: Mapping[str, Iterable[str]], layers: list[tuple[str, ...]]) -> list[str]:
    """The arrows that run up, or between two packages of one layer."""
    found = []
    for name, others in graph.items():
        for other in others:
            here, there = level(name, layers), level(other, layers)
            if here and there and here != there and there[0] <= here[0]:
                found.append(f"{name} -> {other}")
    return sorted(found)


def circles(graph: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """Each circle of imports once: a path that comes back to a module it began with."""
    done: set[str] = set()
    found: list[list[str]] = []

    def follow(name: str, path: list[str]) -> None:
        if name in path:
            found.append([*path[path.index(name) :], name])
            return
        if name in done:
            return
        for other in graph.get(name, ()):
            follow(other, [*path, name])
        done.add(name)

    for name in graph:
        follow(name, [])
    return found


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


# Every form of import and re-export, also in the comments that give types
JS_IMPORT = re.compile(r"""(?:\bfrom\s*|\bimport\s*\(\s*|^\s*import\s*)(['"`])([^'"`]+)\1""", re.MULTILINE)


def js_imports(text: str) -> list[str]:
    """The addresses a JavaScript module imports, for types or when it runs."""
    return [address for _, address in JS_IMPORT.findall(text)]


def page_arrows() -> dict[str, set[str]]:
    """For each JavaScript module of the page, the modules that it imports, for types or when it runs."""
    found = {}
    for path in (ROOT / PAGE).rglob("*.js"):
        addresses = js_imports(path.read_text(encoding="utf-8"))
        assert all(address.startswith(".") for address in addresses), f"{path}: only relative imports"
        found[path.relative_to(ROOT / PAGE).as_posix()] = {
            (path.parent / address).resolve().relative_to(ROOT / PAGE).as_posix() for address in addresses
        }
    return found


def page_level(name: str) -> int:
    """The layer of a module of the page, from the top."""
    return next(number for number, (entry,) in enumerate(PAGE_LAYERS) if name.startswith(entry))


def test_every_form_of_a_javascript_import_is_read() -> None:
    text = """
import { a } from './a.js';
import {
  b,
} from "./b.js";
import './c.js';
export * from './d.js';
const e = await import(`./e.js`);
/** @typedef {import('./f.js').F} F */
/** @import {G} from './g.js' */
"""
    assert js_imports(text) == [f"./{name}.js" for name in "abcdefg"]


def test_the_pages_modules_import_only_from_below() -> None:
    graph = page_arrows()
    assert len(graph) > 20
    assert {name for others in graph.values() for name in others} <= set(graph)
    assert [
        f"{a} -> {b}" for a, others in graph.items() for b in others if page_level(b) < page_level(a)
    ] == []


def test_the_pages_modules_import_each_other_in_no_circle() -> None:
    assert circles(page_arrows()) == []


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
    roots = {name.split(".")[0] for name in imports(Path("bot/store/schema.py"))}
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
