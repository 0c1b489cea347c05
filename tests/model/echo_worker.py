"""A worker process without a model, for tests of what stands around the models.

It speaks through the very code of `model.serving.worker`; what it does with a request is told by the request.
"""

import os
import time
from typing import Any

from model.engine import PaintProgress
from model.errors import EditError, LoadError
from model.serving.worker import Fields, Loaded, Request, main


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
    return Loaded("echo", {"echo": echo, "work": work, "nonsense": lambda request: ([], [])})


def echo(request: Request) -> tuple[list[dict[str, Any]], list[bytes]]:
    """Answers each request with itself, the batch's size and the process id."""
    for fields in request.requests:
        if fields.get("die"):
            os._exit(7)
        if fields.get("refuse"):
            raise EditError(fields["refuse"])
        if fields.get("bug"):
            raise RuntimeError("a bug")
        time.sleep(fields.get("seconds", 0))
    batch = len(request.requests)
    return [{**fields, "batch": batch, "pid": os.getpid()} for fields in request.requests], request.blobs


def work(request: Request) -> tuple[list[dict[str, Any]], list[bytes]]:
    """Works in steps of 20 ms with progress; deaf to cancelling if told so."""
    (fields,) = request.requests
    for step in range(fields["steps"]):
        time.sleep(0.02)
        if not fields.get("deaf"):
            request.progress(PaintProgress(step + 1, fields["steps"], b"preview" if step == 0 else None))
    return [{"steps": fields["steps"]}], []


if __name__ == "__main__":
    main("echo", load)
