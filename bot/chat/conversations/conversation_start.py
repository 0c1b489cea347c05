"""Beginning a conversation from words, in its own thread where possible. From a picture: `picture_start`."""

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any

import discord

from bot.chat.conversations import threads
from bot.chat.discord_api.api_errors import FAILURES
from bot.chat.discord_api.permissions import may_open_thread
from bot.chat.requests.turn_requests import TurnRequests
from bot.chat.wording.languages import Languages
from bot.domain.conversation import Origin
from bot.domain.limits import Allowance
from bot.domain.options import PLAIN, Options
from bot.domain.preferences import Place
from bot.errors import StoreError, TagRequired
from bot.services.own_words import OwnWordsService, Said
from bot.services.turn_results import Accepted, Wish
from bot.services.turns import TurnService
from bot.store.preferences import PreferenceStore
from bot.texts import answers as words

log = logging.getLogger(__name__)

_PATIENCE = 1.5  # seconds, of the three that Discord gives for an acknowledgement


class ConversationStarter:
    """Begins conversations for interactions and private messages.

    `place` is where first pictures come for those who have not chosen.
    """

    def __init__(
        self,
        *,
        turns: TurnService,
        requests: TurnRequests,
        languages: Languages,
        preferences: PreferenceStore,
        max_count: int,
        own_words: OwnWordsService,
        place: Place = "thread",
    ) -> None:
        self._turns = turns
        self._requests = requests
        self._languages = languages
        self._preferences = preferences
        self._max_count = max_count
        self._own_words = own_words
        self._place = place

    async def with_preferences(self, user_id: int, said: Options) -> Options:
        """What the person said, with their preferences where they said nothing."""
        preferred = await self._preferences.of(user_id)
        return preferred.fill(said, self._turns.styles, self._max_count)

    async def said(self, prompt: str, options: Options, person: int, guild_id: int | None) -> Said:
        """The words without flags, and the options that these, a command and preferences come to.

        Raises `BadOption` for a flag's value.
        """
        said = await self._own_words.read(prompt, options, person, guild_id)
        filled = await self.with_preferences(person, said.options)
        return replace(said, options=filled)

    async def from_words(
        self,
        interaction: discord.Interaction[Any],
        said: Said,
        allowed: Allowance,
        origin: Origin = Origin.SLASH,
    ) -> None:
        """Check first, store, acknowledge, open the place, then queue the work. `origin` is the words'."""
        wish = await self._turns.check(
            said.words,
            interaction.user.id,
            said.options,
            guild_id=interaction.guild_id,
            allowed=allowed,
            lists=said.lists,
        )
        kept = await self.keep(interaction, wish, origin, allowed)
        if kept is not None:
            await self.begin_with_words(interaction, kept, said, wish)

    async def begin_with_words(
        self, interaction: discord.Interaction[Any], kept: asyncio.Future[Accepted], said: Said, wish: Wish
    ) -> None:
        """Begin under the words of a command; where several are drawn, the words that they are drawn from
        are what they have in common."""
        title = said.words if wish.others else wish.prompt
        language = await self._languages.around(interaction)
        await self.begin(interaction, kept, threads.starter_text(language, interaction.user, title), title)

    async def from_message(self, message: discord.Message) -> None:
        """Paint the words of a private message, as /imagine would. Raises what `TurnService` does."""
        said = await self.said(message.content, PLAIN, message.author.id, None)
        await self._requests.carry_out(
            message,
            lambda allowed: self._turns.start_conversation(
                self._turns.wish(said.words, said.options, allowed, said.lists),
                author_id=message.author.id,
                origin=Origin.MESSAGE,
                guild_id=None,
                channel_id=message.channel.id,
                request_id=message.id,
                allowed=allowed,
            ),
        )

    async def keep(
        self,
        interaction: discord.Interaction[Any],
        wish: Wish,
        origin: Origin,
        allowed: Allowance,
    ) -> asyncio.Future[Accepted] | None:
        """Store the wish before it is acknowledged, so that a killed bot loses nothing it acknowledged.

        Where the database is slow, storing goes on when this returns: Discord waits three seconds for some
        answer. None where Discord delivered the same command before.
        """
        keeping = asyncio.ensure_future(
            self._turns.start_conversation(
                wish,
                author_id=interaction.user.id,
                origin=origin,
                guild_id=interaction.guild_id,
                channel_id=interaction.channel_id or 0,
                request_id=interaction.id,
                allowed=allowed,
                placed=False,
            )
        )
        # wait() leaves the task running when the time is up, where wait_for() would cancel it
        await asyncio.wait({keeping}, timeout=_PATIENCE)
        return None if keeping.done() and not keeping.result().new else keeping

    async def begin(
        self,
        interaction: discord.Interaction[Any],
        keeping: asyncio.Future[Accepted],
        text: str,
        title: str,
        *,
        beside: discord.TextChannel | discord.ForumChannel | None = None,
    ) -> Accepted:
        """Say `text`, open the place, then queue; when nothing could be kept, that is taken back.

        The thread is opened in the channel `beside`, or else on the acknowledgement, unless the person wants
        the picture in the channel itself.
        """
        starter = await _acknowledged(interaction, _said(interaction, keeping, text))
        try:
            accepted = await keeping
        except Exception:
            await _take_away(interaction)
            raise
        thread: discord.Thread | None = None
        try:
            if beside is not None:
                thread = await self._open_beside(interaction, beside, starter, title)
            elif await self._place_of(interaction.user.id) == "thread":
                thread = await _open_thread(interaction, starter, title)
        # Also where opening the thread failed or was cancelled: a turn that is stored and never placed would
        # wait for the next start
        finally:
            where = (thread.id, thread.parent_id) if thread else (None, None)
            accepted = await self._turns.place(accepted, *where)
        self._requests.note(accepted)
        return accepted

    async def _place_of(self, user_id: int) -> Place:
        """Where a first picture of this person comes."""
        try:
            preferred = await self._preferences.of(user_id)
        except StoreError as error:  # the wish is kept, and goes on as for everybody
            log.warning("What person %s prefers cannot be read: %r", user_id, error)
            return self._place
        return preferred.place or self._place

    async def _open_beside(
        self,
        interaction: discord.Interaction[Any],
        channel: discord.TextChannel | discord.ForumChannel,
        said: discord.Message | None,
        title: str,
    ) -> discord.Thread | None:
        """A thread or post of that channel; what was said here says where it goes on. None if refused."""
        language = await self._languages.around(interaction)
        text = said.content if said else threads.starter_text(language, interaction.user, title)
        try:
            tags = threads.tags_for(channel, interaction.channel)
            thread = await threads.open_in(channel, title, text, tags)
            await interaction.edit_original_response(
                content=f"{text}\n{words.CONTINUED(language, thread=thread.mention)}"
            )
        except (TagRequired, *FAILURES) as error:
            log.warning("No thread in channel %s, going on in place: %s", channel.id, error)
            return None
        return thread


async def _open_thread(
    interaction: discord.Interaction[Any], starter: discord.Message | None, title: str
) -> discord.Thread | None:
    """A public thread on `starter`; None where threads cannot be, or where Discord refuses one."""
    if not isinstance(interaction.channel, discord.TextChannel) or starter is None:
        return None
    if not may_open_thread(interaction.app_permissions):
        return None
    try:
        return await threads.open_on(starter, title)
    except FAILURES as error:
        log.warning("No thread in channel %s, replying instead: %s", interaction.channel_id, error)
        return None


async def _said(
    interaction: discord.Interaction[Any], keeping: asyncio.Future[Accepted], text: str
) -> object:
    """Say `text` once the wish is stored. While the database is slow Discord shows "thinking", which promises
    nothing: of a bot that is killed then, Discord says that it did not respond."""
    if keeping.done() and not interaction.response.is_done():
        return await interaction.response.send_message(text)
    if not interaction.response.is_done():
        await interaction.response.defer(thinking=True)
    await asyncio.wait({keeping})
    return None if keeping.exception() else await interaction.edit_original_response(content=text)


async def _acknowledged(
    interaction: discord.Interaction[Any], acknowledging: Coroutine[Any, Any, object]
) -> discord.Message | None:
    """The message above the thread; None where Discord does not take the answer: the work goes on without."""
    try:
        answered = await acknowledging
    except FAILURES as error:
        log.warning("Interaction %s could not be answered: %s", interaction.id, error)
        return None
    shown = answered.resource if isinstance(answered, discord.InteractionCallbackResponse) else answered
    return shown if isinstance(shown, discord.Message) else None


async def _take_away(interaction: discord.Interaction[Any]) -> None:
    """Remove the starter."""
    try:
        await interaction.delete_original_response()
    except FAILURES as error:
        log.warning("The start of interaction %s could not be taken away: %s", interaction.id, error)
