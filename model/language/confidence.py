"""When a model's own probability of an answer says that it did not understand.

A checkpoint that was measured carries two thresholds in `diffchat.json`, beside its template's version:

    {"prompt_version": 2, "doubtful": 0.6, "unclear": 0.1}

An edit whose answer is less probable than `doubtful` is given out with that said; below `unclear` it is not
given out, and the message counts as not understood. Both are 0 for a checkpoint without them. They belong to
one checkpoint and one kind of answers, so an adapter's own count and not its base's. `python -m training tiny
lm --calibrate` finds TinyWorld's (`training.tiny.calibration`).
"""

from dataclasses import dataclass, replace

from model.language.conversation import Answer


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Probabilities in [0, 1]; `unclear` is not above `doubtful`. Raises ValueError."""

    doubtful: float = 0.0
    unclear: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.unclear <= self.doubtful <= 1:
            raise ValueError("the thresholds must be 0 <= unclear <= doubtful <= 1")


NONE = Thresholds()


@dataclass(frozen=True, slots=True)
class Weight:
    """The probability in [0, 1] that a model gives its answer, and the likeliest other target prompt, if any
    was found."""

    confidence: float
    second: str = ""


def judged(answer: Answer, thresholds: Thresholds) -> Answer:
    """An edit's answer with whether its confidence makes it doubtful, or `unclear` where that is too low.

    Other answers, and those without a confidence, are as they were. Of an unclear one no words are told: none
    of them was understood.
    """
    if answer.kind != "edit" or answer.confidence is None:
        return answer
    if answer.confidence < thresholds.unclear:
        return Answer("unclear", "", answer.confidence)
    return replace(answer, doubtful=answer.confidence < thresholds.doubtful)
