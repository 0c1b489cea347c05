"""Real weights in the loop: `python -m tests.real weights` and `python -m tests.real edits`.

`weights` fetches and converts the model that `make test-real` uses. `edits` measures versions of the few-shot
prompt on one half of people's edits and prints tables: first the means, then the differences from the first
version and from "joined", both with 95 % intervals of the paired bootstrap. Answers are kept as they come
(`.real/answers/`); the same command goes on where it was stopped.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.real.weights import FOLDER, MODEL, WeightsMissing, prepare


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command."""
    arguments = _parser().parse_args(argv)
    try:
        prepare()
    except WeightsMissing as error:
        print(error, file=sys.stderr)
        return 1
    return _edits(arguments) if arguments.command == "edits" else 0


def _parser() -> argparse.ArgumentParser:
    from tests.real.edits import HALVES
    from tests.real.versions import VERSIONS

    parser = argparse.ArgumentParser("python -m tests.real", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("weights", help="fetch and convert the weights")
    edits = commands.add_parser("edits", help="measure on people's edits")
    edits.add_argument("--data", type=Path, default=os.environ.get("DIFFCHAT_EDITS"), help="DIFFCHAT_EDITS")
    edits.add_argument("--model", default=str(MODEL), help="folder of the instruct model")
    edits.add_argument("--half", choices=HALVES, default="train")
    edits.add_argument("--version", nargs="+", choices=list(VERSIONS), default=list(VERSIONS))
    edits.add_argument("--trained", help="folder of a DiffChat checkpoint to measure beside them")
    edits.add_argument("--limit", type=int, help="only the first edits of the half")
    return parser


def _edits(arguments: argparse.Namespace) -> int:
    from tests.real.edits import answers, load, read_half
    from tests.real.scores import report
    from tests.real.versions import VERSIONS

    if arguments.data is None or not Path(arguments.data).is_file():
        print("Name the file of people's edits by --data or DIFFCHAT_EDITS.", file=sys.stderr)
        return 1
    edits = read_half(Path(arguments.data), arguments.half)[: arguments.limit]
    systems = {}
    for model, names in ((arguments.model, arguments.version), (arguments.trained, ["today"])):
        if model is None:
            continue
        llm, called = load(model), Path(model).name
        for name in names:
            path = FOLDER / "answers" / f"{called}-{name}.jsonl"
            version = None if model == arguments.trained else VERSIONS[name]
            got = answers(llm, VERSIONS[name], edits, path)
            systems[name if version else called] = version, got
    print(report(edits, systems, arguments.version[0]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
