"""Several processes in one: houses that share a PostgreSQL database, each with a queue and leases of its own.

What they post goes to one list, as to one Discord, which takes a nonce once.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bot.jobs.presenter import FinishedTurn, Posted
from bot.jobs.shared_queue import SharedQueue
from bot.settings import LimitsSettings
from bot.store.leases import Leases, new_holder
from tests.bot.engines import SketchEngine
from tests.bot.house import House, ListPresenter, eventually, open_house

LOOK_S = 0.05
LEASE_S = 600.0  # of a live process none runs out, however busy the machine is
SHORT_LEASE_S = 1.0  # of one that a test freezes


@dataclass
class Discord:
    """All posts of all processes, in order, and the messages that came of them."""

    posts: list[FinishedTurn] = field(default_factory=list)
    messages: dict[str, int] = field(default_factory=dict)

    def shown(self) -> list[int]:
        """The turns whose pictures were posted, in order, one as often as it has messages."""
        seen: dict[str, int] = {}
        for post in self.posts:
            seen.setdefault(post.nonce, post.turn.id)
        return list(seen.values())


class SharedPresenter(ListPresenter):
    """A presenter of one of the processes."""

    def __init__(self, discord: Discord) -> None:
        super().__init__(messages=discord.messages)
        self._discord = discord

    async def post(self, finished: FinishedTurn) -> Posted:
        """Post to the common place."""
        posted = await super().post(finished)
        self._discord.posts.append(finished)
        return posted


@dataclass
class Process:
    """A house with a shared queue; `dead` stops its looking and its leases as a kill does."""

    house: House
    queue: SharedQueue
    leases: Leases

    def freeze(self) -> None:
        """Say nothing more to the database about the leases, while the work goes on."""
        assert self.queue._looking is not None
        self.queue._looking.cancel()

    @property
    def painted(self) -> int:
        """How many pictures this process painted."""
        return len(self.house.engine.paints)


@asynccontextmanager
async def open_process(
    folder: Path,
    discord: Discord,
    *,
    limits: LimitsSettings | None = None,
    engine: SketchEngine | None = None,
    lease_s: float = LEASE_S,
    presenter: ListPresenter | None = None,
    retry_delays: Sequence[float] = (0.01,),
) -> AsyncIterator[Process]:
    """One process on the database of `folder`; its end is that by SIGTERM."""
    limits = limits or LimitsSettings(queued_per_user=100)
    holder = new_holder()
    made = presenter or SharedPresenter(discord)
    async with open_house(
        folder, engine=engine, presenter=made, limits=limits, working=False, holder=holder
    ) as house:
        shares = {"per_user": limits.running_per_user, "per_guild": limits.running_per_guild}
        leases = Leases(house.database, holder, lease_s=lease_s, **shares)
        queue = SharedQueue(
            leases,
            house.jobs,
            house.processor,
            running=limits.running,
            retry_delays=retry_delays,
            look_every=LOOK_S,
            **shares,
        )
        house.turns._queue = queue
        async with queue:
            yield Process(replace(house, queue=queue), queue, leases)


@asynccontextmanager
async def processes(folder: Path, count: int, **options: Any) -> AsyncIterator[tuple[list[Process], Discord]]:
    """So many of them."""
    discord = Discord()
    async with AsyncExitStack() as stack:
        opened = [
            await stack.enter_async_context(open_process(folder, discord, **options)) for _ in range(count)
        ]
        yield opened, discord


async def all_done(house: House, seconds: float = 60.0) -> None:
    """Wait until no job is unfinished."""

    async def settled() -> bool:
        leases = Leases(house.database, "nobody")
        return not (await leases.look([])).seen

    await eventually(settled, seconds)
