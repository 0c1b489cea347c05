"""Writing a turn's target prompt with the language model, where the turn wants one written."""

from bot.aio.retry import StoreRetry
from bot.domain.ab_test import arm_of
from bot.domain.conversation import Turn, TurnKind
from bot.domain.sanitize import same_words
from bot.errors import NothingChanges
from bot.jobs.progress import time_limit
from bot.jobs.resources import WorkSettings
from bot.store.jobs import Assignment, JobStore
from bot.telemetry.metrics import Metrics
from bot.telemetry.tracing import span
from bot.texts import errors as words
from model.engine import EditRequest, EditResult, Engine
from model.language.prompt import PROMPT_VERSION


class PromptWriter:
    """Writes target prompts by the engine's language model, where the turn wants one written."""

    def __init__(self, engine: Engine, jobs: JobStore, settings: WorkSettings, metrics: Metrics) -> None:
        self._engine = engine
        self._jobs = jobs
        self._settings = settings
        self._metrics = metrics

    async def write(self, assignment: Assignment, retrying: StoreRetry) -> tuple[Turn, float]:
        """The turn with its target prompt, stored, and the seconds that writing took.

        Raises `NothingChanges` for an instruction that leaves the words as they are, `TookTooLong`, or an
        error of the engine.
        """
        turn = assignment.turn
        prompt, model, seconds = turn.target_prompt or turn.source_prompt, None, 0.0
        if turn.parameters.exact and turn.kind is TurnKind.REFINE:
            prompt = turn.instruction
        elif turn.parameters.exact and turn.kind is TurnKind.IMAGINE and turn.instruction:
            # words beside a picture, and nobody is to rewrite them: they come after what the picture says
            prompt = f"{turn.source_prompt}, {turn.instruction}"
        elif self.writes(turn):
            result = await self._written(turn)
            prompt, model, seconds = result.target_prompt, result.model, result.seconds
            if turn.kind is TurnKind.REFINE and same_words(turn.source_prompt, prompt):
                raise NothingChanges
        job_id = assignment.job.id
        written = await retrying(lambda: self._jobs.prompt_written(job_id, prompt, model, PROMPT_VERSION))
        return written, seconds

    def writes(self, turn: Turn) -> bool:
        """Whether the language model is to write a prompt; a variation has its words already."""
        beautified = turn.kind is TurnKind.IMAGINE and (
            self._settings.imagine.beautify or bool(turn.instruction)
        )
        return not turn.parameters.exact and (turn.kind is TurnKind.REFINE or beautified)

    async def _written(self, turn: Turn) -> EditResult:
        request = EditRequest(
            turn.source_prompt,
            turn.instruction,
            seed=turn.parameters.seed,
            temperature=self._settings.temperature,
            variant=arm_of(self._settings.experiment, turn.conversation_id),
        )
        with span("edit", kind=turn.kind) as editing:
            async with time_limit(words.WRITING_THE_PROMPT, self._settings.limits.edit_timeout_s):
                with self._metrics.stage("edit"):
                    written = await self._engine.edit(request)
            editing.note(model=written.model, seconds=written.seconds)
            editing.personal(target=written.target_prompt)
        return written
