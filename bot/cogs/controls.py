"""What the buttons under a picture and the choices of their menu do."""

import io
import logging
from functools import partial

import discord
from discord.ext import commands

from bot.chat.api_errors import FAILURES
from bot.chat.replies import acknowledge, answer
from bot.chat.turn_info import fits_a_block, info
from bot.chat.views import PICKS, Action
from bot.client.client import DiffChatBot
from bot.domain.conversation import Conversation, Turn
from bot.i18n import Text
from bot.texts import answers as words

log = logging.getLogger(__name__)

_PAINTED_OVER = ((Action.VARY, 0.6, 1), (Action.REMIX, 0.25, 1), (Action.UPSCALE, 0.95, 2))
"""What is painted over a picture: how much of it stays, and how many times as large it gets."""


class Controls(commands.Cog):
    """One method for each button."""

    def __init__(self, bot: DiffChatBot) -> None:
        self.bot = bot
        self.turns = bot.services.turns
        bot.handle(Action.REROLL, self.reroll)
        bot.handle(Action.UNDO, self.undo)
        bot.handle(Action.REDO, self.redo)
        bot.handle(Action.INFO, self.info)
        bot.handle(Action.RECOMPOSE, self.recompose)
        for action, keep, scale in _PAINTED_OVER:
            bot.handle(action, partial(self.vary, keep=keep, scale=scale))
        for position, action in enumerate(PICKS):
            bot.handle(action, partial(self.pick, position=position))
        bot.handle(Action.DELETE, self.delete)
        bot.handle(Action.CANCEL, self.cancel)

    async def reroll(self, interaction: discord.Interaction, turn_id: int) -> None:
        """The same words with a new seed."""
        await acknowledge(interaction)
        allowed = await self.bot.admit(interaction)
        accepted = await self.turns.reroll(
            turn_id, interaction.user.id, request_id=interaction.id, allowed=allowed
        )
        self.bot.note(accepted, accepted.turn.instruction)

    async def vary(self, interaction: discord.Interaction, turn_id: int, *, keep: float, scale: int) -> None:
        """The same words painted over this picture."""
        await acknowledge(interaction)
        allowed = await self.bot.admit(interaction)
        accepted = await self.turns.vary(
            turn_id, interaction.user.id, keep, scale=scale, request_id=interaction.id, allowed=allowed
        )
        self.bot.note(accepted, accepted.turn.instruction)

    async def recompose(self, interaction: discord.Interaction, turn_id: int) -> None:
        """The same edit painted over the picture before it."""
        await acknowledge(interaction)
        allowed = await self.bot.admit(interaction)
        accepted = await self.turns.recompose(
            turn_id, interaction.user.id, request_id=interaction.id, allowed=allowed
        )
        self.bot.note(accepted, accepted.turn.instruction)

    async def pick(self, interaction: discord.Interaction, turn_id: int, *, position: int) -> None:
        """One of several pictures is chosen, said where everybody sees it."""
        await acknowledge(interaction)
        turn = await self.turns.pick(turn_id, interaction.user.id, position)
        conversation = await self.turns.conversation(turn.conversation_id)
        await self._point_at(interaction, conversation, turn, words.PICKED, number=position + 1)

    async def info(self, interaction: discord.Interaction, turn_id: int) -> None:
        """Everything that makes the picture again, for the person alone, ready to be copied."""
        turn = await self.turns.turn(turn_id)
        language = await self.bot.languages.of(interaction)
        prompt = turn.target_prompt or ""
        file = None if fits_a_block(prompt) else discord.File(io.BytesIO(prompt.encode()), "prompt.txt")
        await interaction.response.send_message(
            info(language, turn), ephemeral=True, file=file or discord.utils.MISSING
        )

    async def redo(self, interaction: discord.Interaction, turn_id: int) -> None:
        """The last undo taken back, said where everybody sees it."""
        await acknowledge(interaction)
        turn = await self.turns.turn(turn_id)
        moved = await self.turns.redo(turn.conversation_id, interaction.user.id)
        await self._point_at(interaction, moved.conversation, moved.turn, words.REDONE)

    async def undo(self, interaction: discord.Interaction, turn_id: int) -> None:
        """One picture back, said where everybody sees it."""
        await acknowledge(interaction)
        turn = await self.turns.turn(turn_id)
        moved = await self.turns.undo(turn.conversation_id, interaction.user.id)
        await self._point_at(interaction, moved.conversation, moved.turn, words.UNDONE)

    async def _point_at(
        self,
        interaction: discord.Interaction,
        conversation: Conversation,
        turn: Turn,
        text: Text,
        **fields: object,
    ) -> None:
        """Say `text` of the person as a reply to the turn's picture."""
        language = await self.bot.languages.around(interaction)
        said = text(language, person=interaction.user.mention, **fields)
        place = self.bot.get_partial_messageable(conversation.place_id, guild_id=conversation.guild_id)
        # somebody may have deleted the picture's message
        picture = discord.MessageReference(
            message_id=turn.message_id or 0, channel_id=conversation.place_id, fail_if_not_exists=False
        )
        await place.send(said, reference=picture)

    async def delete(self, interaction: discord.Interaction, turn_id: int) -> None:
        """Away with the picture, its words, its votes and its message."""
        await acknowledge(interaction)
        deleted = await self.turns.delete_turn(turn_id, interaction.user.id, _may_manage(interaction))
        log.info("Turn %s was deleted by %s", deleted.turn.id, interaction.user.id)
        language = await self.bot.languages.of(interaction)
        await answer(interaction, words.DELETED(language))
        if interaction.message is not None:
            await _take_away(interaction.message)

    async def cancel(self, interaction: discord.Interaction, turn_id: int) -> None:
        """End the work on a turn; its status line then says so."""
        await acknowledge(interaction)
        turn = await self.turns.cancel(turn_id, interaction.user.id, _may_manage(interaction))
        log.info("Turn %s was cancelled by %s", turn.id, interaction.user.id)


async def _take_away(message: discord.Message) -> None:
    """Delete a message, if somebody else has not done that yet."""
    try:
        await message.delete()
    except FAILURES as error:
        log.info("Message %s could not be deleted: %s", message.id, error)


def _may_manage(interaction: discord.Interaction) -> bool:
    """Whether the person moderates this place."""
    return interaction.guild_id is not None and interaction.permissions.manage_messages


async def setup(bot: DiffChatBot) -> None:
    """Called by discord.py's loader."""
    await bot.add_cog(Controls(bot))
