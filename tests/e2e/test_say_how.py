"""Settings and own words through the wire."""

from tests.e2e.discordworld import Member, World, title_of

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


async def test_a_style_is_shared_with_a_server_by_its_managers_and_taken_back(
    world: World, ada: Member, grace: Member, channel: str
) -> None:
    for member, words in ((ada, "ink on paper"), (grace, "white chalk")):
        await member.person.slash(channel, "style add", name=words.split()[-1], words=words)
        await member.answer("Kept")

    async def offered() -> list[str]:
        choices = await grace.person.autocomplete(channel, "imagine", "style", "paper")
        return [choice["name"] for choice in choices]

    assert await offered() == []
    await grace.person.slash(channel, "style share", name="chalk")
    assert (await grace.answer("Only who manages this server"))["flags"] & EPHEMERAL
    await ada.person.slash(channel, "style share", name="paper")
    await ada.answer("Everybody on this server can use **paper** now.")
    assert await offered() == ["paper"]
    picture = await grace.imagine(channel, "a fox --style paper")
    await grace.person.say(picture["channel_id"], "make it night --style paper")
    await grace.picture()
    turns = world.rows("SELECT source_prompt, instruction FROM turns ORDER BY id")
    assert turns[0]["source_prompt"] == "a fox, ink on paper"
    assert turns[1]["instruction"] == "make it night, ink on paper"
    await ada.person.slash(channel, "style share", name="paper", end=True)
    await ada.answer("is yours alone again")
    assert await offered() == []


async def test_a_list_gives_several_pictures_each_with_its_words(world: World, ada, channel):
    await ada.person.slash(channel, "style add", name="colour", words="red, blue", kind="list")
    await ada.answer("Write `{colour}` in a prompt")
    await ada.person.slash(channel, "imagine", prompt="a {colour} fox", count=2)
    await ada.answer("asked for **a {colour} fox**")
    titles = {title_of(await ada.picture()) for _ in range(2)}
    assert titles == {"a red fox", "a blue fox"}
