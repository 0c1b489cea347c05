"""Every family of language models goes through the whole product; a chosen dozen in every run."""

from pathlib import Path

import pytest

from tests.model.matrix.words.families import FAMILIES, Family
from tests.model.matrix.words.journey import COLUMNS, travel


@pytest.mark.parametrize(
    "family",
    [pytest.param(f, id=f.name, marks=[] if f.quick else pytest.mark.slow) for f in FAMILIES],
)
def test_a_family_loads_and_edits_in_every_manner(family: Family, tmp_path: Path) -> None:
    assert set(travel(family, tmp_path)) == set(COLUMNS)
