"""What is asked of a finished turn beside an edit, as further turns (`bot.domain.derivations`)."""

from collections.abc import Callable

from bot.domain.conversation import Origin, TurnKind
from bot.domain.derivations import (
    KEEP_WHEN_ENLARGED,
    another_seed,
    enlarged,
    in_other_way,
    read_otherwise,
    recomposed,
    replayed,
    times_larger,
    varied,
)
from bot.domain.limits import Allowance
from bot.domain.options import NewSeed, random_seed
from bot.domain.ways import edits_of
from bot.errors import GoneTurn, NotSoLarge
from bot.services.edit_trees import EditTrees
from bot.services.turn_results import Accepted
from bot.services.turns import TurnService
from model.engine import Capabilities, Way
from model.pictures.ways import LARGEST_SIDE


class DerivedTurns:
    """The use cases; `turns` checks and stores what they come to.

    `able` says what the engine can do now with a model.
    """

    def __init__(
        self,
        turns: TurnService,
        trees: EditTrees,
        able: Callable[[str | None], Capabilities],
        new_seed: NewSeed = random_seed,
    ) -> None:
        self._able = able
        self._turns = turns
        self._trees = trees
        self._new_seed = new_seed

    async def reroll(
        self,
        turn_id: int,
        author_id: int,
        origin: Origin = Origin.BUTTON,
        request_id: int | None = None,
        *,
        allowed: Allowance | None = None,
    ) -> Accepted:
        """The same words as of `turn_id` with a new seed, as a child of that turn.

        Raises `QueueRefused` or `GoneTurn`.
        """
        old = await self._trees.live(turn_id)
        again = another_seed(old, author_id, self._new_seed(), request_id, origin)
        return await self._turns.add(old.conversation_id, again, allowed)

    async def vary(
        self,
        turn_id: int,
        author_id: int,
        keep: float,
        *,
        request_id: int | None = None,
        allowed: Allowance | None = None,
    ) -> Accepted:
        """The same words painted over the turn's picture with a new seed, keeping the share `keep` of it.

        Of several pictures the picked one counts, or the first. Raises `QueueRefused` or `GoneTurn`.
        """
        old = await self._trees.live(turn_id)
        again = varied(old, author_id, self._new_seed(), request_id, keep=keep)
        return await self._turns.add(old.conversation_id, again, allowed)

    async def enlarge(
        self,
        turn_id: int,
        author_id: int,
        times: int,
        *,
        request_id: int | None = None,
        allowed: Allowance | None = None,
    ) -> Accepted:
        """The turn's picture `times` as wide and high, the picked one of several, or the first.

        Raises `NotSoLarge` where the engine cannot, or the picture would have too many pixels; `QueueRefused`
        or `GoneTurn`.
        """
        old = await self._trees.live(turn_id)
        upscale = self._able(old.parameters.model).upscale
        most = times_larger(old.parameters, upscale)
        if times > most:
            raise NotSoLarge(times=times, limit=LARGEST_SIDE)
        scale = times * old.parameters.scale if upscale else times
        again = enlarged(old, author_id, request_id, keep=KEEP_WHEN_ENLARGED, scale=scale)
        return await self._turns.add(old.conversation_id, again, allowed)

    async def recompose(
        self,
        turn_id: int,
        author_id: int,
        *,
        request_id: int | None = None,
        allowed: Allowance | None = None,
    ) -> Accepted:
        """The edit of a refinement once more, painted over the picture it changes, whose composition stays.

        Raises `QueueRefused`, or `GoneTurn` also for a turn that changes no picture, or one that is gone.
        """
        old = await self._trees.live(turn_id)
        if old.kind is not TurnKind.REFINE or old.parent_turn_id is None:
            raise GoneTurn
        await self._trees.live(old.parent_turn_id)
        return await self._turns.add(old.conversation_id, recomposed(old, author_id, request_id), allowed)

    async def other_way(
        self,
        turn_id: int,
        author_id: int,
        way: Way,
        *,
        request_id: int | None = None,
        allowed: Allowance | None = None,
    ) -> Accepted:
        """The instruction of a turn followed in another way, from the same picture, as a child of that turn.

        Raises `QueueRefused`, or `GoneTurn` also where no instruction or no picture is left to follow.
        """
        old = await self._trees.live(turn_id)
        if not old.instruction or (old.parent_turn_id is None and not old.sources):
            raise GoneTurn
        return await self._turns.add(
            old.conversation_id, in_other_way(old, author_id, request_id, way), allowed
        )

    async def read_otherwise(
        self, turn_id: int, author_id: int, *, request_id: int | None = None, allowed: Allowance | None = None
    ) -> Accepted:
        """The words of a doubtful turn in their second reading, and a vote against the first one.

        The first one stays the current picture until the second one is posted.
        Raises `QueueRefused`, what `SafetyPolicy.accept` does, or `GoneTurn`, also where no other reading is
        known.
        """
        old = await self._trees.live(turn_id)
        if old.second_prompt is None:
            raise GoneTurn
        self._turns.accept_prompt(old.second_prompt, allowed)
        turn = read_otherwise(old, author_id, request_id)
        accepted = await self._turns.add(old.conversation_id, turn, allowed)
        await self._trees.vote_not_meant(turn_id, author_id)
        return accepted

    async def replay(
        self, turn_id: int, author_id: int, *, request_id: int | None = None, allowed: Allowance | None = None
    ) -> Accepted:
        """The edits in a row that led to a turn, done at once from the picture before them.

        Raises `QueueRefused`, `TextTooLong` where their words together are no instruction any more, and
        `GoneTurn` where there are none, or the picture before them is gone.
        """
        last = await self._trees.live(turn_id)
        tree = await self._trees.tree(last.conversation_id)
        edits = edits_of([*reversed(list(tree.ancestors(turn_id))), last])
        if not edits or edits[0].parent_turn_id is None:
            raise GoneTurn
        await self._trees.live(edits[0].parent_turn_id)
        turn = replayed(edits, author_id, request_id)
        self._turns.accept_words(turn.instruction, allowed)
        return await self._turns.add(last.conversation_id, turn, allowed)
