"""Whether what the store does takes as long with a hundred times as many turns.

On SQLite's file, and on the server that DIFFCHAT_TEST_POSTGRES names, where it names one. Files of pictures
are left out: how long they take has nothing to do with how many there are.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, AsyncExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path

from bot.domain.conversation import NewConversation, NewTurn, Origin, Parameters, TurnKind
from bot.domain.gallery import Shelf
from bot.settings import LimitsSettings
from bot.store.address import Address
from bot.store.conversations import ConversationStore
from bot.store.feedback import FeedbackStore
from bot.store.gallery import GalleryStore, Viewer
from bot.store.images import ImageStore
from bot.store.jobs import JobStore
from bot.store.people import PeopleStore
from bot.store.picture_files.local import LocalFiles
from bot.store.places import PlaceStore
from bot.store.session import Database
from model.engine import PaintResult, Picture
from tests.benchmarks.figures import Figure, Way, ratio_at_most, take_turns
from tests.benchmarks.filled import CHANNELS, EACH, GUILDS, MESSAGES, PEOPLE, THREADS, fill
from tests.postgres import VARIABLE, Server

SIZES, ROUNDS = (10_000, 100_000), 15
FLAT = 1.5
"""So many times as long as with the fewest turns still counts as flat: a tree of pages grows a level, and
fewer of them are in the cache."""
_LIMITS = LimitsSettings(queued_per_user=100, queue_length=10_000)
_PAINTED = PaintResult((Picture(b"no file is written", 1, 64, 64),), "painter", 0.1)
_PARAMETERS = Parameters(seed=1, steps=20, guidance=5.0, width=512, height=512)


class _NoFiles(LocalFiles):
    """Where pictures would be."""

    async def write(self, path: str, data: bytes) -> None:
        """Nothing is written."""


@dataclass
class Stores:
    """The stores over a database of `turns` turns; each operation meets another row of it."""

    database: Database
    turns: int
    steps: "count[int]" = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.conversations = ConversationStore(self.database, _LIMITS)
        self.jobs = JobStore(self.database)
        self.images = ImageStore(self.database, _NoFiles(Path()))
        self.gallery = GalleryStore(self.database)

    def some_turn(self) -> int:
        """Another one every time, spread over all, the first of its conversation."""
        return next(self.steps) * 7919 % (self.turns // EACH) * EACH + 1

    def some_conversation(self) -> int:
        """Likewise."""
        return (self.some_turn() - 1) // EACH + 1

    async def start(self) -> None:
        """/imagine: a conversation, its turn and its job."""
        person = PEOPLE + next(self.steps)
        conversation = NewConversation(GUILDS, CHANNELS, None, person, "a red house")
        turn = NewTurn(TurnKind.IMAGINE, Origin.SLASH, person, "a red house", "a red house")
        await self.conversations.start(conversation, replace(turn, parameters=_PARAMETERS))

    async def refine(self) -> None:
        """A message becomes a turn, is worked on in all steps, and is posted: five transactions."""
        conversation, person = self.some_conversation(), PEOPLE + next(self.steps)
        turn = NewTurn(TurnKind.REFINE, Origin.MESSAGE, person, "make it night", follows_head=True)
        job = (await self.conversations.add_turn(conversation, turn)).job
        await self.jobs.begin(job.id)
        await self.jobs.prompt_written(job.id, "a red house at night", "llm", 1)
        await self.images.keep(job.id, _PAINTED, 1.0)
        await self.jobs.posted(job.id, THREADS + conversation, next(self.steps))

    async def meant(self) -> None:
        """Which conversation, and which turn, a message is about."""
        await self.conversations.at(THREADS + self.some_conversation())
        await self.conversations.turn_shown_by(MESSAGES + 2 * self.some_turn() + 1)

    async def vote(self) -> None:
        """A reaction."""
        message, person = MESSAGES + 2 * self.some_turn() + 1, PEOPLE + next(self.steps)
        await FeedbackStore(self.database).vote(message, person, "❤", 1)

    async def shelf(self, shelf: Shelf, words: str = "") -> None:
        """A page of the gallery."""
        viewer = Viewer(PEOPLE + next(self.steps) % 100, GUILDS, [CHANNELS])
        await self.gallery.page(shelf, viewer, 0, words)

    async def search(self) -> None:
        """The same for words, which few pictures have."""
        await self.shelf(Shelf.MINE, f"word{next(self.steps) % 5000}")

    async def catch_up(self) -> None:
        """What a session that was lost asks for: places and pictures of lately."""
        since = datetime.now(UTC) - timedelta(hours=1)
        places = PlaceStore(self.database)
        await places.active_since(since, 100)
        await places.threadless_since(since, 100)
        await places.shown_since(since, 100)

    async def delete(self) -> None:
        """A turn goes."""
        await self.conversations.delete_turn(self.some_turn() + 1)

    def operations(self) -> dict[str, Way]:
        """By what is said of them in the table."""
        return {
            "/imagine stored": self.start,
            "a refinement, from words to posted": self.refine,
            "what a message is about": self.meant,
            "an edit tree": lambda: self.conversations.tree(self.some_conversation()),
            "the limits of a person": lambda: self.conversations.check_room(PEOPLE + next(self.steps) % 100),
            "a vote": self.vote,
            "the gallery, one's own": partial(self.shelf, Shelf.MINE),
            "the gallery, the best": partial(self.shelf, Shelf.BEST),
            "the gallery, favourites": partial(self.shelf, Shelf.FAVOURITES),
            "the gallery, words": self.search,
            "jobs to resume at the start": self.jobs.resume,
            "what to catch up on": self.catch_up,
            "what is kept of a person": lambda: PeopleStore(self.database).kept(PEOPLE + next(self.steps)),
            "a turn deleted": self.delete,
        }


async def run() -> list[Figure]:
    """what the store does with 10,000 and with 100,000 turns, taking turns"""
    return await compare(SIZES)


async def compare(sizes: tuple[int, ...]) -> list[Figure]:
    """Milliseconds of every operation with so many turns, beside the fewest."""
    figures = []
    for kind, made in _databases():
        async with AsyncExitStack() as stack:
            each = {}
            for size in sizes:
                address = stack.enter_context(made())
                await fill(address, size)
                each[size] = Stores(await stack.enter_async_context(Database.open(address)), size)
            for what in each[sizes[0]].operations():
                ways: dict[str, Way] = {str(size): stores.operations()[what] for size, stores in each.items()}
                rounds = await take_turns(ways, ROUNDS, before=3)
                few = str(sizes[0])
                figures += [
                    Figure(
                        f"{what}, {size:,} turns, {kind}", rounds.seconds(str(size)) * 1e3, "ms",
                        f"{sizes[0]:,} turns", rounds.quicker(few, str(size)), ratio_at_most(FLAT),
                    )
                    for size in sizes[1:]
                ]  # fmt: skip
    return figures


def _databases() -> Iterator[tuple[str, Callable[[], AbstractContextManager[Address]]]]:
    """Kinds of database, and what makes an empty one."""
    yield "SQLite", _sqlite
    if url := os.environ.get(VARIABLE):
        yield "PostgreSQL", partial(_postgres, url)


@contextmanager
def _sqlite() -> Iterator[Address]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "diffchat.sqlite"


@contextmanager
def _postgres(url: str) -> Iterator[Address]:
    server = Server(url)
    made = server.empty()
    try:
        yield made
    finally:
        server.drop(made)
        server.close()
