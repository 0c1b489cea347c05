"""The REST API under /api/v10: token, faults, rate limits, errors and recording around every endpoint."""

import logging
from collections.abc import Iterable

from aiohttp import web

from bot.sandbox.model.errors import ApiError, NotFound
from bot.sandbox.rest.endpoint import Handler, Route, check_token, refusal
from bot.sandbox.rest.faults import CUT_ANSWER, Faults, cut, spoil
from bot.sandbox.rest.ratelimit import RateLimiter, major_of
from bot.sandbox.rest.recorder import Recorder
from bot.sandbox.rules.hub import Hub

log = logging.getLogger(__name__)
PREFIXES = ("/api/v10", "/api")


class Api:
    """Wraps the endpoints into what every request goes through."""

    def __init__(self, hub: Hub, limiter: RateLimiter, faults: Faults, recorder: Recorder) -> None:
        self._hub = hub
        self._limiter = limiter
        self._faults = faults
        self._recorder = recorder

    def routes(self, endpoints: Iterable[Route]) -> list[web.RouteDef]:
        """All endpoints, with and without a version in the path; anything else below is a JSON 404."""
        routes = [
            web.route(route.method, prefix + route.path, self._wrapped(route))
            for route in endpoints
            for prefix in PREFIXES
        ]
        return [*routes, web.route("*", "/api/{rest:.*}", self._unknown)]

    def _wrapped(self, route: Route) -> Handler:
        async def handle(request: web.Request) -> web.StreamResponse:
            response = await self._limited(route, request)
            self._limiter.note(response.status)
            if self._recorder.enabled and isinstance(response, web.Response):
                self._recorder.add(request, route.path, response)
            return response

        return handle

    async def _limited(self, route: Route, request: web.Request) -> web.StreamResponse:
        if not self._limiter.enabled:
            return await self._spoilt(route, request)
        where = (route.method, route.path, major_of(request))
        is_callback = route.path.startswith("/interactions/")
        turned_away = self._limiter.refusal(*where, exempt=is_callback)
        if turned_away is not None:
            return turned_away
        response = await self._spoilt(route, request)
        if is_callback:  # Discord sends no bucket there, and hikari logs an error for one
            return response
        for name, value in self._limiter.headers(*where).items():
            response.headers.setdefault(name, value)
        return response

    async def _spoilt(self, route: Route, request: web.Request) -> web.StreamResponse:
        path = request.path.removeprefix("/api").removeprefix("/v10")
        fault = self._faults.take(request.method, path)
        if fault is None:
            return await self._answered(route, request)
        log.info("A %s fault hits %s %s.", fault.kind, request.method, path)
        spoilt = await spoil(fault, request)
        if spoilt is not None:
            return spoilt
        response = await self._answered(route, request)
        if fault.kind == CUT_ANSWER:
            cut(request)
        return response

    async def _answered(self, route: Route, request: web.Request) -> web.StreamResponse:
        try:
            if not route.open_to_all:
                check_token(self._hub, request)
            return await route.handler(request)
        except ApiError as error:
            return refusal(error)

    async def _unknown(self, request: web.Request) -> web.Response:
        log.warning("The sandbox has no endpoint %s %s.", request.method, request.path)
        return refusal(NotFound())
