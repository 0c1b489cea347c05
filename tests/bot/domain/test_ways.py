"""Which way a reply takes: an edit of the picture, or painted anew."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.conversation import Changes, Origin, Parameters, Turn, TurnKind
from bot.domain.ways import Reply, asks_anew, changes, chosen, joins_pictures, other, way_again
from model.engine import Capabilities, MessageKind, Way

PAINTS = Capabilities()
EDITS = Capabilities(edit=True, region=True)
PLAIN = Parameters(seed=1, steps=4, guidance=1.0, width=64, height=64)
HOUSE = "a red house in a meadow, a small tree, day"


def reply(
    instruction: str,
    target: str,
    source: str = HOUSE,
    parameters: Parameters = PLAIN,
    kind: MessageKind = "edit",
    pictures: int = 1,
) -> Reply:
    return Reply(source, instruction, target, parameters, kind, pictures)


BLUE = reply("make the house blue", "a blue house in a meadow, a small tree, day")


@pytest.mark.parametrize(
    ("instruction", "target"),
    [
        ("make the house blue", "a blue house in a meadow, a small tree, day"),
        ("add a lantern", "a red house in a meadow, a small tree, a lantern, day"),
        ("no tree", "a red house in a meadow, day"),
        ("remove the house", "a small tree in a meadow, day"),
        ("make it night", "a red house in a meadow, a small tree, night"),
        ("mach das Haus blau", "a blue house in a meadow, a small tree, day"),
        ("blue house, bigger tree and night", "a blue house in a meadow, a big tree, night"),
    ],
)
def test_a_change_of_a_part_is_an_edit(instruction: str, target: str) -> None:
    assert chosen(reply(instruction, target), EDITS) == "edit"


@pytest.mark.parametrize(
    ("instruction", "target"),
    [
        ("a fox instead", "a red fox in a meadow, a small tree, day"),  # another subject
        ("a ship at sea", "a white ship at sea, clouds, evening"),
        ("as a watercolour", "a red house in a meadow, a small tree, day, watercolour"),  # restyled
        ("im Stil eines Comics", "a red house in a meadow, a small tree, day, comic"),
        ("start over with a blue house", "a blue house in a meadow, a small tree, day"),  # asked for
        ("mal es ganz neu, mit blauem Haus", "a blue house in a meadow, a small tree, day"),
        (
            "blue house, in a desert, a tall tree, night, and rain",
            "a blue house in a desert, a tall tree, night, rain",
        ),  # too much at once
    ],
)
def test_another_picture_is_painted_anew(instruction: str, target: str) -> None:
    assert chosen(reply(instruction, target), EDITS) == "repaint"


def test_time_and_weather_are_painted_anew_where_places_are_found_by_the_prompts() -> None:
    by_prompts = replace(EDITS, by_prompts=True)
    night = reply(
        "make it night and add a lantern", "a red house and a lantern in a meadow, a small tree, night"
    )
    assert (chosen(night, EDITS), chosen(night, by_prompts)) == ("edit", "repaint")
    assert chosen(night, by_prompts, "edit") == "edit"
    assert chosen(BLUE, by_prompts) == "edit"


def test_nothing_is_edited_without_an_editor() -> None:
    assert chosen(BLUE, PAINTS) == "repaint"
    assert chosen(BLUE, PAINTS, "edit") == "repaint"


def test_what_is_set_wins_where_it_can() -> None:
    assert chosen(BLUE, EDITS, "repaint") == "repaint"
    fox = reply("a fox instead", "a red fox in a meadow, a small tree, day")
    assert chosen(fox, EDITS, "edit") == "edit"


def test_words_that_are_no_instruction_are_painted() -> None:
    exact = Parameters(seed=1, steps=4, guidance=1.0, width=64, height=64, exact=True)
    for parameters in (exact, replace(PLAIN, loras="comic"), replace(PLAIN, model="photo")):
        assert chosen(reply("blue", "a blue house", parameters=parameters), EDITS, "edit") == "repaint"
    assert chosen(reply("again", HOUSE, kind="again"), EDITS, "edit") == "repaint"
    assert chosen(reply("", HOUSE), EDITS, "edit") == "repaint"


def test_settings_in_a_reply_are_painted_and_offer_no_edit() -> None:
    wide = replace(PLAIN, width=96, changes=Changes(width=96, only=True))
    assert chosen(reply("3:2", HOUSE, parameters=wide), EDITS, "edit") == "repaint"
    assert chosen(replace(BLUE, parameters=replace(wide, changes=Changes(steps=9))), EDITS) == "repaint"


def test_of_several_pictures_one_must_be_picked_first() -> None:
    several = reply("make the house blue", BLUE.target, pictures=4)
    assert chosen(several, EDITS) == "repaint"
    assert chosen(several, EDITS, "edit") == "edit"


def test_a_picture_that_was_painted_over_another_is_kept_where_it_is_not_edited() -> None:
    varied = Parameters(seed=1, steps=4, guidance=1.0, width=64, height=64, keep=0.4)
    kept = reply("make the house blue", BLUE.target, parameters=varied)
    assert chosen(kept, PAINTS) == "keep"
    assert chosen(kept, Capabilities(strength=False)) == "repaint"
    assert chosen(kept, EDITS) == "edit"


def test_forms_count_as_whole_words() -> None:
    assert asks_anew("Start over, with a dog!")
    assert asks_anew("bitte ganz neu")
    assert not asks_anew("a repainted fence")


def test_words_about_two_pictures() -> None:
    for said in ("put this fox into that meadow", "Setz diesen Fuchs in das andere Bild"):
        assert joins_pictures(said)
    for said in ("make this house blue", "put the fox into the meadow", "mach es in blau"):
        assert not joins_pictures(said)


def test_changes_are_counted_by_place() -> None:
    assert changes("a red house", "a red house") == 0
    assert changes("a red house, day", "a small blue house, day") == 1
    assert changes("a red house, day", "a blue house, night") == 2


def turn(kind: TurnKind, way: Way | None, parameters: Parameters = PLAIN) -> Turn:
    return Turn(
        2, 1, 1, kind, Origin.MESSAGE, 5, "make it blue", HOUSE, BLUE.target, parameters, True,
        datetime(2026, 1, 1, tzinfo=UTC), way=way,
    )  # fmt: skip


def test_the_other_way_of_a_reply() -> None:
    assert other(turn(TurnKind.REFINE, "edit"), EDITS) == "repaint"
    assert other(turn(TurnKind.REFINE, "region"), EDITS) == "repaint"
    assert other(turn(TurnKind.REFINE, "repaint"), EDITS) == "edit"
    assert other(turn(TurnKind.REFINE, None), EDITS) == "edit"  # from before ways were recorded
    assert other(turn(TurnKind.OTHER_WAY, "edit"), EDITS) == "repaint"
    assert other(turn(TurnKind.REFINE, "repaint"), PAINTS) is None
    assert other(turn(TurnKind.VARY, "keep"), EDITS) is None
    assert other(turn(TurnKind.IMAGINE, "repaint"), EDITS) is None


def test_once_more_is_the_same_way_as_far_as_the_engine_has_it() -> None:
    assert way_again(turn(TurnKind.REFINE, "edit"), EDITS) == "edit"
    assert way_again(turn(TurnKind.REFINE, "region"), EDITS) == "region"
    assert way_again(turn(TurnKind.REFINE, "edit"), PAINTS) is None
    assert way_again(turn(TurnKind.REFINE, "repaint"), PAINTS) == "repaint"
