"""Reading a request: ids from its path, numbers and switches from its query, and its body.

A body is JSON, or multipart with `payload_json` and `files[n]`, within the size limits. Everything that can
be wrong with a request leaves here as one of Discord's errors.
"""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import HttpProcessingError

from bot.sandbox.model.body import Body, Upload
from bot.sandbox.model.errors import ApiError, FormError
from bot.sandbox.model.parsing import parse_id, parse_json
from bot.sandbox.model.records import Json
from bot.sandbox.rest.recorder import RECEIVED

FILE_FIELD = re.compile(r"(?:files\[(\d{1,4})\]|file(\d{0,4}))", re.ASCII)
MOST_FILES = 10
CHUNK = 256 * 1024
# What aiohttp's readers raise for a body that is not what its headers say: a wrong boundary, a part without
# an end, a length that is no number, a compression that is none.
UNREADABLE = (
    ValueError,
    LookupError,
    AssertionError,
    RuntimeError,
    HttpProcessingError,
    web.RequestPayloadError,
)


def path_id(request: web.Request, name: str) -> int:
    """An id from the path. Raises FormError when it is none."""
    with _named(name):
        return parse_id(request.match_info[name])


def query_id(request: web.Request, name: str) -> int | None:
    """An id from the query, None when it is not given. Raises FormError when it is none."""
    if name not in request.query:
        return None
    with _named(name):
        return parse_id(request.query[name])


def query_number(request: web.Request, name: str, default: int, *, least: int, most: int) -> int:
    """A number from the query, between `least` and `most`. Raises FormError for anything else."""
    text = request.query.get(name)
    if text is None:
        return default
    if not re.fullmatch(r"-?\d{1,10}", text, re.ASCII):
        raise FormError({name: ("NUMBER_TYPE_COERCE", f'Value "{text[:40]}" is not int.')})
    number = int(text)
    if not least <= number <= most:
        code = "NUMBER_TYPE_MIN" if number < least else "NUMBER_TYPE_MAX"
        raise FormError({name: (code, f"int value should be between {least} and {most}.")})
    return number


def query_flag(request: web.Request, name: str) -> bool:
    """A switch from the query; libraries write it as 1, true or True."""
    return request.query.get(name, "").lower() in ("1", "true")


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
    with _readable():
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
    async for name, filename, data in _parts(request, limit):
        left -= len(data)
        field = FILE_FIELD.fullmatch(name)
        if left < 0:
            continue  # read to its end, as in `_drain`
        if name == "payload_json":
            payload = _object(data)
        elif field is not None:
            files[int(field[1] or field[2] or 0)] = Upload(filename or "unknown", data)
        elif name and filename is None:
            payload[name] = data.decode(errors="replace")
    if left < 0:
        raise ApiError(40005)
    if len(files) > MOST_FILES:
        raise FormError({"files": ("BASE_TYPE_MAX_LENGTH", f"Must be {MOST_FILES} or fewer in length.")})
    return Body(payload, files)


async def _parts(request: web.Request, limit: int) -> AsyncIterator[tuple[str, str | None, bytes]]:
    """Name, file name and bytes of each part; of a part beyond `limit` a little more than that."""
    with _readable():
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader):
                raise FormError(
                    {"payload_json": ("MULTIPART_NESTED", "Nested multipart bodies are not supported.")}
                )
            data = bytearray()
            while chunk := await part.read_chunk(CHUNK):
                if len(data) <= limit:
                    data += chunk
            yield part.name or "", part.filename, bytes(data)


@contextmanager
def _readable() -> Iterator[None]:
    """What a reader raises for a broken body, in Discord's form."""
    try:
        yield
    except UNREADABLE as error:
        problem = "The body is not what its headers say, or broken."
        raise FormError({"_body": ("BODY_UNREADABLE", problem)}) from error


@contextmanager
def _named(name: str) -> Iterator[None]:
    """What is no id, as the problem of the field `name`."""
    try:
        yield
    except ValueError as error:
        raise FormError({name: ("NUMBER_TYPE_COERCE", str(error))}) from error


def _object(data: bytes) -> Json:
    return _as_object(_parsed(data))


def _as_object(value: Any) -> Json:
    if not isinstance(value, dict):
        raise FormError({"_body": ("MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType.")})
    return value


def _parsed(data: bytes) -> Any:
    try:
        return parse_json(data) if data else {}
    except ValueError as error:
        raise ApiError(50109) from error
