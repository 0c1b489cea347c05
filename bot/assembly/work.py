"""The queue of jobs, of this process alone or shared with others through leases, and the work's settings."""

from functools import partial

from bot.jobs.processor import TurnProcessor
from bot.jobs.queue import JobQueue
from bot.jobs.resources import WorkSettings
from bot.jobs.shared_queue import SharedQueue
from bot.settings import LimitsSettings, Settings
from bot.store.jobs import JobStore
from bot.store.leases import Leases, new_holder
from bot.store.session import Database


def queue_of(
    limits: LimitsSettings, jobs: JobStore, processor: TurnProcessor, leases: Leases | None
) -> JobQueue:
    """The queue, a shared one where there are leases."""
    made = JobQueue if leases is None else partial(SharedQueue, leases)
    return made(
        jobs,
        processor,
        running=limits.running,
        per_user=limits.running_per_user,
        per_guild=limits.running_per_guild,
    )


def leases_of(settings: Settings, database: Database) -> Leases:
    """Leases of this process, under a name that no other one has."""
    limits = settings.limits
    return Leases(
        database, new_holder(), per_user=limits.running_per_user, per_guild=limits.running_per_guild
    )


def work_settings(settings: Settings) -> WorkSettings:
    """The sections that the work on a job follows."""
    models = settings.models()
    return WorkSettings(
        imagine=settings.imagine,
        limits=settings.limits,
        experiment=settings.experiment,
        temperature=models.llm.temperature,
        styles=models.styles,
        patience_s=settings.engine.patience_s,
        image=models.image,
        named=models.models,
        way=settings.refine.way,
    )
