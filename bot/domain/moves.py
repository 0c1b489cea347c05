"""Where a conversation's head goes when words ask for it: back, forward, to the start, to a picture."""

from bot.domain.conversation import Turn
from bot.domain.edit_tree import EditTree
from bot.domain.said_commands import Asked, Request
from bot.domain.sanitize import same_words
from bot.errors import FirstPicture, NoPictureYet, NoSuchPicture


def moved(tree: EditTree, asked: Request) -> EditTree:
    """The tree after the move, with a live head.

    Raises `NoPictureYet`, `FirstPicture`, `NothingToRedo`, `NoSuchPicture`, or ValueError for no move.
    """
    if tree.head_turn_id is None:
        raise NoPictureYet
    if asked.kind is Asked.UNDO:
        return _back(tree, int(asked.detail or 1))
    if asked.kind is Asked.REDO:
        return tree.redo()
    if asked.kind is Asked.RESTART:
        first = min(turn.id for turn in tree.turns.values() if turn.live)
        if first == tree.head_turn_id:
            raise FirstPicture
        return tree.go_to(first)
    if asked.kind is Asked.BACK:
        return tree.go_to(_latest_of(tree, tree.head_turn_id, asked.detail).id)
    raise ValueError(f"{asked.kind} moves nothing")


def _back(tree: EditTree, steps: int) -> EditTree:
    """So many pictures back, or as many as there are."""
    tree = tree.undo()
    for _ in range(steps - 1):
        if tree.can_undo:
            tree = tree.undo()
    return tree


def _latest_of(tree: EditTree, head: int, prompt: str) -> Turn:
    """The latest picture of that prompt: of those that led to the present one, else of all others.

    Where the same words were painted on two branches, the picture that people saw on the way here is meant.
    """
    found = [
        turn
        for turn in tree.turns.values()
        if turn.live and turn.id != head and same_words(turn.target_prompt or "", prompt)
    ]
    if not found:
        raise NoSuchPicture
    path = {turn.id for turn in tree.ancestors(head)}
    return max(found, key=lambda turn: (turn.id in path, turn.id))
