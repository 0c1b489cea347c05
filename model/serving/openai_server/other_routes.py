"""`GET /v1/models`, `/health` and `/metrics`."""

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from model.engine import Supervised
from model.serving.openai_server.service import SERVICE


async def models(request: web.Request) -> web.Response:
    """Everything that is served."""
    service = request.app[SERVICE]
    return web.json_response({"object": "list", "data": service.catalogue.entries(service.engine.info)})


async def model(request: web.Request) -> web.Response:
    """One model by its id."""
    service = request.app[SERVICE]
    return web.json_response(service.catalogue.entry(request.match_info["id"], service.engine.info))


async def health(request: web.Request) -> web.Response:
    """200 while every worker is alive and new requests are taken, otherwise 503; both with the reasons."""
    service = request.app[SERVICE]
    states = service.engine.workers() if isinstance(service.engine, Supervised) else ()
    workers = {state.kind: "ok" if state.alive else "is starting again" for state in states}
    well = all(state.alive for state in states)
    status = "draining" if service.draining else "ok" if well else "failing"
    return web.json_response({"status": status, "workers": workers}, status=200 if status == "ok" else 503)


async def metrics(request: web.Request) -> web.Response:
    """What was measured, for Prometheus."""
    text = request.app[SERVICE].metrics.exposition()
    return web.Response(body=text, headers={"Content-Type": CONTENT_TYPE_LATEST})
