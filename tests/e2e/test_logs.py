"""The log of a bot that people use: ids of what is worked on, and nobody's words unless they are wanted."""

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot.store.jobs import JobStore
from bot.telemetry.logs import JsonFormatter
from model.errors import EditError
from tests.bot.engines import SketchEngine
from tests.e2e.discordworld import Member, World, open_world

WORDS = ("walrus", "hedgehog", "xylophone", "kangaroo", "platypus")


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything that any logger of ours says, down to debugging, as the operator gets it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonFormatter())
    ours = [logging.getLogger(name) for name in ("bot", "model", "sqlalchemy")]
    before = [logger.level for logger in ours]
    for logger in ours:
        logger.addHandler(handler)
    logging.getLogger("bot").setLevel(logging.DEBUG)
    yield written
    for logger, level in zip(ours, before, strict=True):
        logger.removeHandler(handler)
        logger.setLevel(level)


async def story(world: World, engine: SketchEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures, a refusal, failures of the model and of the database: each with words of its own."""
    async with Member.enter(world, "Ada") as ada:
        channel = await ada.person.channel_id("pictures")
        first = await ada.imagine(channel, "a walrus")
        await ada.person.say(first["channel_id"], "add a hedgehog")
        await ada.picture()
        await ada.person.slash(channel, "imagine", prompt="a nude xylophone")
        await ada.answer("only in age-restricted channels")
        engine.edit_errors = [EditError("The language model repeated itself.")]
        await ada.person.say(first["channel_id"], "add a kangaroo")
        await ada.changed("I could not turn that into a prompt")
        with monkeypatch.context() as broken:
            broken.setattr(JobStore, "prompt_written", _broken)
            await ada.person.say(first["channel_id"], "add a platypus")
            await ada.changed("Something went wrong on my side")
        await ada.person.react(first["channel_id"], first["id"], "👍")
        await world.until("SELECT 1 FROM votes WHERE kind = 'reaction'")


async def _broken(store: JobStore, job_id: int, prompt: str, *_: object, **__: object) -> None:
    """A real statement that fails, with the words among its parameters."""
    async with store._database.session() as session:
        await session.execute(text("UPDATE nothing SET prompt = :prompt"), {"prompt": prompt})


async def test_nobodys_words_are_in_the_log(
    tmp_path: Path, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = SketchEngine()
    async with open_world(tmp_path, engine, rate_limits=False) as world:
        await world.start_bot()
        await story(world, engine, monkeypatch)
    said = lines.getvalue()
    assert [word for word in WORDS if word in said] == []
    assert OperationalError.__name__ in said, "the failure itself is there"
    posted = [json.loads(line) for line in said.splitlines() if "Posted turn" in line]
    assert [(line["conversation"], line["turn"], line["job"]) for line in posted] == [(1, 1, 1), (1, 2, 2)]
    failed = [json.loads(line) for line in said.splitlines() if '"WARNING"' in line and "failed" in line]
    assert [line["turn"] for line in failed] == [3, 4]


async def test_words_are_there_where_the_operator_wants_them(
    tmp_path: Path, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = SketchEngine()
    settings = {"logging": {"prompts": True}}
    async with open_world(tmp_path, engine, settings, rate_limits=False) as world:
        await world.start_bot()
        await story(world, engine, monkeypatch)
    assert [word for word in WORDS[:2] if word not in lines.getvalue()] == []
