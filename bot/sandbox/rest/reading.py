"""Reading a request body: JSON, or multipart with `payload_json` and `files[n]`, within the size limits."""

import json
import re
from typing import Any

from aiohttp import BodyPartReader, web

from bot.sandbox.model.body import Body, Upload
from bot.sandbox.model.errors import ApiError, FormError
from bot.sandbox.model.records import Json
from bot.sandbox.rest.recorder import RECEIVED

FILE_FIELD = re.compile(r"(?:files\[(\d+)\]|file(\d*))")
CHUNK = 256 * 1024


async def read_body(request: web.Request, limit: int) -> Body:
    """Read a request of at most `limit` bytes. Raises ApiError 40005 (too large), 50109 (bad JSON)."""
    if request.content_type == "multipart/form-data":
        body = await _read_multipart(request, limit)
    else:
        body = Body(_object(await _drain(request, limit)), {})
    request[RECEIVED] = (body.json, [f"files[{index}]" for index in body.files])
    return body


async def read_json(request: web.Request, limit: int = 1024 * 1024) -> Any:
    """Read a request that carries only JSON, of any type; an empty body is an empty object."""
    value = _parsed(await _drain(request, limit))
    request[RECEIVED] = (value, [])
    return value


async def read_object(request: web.Request) -> Json:
    """Read a request that carries only a JSON object. Raises FormError for anything else."""
    return _as_object(await read_json(request))


async def _drain(request: web.Request, limit: int) -> bytes:
    """The whole body; a too large one is read to its end first, so that the answer reaches the client."""
    received = bytearray()
    async for chunk in request.content.iter_chunked(CHUNK):
        if len(received) <= limit:
            received += chunk
    if len(received) > limit:
        raise ApiError(40005)
    return bytes(received)


async def _read_multipart(request: web.Request, limit: int) -> Body:
    payload: Json = {}
    files: dict[int, Upload] = {}
    left = limit
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise FormError(
                {"payload_json": ("MULTIPART_NESTED", "Nested multipart bodies are not supported.")}
            )
        data = bytearray()
        while chunk := await part.read_chunk(CHUNK):
            left -= len(chunk)
            if left >= 0:
                data += chunk
        field = FILE_FIELD.fullmatch(part.name or "")
        if part.name == "payload_json":
            payload = _object(bytes(data))
        elif field is not None:
            index = int(field[1] or field[2] or 0)
            files[index] = Upload(part.filename or "unknown", bytes(data))
        elif part.name is not None and part.filename is None:
            payload[part.name] = data.decode(errors="replace")
    if left < 0:
        raise ApiError(40005)
    return Body(payload, files)


def _object(data: bytes) -> Json:
    return _as_object(_parsed(data))


def _as_object(value: Any) -> Json:
    if not isinstance(value, dict):
        raise FormError({"_body": ("MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType.")})
    return value


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(data) if data else {}
    except (ValueError, RecursionError) as error:
        raise ApiError(50109) from error
