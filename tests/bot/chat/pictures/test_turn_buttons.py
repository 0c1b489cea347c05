"""What decides which buttons a turn has, read when More… is pressed."""

from pathlib import Path

from bot.chat.pictures.actions import Moves
from bot.chat.pictures.turn_buttons import TurnButtons
from model.engine import Capabilities
from tests.bot.house import ANN, open_house


async def test_the_state_of_a_turn_is_that_of_its_conversation_and_of_the_engine_now(tmp_path: Path) -> None:
    able = Capabilities(strength=False)
    async with open_house(tmp_path) as house:
        first = await house.imagined("a fox")
        buttons = TurnButtons(trees=house.trees, able=lambda _: able)
        assert (await buttons.state(first)).moves == Moves(undo=False, redo=False)
        second = await house.refined(first.conversation_id, "make it night")
        state = await buttons.state(second)
        assert (state.turn_id, state.edited, state.able) == (second.id, True, able)
        assert state.moves == Moves(undo=True, redo=False)
        await house.trees.undo(first.conversation_id, ANN)
        assert (await buttons.state(second)).moves == Moves(undo=False, redo=True)
