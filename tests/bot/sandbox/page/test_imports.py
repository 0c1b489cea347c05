"""The layers of the page's JavaScript: what may import what, read from the source."""

import re

from tests.imports import ROOT, circles

PAGE = ROOT / "bot/sandbox/page"
PAGE_LAYERS: list[tuple[str, ...]] = [("app.js",), ("ui/",), ("store/",), ("",)]

# Every form of import and re-export, also in the comments that give types
JS_IMPORT = re.compile(r"""(?:\bfrom\s*|\bimport\s*\(\s*|^\s*import\s*)(['"`])([^'"`]+)\1""", re.MULTILINE)


def js_imports(text: str) -> list[str]:
    """The addresses a JavaScript module imports, for types or when it runs."""
    return [address for _, address in JS_IMPORT.findall(text)]


def page_arrows() -> dict[str, set[str]]:
    """For each JavaScript module of the page, the modules that it imports, for types or when it runs."""
    found = {}
    for path in PAGE.rglob("*.js"):
        addresses = js_imports(path.read_text(encoding="utf-8"))
        assert all(address.startswith(".") for address in addresses), f"{path}: only relative imports"
        found[path.relative_to(PAGE).as_posix()] = {
            (path.parent / address).resolve().relative_to(PAGE).as_posix() for address in addresses
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
