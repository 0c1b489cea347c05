"""One server elsewhere: the client that speaks to it, what it offers, and how its requests ended."""

import asyncio
import json
import logging
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Any, TypeVar
from urllib.parse import urlsplit

import openai
from openai import AsyncOpenAI

from model.errors import BadAnswer, EngineRefused, EngineUnreachable, ModelError
from model.serving.remote.failures import refused_field, translated
from model.serving.remote.listing import Kind, Listing
from model.serving.remote.transport import http_client, timeouts
from model.settings import RemoteServers

log = logging.getLogger(__name__)

T = TypeVar("T")

LOOK_S = 5.0  # for the list of models, which costs a server nothing
_FIRST_REST, _LONGEST_REST = 1.0, 60.0  # seconds that a server is left alone after failures
_NO_KEY = "none"  # the client wants one; servers without keys ignore it (vLLM's examples send "EMPTY")

Fields = Mapping[str, Any]


class RemoteServer:
    """A server at `url`. Used by `ServerPool`, which opens it, chooses it and closes it.

    A request fails when the server gave no sign of life for `timeout_s`: no beginning of an answer, to this
    request or to another one, no further step of a picture, and no word that it waits in the server's line.
    A server with a long line is not to blame for it, and leaving it alone would send everybody elsewhere.

    `listing` is None until the server was reached. `unknown` are the fields of requests that it does not
    know, found out from its refusals; they are left out from then on.
    """

    def __init__(self, url: str, kind: Kind, settings: RemoteServers, limit: int) -> None:
        self.url = url.rstrip("/")
        self.kind = kind
        self.settings = settings
        self.listing: Listing | None = None
        self.unknown: set[str] = set()
        self.streamed = False  # whether it ever showed a picture that was not finished
        self.busy = 0  # requests that it has now
        self.last_used = 0
        self.outcomes: Counter[str] = Counter()
        self._failures = 0
        self._rests_until = 0.0
        self._limits: set[asyncio.Timeout] = set()  # of the requests that it has now
        key = settings.key.get_secret_value() if settings.key else _NO_KEY
        self.client = AsyncOpenAI(
            base_url=self.url,
            api_key=key,
            timeout=timeouts(settings.timeout_s),
            max_retries=0,  # the pool retries, as it knows the other servers
            http_client=http_client(self.url, limit, settings.timeout_s, self.heard),
        )

    @property
    def host(self) -> str:
        """Machine and port, as people name it."""
        return urlsplit(self.url).netloc

    @property
    def model(self) -> str:
        """The name to ask for. Raises EngineRefused where that is not clear."""
        return (self.listing or Listing()).name(self.kind, self.settings.model)

    def lacks(self, names: Iterable[str]) -> tuple[str, ...]:
        """Those of the names that it does not list; none where it was not reached or lists nothing."""
        return (self.listing or Listing()).lacks(names)

    def can(self, name: str, model: str = "") -> bool:
        """Whether the server says that it can do something, with another model of it where one is named."""
        chosen = self.listing.choose(self.kind, model or self.settings.model) if self.listing else None
        return chosen is not None and chosen.capabilities.get(name) is True

    def listed(self, name: str, model: str = "") -> tuple[str, ...]:
        """The names that the server says under a capability, as of another model of it where one is named:
        the schedulers that a request may name, the languages that are read."""
        chosen = self.listing.choose(self.kind, model or self.settings.model) if self.listing else None
        told = chosen.capabilities.get(name) if chosen is not None else None
        return tuple(one for one in told if isinstance(one, str)) if isinstance(told, list) else ()

    @property
    def is_ours(self) -> bool:
        """Whether it says what its model is for, which only `model serve` does."""
        chosen = self.listing.choose(self.kind, self.settings.model) if self.listing else None
        return chosen is not None and bool(chosen.kind)

    def rests(self, now: float) -> float:
        """For how many seconds more it is to be left alone; 0 while it serves."""
        return max(0.0, self._rests_until - now)

    @property
    def failed(self) -> bool:
        """Whether the last that is known of it is a failure."""
        return self._failures > 0

    def rest(self, seconds: float) -> None:
        """Leave it alone for so long at least: it was looked at, and does not answer."""
        self._rests_until = max(self._rests_until, asyncio.get_running_loop().time() + seconds)

    def heard(self) -> None:
        """Take a sign of the server's life: all that wait for it may wait on."""
        until = asyncio.get_running_loop().time() + self.settings.timeout_s
        for limit in self._limits:
            if not limit.expired():
                limit.reschedule(until)

    async def ask(self, work: "Callable[[RemoteServer], Awaitable[T]]") -> T:
        """What `work` makes of this server's answer. Raises `model.errors`; each outcome is counted."""
        self.busy += 1
        outcome = "cancelled"
        try:
            async with self._silence():
                if self.listing is None:
                    await self.look()  # which model to ask for is known from there
                answer = await work(self)
            outcome = "ok"
        except Exception as raised:
            error = translated(raised, self.url)
            outcome = type(error).__name__
            self._note(error)
            raise error from raised
        else:
            self._failures, self._rests_until = 0, 0.0
            return answer
        finally:
            self.busy -= 1
            self.outcomes[outcome] += 1

    @asynccontextmanager
    async def _silence(self) -> AsyncIterator[None]:
        """Raise TimeoutError in the block once nothing was heard of the server for too long."""
        async with asyncio.timeout(self.settings.timeout_s) as limit:
            self._limits.add(limit)
            try:
                yield
            finally:
                self._limits.remove(limit)

    def _note(self, error: ModelError) -> None:
        """Leave the server alone for a while if it is to blame, longer each time."""
        if not isinstance(error, EngineUnreachable | EngineRefused | BadAnswer):
            return
        known = self._failures > 0
        rest = min(_LONGEST_REST, _FIRST_REST * 2**self._failures)
        after = error.after if isinstance(error, EngineUnreachable) else 0.0
        self._failures = min(self._failures + 1, 10)
        self._rests_until = asyncio.get_running_loop().time() + max(rest, after)
        # once as a warning: while a server is away, every job tries it again and again
        log.log(logging.INFO if known else logging.WARNING, "A request for %s failed: %s", self.kind, error)

    async def look(self) -> Listing:
        """Ask what it offers, and take that it answers as a sign of health. Raises `model.errors`."""
        try:
            async with asyncio.timeout(LOOK_S):
                answer = await self._models()
            self.listing = Listing.read(answer)
        except Exception as raised:
            if not self._tells_no_list(raised):
                raise translated(raised, self.url) from raised
            self.listing = Listing()
        self._failures, self._rests_until = 0, 0.0
        return self.listing

    def _tells_no_list(self, error: Exception) -> bool:
        """Whether the server is there and only has no list, which is not needed where the model is named.

        `transformers serve` answers 500 as long as there is no cache of models on its machine.
        """
        missing = isinstance(error, openai.NotFoundError)
        return missing or (isinstance(error, openai.InternalServerError) and bool(self.settings.model))

    async def _models(self) -> object:
        async with self.client.models.with_streaming_response.list() as response:
            return parsed(await response.read())

    async def sending(self, fields: Fields, send: Callable[[Fields], Awaitable[T]]) -> T:
        """`send` the fields that the server knows; a field that it says it does not know is left out.

        So one request fits servers with more fields and with fewer.
        """
        while True:
            known = {name: value for name, value in fields.items() if name not in self.unknown}
            try:
                return await send(known)
            except openai.APIStatusError as error:
                field = refused_field(error, known)
                if field is None:
                    raise
                self.unknown.add(field)
                log.info("%s does not know the field %s: it is left out from now on", self.url, field)

    async def close(self) -> None:
        """Close its connections."""
        await self.client.close()


def parsed(body: bytes) -> object:
    """JSON. Raises BadAnswer for anything else, an HTML page for example."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadAnswer("The answer is no JSON: check the address, it ends in /v1.") from error
