"""Words that need no picture are answered past all who wait for one; what needs one keeps its place."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.domain.conversation import Turn
from bot.domain.job import JobState
from bot.domain.said_commands import Asked
from bot.jobs.presenter import Queued, Writing
from model.engine import MessageKind
from model.errors import EngineUnreachable
from tests.bot.house import ANN, BEN, House, eventually, one_at_a_time, open_gate, open_house, painting
from tests.bot.processes import Process, all_done, processes
from tests.bot.scripted import ScriptedEngine
from tests.postgres import Server


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """One painting at a time; the first picture of all, Ann's, is done."""
    async with open_house(
        tmp_path, engine=ScriptedEngine(gate=asyncio.Event()), limits=one_at_a_time(queued_per_user=100)
    ) as opened:
        yield opened


@pytest.fixture
async def first(house: House) -> Turn:
    """Ann's finished picture; eight paintings of others are in the line behind the one that is worked on."""
    open_gate(house)
    turn = await house.imagined()
    assert house.engine.gate is not None
    house.engine.gate.clear()
    while not house.engine.begun.locked():
        await house.engine.begun.acquire()
    for number in range(9):
        await house.imagine(f"house {number}", author=BEN + number)
    await painting(house)
    return turn


def says(house: House, text: str, kind: MessageKind, prompt: str | None = None, times: int = 1) -> None:
    assert isinstance(house.engine, ScriptedEngine)
    house.engine.will_say(text, *[(kind, prompt or "", "")] * times)


async def ended(house: House, turn: Turn) -> None:
    async def has() -> bool:
        return (await house.jobs.of_turn(turn.id)).state.ended

    await eventually(has, 10)


async def read(house: House, words: str) -> None:
    """Wait until the model was asked about these words."""

    async def has() -> bool:
        return any(edit.instruction == words for edit in house.engine.edits) and not house.queue._aside

    await eventually(has, 10)


@pytest.mark.parametrize(
    ("words", "kind"),
    [("what colour is the roof?", "question"), ("I love it so much", "chat"), ("which seed?", None)],
)
async def test_a_question_and_praise_are_answered_while_eight_paintings_wait(
    house: House, first: Turn, words: str, kind: MessageKind | None
) -> None:
    if kind is not None:
        says(house, words, kind, first.target_prompt)
    asked = await house.refine(first.conversation_id, words)
    await ended(house, asked.turn)
    assert [(turn_id, answer.request.kind) for turn_id, answer in house.presenter.answers] == [
        (asked.turn.id, Asked(kind or "question"))
    ]
    assert len(house.presenter.posts) == 1, "no other picture is done"
    assert house.queue.waiting == 8


async def test_words_that_need_a_picture_keep_their_place_and_are_written_once(
    house: House, first: Turn
) -> None:
    asked = await house.refine(first.conversation_id, "make it night")
    after = await house.refine(first.conversation_id, "and a lantern")
    later = await house.imagine("the last one", author=BEN + 90)
    await read(house, "make it night")
    order = [house.queue.position(job.job.id) for job in (asked, later, after)]
    assert order == [9, 10, 11], "as if its words had not been read"
    assert (await house.jobs.get(asked.job.id)).attempts == 0

    async def told() -> bool:
        return [status for turn_id, status in house.presenter.statuses if turn_id == asked.turn.id] == [
            Queued(9)
        ]

    await eventually(told, 10)
    open_gate(house)
    await house.queue.idle()
    assert sum(edit.instruction == "make it night" for edit in house.engine.edits) == 1
    shown = [post.turn.id for post in house.presenter.posts]
    assert shown.index(asked.turn.id) < shown.index(after.turn.id)
    assert (asked.turn.id, Writing()) in house.presenter.statuses


async def test_words_are_read_anew_where_another_picture_has_become_the_current_one(
    house: House, first: Turn
) -> None:
    assert house.engine.gate is not None
    house.engine.gate.set()
    await house.refined(first.conversation_id, "at noon")
    house.engine.gate.clear()
    await house.imagine(author=BEN)
    asked = await house.refine(first.conversation_id, "make it night")
    await read(house, "make it night")
    await house.trees.undo(first.conversation_id, ANN)
    open_gate(house)
    await house.queue.idle()
    sources = [edit.source_prompt for edit in house.engine.edits if edit.instruction == "make it night"]
    assert sources == ["a red house, finely drawn, at noon", "a red house, finely drawn"]
    assert (await house.conversations.turn(asked.turn.id)).parent_turn_id == first.id


async def test_nobody_floods_what_is_aside(house: House, first: Turn) -> None:
    """One job of a person is aside at a time, so others' questions are answered between those of one."""
    says(house, "hm", "chat", first.target_prompt, 3)
    for _ in range(3):
        await house.refine(first.conversation_id, "hm")
    most = 0

    async def none_left() -> bool:
        nonlocal most
        most = max(most, len(house.queue._aside))
        return len(house.presenter.answers) == 3

    await eventually(none_left, 10)
    assert most <= 1


async def test_an_engine_that_is_away_is_waited_for_in_the_line(house: House, first: Turn) -> None:
    house.engine.edit_errors = [EngineUnreachable("away")]
    asked = await house.refine(first.conversation_id, "make it night")
    await read(house, "make it night")
    assert (await house.jobs.get(asked.job.id)).state is JobState.QUEUED
    open_gate(house)
    await house.queue.idle()
    assert asked.turn.id in [post.turn.id for post in house.presenter.posts]


async def test_a_job_that_goes_back_in_the_line_can_be_cancelled(house: House, first: Turn) -> None:
    asked = await house.refine(first.conversation_id, "make it night")
    await read(house, "make it night")
    await house.turns.cancel(asked.turn.id, ANN)
    open_gate(house)
    await house.queue.idle()
    assert (await house.jobs.get(asked.job.id)).state is JobState.CANCELLED
    assert asked.turn.id not in [post.turn.id for post in house.presenter.posts]


@pytest.fixture
def folder(postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where several processes have their pictures; their database is on the server."""
    url = postgres.fresh()
    monkeypatch.setattr("tests.bot.house.address_in", lambda _: url)
    yield tmp_path
    postgres.drop(url)


async def test_with_several_processes_words_are_read_once_and_answered_at_once(folder: Path) -> None:
    limits = one_at_a_time(queued_per_user=100, running_per_user=1)
    engine = ScriptedEngine(gate=asyncio.Event())
    async with processes(folder, 2, limits=limits, engine=engine) as (opened, discord):
        house = opened[0].house
        open_gate(house)
        first = await house.imagined()
        await all_done(house)
        assert engine.gate is not None
        engine.gate.clear()
        says(house, "what is it?", "question", first.target_prompt)
        for number in range(8):
            await house.imagine(f"house {number}", author=BEN + number)
        await house.imagine("another house", author=ANN)
        asked = await house.refine(first.conversation_id, "what is it?")
        edit = await opened[1].house.refine(first.conversation_id, "make it night")
        await ended(house, asked.turn)
        await read(house, "make it night")
        assert len(discord.shown()) == 1
        open_gate(house)
        await all_done(house)
        assert edit.turn.id in discord.shown()
        assert answered(opened) == [asked.turn.id]
        assert len(discord.shown()) == 11
        assert sum(one.instruction == "what is it?" for one in engine.edits) == 1


def answered(opened: list[Process]) -> list[int]:
    return [turn_id for process in opened for turn_id, _ in process.house.presenter.answers]
