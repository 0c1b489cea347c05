"""How the running bot is, in the words of `/admin status`."""

import asyncio
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path

from bot.domain.limits import Allowance, GuildRules, ModelRule
from bot.i18n import Language, Text
from bot.jobs.progress import LOADING_S
from bot.jobs.queue import JobQueue
from bot.services.admission import Admission
from bot.settings import LimitsSettings
from bot.store.guilds import EVERYWHERE
from bot.store.jobs import JobStore
from bot.texts import admin as words
from bot.version import VERSION
from model.engine import Engine, Supervised, WorkerState

_SHOWN = 20  # channels, roles or role limits that one answer lists
_LONGEST = 2000  # characters of a message
_ERRORS = 5  # the last so many are told


class StatusReport:
    """Reads the state of the parts when it is asked for.

    `preset` names the models, `data_dir` the disk, `limits` how long each stage may take.
    """

    def __init__(
        self,
        *,
        admission: Admission,
        queue: JobQueue,
        jobs: JobStore,
        engine: Engine,
        preset: str,
        data_dir: Path,
        limits: LimitsSettings,
    ) -> None:
        self._admission = admission
        self._queue = queue
        self._jobs = jobs
        self._engine = engine
        self._preset = preset
        self._data_dir = data_dir
        self._limits = limits

    async def text(self, language: Language, guild_id: int, errors_of: int | None) -> str:
        """Version, admission, queue, workers, disk and the last errors of a server (None: of all)."""
        admission, queue = self._admission, self._queue
        shut = admission.draining or await admission.paused(EVERYWHERE)
        here = await admission.paused(guild_id)
        disk = await asyncio.to_thread(shutil.disk_usage, self._data_dir)
        failures = await self._jobs.last_failures(_ERRORS, errors_of)
        lines = [
            words.STATUS_HEAD(language, version=VERSION, preset=self._preset),
            status_admission(draining=admission.draining, everywhere=shut, here=here)(language),
            status_queue(language, queue.waiting, queue.running, queue.pace.seconds),
            status_limits(language, self._limits),
            *(status_worker(language, w) for w in _workers(self._engine)),
            status_disk(language, disk.free, disk.total),
            *(
                words.STATUS_FAILURE(language, job_id=f.job_id, cause=f.cause, at=int(f.at.timestamp()))
                for f in failures
            ),
        ]
        return "\n".join(lines)


def _workers(engine: Engine) -> tuple[WorkerState, ...]:
    return engine.workers() if isinstance(engine, Supervised) else ()


def amounts(language: Language, settings: Mapping[str, int]) -> str:
    """Limits of one person, in words; "" where none is named."""
    found = [
        text(language, amount=settings[key] or words.ANY_NUMBER)
        for key, text in words.AMOUNTS.items()
        if key in settings
    ]
    return ", ".join(found)


def server_rules(language: Language, rules: GuildRules, everybody: Allowance) -> str:
    """What the moderators of a server set; `everybody` is what comes of that and the operator's limits."""
    allowed = amounts(language, {name: getattr(everybody, name) for name in words.AMOUNTS})
    if not rules.limits:
        allowed = words.AS_THE_OPERATOR_SET(language, amounts=allowed)
    lines = [words.FOR_EVERYBODY(language, amounts=allowed)]
    lines += [
        words.FOR_A_ROLE(language, role=role, amounts=amounts(language, table))
        for role, table in sorted(rules.by_role.items())[:_SHOWN]
    ]
    channels = " ".join(f"<#{channel}>" for channel in sorted(rules.channels)[:_SHOWN])
    roles = " ".join(f"<@&{role}>" for role in sorted(rules.roles)[:_SHOWN])
    lines += [
        words.CHANNELS(language, channels=channels or words.ALL_CHANNELS),
        words.ROLES(language, roles=roles or words.ALL_ROLES),
        words.UPLOADS(language, who=words.WHOSE_UPLOADS[rules.uploads]),
    ]
    return "\n".join(lines)


def model_rules(language: Language, rules: GuildRules, models: Collection[str]) -> str:
    """Where and for whom each model is; `models` are those there are now."""
    lines = []
    for name in sorted({*models, *rules.models})[:_SHOWN]:
        rule = rules.models.get(name, ModelRule())
        channels = " ".join(f"<#{channel}>" for channel in sorted(rule.channels)[:_SHOWN])
        roles = " ".join(f"<@&{role}>" for role in sorted(rule.roles)[:_SHOWN])
        line = words.A_MODEL(
            language,
            model=name,
            channels=channels or words.ALL_CHANNELS,
            roles=roles or words.ALL_ROLES,
        )
        lines.append(line if name in models else words.A_GONE_MODEL(language, line=line))
    return "\n".join(lines)[:_LONGEST] or words.NO_MODELS(language)


def status_admission(*, draining: bool, everywhere: bool, here: bool) -> Text:
    """Whether anything new is taken on."""
    if draining:
        return words.STATUS_DRAINING
    if everywhere:
        return words.STATUS_PAUSED_EVERYWHERE
    return words.STATUS_PAUSED if here else words.STATUS_OPEN


def status_queue(language: Language, waiting: int, running: int, seconds: float | None) -> str:
    """How busy the bot is; `seconds` is what a picture takes lately, if that can be told."""
    pace = "" if seconds is None else words.STATUS_PACE(language, seconds=seconds)
    return words.STATUS_QUEUE(language, waiting=waiting, running=running, pace=pace)


def status_limits(language: Language, limits: LimitsSettings) -> str:
    """How long each stage may take; a picture that is the first to be looked at waits for that model too."""
    write, first = limits.edit_timeout_s, limits.edit_timeout_s + LOADING_S
    return words.STATUS_LIMITS(language, write=write, first=first, paint=limits.paint_timeout_s)


def status_worker(language: Language, worker: WorkerState) -> str:
    """One worker of the engine."""
    restarts = words.STATUS_RESTARTS(language, count=worker.restarts) if worker.restarts else ""
    model = worker.model if worker.alive else words.STATUS_STARTING
    return words.STATUS_WORKER(language, kind=worker.kind, model=model, restarts=restarts)


def status_disk(language: Language, free: int, total: int) -> str:
    """Room on the disk of the pictures, in bytes."""
    return words.STATUS_DISK(language, free=free / 2**30, total=total / 2**30)
