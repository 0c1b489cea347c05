"""The bot in German: whom it answers in which language, and what Discord is told of its commands."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.bot.engines import SketchEngine
from tests.e2e.discordworld import Member, World, footer_of, open_world, parts_of, text_of

EPHEMERAL = 64


@pytest.fixture
async def stopped(tmp_path: Path, engine: SketchEngine) -> AsyncIterator[World]:
    """A world whose server is set to German; the bot is not there yet."""
    async with open_world(tmp_path, engine, rate_limits=False) as world:
        [guild] = world.sandbox.hub.world.guilds.values()
        guild.locale = "de"
        yield world


@pytest.fixture
async def german(stopped: World) -> World:
    await stopped.start_bot()
    return stopped


@pytest.fixture
async def heidi(german: World) -> AsyncIterator[Member]:
    async with Member.enter(german, "Heidi", "de") as member:
        yield member


def labels(message: dict[str, Any]) -> list[str]:
    return [part["label"] for part in parts_of(message) if "label" in part]


async def test_a_german_server_reads_german(german: World, heidi: Member) -> None:
    channel = await heidi.person.channel_id("pictures")
    first = await heidi.imagine(channel, "a red house", seed=42)
    assert "möchte **a red house**" in (await heidi.answer("möchte"))["content"]
    assert "Antworte, um es zu ändern" in text_of(first)
    assert footer_of(first).startswith("Seed 42 · ")
    assert labels(first) == ["Ändern", "Neu würfeln", "Zurück", "Variieren", "Mehr…"]
    more = await heidi.behind_more(first)
    assert {"Vor", "Verlauf", "Löschen"} <= set(labels(more))
    assert "Dieses Bild" in text_of(more)
    status = await heidi.answer("Ich schreibe den Prompt")
    assert labels(status) == ["Abbrechen"]

    await heidi.person.say(first["channel_id"], "make it night")
    second = await heidi.picture()
    await heidi.more(second, "Zurück")
    assert (
        "ist zurückgegangen: Dieses Bild ist wieder das aktuelle."
        in (await heidi.answer("zurückgegangen"))["content"]
    )
    await heidi.more(second, "Ändern")
    modal = (await heidi.event("INTERACTION_MODAL"))["modal"]
    assert (modal["title"], modal["components"][0]["label"]) == (
        "Dieses Bild ändern",
        "Was soll sich ändern?",
    )


async def test_errors_are_told_in_the_persons_language(german: World, heidi: Member) -> None:
    channel = await heidi.person.channel_id("pictures")
    await heidi.person.slash(channel, "imagine", prompt="🦊")
    assert (await heidi.answer("Aus Emoji allein kann ich nicht malen."))["flags"] & EPHEMERAL
    await heidi.person.slash(channel, "imagine", prompt="a fox", style="x")
    await heidi.answer("Der Stil kann nicht „x“ sein; erlaubt ist eines von flat, watercolour")
    async with Member.enter(german, "Grace", "it") as grace:
        await grace.person.slash(channel, "imagine", prompt="🦊")
        assert (await grace.answer("I cannot draw from emoji alone."))["flags"] & EPHEMERAL


async def test_work_that_fails_is_told_in_the_servers_language(
    german: World, heidi: Member, engine: SketchEngine
) -> None:
    engine.paint_errors.append(RuntimeError("a bug"))
    await heidi.person.slash(await heidi.person.channel_id("pictures"), "imagine", prompt="a fox")
    await heidi.changed("Bei mir ist etwas schiefgegangen.")


async def test_the_operators_language_wins_over_the_servers(tmp_path: Path, engine: SketchEngine) -> None:
    async with open_world(tmp_path, engine, {"discord": {"language": "de"}}, rate_limits=False) as world:
        await world.start_bot()
        async with Member.enter(world, "Ada") as ada:
            channel = await ada.person.channel_id("pictures")
            assert "Antworte, um es zu ändern" in text_of(await ada.imagine(channel, "a fox"))
            await ada.person.slash(channel, "help")
            said = (await ada.answer("Paint by talking"))["content"]
            assert "✏️ Ändern asks what to change" in said, "as the button is shown there"
            assert "⬆️ Larger" in said, "behind Mehr… in the person's own language"


async def test_a_private_chat_speaks_the_persons_language_also_after_a_restart(
    german: World, heidi: Member
) -> None:
    bot = str(german.sandbox.hub.world.bot.id)
    place = (await heidi.person.call("POST", "/dm", json={"user_id": bot}))["id"]
    first = await heidi.imagine(place, "a fox")
    assert "Antworte" in text_of(first)
    await german.stop_bot()
    await german.start_bot()
    await heidi.person.say(place, "make it night")
    assert labels(await heidi.picture())[0] == "Ändern"
    await heidi.person.say(place, "🦊")
    await heidi.answer("Aus Emoji allein kann ich nicht malen.")


def nodes(command: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A command with its sub-commands, options and choices."""
    yield command
    for inner in [*command.get("options", []), *command.get("choices", [])]:
        yield from nodes(inner)


async def test_every_command_is_registered_in_german_too(world: World, ada: Member, channel: str) -> None:
    commands = await ada.person.call("GET", f"/channels/{channel}/commands")
    described = [node for command in commands for node in nodes(command) if node.get("description")]
    assert len(described) > 30
    assert [n["name"] for n in described if "de" not in (n.get("description_localizations") or {})] == []
    options = [node for node in described if node.get("type", 1) > 2]
    assert [n["name"] for n in options if "de" not in (n.get("name_localizations") or {})] == []
    menu = next(command for command in commands if command["name"] == "Imagine from this picture")
    assert menu["name_localizations"]["de"] == "Aus diesem Bild malen"
