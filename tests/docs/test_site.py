"""The documentation builds strictly, every link and anchor leads somewhere, and nothing is fetched."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from docs.site.build import run
from docs.site.stage import HERE, ROOT

NAV = tomllib.loads((HERE / "zensical.toml").read_text(encoding="utf-8"))["project"]["nav"]
FETCHING = {("script", "src"), ("img", "src"), ("link", "href"), ("iframe", "src"), ("source", "srcset")}


@dataclass
class Page(HTMLParser):
    """What a page can be jumped to, what it links to, and what a browser fetches with it."""

    ids: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note ids and addresses."""
        for name, value in attrs:
            if name in ("id", "name") and value:
                self.ids.add(value)
            if name in ("href", "src") and value:
                self.links.append(value)
            if (tag, name) in FETCHING and value:
                self.fetched.append(value)


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Page]:
    """All pages by their files."""
    read = {path: Page() for path in site.rglob("*.html")}
    for path, page in read.items():
        page.feed(path.read_text(encoding="utf-8"))
    return read


def named(entries: list[dict[str, object]]) -> Iterator[str]:
    """The pages that the navigation names."""
    for entry in entries:
        for what in entry.values():
            if isinstance(what, str):
                yield what
            elif isinstance(what, list):
                yield from named(what)


def test_every_link_and_anchor_leads_somewhere(pages: dict[Path, Page]) -> None:
    broken = []
    for path, page in pages.items():
        if path.name == "404.html":
            continue  # is served under any address, so its links begin at the root
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            missing = target in pages and parts.fragment and unquote(parts.fragment) not in pages[target].ids
            if missing or not target.exists():
                broken.append(f"{path.name}: {link}")
    assert broken == []


def test_nothing_is_fetched_from_elsewhere(site: Path, pages: dict[Path, Page]) -> None:
    outside = {address for page in pages.values() for address in page.fetched if "//" in address}
    assert outside == set()
    for sheet in site.rglob("*.css"):
        used = re.findall(
            r"url\(['\"]?(?!data:)([^)'\"]+)|@import ['\"]([^'\"]+)", sheet.read_text(encoding="utf-8")
        )
        assert [address for pair in used for address in pair if "//" in address] == [], sheet.name


def test_every_page_is_in_the_navigation(site: Path) -> None:
    built = {str(path.relative_to(site).with_suffix(".md")) for path in site.rglob("*.html")} - {"404.md"}
    assert sorted(named(NAV)) == sorted(built), "docs/site/zensical.toml: nav"


def test_the_reference_has_what_it_names(pages: dict[Path, Page], site: Path) -> None:
    for source in sorted((ROOT / "docs" / "api").glob("*.md")):
        modules = re.findall(r"^::: (\S+)", source.read_text(encoding="utf-8"), re.MULTILINE)
        ids = pages[site / "api" / f"{source.stem}.html"].ids
        assert modules
        assert set(modules) <= ids
    assert "model.engine.Engine.edit" in pages[site / "api" / "engine.html"].ids


def test_a_broken_link_ends_the_build(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# A\n\n[gone](gone.md)\n", encoding="utf-8")
    (tmp_path / "zensical.toml").write_text('[project]\nsite_name = "A"\n', encoding="utf-8")
    with pytest.raises(SystemExit):
        run(tmp_path)
