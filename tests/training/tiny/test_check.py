"""The figures on painted pictures: what counts as right, and where the figures are written."""

from pathlib import Path

import pytest

from model.tiny.world import NOUNS, Scene, Thing
from training.tiny.check import Judged, figures, table, write_between
from training.tiny.classifier import Reading

ONE = Scene((Thing("fox", "orange"),))
TWO = Scene((Thing("fox", "orange"), Thing("boat", "blue")), place="sea")


def reading(*things: tuple[str, str], **setting: str) -> Reading:
    chances = {noun: 0.01 * i for i, noun in enumerate(NOUNS)} | {noun: 0.9 for noun, _ in things}
    colours = dict.fromkeys(NOUNS, "black") | dict(things)
    said = {"place": "meadow", "time": "day", "weather": "clear", "style": "flat"} | setting
    return Reading(chances, colours, dict.fromkeys(NOUNS, 1), **said, centres={})


RIGHT_ONE = reading(("fox", "orange"))
RIGHT_TWO = reading(("fox", "orange"), ("boat", "blue"), place="sea")
SWAPPED = reading(("fox", "blue"), ("boat", "orange"), place="sea")


def test_everything_right_is_one() -> None:
    assert set(figures(Judged([ONE, TWO], [RIGHT_ONE, RIGHT_TWO])).values()) == {1.0}


def test_swapped_colours_leave_the_objects_right() -> None:
    found = figures(Judged([ONE, TWO], [RIGHT_ONE, SWAPPED]))
    assert found["object"] == found["both of two"] == 1.0
    assert found["both of two, with colours"] == 0.0
    assert found["colour"] == pytest.approx(1 / 3)
    assert found["whole scene"] == 0.5


def test_a_wrong_object_and_a_wrong_place_count_by_themselves() -> None:
    found = figures(Judged([ONE, ONE], [reading(("cat", "orange"), place="sea"), RIGHT_ONE]))
    assert found["object"] == 0.5
    assert found["place"] == 0.5
    assert found["time"] == 1.0


def test_the_table_has_every_noun_and_style() -> None:
    text = table(Judged([ONE, TWO], [RIGHT_ONE, SWAPPED]), Judged([ONE, TWO], [RIGHT_ONE, RIGHT_TWO]))
    assert "| object | 100.0% | 100.0% |" in text
    assert "| fox | 2 | 100% | 33% |" in text
    assert "| neon | 0 | – | – |" in text


def test_figures_are_written_between_their_marks_and_nowhere_else(tmp_path: Path) -> None:
    card = tmp_path / "README.md"
    card.write_text("# A\n<!-- measured -->\nold\n<!-- /measured -->\nafter\n")
    write_between(card, "new")
    assert card.read_text() == "# A\n<!-- measured -->\nnew\n<!-- /measured -->\nafter\n"
    card.write_text("# A\n")
    with pytest.raises(ValueError, match="no place for figures"):
        write_between(card, "new")
