"""What a comparison of variants can be told: variants, seeds, effects, and the hypotheses about them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from training.config.expectations import Expectation
from training.config.settings import Frozen

Metric = Literal["total", "judge", "aesthetic", "preference", "fit", "integrity", "scene", "words", "usable"]


class EffectSettings(Frozen):
    """Pairs of variants that differ in one part: `has` it, `lacks` it, in the same order."""

    has: tuple[str, ...] = Field(min_length=1)
    lacks: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _in_pairs(self) -> EffectSettings:
        if len(self.has) != len(self.lacks):
            raise ValueError("has and lacks must name as many variants")
        return self


class HypothesisSettings(Expectation):
    """What is expected, written down before the runs, of an effect on `metric` under `painter`, over `seeds`
    runs of each variant."""

    effect: str
    metric: Metric = "total"
    painter: str
    seeds: Annotated[int, Field(ge=2)]


class AblationConfig(Frozen):
    """Variants of one PPO config (`base`, a TOML file), each with all `seeds`, compared by `evaluation`.

    `variants` maps a name to overrides as `--set` takes them, which follow the `changes` of all runs;
    "base=FILE" among them takes another file. `evaluation_changes` are laid over the evaluation's config, in
    which a method of a variant's name gives way to its runs. `effects` names parts of the method, each with
    the variants that have it and, in the same order, those that lack only it; a method of the evaluation may
    be among them. `hypotheses` are about effects. `results` is the file of raw results, OUTPUT/raw.json
    unless it is given; seeds that are in it are not run again.
    """

    output: str
    results: str | None = None
    base: str
    evaluation: str
    changes: tuple[str, ...] = ()
    evaluation_changes: tuple[str, ...] = ()
    seeds: tuple[int, ...] = Field(default=tuple(range(10)), min_length=1)
    variants: dict[str, tuple[str, ...]] = Field(min_length=1)
    effects: dict[str, EffectSettings] = Field(default={})
    hypotheses: dict[str, HypothesisSettings] = Field(default={})

    @model_validator(mode="after")
    def _hypotheses_are_about_these_runs(self) -> AblationConfig:
        for name, one in self.hypotheses.items():
            if one.effect not in self.effects:
                raise ValueError(f'hypotheses.{name}: "{one.effect}" is none of the effects')
            if one.seeds != len(self.seeds):
                raise ValueError(
                    f"hypotheses.{name}: says {one.seeds} seeds, and seeds has {len(self.seeds)}"
                )
        return self
