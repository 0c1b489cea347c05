"""Every command that a document shows is run by a test, or it is said why not; and its options exist."""

import shlex
from functools import cache

import pytest

from bot.__main__ import parser as bot_parser
from model.__main__ import _parser as model_parser
from tests.docs.commands import COMMANDS, NotRun
from tests.docs.shown import ROOT, commands, plain, shown
from training.__main__ import parser as training_parser

SHOWN = shown()
PARSERS = {"bot": bot_parser, "model": model_parser, "training": training_parser}
# Not complete commands: a program's name, an option in a sentence
NAMES_ONLY = {"bot", "model paint --negative"}
PARSED = sorted(command for command in SHOWN if command.split()[0] in PARSERS and command not in NAMES_ONLY)


def row(command: str) -> str | None:
    """The key of `COMMANDS` that stands for a command."""
    keys = [key for key in COMMANDS if f"{command} ".startswith(f"{key} ") or _continued(command, key)]
    return max(keys, key=len, default=None)


def _continued(command: str, key: str) -> bool:
    """Targets of make go on without a space: `make lint-page`."""
    return command.startswith(f"{key}-")


@cache
def text_of(file: str) -> str:
    return (ROOT / file).read_text(encoding="utf-8")


def test_every_shown_command_has_its_test_or_a_reason() -> None:
    unknown = {command: page for command, page in SHOWN.items() if row(command) is None}
    assert unknown == {}, "each needs a row in tests/docs/commands.py"


def test_no_row_is_left_of_a_command_that_is_shown_no_more() -> None:
    assert set(COMMANDS) - {row(command) for command in SHOWN} == set()


def test_the_tests_that_are_named_exist() -> None:
    named = {entry.test for entry in COMMANDS.values() if not isinstance(entry, NotRun)}
    for file, name in (test.split("::") for test in named):
        assert f"def {name}(" in text_of(file), f"{file}::{name}"


@pytest.mark.parametrize("command", PARSED)
def test_the_options_of_our_programs_exist(command: str) -> None:
    program, *arguments = shlex.split(command)
    known, rest = PARSERS[program]().parse_known_args(arguments)
    assert rest == [] or hasattr(known, "rest")  # stages of `training tiny` read theirs themselves


def test_commands_are_found_where_documents_show_them() -> None:
    page = (
        "# A\n\n```sh\ncd /srv && make demo   # a comment\n"
        "A=1 .venv/bin/python -m training sft \\\n  --x y\n```\n\n"
        "    .venv/bin/python -m bot.sandbox --port 1\n\nSay `.venv/bin/diffchat check` or `make lint`, "
        "never `plain code`.\n\n```toml\n[llm]\n```\n"
    )
    assert commands(page) == [
        "cd /srv",
        "make demo",
        "training sft --x y",
        "bot.sandbox --port 1",
        "bot check",
        "make lint",
    ]
    assert plain("runuser --user diffchat -- .venv/bin/diffchat --data /x check") == "bot check"
