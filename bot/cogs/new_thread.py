"""A turn opened as a new thread: beside the present one, or in a forum as a new post.

It is stored before it is acknowledged, as a conversation of the present place. A bot that is killed before it
opened the thread posts the picture there at its next start.
"""

import discord
from discord.ext import commands

from bot.chat.conversations import threads
from bot.chat.pictures.actions import Action
from bot.chat.requests.replies import acknowledging
from bot.chat.requests.turn_requests import TurnRequests
from bot.chat.wording.languages import Languages
from bot.client.client import DiffChatBot
from bot.domain.limits import Allowance
from bot.services.edit_trees import EditTrees
from bot.services.personal_limits import PersonalLimits
from bot.services.turn_results import Accepted
from bot.services.turns import TurnService
from bot.texts import answers as words


class NewThread(commands.Cog):
    """The choice "New thread" of the menu under a picture."""

    def __init__(
        self,
        bot: DiffChatBot,
        *,
        requests: TurnRequests,
        turns: TurnService,
        trees: EditTrees,
        languages: Languages,
        personal: PersonalLimits,
    ) -> None:
        self.requests = requests
        self.turns = turns
        self.trees = trees
        self.languages = languages
        self.personal = personal
        bot.buttons.handle(Action.THREAD, self.new_thread)

    async def new_thread(self, interaction: discord.Interaction, turn_id: int) -> None:
        """A thread of its own that begins with this picture; the edits made in it leave this place alone."""
        parent = threads.parent_of(interaction)
        tags = threads.tags_for(parent, interaction.channel)
        turn = await self.trees.turn(turn_id)
        allowed = await self.requests.admit(interaction)
        await self.personal.count(interaction.user.id)
        storing = self._stored(interaction, turn_id, allowed)
        accepted = await acknowledging(interaction, storing, thinking=True)
        if not accepted.new:
            return
        public = await self.languages.around(interaction)
        title = turn.target_prompt or words.THREAD_TITLE_WITHOUT_WORDS(public)
        starter = threads.starter_text(public, interaction.user, title)
        try:
            async with self.personal.alone(interaction.user.id):
                thread = await threads.open_in(parent, title, starter, tags)
        except Exception as error:
            await self.turns.abandon(accepted, error)
            raise
        accepted = await self.turns.place(accepted, thread.id, parent.id)
        self.requests.note(accepted)
        language = await self.languages.of(interaction)
        await interaction.followup.send(words.CONTINUED(language, thread=thread.mention), ephemeral=True)

    async def _stored(self, interaction: discord.Interaction, turn_id: int, allowed: Allowance) -> Accepted:
        """The turn, stored in the present place; counted against the person before anything is opened."""
        person = interaction.user.id
        async with self.personal.alone(person):
            await self.turns.check_room(person, interaction.guild_id, allowed)
            await self.personal.count_thread(person)
            return await self.turns.continue_elsewhere(
                turn_id,
                person,
                guild_id=interaction.guild_id,
                channel_id=interaction.channel_id or 0,
                request_id=interaction.id,
                allowed=allowed,
                placed=False,
            )


async def setup(bot: DiffChatBot) -> None:
    """Called by discord.py's loader."""
    has = bot.services
    await bot.add_cog(
        NewThread(
            bot,
            requests=has.requests,
            turns=has.turns,
            trees=has.trees,
            languages=has.languages,
            personal=has.personal,
        )
    )
