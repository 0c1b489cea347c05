"""`serve --ray`: Ray and the application on this machine, or on the cluster of RAY_ADDRESS, until stopped."""

import logging
import os
import queue
import signal
import threading
from collections.abc import Mapping, Sequence
from typing import Any

import ray
from pydantic import ValidationError
from ray import serve
from ray.exceptions import RayError

from model.errors import ConfigError, LoadError
from model.serving.cluster.settings import ClusterSettings
from model.serving.openai_server.auth import KEY_VARIABLE, is_loopback, take_key
from model.serving.openai_server.listener import bound
from model.serving.openai_server.options import ServeOptions
from model.serving.ray_app import application
from model.settings import ModelSettings

log = logging.getLogger(__name__)

NAME = "diffchat"
DRAIN_MARGIN_S = 10.0  # for the answers of the gateways themselves


def serve_on_ray(
    settings: ModelSettings,
    options: ServeOptions,
    given: Sequence[str],
    environ: Mapping[str, str] = os.environ,
) -> None:
    """Serve the models of `settings` until SIGTERM or Ctrl-C; `given` are settings of the cluster, KEY=VALUE.

    Ray's own variable RAY_ADDRESS names a cluster to join; without it Ray starts on this machine alone, and
    ends with this process. Running requests have the drain time; a second signal does not wait for them.
    Raises ConfigError before anything is started, and LoadError where the replicas cannot load.
    """
    cluster = cluster_settings(options, given, environ)
    take_key(options.host, dict(environ))  # a copy: the gateway reads the variable in its own process
    if not options.port:
        raise ConfigError("With --ray a port is needed: name one with --port.")
    bound(options.host, options.port).close()
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # Ray sends statistics to its makers otherwise
    # "local" is said, since Ray would otherwise join whatever cluster it finds on this machine
    ray.init(environ.get("RAY_ADDRESS") or "local", include_dashboard=False, log_to_driver=True)
    try:
        _serve(application(settings, cluster), options, cluster)
    finally:
        ray.shutdown()


def _serve(app: serve.Application, options: ServeOptions, cluster: ClusterSettings) -> None:
    serve.start(http_options={"host": options.host, "port": options.port})
    try:
        gateway = serve.run(app, name=NAME)
    except RuntimeError as error:  # what Serve raises for an application that does not come up
        serve.delete(NAME)
        raise LoadError(f"The application did not start: {error}") from error
    signals = _signals()
    log.info("Serving on http://%s:%d/v1 by Ray", options.host, options.port)
    _wait(signals)
    log.info("Stopping: no new requests, at most %.0f s for the running ones", cluster.drain_seconds)
    drained = threading.Thread(target=_drain, args=(gateway, cluster, signals), daemon=True)
    drained.start()
    _wait(signals)
    if drained.is_alive():
        log.warning("Requests that have not ended yet are given up")
    serve.delete(NAME, _blocking=not drained.is_alive())


def _drain(gateway: Any, cluster: ClusterSettings, signals: "queue.SimpleQueue[None]") -> None:
    """Have every gateway end what it has; then wakes the main thread, as a second signal would."""
    try:
        gateway.broadcast("drain").results(timeout_s=cluster.drain_seconds + DRAIN_MARGIN_S)
    except (RayError, TimeoutError) as error:
        log.warning("Not every gateway could be drained: %s", error)
    signals.put(None)


def _signals() -> "queue.SimpleQueue[None]":
    """Only once Ray is started: ray.init puts its own handlers there."""
    signals: queue.SimpleQueue[None] = queue.SimpleQueue()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: signals.put(None))
    return signals


def _wait(signals: "queue.SimpleQueue[None]") -> None:
    """Wakes each second: the handler of a signal just before the lock runs only when the lock is left."""
    while True:
        try:
            return signals.get(timeout=1)
        except queue.Empty:
            continue


def cluster_settings(
    options: ServeOptions, given: Sequence[str], environ: Mapping[str, str]
) -> ClusterSettings:
    """The cluster's settings from the command line. Raises ConfigError with every problem."""
    values: dict[str, object] = {
        "queue": options.queue, "drain_seconds": options.drain_seconds, "open": is_loopback(options.host),
    }  # fmt: skip
    known = [name for name in ClusterSettings.model_fields if name not in (*values, "preset")]
    for pair in given:
        key, equals, value = pair.partition("=")
        if not equals or key not in known:
            raise ConfigError(f"--ray takes KEY=VALUE with {', '.join(known)}; this is {pair!r}.")
        values[key] = value
    if environ.get(KEY_VARIABLE, "").strip():
        values["open"] = False
    try:
        return ClusterSettings.model_validate(values)
    except ValidationError as error:
        told = "; ".join(f"{problem['loc'][0]}: {problem['msg']}" for problem in error.errors())
        raise ConfigError(f"--ray: {told}.") from error
