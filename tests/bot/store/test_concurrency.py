"""What is read and then written at the same time: on SQLite one after the other, on PostgreSQL held.

Each of these went wrong on PostgreSQL without the locks of `bot.store.dialect`.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Coroutine
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import func, select, text

from bot.domain.conversation import NewConversation, NewTurn, Origin, TurnKind
from bot.domain.job import JobState
from bot.domain.preferences import Preferences
from bot.domain.reports import ReportState
from bot.errors import (
    GoneTurn,
    MemberError,
    ReportedAlready,
    ReportSettled,
    TooManyReports,
    TooManyWaiting,
    WrongTransition,
)
from bot.settings import LimitsSettings, RetentionSettings
from bot.store import check, feedback, people
from bot.store.chores import ChoreStore
from bot.store.guilds import GuildStore
from bot.store.new_turns import Added
from bot.store.people import NOBODY, PeopleStore
from bot.store.preferences import PreferenceStore
from bot.store.reports import ReportStore
from bot.store.retention import RetentionStore
from bot.store.schema import ConversationRow, ImageRow, JobRow, TurnRow, VoteRow
from tests.bot.house import ANN, BEN, CHANNEL, CLEO, GUILD, House, open_house

T = TypeVar("T")


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path, limits=LimitsSettings(queued_per_user=3)) as opened:
        yield opened


@pytest.fixture
async def shut(tmp_path: Path) -> AsyncIterator[House]:
    """A house whose queue works on nothing."""
    async with open_house(tmp_path, working=False, limits=LimitsSettings(queued_per_user=3)) as opened:
        yield opened


async def at_once(*works: Coroutine[Any, Any, T]) -> tuple[list[T], list[BaseException]]:
    """What these give and what they raise, all begun at the same moment."""
    results = await asyncio.gather(*works, return_exceptions=True)
    failed = [result for result in results if isinstance(result, BaseException)]
    return [result for result in results if not isinstance(result, BaseException)], failed


async def meanwhile(work: Awaitable[T]) -> "asyncio.Future[T]":
    """Begin something and give it time; it goes on where it has to wait for us."""
    task = asyncio.ensure_future(work)
    await asyncio.wait({task}, timeout=0.4)
    return task


def begun(house: House, author: int = ANN, request: int | None = None) -> Coroutine[Any, Any, Added]:
    """Store a first turn and its job, as the step of the store alone."""
    turn = NewTurn(
        kind=TurnKind.IMAGINE,
        origin=Origin.SLASH,
        author_id=author,
        instruction="",
        source_prompt="a red house",
        parameters=house.turns.wish("a red house").parameters,
        request_id=request,
    )
    return house.conversations.start(NewConversation(GUILD, CHANNEL, None, author, "a red house"), turn)


async def test_a_request_delivered_twice_at_once_is_one_turn(shut: House) -> None:
    added, failed = await at_once(*(begun(shut, request=77) for _ in range(6)))
    assert failed == []
    assert sum(one.new for one in added) == 1
    assert len({one.turn.id for one in added}) == 1


async def test_a_limit_holds_for_all_that_comes_at_once(shut: House) -> None:
    added, failed = await at_once(*(begun(shut) for _ in range(9)))
    assert len(added) == 3
    assert {type(error) for error in failed} == {TooManyWaiting}


async def test_a_job_is_cancelled_once(shut: House) -> None:
    job = (await begun(shut)).job
    cancelled, failed = await at_once(*(shut.jobs.cancel(job.id) for _ in range(6)))
    assert len(cancelled) == 1
    assert {type(error) for error in failed} == {WrongTransition}


async def test_what_was_cancelled_is_not_begun(shut: House) -> None:
    jobs = [(await begun(shut, author=number)).job for number in range(1, 13)]
    await at_once(*(step(job.id) for job in jobs for step in (shut.jobs.cancel, shut.jobs.begin)))
    for job in jobs:
        assert (await shut.jobs.get(job.id)).state is JobState.CANCELLED


async def test_two_undos_go_back_two_pictures(house: House) -> None:
    first = await house.imagined()
    for words in ("make it night", "add snow"):
        await house.refined(first.conversation_id, words)
    _, failed = await at_once(*(house.trees.undo(first.conversation_id, ANN) for _ in range(2)))
    assert failed == []
    assert (await house.conversations.get(first.conversation_id)).head_turn_id == first.id


async def test_a_turn_is_deleted_once(house: House) -> None:
    first = await house.imagined()
    deleted, failed = await at_once(*(house.conversations.delete_turn(first.id) for _ in range(5)))
    assert [len(before.images) for _, before in deleted] == [1]
    assert {type(error) for error in failed} == {GoneTurn}


async def test_decisions_of_one_person_do_not_replace_each_other(shut: House) -> None:
    store = PreferenceStore(shut.database)
    changes: list[dict[str, Any]] = [{"count": 2}, {"style": "film"}, {"exact": True}, {"size": "wide"}]
    _, failed = await at_once(*(store.change(ANN, **change) for change in changes))
    assert failed == []
    assert await store.of(ANN) == Preferences(count=2, style="film", exact=True, size="wide")


async def test_a_servers_first_rules_come_from_two_moderators(shut: House) -> None:
    _, failed = await at_once(
        *(GuildStore(shut.database).change(GUILD, lambda rules: rules) for _ in range(5))
    )
    assert failed == []


async def test_a_chore_is_done_by_two_processes(shut: House) -> None:
    now = datetime.now(UTC)
    _, failed = await at_once(*(ChoreStore(shut.database).done("retention", now) for _ in range(5)))
    assert failed == []


async def test_reports_are_taken_and_settled_once(house: House) -> None:
    turns = [await house.imagined() for _ in range(4)]
    store = ReportStore(house.database, hourly=2)
    taken, failed = await at_once(*(store.take(one.id, BEN, "hm") for one in turns))
    assert len(taken) == 2
    assert {type(error) for error in failed} == {TooManyReports}
    taken, failed = await at_once(*(store.take(turns[0].id, CLEO, "hm") for _ in range(4)))
    assert len(taken) == 1
    assert {type(error) for error in failed} == {ReportedAlready}
    settled, failed = await at_once(
        *(store.settle(turns[0].id, ReportState.DISMISSED, ANN) for _ in range(4))
    )
    assert len(settled) == 1
    assert {type(error) for error in failed} == {ReportSettled}


async def test_a_vote_on_a_picture_that_is_being_deleted(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = await house.imagined()
    put, tasks = feedback._put, []

    async def and_a_deletion(*arguments):
        tasks.append(await meanwhile(house.conversations.delete_turn(shown.id)))
        await put(*arguments)

    monkeypatch.setattr(feedback, "_put", and_a_deletion)
    assert await house.feedback.vote(shown.images[0].message_id or 0, BEN, "👍", 1)
    await asyncio.gather(*tasks)
    async with house.database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(VoteRow)) == 0


async def test_a_wish_while_its_person_is_being_removed_stays_whole_or_goes(
    shut: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await begun(shut)
    answers, tasks = people._answers, []

    async def and_a_wish(session, user_id):
        tasks.append(await meanwhile(begun(shut)))
        return await answers(session, user_id)

    monkeypatch.setattr(people, "_answers", and_a_wish)
    await PeopleStore(shut.database).remove(ANN)
    await asyncio.gather(*tasks)
    async with shut.database.reading() as session:
        found = await session.execute(
            select(TurnRow.author_id, ConversationRow.creator_id).join(
                ConversationRow, TurnRow.conversation_id == ConversationRow.id
            )
        )
        assert sorted(tuple(row) for row in found) == [(NOBODY, NOBODY), (ANN, ANN)]


async def test_a_picture_painted_while_its_person_is_being_removed_has_no_lost_file(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its file is named by the removal, or its row is still there."""
    house.engine.gate = asyncio.Event()
    accepted = await house.imagine()
    await house.engine.begun.acquire()
    answers = people._answers

    async def and_a_picture(session, user_id):
        assert house.engine.gate is not None
        house.engine.gate.set()
        await asyncio.sleep(0.4)
        return await answers(session, user_id)

    monkeypatch.setattr(people, "_answers", and_a_picture)
    removed = await PeopleStore(house.database).remove(ANN)
    await house.queue.idle()
    async with house.database.reading() as session:
        rows = list(await session.scalars(select(ImageRow.sha256)))
    on_disk = [path.stem for path in house.pictures.rglob("*.png")]
    assert set(on_disk) <= {*rows, *removed.hashes}, accepted


async def test_a_file_is_not_mended_away_while_its_row_is_on_the_way(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = check.Report(files_without_row=())
    brought, tasks = check._brought, []

    async def and_a_picture(session):
        tasks.append(await meanwhile(house.imagined()))
        assert not tasks[0].done(), "no row is written while files are compared"
        return await brought(session)

    monkeypatch.setattr(check, "_brought", and_a_picture)
    await check.mend(house.database, house.images.files, report)
    assert (await tasks[0]).images


async def test_retention_and_removal_at_once_wait_for_each_other(house: House) -> None:
    for author in (ANN, BEN, ANN, BEN):
        first = await house.finished(await house.imagine(author=author))
        await house.finished(await house.refine(first.conversation_id, "add snow", author=CLEO))
    old = (datetime.now(UTC) - timedelta(days=9)).replace(tzinfo=None)
    async with house.database.session() as session:
        await session.execute(text(f"UPDATE turns SET created_at = '{old:%F %T}' WHERE id < 7"))
    store = PeopleStore(house.database)
    _, failed = await at_once(
        RetentionStore(house.database, RetentionSettings(days=3)).prune(),
        *(store.remove(user) for user in (CLEO, ANN, BEN)),
    )
    assert failed == []
    async with house.database.reading() as session:
        assert set(await session.scalars(select(TurnRow.author_id))) <= {NOBODY}
        assert await session.scalar(select(func.count()).select_from(ImageRow)) == 0


async def test_whatever_happens_at_once_nothing_waits_in_a_circle(house: House) -> None:
    """Many steps on a few conversations: members may be refused, but no transaction is given up."""
    chance = random.Random(3)
    firsts = [await house.imagined() for _ in range(3)]
    reports = ReportStore(house.database, hourly=1000)

    def step() -> Coroutine[Any, Any, object]:
        one, user = chance.choice(firsts), chance.choice((ANN, BEN, CLEO))
        message, conversation = one.images[0].message_id or 0, one.conversation_id
        return chance.choice(
            [
                lambda: house.refine(conversation, "make it night", author=user),
                lambda: house.trees.undo(conversation, user),
                lambda: house.trees.redo(conversation, user),
                lambda: house.conversations.pick(one.id, user, 0),
                lambda: house.feedback.vote(message, user, "👍", 1),
                lambda: house.feedback.retract(message, user, "👍"),
                lambda: house.feedback.expose(one.id, [BEN, CLEO, ANN]),
                lambda: house.feedback.reconcile(message, "👍", 1, [ANN, CLEO]),
                lambda: reports.take(one.id, user, "hm"),
                lambda: PeopleStore(house.database).set_consent(user, True),
                lambda: PreferenceStore(house.database).change(user, count=2),
            ]
        )()

    _, failed = await at_once(*(step() for _ in range(120)))
    assert [error for error in failed if not isinstance(error, MemberError)] == []
    await house.queue.idle()
    async with house.database.reading() as session:
        states = set(await session.scalars(select(JobRow.state)))
    assert states <= {"done", "failed"}
    assert (await check.inspect(house.database, house.images.files)).clean
