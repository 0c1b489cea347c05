"""Pages for the repository become pages of the site: links follow, sections are taken in, code stays."""

from pathlib import Path, PurePosixPath

import pytest

from docs.site.stage import ROOT, anchor, links, place, rebased, section, stage

OPERATING = PurePosixPath("docs/operating.md")


def test_links_lead_to_where_the_files_lie_on_the_site() -> None:
    text = "[a](models.md#words) [b](../bot.toml) [c](../README.md#try-it) ![d](images/x.webp) [e](#here)"
    assert rebased(text, OPERATING, place(OPERATING)) == (
        "[a](models.md#words) [b](files/bot.toml.txt) [c](readme.md#try-it) ![d](images/x.webp) [e](#here)"
    )


def test_a_page_below_another_folder_finds_its_way_up() -> None:
    card = PurePosixPath("model/tiny/checkpoints/sd/README.md")
    assert place(card) == PurePosixPath("cards/sd.md")
    assert rebased("[x](../../../../docs/tinyworld.md)", card, place(card)) == "[x](../tinyworld.md)"


def test_other_sites_and_code_are_left_alone() -> None:
    text = "[a](https://example.org/x.md) `[b](../c.md)`\n```sh\n[d](../e.md)\n```\n"
    assert rebased(text, OPERATING, place(OPERATING)) == text
    assert links(text, OPERATING) == []


def test_a_section_ends_at_the_next_one_of_its_level() -> None:
    text = "# A\n## What, how?\nfirst\n```sh\n# no heading\n```\n### Deeper\nmore\n## Next\nnot this\n"
    assert section(text, "what-how") == "first\n```sh\n# no heading\n```\n### Deeper\nmore"
    with pytest.raises(LookupError, match="#nowhere"):
        section(text, "nowhere")


def test_anchors_are_those_of_the_repositorys_viewer() -> None:
    assert anchor("While it runs: `/admin`") == "while-it-runs-admin"
    assert (
        anchor("People's own words, after the first training") == "peoples-own-words-after-the-first-training"
    )


def test_the_sources_hold_what_pages_link_to_and_what_they_take_in(tmp_path: Path) -> None:
    stage(tmp_path, scripts=False)
    docs = tmp_path / "docs"
    assert (docs / "files" / "bot.toml.txt").read_bytes() == (ROOT / "bot.toml").read_bytes()
    assert (docs / "cards" / "diffchat.md").exists()
    members = (docs / "members.md").read_text(encoding="utf-8")
    assert "include:" not in members
    assert "`/imagine prompt" in members
    assert "```mermaid" not in (docs / "architecture.md").read_text(encoding="utf-8")


def test_a_link_to_nothing_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "README.md").write_text("[gone](gone.yaml)", encoding="utf-8")
    monkeypatch.setattr("docs.site.stage.ROOT", tmp_path)
    monkeypatch.setattr("docs.site.stage._ROOT_PAGES", ("README.md",))
    with pytest.raises(FileNotFoundError, match=r"gone\.yaml"):
        stage(tmp_path / "site", scripts=False)
