"""What the parts of `bot.jobs.processor` work with: the stores of turns, and the settings of the work."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.ways import Wanted
from bot.settings import ExperimentSettings, ImagineSettings, LimitsSettings
from bot.store.answers import AnswerStore
from bot.store.brought_pictures import BroughtPictureStore
from bot.store.conversations import ConversationStore
from bot.store.images import ImageStore
from bot.store.jobs import JobStore
from bot.store.preferences import PreferenceStore
from model.settings import ImageSettings


@dataclass(frozen=True, slots=True)
class Stores:
    """Where turns, their jobs and their pictures are kept."""

    conversations: ConversationStore
    jobs: JobStore
    images: ImageStore
    brought: BroughtPictureStore
    answers: AnswerStore
    preferences: PreferenceStore


@dataclass(frozen=True, slots=True)
class WorkSettings:
    """The sections of bot.toml that the work follows; `temperature` is that of the language model.

    `styles`: name -> words added to a first prompt. `patience_s` are the seconds that work waits for an
    engine that is away. `image` is what the picture model asks for, `named` what those of [models] do; a turn
    whose parent another one painted takes that instead of its parent's. `way` is how replies change a
    picture, unless their author decided.
    """

    imagine: ImagineSettings = field(default_factory=ImagineSettings)
    limits: LimitsSettings = field(default_factory=LimitsSettings)
    experiment: ExperimentSettings = field(default_factory=ExperimentSettings)
    temperature: float = 0.0
    styles: Mapping[str, str] = field(default_factory=dict)
    patience_s: float = 900.0
    image: ImageSettings | None = None
    named: Mapping[str, ImageSettings] = field(default_factory=dict)
    way: Wanted = "auto"

    def painter(self, model: str | None) -> ImageSettings | None:
        """What the pipeline of that name asks for; for None and unknown names that of [image]."""
        return self.named.get(model or "", self.image) if self.image else None
