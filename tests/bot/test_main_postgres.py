"""The commands on PostgreSQL: moving there, looking after it, and what is said of it; never a password."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.__main__ import main
from bot.errors import SettingsError
from bot.settings import Settings, load_settings
from bot.store import migrate
from tests.postgres import Server


@pytest.fixture
def url(postgres: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty database, named by its URL with a password in the environment."""
    made = make_url(postgres.empty()).set(password="geheim").render_as_string(hide_password=False)
    monkeypatch.setenv("DIFFCHAT__STORE__URL", made)
    yield made
    postgres.drop(made)


def test_a_bot_moves_and_is_looked_after(
    tmp_path: Path, url: str, postgres: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    old, data = tmp_path / "data" / "diffchat.sqlite", ["--data", str(tmp_path / "data")]
    migrate.upgrade(old)
    with closing(sqlite3.connect(old)) as connection, connection:
        connection.execute("INSERT INTO users VALUES (5, 1, NULL, '{}', '2026-01-01 00:00:00', NULL)")
    assert main([*data, "db", "copy", str(old), url]) == 0
    said = capsys.readouterr().out
    assert "users: 1 of 1" in said
    assert "Next: name it in [store] url" in said
    assert "Picture files" in said
    assert main([*data, "db", "copy", str(old), url]) == 1
    assert "is not empty" in capsys.readouterr().err
    for command, words in (
        (["db", "upgrade"], "is up to date"),
        (["db", "check"], "every row has its file"),
        (["db", "prune"], "everything is kept"),
        (["db", "renumber"], "behind a random gap"),
        (["backup", str(tmp_path / "backup.zip")], "the database and 0 pictures"),
    ):
        assert main([*data, *command]) == 0
        out = capsys.readouterr()
        assert words in out.out
        said += out.out + out.err
    postgres.query("DROP SCHEMA public CASCADE", url)
    postgres.query("CREATE SCHEMA public", url)
    assert main([*data, "restore", str(tmp_path / "backup.zip")]) == 0
    said += capsys.readouterr().out
    assert postgres.query("SELECT user_id FROM users", url) == [{"user_id": 5}]
    assert main([*data, "db", "copy", url, str(tmp_path / "back.sqlite")]) == 0
    assert migrate.revision_of(tmp_path / "back.sqlite") == migrate.latest_revision()
    assert "geheim" not in said + capsys.readouterr().out


@pytest.mark.usefixtures("url")
def test_check_looks_at_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DISCORD_TOKEN", raising=False)
    data = ["--data", str(tmp_path / "data")]
    assert main([*data, "check", "--quick"]) == 1
    assert "is empty; its tables will be made at the first start" in capsys.readouterr().out
    assert main([*data, "db", "upgrade"]) == 0
    capsys.readouterr()
    assert main([*data, "check", "--quick"]) == 1, "there is no token"
    out = capsys.readouterr().out
    assert "OK  database" in out
    assert "is up to date" in out
    assert "geheim" not in out


@pytest.mark.parametrize("arguments", [["copy"], ["copy", "one"], ["check", "one"], ["copy", "a", "b", "c"]])
def test_copy_takes_two_databases_and_nothing_else_does(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["db", *arguments]) == 1
    assert "db copy FROM TO" in capsys.readouterr().err


def test_a_copy_of_nothing_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["db", "copy", str(tmp_path / "nothing.sqlite"), str(tmp_path / "there.sqlite")]) == 1
    assert "There is no database at" in capsys.readouterr().err
    assert not (tmp_path / "there.sqlite").exists()


def test_a_url_is_never_shown_again(tmp_path: Path) -> None:
    path = tmp_path / "bot.toml"
    path.write_text('[store]\nurl = "mysql://bot:geheim@host/bot"')
    with pytest.raises(SettingsError, match="allowed is") as raised:
        load_settings(path, {})
    assert "geheim" not in str(raised.value)
    settings = Settings.model_validate({"store": {"url": "postgresql://bot:geheim@host/bot"}})
    assert "geheim" not in repr(settings)
