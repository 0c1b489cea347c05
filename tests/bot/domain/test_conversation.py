"""The edit tree: head, tip, undo, redo, branches and tombstones, also under any sequence of actions."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.domain.conversation import Conversation, Image, Origin, Parameters, Turn, TurnKind
from bot.domain.edit_tree import EditTree
from bot.errors import FirstPicture, NoPictureYet, NothingToRedo

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def turn(turn_id: int, parent: int | None) -> Turn:
    return Turn(
        id=turn_id,
        conversation_id=1,
        parent_turn_id=parent,
        kind=TurnKind.REFINE if parent else TurnKind.IMAGINE,
        origin=Origin.MESSAGE,
        author_id=5,
        instruction="make it night",
        source_prompt="a house",
        target_prompt="a house at night",
        parameters=Parameters(seed=1, steps=1, guidance=1.0, width=64, height=64),
        follows_head=parent is not None,
        created_at=NOW,
        images=(Image(turn_id, turn_id, 0, "ab", 1, 64, 64, message_id=900 + turn_id),),
    )


def grown(*edges: tuple[int, int | None]) -> EditTree:
    """A tree whose turns were added and finished in this order."""
    tree = EditTree()
    for turn_id, parent in edges:
        tree = tree.add(turn(turn_id, parent)).finish(turn_id, NOW)
    return tree


def test_a_finished_turn_becomes_head_and_tip() -> None:
    tree = grown((1, None), (2, 1))
    assert (tree.head_turn_id, tree.tip_turn_id) == (2, 2)
    waiting = tree.add(turn(3, 2))
    assert (waiting.head_turn_id, waiting.tip_turn_id) == (2, 2)


def test_undo_and_redo_walk_the_line() -> None:
    tree = grown((1, None), (2, 1), (3, 2))
    back = tree.undo().undo()
    assert back.head_turn_id == 1
    assert back.redo().head_turn_id == 2
    assert back.redo().redo() == tree


def test_undo_at_the_first_picture_and_before_it_says_why() -> None:
    with pytest.raises(FirstPicture, match="first picture"):
        grown((1, None)).undo()
    with pytest.raises(NoPictureYet):
        EditTree().add(turn(1, None)).undo()


def test_redo_at_the_tip_says_why() -> None:
    with pytest.raises(NothingToRedo):
        grown((1, None), (2, 1)).redo()
    with pytest.raises(NothingToRedo):
        EditTree().redo()


def test_a_branch_from_an_older_picture_takes_the_head_along() -> None:
    tree = grown((1, None), (2, 1), (3, 2), (4, 1))
    assert tree.undo().head_turn_id == 1
    assert tree.undo().redo().head_turn_id == 4


def test_a_tombstone_keeps_the_tree_and_is_stepped_over() -> None:
    tree = grown((1, None), (2, 1), (3, 2)).delete(2, NOW)
    assert tree.turns[3].parent_turn_id == 2
    assert tree.turns[2].instruction == ""
    assert tree.turns[2].target_prompt is None
    assert tree.turns[2].images == ()
    assert tree.undo().head_turn_id == 1
    assert tree.undo().redo() == tree


def test_a_deleted_head_gives_way_to_the_nearest_picture() -> None:
    assert grown((1, None), (2, 1), (3, 2)).delete(3, NOW).head_turn_id == 2
    assert grown((1, None), (2, 1)).undo().delete(1, NOW).head_turn_id == 2
    assert grown((1, None)).delete(1, NOW).head_turn_id is None


def test_a_turn_needs_a_parent_of_its_own_tree() -> None:
    with pytest.raises(ValueError, match="needs a parent"):
        grown((1, None)).add(turn(2, None))
    with pytest.raises(ValueError, match="not in its tree"):
        grown((1, None)).add(turn(2, 7))


def test_pictures_of_a_turn_have_seeds_in_a_row_that_wrap() -> None:
    parameters = Parameters(seed=2**32 - 1, steps=1, guidance=0, width=64, height=64, count=3)
    assert parameters.seeds == (2**32 - 1, 0, 1)


def test_a_turn_knows_its_message_and_a_conversation_its_place() -> None:
    assert turn(4, None).message_id == 904
    assert replace(turn(4, None), images=()).message_id is None
    conversation = Conversation(1, 2, 3, None, 5, "a house", None, None, NOW)
    assert conversation.place_id == 3
    assert replace(conversation, thread_id=8).place_id == 8


class TreeMachine(RuleBasedStateMachine):
    """Any sequence of what people do to a conversation."""

    @initialize()
    def start(self) -> None:
        self.tree = grown((1, None))
        self.waiting: list[int] = []

    def live(self) -> list[int]:
        return [turn_id for turn_id, one in self.tree.turns.items() if one.live]

    @precondition(lambda self: self.tree.head_turn_id)
    @rule(at_head=st.booleans(), choice=st.integers(0, 1000))
    def add(self, at_head: bool, choice: int) -> None:
        parent = self.tree.head_turn_id if at_head else self.live()[choice % len(self.live())]
        new = max(self.tree.turns) + 1
        self.tree = self.tree.add(turn(new, parent))
        self.waiting.append(new)

    @precondition(lambda self: self.waiting)
    @rule()
    def finish(self) -> None:
        done = self.waiting.pop(0)
        self.tree = self.tree.finish(done, NOW)
        assert self.tree.head_turn_id == self.tree.tip_turn_id == done

    @rule()
    def undo(self) -> None:
        before = self.tree
        try:
            self.tree = before.undo()
        except (FirstPicture, NoPictureYet):
            return
        assert self.tree.redo() == before

    @rule()
    def redo(self) -> None:
        before = self.tree
        try:
            self.tree = before.redo()
        except NothingToRedo:
            return
        assert self.tree.undo() == before

    @precondition(lambda self: self.live())
    @rule(choice=st.integers(0, 1000))
    def delete(self, choice: int) -> None:
        victim = self.live()[choice % len(self.live())]
        self.tree = self.tree.delete(victim, NOW)
        assert victim not in self.live()

    @invariant()
    def every_turn_but_the_first_has_an_older_parent(self) -> None:
        for turn_id, one in self.tree.turns.items():
            assert (one.parent_turn_id is None) == (turn_id == 1)
            assert one.parent_turn_id is None or one.parent_turn_id in self.tree.turns
            assert one.parent_turn_id is None or one.parent_turn_id < turn_id

    @invariant()
    def the_head_is_live_and_on_the_way_to_the_tip(self) -> None:
        head, tip = self.tree.head_turn_id, self.tree.tip_turn_id
        if head is None:
            assert self.live() == []
            return
        assert head in self.live()
        assert tip is not None
        assert head == tip or head in [above.id for above in self.tree.ancestors(tip)]


TestTreeMachine = TreeMachine.TestCase
