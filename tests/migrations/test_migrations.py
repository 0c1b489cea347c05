"""Migrations: up, down, without drift, all or nothing, and not on a database that is newer or none at all."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from bot.errors import DatabaseBusy, DatabaseNewer, NotADatabase, StoreError
from bot.store import engines, migrate
from bot.store.schema import Base

SEARCH = "gallery_search"  # tables of SQLite's own, which are no part of the schema


def tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {name for (name,) in names if not name.startswith(("sqlite_", "alembic_", SEARCH))}


def execute(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "diffchat.sqlite"


def test_up_makes_every_table_of_the_schema(path: Path) -> None:
    assert migrate.revision_of(path) is None
    migrate.upgrade(path)
    assert tables(path) == set(Base.metadata.tables)
    assert migrate.revision_of(path) == migrate.latest_revision()


def test_the_migrated_database_does_not_drift_from_the_schema(path: Path) -> None:
    migrate.upgrade(path)
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        known = {"include_name": lambda name, _, __: not (name or "").startswith(SEARCH)}
        context = MigrationContext.configure(connection, opts={"compare_type": True, **known})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def numbered(path: Path) -> set[str]:
    """The tables that give no number out twice."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        return {name for name, sql in rows if "AUTOINCREMENT" in (sql or "")}


def given_out(path: Path) -> dict[str, int]:
    """The highest number that each table gave out so far."""
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute("SELECT name, seq FROM sqlite_sequence"))


def test_ids_of_ours_are_never_used_twice(path: Path) -> None:
    migrate.upgrade(path)
    assert numbered(path) == {
        "conversations",
        "turns",
        "jobs",
        "images",
        "votes",
        "reports",
        "own_words",
        "showcase",
    }


def give_a_number_out(path: Path, table: str) -> None:
    """Give one number of the table to a row that is deleted again, after which row 1 is there."""
    with closing(sqlite3.connect(path)) as connection, connection:
        columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
        needed = [(name, kind) for _, name, kind, not_null, default, _ in columns if not_null and not default]
        values = {name: "{}" if "CHAR" in kind or kind in {"TEXT", "JSON"} else 1 for name, kind in needed}
        values |= {name: "2026-01-01 00:00:00" for name, kind in needed if kind == "DATETIME"}
        values.pop("id")
        names, marks = ", ".join(values), ", ".join("?" for _ in values)
        insert = f"INSERT INTO {table} ({names}) VALUES ({marks})"
        connection.execute(insert, [*values.values()])
        connection.execute(f"DELETE FROM {table}")
        connection.execute(f"INSERT INTO {table} (id, {names}) VALUES (1, {marks})", [*values.values()])


def test_no_way_down_and_up_again_gives_a_number_out_twice(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate.upgrade(path)
    whole = numbered(path)
    for table in whole:
        give_a_number_out(path, table)
    before = given_out(path)
    assert before.keys() == whole
    script = ScriptDirectory.from_config(migrate._config())
    for step in [step.down_revision for step in script.walk_revisions() if step.down_revision]:
        migrate.downgrade(path, str(step))
        there = whole & tables(path)
        assert numbered(path) == there, f"at {step}"
        assert given_out(path).items() >= {name: before[name] for name in there}.items(), f"at {step}"
    monkeypatch.setattr("bot.store.numbering.gap", lambda: 5000)
    migrate.upgrade(path)
    assert numbered(path) == whole
    # those that were made anew begin behind a random gap
    assert given_out(path) == {name: before[name] if name in there else 5000 for name in whole}


def test_down_takes_every_table_away_and_up_brings_them_back(path: Path) -> None:
    migrate.upgrade(path)
    execute(
        path,
        "INSERT INTO users (user_id, training_consent, preferences, created_at) "
        "VALUES (5, 1, '{}', '2026-01-01 00:00:00')",
    )
    migrate.downgrade(path, "base")
    assert tables(path) == set()
    migrate.upgrade(path)
    assert tables(path) == set(Base.metadata.tables)


def test_a_first_versions_database_keeps_its_pictures_uncovered(path: Path) -> None:
    migrate.upgrade(path)
    migrate.downgrade(path, "0001")
    now = "'2026-01-01 00:00:00'"
    execute(path, f"INSERT INTO conversations VALUES (1, 5, 6, 7, 8, 'a fox', NULL, NULL, {now})")
    execute(
        path,
        "INSERT INTO turns (id, conversation_id, kind, origin, author_id, follows_head, instruction, "
        "source_prompt, parameters, created_at) "
        f"VALUES (1, 1, 'imagine', 'slash', 8, 0, '', 'a fox', '{{}}', {now})",
    )
    execute(
        path,
        "INSERT INTO images (turn_id, position, sha256, path, seed, width, height, created_at) "
        f"VALUES (1, 0, 'ab', 'ab/ab.png', 7, 64, 64, {now})",
    )
    migrate.upgrade(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT sha256, spoiler FROM images").fetchall() == [("ab", 0)]
        assert connection.execute("SELECT count(*) FROM reports").fetchone() == (0,)


def test_pictures_started_from_before_keep_their_words_and_go_back_with_them(path: Path) -> None:
    migrate.upgrade(path)
    migrate.downgrade(path, "0002")
    now = "'2026-01-01 00:00:00'"
    execute(path, f"INSERT INTO conversations VALUES (1, 5, 6, 7, 8, 'a fox', NULL, NULL, {now})")
    turn = (
        "INSERT INTO turns (id, conversation_id, kind, origin, author_id, follows_head, instruction, "
        "source_prompt, target_prompt, parameters, created_at) VALUES "
    )
    execute(path, f"{turn} (1, 1, 'imagine', 'slash', 8, 0, '', 'a fox', 'a fox, soft', '{{}}', {now})")
    migrate.upgrade(path)
    asked = "SELECT origin, instruction, source_prompt FROM turns ORDER BY id"
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute(asked).fetchall() == [("slash", "", "a fox")]
        assert connection.execute("SELECT count(*) FROM brought_pictures").fetchone() == (0,)
    execute(path, f"{turn} (2, 1, 'imagine', 'picture', 8, 0, 'add snow', '', NULL, '{{}}', {now})")
    execute(
        path, f"{turn} (3, 1, 'imagine', 'picture', 8, 0, 'add rain', 'a box', 'a wet box', '{{}}', {now})"
    )
    execute(path, "INSERT INTO brought_pictures VALUES (2, 'ab', NULL)")
    migrate.downgrade(path, "0002")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute(asked).fetchall() == [
            ("slash", "", "a fox"),
            ("message", "", "add snow"),
            ("message", "add rain", "a box"),
        ]


def test_pictures_of_before_are_in_the_gallery_with_their_votes_and_are_found_by_their_words(
    path: Path,
) -> None:
    migrate.upgrade(path)
    migrate.downgrade(path, "0009")
    now = "'2026-01-01 00:00:00'"
    execute(path, f"INSERT INTO conversations VALUES (1, 5, 6, 7, 8, 'a fox', NULL, NULL, {now})")
    for turn, seconds in ((1, "2.5"), (2, "NULL")):  # the second only shows the first one's picture again
        execute(
            path,
            "INSERT INTO turns (id, conversation_id, kind, origin, author_id, follows_head, instruction, "
            "source_prompt, target_prompt, parameters, seconds, created_at, finished_at) VALUES "
            f"({turn}, 1, 'imagine', 'slash', 8, 0, '', '', 'A Fox, at night.dark', '{{}}', {seconds}, "
            f"{now}, {now})",
        )
        execute(
            path,
            "INSERT INTO images (turn_id, position, sha256, path, seed, width, height, message_id, "
            f"created_at) VALUES ({turn}, 0, 'ab', 'ab/ab.png', 7, 64, 64, 9{turn}, {now})",
        )
    vote = "INSERT INTO votes (image_id, user_id, kind, emoji, value, is_self, created_at) VALUES "
    execute(
        path, f"{vote} (1, 9, 'reaction', '\u2764', 2, 0, {now}), (1, 8, 'reaction', '\u2764', 2, 1, {now})"
    )
    migrate.upgrade(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute(
            "SELECT turn_id, guild_id, votes, hearts, words FROM gallery"
        ).fetchall() == [(1, 5, 2, 1, "a fox at night dark")]
        found = "SELECT rowid FROM gallery_search WHERE gallery_search MATCH 'dark'"
        assert connection.execute(found).fetchall() == [(1,)]
        assert connection.execute("SELECT count(*) FROM users WHERE showing IS NOT NULL").fetchone() == (0,)


def test_a_second_upgrade_changes_nothing_and_makes_no_copy(path: Path) -> None:
    migrate.upgrade(path)
    before = path.read_bytes()
    migrate.upgrade(path)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_copy_is_kept_of_a_database_in_use(path: Path) -> None:
    migrate.upgrade(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute(
            "INSERT INTO users (user_id, training_consent, preferences, created_at) "
            "VALUES (5, 1, '{}', '2026-01-01 00:00:00')"
        )
        copy = migrate.back_up(path, "before-0002")
    assert copy.name == "diffchat.before-0002.sqlite"
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT user_id FROM users").fetchall() == [(5,)]


def test_a_newer_database_is_refused_untouched(path: Path) -> None:
    migrate.upgrade(path)
    execute(path, "UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()
    with pytest.raises(
        DatabaseNewer, match=rf"9999.*known here up to {migrate.latest_revision()}.*update the program"
    ):
        migrate.upgrade(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused_untouched(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("I am a shopping list. " * 100)
    with pytest.raises(NotADatabase, match=r"diffchat\.sqlite is no SQLite database"):
        migrate.upgrade(path)
    assert path.read_text().startswith("I am a shopping list.")


def test_a_folder_in_place_of_the_file_is_said_so(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(StoreError, match="cannot be opened"):
        migrate.upgrade(path)


def test_a_file_in_place_of_the_folder_is_said_so(path: Path) -> None:
    path.parent.write_text("")
    with pytest.raises(StoreError, match="cannot be read or written"):
        migrate.upgrade(path)


def test_a_database_locked_by_another_program_is_said_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "BUSY_TIMEOUT_S", 0.05)
    path.parent.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DatabaseBusy, match="locked"):
            migrate.upgrade(path)


def test_a_failing_migration_leaves_the_database_as_it_was(path: Path) -> None:
    path.parent.mkdir()
    execute(path, "CREATE TABLE votes (id INTEGER)")  # in the way of the last table of the first migration
    with pytest.raises(Exception, match="votes already exists"):
        migrate.upgrade(path)
    assert tables(path) == {"votes"}
    assert migrate.revision_of(path) is None


def test_what_a_turn_called_its_model_is_its_lora_and_goes_back(path: Path) -> None:
    migrate.upgrade(path)
    migrate.downgrade(path, "0005")
    now = "'2026-01-01 00:00:00'"
    execute(path, f"INSERT INTO conversations VALUES (1, 5, 6, 7, 8, 'a fox', NULL, NULL, {now})")
    turn = (
        "INSERT INTO turns (id, conversation_id, kind, origin, author_id, follows_head, instruction, "
        "source_prompt, parameters, created_at) VALUES "
    )
    for number, kept in enumerate(('{"seed": 1, "model": "comic"}', '{"seed": 2, "model": null}'), 1):
        execute(path, f"{turn} ({number}, 1, 'imagine', 'slash', 8, 0, '', 'a fox', '{kept}', {now})")
    migrate.upgrade(path)

    def stored() -> list[dict[str, object]]:
        with closing(sqlite3.connect(path)) as connection:
            rows = connection.execute("SELECT parameters FROM turns ORDER BY id")
            return [json.loads(text) for (text,) in rows]

    assert stored() == [
        {"seed": 1, "model": None, "loras": "comic"},
        {"seed": 2, "model": None, "loras": ""},
    ]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT cost FROM turns").fetchall() == [(1,), (1,)]
    mixed = '{"seed": 3, "model": "photo", "loras": "comic:0.5 + ink"}'
    execute(path, f"UPDATE turns SET parameters = '{mixed}' WHERE id = 2")
    migrate.downgrade(path, "0005")
    assert stored() == [{"seed": 1, "model": "comic"}, {"seed": 3, "model": "comic"}]


def test_the_gallerys_words_are_made_anew_and_found(path: Path) -> None:
    migrate.upgrade(path)
    migrate.downgrade(path, "0010")
    now = "'2026-01-01 00:00:00'"
    execute(path, f"INSERT INTO conversations VALUES (1, 5, 6, 7, 8, 'a fox', NULL, NULL, {now})")
    execute(
        path,
        "INSERT INTO turns (id, conversation_id, kind, origin, author_id, follows_head, instruction, "
        "source_prompt, parameters, created_at, target_prompt) VALUES "
        f"(1, 1, 'imagine', 'slash', 8, 0, '', 'x', '{{}}', {now}, 'Café, 雪の狐')",
    )
    execute(
        path,
        "INSERT INTO images (id, turn_id, position, path, sha256, width, height, seed, created_at) "
        f"VALUES (1, 1, 0, 'x', 'x', 8, 8, 1, {now})",
    )
    execute(path, "INSERT INTO gallery VALUES (1, 1, 5, 6, 8, 0, 0, 'café 雪の狐')")

    def found(*words: str) -> list[int]:
        with closing(sqlite3.connect(path)) as connection:
            query = "SELECT count(*) FROM gallery_search WHERE gallery_search MATCH ?"
            return [connection.execute(query, (word,)).fetchone()[0] for word in words]

    assert found("café", "cafe", "狐") == [1, 0, 0]
    migrate.upgrade(path)
    assert found("café", "cafe", "狐", '"の 狐"') == [0, 1, 1, 1]
    migrate.downgrade(path, "0010")
    assert found("café", "cafe", "狐") == [1, 0, 0]


def test_deleted_turns_of_before_lose_the_words_among_their_parameters(path: Path) -> None:
    migrate.upgrade(path)
    migrate.downgrade(path, "0014")
    now = "'2026-01-01 00:00:00'"
    execute(path, f"INSERT INTO conversations VALUES (1, 5, 6, 7, 8, 'a fox', NULL, NULL, {now})")
    numbers: dict[str, object] = {"seed": 7, "steps": 8}
    words = {
        "style": "mine",
        "negative_prompt": "fog",
        "style_words": ", as a dream",
        "changes": {"steps": 8},
    }
    for turn, deleted in ((1, now), (2, "NULL"), (3, now)):
        stored = json.dumps(numbers | (words if turn < 3 else {}))
        execute(
            path,
            "INSERT INTO turns (id, conversation_id, kind, origin, author_id, follows_head, instruction, "
            "source_prompt, parameters, created_at, deleted_at) "
            f"VALUES ({turn}, 1, 'imagine', 'slash', 8, 0, '', '', '{stored}', {now}, {deleted})",
        )
    migrate.upgrade(path)
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT parameters FROM turns ORDER BY id").fetchall()
    bare = numbers | {"style": None, "negative_prompt": "", "style_words": "", "changes": None}
    assert [json.loads(stored) for (stored,) in rows] == [bare, numbers | words, numbers]
