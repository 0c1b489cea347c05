"""The edit tree: the turns of one conversation, which of them is current, and how that moves. Pure.

The *head* is the turn that a plain reply refines. The *tip* is where the latest line of turns ends: undo
moves the head towards the root, redo moves it back towards the tip. A new turn becomes head and tip at once.
A deleted turn stays in the tree as a tombstone without words or pictures; undo and redo step over it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain.conversation import Turn
from bot.errors import FirstPicture, GoneTurn, NoPictureYet, NothingToRedo


@dataclass(frozen=True, slots=True)
class EditTree:
    """The turns of one conversation by id, with head and tip. Operations return a new tree.

    Invariants: every turn but the first has its parent in the same tree; the head is None or a live turn;
    the head is the tip or one of its ancestors.
    """

    turns: Mapping[int, Turn] = field(default_factory=dict)
    head_turn_id: int | None = None
    tip_turn_id: int | None = None

    def ancestors(self, turn_id: int) -> Iterator[Turn]:
        """The turns above `turn_id`, parent first."""
        parent = self.turns[turn_id].parent_turn_id
        while parent is not None:
            yield self.turns[parent]
            parent = self.turns[parent].parent_turn_id

    @property
    def prompts(self) -> tuple[str, ...]:
        """The target prompts of the live turns, oldest first."""
        live = sorted((turn for turn in self.turns.values() if turn.live), key=lambda turn: turn.id)
        return tuple(turn.target_prompt for turn in live if turn.target_prompt)

    def add(self, turn: Turn) -> "EditTree":
        """Put in a turn that is not finished yet; the head stays where it is."""
        if turn.parent_turn_id is None and self.turns:
            raise ValueError(f"Turn {turn.id} needs a parent: the tree has a first turn already.")
        if turn.parent_turn_id is not None and turn.parent_turn_id not in self.turns:
            raise ValueError(f"Turn {turn.id} names parent {turn.parent_turn_id}, which is not in its tree.")
        return replace(self, turns={**self.turns, turn.id: turn})

    def finish(self, turn_id: int, at: datetime) -> "EditTree":
        """Make `turn_id` live, and head and tip, because its pictures were posted."""
        finished = replace(self.turns[turn_id], finished_at=at)
        return EditTree({**self.turns, turn_id: finished}, head_turn_id=turn_id, tip_turn_id=turn_id)

    def undo(self) -> "EditTree":
        """Move the head to its nearest live ancestor; `FirstPicture` when there is none."""
        if self.head_turn_id is None:
            raise NoPictureYet
        target = self._live_ancestor(self.head_turn_id)
        if target is None:
            raise FirstPicture
        return replace(self, head_turn_id=target)

    def leave(self, turn_id: int) -> "EditTree":
        """Move the head before `turn_id` where it is that turn or was made from it, to the nearest live one.

        The head stays on another branch, and where no live picture is before that turn.
        """
        before = self._live_ancestor(turn_id)
        if before is None or self.head_turn_id is None:
            return self
        on_it = self.head_turn_id == turn_id or self.turns[turn_id] in self.ancestors(self.head_turn_id)
        return replace(self, head_turn_id=before) if on_it else self

    @property
    def can_undo(self) -> bool:
        """Whether there is a picture before the head."""
        return self.head_turn_id is not None and self._live_ancestor(self.head_turn_id) is not None

    @property
    def can_redo(self) -> bool:
        """Whether an undo can be taken back."""
        return self._towards_the_tip() is not None

    def redo(self) -> "EditTree":
        """Move the head to the next live turn on the way to the tip; `NothingToRedo` at the end."""
        target = self._towards_the_tip()
        if target is None:
            raise NothingToRedo
        return replace(self, head_turn_id=target)

    def go_to(self, turn_id: int) -> "EditTree":
        """Put the head on a live turn; it becomes the tip too, unless it lies on the way to it."""
        turn = self.turns.get(turn_id)
        if turn is None or not turn.live:
            raise GoneTurn
        on_the_way = self.tip_turn_id is not None and (
            turn_id == self.tip_turn_id or turn in list(self.ancestors(self.tip_turn_id))
        )
        return replace(self, head_turn_id=turn_id, tip_turn_id=self.tip_turn_id if on_the_way else turn_id)

    def delete(self, turn_id: int, at: datetime) -> "EditTree":
        """Leave a tombstone in place of `turn_id`; a deleted head gives way as in `with_live_head`."""
        tombstone = replace(
            self.turns[turn_id],
            deleted_at=at,
            instruction="",
            source_prompt="",
            target_prompt=None,
            second_prompt=None,
            images=(),
        )
        return replace(self, turns={**self.turns, turn_id: tombstone}).with_live_head()

    def with_live_head(self) -> "EditTree":
        """Put a head that is not live on its nearest live ancestor, or else on the latest live turn."""
        if self.head_turn_id is None or self.turns[self.head_turn_id].live:
            return self
        ancestor = self._live_ancestor(self.head_turn_id)
        if ancestor is not None:
            return replace(self, head_turn_id=ancestor)
        latest = max((turn.id for turn in self.turns.values() if turn.live), default=None)
        return replace(self, head_turn_id=latest, tip_turn_id=latest)

    def _towards_the_tip(self) -> int | None:
        """The next live turn on the way from the head to the tip."""
        if self.head_turn_id is None or self.tip_turn_id is None:
            return None
        path = [self.turns[self.tip_turn_id], *self.ancestors(self.tip_turn_id)]
        ahead = path[: [turn.id for turn in path].index(self.head_turn_id)]
        return next((turn.id for turn in reversed(ahead) if turn.live), None)

    def _live_ancestor(self, turn_id: int) -> int | None:
        return next((turn.id for turn in self.ancestors(turn_id) if turn.live), None)
