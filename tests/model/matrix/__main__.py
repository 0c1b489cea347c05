"""Write the tables of docs/models.md anew: `python -m tests.model.matrix [words ...]`.

Each section's families are taken through the whole product, which takes minutes; what came of it becomes the
table between the section's two marks in the page. A family that fails stops the command with its error.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.model.matrix.pictures.rows import COLUMNS as PICTURE_COLUMNS
from tests.model.matrix.pictures.rows import rows as picture_rows
from tests.model.matrix.words.rows import COLUMNS as WORD_COLUMNS
from tests.model.matrix.words.rows import rows as word_rows

PAGE = Path(__file__).parents[3] / "docs" / "models.md"
Rows = Callable[[], list[tuple[str, ...]]]
SECTIONS: dict[str, tuple[Sequence[str], Rows]] = {
    "words": (WORD_COLUMNS, word_rows),
    "pictures": (PICTURE_COLUMNS, picture_rows),
}


def marks(section: str) -> tuple[str, str]:
    """The lines of the page that stand before and after a section's table."""
    return f"<!-- matrix: {section} -->\n", f"<!-- end of matrix: {section} -->\n"


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def replaced(page: str, section: str, new: str) -> str:
    """`page` with `new` as the section's table."""
    begin, end = marks(section)
    before, _, rest = page.partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise SystemExit(f"{PAGE} has no marks for the section {section}.")
    return f"{before}{begin}\n{new}\n{end}{after}"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the sections named, or all."""
    parser = argparse.ArgumentParser("python -m tests.model.matrix", description=__doc__)
    parser.add_argument("sections", nargs="*", choices=[*SECTIONS, []], help="which tables; all without")
    for section in parser.parse_args(argv).sections or SECTIONS:
        columns, rows = SECTIONS[section]
        PAGE.write_text(
            replaced(PAGE.read_text(encoding="utf-8"), section, table(columns, rows())), encoding="utf-8"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
