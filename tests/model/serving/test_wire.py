"""Frames: whatever is packed comes out again, and what is no frame is refused."""

import asyncio
import dataclasses
import io
import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from model.engine import EditRequest, PaintRequest, PaintResult, Picture, Step
from model.serving import wire

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=6,
)
headers = st.dictionaries(st.text().filter(lambda key: key != "blobs"), json_values, max_size=4)
blob_lists = st.lists(st.binary(max_size=50), max_size=4)


@given(st.lists(st.tuples(headers, blob_lists), max_size=4))
def test_frames_come_out_as_they_went_in(frames: list[wire.Frame]) -> None:
    data = b"".join(wire.pack(header, blobs) for header, blobs in frames)
    stream = io.BytesIO(data)
    assert [wire.read_frame(stream) for _ in frames] == frames
    assert wire.read_frame(stream) is None

    async def receive() -> list[wire.Frame | None]:
        reader = asyncio.StreamReader()
        reader.feed_data(data)
        reader.feed_eof()
        return [await wire.receive_frame(reader) for _ in range(len(frames) + 1)]

    assert asyncio.run(receive()) == [*frames, None]


@given(st.binary(min_size=1, max_size=60))
def test_noise_is_refused_and_never_read_as_a_frame(noise: bytes) -> None:
    with pytest.raises(wire.BrokenFrame):
        wire.read_frame(io.BytesIO(noise))


@pytest.mark.parametrize(
    "text", [b"[]", b"{", b'{"blobs": 3}', b'{"blobs": [-1, 4]}', b'{"blobs": [2]}', b"{}", b'"x"']
)
def test_a_header_that_does_not_fit_its_blobs_is_refused(text: bytes) -> None:
    data = struct.pack("!II", len(text), 3) + text + b"abc"
    with pytest.raises(wire.BrokenFrame):
        wire.read_frame(io.BytesIO(data))


def test_a_length_beyond_all_bounds_is_refused_before_it_is_read() -> None:
    with pytest.raises(wire.BrokenFrame, match="no frame of ours"):
        wire.read_frame(io.BytesIO(struct.pack("!II", 2**31, 0)))


@pytest.mark.parametrize("start", [None, b"png"])
def test_paint_requests_and_results_cross_unchanged(start: bytes | None) -> None:
    request = PaintRequest("a fox", (1, 2**62), 64, 72, 3, 2.5, "fog", start, 0.5 if start else 0.0)
    header, blobs = wire.paint_fields(request)
    assert wire.paint_request(*_through_json(header, blobs)) == request
    result = PaintResult((Picture(_png(64, 72), 1, 64, 72), Picture(_png(64, 80), 2, 64, 80)), "sd", 1.5)
    assert wire.paint_result(*_through_json(*wire.result_fields(result))) == result


def _png(width: int, height: int) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height)).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize("pictures", [(), (Picture(b"one", 1, 64, 72),), (Picture(_png(8, 8), 1, 64, 72),)])
def test_a_result_without_pictures_of_its_size_is_refused(pictures: tuple[Picture, ...]) -> None:
    fields, blobs = wire.result_fields(PaintResult(pictures, "sd", 1.5))
    with pytest.raises(ValueError, match="no PNG of the size it says"):
        wire.paint_result(fields, blobs)


def _through_json(header: dict[str, object], blobs: list[bytes]) -> wire.Frame:
    frame = wire.read_frame(io.BytesIO(wire.pack(header, blobs)))
    assert frame is not None
    return frame


def test_an_edit_with_its_history_survives_the_way() -> None:
    request = EditRequest("a fox", "undo that", seed=3, history=(Step("a house", "as a fox"),))
    header, _ = _through({"requests": [dataclasses.asdict(request)]})
    assert wire.edit_request(header["requests"][0]) == request


def _through(header: dict[str, Any]) -> wire.Frame:
    frame = wire.read_frame(io.BytesIO(wire.pack(header)))
    assert frame is not None
    return frame
