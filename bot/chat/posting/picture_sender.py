"""Sending a finished turn as one message: repeated while Discord is away, smaller where it is too large.

The same picture must not appear twice. For some minutes Discord sees to that: with `enforce_nonce` it returns
the first message instead of posting a second one ("Create Message"; discord.py sends it with every nonce).
Later tries first look for the picture in its place, since the answer to an earlier try may have been lost.
"""

import logging

import discord

from bot.aio.retry import retry
from bot.chat.discord_api.api_errors import LONGEST_PAUSE, as_bot_error, is_passing, retry_after, too_large
from bot.chat.pictures import turn_message
from bot.chat.pictures.actions import Able, Moves, able_to_all, state_of
from bot.chat.pictures.painter_limits import UNKNOWN, PainterLimits
from bot.chat.pictures.turn_message import discord_files
from bot.chat.pictures.uploads import UploadFile, limit_per_file
from bot.chat.posting.discord_places import DiscordPlaces
from bot.chat.posting.earlier_messages import PICTURE, EarlierMessages
from bot.chat.posting.reply_target import reply_to
from bot.errors import NotPostedYet
from bot.jobs.presenter import FinishedTurn

log = logging.getLogger(__name__)

_SMALLEST_FILE = 16 * 1024  # bytes; a limit below this is no limit of Discord's
RETRY_DELAYS = (1.0, 3.0, 10.0, 30.0, *[60.0] * 19)  # seconds, beyond discord.py's own tries


class PictureSender:
    """Sends pictures. `readable` says whether plain messages in servers can be read by this bot.

    `limits` says what is known of how the picture model reads prompts, `able`
    what the engine can do. `replay_after` edits in a row a fresh start is offered; 0 never offers one.
    """

    def __init__(
        self,
        places: DiscordPlaces,
        earlier: EarlierMessages,
        *,
        readable: bool,
        limits: PainterLimits = UNKNOWN,
        able: Able = able_to_all,
        replay_after: int = 0,
    ) -> None:
        self._replay_after = replay_after
        self._places = places
        self._earlier = earlier
        self._readable = readable
        self._limits = limits
        self._able = able

    async def send(self, finished: FinishedTurn) -> discord.Message:
        """The message with all pictures.

        Tries again for some twenty minutes while Discord is away. Raises `NotPostedYet` after that, or at
        once where Discord asks for a longer pause than `LONGEST_PAUSE`; `MayNotPost` where a permission is
        missing; `PlaceGone`; and Discord's own refusals.
        """
        tried = False

        async def send_or_find() -> discord.Message:
            nonlocal tried
            if tried and (message := await self._sent_unheard(finished)) is not None:
                return message
            tried = True
            return await self._send(finished)

        async def failed(error: Exception, pause: float) -> None:
            log.warning("Posting turn %s again in %.0f s: %s", finished.turn.id, pause, error)

        try:
            return await retry(send_or_find, _soon_over, iter(RETRY_DELAYS), failed, retry_after)
        except Exception as error:
            if is_passing(error):
                raise NotPostedYet(after=retry_after(error)) from error
            raise

    async def _sent_unheard(self, finished: FinishedTurn) -> discord.Message | None:
        """The message of the last try, whose answer may have been lost, and not the message itself."""
        return await self._earlier.look(finished.conversation, finished.turn, *PICTURE)

    async def _send(self, finished: FinishedTurn) -> discord.Message:
        """One message with all pictures; smaller files as long as Discord finds them too large."""
        limit = limit_per_file(await self._places.upload_limit(finished.conversation), len(finished.pictures))
        while True:
            uploads = await turn_message.files(finished, limit)
            try:
                return await self._send_files(finished, uploads)
            except discord.HTTPException as error:
                if not too_large(error) or limit < _SMALLEST_FILE:
                    member = await self._places.is_member(finished.conversation)
                    raise as_bot_error(error, member=member) from error
                # The limit of a server is what discord.py knows of its boosts; error 40005 may come below it,
                # so halve what was really sent
                limit = min(limit, max(len(file.data) for file in uploads)) // 2
                log.info("Turn %s: too large for Discord, trying %s bytes a file", finished.turn.id, limit)

    async def _send_files(self, finished: FinishedTurn, uploads: list[UploadFile]) -> discord.Message:
        turn, conversation = finished.turn, finished.conversation
        language, able = await self._places.language(conversation), self._able(turn.parameters.model)
        moves = Moves(undo=turn.parent_turn_id is not None)
        shown = discord_files(uploads, finished)
        return await self._places.of(conversation).send(
            view=turn_message.layout(
                finished,
                shown,
                state_of(turn, conversation, len(finished.pictures), moves, able, self._replay_after),
                language,
                readable=self._readable,
                limits=self._limits,
            ),
            files=shown,
            nonce=finished.nonce,
            **reply_to(conversation, turn, finished.parent),
        )


def _soon_over(error: Exception) -> bool:
    """Whether to wait here, in one of the few places where jobs are worked on, and try again."""
    return is_passing(error) and retry_after(error) <= LONGEST_PAUSE
