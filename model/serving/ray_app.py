"""The Ray Serve application: `serve run model.serving.ray_app:app preset=tiny`.

The application builder that Serve calls with the arguments of its command line or config file (Ray Serve,
"Pass Arguments to Applications"). docs/scaling.md says how to run it on one box and on a cluster.
"""

from typing import Any

from ray import serve

from model.errors import ConfigError
from model.presets import resolve
from model.serving.cluster.gateway import Gateway
from model.serving.cluster.replicas import Captions, Pictures, Words
from model.serving.cluster.settings import ClusterSettings, most
from model.settings import ModelSettings

# Edits that one replica may have beside those of its batch, so that the next batch is full when it begins
_WORDS_AHEAD = 2
_BESIDES = 16  # health checks, lists of models


def app(args: ClusterSettings) -> serve.Application:
    """The application with a preset's models."""
    return application(resolve(args.preset), args)


def application(settings: ModelSettings, cluster: ClusterSettings) -> serve.Application:
    """The application with the models of `settings`.

    A replica that is taken down, as for an update, first ends what it has, within `drain_seconds`. Raises
    ConfigError for pipelines of [models.NAME]: a replica holds one, and would be busy with loading others.
    """
    if settings.models:
        raise ConfigError(
            f"On Ray a replica holds one pipeline: serve {', '.join(settings.models)} as an application of "
            "its own, or take [models] out of the settings of this one."
        )
    models = settings.model_dump(mode="json")
    words = _deployment(
        Words,
        cluster,
        cluster.words_replicas,
        _resources(cluster.words_cpus, cluster.words_gpus),
        max_ongoing_requests=settings.llm.batch * _WORDS_AHEAD,
    )
    # One request for each painter: what waits does so at the gateway, and goes to the first that is free
    painting = _resources(cluster.picture_cpus, cluster.picture_gpus)
    pictures = _deployment(Pictures, cluster, cluster.picture_replicas, painting, max_ongoing_requests=1)
    captioning = _resources(cluster.caption_cpus, cluster.caption_gpus)
    captions = _deployment(Captions, cluster, cluster.caption_replicas, captioning, max_ongoing_requests=4)
    inside = most(cluster.words_replicas) * settings.llm.batch + most(cluster.picture_replicas)
    gateway = _deployment(
        Gateway,
        cluster,
        cluster.gateway_replicas,
        _resources(0, 0),
        max_ongoing_requests=inside + 2 * cluster.queue + _BESIDES,
        # an update starts the new one first, so that there is always one that answers; models wait for
        # the old replica's GPU and cannot do so
        max_surge_percent=100,
    )
    return gateway.bind(models, cluster, words.bind(models), pictures.bind(models), captions.bind(models))


def _deployment(
    model: type, cluster: ClusterSettings, replicas: str, resources: dict[str, float], **options: Any
) -> serve.Deployment:
    made: Any = serve.deployment(
        model,
        ray_actor_options=resources,
        graceful_shutdown_timeout_s=cluster.drain_seconds,
        graceful_shutdown_wait_loop_s=0.2,
        **cluster.scale(replicas),
        **options,
    )
    deployment: serve.Deployment = made  # the decorator's type says that it is still the class
    return deployment


def _resources(cpus: float, gpus: float) -> dict[str, float]:
    return {"num_cpus": cpus, "num_gpus": gpus}
