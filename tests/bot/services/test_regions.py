"""A change inside a region: outside of it every pixel stays, whichever way the region was named."""

import io
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bot.domain.content_policy import SafetyPolicy
from bot.domain.conversation import Turn
from bot.domain.limits import Allowance
from bot.domain.regions import Squares
from bot.errors import (
    AdultsOnly,
    EmptyText,
    GoneTurn,
    MaskOfOtherShape,
    NoRegions,
    NoRegionsByWords,
    RegionNotFound,
)
from bot.services.regions import RegionService
from model.engine import Capabilities, EditRequest, EditResult
from model.errors import BadImage, BadRequest
from tests.bot.editing import EDITOR, EditingEngine
from tests.bot.house import ANN, House, open_house

ANYBODY = Allowance()
SKY = (0.0, 0.0, 1.0, 0.25)


@dataclass
class Painted:
    """A house with a picture of 128 by 128 pixels in it."""

    house: House
    engine: EditingEngine
    regions: RegionService
    first: Turn


@pytest.fixture
async def painted(tmp_path: Path) -> AsyncIterator[Painted]:
    engine = EditingEngine(regions={"the sky": SKY})
    async with open_house(tmp_path, engine=engine) as house:
        regions = RegionService(
            turns=house.turns,
            trees=house.trees,
            images=house.images,
            engine=engine,
            safety=SafetyPolicy(),
        )
        yield Painted(house, engine, regions, await house.imagined())


async def pixels(house: House, turn: Turn) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(await house.images.read(turn.images[0]))).convert("RGB"))


async def change(it: Painted, mask: bytes, instruction: str = "a purple sky") -> Turn:
    accepted = await it.regions.refine(it.first.id, mask, instruction, ANN, request_id=None, allowed=ANYBODY)
    return await it.house.finished(accepted)


async def test_outside_a_region_by_words_every_pixel_stays(painted: Painted) -> None:
    region = await painted.regions.by_words(painted.first.id, "the sky", ANYBODY)
    changed = await change(painted, region.mask)
    assert (changed.way, changed.instruction, changed.parent_turn_id) == (
        "region",
        "a purple sky",
        painted.first.id,
    )
    before, after = await pixels(painted.house, painted.first), await pixels(painted.house, changed)
    assert np.array_equal(before[32:], after[32:])
    assert not np.array_equal(before[:32], after[:32])


async def test_outside_chosen_squares_every_pixel_stays(painted: Painted) -> None:
    region = await painted.regions.by_squares(painted.first.id, Squares().toggled(8))
    changed = await change(painted, region.mask)
    before, after = await pixels(painted.house, painted.first), await pixels(painted.house, changed)
    same = (before == after).all(axis=2)
    assert same[:85].all()
    assert same[:, :85].all()
    assert not same.all()


async def test_a_mask_of_the_same_shape_is_fitted_to_the_picture(painted: Painted) -> None:
    half = Image.new("L", (64, 64))
    half.paste(255, (0, 0, 32, 64))
    file = io.BytesIO()
    half.save(file, "PNG")
    region = await painted.regions.by_file(painted.first.id, file.getvalue())
    changed = await change(painted, region.mask)
    before, after = await pixels(painted.house, painted.first), await pixels(painted.house, changed)
    assert np.array_equal(before[:, 64:], after[:, 64:])
    assert not np.array_equal(before, after)


async def test_a_mask_that_does_not_fit_is_refused(painted: Painted) -> None:
    for size, error in (((64, 32), MaskOfOtherShape), ((64, 64), BadRequest)):
        file = io.BytesIO()
        Image.new("L", size).save(file, "PNG")
        with pytest.raises(error):
            await painted.regions.by_file(painted.first.id, file.getvalue())
    with pytest.raises(BadImage):
        await painted.regions.by_file(painted.first.id, b"no picture")


async def test_a_prompt_that_stays_as_it_was_is_painted_all_the_same(painted: Painted) -> None:
    region = await painted.regions.by_squares(painted.first.id, Squares().toggled(0))
    assert (await change(painted, region.mask, "nice!")).target_prompt == painted.first.target_prompt
    assert len(painted.house.presenter.posts) == 2


async def test_what_is_outside_of_the_place_stays_in_the_words(
    painted: Painted, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def replacing(request: EditRequest) -> EditResult:
        return EditResult(f"{request.instruction} and nothing else", "forgetful", 0.1)

    monkeypatch.setattr(painted.engine, "edit", replacing)
    region = await painted.regions.by_squares(painted.first.id, Squares(0b11))
    changed = await change(painted, region.mask, "a yellow balloon")
    assert changed.target_prompt == f"{painted.first.target_prompt}, a yellow balloon"


async def test_a_command_is_none_in_a_region(painted: Painted) -> None:
    region = await painted.regions.by_squares(painted.first.id, Squares().toggled(0))
    assert (await change(painted, region.mask, "undo")).way == "region"


async def test_the_same_region_is_painted_once_more_with_another_seed(painted: Painted) -> None:
    region = await painted.regions.by_squares(painted.first.id, Squares().toggled(0))
    changed = await change(painted, region.mask)
    again = await painted.house.finished(await painted.house.derived.reroll(changed.id, ANN))
    assert again.way == "region"
    request, before = painted.engine.paints[-1], painted.engine.paints[-2]
    assert (request.mask, request.init_image) == (before.mask, before.init_image)
    assert request.seeds != before.seeds
    anew = await painted.house.finished(await painted.house.derived.other_way(changed.id, ANN, "repaint"))
    assert (anew.way, painted.engine.paints[-1].mask) == ("repaint", None)


async def test_a_region_of_a_larger_picture_keeps_its_size(painted: Painted) -> None:
    house = painted.house
    larger = await house.finished(await house.derived.enlarge(painted.first.id, ANN, 2))
    region = await painted.regions.by_squares(larger.id, Squares().toggled(0))
    accepted = await painted.regions.refine(
        larger.id, region.mask, "a cloud", ANN, request_id=None, allowed=ANYBODY
    )
    changed = await house.finished(accepted)
    assert (changed.images[0].width, changed.images[0].height) == (256, 256)
    assert np.array_equal((await pixels(house, larger))[86:], (await pixels(house, changed))[86:])


async def test_the_mask_goes_with_its_turn_and_its_person(painted: Painted) -> None:
    region = await painted.regions.by_squares(painted.first.id, Squares().toggled(0))
    changed = await change(painted, region.mask)
    [mask] = changed.sources
    assert await painted.house.images.content(mask.sha256)
    await painted.house.turns.delete_turn(changed.id, ANN)
    files = {path.stem for path in painted.house.pictures.rglob("*.png")}
    assert files == {painted.first.images[0].sha256}


async def test_words_are_checked_and_what_is_not_found_is_told(painted: Painted) -> None:
    for words, error in (
        ("a whale", RegionNotFound),
        ("", EmptyText),
        ("a naked person", AdultsOnly),
    ):
        with pytest.raises(error):
            await painted.regions.by_words(painted.first.id, words, ANYBODY)
    assert painted.engine.asked == ["a whale"]


async def test_the_instruction_is_checked_before_anything_is_stored(painted: Painted) -> None:
    region = await painted.regions.by_squares(painted.first.id, Squares().toggled(0))
    with pytest.raises(AdultsOnly):
        await change(painted, region.mask, "a naked person")
    assert len(list(painted.house.pictures.rglob("*.png"))) == 1


async def test_what_the_engine_cannot_is_told(painted: Painted) -> None:
    painted.engine.able = Capabilities(region=True)
    with pytest.raises(NoRegionsByWords):
        await painted.regions.by_words(painted.first.id, "the sky", ANYBODY)
    painted.engine.able = Capabilities(edit=True)
    with pytest.raises(NoRegions):
        await painted.regions.by_squares(painted.first.id, Squares())
    painted.engine.able = EDITOR
    with pytest.raises(GoneTurn):
        await painted.regions.by_squares(99, Squares())
