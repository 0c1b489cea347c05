"""Fitting what a turn inherits to the picture model of today, where another one painted its parent."""

import logging
from dataclasses import replace

from bot.aio.retry import StoreRetry
from bot.domain.conversation import Parameters, Turn
from bot.domain.options import refitted
from bot.jobs.resources import WorkSettings
from bot.store.jobs import Assignment, JobStore
from model.engine import Engine
from model.loading import display_name

log = logging.getLogger(__name__)


class ParameterFitter:
    """Replaces steps, guidance and negative prompt that were chosen for another picture model.

    An operator may change the preset while conversations go on; the new model may refuse the old one's
    numbers, and every edit and reroll of such a conversation would fail. A model that is gone from [models]
    gives way to the one of [image].
    """

    def __init__(self, engine: Engine, jobs: JobStore, settings: WorkSettings) -> None:
        self._engine = engine
        self._jobs = jobs
        self._settings = settings
        self._image, self._named = settings.image, settings.named

    async def fit(self, assignment: Assignment, retrying: StoreRetry) -> Assignment:
        """The assignment with parameters that the present model takes.

        They are stored before anything is painted, so that the picture's file, its embed and what is refined
        from it tell what it was painted with.
        """
        turn = assignment.turn
        fitted = self._offered(self._of_today(turn.parameters, assignment.parent))
        if fitted == turn.parameters:
            return assignment
        stored = await retrying(lambda: self._jobs.refit(assignment.job.id, fitted))
        return replace(assignment, turn=stored)

    def _of_today(self, used: Parameters, parent: Turn | None) -> Parameters:
        model = used.model
        if self._image is None:
            return used
        if model and model not in self._named:  # taken out of [models] since it was chosen
            return refitted(used, self._image)
        if parent is None or not parent.painter_model or self._fits(parent, model):
            return used
        return refitted(used, self._named.get(model or "", self._image), model)

    def _offered(self, used: Parameters) -> Parameters:
        """The parameters without a scheduler that the engine does not offer now: it would refuse it."""
        offered = self._engine.info.paints(used.model).capabilities.schedulers
        if not used.scheduler or used.scheduler in offered:
            return used
        log.info("The scheduler %s is not offered for this model now: it paints with its own", used.scheduler)
        return replace(used, scheduler=None)

    def _fits(self, parent: Turn, model: str | None) -> bool:
        """Whether what the parent was painted with suits the model of today."""
        image = self._settings.painter(model)
        if image is not None and image.editor and parent.painter_model == display_name(image.editor):
            return True  # an edit took over what the picture before it was painted with
        present = self._engine.info.paints(model).name
        return _is_painter(parent.painter_model or "", present, parent)


def _is_painter(painted_by: str, present: str, turn: Turn) -> bool:
    """Whether the name that a turn's pictures carry is the present painter's, alone or with what it used.

    That is the turn's LoRAs, or the upscaler that made the picture larger.

    Servers elsewhere list a LoRA as a model of its own. A painter whose name is not known yet is no other.
    """
    lora = turn.parameters.loras
    return not present or painted_by in (present, lora) or painted_by.startswith(f"{present} + ")
