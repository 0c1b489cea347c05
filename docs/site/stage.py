"""The site's sources: the pages of `docs/`, and beside them what they link to elsewhere in the repository.

A page is written to be read in the repository, with links such as `../compose.yaml`. A site has only its
own folder, so a linked page becomes a page of the site, any other linked file a text to look at, and links
follow.
A line `<!-- include: ../README.md#what-people-can-do -->` becomes that section without its heading.
"""

import os
import re
import shutil
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
SCRIPTS = {
    "mermaid.js": ROOT / "node_modules/@mermaid-js/tiny/dist/mermaid.tiny.js",  # draws the flowcharts
    "iframe-worker.js": ROOT / "node_modules/iframe-worker/shim/index.js",  # search on pages from the disk
}
"""What package.json brings for the site, by its name there: the theme would fetch both from elsewhere."""

_ROOT_PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
_CODE = re.compile(r"(^ *```.*?^ *```$|`[^`\n]+`)", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(\]\()(?![a-z]+:|#)([^)#\s]+)(#[^)\s]*)?(?=\))")
_INCLUDE = re.compile(r"^<!-- include: ([^#\s]+)#(\S+) -->$", re.MULTILINE)
_FENCED_DIAGRAM = "```mermaid\n"


def anchor(heading: str) -> str:
    """The anchor of a heading, as Python-Markdown and the repository's own viewer make it."""
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", heading).strip().lower())


def section(text: str, name: str) -> str:
    """What stands under the heading with that anchor, up to the next heading of its level or above.

    Raises LookupError if there is none.
    """
    headings = list(re.finditer(r"^(#+) (.+)$", _without_code(text), re.MULTILINE))
    for number, heading in enumerate(headings):
        if anchor(heading[2]) == name:
            level = len(heading[1])
            ends = (later.start() for later in headings[number + 1 :] if len(later[1]) <= level)
            return text[heading.end() : next(ends, len(text))].strip()
    raise LookupError(f"there is no section #{name}")


def place(source: PurePosixPath) -> PurePosixPath:
    """Where a file of the repository lies in the site's sources; both paths are relative."""
    if source.parts[0] == "docs":
        return PurePosixPath(*source.parts[1:])
    if source.suffix != ".md":
        return PurePosixPath("files", f"{source}.txt")  # shown by every browser instead of stored
    if len(source.parts) == 1:
        return PurePosixPath(source.name.lower())
    return PurePosixPath("cards", f"{source.parent.name}.md")


def links(text: str, source: PurePosixPath) -> list[PurePosixPath]:
    """The files of the repository that a page links to, its pictures among them."""
    return [_target(source, match[2]) for match in _LINK.finditer(_without_code(text))]


def rebased(text: str, source: PurePosixPath, page: PurePosixPath) -> str:
    """The text of `source` with its links as they must be on `page`, a path of the site's sources."""

    def follow(match: re.Match[str]) -> str:
        there = os.path.relpath(place(_target(source, match[2])), page.parent)
        return f"{match[1]}{there}{match[3] or ''}"

    parts = _CODE.split(text)
    return "".join(part if number % 2 else _LINK.sub(follow, part) for number, part in enumerate(parts))


def stage(folder: Path, *, scripts: bool = True) -> None:
    """Write the site's sources to `folder`, anew, with Zensical's configuration beside them.

    Without `scripts` the flowcharts stay text, search needs a server, and no `node_modules` is needed.
    Raises FileNotFoundError if a link leads nowhere.
    """
    shutil.rmtree(folder / "docs", ignore_errors=True)
    todo = [PurePosixPath(name) for name in _ROOT_PAGES]
    todo += [PurePosixPath(path.relative_to(ROOT)) for path in sorted((ROOT / "docs").rglob("*.md"))]
    done: set[PurePosixPath] = set()
    while todo:
        source = todo.pop()
        if source not in done:
            done.add(source)
            todo += _put(source, folder / "docs", scripts)
    # Pictures are also named by HTML, which the links above do not see
    shutil.copytree(ROOT / "docs" / "images", folder / "docs" / "images", dirs_exist_ok=True)
    shutil.copytree(HERE / "assets", folder / "docs" / "assets", dirs_exist_ok=True)
    if scripts:
        for name, script in SCRIPTS.items():
            shutil.copyfile(script, folder / "docs" / "assets" / name)
    settings = (HERE / "zensical.toml").read_text(encoding="utf-8")
    if not scripts:
        settings = settings.replace('"assets/mermaid.js"', "")
    (folder / "zensical.toml").write_text(settings, encoding="utf-8")


def _put(source: PurePosixPath, docs: Path, scripts: bool) -> list[PurePosixPath]:
    """Write one file of the repository; a page returns what it links to."""
    page = place(source)
    (docs / page).parent.mkdir(parents=True, exist_ok=True)
    if source.suffix != ".md":
        shutil.copyfile(ROOT / source, docs / page)
        return []
    text, linked = _read(source)
    whole = rebased(text, source, page)
    for include in _INCLUDE.finditer(text):
        origin = _target(source, include[1])
        body = section(_read(origin)[0], include[2])
        linked += links(body, origin)
        whole = whole.replace(include[0], rebased(body, origin, page))
    if not scripts:
        whole = whole.replace(_FENCED_DIAGRAM, "```text\n")
    (docs / page).write_text(whole, encoding="utf-8")
    return linked


def _read(source: PurePosixPath) -> tuple[str, list[PurePosixPath]]:
    text = (ROOT / source).read_text(encoding="utf-8")
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)  # a model card's fields for the hub
    return text, links(text, source)


def _target(source: PurePosixPath, link: str) -> PurePosixPath:
    return PurePosixPath(os.path.normpath(source.parent / link))


def _without_code(text: str) -> str:
    """The text with code blanked out, each character where it was."""
    return _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
