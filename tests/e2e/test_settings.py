"""/settings through the wire: defaults that /imagine takes, and the language of the answers."""

from typing import Any

from tests.e2e.discordworld import Member, World, pictures_of, text_of, words_of

EPHEMERAL = 64
PREFIX = "dc:v1:settings:"


async def panel(member: Member, channel: str) -> dict[str, Any]:
    """The answer to /settings."""
    await member.person.slash(channel, "settings")
    shown = await member.event("MESSAGE_CREATE", menus)
    assert shown["flags"] & EPHEMERAL
    return shown


def menus(message: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The menus of a panel by the default they set."""
    parts = [part for row in message["components"] for part in row["components"]]
    return {p["custom_id"].removeprefix(PREFIX): p for p in parts if p["custom_id"].startswith(PREFIX)}


def chosen(message: dict[str, Any], name: str) -> str:
    """What a menu shows."""
    return next(option["label"] for option in menus(message)[name]["options"] if option.get("default"))


async def choose(member: Member, shown: dict[str, Any], name: str, value: str, label: str) -> dict[str, Any]:
    """Choose in a menu; the panel as it is then."""
    await member.person.choose(shown, [value], PREFIX + name)
    return await member.event(
        "MESSAGE_UPDATE", lambda d: d["id"] == shown["id"] and menus(d) and chosen(d, name) == label
    )


async def test_defaults_are_taken_by_imagine(world: World, ada: Member, grace: Member, channel: str) -> None:
    shown = await panel(ada, channel)
    assert [chosen(shown, name) for name in menus(shown)] == [
        "Style: none", "Size: square", "Count: 1 picture", "Words: I enrich them",
        "Language: that of your Discord",
    ]  # fmt: skip
    shown = await choose(ada, shown, "style", "+neon", "Style: neon")
    await choose(ada, shown, "size", "9:16", "Size: 9:16")
    shown = await choose(ada, shown, "size", "portrait", "Size: portrait")
    shown = await choose(ada, shown, "count", "2", "Count: 2 pictures")
    await choose(ada, shown, "exact", "yes", "Words: exactly as you say them")

    message = await ada.imagine(channel, "a fox", seed=7)
    assert [a["filename"] for a in pictures_of(message)] == ["1-7-1.png", "1-8-2.png"]
    assert pictures_of(message)[0]["height"] > pictures_of(message)[0]["width"]
    assert words_of(message) == "a fox, neon lights"

    said = await ada.imagine(channel, "an owl", count=1, size="square", style="none", exact=False)
    assert len(pictures_of(said)) == 1
    assert words_of(said) == "an owl, **finely drawn**"

    await grace.person.slash(channel, "imagine", prompt="a hen")
    hen = await ada.picture()
    assert words_of(hen) == "a hen, **finely drawn**"


async def test_an_old_panel_works_after_a_restart_and_defaults_can_be_taken_back(
    world: World, ada: Member, channel: str
) -> None:
    shown = await choose(ada, await panel(ada, channel), "style", "+neon", "Style: neon")
    await world.stop_bot()
    await world.start_bot()
    await choose(ada, shown, "style", "-", "Style: none")
    assert world.one("SELECT preferences FROM users") == {"preferences": "{}"}


async def test_an_entry_that_is_offered_no_more_changes_nothing(
    world: World, ada: Member, channel: str
) -> None:
    shown = await choose(ada, await panel(ada, channel), "style", "+neon", "Style: neon")
    forged = {"type": 3, "channel_id": channel, "message_id": shown["id"], "component_type": 3}
    await ada.person.interact(forged | {"custom_id": PREFIX + "style", "values": ["+flat"]})
    await ada.event("MESSAGE_UPDATE", lambda d: menus(d) and chosen(d, "style") == "Style: flat")
    assert world.one("SELECT preferences FROM users")["preferences"] == '{"style": "flat"}'


async def test_the_language_of_the_answers_is_chosen(world: World, ada: Member, channel: str) -> None:
    shown = await choose(ada, await panel(ada, channel), "language", "de", "Sprache: Deutsch")
    assert "Deine Vorgaben" in shown["content"]
    await ada.person.slash(channel, "help")
    await ada.answer("Malen durch Reden")
    picture = await ada.imagine(channel, "a fox")
    assert "Reply to change it" in text_of(picture), "what all read stays in the server's language"


async def test_a_preferred_style_can_be_left_out_by_autocompletion(ada: Member, channel: str) -> None:
    assert "none" not in [c["value"] for c in await ada.person.autocomplete(channel, "imagine", "style", "")]
    await choose(ada, await panel(ada, channel), "style", "+neon", "Style: neon")
    choices = await ada.person.autocomplete(channel, "imagine", "style", "")
    assert choices[0] == {"name": "no style", "value": "none"}


async def test_deleting_everything_deletes_the_defaults(world: World, ada: Member, channel: str) -> None:
    await choose(ada, await panel(ada, channel), "style", "+neon", "Style: neon")
    await ada.person.slash(channel, "privacy")
    await ada.person.click(await ada.answer("What I keep"), "Delete my data…")
    await ada.person.click(await ada.answer("for good"), "Yes, delete everything")
    await ada.changed("is deleted")
    assert world.rows("SELECT 1 FROM users") == []
