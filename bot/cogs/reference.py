"""As reference: the current picture painted after another one of the conversation, asked for by a button."""

import discord
from discord.ext import commands

from bot.chat.conversations.reference_requests import ReferenceRequests
from bot.chat.pictures.actions import Action
from bot.chat.pictures.reference_form import ReferenceForm, filled_in
from bot.chat.requests.replies import answering
from bot.chat.requests.turn_requests import TurnRequests
from bot.chat.wording.languages import Languages
from bot.client.client import DiffChatBot
from bot.services.edit_trees import EditTrees


class Reference(commands.Cog):
    """The button behind More… and its form, which takes words of at most `longest` characters."""

    def __init__(
        self,
        bot: DiffChatBot,
        *,
        requests: TurnRequests,
        references: ReferenceRequests,
        trees: EditTrees,
        languages: Languages,
        longest: int,
    ) -> None:
        self.bot = bot
        self.requests = requests
        self.references = references
        self.trees = trees
        self.languages = languages
        self.longest = longest
        bot.buttons.handle(Action.AS_REFERENCE, self.ask)

    async def ask(self, interaction: discord.Interaction, turn_id: int) -> None:
        """Open the form, unless the picture is gone."""
        await self.requests.admit(interaction)
        await self.trees.live(turn_id)
        language = await self.languages.of(interaction)
        await interaction.response.send_modal(ReferenceForm(turn_id, self.longest, language))

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Take a form that was sent off, whenever it had been opened."""
        form = filled_in(interaction)
        if form is None or not self.bot.seen.first_time(interaction.id):
            return
        turn_id, asked = form
        async with answering(interaction, self.languages):
            await self.bot.buttons.check(Action.AS_REFERENCE, interaction, turn_id)
            await self.requests.on_press(interaction, self.references.from_form(interaction, turn_id, asked))


async def setup(bot: DiffChatBot) -> None:
    """Called by the client when it starts."""
    has = bot.services
    await bot.add_cog(
        Reference(
            bot,
            requests=has.requests,
            references=has.references,
            trees=has.trees,
            languages=has.languages,
            longest=has.settings.imagine.max_prompt_chars,
        )
    )
