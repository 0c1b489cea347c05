"""Which module of the project imports which, read from the source without running it; circles, and arrows
that run upwards through a list of layers.
"""

import ast
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("bot", "model", "training", "migrations")


def modules(*packages: str) -> list[Path]:
    """The Python files of these packages, from the root."""
    found = (path.relative_to(ROOT) for package in packages for path in (ROOT / package).rglob("*.py"))
    return sorted(path for path in found if "__pycache__" not in path.parts)


def named(path: Path) -> str:
    """The dotted name of a module's file."""
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def imports(path: Path) -> tuple[str, ...]:
    """The dotted names a file imports, anywhere in it; `from a import b` counts as both a and a.b."""
    package, found = path.parent.parts, []
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*above, *([node.module] if node.module else [])])
            found += [base, *(f"{base}.{alias.name}" for alias in node.names)]
    return tuple(found)


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
