"""The ways of learning that are compared, and what was expected of them before they were run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

HYPOTHESES = """
H1: after five rounds DPO's like-rate is above no learning's by 0.1 or more.
H2: KTO's is lower than DPO's, since it does not compare answers to one wish.
H3: DPO and KTO repeat themselves more after five rounds than before (repeated share up by 0.02 or more), and
    an NLL term (weight 0.2) brings that to less than half without costing 0.05 of like-rate.
H4: length-normalised DPO repeats itself less than DPO does.
H5: the majority's taste runs over the rest: the like-rate of 'most' rises, that of 'few' falls.
H6: a person's own preferences in the wish raise the like-rate of 'some' and 'few' by 0.2 or more, by more
    than training does.
H7: the drift from round 3 on is followed with a delay: regret in round 4 is above that in round 3.
H8: the brigade is found in every round though its leader is popular, and no honest person is suspected.
H9: the best of four by the tuned scorer is above no learning, and below DPO.
"""
"""Written before the first run. Metric: like-rate of the honest on unseen wishes after the last round."""


@dataclass(frozen=True)
class Arm:
    """`method` is dpo or kto, empty for none; `best_of` answers are sampled and the scorer takes the best."""

    method: str = ""
    best_of: int = 1
    settings: Mapping[str, object] = field(default_factory=dict)

    @property
    def draws(self) -> bool:
        """Whether pictures are needed as files."""
        return self.best_of > 1


ARMS: Mapping[str, Arm] = {
    "dpo": Arm("dpo"),
    "dpo-nll": Arm("dpo", settings={"tuning.nll": 0.2}),
    "kto": Arm("kto"),
    "kto-nll": Arm("kto", settings={"tuning.nll": 0.2}),
    "scorer": Arm(best_of=4),
    "dpo-norm": Arm("dpo", settings={"tuning.loss": "sigmoid_norm", "tuning.beta": 1.0}),
    "none": Arm(),
}
