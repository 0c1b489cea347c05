"""Answers to words that ask for no picture: a sentence as a reply to them, or for talk a reaction alone."""

import logging

from bot.chat.discord_api.api_errors import FAILURES
from bot.chat.pictures.actions import Able
from bot.chat.posting.discord_places import DiscordPlaces
from bot.chat.posting.model_languages import ModelLanguages
from bot.chat.posting.reply_target import reply_to
from bot.chat.posting.status_lines import StatusLines
from bot.chat.wording.answer_texts import answer_text
from bot.domain.conversation import Conversation, Origin, Turn
from bot.domain.said_commands import Asked
from bot.jobs.presenter import Answer
from bot.texts import talk

log = logging.getLogger(__name__)


class AnswerSender:
    """Sends them; `able` says what the engine can do, `languages` what its language model reads."""

    def __init__(
        self, places: DiscordPlaces, lines: StatusLines, able: Able, languages: ModelLanguages
    ) -> None:
        self._places = places
        self._lines = lines
        self._able = able
        self._languages = languages

    async def send(self, conversation: Conversation, turn: Turn, answer: Answer) -> None:
        """Answer once for each nonce, and take the status line away. What Discord refuses is logged.

        A reaction given twice is one. Talk in a form or a command has no message to react to: it is thanked.
        """
        language, place = await self._places.language(conversation), self._places.of(conversation)
        text = answer_text(
            language,
            conversation,
            turn.author_id,
            answer.request,
            answer.picture,
            seeds=self._able(answer.picture.parameters.model).seeds,
        )
        if text is not None and answer.request.kind is Asked.UNCLEAR:
            text = await self._languages.added_to(text, conversation, turn)
        try:
            if text is None and turn.origin is Origin.MESSAGE and turn.request_id is not None:
                await place.get_partial_message(turn.request_id).add_reaction(talk.HEART)
            else:
                said = text or talk.NOTHING_TO_TALK_ABOUT(language)
                await place.send(said, nonce=answer.nonce, **reply_to(conversation, turn, answer.picture))
        except FAILURES as error:
            log.warning("Turn %s could not be answered: %s", turn.id, error)
        await self._lines.remove(conversation, turn)
