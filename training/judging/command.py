"""`python -m training judge`: people compare what methods made, and the report on what they said."""

from __future__ import annotations

import asyncio
import json
import webbrowser
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from training.judging.answers import Answer
    from training.judging.comparisons import Material

ANSWERS = "answers.jsonl"


def add_command(commands: Any, guarded: Callable[[Callable[[argparse.Namespace], None]], object]) -> None:
    """Add it to the subparsers of the command line."""
    parser = commands.add_parser(
        "judge", help="people compare methods blind, in a local page; win rates after"
    )
    parser.add_argument(
        "results", type=Path, nargs="+", metavar="RESULTS", help="folders that `evaluate` wrote"
    )
    parser.add_argument(
        "--output", type=Path, default=Path("runs/judging"), help="where answers and report lie"
    )
    parser.add_argument("--count", type=int, default=100, help="comparisons that each judge is asked")
    parser.add_argument("--repeats", type=float, default=0.1, help="share that is asked twice, sides changed")
    parser.add_argument("--seed", type=int, default=0, help="which comparisons, in which order")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--open", action="store_true", help="open the page in the browser")
    parser.add_argument("--report", action="store_true", help="no page: print and write the report")
    parser.set_defaults(run=guarded(run))


def run(args: argparse.Namespace) -> None:
    """Serve the page until Ctrl+C, then write the report; with --report write it at once.

    Raises ResultsError for what cannot be compared, and for settings out of range.
    """
    from training.errors import ResultsError
    from training.judging.answers import AnswerFile
    from training.judging.comparisons import read
    from training.judging.server import JudgingRoom

    if args.count < 1 or not 0 <= args.repeats <= 1:
        raise ResultsError("--count is 1 or more, and --repeats a share from 0 to 1.")
    material = read(args.results)
    answers = AnswerFile(args.output / ANSWERS)
    try:
        if not args.report:
            room = JudgingRoom(material, answers, count=args.count, repeats=args.repeats, seed=args.seed)
            _serve(room, args)
        if answers.all():
            _write_report(material, answers.all(), args.output)
        else:
            print("No answers yet: run it without --report and judge.")  # noqa: T201  a command line prints
    finally:
        answers.close()


def _serve(room: Any, args: argparse.Namespace) -> None:
    from training.judging.server import serve

    def ready(url: str) -> None:
        different, same = len(room.material.different), len(room.material.same)
        print(f"{different} comparisons; {same} more show one picture twice and count as ties.")  # noqa: T201
        print(f"Judge at {url}  (Ctrl+C ends; the answers are in {args.output / ANSWERS})", flush=True)  # noqa: T201
        if args.open:
            webbrowser.open(url)

    try:
        asyncio.run(serve(room, args.port, ready))
    except KeyboardInterrupt:
        print()  # noqa: T201  after the ^C that terminals show


def _write_report(material: Material, answers: list[Answer], output: Path) -> None:
    from training.judging.markdown import markdown
    from training.judging.report import report
    from training.judging.server import report_page

    made = report(material, answers)
    (output / "report.json").write_text(
        json.dumps(asdict(made), indent=1, ensure_ascii=False) + "\n", "utf-8"
    )
    (output / "report.html").write_text(report_page(material, answers), "utf-8")
    print(markdown(made))  # noqa: T201  a command line prints
    print(f"written: {output / 'report.html'}")  # noqa: T201  a command line prints
