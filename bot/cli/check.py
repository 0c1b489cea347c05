"""`python -m bot check`: prints the report of `bot.ops.preflight`."""

import asyncio
from pathlib import Path

from bot.ops.preflight import findings
from bot.settings import Settings, token_from


def check(settings: Settings, config: Path) -> int:
    """Print every finding; 0 when all are good."""
    return asyncio.run(_print_findings(settings, str(config)))


async def _print_findings(settings: Settings, source: str) -> int:
    bad = 0
    async for finding in findings(settings, source, token_from()):
        print(finding, flush=True)
        bad += not finding.good
    return 1 if bad else 0
