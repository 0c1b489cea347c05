"""A picture after which another one is painted, from a file or an earlier turn: its style or character."""

import asyncio
from dataclasses import replace

from bot.domain.conversation import Changes, NewTurn, Origin
from bot.domain.limits import Allowance
from bot.domain.picked import picked_image
from bot.domain.references import Referring, reference_in
from bot.domain.source_pictures import SourcePicture, SourceRole
from bot.errors import NoReference, ReferenceInReplies, UploadsNotEdited
from bot.services.edit_trees import EditTrees
from bot.services.joined_pictures import MAX_PIXELS, reply_of
from bot.services.turn_results import Accepted, Wish
from bot.services.turns import TurnService
from bot.store.images import ImageStore
from model.engine import Engine, ReferenceAs, Way
from model.pictures.decoding import check_picture


class ReferencePictures:
    """Stores the turns. A reference stays with its turn, for rerolls and for what goes on from it."""

    def __init__(self, *, turns: TurnService, trees: EditTrees, images: ImageStore, engine: Engine) -> None:
        self._turns = turns
        self._trees = trees
        self._images = images
        self._engine = engine

    def check_first(self, model: str | None, allowed: Allowance) -> None:
        """Whether a first picture of that model may be painted after a file that somebody brings.

        Raises `NoReference`, `ReferenceInReplies` or `UploadsNotEdited`.
        """
        ways = self._ways(model)
        if "repaint" not in ways:
            raise ReferenceInReplies if "edit" in ways else NoReference
        _check_upload(allowed)

    async def wish(self, wish: Wish, data: bytes, reference_as: ReferenceAs) -> Wish:
        """A first picture with its reference. Raises BadImage; what else is refused, `check_first` says."""
        await asyncio.to_thread(check_picture, data, MAX_PIXELS)
        return replace(wish, reference=data, parameters=replace(wish.parameters, reference_as=reference_as))

    async def check_reply(self, conversation_id: int, turn_id: int | None) -> None:
        """Raise `NoReference` where the model of a picture, or of the head, paints after none."""
        if not await self._ways_for(conversation_id, turn_id):
            raise NoReference

    async def with_file(
        self,
        conversation_id: int,
        said: str,
        data: bytes,
        author_id: int,
        *,
        parent_turn_id: int | None,
        request_id: int | None,
        allowed: Allowance,
    ) -> Accepted:
        """Paint the picture of `parent_turn_id`, or the head, after the one in a file.

        Raises `NoReference`, `UploadsNotEdited`, BadImage, and what `TurnService.refine` does.
        """
        await self.check_reply(conversation_id, parent_turn_id)
        _check_upload(allowed)
        await asyncio.to_thread(check_picture, data, MAX_PIXELS)
        reply = reply_of(said, author_id, request_id, parent_turn_id)
        return await self._refer(conversation_id, reply, _asked(said), data, allowed)

    async def with_earlier(
        self, turn_id: int, said: str, author_id: int, *, request_id: int | None, allowed: Allowance
    ) -> Accepted:
        """Paint the head after the picture of an earlier turn, the picked or first one.

        Raises `NoReference`, `GoneTurn`, and what `TurnService.refine` does.
        """
        return await self._after(turn_id, reply_of(said, author_id, request_id), _asked(said), allowed)

    async def after(
        self, turn_id: int, asked: Referring, author_id: int, *, request_id: int | None, allowed: Allowance
    ) -> Accepted:
        """The same as a form asked for it, with words. Raises as `with_earlier`."""
        reply = replace(reply_of(asked.words, author_id, request_id), origin=Origin.MODAL)
        return await self._after(turn_id, reply, asked, allowed)

    async def _after(self, turn_id: int, reply: NewTurn, asked: Referring, allowed: Allowance) -> Accepted:
        turn = await self._trees.live(turn_id)
        await self.check_reply(turn.conversation_id, None)
        data = await self._images.read(picked_image(turn))
        return await self._refer(turn.conversation_id, reply, asked, data, allowed)

    async def _refer(
        self, conversation_id: int, reply: NewTurn, asked: Referring, data: bytes, allowed: Allowance
    ) -> Accepted:
        """Store the turn. An editor of several pictures goes before an IP-Adapter, as it keeps the rest."""
        words = self._turns.accept_words(reply.instruction, allowed)
        edits = "edit" in await self._ways_for(conversation_id, reply.parent_turn_id)
        async with self._images.filed(data) as sha256:
            turn = replace(
                reply,
                instruction=self._turns.accept_words(asked.words, allowed) if asked.words else words,
                changes=Changes(reference_as=asked.reference_as, only=not asked.words),
                sources=(SourcePicture(SourceRole.REFERENCE, sha256),),
                way="edit" if edits else None,
            )
            return await self._turns.add(conversation_id, turn, allowed)

    async def _ways_for(self, conversation_id: int, turn_id: int | None) -> tuple[Way, ...]:
        """The ways in which the model of a picture, or of the head, paints after another one."""
        tree = await self._trees.tree(conversation_id)
        meant = tree.turns.get(turn_id or tree.head_turn_id or 0)
        return self._ways(meant.parameters.model if meant else None)

    def _ways(self, model: str | None) -> tuple[Way, ...]:
        return self._engine.info.paints(model).capabilities.references


def _asked(said: str) -> Referring:
    asked = reference_in(said)
    assert asked is not None, "these words are why it is called"
    return asked


def _check_upload(allowed: Allowance) -> None:
    if not allowed.edits_uploads:
        raise UploadsNotEdited
