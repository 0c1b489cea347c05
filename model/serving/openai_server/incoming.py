"""Reading bodies from the network: bounded in bytes and in time, and of the type they are to be."""

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

from aiohttp import web
from multidict import MultiDictProxy

from model.serving.openai_server.protocol.bodies import form_values, only_picture
from model.serving.openai_server.protocol.errors import refused, too_large, too_slow, wrong_content_type

BODY_LIMIT = 48 * 2**20  # a picture of 32 MiB is 43 MiB as a data URL
MOST_PARTS = 100  # of a form; OpenAI's own have some twenty fields
READ_SECONDS = 60.0  # a body that comes more slowly holds a place for nothing

Read = TypeVar("Read")


async def json_body(request: web.Request) -> bytes:
    """The bytes of a JSON body. Raises ApiError.

    The type is insisted on: a page of another origin can send forms and plain text to a server on its
    reader's machine, but no application/json (Fetch, "CORS-safelisted request-header").
    """
    _insist(request, "application/json")
    return await _bounded(request.read())


async def form_body(request: web.Request) -> tuple[dict[str, Any], bytes]:
    """The fields of a form, and its one picture. Raises ApiError."""
    _insist(request, "multipart/form-data")
    try:
        posted = await _bounded(_parts(request))
    except (ValueError, LookupError, AssertionError, RuntimeError) as error:
        # what aiohttp's multipart reader raises for parts cut off, without a name, or in an unknown charset
        raise refused(None, "The body is no multipart form that can be read.") from error
    try:
        return form_values(posted.items()), only_picture(posted.items()).file.read()
    finally:
        for value in posted.values():
            if isinstance(value, web.FileField):
                value.file.close()


async def _parts(request: web.Request) -> MultiDictProxy[str | bytes | bytearray | web.FileField]:
    try:
        return await request.post()
    except web.HTTPRequestEntityTooLarge as error:
        # aiohttp has one exception for too many bytes and for too many parts
        if "form fields" in (error.text or ""):
            raise refused(None, f"The form has too many parts: {MOST_PARTS} at most.") from error
        raise


def _insist(request: web.Request, content_type: str) -> None:
    if request.content_type != content_type:
        raise wrong_content_type(content_type)


async def _bounded(reading: Awaitable[Read]) -> Read:
    try:
        async with asyncio.timeout(READ_SECONDS):
            return await reading
    except web.HTTPRequestEntityTooLarge as error:
        raise too_large(BODY_LIMIT) from error
    except TimeoutError as error:
        raise too_slow(READ_SECONDS) from error
