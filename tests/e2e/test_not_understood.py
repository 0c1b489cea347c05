"""Words that the language model did not understand: in a place, beside another picture, alone."""

from dataclasses import dataclass

import pytest

from model.engine import Capabilities, EditRequest, EditResult
from tests.bot.editing import EditingEngine
from tests.bot.engines import LLM, sketch
from tests.e2e.discordworld import Member, World, pictures_of
from tests.e2e.test_changes import SKY, form, private

STYLE = sketch("a watercolour", 1, 64, 64)
ABLE = Capabilities(
    edit=True,
    region=True,
    several_pictures=True,
    finds_regions=True,
    references=("repaint", "keep", "region"),
)


@dataclass
class Unsure(EditingEngine):
    """Understands no instruction."""

    async def edit(self, request: EditRequest) -> EditResult:
        """`unclear`; a first prompt is beautified."""
        if not request.instruction:
            return await super().edit(request)
        self.edits.append(request)
        return EditResult(request.source_prompt, LLM, 0.01, kind="unclear")


@pytest.fixture
def engine() -> Unsure:
    return Unsure(step_s=0.002, regions={"the sky": SKY}, able=ABLE)


async def test_in_a_place_the_words_themselves_are_painted(world: World, ada: Member, channel, engine):
    first = await ada.imagine(channel, "a red house")
    place = first["channel_id"]
    await ada.person.slash(place, "region", place="the sky")
    change = await form(ada, await ada.person.click(await private(ada, "“the sky”"), "Change this place"))
    await ada.person.submit(place, change, {"said": "a flurbly sky"})
    assert pictures_of(await ada.picture())
    assert engine.paints[-1].prompt == "a red house, finely drawn, a flurbly sky"


async def test_beside_a_reference_it_is_said_and_nothing_is_painted(
    world: World, ada: Member, channel, engine
):
    first = await ada.imagine(channel, "a red house")
    words = "make it flurbly in the style of this picture"
    await ada.person.say(first["channel_id"], words, files={"style.png": STYLE})
    assert "did not understand" in (await ada.answer("did not understand"))["content"]
    assert len(engine.paints) == 1


async def test_beside_a_picture_that_somebody_brings_the_words_themselves_are_painted(
    world: World, ada: Member, channel, engine
):
    await ada.person.slash(channel, "imagine", prompt="make it flurbly", image=STYLE)
    await ada.picture()
    assert engine.paints[-1].prompt.endswith("make it flurbly")


async def test_all_words_are_named_where_the_model_names_none(world: World, ada: Member, channel):
    first = await ada.imagine(channel, "a red house")
    await ada.person.say(first["channel_id"], "blargh the whole thing")
    assert "“blargh the whole thing”" in (await ada.answer("did not understand"))["content"]
