"""What the features work with."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.chat.languages import Languages
from bot.jobs.queue import JobQueue
from bot.services.admission import Admission
from bot.services.privacy import PrivacyService
from bot.services.turns import TurnService
from bot.settings import Settings
from bot.store.feedback import FeedbackStore
from bot.store.images import ImageStore
from bot.store.jobs import JobStore
from bot.store.places import PlaceStore
from bot.store.preferences import PreferenceStore
from bot.store.reports import ReportStore
from bot.telemetry.metrics import Metrics
from model.engine import Engine


@dataclass(frozen=True, slots=True)
class Services:
    """What the features work with; opened before the client and closed after it."""

    settings: Settings
    turns: TurnService
    feedback: FeedbackStore
    places: PlaceStore
    images: ImageStore
    privacy: PrivacyService
    describe: Callable[[bytes], Awaitable[str]]
    admission: Admission
    queue: JobQueue
    jobs: JobStore
    engine: Engine
    metrics: Metrics
    preferences: PreferenceStore
    languages: Languages
    reports: ReportStore
