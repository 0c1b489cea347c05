"""`serve --ray`: Ray and the application on this machine, or on the cluster of RAY_ADDRESS, until stopped."""

import logging
import os
import signal
import threading
from collections.abc import Mapping, Sequence

import ray
from pydantic import ValidationError
from ray import serve

from model.errors import ConfigError, LoadError
from model.serving.cluster.settings import ClusterSettings
from model.serving.openai_server.auth import KEY_VARIABLE, is_loopback, take_key
from model.serving.openai_server.options import ServeOptions
from model.serving.openai_server.run import bound
from model.serving.ray_app import application
from model.settings import ModelSettings

log = logging.getLogger(__name__)

NAME = "diffchat"


def serve_on_ray(
    settings: ModelSettings,
    options: ServeOptions,
    given: Sequence[str],
    environ: Mapping[str, str] = os.environ,
) -> None:
    """Serve the models of `settings` until SIGTERM or Ctrl-C; `given` are settings of the cluster, KEY=VALUE.

    Running requests then have the drain time. Raises ConfigError before anything is started, and LoadError
    where the replicas cannot load.
    """
    cluster = cluster_settings(options, given)
    take_key(options.host, dict(environ))  # a copy: the gateway reads the variable in its own process
    if not options.port:
        raise ConfigError("With --ray a port is needed: name one with --port.")
    bound(options.host, options.port).close()
    ray.init(include_dashboard=False, log_to_driver=True)
    try:
        serve.start(http_options={"host": options.host, "port": options.port})
        serve.run(application(settings, cluster), name=NAME)
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):  # only now: ray.init puts its own handlers there
            signal.signal(number, lambda *_: stop.set())
        log.info("Serving on http://%s:%d/v1 by Ray", options.host, options.port)
        stop.wait()
        log.info("Stopping: at most %.0f s for what runs", cluster.drain_seconds)
        serve.delete(NAME)
    except RuntimeError as error:  # what Serve raises for an application that does not come up
        raise LoadError(f"The application did not start: {error}") from error
    finally:
        serve.shutdown()  # type: ignore[no-untyped-call]
        ray.shutdown()


def cluster_settings(options: ServeOptions, given: Sequence[str]) -> ClusterSettings:
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
    if os.environ.get(KEY_VARIABLE):
        values["open"] = False
    try:
        return ClusterSettings.model_validate(values)
    except ValidationError as error:
        told = "; ".join(f"{problem['loc'][0]}: {problem['msg']}" for problem in error.errors())
        raise ConfigError(f"--ray: {told}.") from error
