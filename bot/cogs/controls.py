"""What the buttons 🎲 Reroll, ↩️ Undo, 🗑️ Delete and ✖️ Cancel do."""

import logging

import discord
from discord.ext import commands

from bot import words
from bot.client import DiffChatBot
from bot.conversation import Conversation, Turn
from bot.permissions import require_posting
from bot.views import Action

log = logging.getLogger(__name__)


class Controls(commands.Cog):
    """One method for each button."""

    def __init__(self, bot: DiffChatBot) -> None:
        self.bot = bot
        self.turns = bot.services.turns
        bot.handle(Action.REROLL, self.reroll)
        bot.handle(Action.UNDO, self.undo)
        bot.handle(Action.DELETE, self.delete)
        bot.handle(Action.CANCEL, self.cancel)

    async def reroll(self, interaction: discord.Interaction, turn_id: int) -> None:
        """The same words with a new seed."""
        require_posting(interaction)
        accepted = await self.turns.reroll(turn_id, interaction.user.id, request_id=interaction.id)
        self.bot.note(accepted, accepted.turn.instruction)
        await interaction.response.defer()

    async def undo(self, interaction: discord.Interaction, turn_id: int) -> None:
        """One picture back, said where everybody sees it."""
        turn = await self.turns.turn(turn_id)
        moved = await self.turns.undo(turn.conversation_id, interaction.user.id)
        await interaction.response.defer()
        await self._point_at(moved.conversation, moved.turn, words.undone(interaction.user.mention))

    async def _point_at(self, conversation: Conversation, turn: Turn, text: str) -> None:
        """Say `text` as a reply to the turn's picture."""
        place = self.bot.get_partial_messageable(conversation.place_id, guild_id=conversation.guild_id)
        await place.send(text, reference=place.get_partial_message(turn.message_id or 0))

    async def delete(self, interaction: discord.Interaction, turn_id: int) -> None:
        """Away with the picture, its words, its votes and its message."""
        deleted = await self.turns.delete_turn(turn_id, interaction.user.id, _may_manage(interaction))
        log.info("Turn %s was deleted by %s", deleted.turn.id, interaction.user.id)
        await interaction.response.send_message(words.DELETED, ephemeral=True)
        if interaction.message is not None:
            await interaction.message.delete()

    async def cancel(self, interaction: discord.Interaction, turn_id: int) -> None:
        """End the work on a turn; its status line then says so."""
        await interaction.response.defer()
        turn = await self.turns.cancel(turn_id, interaction.user.id, _may_manage(interaction))
        log.info("Turn %s was cancelled by %s", turn.id, interaction.user.id)


def _may_manage(interaction: discord.Interaction) -> bool:
    """Whether the person moderates this place."""
    return interaction.guild_id is not None and interaction.permissions.manage_messages


async def setup(bot: DiffChatBot) -> None:
    """Called by discord.py's loader."""
    await bot.add_cog(Controls(bot))
