"""🚩 Report through the wire: the form, the moderators' message, their decisions, and what is refused."""

import pytest

from bot.sandbox.model.permissions import Permission
from tests.e2e.discordworld import Member, Message, World, parts_of

EPHEMERAL = 64
# Ada owns the server and the application; Grace has no rights


@pytest.fixture
async def mods(world: World, ada: Member) -> str:
    """#general takes the reports."""
    general = await ada.person.channel_id("general")
    await ada.person.slash(general, "admin reports", channel=general)
    await ada.answer("Reports go to")
    return general


async def report(member: Member, picture: Message, reason: str) -> None:
    """Press the button and send the form off."""
    forms = sum(event["t"] == "INTERACTION_MODAL" for event in member.person.events)
    await member.more(picture, "Report")
    await member.world.until_true(
        lambda: sum(event["t"] == "INTERACTION_MODAL" for event in member.person.events) > forms
    )
    form = [event for event in member.person.events if event["t"] == "INTERACTION_MODAL"][-1]["d"]["modal"]
    await member.person.submit(picture["channel_id"], form, {"reason": reason})


async def reported(ada: Member, grace: Member, channel: str) -> tuple[Message, Message]:
    """A picture of Ada's that Grace reported, and the moderators' message."""
    picture = await ada.imagine(channel, "a fox")
    await report(grace, picture, "it is **rude**\nto @everyone")
    thanks = await grace.changed("The moderators have your report")
    assert thanks["flags"] & EPHEMERAL
    return picture, await ada.answer("was reported by")


async def test_a_report_reaches_the_moderators_with_the_picture_covered(
    world: World, ada: Member, grace: Member, channel: str, mods: str
) -> None:
    picture, told = await reported(ada, grace, channel)
    assert told["channel_id"] == mods
    assert f"/{picture['channel_id']}/{picture['id']} was reported by <@{grace.id}>" in told["content"]
    assert f"<@{ada.id}> had asked for it" in told["content"]
    assert told["content"].endswith("> it is \\*\\*rude\\*\\* to everyone")
    assert [file["filename"] for file in told["attachments"]] == ["SPOILER_report-1-1.png"]
    assert b"diffchat_reports_total 1.0" in world.running.services.metrics.exposition()


async def test_a_moderator_deletes_the_picture_also_after_a_restart(
    world: World, ada: Member, grace: Member, channel: str, mods: str
) -> None:
    picture, told = await reported(ada, grace, channel)
    await world.stop_bot()
    await world.start_bot()
    await grace.person.click(told, "Delete the picture")
    assert (await grace.answer("Only people who may manage"))["flags"] & EPHEMERAL
    await ada.person.click(told, "Delete the picture")
    await ada.event("MESSAGE_DELETE", lambda d: d["id"] == picture["id"])
    settled = await ada.changed("deleted the picture")
    assert (settled["components"], settled["attachments"]) == ([], [])
    assert world.rows("SELECT 1 FROM images") == []
    assert world.one("SELECT state, closed_by FROM reports") == {"state": "removed", "closed_by": ada.id}


async def test_a_second_report_joins_the_first_and_is_settled_with_it(
    world: World, ada: Member, grace: Member, channel: str, mods: str
) -> None:
    picture, told = await reported(ada, grace, channel)
    async with Member.enter(world, "Linus") as linus:
        await report(linus, picture, "indeed")
        await linus.changed("The moderators have your report")
    joined = await ada.answer("reports it too")
    assert joined["message_reference"]["message_id"] == told["id"]
    await ada.person.click(told, "Dismiss")
    await ada.changed("dismissed it")
    assert [row["state"] for row in world.rows("SELECT state FROM reports")] == ["dismissed"] * 2
    assert len(world.rows("SELECT 1 FROM images")) == 1


async def test_a_picture_is_reported_once_by_a_person(
    world: World, ada: Member, grace: Member, channel: str, mods: str
) -> None:
    picture, _ = await reported(ada, grace, channel)
    await grace.more(picture, "Report")
    assert (await grace.answer("You have reported this picture already"))["flags"] & EPHEMERAL


async def test_where_nobody_named_a_channel_the_person_is_told_whom_to_ask(
    world: World, ada: Member, grace: Member, channel: str
) -> None:
    picture = await ada.imagine(channel, "a fox")
    await grace.more(picture, "Report")
    assert (await grace.answer("Please tell a moderator"))["flags"] & EPHEMERAL
    await ada.person.slash(channel, "admin reports")
    await ada.answer("No channel of this server takes reports")


async def test_a_channel_that_the_bot_cannot_write_to_is_refused(
    world: World, ada: Member, channel: str
) -> None:
    general = await ada.person.channel_id("general")
    world.forbid(general, Permission.ATTACH_FILES)
    await ada.person.slash(channel, "admin reports", channel=general)
    assert "Attach Files" in (await ada.answer("I cannot post pictures here"))["content"]


async def test_a_report_that_cannot_be_delivered_is_not_kept_and_said_so(
    world: World, ada: Member, grace: Member, channel: str, mods: str
) -> None:
    picture = await ada.imagine(channel, "a fox")
    world.sandbox.faults.rest(50013, method="POST", path=f"/channels/{mods}/messages", times=1)
    await report(grace, picture, "rude")
    await grace.changed("I cannot reach the moderators' channel")
    assert world.rows("SELECT 1 FROM reports") == []
    await report(grace, picture, "rude")
    await ada.answer("was reported by")


async def test_a_report_taken_just_before_a_crash_is_delivered_at_the_next_start(
    world: World, ada: Member, grace: Member, channel: str, mods: str
) -> None:
    picture = await ada.imagine(channel, "a fox")
    await world.stop_bot()
    world.execute(
        "INSERT INTO reports (turn_id, reporter_id, reason, state, created_at) "
        f"VALUES (1, {grace.id}, 'rude', 'open', '2026-01-01 00:00:00')"
    )
    await world.start_bot()
    told = await ada.answer("was reported by")
    await world.until(f"SELECT 1 FROM reports WHERE message_id = {told['id']}")
    assert picture["id"] in told["content"]


async def test_in_private_there_are_no_moderators_and_no_button(world: World, ada: Member) -> None:
    private = await ada.person.call("POST", "/dm", json={"user_id": str(world.sandbox.hub.world.bot.id)})
    picture = await ada.imagine(private["id"], "a fox")
    labels = [part.get("label") for part in parts_of(await ada.behind_more(picture))]
    assert "Delete" in labels
    assert "Report" not in labels
