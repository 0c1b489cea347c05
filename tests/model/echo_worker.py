"""A worker process without a model, for tests of what stands around the models.

It speaks through the very code of `model.serving.worker`; what it does with a request is told by the request.
"""

import os
import time

from model.engine import PaintProgress
from model.errors import EditError, LoadError
from model.serving.worker import Answers, Call, Cancelled, Fields, Loaded, main


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
    return Loaded("echo", {"echo": echo, "work": work, "nonsense": lambda call: [(5, ({}, []))]})


def echo(call: Call) -> Answers:
    """Answers each request with itself, the batch's size and the process id."""
    for request in call.requests:
        fields = request.fields
        if fields.get("die"):
            os._exit(7)
        if fields.get("refuse"):
            raise EditError(fields["refuse"])
        if fields.get("bug"):
            raise RuntimeError("a bug")
        time.sleep(fields.get("seconds", 0))
        yield request.at, ({**fields, "batch": len(call.requests), "pid": os.getpid()}, request.blobs)


def work(call: Call) -> Answers:
    """Works in steps of 20 ms, each request with its own progress; deaf to cancelling if told so.

    Whoever gives up leaves; each answer has the batch's size.
    """
    working, step = list(call.requests), 0
    while working:
        time.sleep(0.02)
        step += 1
        for request in list(working):
            steps = request.fields["steps"]
            try:
                if not request.fields.get("deaf"):
                    request.progress(PaintProgress(step, steps, b"preview" if step == 1 else None))
            except Cancelled as cancelled:
                working.remove(request)
                yield request.at, cancelled
                continue
            if step >= steps:
                working.remove(request)
                yield request.at, ({"steps": steps, "batch": len(call.requests)}, [])


if __name__ == "__main__":
    main("echo", load)
