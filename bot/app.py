"""The composition root: settings -> database -> engine -> queue -> Discord, closed in reverse."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from bot.chat.conversations.continuing import Continuing
from bot.chat.conversations.conversation_start import ConversationStarter
from bot.chat.conversations.incoming_messages import IncomingMessages
from bot.chat.conversations.picture_start import PictureStarter
from bot.chat.conversations.reference_requests import ReferenceRequests
from bot.chat.discord_api.guilds import Guilds
from bot.chat.gallery.parts import gallery_parts
from bot.chat.pictures.deletion import Deletions
from bot.chat.pictures.reaction_votes import ReactionVotes
from bot.chat.pictures.turn_buttons import TurnButtons
from bot.chat.pictures.turn_message import nothing_known
from bot.chat.posting.after_posting import AfterPosting
from bot.chat.posting.discord_places import DiscordPlaces
from bot.chat.posting.known_models import KnownModels
from bot.chat.posting.turn_presenter import TurnPresenter
from bot.chat.requests.turn_requests import TurnRequests
from bot.chat.wording.languages import Languages
from bot.client.client import DiffChatBot
from bot.client.connection import log_in, stay_connected
from bot.client.services import Services
from bot.client.session_starts import SessionStarts
from bot.client.stopping import handled, stop_listening
from bot.domain.content_policy import SafetyPolicy
from bot.domain.limits import ModelLimits
from bot.domain.options import Bounds
from bot.domain.patience import Patience
from bot.jobs.processor import TurnProcessor
from bot.jobs.queue import JobQueue
from bot.jobs.resources import Stores, WorkSettings
from bot.jobs.shared_queue import SharedQueue
from bot.ops.health import HealthServer, checks, connected, shard_states
from bot.ops.nightly import RETENTION, Nightly, Retention
from bot.services.admission import Admission
from bot.services.derived_turns import DerivedTurns
from bot.services.descriptions import Descriptions
from bot.services.edit_trees import EditTrees
from bot.services.joined_pictures import JoinedPictures
from bot.services.own_words import OwnWordsService
from bot.services.personal_limits import PersonalLimits
from bot.services.picture_starts import PictureStarts
from bot.services.privacy import PrivacyService
from bot.services.reference_pictures import ReferencePictures
from bot.services.regions import RegionService
from bot.services.turns import TurnService
from bot.settings import LimitsSettings, Settings
from bot.store.actions import ActionStore
from bot.store.answers import AnswerStore
from bot.store.brought_pictures import BroughtPictureStore
from bot.store.chores import ChoreStore
from bot.store.conversations import ConversationStore
from bot.store.feedback import FeedbackStore
from bot.store.guilds import GuildStore
from bot.store.images import ImageStore
from bot.store.jobs import JobStore
from bot.store.leases import Leases, new_holder
from bot.store.own_words import OwnWordsStore
from bot.store.people import PeopleStore
from bot.store.picture_files.opening import open_files
from bot.store.picture_files.port import PictureFiles
from bot.store.places import PlaceStore
from bot.store.preferences import PreferenceStore
from bot.store.reports import ReportStore
from bot.store.retention import RetentionStore
from bot.store.session import Database
from bot.store.session_starts import SessionStartStore
from bot.telemetry.metrics import Metrics
from bot.telemetry.trace_export import exporting
from model.engine import Capabilities, Engine
from model.tiny.limits import unshown

log = logging.getLogger(__name__)

_CANCEL_AGAIN_S = 0.5


@dataclass(frozen=True, slots=True)
class Running:
    """A bot that is connected and takes work. `connection` ends only when Discord is lost for good.

    `health` is there where [metrics] serve is on.
    """

    client: DiffChatBot
    services: Services
    queue: JobQueue
    connection: asyncio.Task[None]
    health: HealthServer | None = None


@asynccontextmanager
async def running_bot(settings: Settings, engine: Engine, token: str) -> AsyncIterator[Running]:
    """The whole bot, connected; leaving ends it cleanly and keeps unfinished jobs for the next start.

    Raises `StoreError` or `CannotConnect` when it cannot begin.
    """
    async with AsyncExitStack() as stack:
        # first, as every task of the bot inherits it, and last to end, as what ends is traced too
        await stack.enter_async_context(exporting(settings.tracing, personal=settings.logging.prompts))
        database = await stack.enter_async_context(Database.open(settings.store.address))
        await database.check_writable()
        # several processes may share PostgreSQL; SQLite's file has one, which `bot.store.data_folder` sees to
        leases = None if isinstance(settings.store.address, Path) else _leases(settings, database)
        latest_turn_id = await ConversationStore(database, settings.limits).latest_turn_id()
        files = await stack.enter_async_context(open_files(settings))
        await files.probe()
        parts = _assemble(settings, database, files, engine, latest_turn_id, leases)
        sharding = settings.discord.sharding
        starts = SessionStarts(SessionStartStore(database)) if sharding.is_part else None
        client = await log_in(lambda: DiffChatBot(parts.services, starts), token)
        stack.push_async_callback(client.close)
        parts.places.use(client)
        health = await stack.enter_async_context(_served(settings, parts, client, database))
        stack.push_async_callback(parts.presenter.close)
        connection = asyncio.create_task(stay_connected(client), name="connection to Discord")
        stack.push_async_callback(_no_more_events, client, connection)
        await _first(client.wait_until_ready(), connection)
        await parts.brought.tidy()
        queue = await stack.enter_async_context(parts.queue)
        if sharding.leads:
            await stack.enter_async_context(_nightly(settings, database, parts.services.images))
        # first to end once all is up, as what was read may still be stored and answered
        stack.push_async_callback(_no_more_events, client, connection)
        log.info("Ready as %s in %s servers", client.user, len(client.guilds))
        yield Running(client, parts.services, queue, connection, health)


@asynccontextmanager
async def _served(
    settings: Settings, parts: "_Parts", client: DiffChatBot, database: Database
) -> AsyncIterator[HealthServer | None]:
    """The metrics tied to what they tell of, and served if that is wanted."""
    queue, metrics, engine = parts.queue, parts.services.metrics, parts.services.engine
    metrics.watch_queue(lambda: queue.waiting, lambda: queue.running)
    metrics.watch_engine(engine)
    metrics.gateway.set_function(lambda: connected(client))
    metrics.watch_shards(lambda: shard_states(client))
    if not settings.metrics.serve:
        yield None
        return
    server = HealthServer(settings.metrics, metrics, checks(client, database, engine))
    async with metrics.measuring_lag(), server:
        log.info("Serving %s/healthz and %s/metrics", server.url, server.url)
        yield server


@dataclass(frozen=True, slots=True)
class _Parts:
    """Everything between the database and Discord."""

    services: Services
    queue: JobQueue
    places: DiscordPlaces
    presenter: TurnPresenter
    brought: BroughtPictureStore


def _assemble(
    settings: Settings,
    database: Database,
    files: PictureFiles,
    engine: Engine,
    latest_turn_id: int,
    leases: Leases | None,
) -> _Parts:
    models, holder = settings.models(), leases.holder if leases else None
    own_limits = {name: ModelLimits(one.cost, one.daily) for name, one in models.models.items()}
    conversations = ConversationStore(database, settings.limits, holder, own_limits)
    jobs, feedback = JobStore(database, holder), FeedbackStore(database)
    answers, trees = AnswerStore(database, holder), EditTrees(conversations)
    images = ImageStore(database, files, holder)
    brought = BroughtPictureStore(database, images)
    preferences, guilds = PreferenceStore(database), Guilds(settings.discord.sharding)
    languages = Languages(preferences, settings.discord.public_language)
    places = DiscordPlaces(languages, latest_turn_id, guilds)
    reactions = tuple(settings.feedback.reactions) if settings.feedback.seed_reactions else ()
    after_posting = AfterPosting(places, reactions=reactions, seen_by=feedback.expose)

    def able(model: str | None) -> Capabilities:
        return engine.info.paints(model).capabilities

    buttons = TurnButtons(trees=trees, able=able, replay_after=settings.refine.replay_after)

    async def moved(conversation_id: int) -> None:
        await buttons.refresh(places.client, conversation_id)

    presenter = TurnPresenter(
        places,
        after_posting,
        readable=settings.discord.message_content,
        models=KnownModels(
            unshown=unshown if settings.paints_tinyworld else nothing_known,
            able=able,
            understood=lambda: engine.info.languages,
        ),
        replay_after=settings.refine.replay_after,
        on_move=moved,
    )
    metrics = Metrics()
    safety = SafetyPolicy(
        settings.safety, models.safety, lambda finding: metrics.safety.labels(finding).inc()
    )
    processor = TurnProcessor(
        engine,
        Stores(conversations, jobs, images, brought, answers, preferences),
        presenter,
        places,
        settings=WorkSettings(
            settings.imagine,
            settings.limits,
            settings.experiment,
            models.llm.temperature,
            models.styles,
            settings.engine.patience_s,
            models.image,
            models.models,
            settings.refine.way,
        ),
        safety=safety,
        metrics=metrics,
    )
    queue = _queue(settings.limits, jobs, processor, leases)
    own_words = OwnWordsService(OwnWordsStore(database), settings.limits, safety, models.styles)
    turns = TurnService(
        conversations,
        trees,
        jobs,
        images,
        queue,
        models,
        settings.imagine,
        safety=safety,
        bounds=lambda model: Bounds.of(settings.limits, able(model)),
        experiment=settings.experiment,
        own_words=own_words,
    )
    personal = PersonalLimits(settings.limits, ActionStore(database))
    admission = Admission(GuildStore(database), settings.limits, settings.safety.uploads)
    requests = TurnRequests(admission, log_prompts=settings.logging.prompts)
    starter = ConversationStarter(
        turns=turns, requests=requests, languages=languages, preferences=preferences,
        max_count=settings.imagine.max_count, own_words=own_words, place=settings.imagine.place,
    )  # fmt: skip
    references = ReferenceRequests(
        references=ReferencePictures(turns=turns, trees=trees, images=images, engine=engine),
        starter=starter, turns=turns, requests=requests, personal=personal, languages=languages,
    )  # fmt: skip
    gallery = gallery_parts(
        database, lambda: places.client, settings.discord.sharding, admission.guilds, images=images,
        guilds=guilds, languages=languages,
    )  # fmt: skip
    services = Services(
        settings=settings,
        languages=languages,
        turns=turns,
        derived=DerivedTurns(turns, trees, able),
        regions=RegionService(turns=turns, trees=trees, images=images, engine=engine, safety=safety),
        trees=trees,
        requests=requests,
        starter=starter,
        picture_starter=PictureStarter(
            starter=starter,
            starts=PictureStarts(
                turns,
                trees,
                brought,
                safety,
                settings.imagine.max_prompt_chars,
                describes=lambda: engine.info.capabilities.captions,
                negative_prompts=lambda: engine.info.capabilities.negative_prompt,
                edits=lambda: engine.info.capabilities.edit and settings.refine.way != "repaint",
            ),
            requests=requests,
            personal=personal,
            languages=languages,
        ),
        references=references,
        descriptions=Descriptions(
            engine,
            safety,
            settings.imagine.max_prompt_chars,
            settings.limits.edit_timeout_s,
            describes=lambda: engine.info.capabilities.captions,
        ),
        messages=IncomingMessages(
            turns=turns,
            trees=trees,
            starter=starter,
            requests=requests,
            languages=languages,
            patience=Patience(settings.imagine.join_within_s, hears_typing=settings.discord.typing),
            longest=settings.imagine.max_prompt_chars,
            on_move=moved,
            joined=JoinedPictures(turns=turns, trees=trees, images=images, engine=engine),
            references=references,
        ),
        buttons=buttons,
        deletions=Deletions(
            turns=turns, trees=trees, buttons=buttons, languages=languages, elsewhere=gallery.showcase
        ),
        continuing=Continuing(
            requests=requests, turns=turns, trees=trees, languages=languages, personal=personal
        ),
        gallery=gallery,
        own_words=own_words,
        places=PlaceStore(database, settings.discord.sharding),
        images=images,
        feedback=feedback,
        votes=ReactionVotes(feedback, settings.feedback.reactions, gallery.showcase.consider),
        reports=ReportStore(database, settings.safety.reports_per_hour),
        preferences=preferences,
        privacy=PrivacyService(PeopleStore(database), images, turns),
        admission=admission,
        personal=personal,
        guilds=guilds,
        queue=queue,
        jobs=jobs,
        engine=engine,
        metrics=metrics,
    )
    return _Parts(services, queue, places, presenter, brought)


def _queue(
    limits: LimitsSettings, jobs: JobStore, processor: TurnProcessor, leases: Leases | None
) -> JobQueue:
    made = JobQueue if leases is None else partial(SharedQueue, leases)
    return made(
        jobs,
        processor,
        running=limits.running,
        per_user=limits.running_per_user,
        per_guild=limits.running_per_guild,
    )


def _leases(settings: Settings, database: Database) -> Leases:
    limits = settings.limits
    return Leases(
        database, new_holder(), per_user=limits.running_per_user, per_guild=limits.running_per_guild
    )


def _nightly(settings: Settings, database: Database, images: ImageStore) -> Nightly:
    rules = settings.retention
    retention = Retention(RetentionStore(database, rules), images, settings.store.database, rules)
    return Nightly(ChoreStore(database), RETENTION, rules.hour, retention)


def end_at_signal() -> None:
    """Let SIGTERM cancel this task while the bot starts, as Ctrl-C does; then `until_stopped` takes over."""
    task = asyncio.current_task()
    assert task is not None, "called from a coroutine"
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)


async def until_stopped(running: Running) -> None:
    """Wait for Ctrl-C or SIGTERM, or for the connection to end; a lost connection's error is raised."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await _first(stop.wait(), running.connection)
    log.info("Stopping; unfinished work goes on at the next start, or in another process at once")


async def _first(awaited: Coroutine[Any, Any, Any], connection: asyncio.Task[None]) -> None:
    """Wait for `awaited`, or for the end of the connection, whose error is raised."""
    waiting = asyncio.ensure_future(awaited)
    await asyncio.wait({waiting, connection}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if connection.done():
        connection.result()


async def _no_more_events(client: DiffChatBot, connection: asyncio.Task[None]) -> None:
    """Close the sessions and finish what was read from them; a second time there is nothing to do."""
    await _ended(connection)
    await stop_listening(client)
    await handled()


async def _ended(connection: asyncio.Task[None]) -> None:
    """End the task that connects and reconnects shards, whatever it ended with; their readers go on.

    More than one cancellation may be needed: `reconnect` and `reidentify` in discord.py's `shard.py` (2.7)
    catch a `CancelledError` that comes while a shard reconnects, and return.
    """
    while not connection.done():
        connection.cancel()
        await asyncio.wait({connection}, timeout=_CANCEL_AGAIN_S)
