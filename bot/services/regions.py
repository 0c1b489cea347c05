"""A change inside a region of a picture: the region as a mask, by words, by squares or from a file; the turn.

A mask has the size of its picture. The engine pastes what it paints into the picture, so that outside of the
mask every pixel stays what it was.
"""

import asyncio
from dataclasses import dataclass, replace

from PIL import Image as PILImage
from PIL import ImageDraw

from bot.domain.content_policy import SafetyPolicy
from bot.domain.conversation import Image, NewTurn, Origin, Turn, TurnKind, inherited
from bot.domain.limits import Allowance
from bot.domain.picked import picked_image
from bot.domain.regions import Squares
from bot.domain.sanitize import checked
from bot.domain.source_pictures import SourcePicture, SourceRole
from bot.errors import MaskOfOtherShape, NoRegions, NoRegionsByWords, RegionNotFound
from bot.services.edit_trees import EditTrees
from bot.services.turn_results import Accepted
from bot.services.turns import TurnService
from bot.store.images import ImageStore
from model.engine import Engine, FindsRegions
from model.errors import BadRequest
from model.pictures.decoding import check_picture
from model.pictures.masks import png_of, read_mask

LONGEST_WORDS = 80
"""Characters of what names a region: a thing and where it is, and no instruction."""
MAX_PIXELS = 16_000_000
"""Of a mask in a file."""
_OTHER_SHAPE = 0.02  # sides whose ratio differs by more belong to another picture


@dataclass(frozen=True, slots=True)
class Region:
    """A place in the picture of `turn`: the picture and the mask of the same size, both as PNG bytes."""

    turn: Turn
    picture: bytes
    mask: bytes


class RegionService:
    """The use cases. What is found is given back to be looked at; `refine` stores the turn."""

    def __init__(
        self,
        *,
        turns: TurnService,
        trees: EditTrees,
        images: ImageStore,
        engine: Engine,
        safety: SafetyPolicy,
    ) -> None:
        self._turns = turns
        self._trees = trees
        self._images = images
        self._engine = engine
        self._safety = safety

    def check(self) -> None:
        """Raise `NoRegions` where the engine paints inside no mask."""
        if not self._engine.info.capabilities.region:
            raise NoRegions

    @property
    def finds_words(self) -> bool:
        """Whether the engine finds in a picture what words name."""
        return self._engine.info.capabilities.finds_regions

    async def by_words(self, turn_id: int, said: str, allowed: Allowance) -> Region:
        """The place of what the words name, as the engine finds it.

        Raises `NoRegions`, `NoRegionsByWords`, `RegionNotFound`, `TextRefused`, `GoneTurn`, an error of the
        engine, and what `SafetyPolicy.accept` does.
        """
        self.check()
        if not (self.finds_words and isinstance(self._engine, FindsRegions)):
            raise NoRegionsByWords
        words = checked(said, LONGEST_WORDS)
        self._safety.accept(words, adult=allowed.adult)
        turn, _, picture = await self._picture(turn_id)
        try:
            mask = await self._engine.find_region(picture, words)
        except BadRequest as error:
            raise RegionNotFound(words=words) from error
        return Region(turn, picture, mask)

    async def by_squares(self, turn_id: int, squares: Squares) -> Region:
        """The chosen squares; none is a mask in which nothing changes. Raises `NoRegions` or `GoneTurn`."""
        self.check()
        turn, image, picture = await self._picture(turn_id)
        return Region(turn, picture, await asyncio.to_thread(_mask_of, squares, image.width, image.height))

    async def by_file(self, turn_id: int, data: bytes) -> Region:
        """What is white or transparent in a picture that somebody brings, fitted to the turn's picture.

        Raises `NoRegions`, `GoneTurn`, `MaskOfOtherShape`, and BadImage or BadRequest for what is no mask.
        """
        self.check()
        turn, image, picture = await self._picture(turn_id)
        return Region(turn, picture, await asyncio.to_thread(_fitted, data, image.width, image.height))

    async def refine(
        self,
        turn_id: int,
        mask: bytes,
        instruction: str,
        author_id: int,
        *,
        request_id: int | None,
        allowed: Allowance,
        origin: Origin = Origin.MODAL,
    ) -> Accepted:
        """Change the turn's picture inside the mask, as a child of that turn.

        Raises what `TurnService.refine` does, `NoRegions`, and what `by_file` does for the mask.
        """
        self.check()
        words = self._turns.accept_words(instruction, allowed)
        turn, image, _ = await self._picture(turn_id)
        fitting = await asyncio.to_thread(_fitted, mask, image.width, image.height)
        # at the picture's own size: painted at another one, no pixel outside could stay what it was
        size = replace(inherited(turn.parameters), count=1, keep=0.0, width=image.width, height=image.height)
        async with self._images.filed(fitting) as sha256:
            new = NewTurn(
                TurnKind.REFINE,
                origin,
                author_id,
                instruction=words,
                parameters=size,
                parent_turn_id=turn.id,
                request_id=request_id,
                way="region",
                sources=(SourcePicture(SourceRole.MASK, sha256),),
            )
            return await self._turns.add(turn.conversation_id, new, allowed)

    async def _picture(self, turn_id: int) -> tuple[Turn, Image, bytes]:
        """The turn and the one of its pictures that is changed: the picked one, or the first."""
        turn = await self._trees.live(turn_id)
        image = picked_image(turn)
        return turn, image, await self._images.read(image)


def _mask_of(squares: Squares, width: int, height: int) -> bytes:
    mask = PILImage.new("L", (width, height))
    pen = ImageDraw.Draw(mask)
    for left, top, right, bottom in squares.boxes(width, height):
        pen.rectangle((left, top, right - 1, bottom - 1), fill=255)
    return png_of(mask)


def _fitted(data: bytes, width: int, height: int) -> bytes:
    """The mask in a file at the picture's size, as both conventions of masks read it."""
    own_width, own_height = check_picture(data, MAX_PIXELS)
    if abs(own_width * height / (own_height * width) - 1) > _OTHER_SHAPE:
        raise MaskOfOtherShape(width=width, height=height)
    mask = read_mask(data, (own_width, own_height))
    return png_of(mask.resize((width, height), PILImage.Resampling.NEAREST))
