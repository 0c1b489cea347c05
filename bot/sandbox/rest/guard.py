"""What every request to the sandbox passes first: who may call from a browser, and what an error becomes.

The sandbox has no login: whoever reaches the page's API or the fault switches may use them. A web page
elsewhere must therefore not reach them, neither under a name that it resolves to this machine (DNS
rebinding) nor with a form or script sent across sites.
"""

import logging
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.sandbox.rest.endpoint import answer

log = logging.getLogger(__name__)
LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
OWN_PAGE_ONLY = ("/client/", "/faults")
BODY_TYPES = ("application/json", "multipart/form-data")
PAGE_POLICY = "default-src 'self'; img-src 'self' data: blob:; connect-src 'self' ws:; base-uri 'none'"
Next = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def guard(request: web.Request, handler: Next) -> web.StreamResponse:
    """Refuse foreign host names, other sites, and bodies that a form on any site could send."""
    refusal = _refusal(request)
    if refusal is not None:
        return refusal
    response = await handler(request)
    if request.path == "/" or request.path.startswith("/page/"):
        response.headers["Content-Security-Policy"] = PAGE_POLICY
        response.headers["Cache-Control"] = "no-cache"
    return response


@web.middleware
async def no_traceback(request: web.Request, handler: Next) -> web.StreamResponse:
    """An unexpected exception is logged as an error and answered as Discord answers one: 500 in JSON."""
    try:
        return await handler(request)
    except web.HTTPException:
        raise
    except Exception:
        log.exception("%s %s failed.", request.method, request.path)
        return answer({"message": "500: Internal Server Error", "code": 0}, 500)


def _refusal(request: web.Request) -> web.Response | None:
    """The answer to a request that may not come in; None for all others."""
    host = request.host
    if host.rpartition(":")[0] not in LOOPBACK_NAMES and host not in LOOPBACK_NAMES:
        return web.Response(status=403, text="The sandbox answers only under a loopback address.")
    if not request.path.startswith(OWN_PAGE_ONLY):
        return None
    if not _from_here(request):
        return web.Response(status=403, text="Only the sandbox's own page may do this from a browser.")
    if request.body_exists and request.content_type not in BODY_TYPES:
        return web.Response(status=415, text=f"Send the body as one of {', '.join(BODY_TYPES)}.")
    return None


def _from_here(request: web.Request) -> bool:
    """Whether a request comes from this very address, or from no browser: those send no Origin."""
    origin = request.headers.get("Origin")
    if origin is not None and origin not in (f"http://{request.host}", f"https://{request.host}"):
        return False
    # Browsers leave Origin out of some requests across sites, such as a GET without CORS, but not this.
    return request.headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin")
