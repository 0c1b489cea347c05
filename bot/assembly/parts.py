"""The parts of the bot, each made of those below it; nothing is opened or connected here."""

from dataclasses import dataclass

from bot.assembly.presenting import presenter_of
from bot.assembly.work import queue_of, work_settings
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
from bot.chat.posting.discord_places import DiscordPlaces
from bot.chat.posting.turn_presenter import TurnPresenter
from bot.chat.requests.turn_requests import TurnRequests
from bot.chat.wording.languages import Languages
from bot.client.services import Services
from bot.domain.content_policy import SafetyPolicy
from bot.domain.limits import ModelLimits
from bot.domain.options import Bounds
from bot.domain.patience import Patience
from bot.jobs.processor import TurnProcessor
from bot.jobs.queue import JobQueue
from bot.jobs.resources import Stores
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
from bot.settings import Settings
from bot.store.actions import ActionStore
from bot.store.answers import AnswerStore
from bot.store.brought_pictures import BroughtPictureStore
from bot.store.conversations import ConversationStore
from bot.store.feedback import FeedbackStore
from bot.store.guilds import GuildStore
from bot.store.images import ImageStore
from bot.store.jobs import JobStore
from bot.store.leases import Leases
from bot.store.own_words import OwnWordsStore
from bot.store.people import PeopleStore
from bot.store.picture_files.port import PictureFiles
from bot.store.places import PlaceStore
from bot.store.preferences import PreferenceStore
from bot.store.reports import ReportStore
from bot.store.session import Database
from bot.telemetry.metrics import Metrics
from model.engine import Capabilities, Engine


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything between the database and Discord."""

    services: Services
    queue: JobQueue
    places: DiscordPlaces
    presenter: TurnPresenter
    brought: BroughtPictureStore


def assemble(
    settings: Settings,
    database: Database,
    files: PictureFiles,
    engine: Engine,
    latest_turn_id: int,
    leases: Leases | None,
) -> Parts:
    """All parts, made of the settings and what is open. `leases` where several processes share the jobs."""
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

    def able(model: str | None) -> Capabilities:
        return engine.info.paints(model).capabilities

    buttons = TurnButtons(trees=trees, able=able, replay_after=settings.refine.replay_after)

    async def moved(conversation_id: int) -> None:
        await buttons.refresh(places.client, conversation_id)

    presenter = presenter_of(settings, engine, places, feedback, moved)
    metrics = Metrics()
    safety = SafetyPolicy(
        settings.safety, models.safety, lambda finding: metrics.safety.labels(finding).inc()
    )
    processor = TurnProcessor(
        engine,
        Stores(conversations, jobs, images, brought, answers, preferences),
        presenter,
        places,
        settings=work_settings(settings),
        safety=safety,
        metrics=metrics,
    )
    queue = queue_of(settings.limits, jobs, processor, leases)
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
        turns=turns,
        requests=requests,
        languages=languages,
        preferences=preferences,
        max_count=settings.imagine.max_count,
        own_words=own_words,
        place=settings.imagine.place,
    )
    references = ReferenceRequests(
        references=ReferencePictures(turns=turns, trees=trees, images=images, engine=engine),
        starter=starter,
        turns=turns,
        requests=requests,
        personal=personal,
    )
    gallery = gallery_parts(
        database,
        lambda: places.client,
        settings.discord.sharding,
        admission.guilds,
        images=images,
        guilds=guilds,
        languages=languages,
    )
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
    return Parts(services, queue, places, presenter, brought)
