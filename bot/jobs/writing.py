"""Writing a turn's target prompt with the language model, where the turn wants one written.

Whole messages that are commands are told before the model is asked ("undo"), and so is going back to a
picture by what it showed ("the one with the fox"); it says of the others whether they are edits. An edit that
takes out what nobody named is asked for once more, sampled otherwise.
"""

import logging
from dataclasses import replace

from bot.aio.retry import StoreRetry
from bot.domain.ab_test import arm_of
from bot.domain.content_policy import SafetyPolicy
from bot.domain.conversation import Turn, TurnKind
from bot.domain.job import takes_commands
from bot.domain.options import NewSeed, random_seed
from bot.domain.place_words import as_addition, keeps_the_rest
from bot.domain.repainting import repainted
from bot.domain.said_commands import Asked, Request, command_in
from bot.domain.said_returns import earlier_prompt, names_a_picture
from bot.domain.sanitize import same_words
from bot.domain.unasked import also_changed, second_reading
from bot.errors import NothingChanges
from bot.jobs.answering import AskedOtherwise
from bot.jobs.choosing import WayChooser
from bot.jobs.progress import StageLimit
from bot.jobs.resources import Stores, WorkSettings
from bot.store.jobs import Assignment
from bot.telemetry.metrics import Metrics
from bot.telemetry.tracing import span
from bot.texts import errors as words
from model.engine import EditRequest, EditResult, Engine, Step

log = logging.getLogger(__name__)

KEPT = 200  # results of words that were read aside, until their pictures' turn comes
SECOND_TRY_TEMPERATURE = 0.7
"""At least so freely is an edit sampled that is asked for once more: greedily it would be the same again."""


class PromptWriter:
    """Writes target prompts by the engine's language model, where the turn wants one written."""

    def __init__(
        self,
        engine: Engine,
        stores: Stores,
        settings: WorkSettings,
        metrics: Metrics,
        new_seed: NewSeed = random_seed,
        safety: SafetyPolicy | None = None,
    ) -> None:
        self._engine = engine
        self._jobs = stores.jobs
        self._answers = stores.answers
        self._settings = settings
        self._metrics = metrics
        self._new_seed = new_seed
        self._safety = safety or SafetyPolicy()
        self._kept: dict[int, tuple[EditRequest, EditResult]] = {}  # job -> what was read aside
        self._limit = StageLimit(words.WRITING_THE_PROMPT, settings.limits.edit_timeout_s)
        self._ways = WayChooser(engine, stores, settings)

    async def read_aside(self, assignment: Assignment, retrying: StoreRetry) -> None:
        """Find out whether the words of a reply ask for a picture; what the model wrote is kept for `write`.

        Raises `AskedOtherwise` and `NothingChanges` where they do not, `TookTooLong`, or an error of the
        engine.
        """
        turn = assignment.turn
        asked = command_in(turn.instruction)
        if asked is None:
            request, result = await self._written(assignment, retrying)
            asked = _otherwise(result, assignment.turn)
            if asked is None and same_words(turn.source_prompt, result.target_prompt):
                raise NothingChanges
            self._keep(assignment.job.id, request, result)
        if asked is not None and not _paints(asked, assignment):
            self._kept.pop(assignment.job.id, None)
            raise AskedOtherwise(asked)

    def _keep(self, job_id: int, request: EditRequest, result: EditResult) -> None:
        """Keep a result for the job's turn; those of jobs that never come are the oldest one day, and go."""
        self._kept[job_id] = request, result
        if len(self._kept) > KEPT:
            del self._kept[next(iter(self._kept))]

    async def write(self, assignment: Assignment, retrying: StoreRetry) -> tuple[Turn, float]:
        """The turn with its target prompt, stored, and the seconds that writing took.

        Words that ask for the same picture anew make it a turn of that kind. Raises `AskedOtherwise` for
        words that ask for no picture, `NothingChanges` for an instruction that leaves the words as they are,
        `TookTooLong`, or an error of the engine.
        """
        turn = assignment.turn
        prompt, model, seconds = turn.target_prompt or turn.source_prompt, None, 0.0
        version: int | None = None
        doubtful, second = False, None
        if _only_settings(turn):
            prompt = turn.source_prompt
        elif turn.parameters.exact and turn.kind is TurnKind.REFINE:
            prompt = turn.instruction
        elif turn.parameters.exact and turn.kind is TurnKind.IMAGINE and turn.instruction:
            # words beside a picture, and nobody is to rewrite them: they come after what the picture says
            prompt = f"{turn.source_prompt}, {turn.instruction}"
        elif self.writes(turn):
            asked = command_in(turn.instruction) if takes_commands(turn) else None
            if asked is None:
                _, result = await self._written(assignment, retrying)
                prompt, model, seconds = result.target_prompt, result.model, result.seconds
                version, doubtful = result.prompt_version, result.doubtful
                second = self._second_reading(result, turn)
                asked = _otherwise(result, turn) if _may_be_otherwise(result, turn) else None
            if asked is not None:
                turn, model = await self._become(assignment, asked, retrying), None
                prompt = turn.target_prompt or turn.source_prompt
            elif takes_commands(turn) and same_words(turn.source_prompt, prompt):
                raise NothingChanges
        job_id, way = assignment.job.id, await self._ways.choose(turn, assignment.parent, prompt, retrying)
        written = await retrying(
            lambda: self._jobs.prompt_written(
                job_id, prompt, model, version, way, doubtful=doubtful, second_prompt=second
            )
        )
        return written, seconds

    def writes(self, turn: Turn) -> bool:
        """Whether the language model is to write a prompt.

        A variation has its prompt already, and so have a second reading and work that is begun once more.
        """
        beautified = turn.kind is TurnKind.IMAGINE and (
            self._settings.imagine.beautify or bool(turn.instruction)
        )
        if _only_settings(turn) or turn.target_prompt is not None:
            return False
        return not turn.parameters.exact and (turn.kind is TurnKind.REFINE or beautified)

    def _second_reading(self, result: EditResult, turn: Turn) -> str | None:
        """What the words of a refinement may mean instead, where that is known and may be shown."""
        second = second_reading(turn.source_prompt, turn.instruction, result) if takes_commands(turn) else ""
        return second if second and self._safety.finds_nothing(second) else None

    async def _become(self, assignment: Assignment, asked: Request, retrying: StoreRetry) -> Turn:
        """The turn of the picture that is painted anew. Raises `AskedOtherwise` where none is."""
        if assignment.parent is None or not _paints(asked, assignment):
            raise AskedOtherwise(asked)
        another = repainted(asked.kind, assignment.turn, assignment.parent, self._new_seed())
        return await retrying(lambda: self._jobs.become(assignment.job.id, another))

    async def _written(self, assignment: Assignment, retrying: StoreRetry) -> tuple[EditRequest, EditResult]:
        """What the model was asked and makes of the words. What was read aside is not asked for again, unless
        another picture is the current one by now."""
        turn, parent_id = assignment.turn, assignment.turn.parent_turn_id
        history: tuple[Step, ...] = ()
        if turn.kind is TurnKind.REFINE and parent_id is not None:
            history = await retrying(lambda: self._answers.history(parent_id))
        request = EditRequest(
            turn.source_prompt,
            turn.instruction,
            seed=turn.parameters.seed,
            temperature=self._settings.temperature,
            variant=arm_of(self._settings.experiment, turn.conversation_id),
            history=history,
        )
        before, result = self._kept.pop(assignment.job.id, (None, None))
        if result is None or before != request:
            back = await self._gone_back(request, assignment, retrying)
            result = back or await self._asked_for(request, turn)
        return request, result

    async def _gone_back(
        self, request: EditRequest, assignment: Assignment, retrying: StoreRetry
    ) -> EditResult | None:
        """The result of words that go back to an earlier picture by what it shows or by a step, else None.

        To before the step that made the current picture is an undo, and stored as one.
        """
        turn, made = assignment.turn, assignment.parent
        if not takes_commands(turn):
            return None
        pictures: tuple[str, ...] | None = None
        if names_a_picture(turn.instruction):
            pictures = await retrying(lambda: self._answers.prompts(turn.conversation_id))
        prompt = earlier_prompt(turn.instruction, turn.source_prompt, request.history, pictures)
        if prompt is None:
            return None
        undoes = (
            made is not None
            and made.id == assignment.conversation.head_turn_id
            and (made.kind, made.source_prompt) == (TurnKind.REFINE, prompt)
        )
        return EditResult(prompt, model="", seconds=0.0, kind="undo" if undoes else "back")

    async def _asked_for(self, request: EditRequest, turn: Turn) -> EditResult:
        """What the model writes, asked once more where it took out what nobody named."""
        first = await self._edited(request, turn)
        if turn.way == "region":
            return await self._of_a_place(request, first, turn)
        if turn.kind is TurnKind.IMAGINE and first.kind != "edit":
            return _added(first, request)
        if turn.kind is not TurnKind.REFINE or not also_changed(request, first):
            return first
        log.info("Turn %s: the edit takes out what nobody named; asked once more", turn.id)
        warmer = max(self._settings.temperature, SECOND_TRY_TEMPERATURE)
        second = await self._edited(
            replace(request, seed=(request.seed + 1) % 2**32, temperature=warmer), turn
        )
        if second.kind != "edit" or same_words(turn.source_prompt, second.target_prompt):
            return first
        better = first if also_changed(request, second) else second
        return replace(better, seconds=first.seconds + second.seconds)

    async def _of_a_place(self, request: EditRequest, first: EditResult, turn: Turn) -> EditResult:
        """The prompt after a change of one place: what is outside of it stays in the words as in the picture.

        Where the model loses some of it, it is asked to add what was said; if that does not help, the words
        themselves are added.
        """
        source, said = request.source_prompt, request.instruction
        if first.kind == "edit" and keeps_the_rest(source, said, first.target_prompt):
            return first
        log.info("Turn %s: the words of a place were no edit of it; asked to add them", turn.id)
        second = await self._edited(replace(request, instruction=as_addition(said)), turn)
        second = replace(second, seconds=first.seconds + second.seconds)
        kept = second.kind == "edit" and keeps_the_rest(source, said, second.target_prompt)
        return second if kept else _added(second, request)

    async def _edited(self, request: EditRequest, turn: Turn) -> EditResult:
        with span("edit", kind=turn.kind) as editing:
            async with self._limit():
                with self._metrics.stage("edit"):
                    written = await self._engine.edit(request)
            editing.note(model=written.model, seconds=written.seconds)
            editing.personal(target=written.target_prompt)
        return written


def _only_settings(turn: Turn) -> bool:
    """Whether the words of a refinement change settings alone: the prompt is its parent's."""
    changes = turn.parameters.changes
    return turn.kind is TurnKind.REFINE and changes is not None and changes.only


def _paints(asked: Request, assignment: Assignment) -> bool:
    return asked.kind.paints and assignment.parent is not None


def _added(result: EditResult, request: EditRequest) -> EditResult:
    """The words themselves behind the prompt, where the model has nothing better."""
    said = filter(None, (request.source_prompt, request.instruction))
    return replace(result, kind="edit", detail="", target_prompt=", ".join(said), doubtful=False, second="")


def _may_be_otherwise(result: EditResult, turn: Turn) -> bool:
    """Whether what the model took the message for counts: with a further picture, only that it is unclear."""
    return takes_commands(turn) or (turn.kind is TurnKind.REFINE and result.kind == "unclear")


def _otherwise(result: EditResult, turn: Turn) -> Request | None:
    """What the model took a turn's words for, where that is no edit; unclear are some of them, or all."""
    if result.kind == "edit":
        return None
    kind = Asked(result.kind)
    if kind is Asked.UNCLEAR:
        return Request(kind, result.detail or turn.instruction)
    return Request(kind, result.target_prompt if kind is Asked.BACK else result.detail)
