"""Making things go wrong on purpose: REST answers, cut connections, and everything a gateway can do."""

import asyncio
from typing import Annotated, Any, Literal

from aiohttp import web
from pydantic import ConfigDict, Field, StrictBool, StrictInt, TypeAdapter, ValidationError, field_validator
from pydantic.dataclasses import dataclass

from bot.sandbox.gateway.server import Gateway
from bot.sandbox.model.errors import CODES, ApiError, FormError
from bot.sandbox.model.records import Json
from bot.sandbox.rest.endpoint import answer
from bot.sandbox.rest.ratelimit import too_many
from bot.sandbox.rest.reading import read_object

CUT_UPLOAD, CUT_ANSWER = "cut_upload", "cut_answer"
ANY_PATH = "**"
PATTERN_SIGNS = set("\\[](){}+?^$|*")  # in an id, a name or an emoji there is none of them
Kind = StrictInt | Literal["cut_upload", "cut_answer", "delay"]


@dataclass(config=ConfigDict(extra="forbid"))
class RestFault:
    """The next `times` requests that match are spoilt.

    `kind`: an HTTP status (429, 500, 502, 503, 504, ...), one of Discord's JSON error codes, "cut_upload"
    (the connection breaks while the body is read), "cut_answer" (the request is obeyed, its answer
    is lost) or "delay" (answered `seconds` later). `path` is the path after /api/v10, in which "*" stands
    for any one part: "/channels/*/messages"; "**" alone is every path. `method` "*" means any.
    Raises ValueError for anything else. No regular expression is taken: one could run for ever.
    """

    kind: Kind
    method: str = "*"
    path: str = ANY_PATH
    times: Annotated[StrictInt, Field(ge=0)] = 1
    seconds: Annotated[float, Field(ge=0, le=3600)] = 1.0
    is_global: StrictBool = False

    @field_validator("kind")
    @classmethod
    def _check_kind(cls, kind: Kind) -> Kind:
        if isinstance(kind, int) and kind not in CODES and not 400 <= kind <= 599:
            raise ValueError("neither a status from 400 to 599 nor one of Discord's codes")
        return kind

    @field_validator("path")
    @classmethod
    def _check_path(cls, path: str) -> str:
        if path == ANY_PATH:
            return path
        parts = path.split("/")
        if parts[0] or any(PATTERN_SIGNS & set(part) for part in parts if part != "*"):
            raise ValueError('a path such as "/channels/*/messages", or "**"')
        return path

    def matches(self, method: str, path: str) -> bool:
        """Whether the fault is for this request."""
        return self.times > 0 and self.method in ("*", method) and _fits(self.path, path)


class Faults:
    """The switches of one sandbox: `rest(...)` for requests, the other methods for the gateway."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._rest: list[RestFault] = []

    def rest(self, kind: Kind, **where: Any) -> RestFault:
        """Spoil the next matching requests; see RestFault. `times` of the result counts down."""
        fault = RestFault(kind, **where)
        self._rest.append(fault)
        return fault

    def clear(self) -> None:
        """Everything works again."""
        self._rest.clear()
        switches = self._gateway.faults
        switches.refuse_connects = switches.silent = False
        switches.duplicate = switches.reorder = 0

    def take(self, method: str, path: str) -> RestFault | None:
        """The fault that hits this request, counted down."""
        self._rest = [fault for fault in self._rest if fault.times > 0]
        fault = next((fault for fault in self._rest if fault.matches(method, path)), None)
        if fault is not None:
            fault.times -= 1
        return fault

    def reconnect(self) -> None:
        """Opcode 7: the bot is asked to reconnect and resume."""
        self._send_all({"op": 7, "t": None, "s": None, "d": None})

    def invalidate(self, *, resumable: bool) -> None:
        """Opcode 9; unless `resumable` the sessions are gone."""
        for connection in list(self._gateway.connections):
            if connection.session is not None and not resumable:
                self._gateway.end_session(connection.session)
        self._send_all({"op": 9, "t": None, "s": None, "d": resumable})

    async def close(self, code: int) -> None:
        """Close every gateway connection with `code`."""
        await asyncio.gather(*(c.close(code) for c in list(self._gateway.connections)))

    def drop(self) -> None:
        """Cut every gateway connection without a word."""
        for connection in list(self._gateway.connections):
            connection.drop()

    def forget_sessions(self) -> None:
        """As if the bot had been away too long: the next RESUME is refused."""
        self._gateway.sessions.clear()

    def refuse_connects(self, on: bool = True) -> None:
        """Refuse new connections to the gateway from now on, or no longer."""
        self._gateway.faults.refuse_connects = on

    def silence(self, on: bool = True) -> None:
        """A zombie: the connection stays, nothing arrives any more, heartbeats are not acknowledged."""
        self._gateway.faults.silent = on

    def duplicate_events(self, count: int) -> None:
        """Send each of the next `count` events twice."""
        self._gateway.faults.duplicate = count

    def reorder_events(self, count: int) -> None:
        """Keep the next `count` events back until all are there, and send them in reverse order."""
        self._gateway.faults.reorder = count

    def routes(self) -> list[web.RouteDef]:
        """The same switches for another process: POST /faults sets some, DELETE /faults clears all."""
        return [web.post("/faults", self._set_over_http), web.delete("/faults", self._clear_over_http)]

    async def _set_over_http(self, request: web.Request) -> web.Response:
        """`{"rest": [{"kind": 502, "method": "GET", ...}], "gateway": "reconnect"}`, both optional."""
        switches = {
            "reconnect": self.reconnect,
            "invalidate": lambda: self.invalidate(resumable=False),
            "drop": self.drop,
            "forget_sessions": self.forget_sessions,
            "refuse_connects": self.refuse_connects,
            "silence": self.silence,
        }
        try:
            wanted = await read_object(request)
            faults = TypeAdapter(list[RestFault]).validate_python(wanted.get("rest", []))
            switch = switches[str(wanted["gateway"])] if "gateway" in wanted else None
        except (ApiError, ValidationError, KeyError) as error:
            return web.Response(
                status=400, text=f"No such fault: {error}. See RestFault and {list(switches)}."
            )
        self._rest += faults
        if switch is not None:
            switch()
        return web.Response(status=204)

    async def _clear_over_http(self, request: web.Request) -> web.Response:
        self.clear()
        return web.Response(status=204)

    def _send_all(self, frame: Json) -> None:
        for connection in list(self._gateway.connections):
            connection.send(frame)


def _fits(pattern: str, path: str) -> bool:
    if pattern == ANY_PATH:
        return True
    wanted, parts = pattern.split("/"), path.split("/")
    return len(wanted) == len(parts) and all(w in ("*", part) for w, part in zip(wanted, parts, strict=True))


async def spoil(fault: RestFault, request: web.Request) -> web.StreamResponse | None:
    """What answers a spoilt request instead of its endpoint; None when the endpoint still runs."""
    match fault.kind:
        case "cut_upload":
            await request.content.readany()
            cut(request)
            return answer({}, 500)
        case "cut_answer":
            return None
        case "delay":
            await asyncio.sleep(fault.seconds)
            return None
        case 429:
            return too_many(fault.seconds, is_global=fault.is_global)
        case int(code) if code in CODES:
            error = (
                FormError({"content": ("FAULT", "A fault on purpose.")}) if code == 50035 else ApiError(code)
            )
            return answer(error.body(), error.status)
        case int(status):
            return answer({"message": f"{status}: A fault on purpose", "code": 0}, status)
    raise AssertionError(f"RestFault took the kind {fault.kind!r}")


def cut(request: web.Request) -> None:
    """Break the connection of a request."""
    if request.transport is not None:
        request.transport.abort()
