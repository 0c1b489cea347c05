"""Command lines whose help leaves nothing out: what a command does, and what its options are by default."""

import argparse
from typing import Any


class Defaults(argparse.HelpFormatter):
    """Adds to an option's help its default, where it has one and the words do not say it."""

    def _get_help_string(self, action: argparse.Action) -> str | None:
        words = action.help
        given = action.default not in (None, False, "", argparse.SUPPRESS) and action.default != []
        takes_value = bool(action.option_strings) and action.nargs != 0
        if words and given and takes_value and "default" not in words and "%(default)" not in words:
            return f"{words} (default: %(default)s)"
        return words


class Lines(Defaults, argparse.RawDescriptionHelpFormatter):
    """Keeps the lines of a description as they are."""


class Parser(argparse.ArgumentParser):
    """Repeats in the help of a command what the list of the commands says of it."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **{"formatter_class": Defaults, **given})
        self.register("action", "parsers", _Commands)


class _Commands(argparse._SubParsersAction):  # type: ignore[type-arg]  # noqa: SLF001  # it has no public name
    def add_parser(self, name: str, **given: Any) -> Any:
        if words := given.get("help"):
            given.setdefault("description", f"{words[:1].upper()}{words[1:]}.")
        return super().add_parser(name, **given)
