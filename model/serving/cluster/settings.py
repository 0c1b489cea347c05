"""What the application takes: which models, how many replicas of each kind, what of a GPU each takes.

`serve run model.serving.ray_app:app preset=sdxl picture_replicas=1-4 picture_gpus=0.5` and the `args` of a
Serve config file are checked against this.
"""

import re
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, field_validator

from model.presets import PRESETS

Gpus = Annotated[float, Field(ge=0, le=16)]
Cpus = Annotated[float, Field(ge=0, le=256)]
_SCALE = re.compile(r"([0-9]{1,4})(?:-([0-9]{1,4}))?")


class ClusterSettings(BaseModel):
    """A number of replicas is fixed ("2") or a range ("1-8") within which Serve scales with the load.

    GPUs may be fractions: two replicas with 0.5 share one. `queue` is how many requests may wait for each
    kind at each gateway, `busy` how many each replica has before Serve adds another. `open` lets everybody in
    without a key: for a gateway that only this machine reaches.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    preset: str = "tiny"
    words_replicas: str = "1"
    picture_replicas: str = "1"
    caption_replicas: str = "1"
    gateway_replicas: str = "1"
    words_gpus: Gpus = 0
    picture_gpus: Gpus = 0
    caption_gpus: Gpus = 0
    words_cpus: Cpus = 1
    picture_cpus: Cpus = 1
    caption_cpus: Cpus = 0.5
    busy: Annotated[float, Field(gt=0, le=1000)] = 2
    queue: Annotated[int, Field(ge=0, le=100_000)] = 64
    drain_seconds: Annotated[float, Field(ge=0, le=3600)] = 120.0
    open: bool = False

    @field_validator("preset")
    @classmethod
    def _is_known(cls, name: str) -> str:
        if name not in PRESETS:
            raise ValueError(f"choose one of {', '.join(PRESETS)}")
        return name

    @field_validator(
        "words_replicas", "picture_replicas", "caption_replicas", "gateway_replicas", mode="before"
    )
    @classmethod
    def _is_scale(cls, value: object) -> str:
        """`serve run` makes a number of what looks like one."""
        least, most = _bounds(str(value))
        if not 1 <= least <= most:
            raise ValueError('a number of replicas such as "2", or a range such as "1-8"')
        return str(value)

    def scale(self, replicas: str) -> dict[str, Any]:
        """The options of a deployment with so many replicas, for `Deployment.options`."""
        least, most = _bounds(replicas)
        if least == most:
            return {"num_replicas": least}
        return {
            "autoscaling_config": {
                "min_replicas": least,
                "max_replicas": most,
                "target_ongoing_requests": self.busy,
            }
        }


def most(replicas: str) -> int:
    """The largest number of replicas that a text allows."""
    return _bounds(replicas)[1]


def _bounds(text: str) -> tuple[int, int]:
    found = _SCALE.fullmatch(text)
    if not found:
        return 0, 0
    return int(found[1]), int(found[2] or found[1])
