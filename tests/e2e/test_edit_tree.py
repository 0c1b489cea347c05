"""Moving in the edit tree, choosing among pictures and painting over them, each control by its own button."""

import pytest

from tests.e2e.discordworld import Member, World, open_world, parts_of, pictures_of, title_of, words_of

EPHEMERAL = 64


async def two_pictures(ada: Member, channel: str) -> tuple[dict, dict]:
    first = await ada.imagine(channel, "a fox", seed=7)
    await ada.person.say(first["channel_id"], "make it night")
    return first, await ada.picture()


async def test_undo_and_redo_by_button_and_by_command(world: World, ada, channel):
    first, second = await two_pictures(ada, channel)
    place = first["channel_id"]
    await ada.more(second, "Undo")
    await ada.answer("went back")
    await ada.press(first, "Redo")
    await ada.answer("went forward")
    assert world.one("SELECT head_turn_id FROM conversations")["head_turn_id"] == 2
    await ada.person.slash(place, "undo")
    said = await ada.event("MESSAGE_CREATE", lambda d: first["id"] in d["content"])
    assert said["content"].endswith(f"/{place}/{first['id']}")
    await ada.person.slash(place, "redo")
    await ada.event("MESSAGE_CREATE", lambda d: second["id"] in d["content"])
    assert world.one("SELECT head_turn_id FROM conversations")["head_turn_id"] == 2
    assert world.rows("SELECT 1 FROM votes WHERE kind = 'undo' AND retracted_at IS NULL") == []


async def looks(ada: Member, message: dict, *, undo: bool, redo: bool) -> None:
    """Wait until Undo and Redo of a message are enabled or disabled as said."""
    await ada.enabled(message, "Undo", undo)
    await ada.enabled(message, "Redo", redo)


async def test_undo_and_redo_that_can_do_nothing_are_disabled(world: World, ada, channel):
    first = await ada.imagine(channel, "a fox")
    await looks(ada, first, undo=False, redo=False)
    await ada.person.say(first["channel_id"], "make it night")
    second = await ada.picture()
    for message in (first, second):
        await looks(ada, message, undo=True, redo=False)
    await ada.press(second, "Undo")
    for message in (first, second):
        await looks(ada, message, undo=False, redo=True)
    await world.stop_bot()
    await world.start_bot()
    await ada.press(second, "Redo")
    for message in (first, second):
        await looks(ada, message, undo=True, redo=False)
    await ada.delete(first)
    await looks(ada, second, undo=False, redo=False)


async def test_buttons_that_show_what_was_true_before_a_restart_are_put_right(world: World, ada, channel):
    first, second = await two_pictures(ada, channel)
    await looks(ada, first, undo=True, redo=False)
    await world.stop_bot()
    world.execute("UPDATE conversations SET head_turn_id = 1")  # the bot was killed before it told Discord
    await world.start_bot()
    for message in (first, second):
        await looks(ada, message, undo=False, redo=True)


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
    assert words_of(third) == "a fox, finely drawn, **add a boat**"
    await ada.person.slash(place, "branch", picture=9)
    assert (await ada.answer("That picture was deleted"))["flags"] & EPHEMERAL


async def test_a_picked_picture_is_what_the_next_change_starts_from(
    world: World, ada, grace, channel, engine
):
    message = await ada.imagine(channel, "a fox", count=3, seed=7)
    await ada.more(message, "3️⃣")
    await ada.answer("picked number 3")
    await ada.more(message, "2️⃣")
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
    for label, keep in (("Vary", 0.6), ("Vary a lot", 0.25)):
        await ada.more(message, label)
        await ada.picture()
        asked = engine.paints[-1]
        assert (asked.keep, asked.prompt) == (keep, engine.paints[0].prompt)
        assert asked.init_image is not None
        assert asked.seeds != (7,)
    for instruction in ("make it night", "add a lantern"):
        await ada.person.say(message["channel_id"], instruction)
        await ada.picture()
        assert engine.paints[-1].keep == 0.4, "no seed alone would give that picture again"


async def test_an_edit_keeps_the_composition_on_request(world: World, ada, channel, engine):
    first, second = await two_pictures(ada, channel)
    labels = [part.get("label") for part in parts_of(await ada.behind_more(first))]
    assert "Keep composition" not in labels, "there is nothing before the first picture"
    assert engine.paints[1].init_image is None
    await ada.more(second, "Keep composition")
    third = await ada.picture()
    asked = engine.paints[2]
    assert (asked.prompt, asked.seeds, asked.keep) == (engine.paints[1].prompt, (7,), 0.4)
    assert asked.init_image == stored(world, 1), "painted over the picture that the edit changes"
    assert len(engine.edits) == 2, "the words are there already"
    assert title_of(third) == r"make it night \(composition kept\)"
    assert world.one("SELECT parent_turn_id FROM turns WHERE kind = 'recompose'")["parent_turn_id"] == 2
    assert world.rows("SELECT 1 FROM votes JOIN images ON images.id = image_id WHERE turn_id = 2")
    await ada.more(third, "Undo")
    assert (await ada.answer("went back"))["message_reference"]["message_id"] == second["id"]


async def test_the_composition_of_a_deleted_picture_cannot_be_kept(world: World, ada, channel, engine):
    first, second = await two_pictures(ada, channel)
    await ada.delete(first)
    await ada.more(second, "Keep composition")
    assert (await ada.answer("That picture was deleted"))["flags"] & EPHEMERAL
    assert len(engine.paints) == 2


def stored(world: World, turn: int) -> bytes:
    """The first picture of a turn, as it lies on the disk."""
    path = world.one(f"SELECT path FROM images WHERE turn_id = {turn} AND position = 0")["path"]
    return (world.settings.store.pictures / path).read_bytes()


async def test_larger_is_twice_the_size_and_its_refinement_is_not(world: World, ada, channel, engine):
    message = await ada.imagine(channel, "a fox", seed=7)
    side = engine.paints[0].width
    await ada.more(message, "Larger")
    larger = await ada.picture()
    assert pictures_of(larger)[0]["width"] == 2 * side
    assert engine.paints[-1].seeds == (7,)
    await ada.person.say(message["channel_id"], "make it night")
    assert pictures_of(await ada.picture())[0]["width"] == side


async def test_info_can_be_copied_and_is_for_the_person_alone(world: World, ada, channel):
    message = await ada.imagine(channel, "a `fox`", seed=7)
    await ada.more(message, "Info")
    said = await ada.answer("**Seed** 7")
    assert said["flags"] & EPHEMERAL
    assert said["content"].startswith("```\na `fox`, finely drawn\n```")
    assert "sketch-llm · sketch-painter" in said["content"]


@pytest.mark.parametrize(
    "prompt", ["a very long fox " * 100, "a ```fox``` in a fence"], ids=["long", "fence"]
)
async def test_a_prompt_that_fits_no_block_is_copied_from_a_file(tmp_path, engine, prompt):
    settings = {"imagine": {"max_prompt_chars": 2000}}
    async with open_world(tmp_path, engine, settings, rate_limits=False) as world:
        await world.start_bot()
        async with Member.enter(world, "Ada") as ada:
            message = await ada.imagine(await ada.person.channel_id("pictures"), prompt, exact=True)
            await ada.more(message, "Info")
            said = await ada.answer("**Prompt** in the file below")
            assert said["flags"] & EPHEMERAL
            _, text = await ada.person.download(said["attachments"][0]["url"])
    assert text.decode() == prompt.strip()


async def test_a_new_thread_begins_with_the_same_picture(world: World, ada, channel, engine):
    message = await ada.imagine(channel, "a fox", count=3, seed=7)
    await ada.more(message, "3️⃣")
    await ada.answer("picked number 3")
    await ada.more(message, "Vary")
    varied = await ada.picture()
    await ada.more(varied, "New thread")
    again = await ada.picture()
    assert again["channel_id"] not in (channel, message["channel_id"])
    assert len(engine.paints) == 2, "it is shown again, not painted again"
    assert stored(world, 3) == stored(world, 2)
    await ada.person.say(again["channel_id"], "make it night")
    await ada.picture()
    edited = engine.paints[-1]
    assert edited.init_image == stored(world, 3)
    assert edited.prompt == f"{engine.paints[0].prompt}, make it night"
    tips = world.rows("SELECT tip_turn_id FROM conversations ORDER BY id")
    assert [row["tip_turn_id"] for row in tips] == [2, 4], "the old thread is as it was"


async def test_a_new_thread_of_a_picked_picture_has_that_one_alone(world: World, ada, channel, engine):
    message = await ada.imagine(channel, "a fox", count=3, seed=7)
    await ada.more(message, "3️⃣")
    await ada.answer("picked number 3")
    await ada.more(message, "New thread")
    again = await ada.picture()
    assert [a["filename"] for a in pictures_of(again)] == ["2-9-1.png"]
    await ada.person.say(again["channel_id"], "make it night")
    await ada.picture()
    assert engine.paints[-1].seeds == (9,)


async def test_a_new_thread_that_is_refused_is_not_opened(tmp_path, engine):
    limits = {"limits": {"daily_per_user": 1}}
    async with open_world(tmp_path, engine, limits, rate_limits=False) as world:
        await world.start_bot()
        async with Member.enter(world, "Ada") as ada:
            channel = await ada.person.channel_id("pictures")
            message = await ada.imagine(channel, "a fox")
            before = [m["id"] for m in await ada.person.messages(channel)]
            await ada.more(message, "New thread")
            assert (await ada.answer("You have had 1 pictures"))["flags"] & EPHEMERAL
            assert [m["id"] for m in await ada.person.messages(channel)] == before
    assert len(world.rows("SELECT 1 FROM turns")) == 1


async def test_exact_words_are_painted_as_they_are(world: World, ada, channel, engine):
    message = await ada.imagine(channel, "a fox", exact=True)
    assert engine.paints[-1].prompt == "a fox"
    await ada.person.slash(message["channel_id"], "refine", instruction="two cats, ink", exact=True)
    await ada.picture()
    assert engine.paints[-1].prompt == "two cats, ink"
    await ada.more(message, "Refine")
    form = (await ada.event("INTERACTION_MODAL"))["modal"]
    await ada.person.submit(message["channel_id"], form, {"instruction": "three hens", "how": "exact"})
    await ada.picture()
    assert engine.paints[-1].prompt == "three hens"
    assert engine.edits == []
