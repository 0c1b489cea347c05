"""The commands of the reaction loop: each step of a round reads what the step before wrote."""

from __future__ import annotations

import argparse
import json
import logging
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from training.config.preference_settings import LanguageTuning, ReactionsConfig
    from training.config.settings import PolicySettings
    from training.preferences.registry import Verdict
    from training.preferences.votes import Cleaned

log = logging.getLogger(__name__)

Guard = Callable[[Callable[[argparse.Namespace], None]], Callable[[argparse.Namespace], int]]


def add_commands(commands: Any, guarded: Guard) -> None:
    """Add them to the subparsers of the command line; `guarded` turns errors into words."""
    parts = commands.add_parser("preferences", help="a server's votes as preference data").add_subparsers(
        required=True, metavar="STEP"
    )
    for where, name, words, run in (
        (parts, "export", "the bot's database to a snapshot", _export),
        (parts, "clean", "which votes count, and why others do not", _clean),
        (parts, "pairs", "pairs and labels, as files", _pairs),
        (parts, "scorer", "tune the preference scorer", _scorer),
        (parts, "report", "an HTML page about the round", _report),
        (commands, "dpo", "the language model learns from pairs of prompts", _dpo),
        (commands, "kto", "the language model learns from liked and disliked prompts", _kto),
        (commands, "promote", "make an adapter the bot's, if it passes the gate", _promote),
        (commands, "rollback", "the adapter before it again", _rollback),
        (commands, "winrate", "two adapters or picture models compared by a server's votes", _winrate),
    ):
        parser = where.add_parser(name, help=words)
        parser.add_argument("--config", type=Path, required=True, help="a TOML file; see training/configs/")
        parser.add_argument(
            "--set", action="append", default=[], metavar="A.B=C", dest="overrides", help="change one setting"
        )
        parser.set_defaults(run=guarded(run))
        if name == "promote":
            parser.add_argument("method", choices=["dpo", "kto", "ppo"], help="how the adapter was learnt")
            parser.add_argument("--adapter", type=Path, help="its folder, unless it is METHOD of the output")
        elif name == "rollback":
            parser.add_argument("--to", default="", help="an older one, by its name")
        elif name == "winrate":
            parser.add_argument(
                "--a", required=True, help="name of model and adapter, as turns carry it, or an arm, NAME:a"
            )
            parser.add_argument("--b", required=True, help="the other one, likewise")
    table = commands.add_parser("gate-table", help="how often the gate promotes what, by number of votes")
    table.add_argument("--margin", type=float, default=0.1, help="gate.votes_margin")
    table.add_argument("--error", type=float, default=0.05, help="gate.votes_error")
    table.add_argument("--seed", type=int, default=0, help="of the simulation")
    table.set_defaults(run=guarded(_gate_table))


def _settings(args: argparse.Namespace) -> ReactionsConfig:
    from training.config import toml
    from training.config.preference_settings import ReactionsConfig

    return toml.load(ReactionsConfig, args.config, args.overrides)


def cleaned(settings: ReactionsConfig) -> Cleaned:
    """The round's snapshot after cleaning. Raises NothingToLearn where it says nothing."""
    from training.errors import NothingToLearn
    from training.preferences import snapshot, votes

    found = votes.clean(snapshot.read(Path(settings.output)), settings.cleaning)
    if not found.acts:
        raise NothingToLearn(
            "The snapshot holds no votes that count: see `python -m training preferences clean` for what was "
            "dropped, and whether people opted in with /privacy."
        )
    people = {act.person for act in found.acts}
    if len(people) == 1:
        raise NothingToLearn("All votes are of one person: a taste cannot be told from a whim. Collect more.")
    if len({(act.value > 0) for act in found.acts}) == 1:
        raise NothingToLearn("All votes say the same, so nothing is better than anything else. Collect more.")
    return found


def _export(args: argparse.Namespace) -> None:
    from training.preferences import export

    settings = _settings(args)
    header = export.export(settings.export, Path(settings.output)).header
    _say(f"{header.records} turns, snapshot {header.sha256[:12]}")
    for reason, count in header.left_out.items():
        _say(f"left out: {count} {reason}")


def _clean(args: argparse.Namespace) -> None:
    from training.preferences import snapshot, votes

    settings = _settings(args)
    found = votes.clean(snapshot.read(Path(settings.output)), settings.cleaning)
    people = {act.person for act in found.acts}
    _say(f"{len(found.acts)} acts of {len(people)} people count; on average {found.prior:.0%} likes")
    for reason, count in found.dropped.items():
        _say(f"dropped: {count} acts, {reason}")
    for note in found.notes:
        _say(note)
    report: dict[str, Any] = {"acts": len(found.acts), "people": len(people), "prior": found.prior}
    report |= {"dropped": dict(found.dropped), "notes": list(found.notes)}
    path = Path(settings.output) / "cleaning.json"
    path.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


def _pairs(args: argparse.Namespace) -> None:
    from training.preferences import formats, pairs, votes

    settings = _settings(args)
    output = Path(settings.output)
    chosen = settings.pairs
    for folder, part in zip(("train", "held-out"), votes.split(cleaned(settings)), strict=True):
        rows = {
            "dpo": formats.dpo_rows(pairs.prompt_pairs(part, chosen)),
            "kto": formats.kto_rows(pairs.labels(part, chosen)),
            "pictures": formats.picture_rows(pairs.picture_pairs(part, chosen), chosen.seed),
        }
        if folder == "train" and chosen.public_share:
            public = formats.read_public(Path(chosen.public))
            rows["pictures"] = formats.mixed(rows["pictures"], public, chosen.public_share, chosen.seed)
        for name, found in rows.items():
            formats.write(output / folder / f"{name}.jsonl", found)
        _say(f"{folder}: " + ", ".join(f"{len(found)} {name}" for name, found in rows.items()))


def _rows(settings: ReactionsConfig, part: str, name: str) -> list[Any]:
    from training.errors import NothingToLearn
    from training.preferences import formats

    path = Path(settings.output) / part / f"{name}.jsonl"
    if not path.is_file():
        raise NothingToLearn(f"There is no {path}: run `python -m training preferences pairs` first.")
    return formats.read(path)


def _scorer(args: argparse.Namespace) -> None:
    from training.preferences import export, scorer

    settings = _settings(args)
    output = Path(settings.output)
    folder = scorer.train(
        _rows(settings, "train", "pictures"),
        _rows(settings, "held-out", "pictures"),
        export.pictures_folder(settings.export, output),
        settings.scorer,
        output / "scorer",
    )
    _say(f"written: {folder}; {(folder / scorer.NUMBERS).read_text(encoding='utf-8').strip()}")


def _dpo(args: argparse.Namespace) -> None:
    from training.preferences import language

    settings = _settings(args)
    rows = _rows(settings, "train", "dpo")
    _say(f"written: {language.dpo(rows, tuning(settings), Path(settings.output) / 'dpo')}")


def _kto(args: argparse.Namespace) -> None:
    from training.preferences import language

    settings = _settings(args)
    rows = _rows(settings, "train", "kto")
    _say(f"written: {language.kto(rows, tuning(settings), Path(settings.output) / 'kto')}")


def tuning(settings: ReactionsConfig) -> LanguageTuning:
    """The round's settings of DPO and KTO; where they name no adapter they start from the current one."""
    from model.overlay import overlaid
    from training.preferences import registry

    root, chosen = Path(settings.gate.adapters), settings.tuning
    if chosen.policy.adapter or not registry.existing(root):
        return chosen
    return overlaid(chosen, {"policy": {"adapter": str(registry.current(root))}})


def _promote(args: argparse.Namespace) -> None:
    from training.errors import CheckpointError
    from training.preferences import learning_report, registry, snapshot

    settings = _settings(args)
    output, root = Path(settings.output), Path(settings.gate.adapters)
    adapter = args.adapter or output / args.method
    if not (adapter / "adapter_config.json").is_file():
        raise CheckpointError(
            f"There is no adapter in {adapter}: run `python -m training {args.method}` first."
        )
    bare = settings.tuning.policy.model_copy(update={"adapter": ""})
    verdicts = _judged(settings, bare, adapter)
    digest = snapshot.read(output).header.sha256[:12]
    folder = registry.promote(root, adapter, args.method, digest, bare, verdicts)
    shutil.copy(folder / registry.LINEAGE, output / learning_report.GATE / registry.LINEAGE)
    _say(f"promoted: {folder}; the bot takes it with /admin reload")


def _judged(settings: ReactionsConfig, bare: PolicySettings, adapter: Path) -> list[Verdict]:
    """The gate's verdicts on an adapter, said and kept for the report."""
    from training.preferences import gate, learning_report, registry

    root, shown = Path(settings.gate.adapters), Path(settings.output) / learning_report.GATE
    for stale in (registry.LINEAGE, learning_report.VERDICTS):
        (shown / stale).unlink(missing_ok=True)
    now = (
        bare.model_copy(update={"adapter": str(registry.current(root))}) if registry.existing(root) else bare
    )
    new = bare.model_copy(update={"adapter": str(adapter)})
    verdicts = gate.judge(now, new, _rows(settings, "held-out", "kto"), settings.gate, shown)
    text = json.dumps([verdict.as_json() for verdict in verdicts], indent=1) + "\n"
    (shown / learning_report.VERDICTS).write_text(text, encoding="utf-8")
    for verdict in verdicts:
        _say(verdict.said())
    return verdicts


def _gate_table(args: argparse.Namespace) -> None:
    from training.preferences import gate_table

    _say(gate_table.write(args.margin, args.error, args.seed))


def _rollback(args: argparse.Namespace) -> None:
    from training.preferences import registry

    folder = registry.rollback(Path(_settings(args).gate.adapters), args.to)
    _say(f"current again: {folder}; the bot takes it with /admin reload")


def _winrate(args: argparse.Namespace) -> None:
    from training.preferences import snapshot, votes, winrate

    settings = _settings(args)
    found = votes.clean(snapshot.read(Path(settings.output)), settings.cleaning)
    result = winrate.winrate(found, args.a, args.b)
    for name, count, rate in zip((args.a, args.b), result.conversations, result.rates, strict=True):
        _say(f"{name}: {count} conversations, {rate.mean:.1%} likes ({rate.low:.1%} to {rate.high:.1%})")
    wins = result.wins
    _say(f"B does better in {wins.mean:.1%} of comparisons ({wins.low:.1%} to {wins.high:.1%})")
    _say(f"B minus A: {result.low:+.3f} to {result.high:+.3f}, valid whenever you look")
    _say(f"verdict: {result.verdict}")


def _report(args: argparse.Namespace) -> None:
    from training.preferences import export, report

    settings = _settings(args)
    output = Path(settings.output)
    pictures = export.pictures_folder(settings.export, output)
    _say(f"written: {report.write(cleaned(settings), pictures, output)}")


def _say(words: str) -> None:
    print(words)  # noqa: T201  a command line prints
