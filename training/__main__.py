"""`python -m training`: every training command in one place; each imports its part only when it runs."""

from __future__ import annotations

import argparse
import errno
import logging
import sys
from typing import TYPE_CHECKING

from model.command_line import Parser
from training.commands import add_commands
from training.tiny import command as tiny

if TYPE_CHECKING:
    from collections.abc import Sequence

EXTRA = ("choix", "datasets", "jinja2", "krippendorff", "scipy", "tensorboard", "trl")
"""Packages of the extra "train": the bot runs without them."""


GOES_ON = "the same command goes on from what was saved, or begins anew where nothing was"


def parser() -> argparse.ArgumentParser:
    """The command line; a new method adds its sub-command here."""
    top = Parser(prog="python -m training", description="Train the models of DiffChat.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    add_commands(commands)
    tiny.add_arguments(commands.add_parser("tiny", help="the embedded checkpoints, from drawing to export"))
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    top = parser()
    args, rest = top.parse_known_args(arguments)
    if rest and not hasattr(args, "rest"):
        top.error(f"unrecognized arguments: {' '.join(rest)}")
    args.rest = rest
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    try:
        return int(args.run(args))
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        what_now = " Make room; the same command goes on from the last checkpoint." if full else ""
        print(f"error: {error}.{what_now}", file=sys.stderr)
        return 2
    except KeyboardInterrupt as error:
        print(f"stopped; {error if error.args else GOES_ON}", file=sys.stderr)
        return 130
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package not in EXTRA:
            raise
        print(
            f'error: training needs the package "{package}", which is not installed: run `make train`.',
            file=sys.stderr,
        )
        return 2


if __name__ == "__main__":
    sys.exit(main())
