"""The command line, `python -m bot` or `diffchat`: demo, init, run, check, serve, db, backup, restore.

Exit codes: 0 well, 1 something failed or is not ready, 2 wrong settings or usage.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.errors import OperatorError, SettingsError
from bot.settings import Settings, load_settings
from bot.settings.shards import parse_range
from bot.version import VERSION
from model.command_line import Lines, Parser
from model.errors import ModelError
from model.serving.openai_server.options import ServeOptions

Command = Callable[[argparse.Namespace], int]

SETTINGS_FILE = Path("bot.toml")

DB_ACTIONS = """Look after the database.

  upgrade   make it, or bring it to this version; `run` and `demo` do so by themselves
  check     whether it and the picture files fit each other; changes nothing without --mend
  prune     remove now what is older than [retention] allows, as happens every night
  copy      copy one database into another, empty one: SQLite to PostgreSQL or back
  renumber  after a database's own restore: give out no number that it gave out before"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand and return its exit code; every expected failure is one sentence on stderr."""
    args = parser().parse_args(argv)
    try:
        os.umask(0o077)  # what the bot keeps is people's own: no other account of this machine reads it
        command: Command = args.command
        return command(args)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    except (OperatorError, ModelError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    name = _program_name()
    top = Parser(
        prog=name,
        description="Make pictures by talking, on Discord.",
        epilog=f"To look round: {name} demo. For your own server, one after another: init, check, run.",
    )
    top.add_argument("--version", action="version", version=f"DiffChat {VERSION}")
    top.add_argument("--config", type=Path, default=SETTINGS_FILE, help="settings (default: %(default)s)")
    top.add_argument("--data", type=Path, help="data folder, instead of [store] data_dir")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    _add_demo(commands)
    init = commands.add_parser("init", help="write a bot.toml with every setting and its default")
    init.set_defaults(command=_init)
    run = commands.add_parser("run", help="the bot on a real server; the token is read from DISCORD_TOKEN")
    run.add_argument("--discord", metavar="URL", help="a sandbox on this machine to connect to, for tests")
    run.add_argument(
        "--shards",
        type=_shards,
        metavar="RANGE",
        help="one process's part of the shards, as 0-3/16, instead of [discord] shards",
    )
    run.set_defaults(command=_run)
    check = commands.add_parser("check", help="whether settings, database, models and token are right")
    check.add_argument("--quick", action="store_true", help="without one edit and one picture for a trial")
    check.set_defaults(command=_check)
    serve = commands.add_parser("serve", help="serve these models to bots on other machines; no token")
    ServeOptions.add_to(serve)
    serve.set_defaults(command=_serve)
    database = commands.add_parser(
        "db",
        help="look after the database",
        description=DB_ACTIONS,
        formatter_class=Lines,
    )
    database.add_argument(
        "action", choices=["upgrade", "check", "prune", "copy", "renumber"], help="what to do"
    )
    database.add_argument(
        "addresses", nargs="*", metavar="FROM TO", help="with copy: two databases, each a file or a URL"
    )
    database.add_argument("--mend", action="store_true", help="with check: also put right what is wrong")
    database.add_argument(
        "--dry-run", action="store_true", help="with prune: only say how many turns would go"
    )
    database.set_defaults(command=_db)
    for name, words, which, action in (
        (
            "backup",
            "write database and pictures into one file, also while the bot runs",
            "a new file, as diffchat.zip",
            _backup,
        ),
        (
            "restore",
            "bring database and pictures of a backup back, to where no database is yet; no bot may run there",
            "what `backup` wrote",
            _restore,
        ),
    ):
        whole = commands.add_parser(name, help=words)
        whole.add_argument("file", type=Path, help=which)
        whole.set_defaults(command=action)
    return top


def _add_demo(commands: "argparse._SubParsersAction[Parser]") -> None:
    demo = commands.add_parser("demo", help="everything on this machine, in the browser; needs no token")
    demo.add_argument("--port", type=int, help="port of the page, instead of [sandbox] port")
    demo.set_defaults(command=_demo)


def _shards(words: str) -> str:
    """The words of --shards, where they name a range."""
    try:
        parse_range(words)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{words!r}: allowed is {error}") from error
    return words


def _program_name() -> str:
    """How the program was started, as its help repeats it."""
    return "python -m bot" if Path(sys.argv[0]).name == "__main__.py" else "diffchat"


def _set_up(args: argparse.Namespace, *, needs_file: bool = True) -> Settings:
    """The settings, with --data laid over them, and the log as they ask for it."""
    from bot.cli.init import shipped_file
    from bot.telemetry.logs import log_to_stderr

    missing = args.config == SETTINGS_FILE and not SETTINGS_FILE.exists()
    file = shipped_file() if missing and not needs_file else args.config
    settings = load_settings(file, data_dir=args.data)
    log_to_stderr(settings.logging.level, settings.logging.format)
    return settings


# Each command reads its settings before it imports its part: a mistake in them is said without that wait.


def _demo(args: argparse.Namespace) -> int:
    """The demo does without a settings file: whoever only looks round need not write one first.

    Without --data it keeps its people and pictures in a folder of its own, as they are no one's on Discord.
    """
    settings = _set_up(args, needs_file=False)
    if args.data is None:
        store = settings.store.model_copy(update={"data_dir": settings.store.data_dir / "demo"})
        settings = settings.model_copy(update={"store": store})
    from bot.cli.demo import demo

    return demo(settings, args.port)


def _init(args: argparse.Namespace) -> int:
    from bot.cli.init import init

    return init(args.config)


def _run(args: argparse.Namespace) -> int:
    settings = _set_up(args)
    if args.shards is not None:
        part = settings.discord.model_copy(update={"shards": args.shards})
        settings = settings.model_copy(update={"discord": part})
    from bot.cli.run import run

    return run(settings, args.discord)


def _check(args: argparse.Namespace) -> int:
    settings = _set_up(args)
    from bot.cli.check import check

    return check(settings, args.config, quick=args.quick)


def _serve(args: argparse.Namespace) -> int:
    settings = _set_up(args)
    from bot.cli.serve import serve

    return serve(settings, ServeOptions.given(args))


def _db(args: argparse.Namespace) -> int:
    settings = _set_up(args)
    from bot.cli.db import copy, prune, renumber, upgrade_or_check

    if (args.action == "copy") != bool(args.addresses) or len(args.addresses) not in {0, 2}:
        raise OperatorError("Only `db copy` takes databases, and exactly two: db copy FROM TO")
    if args.action == "copy":
        return copy(*args.addresses)
    if args.action == "renumber":
        return renumber(settings)
    if args.action == "prune":
        return prune(settings, dry_run=args.dry_run)
    return upgrade_or_check(settings, args.action, mend=args.mend)


def _backup(args: argparse.Namespace) -> int:
    settings = _set_up(args)
    from bot.cli.backup import back_up

    return back_up(settings, args.file)


def _restore(args: argparse.Namespace) -> int:
    settings = _set_up(args)
    from bot.cli.backup import restore

    return restore(settings, args.file)


if __name__ == "__main__":
    sys.exit(main())
