"""Getting onto Discord: patience where it helps, else one sentence; commands only when they changed."""

import pytest

from bot.cli import run
from bot.client.connection import refuse_wrong_token
from bot.errors import CannotConnect
from tests.bot.engines import SketchEngine
from tests.e2e.discordworld import Member, open_world


async def test_an_unreachable_discord_is_tried_again(tmp_path, monkeypatch):
    monkeypatch.setattr("bot.client.connection._FIRST_PAUSE", 0.01)
    async with open_world(tmp_path, SketchEngine()) as world:
        login = world.sandbox.faults.rest(503, path="/users/@me", times=1)
        gateway = world.sandbox.faults.rest(503, path="/gateway/bot", times=1)
        running = await world.start_bot()
        assert running.client.is_ready()
        assert login.times == gateway.times == 0


async def test_a_wrong_token_is_said_in_one_sentence(tmp_path):
    async with open_world(tmp_path, SketchEngine()) as world:
        world.sandbox.hub.world.application.token = "another"
        world.token = "wrong"
        with pytest.raises(CannotConnect, match="Discord refuses the token"):
            await world.start_bot()


async def test_a_wrong_token_is_noticed_before_the_models_are_loaded(tmp_path, monkeypatch):
    def no_model_is_loaded(*_):
        raise AssertionError("the models are loaded for nothing")

    monkeypatch.setattr("bot.cli.run.engine_for", no_model_is_loaded)
    async with open_world(tmp_path, SketchEngine()) as world:
        with pytest.raises(CannotConnect, match="Discord refuses the token"):
            await run._serve(world.settings, "wrong")


async def test_a_discord_that_is_away_does_not_keep_the_models_from_loading(tmp_path, caplog):
    async with open_world(tmp_path, SketchEngine()) as world:
        away = world.sandbox.faults.rest(503, path="/users/@me", times=1)
        await refuse_wrong_token(world.token)
        assert away.times == 0
        assert "Guilds intent" not in caplog.text


async def test_an_intent_that_is_not_switched_on_is_named(tmp_path):
    async with open_world(tmp_path, SketchEngine(), message_content=False) as world:
        with pytest.raises(CannotConnect, match="Message Content intent is not switched on"):
            await world.start_bot()


async def test_commands_are_registered_once_until_they_change(tmp_path):
    async with open_world(tmp_path, SketchEngine(), record=True) as world:
        for _ in range(2):
            await world.start_bot()
            await world.stop_bot()
        puts = [
            e.path for e in world.sandbox.recorder.exchanges if e.method == "PUT" and "commands" in e.path
        ]
        assert len(puts) == 1
        (world.settings.store.data_dir / "commands.json").write_text("not JSON")
        await world.start_bot()
        puts = [
            e.path for e in world.sandbox.recorder.exchanges if e.method == "PUT" and "commands" in e.path
        ]
        assert len(puts) == 2


async def test_a_named_server_gets_the_commands_for_itself(tmp_path):
    async with open_world(tmp_path, SketchEngine()) as world:
        guild = next(iter(world.sandbox.hub.world.guilds))
        world.settings = world.settings.model_copy(
            update={"discord": world.settings.discord.model_copy(update={"sync_guilds": (guild,)})}
        )
        running = await world.start_bot()
        there = await running.client.tree.fetch_commands(guild=running.client.get_guild(guild))
        assert {command.name for command in there} == {
            "imagine", "refine", "help", "history", "undo", "redo", "branch", "privacy", "settings", "admin",
            "describe", "gallery", "region", "style", "Imagine from this picture", "Describe this picture",
        }  # fmt: skip
        assert await running.client.tree.fetch_commands() == []


async def test_catching_up_on_many_pictures_stays_below_the_rate_limits(tmp_path):
    async with open_world(tmp_path, SketchEngine(), record=True, rate_limits=False) as world:
        await world.start_bot()
        async with Member.enter(world, "Ada") as ada, Member.enter(world, "Grace") as grace:
            first = await ada.imagine(await ada.person.channel_id("pictures"), "a red house")
            place = first["channel_id"]
            for number in range(6):
                await ada.person.say(place, f"add {number + 2} lanterns")
                last = await ada.picture()
            await world.stop_bot()
            await grace.person.react(place, last["id"], "👍")
            before = len(world.sandbox.recorder.exchanges)
            await world.start_bot()
            await world.until("SELECT 1 FROM votes WHERE kind = 'reaction'")
        asked = world.sandbox.recorder.exchanges[before:]
        single = [e.url for e in asked if e.method == "GET" and e.path.endswith("/messages/{message_id}")]
        assert single == [], "one request a picture would run into the limit of that route"
