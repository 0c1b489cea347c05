"""The sections of bot.toml: what may stand there, its defaults, and its meaning.

Each field's description is the comment of its line in bot.toml; a test holds the two together. `"auto"`
takes the value of the preset.
"""

from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator

from bot.settings.discord import DiscordSettings
from bot.settings.engine import CaptionsAtSettings, EngineSettings, PicturesAtSettings, WordsAtSettings
from bot.settings.images import ImagesSettings
from bot.settings.models import ModelName, NamedModelSettings
from bot.settings.operation import LoggingSettings, MetricsSettings, SandboxSettings, TracingSettings
from bot.settings.overrides import Overrides, overriding
from bot.settings.problems import (
    CHANNEL_ID,
    CHANNEL_IDS,
    ROLE_IDS,
    ROLE_TABLE,
    SECRET,
)
from bot.settings.section import Auto, Ids, Section
from model.presets import PRESETS, resolve
from model.settings import (
    CHECKPOINTS,
    CaptionerSettings,
    ImageSettings,
    LLMSettings,
    ModelSettings,
    Name,
    NamedImageSettings,
)
from model.settings import SafetySettings as ModelSafety

MAX_TEXT_CHARS = 2000  # of a Discord message; no limit in the settings may be higher

RoleKey = Annotated[str, Field(pattern=r"^[0-9]{1,20}$")]  # keys of TOML tables are texts
Unsafe = Literal["refuse", "spoiler", "age_restricted", "allow"]
Amount = Literal["queued_per_user", "hourly_per_user", "daily_per_user"]


class PresetSettings(Section):
    """[preset]: which models."""

    name: Name = Field(
        default="tiny", description=f"the models: {', '.join(PRESETS)}; only tiny needs no GPU"
    )

    @field_validator("name")
    @classmethod
    def _is_known(cls, name: str) -> str:
        if name not in PRESETS:
            raise ValueError(" or ".join(f'"{known}"' for known in PRESETS))
        return name


@overriding(LLMSettings, *(key for key in LLMSettings.model_fields if key != "variants"))  # of [experiment]
class LLMOverrides(Overrides):
    """[llm]: the language model that writes prompts."""


@overriding(ImageSettings)
class ImageOverrides(Overrides):
    """[image]: the pipeline that paints."""


@overriding(CaptionerSettings)
class CaptionerOverrides(Overrides):
    """[captioner]: what says in words what a picture shows that somebody brings."""


class ImagineSettings(Section):
    """[imagine]: what people may ask for."""

    beautify: bool = Field(default=True, description="let the language model enrich the words of /imagine")
    max_count: int = Field(default=4, ge=1, le=4, description="most pictures of one turn")
    max_prompt_chars: int = Field(
        default=1000, ge=20, le=MAX_TEXT_CHARS, description="longest prompt or instruction, in characters"
    )
    place: Literal["thread", "channel"] = Field(
        default="thread", description="where a first picture comes; people may choose otherwise in /settings"
    )
    join_within_s: float = Field(
        default=1.5, ge=0, le=30, description="longest wait for more words of one instruction; 0 joins none"
    )
    styles: Auto | dict[Name, str] = Field(
        default="auto", description='style name -> words added to the prompt, as in { noir = ", film noir" }'
    )


class RefineSettings(Section):
    """[refine]: how the next picture comes from the last one."""

    way: Literal["auto", "repaint", "edit"] = Field(
        default="auto", description='replies paint anew ("repaint"), edit the picture, or "auto": as fits'
    )
    replay_after: int = Field(
        default=4,
        ge=0,
        le=100,
        description="edits in a row until a fresh start is offered; 0: never",
    )


class FeedbackSettings(Section):
    """[feedback]: what reactions mean."""

    reactions: dict[Name, Annotated[int, Field(ge=-2, le=2)]] = Field(
        default={"👍": 1, "❤️": 2, "👎": -1}, description="emoji -> worth of such a vote, from -2 to 2"
    )
    seed_reactions: bool = Field(
        default=True, description="put those reactions under every picture, so that a click is a vote"
    )


class ExperimentSettings(Section):
    """[experiment]: two adapters or two picture models side by side, each conversation with one of them.

    One at a time, so that a comparison changes one thing.
    """

    name: str = Field(default="", max_length=80, description='what it is called; "" runs none')
    compares: Literal["adapters", "models"] = Field(
        default="adapters",
        description='what a and b are: "adapters" of [llm], or "models", names of [models]',
    )
    a: str = Field(
        default="",
        description='folder of the first adapter, or name of the first model; "" is the bare one, or [image]',
    )
    b: str = Field(default="", description="the second one")
    share_b: float = Field(default=0.5, ge=0.0, le=1.0, description="share of conversations with b")

    @property
    def of_adapters(self) -> bool:
        """Whether one of adapters runs."""
        return bool(self.name) and self.compares == "adapters"

    @property
    def of_models(self) -> bool:
        """Whether one of picture models runs."""
        return bool(self.name) and self.compares == "models"


class LimitsSettings(Section):
    """[limits]: how much work is taken on, and for how long."""

    queued_per_user: int = Field(default=3, ge=1, le=100, description="turns one person may have waiting")
    queued_per_guild: int = Field(
        default=0, ge=0, le=10_000, description="turns one server may have waiting; 0 is no limit"
    )
    queue_length: int = Field(default=100, ge=1, le=10_000, description="turns that may wait altogether")
    hourly_per_user: int = Field(
        default=0, ge=0, le=10_000, description="turns one person may have within an hour; 0 is no limit"
    )
    daily_per_user: int = Field(
        default=0, ge=0, le=100_000, description="turns one person may have within a day; 0 is no limit"
    )
    hourly_per_guild: int = Field(
        default=0, ge=0, le=100_000, description="turns one server may have within an hour; 0 is no limit"
    )
    daily_per_guild: int = Field(
        default=0, ge=0, le=1_000_000, description="turns one server may have within a day; 0 is no limit"
    )
    by_role: dict[RoleKey, dict[Amount, Annotated[int, Field(ge=0)]]] = Field(
        default={},
        description='role id -> more for its members: { "123" = { daily_per_user = 50 } }',
        json_schema_extra=ROLE_TABLE,
    )
    channels: Ids = Field(
        default=(),
        description="ids of the only channels served; empty serves all",
        json_schema_extra=CHANNEL_IDS,
    )
    roles: Ids = Field(
        default=(),
        description="ids of the only roles served; empty serves everybody",
        json_schema_extra=ROLE_IDS,
    )
    age_restricted_only: bool = Field(
        default=False, description="serve only age-restricted channels, and their threads"
    )
    running: int = Field(default=5, ge=1, le=32, description="turns worked on at the same time")
    running_per_user: int = Field(
        default=0, ge=0, le=32, description="of these, most of one person; 0 is no limit"
    )
    running_per_guild: int = Field(
        default=0, ge=0, le=32, description="of these, most of one server; 0 is no limit"
    )
    actions_per_minute: int = Field(
        default=10,
        ge=1,
        le=1000,
        description="histories, copies, changed settings, pictures brought and new threads of one person",
    )
    threads_per_hour: int = Field(
        default=20, ge=1, le=1000, description='threads one person may open with "New thread"'
    )
    most_steps: int = Field(
        default=50, ge=1, le=150, description="denoising steps that people may ask for; the preset's always"
    )
    most_guidance: float = Field(
        default=15.0, ge=0, le=30, description="guidance that people may ask for, where the model takes one"
    )
    schedulers: tuple[Name, ...] = Field(
        default=(
            "EulerDiscrete",
            "EulerAncestralDiscrete",
            "DPMSolverMultistep",
            "UniPCMultistep",
            "DDIM",
        ),
        description="schedulers that people may choose of those that fit the model; [] offers none",
    )
    own_words: int = Field(
        default=50, ge=0, le=1000, description="styles, saved prompts and lists of one person; 0 keeps none"
    )
    edit_timeout_s: float = Field(
        default=120.0,
        gt=0,
        le=3600,
        description="seconds for writing a prompt, and as many for each before it; for a look at a picture",
    )
    paint_timeout_s: float = Field(
        default=600.0,
        gt=0,
        le=3600,
        description="seconds for painting a turn, and as many for each before it",
    )


@overriding(
    ModelSafety, "depicted", "harmless", "threshold", "text_classifier", "text_unwanted", "text_threshold"
)
class SafetySettings(Overrides):
    """[safety]: adult words and pictures, and people's reports. What is never made is no setting."""

    prompts: Unsafe = Field(
        default="age_restricted",
        description='adult words in a prompt: "refuse", "spoiler", "age_restricted" (only there) or "allow"',
    )
    words: Auto | tuple[Name, ...] = Field(
        default="auto", description='adult words, "nude*" for all that begin so; auto is a short English list'
    )
    pictures: Unsafe = Field(
        default="age_restricted", description="the same for pictures that a check of pictures finds"
    )
    uploads: Literal["allow", "moderated", "off"] = Field(
        default="allow",
        description='whose attached pictures are edited: "allow" (all), "moderated" (moderators\'), "off"',
    )
    reports_channel: int = Field(
        default=0,
        ge=0,
        description="id of the channel for reports where a server named none; 0 is none",
        json_schema_extra=CHANNEL_ID,
    )
    reports_per_hour: int = Field(default=5, ge=1, le=1000, description="reports of one person")


class RetentionSettings(Section):
    """[retention]: how long turns are kept. One goes at the longest of the ages that fit it."""

    days: int = Field(
        default=0,
        ge=0,
        le=36_500,
        description="a turn's words, pictures and votes go after so many; 0: never",
    )
    voted_days: int = Field(
        default=0, ge=0, le=36_500, description="where somebody voted for or against it; 0: never"
    )
    opted_in_days: int = Field(
        default=0, ge=0, le=36_500, description="where its author allows training; 0: never"
    )
    hour: int = Field(default=3, ge=0, le=23, description="UTC hour of the nightly removal")


class StoreSettings(Section):
    """[store]: where everything is kept."""

    data_dir: Path = Field(default=Path("data"), description="folder of the database and the pictures")
    url: str = Field(
        default="",
        repr=False,
        description='PostgreSQL, "postgresql+asyncpg://name@host/database"; "" is SQLite in data_dir',
        json_schema_extra=SECRET,
    )

    @field_validator("data_dir")
    @classmethod
    def _is_no_file(cls, folder: Path) -> Path:
        if folder.exists() and not folder.is_dir():
            raise ValueError("a folder, and there is a file of that name")
        return folder

    @field_validator("url")
    @classmethod
    def _is_of_postgres(cls, url: str) -> str:
        if url and not url.startswith(("postgresql+asyncpg://", "postgresql://", "postgres://")):
            raise ValueError('"" or a URL as in postgresql+asyncpg://diffchat@localhost/diffchat')
        return url

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.data_dir / "diffchat.sqlite"

    @property
    def address(self) -> Path | str:
        """Where the database is: PostgreSQL's URL, which may hold a password, or SQLite's file."""
        return self.url or self.database

    @property
    def pictures(self) -> Path:
        """The folder of the picture files."""
        return self.data_dir / "pictures"


class Settings(Section):
    """All of bot.toml."""

    preset: PresetSettings = PresetSettings()
    discord: DiscordSettings = DiscordSettings()
    llm: LLMOverrides = LLMOverrides()
    image: ImageOverrides = ImageOverrides()
    named: dict[ModelName, NamedModelSettings] = Field(default={}, alias="models")
    captioner: CaptionerOverrides = CaptionerOverrides()
    engine: EngineSettings = EngineSettings()
    words_at: WordsAtSettings = WordsAtSettings()
    pictures_at: PicturesAtSettings = PicturesAtSettings()
    captions_at: CaptionsAtSettings = CaptionsAtSettings()
    imagine: ImagineSettings = ImagineSettings()
    refine: RefineSettings = RefineSettings()
    feedback: FeedbackSettings = FeedbackSettings()
    experiment: ExperimentSettings = ExperimentSettings()
    limits: LimitsSettings = LimitsSettings()
    safety: SafetySettings = SafetySettings()
    retention: RetentionSettings = RetentionSettings()
    store: StoreSettings = StoreSettings()
    images: ImagesSettings = ImagesSettings()
    sandbox: SandboxSettings = SandboxSettings()
    metrics: MetricsSettings = MetricsSettings()
    tracing: TracingSettings = TracingSettings()
    logging: LoggingSettings = LoggingSettings()

    def models(self) -> ModelSettings:
        """The preset with the operator's sections of models, and styles, laid over it; computed once.

        Raises `model.errors.ConfigError` when this machine cannot run that, as a GPU preset without a GPU.
        """
        return self._models

    @property
    def paints_tinyworld(self) -> bool:
        """Whether the embedded picture model paints here, which knows its small drawn world only."""
        return not self.pictures_elsewhere and self.models().image.model == str(CHECKPOINTS / "sd")

    @property
    def words_elsewhere(self) -> bool:
        """Whether prompts are written by servers."""
        return self.engine.kind == "remote" and bool(self.words_at.urls)

    @property
    def pictures_elsewhere(self) -> bool:
        """Whether pictures are painted by servers."""
        return self.engine.kind == "remote" and bool(self.pictures_at.urls)

    @cached_property
    def _models(self) -> ModelSettings:
        llm, safety = self.llm.given(LLMSettings), self.safety.given(ModelSafety)
        image = self.image.given(ImageSettings)
        named = {name: section.given(NamedImageSettings) for name, section in self.named.items()}
        # what runs elsewhere needs no GPU here; everything else of a preset holds for it too
        pipelines = [(self.pictures_elsewhere, section) for section in (image, *named.values())]
        for elsewhere, section in ((self.words_elsewhere, llm), *pipelines):
            if elsewhere:
                section["device"] = "cpu"
        if self.experiment.of_adapters:
            llm["variants"] = {"a": self.experiment.a, "b": self.experiment.b}
        styles = None if self.imagine.styles == "auto" else self.imagine.styles
        captioner = self.captioner.given(CaptionerSettings)
        return resolve(self.preset.name, llm, image, safety, captioner, styles, models=named)

    def __copy__(self) -> Self:
        """A copy may get other values (`model_copy(update=...)`), so it resolves its models anew."""
        copied = super().__copy__()
        copied.__dict__.pop("_models", None)
        return copied
