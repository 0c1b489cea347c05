"""Reading bodies from Starlette's requests, with the bounds of `openai_server.incoming`."""

import asyncio
from typing import Any

from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request

from model.serving.openai_server import incoming
from model.serving.openai_server.incoming import BODY_LIMIT
from model.serving.openai_server.protocol.bodies import form_files, form_values
from model.serving.openai_server.protocol.errors import refused, too_large, too_slow, wrong_content_type
from model.serving.openai_server.protocol.files import Files


async def json_body(request: Request) -> bytes:
    """The bytes of a JSON body. Raises ApiError."""
    _insist(request, "application/json")
    return await _bounded(request)


async def form_body(request: Request) -> tuple[dict[str, Any], Files]:
    """The fields of a form, and its pictures. Raises ApiError."""
    _insist(request, "multipart/form-data")
    body = await _bounded(request)
    try:
        form = await _replayed(request, body).form(max_files=6, max_fields=100, max_part_size=BODY_LIMIT)
    except (MultiPartException, HTTPException, ValueError, KeyError) as error:
        raise refused(None, "The body is no multipart form that can be read.") from error
    parts = form.multi_items()
    try:
        images, masks = form_files(parts)
        read = [await file.read() for file in (*images, *masks)]
        return form_values(parts), Files(tuple(read[: len(images)]), *read[len(images) :])
    finally:
        await form.close()


def _insist(request: Request, content_type: str) -> None:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != content_type:
        raise wrong_content_type(content_type)


async def _bounded(request: Request) -> bytes:
    """The body, at most `BODY_LIMIT` bytes within `READ_SECONDS`."""
    pieces, size = [], 0
    try:
        async with asyncio.timeout(incoming.READ_SECONDS):
            async for piece in request.stream():
                size += len(piece)
                if size > BODY_LIMIT:
                    raise too_large(BODY_LIMIT)
                pieces.append(piece)
    except TimeoutError as error:
        raise too_slow(incoming.READ_SECONDS) from error
    except ClientDisconnect as error:
        raise asyncio.CancelledError from error
    return b"".join(pieces)


def _replayed(request: Request, body: bytes) -> Request:
    """The request with a body that was read already."""

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    return Request(request.scope, receive)
