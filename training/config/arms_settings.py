"""What the experiment on conversations can be told: its arms, what they learn by, what is expected."""

from __future__ import annotations

from typing import Literal, get_args

from pydantic import Field, model_validator

from training.config.expectations import Expectation
from training.config.settings import Count, Frozen, Positive

Measure = Literal[
    "true@1", "true@2", "true@3", "true@4", "true@5", "true@6", "true@7", "true@8",
    "chained@1", "chained@2", "chained@3", "chained@4", "chained@5", "chained@6", "chained@7", "chained@8",
    "integrity", "unasked", "length", "talk painted", "single edits", "single integrity",
]  # fmt: skip
"""What is measured of a model (`training.tiny.arm_scores.measured`)."""
MEASURES: tuple[Measure, ...] = get_args(Measure)


class ArmSettings(Frozen):
    """How one arm goes on from the model that all begin with; without anything it stays that model.

    `steps` of supervised learning, with the shares of `mixture` in place of those of
    `training.tiny.lm_data.Mixture`, and with `dagger` conversations on the model's own prompts among it; or
    `rl`, a config of `training rl`, with `changes` laid over it.
    """

    steps: int = Field(default=0, ge=0)
    mixture: dict[str, float] = Field(default={})
    dagger: int = Field(default=0, ge=0)
    rl: str = ""
    changes: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _one_way_to_learn(self) -> ArmSettings:
        if self.rl and self.steps:
            raise ValueError("an arm learns by steps or by rl, not by both")
        if (self.mixture or self.dagger) and not self.steps:
            raise ValueError("mixture and dagger are of supervised learning: say how many steps")
        if self.changes and not self.rl:
            raise ValueError("changes are laid over the config of rl, which is not named")
        return self


class ArmHypothesis(Expectation):
    """What is expected, written down before the runs, of the mean over seeds of `arm` in a measure: less that
    of the arm `than` with the same seed, or less the number `level`."""

    measure: Measure
    arm: str
    than: str = ""
    level: float | None = None

    @model_validator(mode="after")
    def _against_one_thing(self) -> ArmHypothesis:
        if bool(self.than) == (self.level is not None):
            raise ValueError("an arm is compared with another (than) or with a number (level)")
        return self


class ArmsConfig(Frozen):
    """All `arms` go on from the model in the folder `start`, once with each of the `seeds`.

    `lr` and `rows` are those of supervised arms (`training.tiny.lm.LmRecipe`). Each model answers `chats`
    conversations of eight messages and `edits` single edits of the `part`, drawn by its seed, so that arms
    with one seed have the same. `results` is the file of raw results, OUTPUT/raw.json unless it is given;
    seeds that are in it are not run again.
    """

    output: str
    results: str | None = None
    start: str
    seeds: tuple[int, ...] = Field(default=tuple(range(10)), min_length=2)
    lr: Positive = 3e-4
    rows: Count = 6
    chats: Count = 60
    edits: Count = 200
    part: Literal["selection", "test"] = "test"
    arms: dict[str, ArmSettings] = Field(min_length=1)
    hypotheses: dict[str, ArmHypothesis] = Field(default={})

    @model_validator(mode="after")
    def _hypotheses_are_about_these_arms(self) -> ArmsConfig:
        for name, one in self.hypotheses.items():
            unknown = {one.arm, one.than} - {"", *self.arms}
            if unknown:
                raise ValueError(f"hypotheses.{name}: there is no arm {', '.join(sorted(unknown))}")
        return self
