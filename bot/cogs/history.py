"""The edit tree by commands: /history shows it, /undo, /redo and /branch move in it."""

import asyncio
import io

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat import history_sheet
from bot.chat.history_sheet import Card
from bot.chat.permissions import require_posting
from bot.chat.prompt_diff import shorten
from bot.chat.views import Action
from bot.client.client import DiffChatBot
from bot.domain.conversation import Conversation, Turn
from bot.errors import GoneTurn, NoPictureYet, PictureLost
from bot.i18n import Text
from bot.texts import answers as words
from bot.texts import slash

_CHOICES = 25
_CHOICE_NAME = 100  # characters


class History(commands.Cog):
    """What was made in this conversation, and going back and forth in it."""

    def __init__(self, bot: DiffChatBot) -> None:
        self.bot = bot
        self.turns = bot.services.turns
        self.images = bot.services.images
        bot.handle(Action.HISTORY, self.on_menu)

    @app_commands.command(name="history", description=slash.HISTORY.en)
    async def history(self, interaction: discord.Interaction) -> None:
        """The sheet of the conversation of this place, for the person alone."""
        await self._show(interaction, (await self._conversation(interaction)).id)

    async def on_menu(self, interaction: discord.Interaction, turn_id: int) -> None:
        """The sheet of the conversation that a picture belongs to."""
        await self._show(interaction, (await self.turns.turn(turn_id)).conversation_id)

    @app_commands.command(name="undo", description=slash.UNDO.en)
    async def undo(self, interaction: discord.Interaction) -> None:
        """One picture back."""
        conversation = await self._conversation(interaction)
        moved = await self.turns.undo(conversation.id, interaction.user.id)
        await self._say(interaction, moved.turn, words.UNDONE)

    @app_commands.command(name="redo", description=slash.REDO.en)
    async def redo(self, interaction: discord.Interaction) -> None:
        """The last undo taken back."""
        conversation = await self._conversation(interaction)
        moved = await self.turns.redo(conversation.id, interaction.user.id)
        await self._say(interaction, moved.turn, words.REDONE)

    @app_commands.command(name="branch", description=slash.BRANCH.en)
    @app_commands.describe(picture=slash.BRANCH_PICTURE.en)
    async def branch(self, interaction: discord.Interaction, picture: int) -> None:
        """An older picture becomes the current one."""
        conversation = await self._conversation(interaction)
        tree = await self.turns.tree(conversation.id)
        cards = history_sheet.cards(tree, await self.bot.languages.of(interaction))
        chosen = next((card for card in cards if card.number == picture), None)
        if chosen is None:
            raise GoneTurn
        moved = await self.turns.branch(conversation.id, chosen.turn.id)
        await self._say(interaction, moved.turn, words.BRANCHED)

    @branch.autocomplete("picture")
    async def pictures(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[int]]:
        """The latest pictures whose number or words contain what was typed."""
        conversation = await self.turns.conversation_at(interaction.channel_id or 0)
        if conversation is None:
            return []
        tree = await self.turns.tree(conversation.id)
        cards = history_sheet.cards(tree, await self.bot.languages.of(interaction))
        named = [(card.number, f"{card.number}: {card.words}") for card in reversed(cards)]
        wanted = typed.casefold()
        return [
            app_commands.Choice(name=shorten(name, _CHOICE_NAME), value=number)
            for number, name in named
            if wanted in name.casefold()
        ][:_CHOICES]

    async def _conversation(self, interaction: discord.Interaction) -> Conversation:
        conversation = await self.turns.conversation_at(interaction.channel_id or 0)
        if conversation is None:
            raise NoPictureYet
        return conversation

    async def _show(self, interaction: discord.Interaction, conversation_id: int) -> None:
        language = await self.bot.languages.of(interaction)
        cards = history_sheet.cards(await self.turns.tree(conversation_id), language)
        if not cards:
            raise NoPictureYet
        await interaction.response.defer(ephemeral=True, thinking=True)
        shown = cards[-history_sheet.MOST :]
        sheet = await asyncio.to_thread(history_sheet.draw, shown, await self._pictures(shown), language)
        file = discord.File(
            io.BytesIO(sheet),
            "history.png",
            spoiler=any(image.spoiler for card in shown for image in card.turn.images),
            description=shorten("; ".join(f"{card.number}: {card.words}" for card in shown), 1024),
        )
        await interaction.followup.send(
            words.history(language, len(shown), len(cards)), file=file, ephemeral=True
        )

    async def _pictures(self, shown: list[Card]) -> dict[int, bytes]:
        """The first or picked picture of each turn; one whose file was lost is left out."""
        found: dict[int, bytes] = {}
        for card in shown:
            images = card.turn.images
            try:
                if images:
                    chosen = images[min(card.turn.parameters.picked or 0, len(images) - 1)]
                    found[card.turn.id] = await self.images.read(chosen)
            except PictureLost:
                continue  # its card stays empty
        return found

    async def _say(self, interaction: discord.Interaction, turn: Turn, text: Text) -> None:
        """Say where everybody sees it, with the way to the picture."""
        require_posting(interaction)
        where = f"https://discord.com/channels/{interaction.guild_id or '@me'}/{interaction.channel_id}"
        said = text(await self.bot.languages.around(interaction), person=interaction.user.mention)
        await interaction.response.send_message(f"{said} {where}/{turn.message_id}")


async def setup(bot: DiffChatBot) -> None:
    """Called by discord.py's loader."""
    await bot.add_cog(History(bot))
