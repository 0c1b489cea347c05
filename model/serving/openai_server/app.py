"""The application: every route, and what stands around them."""

from aiohttp import web

from model.serving.openai_server import chat_route, other_routes, picture_routes
from model.serving.openai_server.incoming import BODY_LIMIT
from model.serving.openai_server.middleware import OPEN, answering_errors, authorized, measured, traced
from model.serving.openai_server.service import SERVICE, Service


def application(service: Service) -> web.Application:
    """The routes over `service`."""
    around = [measured, traced, answering_errors, authorized]
    app = web.Application(middlewares=around, client_max_size=BODY_LIMIT)
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
        application(service), handler_cancellation=True, access_log=None, shutdown_timeout=2.0
    )
