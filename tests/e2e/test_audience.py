"""Who could have seen a picture is known, so that silence can be told from absence."""

from tests.e2e.discordworld import Member, World


async def test_who_is_in_the_thread_could_see_its_pictures(
    world: World, ada: Member, grace: Member, channel: str
) -> None:
    first = await ada.imagine(channel, "a fox")
    await world.until(f"SELECT 1 FROM exposures WHERE turn_id = 1 AND user_id = {ada.id}")
    await grace.person.say(first["channel_id"], f"<@{ada.id}> how nice")  # not for the bot, but she is there
    await ada.person.say(first["channel_id"], "make it night")
    await ada.picture()
    await world.until(f"SELECT 1 FROM exposures WHERE turn_id = 2 AND user_id = {grace.id}")
    seen = world.rows("SELECT turn_id, user_id FROM exposures ORDER BY turn_id, user_id")
    assert {(row["turn_id"], row["user_id"]) for row in seen} == {(1, ada.id), (2, ada.id), (2, grace.id)}


async def test_without_being_told_the_members_those_count_who_did_something(
    world: World, ada: Member, grace: Member, channel: str
) -> None:
    world.sandbox.faults.rest(50001, method="GET", path="/channels/*/thread-members", times=20)
    first = await ada.imagine(channel, "a fox")
    await grace.person.react(first["channel_id"], first["id"], "👍")
    await world.until("SELECT 1 FROM votes WHERE kind = 'reaction'")
    await ada.person.say(first["channel_id"], "make it night")
    await ada.picture()
    await world.until("SELECT 1 FROM jobs WHERE turn_id = 2 AND state = 'done'")
    seen = world.rows("SELECT user_id FROM exposures WHERE turn_id = 2")
    assert {row["user_id"] for row in seen} == {ada.id, grace.id}
