"""The frames that an engine and its worker processes send each other through a pipe.

A frame is a JSON header and binary blobs (pictures): two lengths of four bytes, big-endian; the header in
UTF-8 with the blobs' sizes under "blobs"; the blobs one after another. No pickle: a worker that a crafted
model took over could otherwise run code in the process that holds the Discord token.
"""

import json
import struct
from asyncio import StreamReader
from collections.abc import Sequence
from dataclasses import asdict
from itertools import islice
from typing import Any, BinaryIO

from model.engine import (
    Capabilities,
    EditRequest,
    EditResult,
    PainterInfo,
    PaintRequest,
    PaintResult,
    Picture,
    Step,
)

MAX_HEADER = 8 * 2**20
MAX_BLOBS = 512 * 2**20
_LENGTHS = struct.Struct("!II")
_PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
_PICTURES = ("init_image", "mask", "reference")

Frame = tuple[dict[str, Any], list[bytes]]


class BrokenFrame(Exception):
    """The other side sent something that is no frame, or ended in the middle of one."""


def pack(header: dict[str, Any], blobs: Sequence[bytes] = ()) -> bytes:
    """One frame as bytes."""
    text = json.dumps(header | {"blobs": [len(blob) for blob in blobs]}).encode()
    return b"".join([_LENGTHS.pack(len(text), sum(map(len, blobs))), text, *blobs])


def read_frame(stream: BinaryIO) -> Frame | None:
    """The next frame of a blocking stream; None at its end."""
    lengths = stream.read(_LENGTHS.size)
    if not lengths:
        return None
    header_length, blob_length = _lengths(lengths)
    return _frame(stream.read(header_length), stream.read(blob_length), blob_length)


async def receive_frame(stream: StreamReader) -> Frame | None:
    """The next frame of an asyncio stream; None at its end."""
    lengths = await stream.read(1)  # tells an end between two frames from one within a frame
    if not lengths:
        return None
    try:
        header_length, blob_length = _lengths(lengths + await stream.readexactly(_LENGTHS.size - 1))
        header = await stream.readexactly(header_length)
        return _frame(header, await stream.readexactly(blob_length), blob_length)
    except EOFError as error:  # asyncio.IncompleteReadError
        raise BrokenFrame("the stream ended within a frame") from error


def _lengths(data: bytes) -> tuple[int, int]:
    if len(data) != _LENGTHS.size:
        raise BrokenFrame("the stream ended within a frame")
    header, blobs = _LENGTHS.unpack(data)
    if header > MAX_HEADER or blobs > MAX_BLOBS:
        raise BrokenFrame(f"a frame of {header} + {blobs} bytes is no frame of ours")
    return header, blobs


def _frame(text: bytes, payload: bytes, blob_length: int) -> Frame:
    try:
        header = json.loads(text)
        sizes = [int(size) for size in header.pop("blobs")]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BrokenFrame("the header of a frame cannot be read") from error
    if len(payload) != blob_length or sum(sizes) != blob_length or min(sizes, default=0) < 0:
        raise BrokenFrame("the blobs of a frame do not have the sizes it says")
    blobs, start = [], 0
    for size in sizes:
        blobs.append(payload[start : start + size])
        start += size
    return header, blobs


def shared_out(blobs: Sequence[bytes], counts: Sequence[int]) -> list[list[bytes]]:
    """The blobs of each request or outcome of a frame. Raises ValueError where the counts do not add up."""
    if sum(counts) != len(blobs) or min(counts, default=0) < 0:
        raise ValueError("the counts of a frame's blobs do not add up")
    rest = iter(blobs)
    return [list(islice(rest, count)) for count in counts]


def paint_fields(request: PaintRequest) -> Frame:
    """A paint request as JSON fields and blobs: its pictures, whose names stand in `pictures`."""
    fields = asdict(request)
    more = fields.pop("more_images")
    named = {name: picture for name in _PICTURES if (picture := fields.pop(name)) is not None}
    return fields | {"pictures": [*named]}, [*named.values(), *more]


def paint_request(fields: dict[str, Any], blobs: list[bytes]) -> PaintRequest:
    """The inverse of `paint_fields`."""
    kept = {**fields, "seeds": tuple(fields["seeds"])}
    names = kept.pop("pictures")
    pictures = dict(zip(names, blobs, strict=False))
    return PaintRequest(**kept, **pictures, more_images=tuple(blobs[len(names) :]))


def result_fields(result: PaintResult) -> Frame:
    """A paint result as JSON fields and the pictures' PNG bytes."""
    pictures = [
        {"seed": p.seed, "width": p.width, "height": p.height, "unsafe": p.unsafe} for p in result.pictures
    ]
    fields = {
        "pictures": pictures,
        "model": result.model,
        "seconds": result.seconds,
        "refusals": result.refusals,
    }
    return fields, [picture.png for picture in result.pictures]


def paint_result(fields: dict[str, Any], blobs: list[bytes]) -> PaintResult:
    """The inverse of `result_fields`. Raises KeyError, TypeError or ValueError for what is no such result."""
    pictures = tuple(Picture(png, **kept) for png, kept in zip(blobs, fields["pictures"], strict=True))
    if not pictures or not all(map(_is_png, pictures)):
        raise ValueError("a picture is no PNG of the size it says")
    return PaintResult(pictures, fields["model"], fields["seconds"], tuple(fields["refusals"]))


def painter_info(fields: dict[str, Any]) -> PainterInfo:
    """The inverse of `dataclasses.asdict`."""
    return PainterInfo(fields["name"], capabilities(fields["capabilities"]))


def edit_request(fields: dict[str, Any]) -> EditRequest:
    """The inverse of `dataclasses.asdict`, after a way through JSON."""
    return EditRequest(**{**fields, "history": tuple(Step(**step) for step in fields["history"])})


def edit_result(fields: dict[str, Any], _blobs: list[bytes]) -> EditResult:
    """An edit's result. Raises TypeError for what is no such result."""
    return EditResult(**fields)


def capabilities(fields: dict[str, Any]) -> Capabilities:
    """What a worker can do, after a way through JSON, which has no tuples."""
    listed = {name: tuple(fields.get(name, ())) for name in ("schedulers", "references")}
    return Capabilities(**{**fields, **listed})


def description(fields: dict[str, Any], _blobs: list[bytes]) -> str:
    """What a picture shows. Raises KeyError for what says nothing."""
    return str(fields["text"])


def mask(_fields: dict[str, Any], blobs: list[bytes]) -> bytes:
    """A region's mask. Raises ValueError for what is no PNG."""
    (png,) = blobs
    if not png.startswith(_PNG):
        raise ValueError("a mask is no PNG")
    return png


def _is_png(picture: Picture) -> bool:
    """Whether the bytes begin as a PNG of that size does."""
    return picture.png.startswith(_PNG + struct.pack("!II", picture.width, picture.height))
