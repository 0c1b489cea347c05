"""`python -m bot check [--quick]`: prints the report of `bot.ops.preflight`, then that of `bot.ops.trial`."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from bot.ops.preflight import MODEL_SUBJECTS, findings
from bot.ops.trial import SMALL, trial_findings
from bot.settings import Settings, servers_from, token_from
from model.serving.choice import engine_for


def check(settings: Settings, config: Path, *, quick: bool = False) -> int:
    """Print every finding; 0 when all are good. With `quick` no model is loaded, no picture asked for."""
    return asyncio.run(_print_findings(settings, str(config), quick=quick))


async def _print_findings(settings: Settings, source: str, *, quick: bool) -> int:
    bad: list[str] = []
    async for finding in findings(settings, source, token_from()):
        print(finding, flush=True)
        if not finding.good:
            bad.append(finding.subject)
    # models and servers that are known to be missing need not be tried to say so again
    if not quick and MODEL_SUBJECTS.isdisjoint(bad):
        print(announcement(settings), flush=True)
        async for finding in trial_findings(settings, engine_for(settings.models(), *servers_from(settings))):
            print(finding, flush=True)
            if not finding.good:
                bad.append(finding.subject)
    print(verdict(bad), flush=True)
    return 1 if bad else 0


def verdict(bad: Sequence[str]) -> str:
    """The last line: whether the bot can be started, and which lines above say what is to be done first."""
    if not bad:
        return "Ready: `run` starts the bot."
    subjects = ", ".join(dict.fromkeys(bad))
    return f"Not ready yet: see {'the line' if len(bad) == 1 else 'the lines'} with !! above ({subjects})."


def announcement(settings: Settings) -> str:
    """What the trial is going to do, said before it: a picture from a server elsewhere may cost money."""
    if not settings.pictures_elsewhere:
        return "Loading the models for one edit and one picture (--quick does without)..."
    return (
        f"Asking the servers for one edit and one picture of at most {SMALL}x{SMALL}, or of the size in "
        "[image] where they refuse that; one that is paid will bill it (--quick does without)..."
    )
