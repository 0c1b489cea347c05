"""What happens around every route: the key, errors in OpenAI's shape, metrics, one line in the log."""

import asyncio
import logging
import time

from aiohttp import web
from aiohttp.typedefs import Handler

from model.serving.openai_server.auth import is_authorized, is_for_loopback
from model.serving.openai_server.protocol.errors import ApiError, explained, wrong_host, wrong_key
from model.serving.openai_server.service import SERVICE

log = logging.getLogger(__name__)

OPEN = "/health"
_CLIENT_GONE = 499  # nginx's code for a client that closed the connection before the answer
_CODES = {404: "not_found", 405: "method_not_allowed", 413: "too_large"}


@web.middleware
async def measured(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Count the request and say in the log how it ended. The log has no words of a request, and no key."""
    begun, status = time.monotonic(), _CLIENT_GONE
    try:
        response = await handler(request)
        status = response.status
    finally:
        seconds, route = time.monotonic() - begun, _route(request)
        request.app[SERVICE].metrics.answered(route, status, seconds)
        log.info("%s %s: %d after %.2f s", request.method, route, status, seconds)
    return response


@web.middleware
async def traced(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Measure the request as a span of its client's trace, where traces are exported.

    Health and metrics are left out, which are asked for all the time.
    """
    tracer = request.app[SERVICE].tracer
    if tracer is None or not request.path.startswith("/v1/"):
        return await handler(request)
    headers = {name.lower(): value for name, value in request.headers.items()}
    with tracer.request(request.method, _route(request), headers) as answered:
        response = await handler(request)
        answered.status = response.status
        return response


@web.middleware
async def answering_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Make an answer of every error. A client that has gone gets none: its handler is cancelled."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        code = _CODES.get(error.status, "bad_request")
        headers = {"Allow": error.headers["Allow"]} if "Allow" in error.headers else {}
        message = f"{request.method} on this address: {error.reason}."
        return _answer(request, ApiError(error.status, code, message, headers=headers))
    except ConnectionError as error:
        # the connection ended while the answer was written; aiohttp cancels this handler as a rule, but the
        # writer may notice first
        raise asyncio.CancelledError from error
    except Exception as error:  # noqa: BLE001  # `explained` logs what nobody expected
        return _answer(request, explained(error))


@web.middleware
async def authorized(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let in whoever has the key, before anything of the body is read; /health is open to all.

    Without a key the server is on a loopback address, and only what was addressed to that is let in.
    """
    key = request.app[SERVICE].key
    if request.path != OPEN:
        if key is None and not is_for_loopback(request.host):
            raise wrong_host()
        if key is not None and not is_authorized(request.headers.get("Authorization", ""), key):
            raise wrong_key()
    return await handler(request)


def _answer(request: web.Request, error: ApiError) -> web.Response:
    response = web.json_response(error.body(), status=error.status, headers=error.headers)
    if request.app[SERVICE].draining:
        response.force_close()  # so that the client's next request finds another server
    return response


def _route(request: web.Request) -> str:
    """The route's pattern; addresses that are none share one name, as anybody can think up more."""
    resource = request.match_info.route.resource
    return resource.canonical if resource else "other"
