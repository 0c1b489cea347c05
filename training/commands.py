"""The sub-commands of `python -m training` for data, methods and evaluation; each loads its part when run."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from training.data.published import PUBLISHED
from training.data.wordnet.table import TABLE
from training.judging import command as judge_command
from training.preferences import commands as preference_commands

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator


def add_commands(commands: Any) -> None:
    """Add them to the subparsers of the command line."""
    preference_commands.add_commands(commands, _guarded)
    judge_command.add_command(commands, _guarded)
    _add_data(commands)
    _add_tables(commands)
    _add_export(commands)
    for name, words, run in (
        ("sft", "supervised fine-tuning", _sft),
        (
            "rl",
            "reinforcement learning (PPO, RLOO, GRPO) from pictures, preference and content integrity",
            _rl,
        ),
        ("evaluate", "methods side by side", _evaluate),
        ("ablation", "what each part of DiffChat adds, several seeds each", _ablation),
        ("arms", "ways to learn conversations, several seeds each", _arms),
        ("ways", "which way to change a picture does what was asked and keeps the rest", _ways),
        ("text-reward", "a text-only reward model from scored pictures", _text_reward),
        ("beautify", "the InstructPE recipe: caption edits to examples", _beautify),
    ):
        # "ppo" is what the command was called when it knew nothing else
        parser = commands.add_parser(name, help=words, aliases=["ppo"] if name == "rl" else [])
        parser.add_argument("--config", type=Path, required=True, help="a TOML file; see training/configs/")
        parser.add_argument(
            "--set", action="append", default=[], metavar="A.B=C", dest="overrides", help="change one setting"
        )
        parser.set_defaults(run=_guarded(run))
        if name in ("ablation", "arms"):
            parser.add_argument("--jobs", type=int, default=1, help="runs trained at the same time")
        if name == "arms":
            parser.add_argument("--run", metavar="ARM@SEED", dest="only", help="only this one run")


def _add_data(commands: Any) -> None:
    """What looks at a data set, and what downloads or converts a published one."""
    kinds = commands.add_parser("data", help="look at a data set, or download a published one")
    kinds = kinds.add_subparsers(required=True, metavar="WHAT")
    one = kinds.add_parser("inspect", help="check a data set and describe it")
    one.add_argument("source", help="a file, an address, hub:OWNER/NAME, or tinyworld:COUNT")
    one.set_defaults(run=_guarded(_inspect))
    for name, published in PUBLISHED.items():
        one = kinds.add_parser(name, help=published.says)
        one.add_argument("--output", type=Path, default=Path("data") / name, help="folder")
        words = "in place of the documented addresses, in order"
        one.add_argument("--url", nargs="+", default=[], metavar="URL", help=words)
        one.set_defaults(run=_guarded(_published), name=name)
    one = kinds.add_parser("i2ebench", help="edits of pictures for `ways`, from a checkout of I2EBench")
    one.add_argument("--checkout", type=Path, required=True, help="its folder, with its pictures")
    one.add_argument("--output", type=Path, default=Path("data/i2ebench"), help="folder")
    one.set_defaults(run=_guarded(_i2ebench))
    one = kinds.add_parser("gedit", help="edits of pictures for `ways`: GEdit-Bench")
    one.add_argument(
        "--source",
        default="hub:stepfun-ai/GEdit-Bench",
        help="of the hub, or a folder",
    )
    one.add_argument("--language", choices=("en", "cn"), default="en", help="of the instructions")
    one.add_argument("--output", type=Path, default=Path("data/gedit"), help="folder")
    one.set_defaults(run=_guarded(_gedit))
    one = kinds.add_parser("wordnet", help="the table of synonyms that content integrity reads, from NLTK's")
    one.add_argument("--output", type=Path, default=TABLE, help="file to write")
    one.set_defaults(run=_guarded(_wordnet))


def _add_tables(commands: Any) -> None:
    """What makes tables: from raw results, and the simulation of intervals."""
    tables = commands.add_parser("tables", help="the tables of raw results, without rerunning anything")
    tables.add_argument(
        "files", nargs="*", type=Path, help="raw.json of an evaluation, or docs/results/*.json"
    )
    tables.add_argument(
        "--write", action="store_true", help="renew the tables in docs/*.md from docs/results"
    )
    tables.set_defaults(run=_guarded(_tables))
    intervals = commands.add_parser("intervals", help="how often 95 %% intervals hold the truth")
    intervals.add_argument(
        "--trials", type=int, default=2000, help="simulated tables for each number of seeds"
    )
    intervals.add_argument("--seed", type=int, default=0, help="of the simulation")
    intervals.add_argument("--out", type=Path, help="a JSON file to keep the raw result in")
    intervals.set_defaults(run=_guarded(_intervals))
    agreed = commands.add_parser(
        "integrity", help="how far content integrity agrees with a reader of people's edits"
    )
    agreed.add_argument(
        "--edits", type=Path, required=True, help="JSON lines of source, instruction and target"
    )
    agreed.add_argument("--out", type=Path, help="a JSON file to keep the raw result in")
    agreed.set_defaults(run=_guarded(_integrity))


def _add_export(commands: Any) -> None:
    """A trained model as one folder for the bot, transformers and vLLM."""
    parser = commands.add_parser("export", help="a trained model or adapter as one folder of whole weights")
    parser.add_argument("source", help="folder or hub id of a checkpoint or adapter, as RUN/best")
    parser.add_argument("--out", type=Path, required=True, help="a new folder")
    parser.add_argument("--base", default="", help="an adapter's base model; otherwise the one that it names")
    parser.add_argument(
        "--dtype", choices=("auto", "float32", "bfloat16", "float16"), default="auto", help="what is stored"
    )
    parser.set_defaults(run=_guarded(_export))


def _guarded(run: Callable[[argparse.Namespace], None]) -> Callable[[argparse.Namespace], int]:
    """Errors that are meant for people become their message and exit code 2."""

    def guarded(args: argparse.Namespace) -> int:
        from model.errors import ModelError
        from training.errors import TrainingError

        try:
            run(args)
        except (TrainingError, ModelError) as error:
            print(f"error: {error}", file=sys.stderr)  # noqa: T201  a command line prints
            return 2
        return 0

    return guarded


def _inspect(args: argparse.Namespace) -> None:
    from training.config.settings import are_conversations
    from training.data import conversations, examples, sources

    if are_conversations(args.source):
        print(conversations.describe(conversations.open_conversations(args.source)))  # noqa: T201
        return
    found = sources.open_source(args.source)
    print(examples.describe(found))  # noqa: T201  a command line prints
    beside = "; selection and test are drawn in addition" if sources.draws_its_parts(args.source) else ""
    print(f"\nsplit: {sources.load(args.source)}{beside}")  # noqa: T201


def _export(args: argparse.Namespace) -> None:
    from training.recipes import export

    _tell(export.export(args.source, args.out, args.base, args.dtype))


def _i2ebench(args: argparse.Namespace) -> None:
    from training.evaluation.ways import benchmarks

    count = benchmarks.write(benchmarks.i2ebench(args.checkout), args.output)
    print(f"{args.output}: {count} edits")  # noqa: T201  a command line prints


def _gedit(args: argparse.Namespace) -> None:
    from training.evaluation.ways import benchmarks

    count = benchmarks.write(benchmarks.gedit(args.source, args.language), args.output)
    print(f"{args.output}: {count} edits")  # noqa: T201


def _published(args: argparse.Namespace) -> None:
    from training.data import published

    for line in published.get(args.name, args.output, args.url):
        print(line)  # noqa: T201  a command line prints


@contextmanager
def _stoppable(output: str) -> Iterator[None]:
    """Ctrl-C in the block says where the run in `output` goes on."""
    try:
        yield
    except KeyboardInterrupt as stop:
        from training.core import checkpoint

        saved = checkpoint.existing(Path(output))
        begins = "nothing was saved yet, so the same command begins anew"
        raise KeyboardInterrupt(f"the same command goes on from {saved[-1]}" if saved else begins) from stop


def _sft(args: argparse.Namespace) -> None:
    from training.config import toml
    from training.config.settings import SftConfig
    from training.recipes import sft

    settings = toml.load(SftConfig, args.config, args.overrides)
    with _stoppable(settings.output):
        _tell(sft.train(settings))


def _rl(args: argparse.Namespace) -> None:
    from training.config import toml
    from training.config.rl_settings import RlConfig
    from training.rl import run

    settings = toml.load(RlConfig, args.config, args.overrides)
    with _stoppable(settings.output):
        _tell(run.train(settings))


def _evaluate(args: argparse.Namespace) -> None:
    from training.config import toml
    from training.config.settings import EvaluateConfig
    from training.evaluation import evaluate, markdown

    settings = toml.load(EvaluateConfig, args.config, args.overrides)
    print(markdown.markdown(evaluate.evaluate(settings, _made_by(args))))  # noqa: T201  a command line prints
    _tell(Path(settings.output) / "index.html")


def _ablation(args: argparse.Namespace) -> None:
    from training.config import toml
    from training.config.ablation_settings import AblationConfig
    from training.evaluation import ablation

    settings = toml.load(AblationConfig, args.config, args.overrides)
    _tell(ablation.ablate(settings, args.jobs, _made_by(args)))


def _arms(args: argparse.Namespace) -> None:
    from training.config import toml
    from training.config.arms_settings import ArmsConfig
    from training.tiny import arms

    settings = toml.load(ArmsConfig, args.config, args.overrides)
    if args.only:
        _tell(arms.run(settings, args.only))
        return
    changes = [part for change in args.overrides for part in ("--set", change)]
    command = ("-m", "training", "arms", "--config", str(args.config), *changes)
    _tell(arms.compare(settings, command, args.jobs))


def _ways(args: argparse.Namespace) -> None:
    from training.config import toml
    from training.config.ways_settings import WaysConfig
    from training.evaluation.ways import compare
    from training.tiny.ways import world

    settings = toml.load(WaysConfig, args.config, args.overrides)
    _tell(compare.compare(settings, world, compare.machine()))


def _text_reward(args: argparse.Namespace) -> None:
    from training.config import toml
    from training.config.settings import TextRewardConfig
    from training.recipes import train_text_reward

    _tell(train_text_reward.run(toml.load(TextRewardConfig, args.config, args.overrides)))


def _beautify(args: argparse.Namespace) -> None:
    from training.config import toml
    from training.config.settings import BeautifyConfig
    from training.recipes import beautify

    _tell(beautify.run(toml.load(BeautifyConfig, args.config, args.overrides)))


def _tables(args: argparse.Namespace) -> None:
    from training.errors import ConfigError
    from training.evaluation import tables

    if not args.files and not args.write:
        needed = "name files of raw results, as docs/results/*.json, or give --write, which renews docs/*.md"
        raise ConfigError(f"There is nothing to make tables of: {needed}.", [])
    for file in args.files:
        print(tables.tables_of(file))  # noqa: T201  a command line prints
    for page in tables.write(Path()) if args.write else ():
        _tell(page)


def _intervals(args: argparse.Namespace) -> None:
    from training.evaluation import intervals
    from training.evaluation.results import write_raw

    raw = intervals.simulate(args.trials, args.seed)
    print(intervals.table_of(raw))  # noqa: T201  a command line prints
    if args.out:
        write_raw(raw, args.out)
        _tell(args.out)


def _integrity(args: argparse.Namespace) -> None:
    from training.evaluation import agreement
    from training.evaluation.results import write_raw

    raw = agreement.measure_all(args.edits)
    print(agreement.table_of(raw))  # noqa: T201  a command line prints
    if args.out:
        write_raw(raw, args.out)
        _tell(args.out)


def _wordnet(args: argparse.Namespace) -> None:
    from training.data.wordnet import build

    _tell(build.build(args.output))


def _made_by(args: argparse.Namespace) -> str:
    """The command as it stands in results, to be given again."""
    changes = "".join(f" --set {change}" for change in args.overrides)
    return f".venv/bin/python -m training {args.command} --config {args.config}{changes}"


def _tell(path: Path) -> None:
    print(f"written: {path}")  # noqa: T201  a command line prints
