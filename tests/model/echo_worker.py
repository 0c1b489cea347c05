"""A worker process without a model, for tests of what stands around the models.

It speaks through the very code of `model.serving.worker`; what it does with a request is told by the request.
"""

import contextlib
import os
import time

from model.engine import PaintProgress
from model.errors import EditError, LoadError
from model.serving import wire
from model.serving.worker import Cancelled, Fields, Loaded, Request, main


def load(settings: Fields) -> Loaded:
    if "fail" in settings:
        raise LoadError(settings["fail"])
    if "bug" in settings:
        raise RuntimeError(settings["bug"])
    once = settings.get("fail_when_exists")
    if once and os.path.exists(once):  # noqa: PTH110
        raise LoadError("The weights have gone: put them back.")
    time.sleep(settings.get("load_seconds", 0))
    print("a library that prints to standard output")  # noqa: T201
    return Loaded("echo", {"echo": echo, "work": work, "load": load_first, "nonsense": lambda _: []})


def echo(request: Request) -> list[wire.Frame]:
    """Answers each request with itself, the batch's size and the process id."""
    for index, fields in enumerate(request.requests):
        while fields.get("when_exists") and not os.path.exists(fields["when_exists"]):  # noqa: PTH110
            time.sleep(0.01)
        if fields.get("early"):
            request.answer(index, (fields, []))
        if fields.get("die"):
            os._exit(7)
        if fields.get("refuse"):
            raise EditError(fields["refuse"])
        if fields.get("bug"):
            raise RuntimeError("a bug")
        time.sleep(fields.get("seconds", 0))
    batch = len(request.requests)
    own = {"batch": batch, "pid": os.getpid()}
    if any(fields.get("early") for fields in request.requests):
        return []
    return [(fields | own, blobs) for fields, blobs in zip(request.requests, request.blobs, strict=True)]


def work(request: Request) -> list[wire.Frame]:
    """Works in steps of 20 ms with progress for each; deaf to cancelling if told so."""
    steps = request.requests[0]["steps"]
    wanted = dict(enumerate(request.requests))
    for step in range(steps):
        time.sleep(0.02)
        for index, fields in list(wanted.items()):
            if not fields.get("deaf"):
                try:
                    preview = b"preview" if step == 0 else None
                    request.progress(PaintProgress(step + 1, steps, preview), index)
                except Cancelled:
                    del wanted[index]
        if not wanted:
            raise Cancelled
    return [({"steps": steps, "batch": len(request.requests)}, []) for _ in request.requests]


def load_first(request: Request) -> list[wire.Frame]:
    """Says that it loads, and is deaf meanwhile."""
    with contextlib.suppress(Cancelled):
        request.progress(PaintProgress(0, 0, loading="a large one"))
    time.sleep(request.requests[0]["seconds"])
    return [({"pid": os.getpid()}, [])]


if __name__ == "__main__":
    main("echo", load)
