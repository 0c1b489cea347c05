"""Adult words and pictures through the wire, in a plain channel and in an age-restricted one."""

from pathlib import Path
from typing import Any

import pytest

from bot.domain.content_policy import SafetyPolicy
from bot.domain.conversation import Parameters
from bot.domain.options import Options, parameters_for
from tests.bot.engines import SketchEngine
from tests.e2e.discordworld import Member, World, open_world, pictures_of

EPHEMERAL = 64


async def test_adult_words_are_for_age_restricted_channels_and_their_threads(
    world: World, ada: Member, channel: str
) -> None:
    await ada.person.slash(channel, "imagine", prompt="a nude walrus")
    refusal = await ada.answer("only in age-restricted channels")
    assert refusal["flags"] & EPHEMERAL
    after_dark = await ada.person.channel_id("after-dark")
    first = await ada.imagine(after_dark, "a nude walrus")
    assert first["channel_id"] != after_dark, "a thread, which has its channel's mark"
    await ada.person.say(first["channel_id"], "make it naked in the snow")
    assert not pictures_of(await ada.picture())[0]["filename"].startswith("SPOILER_")
    assert len(world.rows("SELECT 1 FROM turns")) == 2


async def test_imagine_checks_words_and_builds_parameters_once(
    world: World, ada: Member, channel: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said, built = [], []
    accept = SafetyPolicy.accept

    def counted_accept(policy: SafetyPolicy, text: str, **place: bool) -> None:
        said.append(text)
        accept(policy, text, **place)

    def counted_parameters(options: Options, *rest: Any) -> Parameters:
        built.append(options)
        return parameters_for(options, *rest)

    monkeypatch.setattr(SafetyPolicy, "accept", counted_accept)
    monkeypatch.setattr("bot.services.turns.parameters_for", counted_parameters)
    first = await ada.imagine(channel, "a walrus")
    await ada.person.say(first["channel_id"], "make it night")
    await ada.picture()
    assert said == ["a walrus", "make it night"]
    assert len(built) == 1


async def test_a_bot_for_age_restricted_channels_alone_serves_their_threads_too(tmp_path: Path) -> None:
    settings = {"limits": {"age_restricted_only": True}}
    async with open_world(tmp_path, SketchEngine(), settings, rate_limits=False) as world:
        await world.start_bot()
        async with Member.enter(world, "Ada") as ada:
            await ada.person.slash(await ada.person.channel_id("pictures"), "imagine", prompt="a walrus")
            assert (await ada.answer("only in age-restricted channels"))["flags"] & EPHEMERAL
            first = await ada.imagine(await ada.person.channel_id("after-dark"), "a walrus")
            await ada.person.say(first["channel_id"], "make it night")
            assert (await ada.picture())["channel_id"] == first["channel_id"]


async def test_a_plain_reply_with_adult_words_is_answered_with_the_reason(
    world: World, ada: Member, channel: str
) -> None:
    first = await ada.imagine(channel, "a walrus")
    await ada.person.say(first["channel_id"], "make it naked")
    assert (await ada.answer("only in age-restricted channels"))["channel_id"] == first["channel_id"]
    assert len(world.rows("SELECT 1 FROM turns")) == 1


async def test_covered_pictures_are_covered_on_the_sheet_too(tmp_path: Path) -> None:
    engine = SketchEngine(unsafe=lambda seed: "looks like nsfw" if seed == 8 else "")
    settings = {"safety": {"pictures": "spoiler"}}
    async with open_world(tmp_path, engine, settings, rate_limits=False) as world:
        await world.start_bot()
        async with Member.enter(world, "Ada") as ada:
            channel = await ada.person.channel_id("pictures")
            both = await ada.imagine(channel, "a walrus", seed=7, count=2)
            assert [file["filename"] for file in pictures_of(both)] == ["1-7-1.png", "SPOILER_1-8-2.png"]
            await ada.person.slash(both["channel_id"], "history")
            sheet = await ada.changed("/branch")
            assert sheet["attachments"][0]["filename"] == "SPOILER_history.png"


async def test_a_picture_that_is_kept_back_is_told_in_its_place(tmp_path: Path) -> None:
    engine = SketchEngine(unsafe=lambda seed: "looks like nsfw")
    async with open_world(tmp_path, engine, {"safety": {"pictures": "refuse"}}, rate_limits=False) as world:
        await world.start_bot()
        async with Member.enter(world, "Ada") as ada:
            await ada.person.slash(await ada.person.channel_id("pictures"), "imagine", prompt="a walrus")
            await ada.changed("came out as something I do not show")
            assert world.rows("SELECT 1 FROM images") == []
            assert world.one("SELECT cause FROM jobs") == {"cause": "PictureRefused"}
