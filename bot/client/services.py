"""Everything the features work with, by name. Each feature's `setup` hands it what its constructor names."""

from dataclasses import dataclass

from bot.chat.conversations.continuing import Continuing
from bot.chat.conversations.conversation_start import ConversationStarter
from bot.chat.conversations.incoming_messages import IncomingMessages
from bot.chat.conversations.picture_start import PictureStarter
from bot.chat.conversations.reference_requests import ReferenceRequests
from bot.chat.discord_api.guilds import Guilds
from bot.chat.gallery.parts import GalleryParts
from bot.chat.pictures.deletion import Deletions
from bot.chat.pictures.reaction_votes import ReactionVotes
from bot.chat.pictures.turn_buttons import TurnButtons
from bot.chat.requests.turn_requests import TurnRequests
from bot.chat.wording.languages import Languages
from bot.jobs.queue import JobQueue
from bot.services.admission import Admission
from bot.services.derived_turns import DerivedTurns
from bot.services.descriptions import Descriptions
from bot.services.edit_trees import EditTrees
from bot.services.own_words import OwnWordsService
from bot.services.personal_limits import PersonalLimits
from bot.services.privacy import PrivacyService
from bot.services.regions import RegionService
from bot.services.turns import TurnService
from bot.settings import Settings
from bot.store.images import ImageStore
from bot.store.jobs import JobStore
from bot.store.places import PlaceStore
from bot.store.preferences import PreferenceStore
from bot.store.reports import ReportStore
from bot.telemetry.metrics import Metrics
from model.engine import Engine


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Opened before the client and closed after it."""

    settings: Settings
    languages: Languages

    # pictures: what is asked for, and how it is asked for on Discord
    turns: TurnService
    derived: DerivedTurns
    regions: RegionService
    trees: EditTrees
    requests: TurnRequests
    starter: ConversationStarter
    picture_starter: PictureStarter
    references: ReferenceRequests
    descriptions: Descriptions
    messages: IncomingMessages
    buttons: TurnButtons
    deletions: Deletions
    own_words: OwnWordsService
    continuing: Continuing
    gallery: GalleryParts
    places: PlaceStore
    images: ImageStore

    # people: what they think of pictures, prefer, and may do with what is kept about them
    votes: ReactionVotes
    reports: ReportStore
    preferences: PreferenceStore
    privacy: PrivacyService

    # operation: what is taken on, what works on it, and how that goes
    admission: Admission
    personal: PersonalLimits
    guilds: Guilds
    queue: JobQueue
    jobs: JobStore
    engine: Engine
    metrics: Metrics
