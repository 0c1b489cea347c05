"""The application: every route, and what stands around them."""

import logging

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from model.serving.openai_server import chat_route, other_routes, picture_routes
from model.serving.openai_server.incoming import BODY_LIMIT, MOST_PARTS
from model.serving.openai_server.middleware import OPEN, answering_errors, authorized, measured, traced
from model.serving.openai_server.service import SERVICE, Service

_http = logging.getLogger(f"{__name__}.http")  # what aiohttp itself has to say of connections


class _WithoutBytes(logging.Filter):
    """Make one line of a request that is no HTTP, of which aiohttp logs a traceback and what was sent: that
    may be a key or somebody's words, and whoever looks for open ports sends many."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Take the traceback and the parser's words out of such a record; others pass as they are."""
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, HttpProcessingError):
            record.msg, record.args = f"{record.getMessage()}: {type(error).__name__}", ()
            record.levelno, record.levelname = logging.INFO, "INFO"
            record.exc_info = None
        return True


_http.addFilter(_WithoutBytes())


def application(service: Service) -> web.Application:
    """The routes over `service`."""
    around = [measured, traced, answering_errors, authorized]
    app = web.Application(middlewares=around, client_max_size=BODY_LIMIT, client_max_fields=MOST_PARTS)
    app[SERVICE] = service
    app.add_routes(
        [
            web.get("/v1/models", other_routes.models),
            web.get("/v1/models/{id:.+}", other_routes.model),  # ids of the hub have a slash in them
            web.post("/v1/chat/completions", chat_route.complete),
            web.post("/v1/images/generations", picture_routes.generate),
            web.post("/v1/images/edits", picture_routes.edit),
            web.get(OPEN, other_routes.health),
            web.get("/metrics", other_routes.metrics),
        ]
    )
    return app


def runner(service: Service) -> web.AppRunner:
    """A runner in which a dropped connection cancels its handler, and so the work in the engine.

    aiohttp does that only where it is asked to (its documentation, "Web Server Advanced", "Peer
    disconnection"). Handlers that are left when the runner is cleaned up have a moment, then are cancelled.
    """
    return web.AppRunner(
        application(service), handler_cancellation=True, access_log=None, shutdown_timeout=2.0, logger=_http
    )
