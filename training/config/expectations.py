"""What is expected of a difference, as configs write it down before the runs."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from training.config.settings import Frozen


class Expectation(Frozen):
    """A difference is expected to be "more" or "less" than 0, or "no less" than `margin` below it
    (non-inferiority), in its measure's own unit (`training.evaluation.hypotheses.verdict`)."""

    direction: Literal["more", "less", "no less"]
    margin: float = Field(default=0.0, ge=0.0)

    @model_validator(mode="after")
    def _a_margin_is_of_non_inferiority(self) -> Expectation:
        if (self.margin > 0) != (self.direction == "no less"):
            raise ValueError('direction "no less" needs a margin above 0, and the others take none')
        return self
