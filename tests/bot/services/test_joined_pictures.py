"""A picture taken into another one: which the editor is shown, and who may."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.domain.conversation import Turn
from bot.domain.limits import Allowance
from bot.errors import OnePictureOnly, TooManyPictures, UploadsNotEdited
from bot.services.joined_pictures import JoinedPictures
from model.engine import Capabilities
from model.errors import BadImage
from tests.bot.editing import EditingEngine
from tests.bot.engines import sketch
from tests.bot.house import ANN, House, open_house

ANYBODY = Allowance()
SAID = "put this fox into that meadow"
FOX = sketch("a fox", 1, 64, 64)


@dataclass
class Joined:
    """A house with a picture in it."""

    house: House
    engine: EditingEngine
    pictures: JoinedPictures
    first: Turn

    async def with_files(self, *files: bytes, allowed: Allowance = ANYBODY) -> Turn:
        accepted = await self.pictures.with_files(
            self.first.conversation_id,
            SAID,
            files,
            ANN,
            parent_turn_id=None,
            request_id=None,
            allowed=allowed,
        )
        return await self.house.finished(accepted)


@pytest.fixture
async def it(tmp_path: Path) -> AsyncIterator[Joined]:
    engine = EditingEngine()
    async with open_house(tmp_path, engine=engine) as house:
        pictures = JoinedPictures(turns=house.turns, trees=house.trees, images=house.images, engine=engine)
        yield Joined(house, engine, pictures, await house.imagined("a meadow"))


async def test_the_editor_sees_the_current_picture_and_the_file(it: Joined) -> None:
    joined = await it.with_files(FOX, FOX)
    request = it.engine.paints[-1]
    assert (joined.way, request.way, request.instruction) == ("edit", "edit", SAID)
    assert request.init_image == await it.house.images.read(it.first.images[0])
    assert request.more_images == (FOX,)
    again = await it.house.finished(await it.house.derived.reroll(joined.id, ANN))
    assert again.way == "edit"
    assert it.engine.paints[-1].more_images == (FOX,)


async def test_an_earlier_picture_is_taken_into_the_current_one(it: Joined) -> None:
    fox = await it.house.imagined("a fox")
    meadow = await it.house.refined(fox.conversation_id, "a green meadow instead of the fox")
    accepted = await it.pictures.with_earlier(fox.id, SAID, ANN, request_id=None, allowed=ANYBODY)
    joined = await it.house.finished(accepted)
    request = it.engine.paints[-1]
    assert joined.parent_turn_id == meadow.id
    assert request.init_image == await it.house.images.read(meadow.images[0])
    assert request.more_images == (await it.house.images.read(fox.images[0]),)
    await it.house.turns.delete_turn(fox.id, ANN)
    assert await it.house.images.content(fox.images[0].sha256), "the joined one needs it still"


async def test_an_engine_of_one_picture_says_so(it: Joined) -> None:
    it.engine.able = Capabilities(edit=True)
    with pytest.raises(OnePictureOnly):
        await it.with_files(FOX)
    with pytest.raises(OnePictureOnly):
        await it.pictures.with_earlier(it.first.id, SAID, ANN, request_id=None, allowed=ANYBODY)


async def test_a_place_may_leave_brought_pictures_alone(it: Joined) -> None:
    with pytest.raises(UploadsNotEdited):
        await it.with_files(FOX, allowed=Allowance(edits_uploads=False))
    assert len(it.engine.paints) == 1


async def test_what_is_too_much_or_no_picture_is_refused_and_not_kept(it: Joined) -> None:
    with pytest.raises(TooManyPictures):
        await it.with_files(FOX, FOX, FOX, FOX)
    with pytest.raises(BadImage):
        await it.with_files(FOX, b"no picture")
    assert len(list(it.house.pictures.rglob("*.png"))) == 1


async def test_a_further_picture_goes_with_its_turn(it: Joined) -> None:
    joined = await it.with_files(FOX)
    await it.house.turns.delete_turn(joined.id, ANN)
    assert {path.stem for path in it.house.pictures.rglob("*.png")} == {it.first.images[0].sha256}
