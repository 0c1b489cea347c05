"""The places of conversations on Discord: how to write there, in which language, and what they allow."""

import logging

import discord

from bot.chat.discord_api.api_errors import FAILURES
from bot.chat.discord_api.asker import is_age_restricted
from bot.chat.discord_api.guilds import Guilds
from bot.chat.wording.languages import Languages
from bot.domain.conversation import Conversation, Origin, Turn, TurnKind
from bot.i18n import Language

log = logging.getLogger(__name__)

_UNKNOWN_MESSAGE = 10008  # Discord's error code


class DiscordPlaces:
    """Places as the connected client sees them; the `bot.jobs.place.Place` of Discord.

    `latest_turn_id` is the highest turn id when this process began. A higher one is of this process, which
    was then told of everything about it. Ids are compared instead of times, because the machine's clock may
    be set back between two processes. The client is made last of all parts and is given by `use`.
    """

    client: discord.Client

    def __init__(self, languages: Languages, latest_turn_id: int, guilds: Guilds | None = None) -> None:
        self._latest_turn_id = latest_turn_id
        self._languages = languages
        self._guilds = guilds or Guilds()

    def is_of_earlier_process(self, turn: Turn) -> bool:
        """Whether the turn was asked for before this process began."""
        return turn.id <= self._latest_turn_id

    def use(self, client: discord.Client) -> None:
        """Look through `client`; called before any job is worked on."""
        self.client = client

    def of(self, conversation: Conversation) -> discord.PartialMessageable:
        """Where the pictures of a conversation are posted."""
        return self.client.get_partial_messageable(conversation.place_id, guild_id=conversation.guild_id)

    async def language(self, conversation: Conversation) -> Language:
        """The language of all who read the conversation; in a private chat it is read from the store."""
        return await self._languages.at(await self._guild(conversation), conversation.creator_id)

    async def language_of(self, person_id: int) -> Language:
        """The language of a person alone, read from the store."""
        return await self._languages.of_person(person_id)

    async def is_member(self, conversation: Conversation) -> bool:
        """Whether the bot is on the conversation's server, or in private."""
        return conversation.guild_id is None or await self._guild(conversation) is not None

    async def upload_limit(self, conversation: Conversation) -> int:
        """The bytes that a single file may have there."""
        guild = await self._guild(conversation)
        return guild.filesize_limit if guild else discord.utils.DEFAULT_FILE_SIZE_LIMIT_BYTES

    async def age_restricted(self, conversation: Conversation) -> bool:
        """Whether the channel of a conversation is age-restricted now; False where that cannot be seen.

        A conversation may have begun in a thread. discord.py does not know the channel of one on a server
        that another process serves, so that it is asked for.
        """
        channel_id = conversation.channel_id
        try:
            place = self.client.get_channel(channel_id) or await self.client.fetch_channel(channel_id)
            if isinstance(place, discord.Thread) and place.parent is None:
                place = await self.client.fetch_channel(place.parent_id)
            return is_age_restricted(place)
        except (discord.DiscordException, *FAILURES) as error:
            log.info("Channel %s cannot be seen, so it is not age-restricted: %s", channel_id, error)
            return False

    async def still_asked(self, conversation: Conversation, turn: Turn) -> bool:
        """Whether the message that asked for a turn is there; looked at only where this process began later.

        Of a deletion in its own time the bot is told.
        """
        by_message = turn.origin is Origin.MESSAGE and turn.kind is TurnKind.REFINE
        if not self.is_of_earlier_process(turn) or not by_message or turn.request_id is None:
            return True
        try:
            await self.of(conversation).fetch_message(turn.request_id)
        except discord.NotFound as error:
            return error.code != _UNKNOWN_MESSAGE
        except FAILURES as error:
            log.info("Whether turn %s is still asked for cannot be seen: %s", turn.id, error)
        return True

    async def _guild(self, conversation: Conversation) -> discord.Guild | None:
        """The server of a conversation; None in private, and where the bot is no member."""
        return await self._guilds.get(self.client, conversation.guild_id)
