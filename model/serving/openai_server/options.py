"""The options of `serve`, alike for `python -m model serve` and `python -m bot serve`."""

import argparse
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """Where to serve, how many requests may wait for each model, how long the running ones may take at the
    end (seconds). Where Ray is to serve, `ray` has KEY=VALUE of `model.serving.cluster.settings`. `traces` is
    the address that traces go to; "" leaves that to OpenTelemetry's variables."""

    host: str = "127.0.0.1"
    port: int = 8000
    queue: int = 64
    drain_seconds: float = 30.0
    ray: tuple[str, ...] | None = None
    traces: str = ""

    @classmethod
    def add_to(cls, parser: argparse.ArgumentParser) -> None:
        """The options, for argparse."""
        usual = cls()
        parser.add_argument("--host", default=usual.host, help="address to bind (default: %(default)s)")
        parser.add_argument(
            "--port",
            type=_port,
            default=usual.port,
            help="port to bind (default: %(default)s); 0 picks a free one",
        )
        parser.add_argument(
            "--queue", type=_count, default=usual.queue,
            help="requests that may wait for each model (default: %(default)s); with 0 none waits",
        )  # fmt: skip
        parser.add_argument(
            "--drain", type=_count, default=int(usual.drain_seconds), metavar="S", dest="drain_seconds",
            help="seconds that running requests have to end after SIGTERM (default: %(default)s)",
        )  # fmt: skip
        parser.add_argument(
            "--ray", nargs="*", metavar="KEY=VALUE",
            help="by Ray Serve, with replicas, as picture_replicas=1-4 picture_gpus=0.5: see docs/scaling.md",
        )  # fmt: skip

    @classmethod
    def given(cls, options: argparse.Namespace) -> Self:
        """What was given on the command line."""
        ray = None if options.ray is None else tuple(options.ray)
        return cls(options.host, options.port, options.queue, float(options.drain_seconds), ray)


def _port(text: str) -> int:
    return _bounded(text, 65535)


def _count(text: str) -> int:
    return _bounded(text, 100_000)


def _bounded(text: str, most: int) -> int:
    if not text.isdecimal() or int(text) > most:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 0 to {most}")
    return int(text)
