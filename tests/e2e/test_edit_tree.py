"""Moving in the edit tree, choosing among pictures and painting over them, each control by its own button."""

from tests.e2e.discordworld import Member, World

EPHEMERAL = 64


async def two_pictures(ada: Member, channel: str) -> tuple[dict, dict]:
    first = await ada.imagine(channel, "a fox", seed=7)
    await ada.person.say(first["channel_id"], "make it night")
    return first, await ada.picture()


async def choose(member: Member, message: dict, value: str) -> None:
    await member.person.choose(message, [value])


async def test_undo_and_redo_by_button_and_by_command(world: World, ada, channel):
    first, second = await two_pictures(ada, channel)
    place = first["channel_id"]
    await ada.person.click(second, "Undo")
    await ada.answer("went back")
    await ada.person.click(first, "Redo")
    await ada.answer("went forward")
    assert world.one("SELECT head_turn_id FROM conversations")["head_turn_id"] == 2
    await ada.person.slash(place, "undo")
    said = await ada.event("MESSAGE_CREATE", lambda d: first["id"] in d["content"])
    assert said["content"].endswith(f"/{place}/{first['id']}")
    await ada.person.slash(place, "redo")
    await ada.event("MESSAGE_CREATE", lambda d: second["id"] in d["content"])
    assert world.one("SELECT head_turn_id FROM conversations")["head_turn_id"] == 2
    assert world.rows("SELECT 1 FROM votes WHERE kind = 'undo' AND retracted_at IS NULL") == []


async def test_the_history_is_one_sheet_for_the_person_alone(world: World, ada, channel):
    first, _ = await two_pictures(ada, channel)
    await ada.person.slash(first["channel_id"], "history")
    sheet = await ada.event("MESSAGE_UPDATE", lambda d: "2 pictures" in d.get("content", ""))
    assert sheet["attachments"][0]["filename"] == "history.png"
    assert sheet["flags"] & EPHEMERAL
    assert "2: make it night" in sheet["attachments"][0]["description"]


async def test_a_branch_goes_on_from_an_older_picture(world: World, ada, channel):
    first, _ = await two_pictures(ada, channel)
    place = first["channel_id"]
    offered = await ada.person.autocomplete(place, "branch", "picture", "")
    assert [(choice["value"], choice["name"]) for choice in offered] == [
        (2, "2: make it night"),
        (1, "1: a fox"),
    ]
    await ada.person.slash(place, "branch", picture=1)
    await ada.answer("goes on from here")
    await ada.person.say(place, "add a boat")
    third = await ada.picture()
    assert third["embeds"][0]["description"] == "a fox, finely drawn, **add a boat**"
    await ada.person.slash(place, "branch", picture=9)
    assert (await ada.answer("That picture was deleted"))["flags"] & EPHEMERAL


async def test_a_picked_picture_is_what_the_next_change_starts_from(
    world: World, ada, grace, channel, engine
):
    message = await ada.imagine(channel, "a fox", count=3, seed=7)
    await ada.person.click(message, "3️⃣")
    await ada.answer("picked number 3")
    await ada.person.click(message, "2️⃣")
    await ada.answer("picked number 2")
    picks = world.rows(
        "SELECT position FROM votes JOIN images ON images.id = image_id "
        "WHERE kind = 'pick' AND retracted_at IS NULL"
    )
    assert [row["position"] for row in picks] == [1]
    await ada.person.say(message["channel_id"], "make it night")
    await ada.picture()
    assert engine.paints[-1].seeds == (8,)
    assert engine.paints[-1].init_image is None


async def test_variations_are_painted_over_the_picture(world: World, ada, channel, engine):
    message = await ada.imagine(channel, "a fox", seed=7)
    for value, keep in (("vary", 0.6), ("remix", 0.25)):
        await choose(ada, message, value)
        await ada.picture()
        asked = engine.paints[-1]
        assert (asked.keep, asked.prompt) == (keep, engine.paints[0].prompt)
        assert asked.init_image is not None
        assert asked.seeds != (7,)
    await ada.person.say(message["channel_id"], "make it night")
    await ada.picture()
    assert engine.paints[-1].keep == 0.4, "a varied picture has no seed that would give it again"


async def test_larger_is_twice_the_size_and_its_refinement_is_not(world: World, ada, channel, engine):
    message = await ada.imagine(channel, "a fox", seed=7)
    side = engine.paints[0].width
    await choose(ada, message, "upscale")
    larger = await ada.picture()
    assert larger["attachments"][0]["width"] == 2 * side
    assert engine.paints[-1].seeds == (7,)
    await ada.person.say(message["channel_id"], "make it night")
    assert (await ada.picture())["attachments"][0]["width"] == side


async def test_info_can_be_copied_and_is_for_the_person_alone(world: World, ada, channel):
    message = await ada.imagine(channel, "a `fox`", seed=7)
    await choose(ada, message, "info")
    said = await ada.answer("**Seed** 7")
    assert said["flags"] & EPHEMERAL
    assert said["content"].startswith("```\na 'fox', finely drawn\n```")


async def test_a_new_thread_begins_with_the_same_words_and_seed(world: World, ada, channel, engine):
    message = await ada.imagine(channel, "a fox", seed=7)
    await choose(ada, message, "thread")
    again = await ada.picture()
    assert again["channel_id"] not in (channel, message["channel_id"])
    assert engine.paints[-1].seeds == (7,)
    assert engine.paints[-1].prompt == engine.paints[0].prompt
    assert len(engine.edits) == 1, "the words are complete already"


async def test_exact_words_are_painted_as_they_are(world: World, ada, channel, engine):
    message = await ada.imagine(channel, "a fox", exact=True)
    assert engine.paints[-1].prompt == "a fox"
    await ada.person.slash(message["channel_id"], "refine", instruction="two cats, ink", exact=True)
    await ada.picture()
    assert engine.paints[-1].prompt == "two cats, ink"
    assert engine.edits == []
