"""A picture taken into another one, from a file or an earlier turn: "put this fox into that meadow"."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.conversation import NewTurn, Origin, TurnKind
from bot.domain.limits import Allowance
from bot.domain.picked import picked_image
from bot.domain.source_pictures import SourcePicture, SourceRole
from bot.errors import OnePictureOnly, TooManyPictures, UploadsNotEdited
from bot.services.edit_trees import EditTrees
from bot.services.turn_results import Accepted
from bot.services.turns import TurnService
from bot.store.images import ImageStore
from model.engine import Engine
from model.pictures.decoding import check_picture
from model.pictures.ways import MOST_PICTURES

MAX_PIXELS = 16_000_000
"""Of a file; as for a picture to start from (`bot.services.picture_starts`)."""


class JoinedPictures:
    """Stores the turns. What comes of them is checked as every painted picture is."""

    def __init__(self, *, turns: TurnService, trees: EditTrees, images: ImageStore, engine: Engine) -> None:
        self._turns = turns
        self._trees = trees
        self._images = images
        self._engine = engine

    def check(self, pictures: int) -> None:
        """Raise `OnePictureOnly` or `TooManyPictures` where the engine does not look at so many more."""
        able = self._engine.info.capabilities
        if not (able.edit and able.several_pictures):
            raise OnePictureOnly
        if pictures >= MOST_PICTURES:
            raise TooManyPictures(most=MOST_PICTURES - 1)

    def check_files(self, files: int, allowed: Allowance) -> None:
        """The same for files that somebody brings. Raises `UploadsNotEdited` where they may not."""
        self.check(files)
        if not allowed.edits_uploads:
            raise UploadsNotEdited

    async def with_files(
        self,
        conversation_id: int,
        instruction: str,
        files: Sequence[bytes],
        author_id: int,
        *,
        parent_turn_id: int | None,
        request_id: int | None,
        allowed: Allowance,
    ) -> Accepted:
        """Change the picture of `parent_turn_id`, or the head, with the pictures in the files.

        Raises what `check_files` and `TurnService.refine` do, or BadImage.
        """
        self.check_files(len(files), allowed)
        for data in files:
            await asyncio.to_thread(check_picture, data, MAX_PIXELS)
        turn = reply_of(instruction, author_id, request_id, parent_turn_id)
        return await self._join(conversation_id, turn, files, allowed)

    async def with_earlier(
        self,
        turn_id: int,
        instruction: str,
        author_id: int,
        *,
        request_id: int | None,
        allowed: Allowance,
    ) -> Accepted:
        """Change the head with the picture of an earlier turn, the picked or first one.

        Raises what `check` and `TurnService.refine` do.
        """
        self.check(1)
        turn = await self._trees.live(turn_id)
        image = picked_image(turn)
        reply = reply_of(instruction, author_id, request_id)
        return await self._join(turn.conversation_id, reply, [await self._images.read(image)], allowed)

    async def _join(
        self, conversation_id: int, turn: NewTurn, files: Sequence[bytes], allowed: Allowance
    ) -> Accepted:
        words = self._turns.accept_words(turn.instruction, allowed)
        async with self._images.all_filed(list(dict.fromkeys(files))) as hashes:
            sources = tuple(SourcePicture(SourceRole.MORE, sha256) for sha256 in hashes)
            joined = replace(turn, instruction=words, sources=sources, way="edit")
            return await self._turns.add(conversation_id, joined, allowed)


def reply_of(
    instruction: str, author_id: int, request_id: int | None, parent_turn_id: int | None = None
) -> NewTurn:
    """A reply to the picture of `parent_turn_id`, or to the head, that comes with a picture of its own."""
    return NewTurn(
        TurnKind.REFINE,
        Origin.MESSAGE,
        author_id,
        instruction=instruction,
        parent_turn_id=parent_turn_id,
        follows_head=parent_turn_id is None,
        request_id=request_id,
    )
