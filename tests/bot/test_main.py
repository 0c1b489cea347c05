"""The command line: exit codes, and a sentence for everything that is wrong."""

import logging
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.__main__ import main, parser
from bot.cli.demo import open_sandbox, with_reports_channel
from bot.sandbox.model.permissions import can_view
from bot.settings import Settings
from bot.store.data_folder import claimed
from bot.version import VERSION

ROOT = Path(__file__).parents[2]


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder with the shipped settings, and no token."""
    shutil.copy(ROOT / "bot.toml", tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DISCORD_TOKEN", raising=False)
    monkeypatch.setattr(logging.getLogger(), "handlers", [])  # the command sets up its own
    return tmp_path


def test_serve_takes_the_models_of_the_settings_file(here, monkeypatch):
    served = []
    monkeypatch.setattr("bot.cli.serve.serve_models", lambda *given: served.append(given))
    (here / "bot.toml").write_text('[preset]\nname = "tiny"\n[image]\nsteps = 7\npreviews = true\n')
    assert main(["serve", "--port", "9", "--queue", "3", "--drain", "5"]) == 0
    ((models, options),) = served
    assert (models.preset, models.image.steps, models.image.previews) == ("tiny", 7, True)
    assert (options.host, options.port, options.queue, options.drain_seconds) == ("127.0.0.1", 9, 3, 5.0)


def test_wrong_settings_are_all_said_at_once(here, capsys):
    (here / "bot.toml").write_text('[preset]\nname = "huge"\n[image]\nsteps = 0\n')
    assert main(["check"]) == 2
    said = capsys.readouterr().err
    assert "2 problems" in said
    assert '[preset] name = "huge": allowed is "tiny"' in said
    assert "[image] steps = 0: allowed is" in said


def test_models_elsewhere_are_not_served_from_here(here, monkeypatch, capsys):
    monkeypatch.setattr("bot.cli.serve.serve_models", lambda *given: pytest.fail("it was started"))
    monkeypatch.setenv("DIFFCHAT__ENGINE__KIND", "remote")
    monkeypatch.setenv("DIFFCHAT__PICTURES_AT__URLS", '["http://127.0.0.1:9/v1"]')
    assert main(["serve"]) == 2
    assert "DIFFCHAT__ENGINE__KIND=local" in capsys.readouterr().err


def test_a_data_folder_that_is_a_file_is_said(here, capsys):
    (here / "kept").write_text("no folder")
    assert main(["--data", "kept", "check"]) == 2
    assert '--data = "kept": allowed is a folder, and there is a file of that name' in capsys.readouterr().err


def test_a_missing_settings_file_is_said(here, capsys):
    assert main(["--config", "nowhere.toml", "check"]) == 2
    assert "there is no such file" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["demo", "run"])
def test_a_model_folder_that_is_not_there_is_said_before_anything_is_started(
    here, monkeypatch, capsys, command
):
    monkeypatch.setenv("DISCORD_TOKEN", "t")
    monkeypatch.setenv("DIFFCHAT__LLM__MODEL", "./no/such/model")
    assert main([command]) == 1
    assert "There is no language model at ./no/such/model" in capsys.readouterr().err
    assert not (here / "data").exists()


def test_run_without_a_token_says_where_to_get_one(here, capsys):
    assert main(["run"]) == 1
    assert "DISCORD_TOKEN is not set" in capsys.readouterr().err


def test_run_takes_no_strangers_for_discord(here, monkeypatch, capsys):
    monkeypatch.setenv("DISCORD_TOKEN", "t")
    assert main(["run", "--discord", "http://example.org"]) == 1
    assert "is not on this machine" in capsys.readouterr().err


def test_the_database_is_made_and_then_up_to_date(here, capsys):
    assert main(["--data", "kept", "db", "check"]) == 0
    assert not (here / "kept").exists()
    assert main(["--data", "kept", "db", "upgrade"]) == 0
    assert "is up to date" in capsys.readouterr().out
    assert (here / "kept" / "diffchat.sqlite").exists()


def test_a_copied_file_is_told_its_place(here, capsys):
    main(["db", "upgrade"])
    assert main(["db", "copy", "data/diffchat.sqlite", "c.sqlite"]) == 0
    assert "put c.sqlite into [store] data_dir as diffchat.sqlite" in capsys.readouterr().out


def test_the_help_of_db_explains_its_actions(capsys):
    with pytest.raises(SystemExit):
        main(["db", "--help"])
    said = capsys.readouterr().out
    for action in ("upgrade", "check", "prune", "copy", "renumber"):
        assert re.search(rf"^  {action} +\w+", said, re.MULTILINE)


def test_no_folder_is_made_for_a_backup(here, capsys):
    main(["db", "upgrade"])
    assert main(["backup", "nope/b.zip"]) == 1
    assert "There is no folder nope" in capsys.readouterr().err
    assert not (here / "nope").exists()


@pytest.mark.parametrize("action", ["check", "upgrade"])
def test_a_database_newer_than_the_code_is_left_alone(here, capsys, action):
    main(["db", "upgrade"])
    with sqlite3.connect(here / "data" / "diffchat.sqlite") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert main(["db", action]) == 1
    said = capsys.readouterr()
    assert "was written by a newer version of this program" in said.out + said.err


def test_check_says_of_every_part_how_it_is(here, capsys):
    assert main(["check", "--quick"]) == 1
    *lines, verdict = capsys.readouterr().out.splitlines()
    assert verdict == "Not ready yet: see the line with !! above (token)."
    assert [line.split()[1] for line in lines] == [
        "settings",
        "database",
        "llm",
        "image",
        "regions",
        "captioner",
        "token",
    ]
    assert lines[-1].startswith("!!  token")


def test_check_tries_the_models(here, capsys):
    assert main(["check"]) == 1
    *lines, verdict = capsys.readouterr().out.splitlines()
    assert verdict.endswith("(token).")
    tried = {
        line.split()[1]: line for line in lines[lines.index(next(x for x in lines if "Loading" in x)) + 1 :]
    }
    assert list(tried) == ["models", "edit", "picture", "captioner", "memory"]
    assert all(line.startswith("OK") for line in tried.values())
    assert "night" in tried["edit"].partition("->")[2]
    assert (here / "data" / "check.png").read_bytes().startswith(b"\x89PNG")
    assert re.search(r"llm \d+\.\d GiB, picture \d+\.\d GiB", tried["memory"])


def test_check_names_an_experiments_missing_folder(here, capsys, monkeypatch):
    monkeypatch.setenv("DIFFCHAT__EXPERIMENT__NAME", "night")
    monkeypatch.setenv("DIFFCHAT__EXPERIMENT__B", "./no/such/adapter")
    assert main(["check"]) == 1
    said = capsys.readouterr().out
    assert re.search(r"^!!  experiment .*\./no/such/adapter", said, re.MULTILINE)
    assert "Loading the models" not in said


def test_help_names_every_command():
    assert all(command in parser().format_help() for command in ("demo", "init", "run", "check", "db"))


@pytest.mark.parametrize(
    ("started", "name"), [("/x/bot/__main__.py", "python -m bot"), ("/usr/bin/diffchat", "diffchat")]
)
def test_help_says_the_name_by_which_the_program_was_started(monkeypatch, started, name):
    monkeypatch.setattr("sys.argv", [started])
    assert parser().format_help().startswith(f"usage: {name} ")
    assert f"{name} demo" in parser().format_help().replace("\n", " ")


def test_the_version_is_said(capsys):
    with pytest.raises(SystemExit, match="0"):
        main(["--version"])
    assert capsys.readouterr().out == f"DiffChat {VERSION}\n"


def test_init_writes_the_shipped_settings_and_never_over_a_file(here, capsys):
    shipped = (here / "bot.toml").read_bytes()
    assert main(["init"]) == 1
    assert "is there already" in capsys.readouterr().err
    assert main(["--config", "other.toml", "init"]) == 0
    assert (here / "other.toml").read_bytes() == shipped


def test_init_in_a_folder_that_is_not_there_is_said(here, capsys):
    assert main(["--config", "nowhere/bot.toml", "init"]) == 1
    assert "nowhere/bot.toml cannot be written (No such file or directory)" in capsys.readouterr().err


def test_without_a_settings_file_a_server_is_refused_and_told_of_init(here, capsys):
    (here / "bot.toml").unlink()
    assert main(["run"]) == 2
    assert "`init` writes one" in capsys.readouterr().err


def test_the_demo_does_without_a_settings_file(here, monkeypatch):
    given = []

    def demo(settings: Settings, _port: int | None) -> int:
        given.append(settings)
        return 0

    monkeypatch.setattr("bot.cli.demo.demo", demo)
    (here / "bot.toml").unlink()
    assert main(["demo"]) == 0
    assert given == [Settings.model_validate({"store": {"data_dir": Path("data/demo")}})]
    assert main(["--data", "kept", "demo"]) == 0
    assert given[1].store.data_dir == Path("kept")


def test_a_file_named_for_the_demo_must_be_there(here, capsys):
    assert main(["--config", "nowhere.toml", "demo"]) == 2
    assert "there is no such file" in capsys.readouterr().err


async def test_a_port_in_use_gives_way_to_the_next_free_one(tmp_path, capsys):
    settings = Settings.model_validate({"store": {"data_dir": tmp_path}})
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        async with AsyncExitStack() as stack:
            sandbox = await open_sandbox(stack, settings, port)
            assert sandbox.url != f"http://127.0.0.1:{port}"
    assert f"Port {port} is in use" in capsys.readouterr().out


def test_a_second_process_on_the_data_folder_is_refused(here, capsys, monkeypatch):
    monkeypatch.setenv("DISCORD_TOKEN", "t")
    with claimed(here / "data", "run"):
        for command in (
            ["run"],
            ["--data", "data", "demo"],
            ["db", "upgrade"],
            ["db", "check", "--mend"],
            ["restore", "x.zip"],
        ):
            assert main(command) == 1, command
            assert "data is in use by 'run'" in capsys.readouterr().err
        assert main(["db", "check"]) == 0  # a look changes nothing


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
@pytest.mark.parametrize("command", [["check", "--quick"], ["db", "check"], ["db", "upgrade"]])
def test_a_disk_that_takes_nothing_is_told_before_the_start(here, command):
    assert main(["db", "upgrade"]) == 0
    unwritable = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)); "
    program = unwritable + "from bot.__main__ import main; sys.exit(main(sys.argv[1:]))"
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    run = subprocess.run(
        [sys.executable, "-c", program, *command],
        check=False,
        cwd=here,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 1
    assert "data cannot be read or written" in run.stdout + run.stderr


def test_a_data_folder_that_cannot_be_made_is_no_ok(here, capsys):
    (here / "file").touch()
    assert main(["--data", "file/data", "check", "--quick"]) == 1
    assert "!!  database" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["a?b", "50%", "a#b", "mode=ro&x", "späße"])
def test_a_data_folder_may_have_any_name(here, name):
    assert main(["--data", name, "db", "upgrade"]) == 0
    assert main(["--data", name, "db", "check"]) == 0
    assert (here / name / "diffchat.sqlite").exists()
    assert {path.name for path in here.iterdir()} == {"bot.toml", name}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_what_is_kept_is_closed_to_other_accounts(here):
    assert main(["db", "upgrade"]) == 0
    for path in (here / "data", *(here / "data").iterdir()):
        assert path.stat().st_mode & 0o077 == 0, path


async def test_the_demo_has_a_channel_for_reports_that_moderators_see(tmp_path):
    settings = Settings.model_validate_json(
        f'{{"store": {{"data_dir": "{tmp_path}"}}, "sandbox": {{"port": 0}}}}'
    )
    for _ in range(2):  # the second start finds the channel of the first
        async with AsyncExitStack() as stack:
            sandbox = await open_sandbox(stack, settings, 0)
            world = sandbox.hub.world
            channel = world.channel(with_reports_channel(settings, sandbox).safety.reports_channel)
            owner = next(iter(world.guilds.values())).owner_id
            seeing = {user.id for user in world.users.values() if can_view(world, channel, user.id)}
            assert seeing == {owner, world.bot.id}
            assert [c.name for c in world.channels.values()].count(channel.name) == 1


def test_a_part_of_the_shards_needs_a_database_that_processes_share(here, capsys, monkeypatch):
    monkeypatch.setenv("DISCORD_TOKEN", "token")
    assert main(["run", "--shards", "0-1/4"]) == 1
    assert "several processes need one PostgreSQL database, [store] url" in capsys.readouterr().err
