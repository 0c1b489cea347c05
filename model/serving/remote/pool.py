"""Several servers of one kind: the least busy healthy one is asked, and another one when it fails.

A server that failed rests, longer each time, while others do its work; meanwhile it is looked at every few
seconds and taken back as soon as it answers. Where all rest, the one that has rested longest is tried.
"""

import asyncio
import itertools
import logging
import random
from collections.abc import Awaitable, Callable, Collection, Iterable
from types import TracebackType
from typing import Self, TypeVar

from model.errors import BadAnswer, EngineRefused, EngineUnreachable, ModelError
from model.serving.remote.listing import Kind
from model.serving.remote.server import RemoteServer
from model.settings import RemoteServers

log = logging.getLogger(__name__)

T = TypeVar("T")

LOOK_EVERY_S = 10.0  # at servers that failed
FIRST_DELAY, LONGEST_DELAY = 0.5, 8.0  # seconds between two tries where there is no other server
LONGEST_PAUSE = 15.0  # a server that asks for more is not waited for here: the job is put off
_JITTER = 0.25  # share by which a delay is shortened at random, so that not all come back at one moment
_CHANCE = random.SystemRandom()
_BLAMED = (EngineUnreachable, BadAnswer, EngineRefused)


class ServerPool:
    """Use it as `async with`. `limit` are the bytes that one answer may have.

    `ways` are forms of the model that requests name: variants of the language model, LoRAs of the pipeline.
    """

    def __init__(
        self, kind: Kind, settings: RemoteServers, limit: int, ways: Collection[str] = frozenset()
    ) -> None:
        self.kind = kind
        self.ways = ways
        self._settings = settings
        self.servers = [RemoteServer(url, kind, settings, limit) for url in settings.urls]
        self._uses = itertools.count(1)
        self._watcher: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        try:
            await self._first_look()
        except BaseException:
            await self.close()
            raise
        self._watcher = asyncio.create_task(self._watch(), name=f"servers of {self.kind}")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._watcher is not None:
            self._watcher.cancel()
            await asyncio.wait([self._watcher])
        await self.close()

    async def close(self) -> None:
        """Close all connections."""
        await asyncio.gather(*(server.close() for server in self.servers))

    async def _first_look(self) -> None:
        """Look at every server. One that is away now may come later; where all refuse us, that is raised.

        So is that no server which says what it has has a way to use the model that the settings name.
        """
        found = await asyncio.gather(*(server.look() for server in self.servers), return_exceptions=True)
        for server, seen in zip(self.servers, found, strict=True):
            if isinstance(seen, BaseException):
                log.warning("A server of %s is not ready: %s", self.kind, seen)
            elif (name := self._settings.model) and seen.offers and not seen.find(name):
                log.warning("%s lists no model %s (%s)", server.url, name, seen.words)
        refusals = [seen for seen in found if isinstance(seen, EngineRefused)]
        if len(refusals) == len(found):
            raise refusals[0]
        self._check_ways()
        self._log_abilities()

    def _check_ways(self) -> None:
        """Warn of every server that lacks some of `ways`. Raises EngineRefused for one that no server has."""
        for server in self.servers:
            if missing := server.lacks(self.ways):
                log.warning("%s does not list %s", server.url, ", ".join(missing))
        for way in sorted(self.ways):
            if self.everyone(lambda server, way=way: bool(server.lacks((way,)))):  # type: ignore[misc]
                raise EngineRefused(f"{self.servers[0].url}: {not_listed(self.kind, (way,))}")

    def _log_abilities(self) -> None:
        for server in self.servers:
            if server.listing is not None:
                log.info("%s serves %s: %s", server.url, self.kind, server.listing.words)

    def everyone(self, ability: Callable[[RemoteServer], bool]) -> bool:
        """Whether all servers that were reached so far can do something; False while none was."""
        reached = [server for server in self.servers if server.listing is not None]
        return bool(reached) and all(map(ability, reached))

    @property
    def up(self) -> bool:
        """Whether a server serves now: it was reached, and the last that was heard of it is no failure."""
        return any(server.listing is not None and not server.failed for server in self.servers)

    @property
    def name(self) -> str:
        """The model's name as far as it is known; else the first server's."""
        for server in self.servers:
            if self._settings.model or server.listing is not None:
                try:
                    return server.model
                except EngineRefused:
                    continue
        return self.servers[0].host

    async def ask(self, work: Callable[[RemoteServer], Awaitable[T]]) -> T:
        """What `work` makes of a server's answer; a request that failed for the server's sake is made again.

        At once at another server that is well, else after a while that doubles, or that the server asked for.
        Raises `model.errors`: of several failures the one with most hope in it, so that a job is rather put
        off than failed.
        """
        tried: set[RemoteServer] = set()
        failures: list[ModelError] = []
        while True:
            server = self._choose(tried)
            try:
                return await server.ask(work)
            except _BLAMED as error:
                failures.append(error)
                tried.add(server)
                if len(failures) > self._settings.retries:
                    raise _most_hopeful(failures) from error
                if not self._well(tried):
                    pause = _pause(error, len(failures))
                    if pause is None:
                        raise _most_hopeful(failures) from error
                    await asyncio.sleep(pause)
                    tried.clear()

    def _well(self, tried: set[RemoteServer]) -> list[RemoteServer]:
        now = asyncio.get_running_loop().time()
        return [server for server in self.servers if server not in tried and not server.rests(now)]

    def _choose(self, tried: set[RemoteServer]) -> RemoteServer:
        """The least busy of those that are well and not tried; of equals the one not used for longest."""
        now = asyncio.get_running_loop().time()
        well = self._well(tried)
        if well:
            chosen = min(well, key=lambda server: (server.busy, server.last_used))
        else:
            chosen = min(self.servers, key=lambda server: server.rests(now))
        chosen.last_used = next(self._uses)
        return chosen

    async def _watch(self) -> None:
        """Look again and again at the servers that failed, were never reached or told nothing yet."""
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            for server in self.servers:
                if server.listing is None or not server.listing.offers or server.failed:
                    await self._look_again(server)

    async def _look_again(self, server: RemoteServer) -> None:
        away = server.listing is None or server.failed
        try:
            await server.look()
        except ModelError as error:
            # its rest may be over before the next look: only an answer says that it is back
            server.rest(2 * LOOK_EVERY_S)
            log.debug("%s is still not ready: %s", server.url, error)
        else:
            log.log(logging.INFO if away else logging.DEBUG, "%s serves %s again", server.url, self.kind)


def not_listed(kind: Kind, missing: Iterable[str]) -> str:
    """What to do about forms of a model that the settings name and a server does not list."""
    setting = "[experiment]" if kind == "words" else "[image] loras or [models]"
    return f"{', '.join(missing)} of {setting} is not listed: serve it there under that name, or set none."


def _pause(error: ModelError, failures: int) -> float | None:
    """Seconds until the same servers are asked once more; None where that would be of no use now."""
    after = error.after if isinstance(error, EngineUnreachable) else 0.0
    if isinstance(error, EngineRefused) or after > LONGEST_PAUSE:
        return None
    delay = min(LONGEST_DELAY, FIRST_DELAY * 2.0 ** (failures - 1))
    return max(delay * (1 - _JITTER * _CHANCE.random()), after)


def _most_hopeful(failures: list[ModelError]) -> ModelError:
    return min(failures, key=lambda error: [isinstance(error, kind) for kind in _BLAMED].index(True))
