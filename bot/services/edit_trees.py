"""Reading a conversation's edit tree and moving its head: undo, redo, branch, pick.

Nothing here makes work: what does is in `bot.services.turns`. Errors are of `bot.errors`.
"""

from bot.domain.conversation import Conversation, Turn
from bot.domain.edit_tree import EditTree
from bot.domain.said_commands import Asked, Request
from bot.errors import GoneTurn, NoPictureYet, NotYours
from bot.services.turn_results import Moved
from bot.store.conversations import ConversationStore


class EditTrees:
    """The edit trees of all conversations."""

    def __init__(self, conversations: ConversationStore) -> None:
        self._conversations = conversations

    async def conversation_at(self, place_id: int) -> Conversation | None:
        """The conversation of a thread, or the latest one of a channel where pictures answer each other."""
        return await self._conversations.at(place_id)

    async def conversation_here(self, place_id: int) -> Conversation:
        """The same for a command that works on a conversation. Raises `NoPictureYet` where there is none."""
        conversation = await self.conversation_at(place_id)
        if conversation is None:
            raise NoPictureYet
        return conversation

    async def conversation(self, conversation_id: int) -> Conversation:
        """The conversation of that id, or `GoneConversation`."""
        return await self._conversations.get(conversation_id)

    async def turn(self, turn_id: int) -> Turn:
        """The turn of that id, or `GoneTurn`, also for a deleted one."""
        turn = await self._conversations.turn(turn_id)
        if turn.deleted_at is not None:
            raise GoneTurn
        return turn

    async def known(self, turn_id: int) -> Turn | None:
        """The turn of that id, a deleted one too; None where this database has none."""
        try:
            return await self._conversations.turn(turn_id)
        except GoneTurn:
            return None

    async def turn_shown_by(self, message_id: int) -> Turn | None:
        """The turn whose pictures a message shows."""
        return await self._conversations.turn_shown_by(message_id)

    async def tree(self, conversation_id: int) -> EditTree:
        """All turns of a conversation, or `GoneConversation`."""
        return await self._conversations.tree(conversation_id)

    async def whole(self, conversation_id: int) -> tuple[Conversation, EditTree]:
        """A conversation and all its turns, or `GoneConversation`."""
        return await self._conversations.whole(conversation_id)

    async def live(self, turn_id: int) -> Turn:
        """A turn with pictures that are there still. Raises `GoneTurn`."""
        turn = await self.turn(turn_id)
        if not turn.live:
            raise GoneTurn
        return turn

    async def own(self, turn_id: int, user_id: int, may_manage: bool = False) -> Turn:
        """A turn that this person may delete: its author or a moderator. Raises `NotYours` or `GoneTurn`."""
        turn = await self.turn(turn_id)
        if turn.author_id != user_id and not may_manage:
            raise NotYours
        return turn

    async def branch(self, conversation_id: int, turn_id: int) -> Moved:
        """Make an older turn the head: the next change goes on from there. Raises `GoneTurn`."""
        return await self._moved(await self._conversations.go_to(conversation_id, turn_id))

    async def undo(self, conversation_id: int, user_id: int) -> Moved:
        """Go back one picture. Raises `FirstPicture`, `NoPictureYet` or `GoneConversation`."""
        return await self.move(conversation_id, user_id, Request(Asked.UNDO))

    async def redo(self, conversation_id: int, user_id: int) -> Moved:
        """Take the last undo back. Raises `NothingToRedo` or `GoneConversation`."""
        return await self.move(conversation_id, user_id, Request(Asked.REDO))

    async def in_work(self, conversation_id: int) -> bool:
        """Whether something of the conversation is waiting or worked on."""
        return await self._conversations.in_work(conversation_id)

    async def move(self, conversation_id: int, user_id: int, asked: Request) -> Moved:
        """Do a move that was asked for in words. Raises what `bot.domain.moves.moved` does."""
        return await self._moved(await self._conversations.move(conversation_id, user_id, asked))

    async def pick(self, turn_id: int, user_id: int, position: int) -> Turn:
        """Choose one of a turn's pictures (`position` from 0): it is what the next change starts from.

        Raises `GoneTurn`, also for a picture that is not there.
        """
        turn = await self.live(turn_id)
        if not 0 <= position < len(turn.images):
            raise GoneTurn
        return await self._conversations.pick(turn_id, user_id, position)

    async def not_meant(self, turn_id: int, user_id: int) -> Moved:
        """Store a vote against what a turn made of its words, and go back to the picture before.

        Where the current picture was not made from that turn, or none is before it, the current one stays,
        and the turn itself is given back. Raises `GoneTurn`.
        """
        turn = await self.live(turn_id)
        conversation, moved = await self._conversations.not_meant(turn_id, user_id)
        return await self._moved(conversation) if moved else Moved(conversation, turn)

    async def vote_not_meant(self, turn_id: int, user_id: int) -> None:
        """The vote alone; none where the turn's pictures are gone."""
        await self._conversations.vote_not_meant(turn_id, user_id)

    async def _moved(self, conversation: Conversation) -> Moved:
        if conversation.head_turn_id is None:
            raise NoPictureYet
        return Moved(conversation, await self._conversations.turn(conversation.head_turn_id))
