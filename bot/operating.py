"""How the running bot is, in the words of `/admin status`."""

import asyncio
import shutil

from bot import words
from bot.client import Services
from bot.store.guilds import EVERYWHERE
from bot.version import VERSION
from model.engine import Supervised

_ERRORS = 5  # the last so many are told


async def report(services: Services, guild_id: int, errors_of: int | None) -> str:
    """Version, gate, queue, workers, disk and the last errors of a server (None: of all)."""
    gate, queue = services.gate, services.queue
    shut = gate.draining or await gate.paused(EVERYWHERE)
    disk = await asyncio.to_thread(shutil.disk_usage, services.settings.store.data_dir)
    failures = await services.jobs.last_failures(_ERRORS, errors_of)
    engine = services.engine
    lines = [
        words.status_head(VERSION, services.settings.preset.name),
        words.status_gate(draining=gate.draining, everywhere=shut, here=await gate.paused(guild_id)),
        words.status_queue(queue.waiting, queue.running, queue.pace.seconds),
        *(words.status_worker(w) for w in (engine.workers() if isinstance(engine, Supervised) else ())),
        words.status_disk(disk.free, disk.total),
        *(words.status_failure(f.job_id, f.cause, int(f.at.timestamp())) for f in failures),
    ]
    return "\n".join(lines)
