"""The sections of bot.toml: what may stand there, its defaults, and its meaning.

Each field's description is the comment of its line in bot.toml; a test holds the two together. `"auto"`
takes the value of the preset.
"""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, create_model, field_validator
from pydantic.fields import FieldInfo

from bot.i18n import Language
from bot.settings.problems import (
    CHANNEL_ID,
    CHANNEL_IDS,
    ROLE_IDS,
    ROLE_TABLE,
    SECRET,
    SERVER_IDS,
)
from model.presets import PRESETS, resolve
from model.settings import CHECKPOINTS, ImageSettings, LLMSettings, ModelSettings, Name
from model.settings import SafetySettings as ModelSafety

MAX_TEXT_CHARS = 2000  # of a Discord message; no limit in the settings may be higher

Auto = Literal["auto"]
Ids = tuple[Annotated[int, Field(ge=1)], ...]
RoleKey = Annotated[str, Field(pattern=r"^[0-9]{1,20}$")]  # keys of TOML tables are texts
Unsafe = Literal["refuse", "spoiler", "age_restricted", "allow"]
Amount = Literal["queued_per_user", "hourly_per_user", "daily_per_user"]
Chosen = TypeVar("Chosen", bound="Overrides")


class Section(BaseModel):
    """A table of bot.toml: unknown keys are refused, values keep their type, nothing changes later."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


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


class DiscordSettings(Section):
    """[discord]: how the bot meets Discord."""

    message_content: bool = Field(
        default=True, description="read plain replies; switch it on in the developer portal too, or set false"
    )
    sync_guilds: Ids = Field(
        default=(),
        description="ids of servers that get the commands at once; empty registers them everywhere",
        json_schema_extra=SERVER_IDS,
    )
    language: Literal["auto", "en", "de"] = Field(
        default="auto", description="en or de, of what all on a server read; auto is the server's own"
    )
    catch_up_hours: float = Field(
        default=3.0, ge=0, le=24, description="after a break, read words not older than this; 0 reads none"
    )

    @property
    def public_language(self) -> Language | None:
        """The language on all servers; None leaves it to each of them."""
        return None if self.language == "auto" else Language(self.language)


class Overrides(Section):
    """A section with keys of a model's settings, made by `overriding`; "auto" leaves a key to the preset."""

    def given(self, settings: type[BaseModel]) -> dict[str, Any]:
        """What the operator set of these settings of a model."""
        return {key: value for key, value in self if key in settings.model_fields and value != "auto"}


def overriding(settings: type[BaseModel], *keys: str) -> Callable[[type[Chosen]], type[Chosen]]:
    """Gives a section these keys of a model's settings (all, if none are named), each with its range and
    its description there, "auto" as one more value and the default."""

    def derive(section: type[Chosen]) -> type[Chosen]:
        fields: Any = {key: _or_auto(settings.model_fields[key]) for key in keys or settings.model_fields}
        return create_model(
            section.__name__, __base__=section, __doc__=section.__doc__, __module__=__name__, **fields
        )

    return derive


def _or_auto(field: FieldInfo) -> tuple[object, FieldInfo]:
    given: Any = field.annotation
    for rule in field.metadata:
        given = Annotated[given, rule]
    known = "auto" in get_args(field.annotation)
    auto: Any = Field(default="auto", description=field.description)  # pydantic types it as the default
    return (given if known else Auto | given), auto


@overriding(LLMSettings, *(key for key in LLMSettings.model_fields if key != "variants"))  # of [experiment]
class LLMOverrides(Overrides):
    """[llm]: the language model that writes prompts."""


@overriding(ImageSettings)
class ImageOverrides(Overrides):
    """[image]: the pipeline that paints."""


class ImagineSettings(Section):
    """[imagine]: what people may ask for."""

    beautify: bool = Field(default=True, description="let the language model enrich the words of /imagine")
    max_count: int = Field(default=4, ge=1, le=4, description="most pictures of one turn")
    max_prompt_chars: int = Field(
        default=1000, ge=20, le=MAX_TEXT_CHARS, description="longest prompt or instruction, in characters"
    )
    join_within_s: float = Field(
        default=1.5, ge=0, le=30, description="replies with shorter pauses are one instruction; 0 joins none"
    )
    styles: Auto | dict[Name, str] = Field(
        default="auto", description='style name -> words added to the prompt, as in { noir = ", film noir" }'
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
    """[experiment]: two adapters side by side, each conversation with one of them."""

    name: str = Field(default="", max_length=80, description='what it is called; "" runs none')
    a: str = Field(default="", description='folder of the first adapter; "" for the bare model')
    b: str = Field(default="", description="folder of the second adapter")
    share_b: float = Field(default=0.5, ge=0.0, le=1.0, description="share of conversations with b")


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
    running: int = Field(default=2, ge=1, le=32, description="turns worked on at the same time")
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
    edit_timeout_s: float = Field(default=120.0, gt=0, le=3600, description="seconds for writing a prompt")
    paint_timeout_s: float = Field(default=600.0, gt=0, le=3600, description="seconds for painting a turn")


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


class SandboxSettings(Section):
    """[sandbox]: the local Discord of `python -m bot demo`."""

    host: Literal["127.0.0.1", "::1", "localhost"] = Field(
        default="127.0.0.1", description="address of this machine only"
    )
    port: int = Field(default=8910, ge=0, le=65535, description="0 takes any free port")


class MetricsSettings(Section):
    """[metrics]: /healthz and /metrics over HTTP."""

    serve: bool = Field(default=False, description="serve them")
    host: Name = Field(default="127.0.0.1", description="address they are served on; they name nobody")
    port: int = Field(default=9108, ge=0, le=65535, description="0 takes any free port")


class LoggingSettings(Section):
    """[logging]: what the log says."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="least severity logged"
    )
    format: Literal["text", "json"] = Field(default="text", description="json is one object a line")
    prompts: bool = Field(default=False, description="log people's words too")


class Settings(Section):
    """All of bot.toml."""

    preset: PresetSettings = PresetSettings()
    discord: DiscordSettings = DiscordSettings()
    llm: LLMOverrides = LLMOverrides()
    image: ImageOverrides = ImageOverrides()
    imagine: ImagineSettings = ImagineSettings()
    feedback: FeedbackSettings = FeedbackSettings()
    experiment: ExperimentSettings = ExperimentSettings()
    limits: LimitsSettings = LimitsSettings()
    safety: SafetySettings = SafetySettings()
    retention: RetentionSettings = RetentionSettings()
    store: StoreSettings = StoreSettings()
    sandbox: SandboxSettings = SandboxSettings()
    metrics: MetricsSettings = MetricsSettings()
    logging: LoggingSettings = LoggingSettings()

    def models(self) -> ModelSettings:
        """The preset with [llm], [image], [safety], [experiment] and styles laid over it; computed once.

        Raises `model.errors.ConfigError` when this machine cannot run that, as a GPU preset without a GPU.
        """
        return self._models

    @property
    def paints_tinyworld(self) -> bool:
        """Whether the embedded picture model paints, which knows its small drawn world and nothing else."""
        return self.models().image.model == str(CHECKPOINTS / "sd")

    @cached_property
    def _models(self) -> ModelSettings:
        llm, safety = self.llm.given(LLMSettings), self.safety.given(ModelSafety)
        if self.experiment.name:
            llm["variants"] = {"a": self.experiment.a, "b": self.experiment.b}
        if safety.get("depicted"):
            safety["clip"] = PRESETS[self.preset.name].scorers.clip
        styles = None if self.imagine.styles == "auto" else self.imagine.styles
        return resolve(self.preset.name, llm, self.image.given(ImageSettings), safety, styles)

    def __copy__(self) -> Self:
        """A copy may get other values (`model_copy(update=...)`), so it resolves its models anew."""
        copied = super().__copy__()
        copied.__dict__.pop("_models", None)
        return copied
