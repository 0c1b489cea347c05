"""The bot without Discord, put together for tests as `bot.app` does it, and a presenter that keeps a list."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from bot.domain.content_policy import SafetyPolicy
from bot.domain.conversation import Conversation, Origin, Turn
from bot.domain.limits import Allowance, ModelLimits
from bot.domain.options import PLAIN, Options
from bot.domain.ways import Wanted
from bot.jobs.presenter import Answer, FinishedTurn, Posted, TurnStatus
from bot.jobs.processor import TurnProcessor
from bot.jobs.queue import JobQueue
from bot.jobs.resources import Stores, WorkSettings
from bot.services.derived_turns import DerivedTurns
from bot.services.edit_trees import EditTrees
from bot.services.own_words import OwnWordsService
from bot.services.picture_starts import PictureStarts
from bot.services.turn_results import Accepted
from bot.services.turns import TurnService
from bot.settings import ExperimentSettings, ImagineSettings, LimitsSettings, SafetySettings
from bot.store.address import Address
from bot.store.answers import AnswerStore
from bot.store.brought_pictures import BroughtPictureStore
from bot.store.conversations import ConversationStore
from bot.store.feedback import FeedbackStore
from bot.store.images import ImageStore
from bot.store.jobs import JobStore
from bot.store.own_words import OwnWordsStore
from bot.store.picture_files.local import LocalFiles
from bot.store.picture_files.port import PictureFiles
from bot.store.preferences import PreferenceStore
from bot.store.session import Database
from model.engine import Capabilities
from model.presets import resolve
from model.settings import ImageSettings, NamedImageSettings
from tests.bot.engines import SketchEngine

ANN, BEN, CLEO = 101, 102, 103
CHANNEL, THREAD, GUILD = 7, 8, 9
NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)


async def eventually(holds: Callable[[], Awaitable[bool]], seconds: float = 60.0) -> None:
    """Wait until something holds; a busy machine is no failure."""
    deadline = time.monotonic() + seconds
    while not await holds():
        if time.monotonic() > deadline:
            raise TimeoutError
        await asyncio.sleep(0.01)


def address_in(folder: Path) -> Address:
    """Where a house on `folder` has its database; tests of the store put another one in its place."""
    return folder / "diffchat.sqlite"


@dataclass
class ListPresenter:
    """A `Presenter` that writes into lists, and like Discord takes a nonce only once."""

    statuses: list[tuple[int, TurnStatus]] = field(default_factory=list)
    posts: list[FinishedTurn] = field(default_factory=list)
    failures: list[tuple[int, Exception]] = field(default_factory=list)
    post_errors: list[Exception] = field(default_factory=list)
    messages: dict[str, int] = field(default_factory=dict)
    taken: list[int] = field(default_factory=list)
    let: list[int] = field(default_factory=list)
    looked_at: list[int] = field(default_factory=list)
    answers: list[tuple[int, Answer]] = field(default_factory=list)
    moves: list[int] = field(default_factory=list)

    async def status(self, conversation: Conversation, turn: Turn, status: TurnStatus) -> None:
        """Note the status."""
        self.statuses.append((turn.id, status))

    async def post(self, finished: FinishedTurn) -> Posted:
        """Note the post; a known nonce gives the message it gave before."""
        if self.post_errors:
            raise self.post_errors.pop(0)
        self.posts.append(finished)
        message_id = self.messages.setdefault(finished.nonce, 1000 + len(self.messages))
        return Posted(finished.conversation.place_id, message_id)

    async def say(self, conversation: Conversation, turn: Turn, answer: Answer) -> None:
        """Note the answer; a known nonce is not said again."""
        if answer.nonce not in self.messages:
            self.messages[answer.nonce] = 1000 + len(self.messages)
            self.answers.append((turn.id, answer))

    async def moved(self, conversation_id: int) -> None:
        """Note it."""
        self.moves.append(conversation_id)

    async def fail(self, conversation: Conversation, turn: Turn, error: Exception) -> None:
        """Note the failure."""
        self.failures.append((turn.id, error))

    async def fail_if_shown(self, conversation: Conversation, turn: Turn, error: Exception) -> None:
        """Note that somebody looked whether the turn still has a status line."""
        self.looked_at.append(turn.id)

    def taken_over(self, turn_id: int) -> None:
        """Note it."""
        self.taken.append(turn_id)

    async def let_go(self, turn_id: int) -> None:
        """Note it."""
        self.let.append(turn_id)


@dataclass
class AnyPlace:
    """A `Place` that says of every conversation what the test says; nobody takes words back there."""

    adult: bool = False

    async def age_restricted(self, conversation: Conversation) -> bool:
        """What the test says of every place."""
        return self.adult

    async def still_asked(self, conversation: Conversation, turn: Turn) -> bool:
        """Always."""
        return True


@dataclass
class House:
    """All parts, open."""

    database: Database
    conversations: ConversationStore
    jobs: JobStore
    images: ImageStore
    brought: BroughtPictureStore
    feedback: FeedbackStore
    engine: SketchEngine
    presenter: ListPresenter
    processor: TurnProcessor
    queue: JobQueue
    turns: TurnService
    derived: DerivedTurns
    own_words: OwnWordsService
    trees: EditTrees
    pictures: Path

    async def imagine(
        self,
        prompt: str = "a red house",
        author: int = ANN,
        options: Options | None = None,
        guild: int | None = GUILD,
    ) -> Accepted:
        """A conversation without a thread, begun in CHANNEL."""
        return await self.turns.start_conversation(
            self.turns.wish(prompt, options or Options()),
            author_id=author,
            origin=Origin.SLASH,
            guild_id=guild,
            channel_id=CHANNEL,
        )

    async def refine(
        self, conversation_id: int, instruction: str, author: int = ANN, parent: int | None = None
    ) -> Accepted:
        """A reply in that conversation."""
        return await self.turns.refine(conversation_id, instruction, author, Origin.MESSAGE, parent)

    async def bring(
        self, data: bytes, words: str = "", author: int = ANN, guild: int | None = GUILD
    ) -> Accepted:
        """Start from a picture in CHANNEL, with words said to it."""
        starts = PictureStarts(self.turns, self.trees, self.brought, SafetyPolicy(), 1000)
        wish = await starts.wish(words, author, PLAIN, guild_id=guild, allowed=Allowance())
        wish = await starts.look(wish, data, guild_id=guild, channel_id=CHANNEL, allowed=Allowance())
        return await self.turns.start_conversation(
            wish, author_id=author, origin=Origin.PICTURE, guild_id=guild, channel_id=CHANNEL
        )

    async def imagined(self, prompt: str = "a red house", options: Options | None = None) -> Turn:
        """A finished first turn."""
        return await self.finished(await self.imagine(prompt, options=options))

    async def refined(self, conversation_id: int, instruction: str, parent: int | None = None) -> Turn:
        """A finished refinement."""
        return await self.finished(await self.refine(conversation_id, instruction, parent=parent))

    async def finished(self, accepted: Accepted) -> Turn:
        """The turn when the queue has nothing left to do."""
        await self.queue.idle()
        return await self.conversations.turn(accepted.turn.id)


@asynccontextmanager
async def open_house(
    folder: Path,
    *,
    engine: SketchEngine | None = None,
    presenter: ListPresenter | None = None,
    place: AnyPlace | None = None,
    limits: LimitsSettings | None = None,
    imagine: ImagineSettings | None = None,
    working: bool = True,
    retry_delays: Sequence[float] = (0.01,),
    experiment: ExperimentSettings | None = None,
    temperature: float = 0.0,
    safety: SafetySettings | None = None,
    files: PictureFiles | None = None,
    holder: str | None = None,
    image: ImageSettings | None = None,
    named: Mapping[str, NamedImageSettings] | None = None,
    way: Wanted = "auto",
) -> AsyncIterator[House]:
    """A house on `folder`; opening it again later is a restart. `working` False leaves the queue shut."""
    limits, imagine = limits or LimitsSettings(), imagine or ImagineSettings()
    policy = SafetyPolicy(safety)
    engine, presenter = engine or SketchEngine(), presenter or ListPresenter()
    seeds = count(1)
    async with Database.open(address_in(folder)) as database:
        own_limits = {name: ModelLimits(one.cost, one.daily) for name, one in (named or {}).items()}
        conversations = ConversationStore(database, limits, holder, own_limits)
        jobs = JobStore(database, holder)
        images = ImageStore(database, files or LocalFiles(folder / "pictures"), holder)
        feedback = FeedbackStore(database)
        brought, models = BroughtPictureStore(database, images), resolve("tiny")
        models = models.model_copy(update={"models": dict(named or {})})
        processor = TurnProcessor(
            engine,
            Stores(
                conversations, jobs, images, brought, AnswerStore(database, holder), PreferenceStore(database)
            ),
            presenter,
            place or AnyPlace(),
            settings=WorkSettings(
                imagine,
                limits,
                experiment or ExperimentSettings(),
                temperature,
                models.styles,
                image=image or models.image,
                named=models.models,
                way=way,
            ),
            safety=policy,
        )
        queue = JobQueue(
            jobs,
            processor,
            running=limits.running,
            per_user=limits.running_per_user,
            per_guild=limits.running_per_guild,
            retry_delays=retry_delays,
        )
        trees = EditTrees(conversations)
        own_words = OwnWordsService(OwnWordsStore(database), limits, policy, models.styles)
        turns = TurnService(
            conversations,
            trees,
            jobs,
            images,
            queue,
            models,
            imagine,
            new_seed=lambda: next(seeds),
            safety=policy,
            experiment=experiment,
            own_words=own_words,
        )

        def able(model: str | None) -> Capabilities:
            return engine.info.paints(model).capabilities

        house = House(
            database,
            conversations,
            jobs,
            images,
            brought,
            feedback,
            engine,
            presenter,
            processor,
            queue,
            turns,
            DerivedTurns(
                turns, trees, lambda model: engine.info.paints(model).capabilities, lambda: next(seeds)
            ),
            own_words,
            trees,
            folder / "pictures",
        )
        if not working:
            yield house
            return
        await brought.tidy()
        async with queue:
            yield house


def one_at_a_time(**limits: Any) -> LimitsSettings:
    """Settings of a queue that works on one job."""
    return LimitsSettings(running=1, **limits)


def open_gate(house: House) -> None:
    """Let painting go on that waits for the engine's gate."""
    assert house.engine.gate is not None
    house.engine.gate.set()


async def painting(house: House, jobs: int = 1) -> None:
    """Wait until so many more jobs have come to painting."""
    async with asyncio.timeout(60):
        for _ in range(jobs):
            await house.engine.begun.acquire()
