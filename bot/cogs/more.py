"""More…: the buttons that have no room under a picture, shown to the person who asks for them."""

from dataclasses import replace

import discord
from discord.ext import commands

from bot.chat.discord_api.asker import moderates_here
from bot.chat.pictures.actions import Action
from bot.chat.pictures.turn_buttons import TurnButtons
from bot.chat.pictures.views import more_view
from bot.chat.wording.languages import Languages
from bot.client.client import DiffChatBot
from bot.services.edit_trees import EditTrees


class More(commands.Cog):
    """The button More… under every picture."""

    def __init__(
        self, bot: DiffChatBot, *, trees: EditTrees, buttons: TurnButtons, languages: Languages
    ) -> None:
        self.trees = trees
        self.buttons = buttons
        self.languages = languages
        bot.buttons.handle(Action.MORE, self.more)

    async def more(self, interaction: discord.Interaction, turn_id: int) -> None:
        """The other buttons, as this person can press them now, in their own language."""
        turn = await self.trees.turn(turn_id)
        deletable = turn.author_id == interaction.user.id or moderates_here(interaction)
        state = replace(await self.buttons.state(turn), deletable=deletable)
        view = more_view(state, await self.languages.of(interaction))
        await interaction.response.send_message(view=view, ephemeral=True)


async def setup(bot: DiffChatBot) -> None:
    """Called by the client when it starts."""
    has = bot.services
    await bot.add_cog(More(bot, trees=has.trees, buttons=has.buttons, languages=has.languages))
