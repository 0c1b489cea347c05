"""The Ray Serve application: `serve run model.serving.ray_app:app preset=tiny`.

The application builder that Serve calls with the arguments of its command line or config file (Ray Serve,
"Pass Arguments to Applications"). docs/scaling.md says how to run it on one box and on a cluster.
"""

from typing import Any

from ray import serve

from model.presets import resolve
from model.serving.cluster.gateway import Gateway
from model.serving.cluster.replicas import Captions, Pictures, Words
from model.serving.cluster.settings import ClusterSettings, most
from model.settings import ModelSettings

# Edits that one replica may have beside those of its batch, so that the next batch is full when it begins
_WORDS_AHEAD = 2


def app(args: ClusterSettings) -> serve.Application:
    """The application with a preset's models."""
    return application(resolve(args.preset), args)


def application(settings: ModelSettings, cluster: ClusterSettings) -> serve.Application:
    """The application with the models of `settings`.

    A replica that is taken down, as for an update, first ends what it has, within `drain_seconds`.
    """
    models = settings.model_dump(mode="json")
    ending = {"graceful_shutdown_timeout_s": cluster.drain_seconds, "graceful_shutdown_wait_loop_s": 0.2}
    words = Words.options(
        ray_actor_options=_resources(cluster.words_cpus, cluster.words_gpus),
        max_ongoing_requests=settings.llm.batch * _WORDS_AHEAD,
        **cluster.scale(cluster.words_replicas),
        **ending,
    )
    pictures = Pictures.options(
        ray_actor_options=_resources(cluster.picture_cpus, cluster.picture_gpus),
        max_ongoing_requests=1,  # what waits does so at the gateway, and goes to the first replica that is free
        **cluster.scale(cluster.picture_replicas),
        **ending,
    )
    captions = Captions.options(
        ray_actor_options=_resources(cluster.caption_cpus, cluster.caption_gpus),
        **cluster.scale(cluster.caption_replicas),
        **ending,
    )
    inside = most(cluster.words_replicas) * settings.llm.batch + most(cluster.picture_replicas)
    gateway = Gateway.options(
        ray_actor_options={"num_cpus": 0},
        max_ongoing_requests=inside + 2 * cluster.queue + 16,
        **cluster.scale(cluster.gateway_replicas),
        **ending,
    )
    return gateway.bind(models, cluster, words.bind(models), pictures.bind(models), captions.bind(models))


def _resources(cpus: float, gpus: float) -> dict[str, Any]:
    return {"num_cpus": cpus, "num_gpus": gpus}
