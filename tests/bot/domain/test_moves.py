"""Where words move a conversation's head to."""

import pytest

from bot.domain.conversation import TurnKind
from bot.domain.moves import moved
from bot.domain.said_commands import Asked, Request
from bot.errors import NoSuchPicture
from tests.wishes.bot_path import Talk


def two_branches() -> Talk:
    """A house (1); by night (2), with a fox (3); and from the house again: by night (4), with a boat (5)."""
    talk = Talk.about("a house")
    for prompt in ("a house at night", "a house and a fox at night"):
        talk.paint(TurnKind.REFINE, "", prompt)
    talk.tree = talk.tree.go_to(1)
    for prompt in ("a house at night", "a house and a boat at night"):
        talk.paint(TurnKind.REFINE, "", prompt)
    return talk


@pytest.mark.parametrize(("head", "to"), [(3, 2), (5, 4)])
def test_of_two_pictures_of_one_prompt_the_one_that_led_here_is_meant(head: int, to: int) -> None:
    tree = two_branches().tree.go_to(head)
    assert moved(tree, Request(Asked.BACK, "a house at night")).head_turn_id == to


def test_a_picture_of_another_branch_is_found() -> None:
    tree = two_branches().tree
    assert moved(tree, Request(Asked.BACK, "A house and a fox, at night")).head_turn_id == 3


def test_the_present_picture_is_nothing_to_go_back_to() -> None:
    with pytest.raises(NoSuchPicture):
        moved(two_branches().tree, Request(Asked.BACK, "a house and a boat at night"))
