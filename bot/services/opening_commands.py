"""Words that begin with a command and go on with a wish: "undo that and make it red", "2, but at night"."""

from bot.domain.moves import moved
from bot.domain.said_commands import Asked, opening_command
from bot.errors import MemberError
from bot.services.edit_trees import EditTrees


async def carried_out(
    trees: EditTrees, conversation_id: int, said: str, author_id: int, parent_turn_id: int | None
) -> tuple[str, int | None]:
    """The wish alone, and the turn whose picture it is about (None: the current one).

    A choice among several pictures is stored as by its button. A move only says which picture is changed, so
    that nothing has moved where the wish is refused then. The words stay whole, for the language model,
    where the command cannot be done: while the conversation's work goes on, where a reply names a picture to
    go on from, and where there is nothing to go back to or to choose from.
    """
    opening = opening_command(said)
    if opening is None or await trees.in_work(conversation_id):
        return said, parent_turn_id
    asked, wish = opening
    tree = await trees.tree(conversation_id)
    if asked.kind is Asked.CHOOSE:
        turn = tree.turns.get(parent_turn_id or tree.head_turn_id or 0)
        position = int(asked.detail) - 1
        if turn is None or not turn.live or len(turn.images) == 1 or position >= len(turn.images):
            return said, parent_turn_id
        await trees.pick(turn.id, author_id, position)
        return wish, parent_turn_id
    if parent_turn_id is not None:
        return said, parent_turn_id
    try:
        return wish, moved(tree, asked).head_turn_id
    except MemberError:
        return said, parent_turn_id
