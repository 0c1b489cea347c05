"""docs/models.md has the table of every section, with each of its families in order and every column."""

import pytest

from tests.model.matrix.__main__ import PAGE, SECTIONS, marks, replaced, table
from tests.model.matrix.pictures.rows import names
from tests.model.matrix.words.families import FAMILIES

NAMES = {"words": [family.name for family in FAMILIES], "pictures": names()}


@pytest.mark.parametrize("section", SECTIONS)
def test_the_page_has_the_sections_table(section: str) -> None:
    begin, end = marks(section)
    written = PAGE.read_text(encoding="utf-8").partition(begin)[2].partition(end)[0].strip().splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in written]
    assert cells[0] == list(SECTIONS[section][0])
    assert [row[0] for row in cells[2:]] == NAMES[section]
    assert all(len(row) == len(cells[0]) and all(row) for row in cells)


def test_a_table_goes_between_its_marks() -> None:
    begin, end = marks("words")
    page = f"before\n{begin}old\n{end}after\n"
    new = table(["a", "b"], [["1", "2"]])
    assert new == "| a | b |\n| --- | --- |\n| 1 | 2 |\n"
    assert replaced(page, "words", new) == f"before\n{begin}\n{new}\n{end}after\n"
    with pytest.raises(SystemExit):
        replaced("no marks", "words", new)
