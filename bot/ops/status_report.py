"""How the running bot is, in the words of `/admin status`."""

import asyncio
import shutil

from bot.client.client import Services
from bot.i18n import Language
from bot.store.guilds import EVERYWHERE
from bot.texts import admin as words
from bot.version import VERSION
from model.engine import Engine, Supervised, WorkerState

_ERRORS = 5  # the last so many are told


async def report(services: Services, language: Language, guild_id: int, errors_of: int | None) -> str:
    """Version, gate, queue, workers, disk and the last errors of a server (None: of all)."""
    gate, queue = services.gate, services.queue
    shut = gate.draining or await gate.paused(EVERYWHERE)
    disk = await asyncio.to_thread(shutil.disk_usage, services.settings.store.data_dir)
    failures = await services.jobs.last_failures(_ERRORS, errors_of)
    lines = [
        words.STATUS_HEAD(language, version=VERSION, preset=services.settings.preset.name),
        words.status_gate(draining=gate.draining, everywhere=shut, here=await gate.paused(guild_id))(
            language
        ),
        words.status_queue(language, queue.waiting, queue.running, queue.pace.seconds),
        *(words.status_worker(language, w) for w in _workers(services.engine)),
        words.status_disk(language, disk.free, disk.total),
        *(
            words.STATUS_FAILURE(language, job_id=f.job_id, cause=f.cause, at=int(f.at.timestamp()))
            for f in failures
        ),
    ]
    return "\n".join(lines)


def _workers(engine: Engine) -> tuple[WorkerState, ...]:
    return engine.workers() if isinstance(engine, Supervised) else ()
