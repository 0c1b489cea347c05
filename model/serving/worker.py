"""The process that owns the weights: `python -m model.serving.worker llm|picture|check`.

`model.serving.worker_process` starts it. It reads frames (`model.serving.wire`) from its standard input and
answers through a copy of its standard output; descriptor 1 is then pointed at standard error, so that nothing
a library prints can end up between frames. The first frame brings the settings. A thread reads, the main
thread computes one request at a time:

    engine -> worker   {"settings": {...}}                          once
    worker -> engine   {"ready": name, "capabilities": {...}, "models": {name: {...}}}     once
                       or {"error", "message"}
    engine -> worker   {"id", "op": "edit" | "paint" | "describe" | "region" | "memory", "requests": [...]}
                       + blobs
    engine -> worker   {"cancel": id, "index"}                      may come while id is computed
    worker -> engine   {"id", "index", "progress": {...}} + preview while painting
    worker -> engine   {"id", "index", "outcome": {...} or {"error", "message"}} + blobs, one for each request
    worker -> engine   {"id", "end": true}                          after them

"index" is a request's place in its frame, where "counts" says how many of the blobs are each one's. Edits
come several at once, and pictures that fit together; an outcome is sent when it is there, so nobody waits for
what others asked for in the same frame. The end of the input means that the engine is gone, however it ended:
the process exits at once.
"""

import logging
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn

from model.engine import EditResult, PaintProgress, PaintRequest
from model.errors import LoadError, ModelError, PictureRefused, Unsupported
from model.hardware import gpu_present
from model.pictures.decoding import decode_picture
from model.serving import wire
from model.serving.memory import used_here
from model.settings import CaptionerSettings, ImageSettings, LLMSettings, NamedImageSettings, SafetySettings

if TYPE_CHECKING:
    from model.moderation.text_classifier import TextClassifier
    from model.pictures.captioner import Captioner
    from model.pictures.painters import Painters
    from model.pictures.regions import Regions
    from model.pictures.safety import PictureCheck

log = logging.getLogger(__name__)

_ENOUGH_TO_DESCRIBE = 1024  # pixels of a side; what describes a picture sees a few hundred
NICENESS = 5  # the event loop that people wait on goes first

Fields = dict[str, Any]
Send = Callable[[Fields, list[bytes]], None]
Handler = Callable[["Request"], list[wire.Frame]]
"""Gives an outcome, its fields and its blobs, for each request; or nothing, where it has answered each by
`Request.answer` itself."""


class Cancelled(Exception):
    """Nobody waits for this request any more."""


class Request:
    """What came in one frame: the fields and blobs of each request, which were cancelled, a way to report."""

    def __init__(self, header: Fields, blobs: list[bytes], inbox: "Inbox", send: Send) -> None:
        self.id: int = header["id"]
        self.op: str = header["op"]
        self.requests: list[Fields] = header["requests"]
        self.blobs = wire.shared_out(blobs, header["counts"])
        self._inbox, self._send = inbox, send
        self._open = set(range(len(self.requests)))

    def answer(self, index: int, outcome: wire.Frame) -> None:
        """Send the outcome of one request, which has none yet."""
        self._open.remove(index)
        fields, blobs = outcome
        self._send({"id": self.id, "index": index, "outcome": fields}, blobs)

    def end(self, error: Fields | None = None) -> None:
        """Say that there is nothing more to come; with an `error` that becomes of what has no outcome yet."""
        if error is not None:
            for index in sorted(self._open):
                self.answer(index, (error, []))
        self._send({"id": self.id, "end": True}, [])

    def is_cancelled(self) -> bool:
        """Whether nobody waits for any of the answers any more."""
        return all((self.id, index) in self._inbox.cancelled for index in range(len(self.requests)))

    def progress(self, progress: PaintProgress, index: int = 0) -> None:
        """Report a step of one request; raises Cancelled when nobody waits for it."""
        if (self.id, index) in self._inbox.cancelled:
            raise Cancelled
        report = {"step": progress.step, "of": progress.of, "loading": progress.loading}
        header = {"id": self.id, "index": index, "progress": report}
        self._send(header, [progress.preview] if progress.preview else [])


class Inbox:
    """Requests in the order they came; a thread fills it and ends the process when the engine is gone."""

    def __init__(self, stream: BinaryIO) -> None:
        self.frames: queue.SimpleQueue[wire.Frame] = queue.SimpleQueue()
        # The reading thread adds to it, the main one asks and removes; without a lock, since adding, removing
        # and finding one number in a set are each atomic in CPython
        self.cancelled: set[tuple[int, int]] = set()  # frame and index
        self._stream = stream
        threading.Thread(target=self._read, name="inbox", daemon=True).start()

    def _read(self) -> None:
        try:
            while (frame := wire.read_frame(self._stream)) is not None:
                if "cancel" in frame[0]:
                    self.cancelled.add((frame[0]["cancel"], frame[0]["index"]))
                else:
                    self.frames.put(frame)
        except (wire.BrokenFrame, OSError):
            log.exception("the engine's frames cannot be read, the worker ends")
        finally:
            os._exit(0)  # the main thread may be deep in a matrix product; nothing here needs saving


@dataclass(frozen=True, slots=True)
class Loaded:
    """A worker's model: its name, what answers each kind of request, and what it can do (`Capabilities`).

    `models` are the pipelines beside it by name (`PainterInfo`).
    """

    name: str
    handlers: dict[str, Handler]
    capabilities: Fields = field(default_factory=dict)
    models: dict[str, Fields] = field(default_factory=dict)


Loader = Callable[[Fields], Loaded]


def load_llm(settings: Fields) -> Loaded:
    """The name and the handlers of a language model worker."""
    from model.language.llm import DiffChatLLM

    llm = DiffChatLLM.load(LLMSettings.model_validate(settings))

    def edit(request: Request) -> list[wire.Frame]:
        batch = [wire.edit_request(fields) for fields in request.requests]
        outcomes = llm.try_edit(batch, request.is_cancelled)
        return [(asdict(o) if isinstance(o, EditResult) else _error(o), []) for o in outcomes]

    return Loaded(llm.name, {"edit": edit, "memory": _memory})


def load_picture(settings: Fields) -> Loaded:
    """The name and the handlers of a picture worker; the captioner is loaded when it is first needed."""
    if not gpu_present():
        # diffusers and peft import this library as soon as they find it, a quarter of the whole start;
        # it is for 4-bit pipelines, which need a GPU
        sys.modules["bitsandbytes"] = None  # type: ignore[assignment]
    from model.moderation.text_classifier import load_text_check
    from model.pictures.painters import Painters

    text_check = load_text_check(SafetySettings.model_validate(settings["safety"]))
    image = ImageSettings.model_validate(settings["image"])
    models = {name: NamedImageSettings.model_validate(one) for name, one in settings["models"].items()}
    painters = Painters.load(image, models, _picture_check(settings["safety"]))

    @cache
    def captioner() -> "Captioner":
        from model.pictures.captioner import load_captioner

        return load_captioner(CaptionerSettings.model_validate(settings["captioner"]))

    def describe(request: Request) -> list[wire.Frame]:
        picture = decode_picture(request.blobs[0][0], enough=_ENOUGH_TO_DESCRIBE)
        return [({"text": captioner().describe(picture, request.requests[0]["reading"])}, [])]

    @cache
    def regions() -> "Regions":
        from model.pictures.regions import Regions

        return Regions.load(image)

    def region(request: Request) -> list[wire.Frame]:
        from model.pictures.masks import png_of

        if not image.regions:
            raise Unsupported("No model is set that finds things in pictures: name one in [image] regions.")
        mask = regions().find(decode_picture(request.blobs[0][0]), request.requests[0]["words"])
        return [({}, [png_of(mask)])]

    infos = {name: asdict(one) for name, one in painters.infos(finds_regions=bool(image.regions)).items()}
    own = infos.pop("")
    handlers: dict[str, Handler] = {
        "paint": partial(_paint, painters, text_check),
        "describe": describe,
        "region": region,
        "memory": _memory,
    }
    return Loaded(own["name"], handlers, own["capabilities"], infos)


def _paint(painters: "Painters", text_check: "TextClassifier | None", request: Request) -> list[wire.Frame]:
    """Answer each request when it is done; those that are let in are painted together."""
    wanted: dict[int, PaintRequest] = {}
    for index, (fields, blobs) in enumerate(zip(request.requests, request.blobs, strict=True)):
        asked = wire.paint_request(fields, blobs)
        try:
            if text_check:
                text_check.check(asked.words)
            wanted[index] = asked
        except ModelError as error:
            request.answer(index, (_error(error), []))
    places = list(wanted)
    reports = [partial(request.progress, index=index) for index in places]
    for place, outcome in painters.paint_each(list(wanted.values()), reports):
        if isinstance(outcome, Exception):
            request.answer(places[place], (_failure(request, outcome), []))
        else:
            request.answer(places[place], wire.result_fields(outcome))
    return []


def _memory(request: Request) -> list[wire.Frame]:
    return [(dict(used_here()), []) for _ in request.requests]


def load_check(settings: Fields) -> Loaded:
    """The name and the handlers of a worker that only looks at prompts and pictures painted elsewhere."""
    from model.moderation.text_classifier import load_text_check

    pictures, texts = _picture_check(settings), load_text_check(SafetySettings.model_validate(settings))

    def picture(request: Request) -> list[wire.Frame]:
        unsafe = ""
        if pictures is not None:
            try:
                pictures.check(decode_picture(request.blobs[0][0]))
            except PictureRefused as refused:
                unsafe = str(refused)
        return [({"unsafe": unsafe}, [])]

    def text(request: Request) -> list[wire.Frame]:
        if texts is not None:
            texts.check(request.requests[0]["prompt"])
        return [({}, [])]

    return Loaded("safety checks", {"picture": picture, "text": text})


def _picture_check(settings: Fields) -> "PictureCheck | None":
    from model.pictures.safety import load_picture_check

    return load_picture_check(SafetySettings.model_validate(settings))


def serve(load: Loader, stdin: BinaryIO, stdout: BinaryIO) -> int:
    """Load what the first frame asks for, then answer requests until the engine is gone."""

    def send(header: Fields, blobs: list[bytes]) -> None:
        stdout.write(wire.pack(header, blobs))
        stdout.flush()

    inbox = Inbox(stdin)
    first, _ = inbox.frames.get()
    try:
        loaded = load(first["settings"])
    except ModelError as error:
        send(_error(error), [])
        return 1
    except Exception as error:
        log.exception("loading failed")
        send(_error(LoadError(f"A worker could not start ({type(error).__name__}): see its log.")), [])
        return 1
    send({"ready": loaded.name, "capabilities": loaded.capabilities, "models": loaded.models}, [])
    while True:
        request = Request(*inbox.frames.get(), inbox, send)
        _answer(loaded.handlers, request)
        # one that comes now is of a frame that is answered; the next frame has another number
        inbox.cancelled -= {(request.id, index) for index in range(len(request.requests))}


def _answer(handlers: dict[str, Handler], request: Request) -> None:
    """Let the handler answer the requests. A failure is their own, the worker goes on."""
    try:
        if request.is_cancelled():
            raise Cancelled
        for index, outcome in enumerate(handlers[request.op](request)):
            request.answer(index, outcome)
    except Exception as raised:  # noqa: BLE001 - it is told, and logged where it is no ModelError
        request.end(_failure(request, raised))
    else:
        request.end()


def _failure(request: Request, raised: Exception) -> Fields:
    """What is answered in place of an outcome."""
    if isinstance(raised, Cancelled):
        return _error(ModelError("The request was cancelled."))
    if isinstance(raised, ModelError):
        return _error(raised)
    log.error("request %d (%s) failed", request.id, request.op, exc_info=raised)
    return _error(ModelError(f"The model failed on this request ({type(raised).__name__}): see the log."))


def _error(error: ModelError) -> Fields:
    return {"error": type(error).__name__, "message": str(error)}


def main(kind: str, load: Loader) -> NoReturn:
    """Keep the two pipes for frames, point standard output at standard error, and serve."""
    level = os.environ.get("DIFFCHAT_WORKER_LOG", "WARNING")
    logging.basicConfig(level=level, format=f"{kind} worker: %(name)s: %(message)s")
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the engine ends us
    if hasattr(os, "nice"):  # Windows has none
        os.nice(NICENESS)
    stdin = os.fdopen(os.dup(0), "rb")
    stdout = os.fdopen(os.dup(1), "wb")
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    code = serve(load, stdin, stdout)
    logging.shutdown()
    os._exit(code)  # an orderly exit would wait for the thread that waits for the engine


if __name__ == "__main__":
    loaders = {"llm": load_llm, "picture": load_picture, "check": load_check}
    main(sys.argv[1], loaders[sys.argv[1]])
