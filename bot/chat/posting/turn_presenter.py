"""Tells people about a turn on Discord: a moving status line, then exactly one message, or why there is none.

Everything is sent as ordinary bot messages, never through an interaction's token: they outlive its fifteen
minutes and a restart. Each part is a module beside this one: `status_lines`, `picture_sender`,
`earlier_messages`, `after_posting`, `answer_sender` and `failure_notice`.
"""

import logging
from collections.abc import Awaitable, Callable

from bot.chat.pictures.actions import Action
from bot.chat.posting.after_posting import AfterPosting
from bot.chat.posting.answer_sender import AnswerSender
from bot.chat.posting.discord_places import DiscordPlaces
from bot.chat.posting.earlier_messages import PICTURE, EarlierMessages
from bot.chat.posting.failure_notice import FailureNotice
from bot.chat.posting.known_models import KnownModels
from bot.chat.posting.model_languages import ModelLanguages
from bot.chat.posting.picture_sender import PictureSender
from bot.chat.posting.status_line import EDIT_INTERVAL
from bot.chat.posting.status_lines import StatusLines
from bot.domain.conversation import Conversation, Turn
from bot.errors import NotPostedYet
from bot.jobs.presenter import Answer, FinishedTurn, Posted, TurnStatus

log = logging.getLogger(__name__)

OnMove = Callable[[int], Awaitable[None]]  # conversation


async def _nothing(_conversation_id: int) -> None:
    """Where nobody is to be told of a move."""


class TurnPresenter:
    """The `bot.jobs.presenter.Presenter` of Discord.

    `readable` says whether plain messages in servers can be read; `models` what the models can do; after
    `replay_after` edits in a row a fresh start is offered, 0 offers none; `on_move` is told of a conversation
    whose current picture is another one; `interval` are the seconds between two edits of a status line.
    """

    def __init__(
        self,
        places: DiscordPlaces,
        after_posting: AfterPosting,
        *,
        readable: bool = True,
        models: KnownModels = KnownModels(),  # noqa: B008  # frozen
        replay_after: int = 0,
        on_move: OnMove = _nothing,
        interval: float = EDIT_INTERVAL,
    ) -> None:
        self._after = after_posting
        self._earlier = EarlierMessages(places)
        self._lines = StatusLines(places, self._earlier, interval)
        self._sender = PictureSender(
            places,
            self._earlier,
            readable=readable,
            limits=models.limits,
            able=models.able,
            replay_after=replay_after,
        )
        languages = ModelLanguages(places, models.understood)
        self._notice = FailureNotice(places, self._lines, languages)
        self._answers = AnswerSender(places, self._lines, models.able, languages)
        self._on_move = on_move

    async def close(self) -> None:
        """Wait a moment for the last status lines and reactions."""
        await self._after.close()

    async def status(self, conversation: Conversation, turn: Turn, status: TurnStatus) -> None:
        """Show the status in the turn's line; never waits for the line's next slot."""
        await self._lines.show(conversation, turn, status)

    async def post(self, finished: FinishedTurn) -> Posted:
        """Post the pictures, once; the status line is taken away a moment later.

        Raises `NotPostedYet` or `PlaceGone`; other errors are Discord's own refusals.
        """
        conversation, turn = finished.conversation, finished.turn
        message = await self._earlier.find(conversation, turn, *PICTURE)
        if message is None:
            message = await self._sender.send(finished)
            log.info("Posted turn %s of conversation %s as message %s", turn.id, conversation.id, message.id)
            self._after.begin(message, conversation, turn)
        self._after.do(self._lines.remove(conversation, turn))
        return Posted(message.channel.id, message.id)

    async def say(self, conversation: Conversation, turn: Turn, answer: Answer) -> None:
        """Answer words that ask for no picture; the status line is taken away."""
        await self._answers.send(conversation, turn, answer)

    async def moved(self, conversation_id: int) -> None:
        """Bring Undo and Redo under the pictures up to date."""
        await self._on_move(conversation_id)

    async def fail(self, conversation: Conversation, turn: Turn, error: Exception) -> None:
        """Say why there is no picture: in the status line, else in a new message, else privately."""
        if isinstance(error, NotPostedYet):
            self._earlier.look_for(turn.id)
        await self._notice.tell(conversation, turn, error)

    async def fail_if_shown(self, conversation: Conversation, turn: Turn, error: Exception) -> None:
        """Say why there is no picture in the line that another process left; nothing where there is none."""
        if (message := await self._earlier.look(conversation, turn, Action.CANCEL)) is not None:
            await self._notice.tell_in(message, conversation, turn, error)

    def taken_over(self, turn_id: int) -> None:
        """Look for what another process showed of the turn, its picture too."""
        self._earlier.look_for(turn_id)

    async def let_go(self, turn_id: int) -> None:
        """Stop writing the turn's line; its message stays for the process that has the turn now."""
        await self._lines.forget(turn_id)
