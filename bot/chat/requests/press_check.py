"""Whether a button, menu or form may act on what its `custom_id` names.

Messages stay on Discord when the database is restored or replaced. The number in an old button's `custom_id`
may then belong to somebody else's turn. So every press is compared with the message it came from and with its
place: a turn is seen and changed only in the private chat, channel or thread it was made in.
"""

from datetime import timedelta
from typing import Any

import discord

from bot.chat.pictures.actions import Action
from bot.domain.conversation import Turn
from bot.errors import GoneTurn, OldButton
from bot.services.edit_trees import EditTrees

_CLOCK_SKEW = timedelta(minutes=2)  # between this machine and Discord
_LARGEST = 2**63  # SQLite's numbers end before it; a custom_id may carry one digit more

# not under the picture: the status line, the question whether to delete, the offer of a file's settings, the
# choice of a region
_ELSEWHERE = (Action.CANCEL, Action.DELETE_NOW, Action.SETTINGS, Action.REGION_HERE)
_PRIVATE = (Action.DELETE_NOW, Action.SETTINGS, Action.REGION_HERE)


class PressCheck:
    """Raises `OldButton` where a press does not belong to what it names."""

    def __init__(self, trees: EditTrees) -> None:
        self._trees = trees

    async def of_turn(self, action: Action, interaction: discord.Interaction[Any], turn_id: int) -> None:
        """A button, menu or form of a turn. Raises `OldButton`, or `GoneTurn` for a deleted one."""
        turn = await self._trees.known(turn_id) if turn_id < _LARGEST else None
        if turn is None:
            raise OldButton
        conversation = await self._trees.conversation(turn.conversation_id)
        places = {conversation.place_id}
        if action is Action.SETTINGS:  # offered where the command was typed, not in the thread it opened
            places.add(conversation.channel_id)
        if interaction.guild_id != conversation.guild_id or interaction.channel_id not in places:
            raise OldButton
        if turn.deleted_at is not None:
            raise GoneTurn
        if action in _PRIVATE:
            shown_to_its_person(interaction)
        # "Interaction Structure": the message is there for a form too if a button opened it, but Discord does
        # not promise it
        if interaction.message is not None:
            _from_its_message(action, interaction, interaction.message, turn)


def _from_its_message(
    action: Action, interaction: discord.Interaction[Any], message: discord.Message, turn: Turn
) -> None:
    """Raise `OldButton` unless the message is one that shows this button of the turn."""
    if pressed_behind_more(action, interaction):
        _behind_more(interaction, message, turn)
    elif action not in _ELSEWHERE and turn.message_id is not None:
        under_message(interaction, turn.message_id)
    elif not (_is_ours(interaction, message) and message.id > _asked(turn)):
        raise OldButton


def pressed_behind_more(action: Action, interaction: discord.Interaction[Any]) -> bool:
    """Whether the button of a picture was pressed in what More… shows to its person."""
    message = interaction.message
    return message is not None and message.flags.ephemeral and action not in _ELSEWHERE


def under_message(interaction: discord.Interaction[Any], message_id: int) -> None:
    """Raise `OldButton` unless the press came from this message."""
    if interaction.message is None or interaction.message.id != message_id:
        raise OldButton


def _behind_more(interaction: discord.Interaction[Any], message: discord.Message, turn: Turn) -> None:
    """Raise `OldButton` unless this person was shown the message for pressing More… under the picture."""
    shown_to_its_person(interaction)
    asked = message.interaction_metadata
    pressed_in = asked.interacted_message_id if asked else None
    if pressed_in is None or pressed_in <= _asked(turn) or turn.message_id not in (None, pressed_in):
        raise OldButton


def under_ours(interaction: discord.Interaction[Any], channel_id: int) -> None:
    """Raise `OldButton` unless the press came from a message of this bot in this channel."""
    message = interaction.message
    if message is None or not _is_ours(interaction, message) or interaction.channel_id != channel_id:
        raise OldButton


def shown_to_its_person(interaction: discord.Interaction[Any]) -> None:
    """Raise `OldButton` unless the press came from an answer that this person alone was shown."""
    message = interaction.message
    if message is None or not message.flags.ephemeral or not _is_ours(interaction, message):
        raise OldButton
    asked = message.interaction_metadata
    if asked is not None and asked.user.id != interaction.user.id:
        raise OldButton


def _is_ours(interaction: discord.Interaction[Any], message: discord.Message) -> bool:
    me = interaction.client.user
    return me is not None and message.author.id == me.id


def _asked(turn: Turn) -> int:
    """What every message about the turn is newer than, by Discord's own clock where that is known."""
    return turn.request_id or discord.utils.time_snowflake(turn.created_at - _CLOCK_SKEW)
