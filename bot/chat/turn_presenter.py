"""Tells people about a turn on Discord: a moving status line, then exactly one message, or why there is none.

Everything is sent as ordinary bot messages, never through an interaction's token: they outlive its fifteen
minutes and a restart. `enforce_nonce` (discord.py sends it with every nonce) keeps a message that is sent
again within minutes from appearing twice; after a restart the messages since then are looked through as well.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import datetime, timedelta
from typing import Any, TypedDict

import discord

from bot.chat import turn_message
from bot.chat.api_errors import FAILURES, UNREACHABLE, as_bot_error, too_large
from bot.chat.asker import is_age_restricted
from bot.chat.error_texts import user_message
from bot.chat.languages import Languages
from bot.chat.prompt_diff import escape
from bot.chat.status_line import EDIT_INTERVAL, StatusLine
from bot.chat.uploads import UploadFile, limit_per_file
from bot.chat.views import Action, Moves, custom_id, status_view, turn_view
from bot.domain.conversation import Conversation, Origin, Turn, TurnKind
from bot.errors import NothingChanges, NotPostedYet, StoreError
from bot.i18n import Language
from bot.jobs.presenter import FinishedTurn, Painting, Posted, Queued, Stalled, TurnStatus, Writing
from bot.texts import pictures as words

log = logging.getLogger(__name__)

_SMALLEST_FILE = 16 * 1024  # bytes; a limit below this is no limit of Discord's
_LOOK_BACK = 300  # messages after a turn was asked for, looked through to see if it was posted
_CLOCK_SKEW = timedelta(minutes=2)  # between this machine and Discord
_TIDYING_PATIENCE = 5.0  # seconds
_UNKNOWN_MESSAGE = 10008  # Discord's error code
_RETRY_DELAYS = (1.0, 3.0, 10.0, 30.0, *[60.0] * 20)  # seconds, beyond discord.py's own tries

NoteAudience = Callable[[int, Sequence[int]], Awaitable[None]]  # turn, people
FindConversation = Callable[[int], Awaitable[Conversation]]


class Reply(TypedDict, total=False):
    """The part of a send that makes it a reply; empty for a message of its own."""

    reference: discord.MessageReference


class TurnPresenter:
    """The `bot.jobs.processor.Presenter` of a Discord client.

    `find_conversation` gives the conversation of an id; `started_at` (UTC) is when this process began: turns
    asked for earlier may have left a status line, or even their picture, behind. `readable` says whether
    plain messages in servers can be read; `reactions` are put under every picture; `seen_by` is told who was
    in the thread of a new picture. The client comes last of all parts, by `use`.
    """

    _client: discord.Client

    def __init__(
        self,
        find_conversation: FindConversation,
        languages: Languages,
        started_at: datetime,
        *,
        readable: bool = True,
        reactions: Sequence[str] = (),
        seen_by: NoteAudience | None = None,
        interval: float = EDIT_INTERVAL,
    ) -> None:
        self._find_conversation = find_conversation
        self._languages = languages
        self._started_at = started_at
        self._readable = readable
        self._reactions = reactions
        self._seen_by = seen_by
        self._interval = interval
        self._lines: dict[int, StatusLine] = {}
        self._tidying: set[asyncio.Task[None]] = set()
        self._put_off: set[int] = set()  # turns whose picture could not be posted yet

    def use(self, client: discord.Client) -> None:
        """Post through `client`; called before any job is worked on."""
        self._client = client

    async def close(self) -> None:
        """Wait a moment for the last status lines and reactions."""
        if self._tidying:
            await asyncio.wait(self._tidying, timeout=_TIDYING_PATIENCE)

    async def status(self, turn: Turn, status: TurnStatus) -> None:
        """Show the status in the turn's line; never waits for the line's next slot."""
        conversation = await self._find_conversation(turn.conversation_id)
        language = await self._language(conversation)
        line = self._lines.get(turn.id)
        if line is None:
            line = self._lines.setdefault(turn.id, await self._new_line(conversation, turn, language))
        line.show(_status_text(status, language))

    async def post(self, finished: FinishedTurn) -> Posted:
        """Post the pictures, once; the status line is taken away a moment later.

        Raises `NotPostedYet` or `PlaceGone`; other errors are Discord's own refusals.
        """
        conversation, turn = finished.conversation, finished.turn
        place = self._place(conversation)
        message = await self._earlier(place, turn, Action.REFINE)
        if message is None:
            message = await self._send_with_retries(place, finished)
            log.info("Posted turn %s of conversation %s as message %s", turn.id, conversation.id, message.id)
            self._tidy(self._seed_reactions(message))
            self._tidy(self._note_audience(conversation, turn))
        self._tidy(self._remove_line(place, turn))
        return Posted(message.channel.id, message.id)

    async def fail(self, turn: Turn, error: Exception) -> None:
        """Say why there is no picture: in the status line, else in a new message, else privately."""
        if isinstance(error, NotPostedYet):
            self._put_off.add(turn.id)
        conversation = await self._find_conversation(turn.conversation_id)
        language = await self._language(conversation)
        text = _why(turn, error, language)
        try:
            message = await self._close_line(turn)
            if message is None:
                await self._place(conversation).send(text, **_reply_to(conversation, turn, None))
            else:
                # the button of a line that will be taken away later tells the next start which one it is
                later = isinstance(error, NotPostedYet)
                await message.edit(content=text, view=status_view(turn.id, language) if later else None)
        except FAILURES as unsaid:
            log.info("Turn %s: telling its author privately, because of: %s", turn.id, unsaid)
            await self._tell_privately(conversation, turn, error)

    async def age_restricted(self, conversation: Conversation) -> bool:
        """Whether the place of a conversation is age-restricted now; False where that cannot be seen."""
        client = self._client
        try:
            place = client.get_channel(conversation.channel_id)
            return is_age_restricted(place or await client.fetch_channel(conversation.channel_id))
        except (discord.DiscordException, *FAILURES) as error:
            log.info(
                "Channel %s cannot be seen, so it is not age-restricted: %s", conversation.channel_id, error
            )
            return False

    async def still_asked(self, conversation: Conversation, turn: Turn) -> bool:
        """Whether the message that asked for a turn is there; looked at only where this process began later.

        Of a deletion in its own time the bot is told.
        """
        by_message = turn.origin is Origin.MESSAGE and turn.kind is TurnKind.REFINE
        if turn.created_at >= self._started_at or not by_message or turn.request_id is None:
            return True
        try:
            await self._place(conversation).fetch_message(turn.request_id)
        except discord.NotFound as error:
            return error.code != _UNKNOWN_MESSAGE
        except FAILURES as error:
            log.info("Whether turn %s is still asked for cannot be seen: %s", turn.id, error)
        return True

    def _tidy(self, work: Coroutine[Any, Any, None]) -> None:
        """Do `work` on the side: a picture counts as posted before what is around it is in order."""
        task = asyncio.create_task(work, name="tidying")
        self._tidying.add(task)
        task.add_done_callback(self._tidying.discard)

    async def _tell_privately(self, conversation: Conversation, turn: Turn, error: Exception) -> None:
        language = await self._languages.of_person(turn.author_id)
        text = words.FAILED_ELSEWHERE(
            language, title=escape(conversation.title), sentence=user_message(error, language)
        )
        try:
            user = self._client.get_user(turn.author_id) or await self._client.fetch_user(turn.author_id)
            await user.send(text)
        except FAILURES as unsaid:
            log.warning("The author of turn %s could not be told: %s", turn.id, unsaid)

    async def _language(self, conversation: Conversation) -> Language:
        """The language of all who read the conversation."""
        guild = self._client.get_guild(conversation.guild_id) if conversation.guild_id else None
        return await self._languages.at(guild, conversation.creator_id)

    def _place(self, conversation: Conversation) -> discord.PartialMessageable:
        return self._client.get_partial_messageable(conversation.place_id, guild_id=conversation.guild_id)

    async def _new_line(self, conversation: Conversation, turn: Turn, language: Language) -> StatusLine:
        place = self._place(conversation)

        async def send(text: str) -> discord.Message:
            return await place.send(
                text, view=status_view(turn.id, language), **_reply_to(conversation, turn, None)
            )

        line = StatusLine(send, self._interval)
        line.message = await self._earlier(place, turn, Action.CANCEL)
        return line

    async def _close_line(self, turn: Turn) -> discord.Message | None:
        line = self._lines.pop(turn.id, None)
        return await line.close() if line else None

    async def _remove_line(self, place: discord.PartialMessageable, turn: Turn) -> None:
        message = await self._close_line(turn) or await self._earlier(place, turn, Action.CANCEL)
        self._put_off.discard(turn.id)
        if message is None:
            return
        try:
            await message.delete()
        except FAILURES as error:
            log.warning("The status line of turn %s stays: %s", turn.id, error)

    async def _note_audience(self, conversation: Conversation, turn: Turn) -> None:
        """Note who is in the thread, where Discord tells it: a bot with the server members intent."""
        thread = self._client.get_channel(conversation.place_id)
        if self._seen_by is None or not isinstance(thread, discord.Thread):
            return
        try:
            me = self._client.user.id if self._client.user else None
            members = [member.id for member in await thread.fetch_members()]
            await self._seen_by(turn.id, [one for one in members if one != me])
        except (*FAILURES, StoreError) as error:
            log.info("Who could see turn %s is known from what people do only: %s", turn.id, error)

    async def _seed_reactions(self, message: discord.Message) -> None:
        """Put the first reactions there for people to click; without leave to react there are none."""
        try:
            for emoji in self._reactions:
                await message.add_reaction(emoji)
        except FAILURES as error:
            log.info("Message %s gets no reactions of ours: %s", message.id, error)

    async def _earlier(
        self, place: discord.PartialMessageable, turn: Turn, action: Action
    ) -> discord.Message | None:
        """The message of ours with this button of this turn, where an earlier try may have sent it."""
        if turn.created_at < self._started_at or turn.id in self._put_off:
            return await _trace(place, turn, action)
        return None

    async def _send_with_retries(
        self, place: discord.PartialMessageable, finished: FinishedTurn
    ) -> discord.Message:
        for delay in _RETRY_DELAYS:
            try:
                return await self._send(place, finished)
            except UNREACHABLE as error:
                log.warning("Posting turn %s again in %.0f s: %s", finished.turn.id, delay, error)
                await asyncio.sleep(delay)
            # the answer may have been lost and not the message; the nonce helps for a few minutes only
            if (message := await _trace(place, finished.turn, Action.REFINE)) is not None:
                return message
        raise NotPostedYet

    async def _send(self, place: discord.PartialMessageable, finished: FinishedTurn) -> discord.Message:
        """One message with all pictures; smaller files as long as Discord finds them too large."""
        limit = limit_per_file(self._upload_limit(finished.conversation), len(finished.pictures))
        while True:
            uploads = await turn_message.files(finished, limit)
            try:
                return await self._send_files(place, finished, uploads)
            except discord.HTTPException as error:
                if not too_large(error) or limit < _SMALLEST_FILE:
                    raise as_bot_error(error, member=self._is_member(finished.conversation)) from error
                limit = min(limit, max(len(file.data) for file in uploads)) // 2
                log.info("Turn %s: too large for Discord, trying %s bytes a file", finished.turn.id, limit)

    async def _send_files(
        self, place: discord.PartialMessageable, finished: FinishedTurn, uploads: list[UploadFile]
    ) -> discord.Message:
        turn, language = finished.turn, await self._language(finished.conversation)
        return await place.send(
            turn_message.content(finished, language, readable=self._readable),
            embed=turn_message.embed(finished, language),
            files=turn_message.discord_files(uploads, finished),
            view=turn_view(
                turn.id,
                language,
                len(finished.pictures),
                edited=turn.kind is TurnKind.REFINE,
                reports=finished.conversation.guild_id is not None,
                moves=Moves(undo=turn.parent_turn_id is not None),
            ),
            nonce=finished.nonce,
            **_reply_to(finished.conversation, turn, finished.parent),
        )

    def _is_member(self, conversation: Conversation) -> bool:
        guild_id = conversation.guild_id
        return guild_id is None or self._client.get_guild(guild_id) is not None

    def _upload_limit(self, conversation: Conversation) -> int:
        guild = self._client.get_guild(conversation.guild_id) if conversation.guild_id else None
        return guild.filesize_limit if guild else discord.utils.DEFAULT_FILE_SIZE_LIMIT_BYTES


async def _trace(place: discord.PartialMessageable, turn: Turn, action: Action) -> discord.Message | None:
    """The message with this button of this turn; None when it is not there or cannot be looked for."""
    wanted = custom_id(action, turn.id)
    try:
        async for message in place.history(limit=_LOOK_BACK, after=turn.created_at - _CLOCK_SKEW):
            if any(wanted == getattr(part, "custom_id", None) for part in _components(message)):
                return message
    except FAILURES as error:
        log.warning("What was posted for turn %s earlier cannot be seen: %s", turn.id, error)
    return None


def _status_text(status: TurnStatus, language: Language) -> str:
    match status:
        case Queued(position, starts_at):
            return words.queued(language, position, starts_at)
        case Writing():
            return words.WRITING(language)
        case Painting(step, of):
            return words.painting(language, step, of)
        case Stalled():
            return words.STALLED(language)


def _why(turn: Turn, error: Exception, language: Language) -> str:
    """Why there is no picture; only in passing where it was probably not even asked for."""
    sentence = user_message(error, language)
    if isinstance(error, NothingChanges):
        return words.REMARK(language, sentence=sentence)
    return words.FAILED(language, author_id=turn.author_id, sentence=sentence)


def _reply_to(conversation: Conversation, turn: Turn, parent: Turn | None) -> Reply:
    """A message about `turn` replies to the person's words, or, outside threads, to the parent's picture."""
    target = turn.request_id if turn.origin is Origin.MESSAGE else None
    if target is None and conversation.thread_id is None and parent is not None:
        target = parent.message_id
    if target is None:
        return {}
    reference = discord.MessageReference(
        message_id=target,
        channel_id=conversation.place_id,
        guild_id=conversation.guild_id,
        fail_if_not_exists=False,
    )
    return {"reference": reference}


def _components(message: discord.Message) -> list[object]:
    """The buttons of a message's rows."""
    return [part for row in message.components for part in getattr(row, "children", ())]
