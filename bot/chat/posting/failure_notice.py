"""Telling a person why there is no picture: in the status line, else in a new message, else privately."""

import logging

import discord

from bot.chat.discord_api.api_errors import FAILURES
from bot.chat.pictures.views import status_view
from bot.chat.posting.discord_places import DiscordPlaces
from bot.chat.posting.model_languages import ModelLanguages
from bot.chat.posting.reply_target import reply_to
from bot.chat.posting.status_lines import StatusLines
from bot.chat.wording.error_texts import user_message
from bot.chat.wording.prompt_diff import escape
from bot.domain.conversation import Conversation, Turn
from bot.errors import NothingChanges, NotPostedYet
from bot.i18n import Language
from bot.jobs.answering import UNFULFILLED
from bot.texts import pictures as words

log = logging.getLogger(__name__)


class FailureNotice:
    """Says the reasons."""

    def __init__(self, places: DiscordPlaces, lines: StatusLines, languages: ModelLanguages) -> None:
        self._places = places
        self._lines = lines
        self._languages = languages

    async def tell(self, conversation: Conversation, turn: Turn, error: Exception) -> None:
        """Say why; the status line, if there is one, becomes the answer."""
        language = await self._places.language(conversation)
        text = _why(turn, error, language)
        if isinstance(error, NothingChanges):
            text = await self._languages.added_to(text, conversation, turn)
        try:
            message = await self._lines.close(conversation, turn)
            if message is None:
                await self._places.of(conversation).send(text, **reply_to(conversation, turn, None))
            else:
                # the button of a line that will be taken away later tells the next start which one it is
                later = isinstance(error, NotPostedYet)
                await message.edit(content=text, view=status_view(turn.id, language) if later else None)
        except FAILURES as unsaid:
            log.info("Turn %s: telling its author privately, because of: %s", turn.id, unsaid)
            await self._tell_privately(conversation, turn, error)

    async def tell_in(
        self, message: discord.Message, conversation: Conversation, turn: Turn, error: Exception
    ) -> None:
        """Make that status line the answer; one that is gone by now has been answered."""
        language = await self._places.language(conversation)
        try:
            await message.edit(content=_why(turn, error, language), view=None)
        except FAILURES as unsaid:
            log.info("The status line of turn %s stays as it is: %s", turn.id, unsaid)

    async def _tell_privately(self, conversation: Conversation, turn: Turn, error: Exception) -> None:
        language = await self._places.language_of(turn.author_id)
        text = words.FAILED_ELSEWHERE(
            language, title=escape(conversation.title), sentence=user_message(error, language)
        )
        client = self._places.client
        try:
            user = client.get_user(turn.author_id) or await client.fetch_user(turn.author_id)
            await user.send(text)
        except FAILURES as unsaid:
            log.warning("The author of turn %s could not be told: %s", turn.id, unsaid)


def _why(turn: Turn, error: Exception, language: Language) -> str:
    """Why there is no picture; where the words asked for none, or probably did not, one quiet sentence."""
    sentence = user_message(error, language)
    if isinstance(error, (NothingChanges, *UNFULFILLED)):
        return words.REMARK(language, sentence=sentence)
    return words.FAILED(language, author_id=turn.author_id, sentence=sentence)
