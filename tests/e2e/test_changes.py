"""Changing the picture itself: an edit and its other way, and a region by squares, by words and by a mask."""

import io

import numpy as np
import pytest
from PIL import Image

from tests.bot.editing import EditingEngine
from tests.bot.engines import sketch
from tests.e2e.discordworld import (
    Member,
    Message,
    World,
    open_world,
    pictures_of,
    shows_picture,
    text_of,
    title_of,
)

EPHEMERAL = 64
SKY = (0.0, 0.0, 1.0, 0.25)


@pytest.fixture
def engine() -> EditingEngine:
    return EditingEngine(step_s=0.002, regions={"the sky": SKY})


async def pixels(member: Member, message: Message) -> np.ndarray:
    _, data = await member.person.download(pictures_of(message)[0]["url"])
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))


async def private(member: Member, part: str) -> Message:
    """The private answer, once it shows a picture and says `part`."""
    return await member.event(
        "MESSAGE_UPDATE", lambda d: d.get("attachments") and part in d["content"] and d["flags"] & EPHEMERAL
    )


async def bots_picture(member: Member) -> Message:
    """The next picture of the bot, where people post pictures too."""
    return await member.event(
        "MESSAGE_CREATE",
        lambda d: d["author"].get("bot") and shows_picture(d) and d["id"] not in member.seen,
    )


async def form(member: Member, interaction: str) -> Message:
    return (await member.event("INTERACTION_MODAL", lambda d: d["id"] == interaction))["modal"]


async def test_a_reply_edits_and_a_press_paints_it_anew(world: World, ada, channel, engine):
    first = await ada.imagine(channel, "a red house")
    place = first["channel_id"]
    await ada.person.say(place, "make the house blue")
    edited = await ada.picture()
    assert "I edited the picture" in text_of(edited)
    assert engine.paints[-1].way == "edit"
    assert (await pixels(ada, edited) == await pixels(ada, first))[16:].all()

    await ada.more(edited, "Paint anew")
    anew = await ada.picture()
    assert "I painted this anew" in text_of(anew)
    assert title_of(anew) == r"make the house blue \(painted anew\)"
    assert engine.paints[-1].way == "repaint"
    await ada.more(anew, "Edit instead")
    again = await ada.picture()
    assert engine.paints[-1].way == "edit"
    assert (await pixels(ada, again) == await pixels(ada, edited)).all()
    assert [row["way"] for row in world.rows("SELECT way FROM turns ORDER BY id")] == [
        "repaint",
        "edit",
        "repaint",
        "edit",
    ]
    await ada.more(again, "Info")
    assert (
        "**Edited** the picture before: `make the house blue`" in (await ada.answer("**Edited**"))["content"]
    )


async def test_a_region_by_squares(world: World, ada, channel, engine):
    first = await ada.imagine(channel, "a red house", seed=3)
    await ada.more(first, "Region")
    asked = await private(ada, "Which place should change?")
    assert asked["attachments"][0]["filename"] == "region.jpg"
    await ada.person.click(asked, "9")
    chosen = await private(ada, "The bright place would change")
    form_of = await form(ada, await ada.person.click(chosen, "Change this place"))
    await ada.person.submit(first["channel_id"], form_of, {"said": "a purple fox"})
    changed = await ada.picture()
    assert "Only the chosen place changed" in text_of(changed)
    same = (await pixels(ada, changed) == await pixels(ada, first)).all(axis=2)
    assert same[:85].all()
    assert same[:, :85].all()
    assert not same.all()
    told = await ada.changed("🖌️ a purple fox")
    assert (told["attachments"], told["components"]) == ([], [])


async def test_a_region_by_words_from_the_button_and_the_command(world: World, ada, channel, engine):
    first = await ada.imagine(channel, "a red house")
    place = first["channel_id"]
    await ada.more(first, "Region")
    asked = await private(ada, "Which place")
    named = await form(ada, await ada.person.click(asked, "By words"))
    await ada.person.submit(place, named, {"said": "a whale"})
    await ada.answer("I find nothing in the picture that looks like “a whale”")

    await ada.person.slash(place, "region", place="the sky")
    found = await private(ada, "“the sky”")
    assert [file["filename"] for file in found["attachments"]] == ["region.jpg", "mask.png"]
    change = await form(ada, await ada.person.click(found, "Change this place"))
    await ada.person.submit(place, change, {"said": "a purple sky"})
    changed = await ada.picture()
    same = (await pixels(ada, changed) == await pixels(ada, first)).all(axis=2)
    assert same[32:].all()
    assert not same[:32].all()


async def test_a_mask_that_is_brought(world: World, ada, channel, engine):
    first = await ada.imagine(channel, "a red house")
    place = first["channel_id"]
    mask = Image.new("L", (64, 64))
    mask.paste(255, (0, 0, 32, 64))
    file = io.BytesIO()
    mask.save(file, "PNG")
    await ada.person.slash(place, "region", mask=file.getvalue())
    shown = await private(ada, "The bright place")
    await world.stop_bot()
    await world.start_bot()
    change = await form(ada, await ada.person.click(shown, "Change this place"))
    await ada.person.submit(place, change, {"said": "a wall"})
    changed = await ada.picture()
    same = (await pixels(ada, changed) == await pixels(ada, first)).all(axis=2)
    assert same[:, 64:].all()
    assert not same.all()


async def test_the_choice_of_a_region_is_its_persons_alone(world: World, ada, grace, channel, engine):
    first = await ada.imagine(channel, "a red house")
    await ada.person.slash(channel, "region")
    assert (await ada.answer("There is no picture here yet"))["flags"] & EPHEMERAL
    await ada.more(first, "Region")
    await private(ada, "Which place")
    assert grace.told("Which place") == 0


async def test_a_person_prefers_to_have_it_painted_anew(world: World, ada, channel, engine):
    first = await ada.imagine(channel, "a red house")
    await ada.person.slash(first["channel_id"], "settings")
    panel = await ada.answer("**More of your defaults**")
    await ada.person.choose(panel, ["repaint"], "dc:v1:settings:way")
    await world.until("SELECT 1 FROM users WHERE preferences LIKE '%repaint%'")
    shown = await ada.event("MESSAGE_UPDATE", lambda d: d["id"] == panel["id"])
    menus = [part for row in shown["components"] for part in row["components"]]
    [menu] = [part for part in menus if part["custom_id"] == "dc:v1:settings:way"]
    assert [option["label"] for option in menu["options"] if option["default"]] == ["Changes: paint anew"]
    await ada.person.say(first["channel_id"], "make the house blue")
    assert "I painted this anew" in text_of(await ada.picture())


async def test_an_attached_picture_is_taken_into_the_current_one_where_that_is_allowed(
    world: World, ada, grace, channel, engine
):
    first = await ada.imagine(channel, "a meadow")
    place, fox = first["channel_id"], sketch("a fox", 1, 64, 64)
    await grace.person.say(place, "put this fox into that meadow", files={"fox.png": fox})
    ada.seen.add((await bots_picture(ada))["id"])
    assert engine.paints[-1].more_images == (fox,)

    await ada.person.slash(place, "admin uploads", policy="moderated")
    assert "are edited for moderators" in (await ada.answer("**Attached pictures**"))["content"]
    await grace.person.say(place, "and this one too", files={"fox.png": fox})
    await grace.answer("Attached pictures are not edited for you here")
    await ada.person.say(place, "put this fox there too", files={"fox.png": fox})
    ada.seen.add((await bots_picture(ada))["id"])


async def test_a_reply_about_two_pictures_joins_them(world: World, ada, channel, engine):
    first = await ada.imagine(channel, "a fox")
    place = first["channel_id"]
    await ada.person.say(place, "a meadow from above instead")
    await ada.picture()
    await ada.person.say(place, "put this fox into that meadow", reply_to=first["id"])
    await ada.picture()
    _, data = await ada.person.download(pictures_of(first)[0]["url"])
    assert len(engine.paints[-1].more_images) == 1
    assert (
        np.asarray(Image.open(io.BytesIO(engine.paints[-1].more_images[0])))
        == np.asarray(Image.open(io.BytesIO(data)))
    ).all()


async def test_a_picture_that_is_brought_is_edited_itself(world: World, ada, channel, engine):
    photo = sketch("a dog", 3, 96, 64)
    await ada.person.slash(channel, "imagine", prompt="add a hat", image=photo)
    edited = await ada.picture()
    request = engine.paints[-1]
    assert (request.way, request.instruction, request.init_image) == ("edit", "add a hat", photo)
    assert request.width > request.height, "it keeps its shape"
    assert "I edited the picture" in text_of(edited)
    await ada.more(edited, "Reroll")
    await ada.picture()
    assert engine.paints[-1].init_image == photo
    await ada.more(edited, "Paint anew")
    await ada.picture()
    assert (engine.paints[-1].way, engine.paints[-1].init_image) == ("repaint", None)


async def test_where_uploads_are_off_only_what_is_in_it_is_painted(world: World, ada, grace, channel, engine):
    await ada.person.slash(channel, "admin uploads", policy="off")
    await ada.answer("**Attached pictures** are edited for nobody")
    await grace.person.slash(channel, "imagine", prompt="add a hat", image=sketch("a dog", 3, 96, 64))
    await ada.picture()
    assert engine.paints[-1].way == "repaint"
    assert world.rows("SELECT 1 FROM source_pictures") == []


async def test_after_several_edits_all_of_them_are_done_at_once(tmp_path, engine):
    async with open_world(tmp_path, engine, {"refine": {"replay_after": 2}}, rate_limits=False) as world:
        await world.start_bot()
        async with Member.enter(world, "Ada") as ada:
            first = await ada.imagine(await ada.person.channel_id("pictures"), "a red house")
            for said in ("make the house blue", "add a lantern"):
                await ada.person.say(first["channel_id"], said)
                edited = await ada.picture()
            assert "2 edits in a row" in text_of(edited)
            await ada.more(edited, "All at once")
            replayed = await ada.picture()
            assert engine.paints[-1].instruction == "make the house blue; add a lantern"
            assert "edits in a row" not in text_of(replayed)
            _, data = await ada.person.download(pictures_of(first)[0]["url"])
            assert engine.paints[-1].init_image == data
