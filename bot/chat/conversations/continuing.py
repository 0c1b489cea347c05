"""A turn opened as a new thread, in a forum as a new post, in a private chat in the chat itself.

It is stored before it is acknowledged, as a conversation of the present place. A bot that is killed before it
opened the thread posts the picture there at its next start.
"""

from typing import Any

import discord

from bot.chat.conversations import threads
from bot.chat.requests.replies import acknowledging
from bot.chat.requests.turn_requests import TurnRequests
from bot.chat.wording.languages import Languages
from bot.domain.limits import Allowance
from bot.services.edit_trees import EditTrees
from bot.services.personal_limits import PersonalLimits
from bot.services.turn_results import Accepted
from bot.services.turns import TurnService
from bot.texts import answers as words


class Continuing:
    """Goes on from pictures elsewhere; the edits made there leave the older place alone."""

    def __init__(
        self,
        *,
        requests: TurnRequests,
        turns: TurnService,
        trees: EditTrees,
        languages: Languages,
        personal: PersonalLimits,
    ) -> None:
        self._requests = requests
        self._turns = turns
        self._trees = trees
        self._languages = languages
        self._personal = personal

    async def go_on(self, interaction: discord.Interaction[Any], turn_id: int) -> None:
        """Begin a conversation with this picture here, and tell the person alone where.

        Raises what `TurnRequests.admit`, `threads.parent_of` and `TurnService.continue_elsewhere` do.
        """
        if interaction.guild_id is None:
            await self._in_private(interaction, turn_id)
            return
        parent = threads.parent_of(interaction)
        tags = threads.tags_for(parent, interaction.channel)
        turn = await self._trees.turn(turn_id)
        allowed = await self._requests.admit(interaction)
        await self._personal.count(interaction.user.id)
        storing = self._stored(interaction, turn_id, allowed, placed=False)
        accepted = await acknowledging(interaction, storing, thinking=True)
        if not accepted.new:
            return
        public = await self._languages.around(interaction)
        title = turn.target_prompt or words.THREAD_TITLE_WITHOUT_WORDS(public)
        starter = threads.starter_text(public, interaction.user, title)
        try:
            async with self._personal.alone(interaction.user.id):
                thread = await threads.open_in(parent, title, starter, tags)
        except Exception as error:
            await self._turns.abandon(accepted, error)
            raise
        accepted = await self._turns.place(accepted, thread.id, parent.id)
        self._requests.note(accepted)
        language = await self._languages.of(interaction)
        await interaction.followup.send(words.CONTINUED(language, thread=thread.mention), ephemeral=True)

    async def _in_private(self, interaction: discord.Interaction[Any], turn_id: int) -> None:
        allowed = await self._requests.admit(interaction)
        await self._personal.count(interaction.user.id)
        storing = self._stored(interaction, turn_id, allowed, placed=True)
        self._requests.note(await acknowledging(interaction, storing))

    async def _stored(
        self, interaction: discord.Interaction[Any], turn_id: int, allowed: Allowance, *, placed: bool
    ) -> Accepted:
        """The turn, stored in the present place; counted against the person before anything is opened."""
        person = interaction.user.id
        async with self._personal.alone(person):
            await self._turns.check_room(person, interaction.guild_id, allowed)
            await self._personal.count_thread(person)
            return await self._turns.continue_elsewhere(
                turn_id,
                person,
                guild_id=interaction.guild_id,
                channel_id=interaction.channel_id or 0,
                request_id=interaction.id,
                allowed=allowed,
                placed=placed,
            )
