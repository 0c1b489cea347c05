"""The settings of the application, as Serve and the command line give them."""

from typing import Any

import pytest
from pydantic import ValidationError

from model.errors import ConfigError, EditError, ModelError, TooManyPixels
from model.serving.cluster.outcomes import Refusal
from model.serving.cluster.run import cluster_settings
from model.serving.cluster.settings import ClusterSettings, most
from model.serving.openai_server.options import ServeOptions


def test_replicas_are_a_number_or_a_range() -> None:
    cluster = ClusterSettings.model_validate({"picture_replicas": "1-8", "words_replicas": 2, "busy": 3})
    assert cluster.scale(cluster.words_replicas) == {"num_replicas": 2}
    assert cluster.scale(cluster.picture_replicas)["autoscaling_config"] == {
        "min_replicas": 1, "max_replicas": 8, "target_ongoing_requests": 3,
    }  # fmt: skip
    assert (most("3"), most("1-8")) == (3, 8)


@pytest.mark.parametrize(
    "wrong",
    [
        {"words_replicas": "0"}, {"words_replicas": "4-2"}, {"words_replicas": "many"},
        {"words_replicas": "-1"}, {"picture_gpus": -1}, {"preset": "huge"}, {"replicas": 2}, {"busy": 0},
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ClusterSettings.model_validate(wrong)


def test_the_command_line_is_read_with_its_host_and_key() -> None:
    here = ServeOptions(queue=5, drain_seconds=7.0)
    cluster = cluster_settings(here, ["picture_replicas=1-4", "picture_gpus=0.5"], {})
    assert (cluster.picture_replicas, cluster.picture_gpus, cluster.queue) == ("1-4", 0.5, 5)
    assert (cluster.drain_seconds, cluster.open) == (7.0, True)
    assert not cluster_settings(here, [], {"DIFFCHAT_SERVER_KEY": "secret"}).open
    assert not cluster_settings(ServeOptions(host="0.0.0.0"), [], {}).open


@pytest.mark.parametrize("pair", ["picture_gpus", "preset=sdxl", "open=true", "colour=red", "=1"])
def test_another_key_is_told_with_those_there_are(pair: str) -> None:
    with pytest.raises(ConfigError, match="KEY=VALUE with words_replicas, "):
        cluster_settings(ServeOptions(), [pair], {})


def test_a_wrong_value_is_named() -> None:
    with pytest.raises(ConfigError, match="picture_gpus: "):
        cluster_settings(ServeOptions(), ["picture_gpus=all"], {})


@pytest.mark.parametrize("error", [EditError("No prompt."), TooManyPixels("Too large."), ModelError("Bad.")])
def test_a_refusal_is_the_same_error_on_the_other_side(error: ModelError) -> None:
    again = Refusal.of(error).error()
    assert (type(again), str(again)) == (type(error), str(error))
