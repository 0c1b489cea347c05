"""The bot's database to a snapshot: who and what is in it, and what never is."""

import json
import sqlite3
from collections.abc import AsyncIterator, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.domain.conversation import Origin, Turn
from bot.domain.options import Options
from bot.ops.backup import back_up
from bot.services.privacy import PrivacyService
from bot.settings import ExperimentSettings
from bot.store.feedback import Signal as FeedbackSignal
from bot.store.people import PeopleStore
from bot.store.picture_files.local import LocalFiles
from model.settings import NamedImageSettings
from tests.bot.editing import EditingEngine
from tests.bot.engines import sketch
from tests.bot.house import ANN, BEN, CHANNEL, CLEO, GUILD, House, open_house
from tests.bot.scripted import ScriptedEngine
from training.config.preference_settings import CleaningSettings, ExportSettings, PairSettings
from training.errors import SnapshotError
from training.preferences import export, pairs, snapshot, votes
from training.preferences.snapshot import Snapshot


def test_the_kinds_of_votes_are_the_bots() -> None:
    assert {kind.value for kind in snapshot.VoteKind} == {kind.value for kind in FeedbackSignal}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path / "data") as opened:
        yield opened


def exported(tmp_path: Path, **settings: Any) -> Snapshot:
    return export.export(ExportSettings(data=str(tmp_path / "data"), **settings), tmp_path / "out")


async def opt_in(house: House, *people: int, allowed: bool = True) -> None:
    for person in people:
        await PeopleStore(house.database).set_consent(person, allowed)


async def refined(house: House, turn: Turn, words: str, author: int = ANN) -> Turn:
    """A refinement through the form, not by a message."""
    accepted = await house.turns.refine(turn.conversation_id, words, author, Origin.MODAL)
    return await house.finished(accepted)


async def test_an_edited_picture_judges_no_prompt(tmp_path: Path) -> None:
    async with open_house(tmp_path / "data", engine=EditingEngine()) as house:
        await opt_in(house, ANN)
        first = await house.imagined()
        edited = await refined(house, first, "make it blue")
        anew = await house.finished(await house.derived.other_way(edited.id, ANN, "repaint"))
        second = await refined(house, anew, "add a lantern")
        replay = await house.finished(await house.derived.replay(second.id, ANN))
        after = await refined(house, replay, "as a watercolour")
    found = exported(tmp_path)
    assert [record.turn for record in found.records] == [first.id, anew.id]
    assert found.header.left_out == {
        "turns: a changed picture, which no prompt alone makes": 2,
        "turns: after one with edits done at once, whose words may be several people's": 1,
        "turns: edits done at once, whose words may be several people's": 1,
    }
    assert after.way == "repaint"


async def like(house: House, turn: Turn, *people: int) -> None:
    for person in people:
        await house.feedback.vote(turn.message_id or 0, person, "👍", 1)


def _scalars(value: object) -> Iterator[str]:
    """Every single value in JSON, as text."""
    if isinstance(value, dict):
        value = value.values()
    if isinstance(value, str) or not isinstance(value, Iterable):
        yield str(value)
    else:
        for each in value:
            yield from _scalars(each)


async def test_a_record_holds_words_pictures_votes_and_who_could_see_them(
    house: House, tmp_path: Path
) -> None:
    await opt_in(house, ANN, BEN)
    first = await house.imagined("a red house", Options(count=2))
    await like(house, first, ANN, BEN)
    await house.trees.pick(first.id, ANN, 1)
    second = await refined(house, first, "make it night")
    await house.finished(await house.derived.reroll(second.id, BEN))
    one, two, three = exported(tmp_path).records
    assert (one.source_prompt, one.instruction, one.intent) == ("a red house", "", "a red house")
    assert one.target_prompt == first.target_prompt
    assert (one.llm, one.painter) == (first.llm_model, first.painter_model)
    assert [c.seed for c in one.candidates] == [image.seed for image in first.images]
    assert all((export.pictures_folder(ExportSettings(data=str(tmp_path / "data")), tmp_path) / c.picture)
               .is_file() for c in one.candidates)  # fmt: skip
    said = [[(s.kind, s.own, s.value) for s in c.signals] for c in one.candidates]
    assert said == [
        [("reaction", True, 1), ("reaction", False, 1)],
        [("reaction", True, 1), ("reaction", False, 1), ("pick", True, 1), ("base", True, 1)],
    ]
    assert two.intent == three.intent == "a red house, make it night"
    assert (three.parent, three.kind, three.family) == (two.turn, "reroll", one.family)
    assert one.author in two.exposed
    assert {s.person for c in one.candidates for s in c.signals} >= {one.author}


async def test_nobody_who_did_not_opt_in_is_in_it(house: House, tmp_path: Path) -> None:
    await opt_in(house, ANN)
    mine = await house.imagined("a red house")
    await like(house, mine, BEN, CLEO)
    await house.finished(await house.imagine("a secret of Ben", author=BEN))
    await refined(house, mine, "Ben adds a lantern", BEN)
    found = exported(tmp_path)
    assert [record.target_prompt for record in found.records] == [mine.target_prompt]
    assert [candidate.signals for candidate in found.records[0].candidates] == [()]
    text = (tmp_path / "out" / snapshot.FILE).read_text()
    assert "Ben" not in text
    known = set(_scalars(json.loads(line) for line in text.splitlines()))
    assert not known & {str(person) for person in (ANN, BEN, CLEO)}
    await opt_in(house, BEN)
    assert "Ben adds a lantern" in str(exported(tmp_path).records)
    await opt_in(house, BEN, allowed=False)
    assert "Ben" not in str(exported(tmp_path).records)


async def test_a_second_reading_is_in_it_where_the_first_one_is(tmp_path: Path) -> None:
    engine = ScriptedEngine()
    async with open_house(tmp_path / "data", engine=engine) as house:
        await opt_in(house, BEN)
        first = await house.finished(await house.imagine("a fox", author=BEN))
        engine.will_say("mk it nite", ("edit", "a fox at night", ""), doubtful=True, second="a knight")
        doubted = await refined(house, first, "mk it nite", ANN)
        second = await house.finished(await house.derived.read_otherwise(doubted.id, BEN))
        assert [record.turn for record in exported(tmp_path).records] == [first.id]
        await opt_in(house, ANN)
        found = [record.turn for record in exported(tmp_path).records]
        assert found == [first.id, doubted.id, second.id]
        await house.turns.delete_turn(doubted.id, ANN)
        assert [record.turn for record in exported(tmp_path).records] == [first.id]
        engine.will_say("mk it nite", ("edit", "a fox at night", ""), doubtful=True, second="a knight")
        by_message = await house.refined(first.conversation_id, "mk it nite", parent=first.id)
        await house.finished(await house.derived.read_otherwise(by_message.id, BEN))
        assert [record.turn for record in exported(tmp_path).records] == [first.id]


async def test_nothing_of_a_message_is_in_it_nor_what_was_made_from_one(house: House, tmp_path: Path) -> None:
    await opt_in(house, ANN)
    first = await house.imagined("a red house")
    said = await house.refined(first.conversation_id, "spoken words")
    await refined(house, said, "make it night")
    assert [record.turn for record in exported(tmp_path).records] == [first.id]
    assert "spoken" not in (tmp_path / "out" / snapshot.FILE).read_text()
    assert "spoken words" in str(exported(tmp_path, message_text=True).records)


async def test_what_was_read_in_a_picture_is_left_out_with_the_words_said_to_it(
    house: House, tmp_path: Path
) -> None:
    await opt_in(house, ANN)
    brought = await house.finished(await house.bring(sketch("x", 1, 96, 64), "private words"))
    await refined(house, brought, "make it night")
    assert brought.live
    snapshot_of_it = exported(tmp_path, message_text=True)
    assert snapshot_of_it.records == ()
    assert "turns: words read in a picture" in snapshot_of_it.header.left_out
    assert "private" not in (tmp_path / "out" / snapshot.FILE).read_text()


async def test_words_continued_in_another_thread_are_left_out(house: House, tmp_path: Path) -> None:
    await opt_in(house, ANN)
    first = await house.imagined("a red house")
    said = await house.refined(first.conversation_id, "spoken words")
    accepted = await house.turns.continue_elsewhere(
        said.id, ANN, guild_id=GUILD, channel_id=CHANNEL, thread_id=77
    )
    await house.finished(accepted)
    assert [record.turn for record in exported(tmp_path).records] == [first.id]


async def test_nothing_is_in_it_after_a_deletion(house: House, tmp_path: Path) -> None:
    await opt_in(house, ANN, BEN)
    kept = await house.finished(await house.imagine("a blue boat", author=BEN))
    gone = await house.imagined("a red house")
    await refined(house, gone, "with my name on it")
    await refined(house, gone, "carries words on", BEN)
    await like(house, kept, ANN)
    before = exported(tmp_path)
    assert len(before.records) == 4
    await house.turns.delete_turn(gone.id, ANN)
    assert [record.turn for record in exported(tmp_path).records] == [kept.id]
    privacy = PrivacyService(PeopleStore(house.database), house.images, house.turns)
    await privacy.remove(ANN)
    [left] = exported(tmp_path).records
    assert [candidate.signals for candidate in left.candidates] == [()]
    [ann] = {record.author for record in before.records} - {left.author}
    assert ann not in (tmp_path / "out" / snapshot.FILE).read_text()


async def test_the_same_reactions_give_the_same_hash_and_new_ones_another(
    house: House, tmp_path: Path
) -> None:
    await opt_in(house, ANN, BEN)
    turn = await house.imagined()
    first, again = exported(tmp_path), exported(tmp_path)
    assert first.header.sha256 == again.header.sha256
    await like(house, turn, BEN)
    later = exported(tmp_path)
    assert later.header.sha256 != first.header.sha256
    assert later.header.watermark["votes"] > first.header.watermark["votes"]
    assert snapshot.read(tmp_path / "out") == later


async def test_people_have_other_names_under_another_key(house: House, tmp_path: Path) -> None:
    await opt_in(house, ANN)
    await house.imagined()
    [mine] = exported(tmp_path).records
    [other] = exported(tmp_path, key=str(tmp_path / "other.key")).records
    assert mine.author != other.author
    assert mine.conversation != other.conversation
    assert (tmp_path / "data" / export.KEY).stat().st_mode & 0o077 == 0


async def test_accounts_can_be_left_out_as_bots(house: House, tmp_path: Path) -> None:
    await opt_in(house, ANN, BEN)
    turn = await house.imagined()
    await like(house, turn, BEN)
    [record] = exported(tmp_path, leave_out=(BEN,)).records
    assert record.candidates[0].signals == ()


async def test_what_was_taken_back_is_gone(house: House, tmp_path: Path) -> None:
    await opt_in(house, ANN, BEN)
    turn = await house.imagined()
    await like(house, turn, BEN)
    await house.feedback.retract(turn.message_id or 0, BEN, "👍")
    [record] = exported(tmp_path).records
    assert record.candidates[0].signals == ()


async def test_a_backup_gives_the_same_snapshot_with_its_pictures(house: House, tmp_path: Path) -> None:
    await opt_in(house, ANN)
    await house.imagined()
    running = exported(tmp_path)
    data = tmp_path / "data"
    await back_up(data / export.DATABASE, LocalFiles(data / "pictures"), tmp_path / "backup.zip")
    settings = ExportSettings(data=str(tmp_path / "backup.zip"), key=str(data / export.KEY))
    restored = export.export(settings, tmp_path / "other")
    assert restored.header.sha256 == running.header.sha256
    [file] = (export.pictures_folder(settings, tmp_path / "other") / c.picture
              for c in restored.records[0].candidates)  # fmt: skip
    assert file.read_bytes() == (data / "pictures" / restored.records[0].candidates[0].picture).read_bytes()


async def test_the_database_is_only_read(house: House, tmp_path: Path) -> None:
    await opt_in(house, ANN)
    await house.imagined(options=Options(count=2))
    before = await house.conversations.turn(1)
    exported(tmp_path)
    assert await house.conversations.turn(1) == before
    assert (await house.finished(await house.imagine("another one", guild=GUILD))).live


def test_a_folder_without_a_database_and_a_file_that_is_no_backup_are_named(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with pytest.raises(SnapshotError, match=r"There is no diffchat\.sqlite"):
        exported(tmp_path)
    with pytest.raises(SnapshotError, match="neither a data folder nor a backup"):
        export.export(ExportSettings(data=str(tmp_path / "nothing.zip")), tmp_path / "out")
    (tmp_path / "broken.zip").write_bytes(b"PK")
    with pytest.raises(SnapshotError, match="is no backup"):
        export.export(ExportSettings(data=str(tmp_path / "broken.zip")), tmp_path / "out")


def test_a_database_of_another_schema_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with sqlite3.connect(tmp_path / "data" / export.DATABASE) as database:
        database.execute("CREATE TABLE turns (id INTEGER)")
    with pytest.raises(SnapshotError, match=r"another schema .*it lacks turns\.conversation_id"):
        exported(tmp_path)


async def test_a_snapshot_of_another_form_or_changed_is_refused(house: House, tmp_path: Path) -> None:
    await opt_in(house, ANN)
    await house.imagined("a line\u2028separator, and ünïcode")
    exported(tmp_path)
    path = tmp_path / "out" / snapshot.FILE
    good = path.read_text(encoding="utf-8")
    assert snapshot.read(tmp_path / "out").records[0].source_prompt.startswith("a line")
    header = json.loads(good.split("\n")[0])
    for text, words in (
        (good.replace("house", "mouse") if "house" in good else good.replace("line", "lime"), "was changed"),
        (json.dumps({**header, "version": 99}) + "\n", "another form"),
        ("hello\n", "no snapshot"),
        ("", "no snapshot"),
    ):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(SnapshotError, match=words):
            snapshot.read(tmp_path / "out")
    with pytest.raises(SnapshotError, match="preferences export"):
        snapshot.read(tmp_path / "nowhere")


async def test_a_pick_says_that_its_picture_is_better_than_each_of_the_others(
    house: House, tmp_path: Path
) -> None:
    turn = await house.imagined(options=Options(count=3))
    await opt_in(house, ANN, BEN)
    await house.trees.pick(turn.id, BEN, 0)
    await house.trees.pick(turn.id, BEN, 2)  # thought better of it
    found = pairs.picture_pairs(votes.clean(exported(tmp_path), CleaningSettings()), PairSettings())
    first, second, third = (str(image.id) for image in turn.images)
    assert sorted((p.better.key, p.worse.key, p.label, p.why) for p in found) == [
        (third, first, 1.0, "pick"),
        (third, second, 1.0, "pick"),
    ]


async def test_an_edit_painted_over_competes_with_the_one_it_was_asked_instead_of(
    house: House, tmp_path: Path
) -> None:
    first = await house.imagined()
    edit = await refined(house, first, "make it night")
    again = await house.finished(await house.derived.recompose(edit.id, ANN))
    await opt_in(house, ANN, BEN)
    await like(house, again, BEN)
    records = {record.turn: record for record in exported(tmp_path).records}
    assert records[again.id].kind == "recompose"
    assert pairs.context_of(records[again.id]) == pairs.context_of(records[edit.id])
    found = pairs.picture_pairs(votes.clean(exported(tmp_path), CleaningSettings()), PairSettings())
    better = [(p.better.record.turn, p.worse.record.turn, p.why) for p in found]
    assert better == [(again.id, edit.id, "kept")]


async def test_words_that_change_settings_alone_are_no_edit_and_no_part_of_the_wish(
    house: House, tmp_path: Path
) -> None:
    await opt_in(house, ANN)
    first = await house.imagined("a red house")
    larger = await refined(house, first, "16:9, 3 steps please")
    await house.finished(await house.derived.reroll(larger.id, ANN))
    await refined(house, first, "make it night --steps 4")
    _, settings, again, night = exported(tmp_path).records
    for record in (settings, again):
        assert (record.instruction, record.intent, record.llm) == ("", "a red house", None)
        assert record.target_prompt == record.source_prompt == first.target_prompt
    assert (night.instruction, night.intent) == ("make it night", "a red house, make it night")
    found = votes.clean(exported(tmp_path), CleaningSettings())
    assert {item.record.turn for item in pairs.prompts(found)} <= {first.id, night.turn}


async def test_a_record_names_the_arm_that_chose_its_picture_model(tmp_path: Path) -> None:
    experiment = ExperimentSettings(name="painters", compares="models", b="photo")
    photo = NamedImageSettings(model="photo-painter", steps=3, guidance=5.0, width=64, height=64)
    async with open_house(tmp_path / "data", experiment=experiment, named={"photo": photo}) as house:
        await opt_in(house, ANN)
        turns = [await house.imagined("a red house") for _ in range(4)]
    arms = [turn.parameters.arm for turn in turns]
    assert {arm.partition(":")[0] for arm in arms} == {"painters"}
    assert [record.arm for record in exported(tmp_path).records] == arms
