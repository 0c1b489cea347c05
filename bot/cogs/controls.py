"""What the buttons under a picture and the choices of their menu do, but for Undo and Redo."""

import io
import logging
from functools import partial

import discord
from discord.ext import commands

from bot.chat.api_errors import FAILURES
from bot.chat.languages import Languages
from bot.chat.replies import acknowledge, answer
from bot.chat.turn_buttons import TurnButtons
from bot.chat.turn_info import fits_a_block, info
from bot.chat.turn_requests import TurnRequests
from bot.chat.views import Action
from bot.client.client import DiffChatBot
from bot.services.turns import TurnService
from bot.texts import answers as words

log = logging.getLogger(__name__)

_PAINTED_OVER = ((Action.VARY, 0.6, 1), (Action.REMIX, 0.25, 1), (Action.UPSCALE, 0.95, 2))
"""What is painted over a picture: how much of it stays, and how many times as large it gets."""


class Controls(commands.Cog):
    """One method for each button."""

    def __init__(
        self,
        bot: DiffChatBot,
        *,
        requests: TurnRequests,
        turns: TurnService,
        buttons: TurnButtons,
        languages: Languages,
    ) -> None:
        self.bot = bot
        self.buttons = buttons
        self.requests = requests
        self.turns = turns
        self.languages = languages
        bot.buttons.handle(Action.REROLL, self.reroll)
        bot.buttons.handle(Action.INFO, self.info)
        bot.buttons.handle(Action.RECOMPOSE, self.recompose)
        for action, keep, scale in _PAINTED_OVER:
            bot.buttons.handle(action, partial(self.vary, keep=keep, scale=scale))
        bot.buttons.handle(Action.DELETE, self.delete)
        bot.buttons.handle(Action.CANCEL, self.cancel)

    async def reroll(self, interaction: discord.Interaction, turn_id: int) -> None:
        """The same words with a new seed."""
        await self.requests.on_press(
            interaction,
            lambda allowed: self.turns.reroll(
                turn_id, interaction.user.id, request_id=interaction.id, allowed=allowed
            ),
        )

    async def vary(self, interaction: discord.Interaction, turn_id: int, *, keep: float, scale: int) -> None:
        """The same words painted over this picture."""
        await self.requests.on_press(
            interaction,
            lambda allowed: self.turns.vary(
                turn_id, interaction.user.id, keep, scale=scale, request_id=interaction.id, allowed=allowed
            ),
        )

    async def recompose(self, interaction: discord.Interaction, turn_id: int) -> None:
        """The same edit painted over the picture before it."""
        await self.requests.on_press(
            interaction,
            lambda allowed: self.turns.recompose(
                turn_id, interaction.user.id, request_id=interaction.id, allowed=allowed
            ),
        )

    async def info(self, interaction: discord.Interaction, turn_id: int) -> None:
        """Everything that makes the picture again, for the person alone, ready to be copied."""
        turn = await self.turns.turn(turn_id)
        language = await self.languages.of(interaction)
        prompt = turn.target_prompt or ""
        file = None if fits_a_block(prompt) else discord.File(io.BytesIO(prompt.encode()), "prompt.txt")
        await interaction.response.send_message(
            info(language, turn), ephemeral=True, file=file or discord.utils.MISSING
        )

    async def delete(self, interaction: discord.Interaction, turn_id: int) -> None:
        """Away with the picture, its words, its votes and its message."""
        await acknowledge(interaction)
        deleted = await self.turns.delete_turn(turn_id, interaction.user.id, _may_manage(interaction))
        log.info("Turn %s was deleted by %s", deleted.turn.id, interaction.user.id)
        language = await self.languages.of(interaction)
        await answer(interaction, words.DELETED(language))
        if interaction.message is not None:
            await _take_away(interaction.message)
        await self.buttons.refresh(self.bot, deleted.conversation.id)

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
    has = bot.services
    await bot.add_cog(
        Controls(bot, requests=has.requests, turns=has.turns, buttons=has.buttons, languages=has.languages)
    )
