"""Every fault of a server of pictures, and the error that it becomes."""

import base64
import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image

from model.engine import PaintRequest
from model.errors import (
    BadAnswer,
    BadRequest,
    EngineRefused,
    EngineUnreachable,
    ModelError,
    OutOfMemory,
    PictureRefused,
    PromptRefused,
)
from model.presets import resolve
from model.serving.remote.engine import RemoteEngine
from tests.model.serving.remote.servers import (
    KEY,
    Server,
    at,
    b64,
    data,
    error,
    event,
    png,
    serving,
    slow,
    status,
    stream,
)

pytestmark = pytest.mark.usefixtures("no_waiting")

MODELS = resolve("tiny")
ONE = PaintRequest("a red house", (5,), width=64, height=64, steps=4, guidance=3.0)

TRUNCATED = base64.b64encode(png()[:-20]).decode()
JPEG = io.BytesIO()
_SIZE = struct.pack("!II", 60_000, 60_000) + png()[24:29]
_SUM = struct.pack("!I", zlib.crc32(b"IHDR" + _SIZE))
BOMB = base64.b64encode(png()[:16] + _SIZE + _SUM + png()[33:]).decode()
Image.new("RGB", (64, 64)).save(JPEG, "JPEG")

FAULTS: dict[str, tuple[Any, type[ModelError], str]] = {
    "an address": (data(url="http://169.254.169.254/x"), BadAnswer, "an address instead of a picture"),
    "an address of the same server": (data(url="/v1/images/1/content"), BadAnswer, "an address"),
    "nothing": (data(), BadAnswer, "instead of a picture"),
    "no pictures": ({"data": []}, BadAnswer, "0 of 1"),
    "no data": ({"images": []}, BadAnswer, "holds no pictures"),
    "no base64": (data(b64_json="!!!"), BadAnswer, "no base64"),
    "cut off base64": (data(b64_json=b64()[:-3]), BadAnswer, "cut off"),
    "a PNG cut off": (data(b64_json=TRUNCATED), BadAnswer, "damaged"),
    "a JPEG": (data(b64_json=base64.b64encode(JPEG.getvalue()).decode()), BadAnswer, "no PNG"),
    "HTML as a picture": (data(b64_json=base64.b64encode(b"<html>").decode()), BadAnswer, "no PNG"),
    "another size": (data(b64_json=b64(5, (256, 64))), BadAnswer, "256x64 instead of 64x64"),
    "far too many pixels": (data(b64_json=BOMB), BadAnswer, "damaged"),
    "a page": (status(200, "<html>"), BadAnswer, "no JSON"),
    "wrong key": (status(401), EngineRefused, "key"),
    "no such model": (status(404), EngineRefused, "no such model"),
    "no such size": (status(400, {"detail": "Invalid size"}), BadRequest, "Invalid size"),
    "busy": (status(429, retry_after="60"), EngineUnreachable, "busy"),
    "its memory": (status(503, error("too large", "out_of_memory")), OutOfMemory, ""),
    "moderation": (status(400, error("no", "moderation_blocked")), PromptRefused, ""),
    "refused": (status(400, error("looks like nsfw", "picture_refused")), PictureRefused, ""),
    "half a stream": (
        stream(event("image_generation.progress", step=1, of=4), whole=False),
        EngineUnreachable,
        "",
    ),
    "a stream without a picture": (
        stream(event("image_generation.progress", step=1, of=4)),
        EngineUnreachable,
        "in the middle",
    ),
    "an error in a stream": (
        stream(b'data: {"error": {"message": "engine dead", "code": 500}}\n\n'),
        EngineUnreachable,
        "engine dead",
    ),
    "a stream of nonsense": (stream(b"data: {nonsense\n\n"), BadAnswer, "cannot be read"),
    "a stream of no events": (stream(b"data: [1]\n\n"), BadAnswer, "no event"),
    "never": (slow(), EngineUnreachable, "in time"),
}


@pytest.mark.parametrize(("answer", "kind", "words"), FAULTS.values(), ids=FAULTS)
async def test_every_fault_has_its_error(
    answer: Any, kind: type[ModelError], words: str, caplog: pytest.LogCaptureFixture
) -> None:
    server = Server(pictures=[answer])
    timeout_s = 0.3 if answer is FAULTS["never"][0] else 10.0
    async with serving(server):
        settings = at(server, retries=0, timeout_s=timeout_s)
        async with RemoteEngine(MODELS, pictures_at=settings) as engine:
            with pytest.raises(ModelError) as raised:
                await engine.paint(ONE)
            [state] = engine.servers()
    assert type(raised.value) is kind
    assert words in str(raised.value)
    assert dict(state.outcomes) == {kind.__name__: 1}
    assert KEY not in caplog.text + str(raised.value)
    if kind in (EngineRefused, EngineUnreachable, BadAnswer):
        assert server.url in str(raised.value)
        assert server.url in caplog.text


async def test_an_answer_with_too_many_bytes_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("model.serving.remote.pictures.MAX_ANSWER", 5000)
    endless = stream(*[event("image_generation.partial_image", b64_json="A" * 2000)] * 9)
    for answer in (data(b64_json="A" * 9000), endless):
        server = Server(pictures=[answer])
        async with serving(server), RemoteEngine(MODELS, pictures_at=at(server, retries=0)) as engine:
            with pytest.raises(BadAnswer, match="more than an answer needs"):
                await engine.paint(ONE)
