"""Pictures that are painted after another one: by an option of /imagine, or by words with a picture."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import discord

from bot.chat.conversations.brought_pictures import attached_pictures, fetched
from bot.chat.conversations.brought_start import keep_with_picture
from bot.chat.conversations.conversation_start import ConversationStarter
from bot.chat.requests.turn_requests import TurnRequests, UseCase
from bot.domain.conversation import Conversation, Origin
from bot.domain.limits import Allowance
from bot.domain.options import PLAIN
from bot.domain.references import Referring, reference_in
from bot.services.own_words import Said
from bot.services.personal_limits import PersonalLimits
from bot.services.reference_pictures import ReferencePictures
from bot.services.turn_results import Accepted
from bot.services.turns import TurnService
from model.engine import ReferenceAs


class ReferenceRequests:
    """What people ask for with a reference. All that can be checked is checked before a file is fetched."""

    def __init__(
        self,
        *,
        starter: ConversationStarter,
        references: ReferencePictures,
        turns: TurnService,
        requests: TurnRequests,
        personal: PersonalLimits,
    ) -> None:
        self._starter = starter
        self._references = references
        self._turns = turns
        self._requests = requests
        self._personal = personal

    async def begin(
        self,
        interaction: discord.Interaction[Any],
        file: discord.Attachment,
        reference_as: ReferenceAs,
        said: Said,
        allowed: Allowance,
    ) -> None:
        """Paint the words after the picture in the file.

        Raises what `ReferencePictures`, `TurnService.check` and `fetched` do, or `TooManyActions`.
        """
        person = interaction.user.id
        wish = await self._turns.check(
            said.words, person, said.options, guild_id=interaction.guild_id, allowed=allowed, lists=said.lists
        )
        self._references.check_first(wish.parameters.model, allowed)
        first = wish
        kept = await keep_with_picture(
            interaction,
            file,
            lambda data: self._references.wish(first, data, reference_as),
            starter=self._starter,
            personal=self._personal,
            origin=Origin.SLASH,
            allowed=allowed,
        )
        if kept is not None:
            wish, keeping = kept
            await self._starter.begin_with_words(interaction, keeping, said, wish)

    def reply_with_file(
        self,
        message: discord.Message,
        file: discord.Attachment,
        conversation: Conversation,
        parent: int | None,
    ) -> UseCase:
        """Paint the picture `parent`, or the current one, after the attached one."""

        async def store(allowed: Allowance) -> Accepted:
            await self._references.check_reply(conversation.id, parent)
            [data] = await self.brought(message, [file], allowed)
            return await self._references.with_file(
                conversation.id,
                message.content,
                data,
                message.author.id,
                parent_turn_id=parent,
                request_id=message.id,
                allowed=allowed,
            )

        return store

    async def brought(
        self, message: discord.Message, files: Sequence[discord.Attachment], allowed: Allowance
    ) -> list[bytes]:
        """The files of a reply, fetched once it is sure that the person may have one turn more.

        Raises a `QueueRefused`, `TooManyActions`, and what `fetched` does.
        """
        person, guild = message.author.id, message.guild
        await self._turns.check_room(person, guild.id if guild else None, allowed)
        await self._personal.count(person)
        async with self._personal.working(person):
            return [await fetched(file) for file in files]

    def reply_to_earlier(self, message: discord.Message, turn_id: int) -> UseCase:
        """Paint the current picture after the earlier one that the message replies to."""

        async def store(allowed: Allowance) -> Accepted:
            return await self._references.with_earlier(
                turn_id, message.content, message.author.id, request_id=message.id, allowed=allowed
            )

        return store

    def from_form(self, interaction: discord.Interaction[Any], turn_id: int, asked: Referring) -> UseCase:
        """Paint the current picture after that of the turn, as somebody asked in the form of its button."""

        async def store(allowed: Allowance) -> Accepted:
            return await self._references.after(
                turn_id, asked, interaction.user.id, request_id=interaction.id, allowed=allowed
            )

        return store

    async def from_message(self, message: discord.Message) -> bool:
        """Paint a private message's words after its attached picture; whether it asks for that.

        Raises what `begin` does.
        """
        files, asked = attached_pictures(message), reference_in(message.content)
        if len(files) != 1 or asked is None or not asked.words:
            return False
        await self._requests.carry_out(message, partial(self._take, message, files[0], asked))
        return True

    async def _take(
        self, message: discord.Message, file: discord.Attachment, asked: Referring, allowed: Allowance
    ) -> Accepted:
        person = message.author.id
        said = await self._starter.said(asked.words, PLAIN, person, None)
        wish = self._turns.wish(said.words, said.options, allowed, said.lists)
        self._references.check_first(wish.parameters.model, allowed)
        await self._personal.count(person)
        async with self._personal.working(person):
            wish = await self._references.wish(wish, await fetched(file), asked.reference_as)
        return await self._turns.start_conversation(
            wish,
            author_id=person,
            origin=Origin.MESSAGE,
            guild_id=None,
            channel_id=message.channel.id,
            request_id=message.id,
            allowed=allowed,
        )
