"""/history: all pictures of a conversation on one sheet, with their numbers for /branch."""

import asyncio
import io

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.pictures import history_sheet
from bot.chat.pictures.actions import Action
from bot.chat.pictures.history_sheet import Card
from bot.chat.wording.languages import Languages
from bot.chat.wording.prompt_diff import shorten
from bot.client.client import DiffChatBot
from bot.domain.picked import picked_image
from bot.errors import NoPictureYet, PictureLost
from bot.services.edit_trees import EditTrees
from bot.services.personal_limits import PersonalLimits
from bot.store.images import ImageStore
from bot.texts import answers as words
from bot.texts import slash

_ALT_TEXT = 1024  # characters, Discord's limit


class History(commands.Cog):
    """The command, and the choice "History" of the menu under a picture."""

    def __init__(
        self,
        bot: DiffChatBot,
        *,
        trees: EditTrees,
        images: ImageStore,
        languages: Languages,
        personal: PersonalLimits,
    ) -> None:
        self.trees = trees
        self.images = images
        self.languages = languages
        self.personal = personal
        bot.buttons.handle(Action.HISTORY, self.on_menu)

    @app_commands.command(name="history", description=slash.HISTORY.en)
    async def history(self, interaction: discord.Interaction) -> None:
        """The sheet of the conversation of this place, for the person alone."""
        conversation = await self.trees.conversation_here(interaction.channel_id or 0)
        await self._show(interaction, conversation.id)

    async def on_menu(self, interaction: discord.Interaction, turn_id: int) -> None:
        """The sheet of the conversation that a picture belongs to."""
        await self._show(interaction, (await self.trees.turn(turn_id)).conversation_id)

    async def _show(self, interaction: discord.Interaction, conversation_id: int) -> None:
        language = await self.languages.of(interaction)
        cards = history_sheet.cards(await self.trees.tree(conversation_id), language)
        if not cards:
            raise NoPictureYet
        await self.personal.count(interaction.user.id)
        await interaction.response.defer(ephemeral=True, thinking=True)
        shown = cards[-history_sheet.MOST :]
        async with self.personal.working(interaction.user.id):
            sheet = await asyncio.to_thread(history_sheet.draw, shown, await self._pictures(shown), language)
        file = discord.File(
            io.BytesIO(sheet),
            "history.png",
            spoiler=any(image.spoiler for card in shown for image in card.turn.images),
            description=shorten("; ".join(f"{card.number}: {card.words}" for card in shown), _ALT_TEXT),
        )
        await interaction.followup.send(
            words.history(language, len(shown), len(cards)), file=file, ephemeral=True
        )

    async def _pictures(self, shown: list[Card]) -> dict[int, bytes]:
        """The first or picked picture of each turn; one whose file was lost is left out."""
        found: dict[int, bytes] = {}
        for card in shown:
            try:
                if card.turn.images:
                    found[card.turn.id] = await self.images.read(picked_image(card.turn))
            except PictureLost:
                continue  # its card stays empty
        return found


async def setup(bot: DiffChatBot) -> None:
    """Called by the client when it starts."""
    has = bot.services
    await bot.add_cog(
        History(bot, trees=has.trees, images=has.images, languages=has.languages, personal=has.personal)
    )
