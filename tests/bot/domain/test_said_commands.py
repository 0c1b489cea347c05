"""Whole messages that are commands, in every language; everything else is left to the model."""

import pytest

from bot.domain.said_commands import Asked, Request, command_in


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("undo", Request(Asked.UNDO)),
        ("Undo that, please!", Request(Asked.UNDO)),
        ("Mach das bitte rückgängig.", Request(Asked.UNDO)),
        ("**redo**", Request(Asked.REDO)),
        ("nochmal von vorn", Request(Asked.RESTART)),
        ("Noch mal!", Request(Asked.AGAIN)),
        ("variations", Request(Asked.VARY)),
        ("pick two", Request(Asked.CHOOSE, "2")),
        ("Nimm Nummer 3", Request(Asked.CHOOSE, "3")),
        ("which seed?", Request(Asked.QUESTION)),
    ],
)
def test_a_whole_message_is_a_command(text: str, asked: Request) -> None:
    assert command_in(text) == asked


@pytest.mark.parametrize(
    "text",
    [
        "undo the lantern but keep the snow",
        "go back to the robot",
        "paint the house again",
        "two",
        "larger",
        "please",
        "",
        "???",
    ],
)
def test_what_says_more_or_something_else_is_no_command(text: str) -> None:
    assert command_in(text) is None
