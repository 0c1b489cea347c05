"""A picture as a reference: an option of /imagine, words with a file or with a reply, and what is told."""

import pytest

from model.engine import Capabilities
from tests.bot.editing import EditingEngine
from tests.bot.engines import sketch
from tests.e2e.discordworld import Member, World, shows_picture, text_of, title_of

STYLE = sketch("a watercolour", 1, 64, 64)
ADAPTED = Capabilities(references=("repaint", "keep", "region"))
CANNOT = "cannot take style or character from another picture"


@pytest.fixture
def engine() -> EditingEngine:
    return EditingEngine(step_s=0.002, able=ADAPTED)


async def test_a_first_picture_after_another_one(world: World, ada, channel, engine):
    said = {"prompt": "a fox", "reference": STYLE, "reference_as": "character"}
    await ada.person.slash(channel, "imagine", **said)
    first = await ada.picture()
    assert title_of(first) == "a fox"
    request = engine.paints[-1]
    assert (request.way, request.reference, request.reference_as) == ("repaint", STYLE, "character")
    await ada.more(first, "Info")
    told = (await ada.answer("**Reference** the character of a picture"))["content"]
    assert "Copy as command" not in told, "no command has the picture"
    await ada.person.say(first["channel_id"], "make it night")
    await ada.picture()
    assert engine.paints[-1].reference == STYLE
    await ada.person.say(first["channel_id"], "without the reference")
    await ada.picture()
    assert engine.paints[-1].reference is None
    assert world.one("SELECT origin FROM turns WHERE id = 1") == {"origin": "slash"}


async def test_a_reply_with_a_file_or_to_an_earlier_picture(world: World, ada, channel, engine):
    first = await ada.imagine(channel, "a red house")
    place = first["channel_id"]
    await ada.person.say(place, "in the style of this picture", files={"style.png": STYLE})
    styled = await pictured(ada)
    assert engine.paints[-1].reference == STYLE
    await ada.person.say(place, "mach es Nacht", reply_to=styled["id"])
    await pictured(ada)
    await ada.person.say(place, "paint it in this style", reply_to=first["id"])
    await pictured(ada)
    assert engine.paints[-1].reference not in (None, STYLE)


async def pictured(member: Member):
    """The bot's next picture, where people post pictures too."""
    found = await member.event(
        "MESSAGE_CREATE",
        lambda d: d["author"].get("bot") and shows_picture(d) and d["id"] not in member.seen,
    )
    member.seen.add(found["id"])
    return found


async def test_a_model_that_cannot_says_so(world: World, ada, channel, engine):
    engine.able = Capabilities()
    await ada.person.slash(channel, "imagine", prompt="a fox", reference=STYLE)
    await ada.answer(CANNOT)
    assert engine.paints == []
    first = await ada.imagine(channel, "a red house")
    await ada.person.say(first["channel_id"], "in the style of this", files={"style.png": STYLE})
    await ada.event("MESSAGE_CREATE", lambda d: CANNOT in text_of(d))
    assert len(engine.paints) == 1


async def test_options_that_do_not_go_together(world: World, ada, channel, engine):
    await ada.person.slash(channel, "imagine", prompt="a fox", image=STYLE, reference=STYLE)
    await ada.answer("Choose one of `image` and `reference`")
    await ada.person.slash(channel, "imagine", prompt="a fox", reference_as="style")
    await ada.answer("attach one there")
    await ada.person.slash(channel, "admin uploads", policy="off")
    await ada.answer("**Attached pictures** are edited for nobody")
    await ada.person.slash(channel, "imagine", prompt="a fox", reference=STYLE)
    await ada.answer("Attached pictures are not edited for you here")
    assert engine.paints == []
    assert world.rows("SELECT 1 FROM turns") == []


async def test_a_private_message_with_a_picture(world: World, ada, engine):
    private = await ada.person.call("POST", "/dm", json={"user_id": str(world.sandbox.hub.world.bot.id)})
    place = private["id"]
    await ada.person.say(place, "a fox in the style of this picture", files={"style.png": STYLE})
    await pictured(ada)
    request = engine.paints[-1]
    assert request.prompt.startswith("a fox")
    assert "style of this" not in request.prompt
    assert request.reference == STYLE


async def test_a_picture_as_reference_by_its_button(world: World, ada, channel, engine):
    first = await ada.imagine(channel, "a red house")
    await ada.person.say(first["channel_id"], "make it night")
    second = await ada.picture()
    await ada.more(first, "As reference")
    form = (await ada.event("INTERACTION_MODAL"))["modal"]
    assert form["title"] == "Paint after this picture"
    await ada.person.submit(first["channel_id"], form, {"words": "a castle", "take": "character"})
    third = await ada.picture()
    request = engine.paints[-1]
    assert (request.reference_as, request.reference) == ("character", await picture_of_turn(world, 1))
    assert request.prompt.endswith("a castle")
    assert world.one("SELECT parent_turn_id, origin FROM turns WHERE id = 3") == {
        "parent_turn_id": 2,
        "origin": "modal",
    }
    assert third["channel_id"] == second["channel_id"]


async def test_without_references_there_is_no_such_button(ada, channel, engine):
    engine.able = Capabilities()
    first = await ada.imagine(channel, "a red house")
    assert "asreference" not in str((await ada.behind_more(first))["components"])


async def picture_of_turn(world: World, turn_id: int) -> bytes:
    path = world.one(f"SELECT path FROM images WHERE turn_id = {turn_id}")["path"]
    return (world.settings.store.pictures / path).read_bytes()
