"""[retention]: what goes at which age, what stays and why, and that nothing of it is left in the files."""

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.__main__ import main
from bot.chat.wording.privacy_text import kept
from bot.domain.retention import ages, expired
from bot.i18n import Language
from bot.ops.nightly import Retention
from bot.settings import RetentionSettings
from bot.store.check import inspect
from bot.store.people import NOBODY, Kept, PeopleStore
from bot.store.reports import ReportStore
from bot.store.retention import Pruned, RetentionStore
from bot.store.schema import ConversationRow
from tests.bot.house import ANN, BEN, House, open_house

NOW = datetime.now(UTC)
A_MONTH = RetentionSettings(days=30)


@pytest.fixture
async def house(tmp_path: Path, database_kind: str) -> AsyncIterator[House]:
    async with open_house(tmp_path) as opened:
        yield opened


async def prune(house: House, rules: RetentionSettings, after: float) -> Pruned:
    """The nightly job as it is so many days from now."""
    store = RetentionStore(house.database, rules)
    pruned = await store.prune(datetime.now(UTC) + timedelta(days=after))
    await house.images.remove_unused(pruned.hashes)
    return pruned


def bytes_of(folder: Path) -> bytes:
    """The database's files as they lie on the disk."""
    return b"".join(file.read_bytes() for file in folder.glob("diffchat.sqlite*"))


def files(house: House) -> int:
    return len(list(house.pictures.rglob("*.png")))


ages_of_days = st.integers(0, 100)


@given(ages_of_days, ages_of_days, ages_of_days, st.integers(1, 200), st.booleans(), st.booleans())
def test_the_longest_age_that_fits_counts_and_0_is_never(
    days: int, voted_days: int, opted_in_days: int, age: int, voted: bool, opted_in: bool
) -> None:
    rules = RetentionSettings(days=days, voted_days=voted_days, opted_in_days=opted_in_days)
    fitting = [days] + [voted_days] * voted + [opted_in_days] * opted_in
    gone = expired(rules, NOW - timedelta(days=age), NOW, voted=voted, opted_in=opted_in)
    assert gone == (min(fitting) > 0 and age > max(fitting))


@given(ages_of_days, ages_of_days, ages_of_days, st.booleans(), st.booleans())
def test_what_people_are_told_is_what_happens(
    days: int, voted_days: int, opted_in_days: int, voted: bool, opted_in: bool
) -> None:
    rules = RetentionSettings(days=days, voted_days=voted_days, opted_in_days=opted_in_days)
    told = ages(rules)
    due = [told.plain] + [told.voted] * voted + [told.opted_in] * opted_in
    for age in (1, 50, 100, 101, 1000):
        gone = expired(rules, NOW - timedelta(days=age), NOW, voted=voted, opted_in=opted_in)
        assert gone == (min(due) > 0 and age > max(due))


def test_the_answer_to_privacy_says_how_long() -> None:
    def said(rules: RetentionSettings) -> str:
        return kept(Language.ENGLISH, Kept(1, 1, 1, 0, 0, False, False), ages(rules))

    assert "I keep it until you, or somebody who may, delete it." in said(RetentionSettings(voted_days=5))
    assert (
        "words after 30 days; where people voted on it, never; where training may use it, after 30"
        in said(RetentionSettings(days=30, opted_in_days=7))
    )


async def test_by_default_everything_stays(house: House) -> None:
    await house.imagined()
    assert await prune(house, RetentionSettings(), after=10_000) == Pruned()


async def test_an_old_conversation_goes_whole_with_files_and_words(house: House, tmp_path: Path) -> None:
    first = await house.imagined("a kangaroo")
    await house.refined(first.conversation_id, "make it night")
    assert await prune(house, A_MONTH, after=29) == Pruned()
    pruned = await prune(house, A_MONTH, after=31)
    assert (pruned.turns, pruned.pictures, pruned.conversations) == (2, 2, 1)
    assert files(house) == 0
    assert b"kangaroo" not in bytes_of(tmp_path)
    assert (await inspect(house.database, house.images.files)).clean
    assert await house.trees.conversation_at(first.conversation_id) is None


async def test_what_people_voted_for_stays_as_long_as_the_setting_says(house: House) -> None:
    liked, plain = await house.imagined("a fox"), await house.imagined("a boat")
    taken_back = await house.imagined("a house")
    await house.feedback.vote(liked.message_id or 0, BEN, "👍", 1)
    await house.feedback.vote(taken_back.message_id or 0, BEN, "👍", 1)
    await house.feedback.retract(taken_back.message_id or 0, BEN, "👍")
    rules = RetentionSettings(days=30, voted_days=365)
    assert (await prune(house, rules, after=31)).turns == 2
    assert (await house.trees.turn(liked.id)).images
    assert not (await house.conversations.tree(liked.conversation_id)).turns[liked.id].deleted_at
    gone = await prune(house, rules, after=366)
    assert (gone.turns, gone.votes) == (1, 1)
    assert plain.id != liked.id


async def test_what_people_allow_for_training_stays_as_long_as_the_setting_says(house: House) -> None:
    theirs = await house.finished(await house.imagine("a fox", author=ANN))
    await house.finished(await house.imagine("a boat", author=BEN))
    await PeopleStore(house.database).set_consent(ANN, True)
    assert (await prune(house, RetentionSettings(days=30, opted_in_days=0), after=400)).turns == 1
    assert (await house.trees.turn(theirs.id)).source_prompt == "a fox"
    await PeopleStore(house.database).set_consent(ANN, False)
    assert (await prune(house, RetentionSettings(days=30, opted_in_days=0), after=400)).turns == 1


async def test_a_voted_edit_keeps_its_conversation_and_the_head_moves_to_it(house: House) -> None:
    first = await house.imagined("a kangaroo")
    second = await house.refined(first.conversation_id, "make it night")
    third = await house.refined(first.conversation_id, "add a walrus")
    await house.feedback.vote(second.message_id or 0, BEN, "👍", 1)
    pruned = await prune(house, RetentionSettings(days=30, voted_days=0), after=31)
    assert (pruned.turns, pruned.conversations) == (2, 0)
    tree = await house.conversations.tree(first.conversation_id)
    assert (tree.head_turn_id, tree.turns[first.id].author_id) == (second.id, NOBODY)
    assert tree.turns[third.id].instruction == ""
    async with house.database.reading() as session:
        assert (await session.get_one(ConversationRow, first.conversation_id)).title == ""
    assert (await house.refined(first.conversation_id, "add snow")).live, "it can be gone on with"


async def test_work_that_waits_and_open_reports_hold_a_turn(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        reported = await house.imagined("a fox")
        report = await ReportStore(house.database, 5).take(reported.id, BEN, "rude")
        assert await prune(house, A_MONTH, after=31) == Pruned()
        await ReportStore(house.database, 5).withdraw(report.id)
        assert (await prune(house, A_MONTH, after=31)).turns == 1
    async with open_house(tmp_path, working=False) as house:
        await house.imagine("a boat")
        assert await prune(house, A_MONTH, after=31) == Pruned()


async def test_many_turns_go_in_several_transactions(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.retention._BATCH", 2)
    for _ in range(5):
        await house.imagined()
    assert (await prune(house, A_MONTH, after=31)).conversations == 5
    assert files(house) == 0


async def test_the_job_says_what_it_removed_and_takes_old_copies_of_the_database_along(
    house: House, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    old, new = (tmp_path / f"diffchat.before-{number}.sqlite" for number in ("0002", "0003"))
    for copy in (old, new):
        copy.write_bytes(b"words of people")
    os.utime(old, (0, NOW.timestamp() - 31 * 86_400))
    store = RetentionStore(house.database, A_MONTH)
    await Retention(store, house.images, tmp_path / "diffchat.sqlite", A_MONTH)()
    assert (old.exists(), new.exists()) == (False, True)
    assert "Retention: removed 0 turns, 0 pictures, 0 votes, 0 conversations and 1 old copies" in caplog.text


def test_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data", str(tmp_path / "data"), "db", "prune"]
    assert main(data) == 0
    assert "everything is kept" in capsys.readouterr().out
    monkeypatch.setenv("DIFFCHAT__RETENTION__DAYS", "30")
    assert main([*data, "--dry-run"]) == 0
    assert "0 turns would go" in capsys.readouterr().out
    assert main(data) == 0
    assert "removed 0 turns, 0 pictures, 0 votes and 0 whole conversations" in capsys.readouterr().out
