"""Before a picture is made larger it is said whether its file will fit where it goes."""

import pytest

from bot.chat.pictures.actions import Action, PictureState, more_groups
from bot.chat.pictures.larger import upload_note
from bot.domain.conversation import Image, Parameters
from bot.i18n import Language
from model.engine import Capabilities

IMAGE = Image(1, 1, 0, "0" * 64, 7, 1024, 1024)
MIB = 2**20


@pytest.mark.parametrize(("scale", "megabytes", "told"), [(2, 1, False), (4, 1, True), (2, 3, True)])
def test_a_file_that_will_hardly_fit_is_told_with_its_size_and_the_limit(
    scale: int, megabytes: int, told: bool
) -> None:
    larger = Parameters(7, 2, 3.0, 1024, 1024, scale=scale)
    note = upload_note(Language.ENGLISH, IMAGE, megabytes * MIB, larger, 10 * MIB)
    assert (note is not None) == told
    if note:
        assert f"{1024 * scale}×{1024 * scale} pixels" in note
        assert "10 MiB" in note


def offered(**state: object) -> set[Action]:
    groups = more_groups(PictureState(1, **state))  # type: ignore[arg-type]
    return {action for group in groups for action in group.actions} & {Action.UPSCALE, Action.MUCH_LARGER}


def test_the_buttons_are_those_that_can_be_done() -> None:
    both = {Action.UPSCALE, Action.MUCH_LARGER}
    assert offered(able=Capabilities(upscale=4), larger=4) == both
    assert offered(able=Capabilities(upscale=4, strength=False), larger=2) == {Action.UPSCALE}
    assert offered(able=Capabilities(strength=False)) == set()
    assert offered(able=Capabilities(upscale=4), larger=1) == set()
    assert offered() == {Action.UPSCALE}
