"""Two adapters, or two picture models, side by side on one server: which conversation gets which.

Nobody sees it. Which adapter writes follows from a hash of the conversation's number: it never changes while
the experiment keeps its name, and needs nothing stored. A picture model is drawn when the first picture is
asked for, since size, steps and guidance are the model's own; it is stored with the turn, from which
everything that follows in the conversation takes it.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace

from bot.domain.options import NewSeed, Options
from bot.settings import ExperimentSettings

A, B = "a", "b"


def arm_of(settings: ExperimentSettings, conversation_id: int) -> str:
    """The adapter of a conversation, "a" or "b", or "" when no experiment of adapters runs."""
    return _arm(settings, conversation_id) if settings.of_adapters else ""


@dataclass(frozen=True, slots=True)
class Assigned:
    """What a first picture is asked for with. `arm` is as `Parameters.arm`; "" takes part in nothing."""

    options: Options
    arm: str = ""


def assigned(
    settings: ExperimentSettings, said: Options, without: Collection[str], new_number: NewSeed
) -> Assigned:
    """The options of a first picture with the picture model of its arm, drawn by a new number.

    Who names a model, or a setting that depends on one, keeps what was said and takes part in nothing, and so
    does who may not have both models (`without` are those kept from them): what decides that must not depend
    on the arm, or the arms would have different people.
    """
    bound = (said.model, said.loras, said.negative, said.steps, said.guidance, said.scheduler)
    kept_from = {settings.a, settings.b} & set(without)
    if not settings.of_models or kept_from or any(one is not None for one in bound):
        return Assigned(said)
    arm = _arm(settings, new_number())
    model = settings.b if arm == B else settings.a
    return Assigned(replace(said, model=model or None), f"{settings.name}:{arm}")


def _arm(settings: ExperimentSettings, number: int) -> str:
    digest = hashlib.sha256(f"{settings.name}\n{number}".encode()).digest()
    return B if int.from_bytes(digest[:8]) / 2**64 < settings.share_b else A
