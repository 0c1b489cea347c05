"""Settings and own words through the wire."""

from tests.e2e.discordworld import World, title_of

EPHEMERAL = 64


async def test_flags_options_and_a_reply_set_how_a_picture_is_painted(world: World, ada, channel, engine):
    await ada.person.slash(channel, "imagine", prompt="a fox —ar 3:2 --seed 7 --v 6", steps=5)
    told = await ada.answer("`--ar 3:2`")
    assert told["flags"] & EPHEMERAL
    assert "--v" in told["content"]
    picture = await ada.picture()
    assert title_of(picture) == "a fox"
    [request] = engine.paints
    assert (request.seeds, request.steps, request.width > request.height) == ((7,), 5, True)
    await ada.press(picture, "Info")
    shown = await ada.answer("Copy as command")
    assert "--seed 7 --steps 5" in shown["content"]
    await ada.person.say(picture["channel_id"], "9:16")
    await ada.picture()
    assert engine.paints[-1].width < engine.paints[-1].height
    assert engine.paints[-1].steps == 5


async def test_a_style_is_kept_offered_used_and_shared(world: World, ada, grace, channel):
    await ada.person.slash(channel, "style add", name="Old Ink", words="ink on paper")
    assert (await ada.answer("Old Ink"))["flags"] & EPHEMERAL
    offered = await ada.person.autocomplete(channel, "imagine", "style", "ink")
    assert "Old Ink" in [choice["name"] for choice in offered]
    await ada.person.slash(channel, "imagine", prompt="a fox --style old ink")
    await ada.picture()
    assert world.one("SELECT source_prompt FROM turns")["source_prompt"] == "a fox, ink on paper"


async def test_a_list_gives_several_pictures_each_with_its_words(world: World, ada, channel):
    await ada.person.slash(channel, "style add", name="colour", words="red, blue", kind="list")
    await ada.answer("colour")
    await ada.person.slash(channel, "imagine", prompt="a {colour} fox", count=2)
    titles = {title_of(await ada.picture()) for _ in range(2)}
    assert titles == {"a red fox", "a blue fox"}
