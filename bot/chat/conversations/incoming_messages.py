"""Plain messages: which are meant for us, and what they ask for.

What one person says in quick succession is one instruction (`bot.domain.message_bursts`, and for how long
words are waited for: `bot.domain.patience`); a command in words ("undo") is one by itself, and done at once
unless work of the conversation is to end before. A message that is edited before it is taken counts as it
then stands; one that is deleted takes its words back, and the work on them too. What is said after a lost
session waits until what was missed has been read (`bot.cogs.catch_up`), so that the words of a place are
taken in the order in which they were said.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from weakref import WeakValueDictionary

import discord

from bot.chat.conversations.addressing import Address, Addressed, addressed
from bot.chat.conversations.brought_pictures import attached_pictures
from bot.chat.conversations.conversation_start import ConversationStarter
from bot.chat.conversations.reference_requests import ReferenceRequests
from bot.chat.discord_api.api_errors import FAILURES
from bot.chat.discord_api.permissions import require_posting_below
from bot.chat.discord_api.seen_events import SeenEvents
from bot.chat.requests.replies import reply, replying
from bot.chat.requests.turn_requests import TurnRequests, UseCase
from bot.chat.requests.unknown_flags import tell_unknown
from bot.chat.wording.answer_texts import moved_text
from bot.chat.wording.languages import Languages
from bot.domain.conversation import Conversation, Origin
from bot.domain.limits import Allowance
from bot.domain.message_bursts import Burst, Bursts, Said
from bot.domain.patience import Patience
from bot.domain.references import reference_in
from bot.domain.said_commands import Request, command_in
from bot.domain.sanitize import clean
from bot.domain.small_talk import asks_for_nothing, is_praise, is_question, is_thanks, speaks_to_somebody
from bot.domain.ways import joins_pictures
from bot.i18n import Text
from bot.services.edit_trees import EditTrees
from bot.services.joined_pictures import JoinedPictures
from bot.services.turn_results import Accepted
from bot.services.turns import TurnService
from bot.texts import answers as words
from bot.texts.talk import HEART

log = logging.getLogger(__name__)

_PLACES, _NAMES = 1000, 50  # places whose people are known by name, and people in each


class IncomingMessages:
    """Turns what people say in our threads, and to us, into refinements.

    Words of one person that come within the `patience` are one instruction, up to `longest` characters.
    `on_move` is told of a conversation whose current picture is another one.
    """

    def __init__(  # noqa: PLR0913 - each by name
        self,
        *,
        turns: TurnService,
        trees: EditTrees,
        starter: ConversationStarter,
        requests: TurnRequests,
        languages: Languages,
        patience: Patience,
        longest: int,
        on_move: Callable[[int], Awaitable[None]],
        joined: JoinedPictures,
        references: ReferenceRequests,
    ) -> None:
        self._references = references
        self._joined = joined
        self._turns = turns
        self._trees = trees
        self._starter = starter
        self._requests = requests
        self._languages = languages
        self._on_move = on_move
        self._patience = patience
        self._bursts: Bursts[discord.Message] = Bursts(timedelta(seconds=patience.most), longest)
        # `catch_up` reads messages again that the gateway may have brought already
        self._seen = SeenEvents()
        self._names: OrderedDict[int, OrderedDict[tuple[int, str], None]] = OrderedDict()  # by place
        # A lock lives as long as somebody holds it or waits for it; places that are quiet cost nothing
        self._places: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._pauses: dict[int, asyncio.Task[None]] = {}
        self.caught_up = asyncio.Event()

    async def close(self) -> None:
        """Make turns of the messages that are still held; called when the bot stops."""
        for place_id in self._bursts.places():
            await self.take_now(place_id)

    async def hear(self, message: discord.Message, me: int) -> None:
        """A person's words, where they are meant for us; `me` is the bot's user id."""
        speech = addressed(message, me)
        if speech.address is Address.NOT_FOR_US or not self._seen.first_time(message.id):
            return
        # messages of one place are taken one after the other: the later one changes the earlier one's result
        async with self._lock(message.channel.id), replying(message, self._languages):
            if self._is_talk(message, speech):
                if is_thanks(message.content) or is_praise(message.content):
                    await self._be_thanked(message, me)
                return
            conversation, parent = await self._meant(message, speech, me)
            if conversation is None and speech.address is Address.TO_US:
                conversation = await self._begin_below(message)
            if conversation is not None and message.content:
                await self._listen(message, conversation, parent)
            elif conversation is not None:
                await self._say_what_is_missing(message, speech)
            elif message.guild is None and _describes_a_picture(message.content):
                await self._begin_with_words(message)
            elif speech.address is Address.TO_US or message.guild is None:
                welcome = words.START_FROM_PICTURE if attached_pictures(message) else words.WELCOME
                await self._say(message, welcome)

    async def _begin_with_words(self, message: discord.Message) -> None:
        """A conversation from a private message, after the reference picture that may come with it."""
        if not await self._references.from_message(message):
            await self._starter.from_message(message)
        await tell_unknown(message, message.content, self._languages)

    def change(self, message: discord.Message, me: int) -> None:
        """A message that is still held counts as it stands after an edit."""
        still_ours = addressed(message, me).address is not Address.NOT_FOR_US
        text = message.content if still_ours else None
        self._bursts.change(message.channel.id, message.id, text or None)

    async def typing(self, place_id: int, person_id: int) -> None:
        """Somebody types there: whose words are held is waited for."""
        if place_id not in self._pauses and place_id not in self._places:
            return  # nothing was said there that is not taken yet
        async with self._lock(place_id):  # the message before may still be on its way to being held
            if self._bursts.is_held(place_id, person_id):
                self._wait(place_id, self._patience.while_typing)

    async def take_back(self, place_id: int, message_id: int) -> None:
        """A message was deleted: its words are dropped, and the work on them is cancelled."""
        async with self._lock(place_id):  # a burst being taken is a turn then
            if self._bursts.change(place_id, message_id, None):
                return
            turn = await self._turns.withdraw(message_id)
        if turn is not None:
            log.info("Turn %s was cancelled: its message was deleted", turn.id)

    async def take_now(self, place_id: int) -> None:
        """Make a turn of what is held in a place at once: a command, or the bot's stop, follows it."""
        async with self._lock(place_id):
            await self._take(self._bursts.take(place_id))

    def _lock(self, place_id: int) -> asyncio.Lock:
        return self._places.setdefault(place_id, asyncio.Lock())

    def _is_talk(self, message: discord.Message, speech: Addressed) -> bool:
        """Whether the words are for other people there, known by name once they spoke."""
        if message.guild is None:
            return False
        names = self._names.setdefault(message.channel.id, OrderedDict())
        here = (message.author.id, message.author.display_name)
        others = [name for person, name in names if person != message.author.id]
        names[here] = None
        names.move_to_end(here)
        if len(names) > _NAMES:
            names.popitem(last=False)
        if len(self._names) > _PLACES:
            self._names.popitem(last=False)
        if speech.address is Address.TO_US:
            return False
        said = message.content
        return asks_for_nothing(said) or speaks_to_somebody(said, others, message.guild.me.display_name)

    async def _be_thanked(self, message: discord.Message, me: int) -> None:
        """A heart under thanks in a conversation's own thread; in a channel they are for somebody else."""
        here = await self._trees.conversation_at(message.channel.id)
        if here is None or not _is_of(message.channel, here, me):
            return
        try:
            await message.add_reaction(HEART)
        except FAILURES as error:
            log.info("Message %s got no reaction: %s", message.id, error)

    async def _meant(
        self, message: discord.Message, speech: Addressed, me: int
    ) -> tuple[Conversation | None, int | None]:
        """The conversation that a message goes on with, and the turn it names by replying to its picture."""
        if speech.replied_to is not None:
            turn = await self._trees.turn_shown_by(speech.replied_to)
            if turn is not None:
                conversation = await self._trees.conversation(turn.conversation_id)
                if conversation.place_id == message.channel.id:
                    return conversation, turn.id
        here = await self._trees.conversation_at(message.channel.id)
        spoken_to = speech.address is Address.TO_US and isinstance(message.channel, discord.Thread)
        if here is None or spoken_to or _is_of(message.channel, here, me):
            return here, None
        # outside its own thread a conversation goes on by replies; in private every word is for us
        return (here if message.guild is None else None), None

    async def _begin_below(self, message: discord.Message) -> Conversation | None:
        """A conversation in the thread that somebody opened on a picture in a channel, which begins with it.

        None where the place is no such thread, or where the words ask for nothing. A thread on a message has
        the message's id ("Start Thread from Message"), which also makes this once out of twice.
        """
        place, guild = message.channel, message.guild
        said = clean(message.content)
        if not isinstance(place, discord.Thread) or guild is None or not said or asks_for_nothing(said):
            return None
        turn = await self._trees.turn_shown_by(place.id)
        if turn is None:
            return None
        allowed = await self._requests.admit(message)
        accepted = await self._turns.continue_elsewhere(
            turn.id,
            message.author.id,
            guild_id=guild.id,
            channel_id=place.id,
            request_id=place.id,
            allowed=allowed,
        )
        self._requests.note(accepted)
        return accepted.conversation

    async def _listen(self, message: discord.Message, conversation: Conversation, parent: int | None) -> None:
        """Take what was said; the caller holds the place's lock."""
        if (with_picture := self._with_picture(message, conversation, parent)) is not None:
            await self._take(self._bursts.take(message.channel.id))
            await self._requests.carry_out(message, with_picture)
            return
        asked = command_in(message.content)
        if asked is None:
            await self._hold(message, conversation, parent)
            return
        await self._take(self._bursts.take(message.channel.id))
        # what is worked on counts as said before: then the command waits for it, as a job of its own
        if asked.kind.moves and not await self._trees.in_work(conversation.id):
            await self._move(message, conversation, asked)
        else:
            await self._take(Burst((_said(message, conversation, parent),)))

    def _with_picture(
        self, message: discord.Message, conversation: Conversation, parent: int | None
    ) -> UseCase | None:
        """What is to be done with a picture that is attached or replied to; None where there is none.

        The current picture itself is none: words about it are an instruction.
        """
        files = attached_pictures(message)
        refers = reference_in(message.content, attached=bool(files)) is not None
        if len(files) == 1 and refers:
            return self._references.reply_with_file(message, files[0], conversation, parent)
        if files:
            return partial(self._join_files, message, files, conversation, parent)
        if parent is None or parent == conversation.head_turn_id:
            return None
        if refers:
            return self._references.reply_to_earlier(message, parent)
        return partial(self._join_earlier, message, parent) if joins_pictures(message.content) else None

    async def _move(self, message: discord.Message, conversation: Conversation, asked: Request) -> None:
        """Do what Undo and Redo do, and say so under the message.

        A process that is killed between the two would do it once more at its next start: the time between
        them is that of one commit, and a wrong undo is taken back with a word.
        """
        require_posting_below(message)
        moved = await self._trees.move(conversation.id, message.author.id, asked)
        language = await self._languages.at(message.guild, message.author.id)
        await reply(
            message, moved_text(language, moved.conversation, message.author.id, asked.kind, moved.turn)
        )
        await self._on_move(conversation.id)

    async def _hold(self, message: discord.Message, conversation: Conversation, parent: int | None) -> None:
        """Let the words wait for more of the kind; the caller holds the place's lock."""
        place_id, at = message.channel.id, message.created_at
        self._stop_waiting(place_id)
        await self._take(self._bursts.add(_said(message, conversation, parent)))
        pause = self._patience.after(message.author.id, place_id, message.content, at)
        if pause:
            self._wait(place_id, pause)
        else:
            await self._take(self._bursts.take(place_id))

    def _wait(self, place_id: int, seconds: float) -> None:
        """Take what is held there after so many seconds, counted from now."""
        self._stop_waiting(place_id)
        pausing = asyncio.create_task(self._take_after(place_id, seconds), name=f"pause {place_id}")
        self._pauses[place_id] = pausing

    def _stop_waiting(self, place_id: int) -> None:
        """It sleeps, or waits for the lock: one that is about to take a burst is in `_pauses` no more."""
        waiting = self._pauses.pop(place_id, None)
        if waiting is not None:
            waiting.cancel()

    async def _take_after(self, place_id: int, seconds: float) -> None:
        await asyncio.sleep(seconds)
        async with self._lock(place_id):
            # First of all, so that a message that comes during the next awaits starts a pause of its own
            del self._pauses[place_id]
            await self._take(self._bursts.take(place_id))

    async def _take(self, burst: Burst[discord.Message] | None) -> None:
        """Make a burst a turn; what is wrong with it is told under its last message."""
        if burst is None:
            return
        message = burst.last.message
        async with replying(message, self._languages):
            await self._requests.carry_out(message, partial(self._refine, burst))
            await tell_unknown(message, burst.text, self._languages)

    async def _refine(self, burst: Burst[discord.Message], allowed: Allowance) -> Accepted:
        return await self._turns.refine(
            burst.first.conversation_id,
            burst.text,
            burst.last.author_id,
            Origin.MESSAGE,
            parent_turn_id=burst.first.parent_turn_id,
            request_id=burst.last.id,
            allowed=allowed,
        )

    async def _join_files(
        self,
        message: discord.Message,
        files: list[discord.Attachment],
        conversation: Conversation,
        parent: int | None,
        allowed: Allowance,
    ) -> Accepted:
        """Take what the words say from the attached pictures into the one that they are about."""
        self._joined.check_files(len(files), allowed)
        return await self._joined.with_files(
            conversation.id,
            message.content,
            await self._references.brought(message, files, allowed),
            message.author.id,
            parent_turn_id=parent,
            request_id=message.id,
            allowed=allowed,
        )

    async def _join_earlier(self, message: discord.Message, turn_id: int, allowed: Allowance) -> Accepted:
        """Take what the words say from the picture that they reply to into the current one."""
        return await self._joined.with_earlier(
            turn_id, message.content, message.author.id, request_id=message.id, allowed=allowed
        )

    async def _say_what_is_missing(self, message: discord.Message, speech: Addressed) -> None:
        """A message without text is a file or a sticker, or, without the intent, one we may not read."""
        if message.attachments or message.stickers or speech.address is Address.TO_US:
            how = [words.START_FROM_PICTURE] if attached_pictures(message) else []
            await self._say(message, words.ONLY_ATTACHMENT, *how)

    async def _say(self, message: discord.Message, *texts: Text) -> None:
        language = await self._languages.at(message.guild, message.author.id)
        await reply(message, "\n".join(text(language) for text in texts))


def _is_of(channel: discord.abc.Messageable, conversation: Conversation, me: int) -> bool:
    """Whether a place is the conversation's own thread, where all that is said is for the bot."""
    if not isinstance(channel, discord.Thread):
        return False
    return conversation.thread_id == channel.id or channel.owner_id == me


def _said(message: discord.Message, conversation: Conversation, parent: int | None) -> Said[discord.Message]:
    return Said(
        message.id,
        message.channel.id,
        message.author.id,
        conversation.id,
        parent,
        message.content,
        message.created_at,
        message,
    )


def _describes_a_picture(text: str) -> bool:
    """Whether the first words in a private chat are a wish, and not a greeting or a question."""
    return bool(text.strip()) and not asks_for_nothing(text) and not is_question(text)
