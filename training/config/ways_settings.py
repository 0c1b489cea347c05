"""What a comparison of the ways to change a picture can be told: cases, arms, and hypotheses about them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from training.config.expectations import Expectation
from training.config.settings import Frozen

Measure = Literal["done", "kept", "both", "outside", "psnr", "clip", "reward", "seconds"]


class ArmSettings(Frozen):
    """One way to make the next picture.

    `keep` is the share that way "keep" keeps; `mask` says where "region" gets its mask: from the words that
    name the thing, or the true one. `joined` edits the first picture by all instructions of a chain at once,
    where the others go on from the picture before.
    """

    way: Literal["repaint", "keep", "edit", "region"]
    keep: float = Field(default=0.0, ge=0.0, le=1.0)
    mask: Literal["", "words", "true"] = ""
    joined: bool = False

    @model_validator(mode="after")
    def _settings_of_this_way(self) -> ArmSettings:
        if (self.way == "region") != bool(self.mask):
            raise ValueError('way "region" needs a mask, "words" or "true", and the others take none')
        if (self.way == "keep") != (self.keep > 0):
            raise ValueError('way "keep" needs keep above 0, and the others take none')
        if self.joined and self.way != "edit":
            raise ValueError('only way "edit" takes instructions joined')
        return self


class WayHypothesis(Expectation):
    """What is expected, written down before the runs, of `arm` less `share` times `than` in a measure, over
    the cases that both have."""

    measure: Measure
    arm: str
    than: str
    share: float = Field(default=1.0, gt=0.0)
    chains: bool = False


class EditRewardSettings(Frozen):
    """EditReward (`training.evaluation.ways.edit_reward`): its config file and the folder of its weights."""

    config: str
    checkpoint: str
    device: str = "cuda"


class WaysConfig(Frozen):
    """`edits` single edits and `chains` of `length` edits, from `cases`: "tinyworld", or a folder of edits.

    `preset` and `image` (laid over it) say which models paint and edit, as in bot.toml; `llm` and `captioner`
    likewise which ones say what a folder's pictures show, where it does not. `edit_reward` scores every edit
    too.
    """

    output: str
    cases: str = "tinyworld"
    edits: int = Field(default=500, ge=1)
    chains: int = Field(default=0, ge=0)
    length: int = Field(default=6, ge=2)
    seed: int = 0
    preset: str = "tiny"
    image: dict[str, Any] = Field(default={})
    llm: dict[str, Any] = Field(default={})
    captioner: dict[str, Any] = Field(default={})
    edit_reward: EditRewardSettings | None = None
    arms: dict[str, ArmSettings] = Field(min_length=1)
    hypotheses: dict[str, WayHypothesis] = Field(default={})

    @model_validator(mode="after")
    def _hypotheses_are_about_these_arms(self) -> WaysConfig:
        for name, one in self.hypotheses.items():
            unknown = {one.arm, one.than} - set(self.arms)
            if unknown:
                raise ValueError(f"hypotheses.{name}: there is no arm {', '.join(sorted(unknown))}")
        return self
