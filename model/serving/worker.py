"""The process that owns the weights: `python -m model.serving.worker llm|picture|check`.

`model.serving.worker_process` starts it. It reads frames (`model.serving.wire`) from its standard input and
answers through a copy of its standard output; descriptor 1 is then pointed at standard error, so that nothing
a library prints can end up between frames. The first frame brings the settings. A thread reads, the main
thread computes one call at a time, which is one request or several of a kind that go together:

    engine -> worker   {"settings": {...}}                          once
    worker -> engine   {"ready": name, "capabilities": {...}} or {"error", "message"}      once
    engine -> worker   {"id", "op": "edit" | "paint" | "describe" | "region" | "memory", "requests": [...],
                        "counts": [blobs of each]} + blobs
    engine -> worker   {"cancel": id, "at": number}                 may come while id is computed
    worker -> engine   {"id", "at", "progress": {...}} + preview    while painting
    worker -> engine   {"id", "at", "outcome": {...} or {"error", "message"}} + blobs

`at` says which request of the call is meant. Each has its outcome as soon as it is known, and the call ends
when all have theirs; edits and pictures come several at once. The end of the input means that the engine is
gone, however it ended: the process exits at once.
"""

import logging
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn

from model.engine import EditResult, PaintProgress, PaintRequest
from model.errors import LoadError, ModelError, PictureRefused, Unsupported
from model.hardware import gpu_present
from model.pictures.decoding import decode_picture
from model.serving import wire
from model.serving.memory import used_here
from model.settings import CaptionerSettings, ImageSettings, LLMSettings, SafetySettings

if TYPE_CHECKING:
    from model.moderation.text_classifier import TextClassifier
    from model.pictures.captioner import Captioner
    from model.pictures.painter import Painter
    from model.pictures.regions import Regions
    from model.pictures.safety import PictureCheck

log = logging.getLogger(__name__)

_ENOUGH_TO_DESCRIBE = 1024  # pixels of a side; what describes a picture sees a few hundred
NICENESS = 5  # the event loop that people wait on goes first

Fields = dict[str, Any]
Send = Callable[[Fields, list[bytes]], None]
Answer = tuple[Fields, list[bytes]]
Answers = Iterable[tuple[int, Answer | Exception]]  # which request, and its outcome
Handler = Callable[["Call"], Answers]


class Cancelled(Exception):
    """Nobody waits for this request any more."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request of a call: its fields and blobs, whether it was cancelled, and a way to report."""

    call: "Call"
    at: int
    fields: Fields
    blobs: list[bytes]

    def is_cancelled(self) -> bool:
        """Whether nobody waits for the answer any more."""
        return self.call.is_cancelled(self.at)

    def progress(self, progress: PaintProgress) -> None:
        """Report a step; raises Cancelled when nobody waits, which ends the painting between two steps."""
        if self.is_cancelled():
            raise Cancelled
        report = {"step": progress.step, "of": progress.of}
        self.call.send(self.at, {"progress": report}, [progress.preview] if progress.preview else [])


class Call:
    """Requests that came together."""

    def __init__(self, header: Fields, blobs: list[bytes], inbox: "Inbox", send: Send) -> None:
        self.id: int = header["id"]
        self.op: str = header["op"]
        left = iter(blobs)
        pairs = zip(header["requests"], header["counts"], strict=True)
        self.requests = [
            Request(self, at, fields, list(islice(left, count))) for at, (fields, count) in enumerate(pairs)
        ]
        self._inbox, self._send = inbox, send

    def is_cancelled(self, at: int | None = None) -> bool:
        """Whether nobody waits for the answer of one request any more, or for any answer."""
        if at is not None:
            return (self.id, at) in self._inbox.cancelled
        return all(request.is_cancelled() for request in self.requests)

    def send(self, at: int, header: Fields, blobs: list[bytes]) -> None:
        """Tell something about a request."""
        self._send({"id": self.id, "at": at, **header}, blobs)


class Inbox:
    """Requests in the order they came; a thread fills it and ends the process when the engine is gone."""

    def __init__(self, stream: BinaryIO) -> None:
        self.frames: queue.SimpleQueue[wire.Frame] = queue.SimpleQueue()
        # The reading thread adds to it, the main one asks and removes; without a lock, since adding, removing
        # and finding one pair of numbers in a set are each atomic in CPython
        self.cancelled: set[tuple[int, int]] = set()
        self._stream = stream
        threading.Thread(target=self._read, name="inbox", daemon=True).start()

    def _read(self) -> None:
        try:
            while (frame := wire.read_frame(self._stream)) is not None:
                if "cancel" in frame[0]:
                    self.cancelled.add((frame[0]["cancel"], frame[0]["at"]))
                else:
                    self.frames.put(frame)
        except (wire.BrokenFrame, OSError):
            log.exception("the engine's frames cannot be read, the worker ends")
        finally:
            os._exit(0)  # the main thread may be deep in a matrix product; nothing here needs saving


@dataclass(frozen=True, slots=True)
class Loaded:
    """A worker's model: its name, what answers each kind of request, and what it can do (`Capabilities`)."""

    name: str
    handlers: dict[str, Handler]
    capabilities: Fields = field(default_factory=dict)


Loader = Callable[[Fields], Loaded]


def load_llm(settings: Fields) -> Loaded:
    """The name and the handlers of a language model worker."""
    from model.language.llm import DiffChatLLM

    llm = DiffChatLLM.load(LLMSettings.model_validate(settings))

    def edit(call: Call) -> Answers:
        batch = [wire.edit_request(request.fields) for request in call.requests]
        outcomes = llm.try_edit(batch, call.is_cancelled)
        for at, outcome in enumerate(outcomes):
            yield at, (asdict(outcome), []) if isinstance(outcome, EditResult) else outcome

    return Loaded(llm.name, {"edit": edit, "memory": one_by_one(_memory)})


def load_picture(settings: Fields) -> Loaded:
    """The name and the handlers of a picture worker; the captioner is loaded when it is first needed."""
    if not gpu_present():
        # diffusers and peft import this library as soon as they find it, a quarter of the whole start;
        # it is for 4-bit pipelines, which need a GPU
        sys.modules["bitsandbytes"] = None  # type: ignore[assignment]
    from model.moderation.text_classifier import load_text_check
    from model.pictures.painter import Painter

    text_check = load_text_check(SafetySettings.model_validate(settings["safety"]))
    image = ImageSettings.model_validate(settings["image"])
    painter = Painter.load(image, _picture_check(settings["safety"]))

    @cache
    def captioner() -> "Captioner":
        from model.pictures.captioner import load_captioner

        return load_captioner(CaptionerSettings.model_validate(settings["captioner"]))

    def describe(request: Request) -> Answer:
        picture = decode_picture(request.blobs[0], enough=_ENOUGH_TO_DESCRIBE)
        return {"text": captioner().describe(picture)}, []

    @cache
    def regions() -> "Regions":
        from model.pictures.regions import Regions

        return Regions.load(image)

    def region(request: Request) -> Answer:
        from model.pictures.masks import png_of

        if not image.regions:
            raise Unsupported("No model is set that finds things in pictures: name one in [image] regions.")
        return {}, [png_of(regions().find(decode_picture(request.blobs[0]), request.fields["words"]))]

    able = asdict(painter.capabilities) | {"finds_regions": bool(image.regions)}
    single = {"describe": describe, "region": region, "memory": _memory}
    handlers = {op: one_by_one(answer) for op, answer in single.items()}
    return Loaded(painter.name, {"paint": partial(_paint, painter, text_check), **handlers}, able)


def _paint(painter: "Painter", text_check: "TextClassifier | None", call: Call) -> Answers:
    """Paint what comes together in as few batches as can be; each request has its outcome when it is done."""
    accepted: list[tuple[Request, PaintRequest]] = []
    for request in call.requests:
        try:
            wanted = wire.paint_request(request.fields, request.blobs)
            if text_check:
                text_check.check(wanted.words)
        except Exception as error:  # noqa: BLE001  given back as the request's outcome
            yield request.at, error
        else:
            accepted.append((request, wanted))
    asked = [(wanted, request.progress) for request, wanted in accepted]
    for place, outcome in painter.paint_together(asked):
        at = accepted[place][0].at
        yield at, outcome if isinstance(outcome, Exception) else wire.result_fields(outcome)


def one_by_one(answer: Callable[[Request], Answer]) -> Handler:
    """A handler that answers each request by itself."""

    def handler(call: Call) -> Answers:
        for request in call.requests:
            yield request.at, answer(request)

    return handler


def _memory(_: Request) -> Answer:
    return dict(used_here()), []


def load_check(settings: Fields) -> Loaded:
    """The name and the handlers of a worker that only looks at prompts and pictures painted elsewhere."""
    from model.moderation.text_classifier import load_text_check

    pictures, texts = _picture_check(settings), load_text_check(SafetySettings.model_validate(settings))

    def picture(request: Request) -> Answer:
        unsafe = ""
        if pictures is not None:
            try:
                pictures.check(decode_picture(request.blobs[0]))
            except PictureRefused as refused:
                unsafe = str(refused)
        return {"unsafe": unsafe}, []

    def text(request: Request) -> Answer:
        if texts is not None:
            texts.check(request.fields["prompt"])
        return {}, []

    return Loaded("safety checks", {"picture": one_by_one(picture), "text": one_by_one(text)})


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
    send({"ready": loaded.name, "capabilities": loaded.capabilities}, [])
    while True:
        call = Call(*inbox.frames.get(), inbox, send)
        for at, outcome in _outcomes(loaded.handlers, call):
            fields, blobs = (_error(outcome, call), []) if isinstance(outcome, Exception) else outcome
            call.send(at, {"outcome": fields}, blobs)
        for request in call.requests:
            inbox.cancelled.discard((call.id, request.at))


def _outcomes(handlers: dict[str, Handler], call: Call) -> Iterator[tuple[int, Answer | Exception]]:
    """What the handler makes of the requests. A failure is that of all it had no outcome for."""
    left = {request.at for request in call.requests}
    try:
        if call.is_cancelled():
            raise Cancelled
        for at, outcome in handlers[call.op](call):
            left.discard(at)
            yield at, outcome
        if left:
            raise RuntimeError(f"no outcome for requests {sorted(left)}")
    except Exception as error:  # noqa: BLE001  `serve` sends it, and logs what is no ModelError
        for at in sorted(left):
            yield at, error


def _error(error: Exception, call: Call | None = None) -> Fields:
    """An error as an outcome; one that is nobody's fault but the program's is told by the log."""
    if isinstance(error, Cancelled):
        error = ModelError("The request was cancelled.")
    elif not isinstance(error, ModelError):
        if call is not None:
            log.error("call %d (%s) failed", call.id, call.op, exc_info=error)
        error = ModelError(f"The model failed on this request ({type(error).__name__}): see the log.")
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
