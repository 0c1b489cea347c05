"""The settings: what may stand in bot.toml, its defaults, and its meaning.

Each field's description is the comment of its line in bot.toml; a test holds the two together. `"auto"`
takes the value of the preset. Environment variables (`DIFFCHAT__IMAGE__STEPS=8`) win over the file. The
Discord token is no setting: it comes from `DISCORD_TOKEN` alone, see `token_from`.
"""

import json
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from bot.errors import SettingsError
from bot.i18n import Language
from bot.settings_problems import Key, field_schemas, kinds, problems
from model.presets import PRESETS, resolve
from model.settings import ModelSettings
from model.settings import SafetySettings as ModelSafety

ENV_PREFIX = "DIFFCHAT__"
MAX_TEXT_CHARS = 2000  # of a Discord message; no limit in the settings may be higher

Auto = Literal["auto"]
Name = Annotated[str, Field(min_length=1)]
Threads = Annotated[int, Field(ge=0, le=256)]
Ids = tuple[Annotated[int, Field(ge=1)], ...]
RoleKey = Annotated[str, Field(pattern=r"^[0-9]{1,20}$")]  # keys of TOML tables are texts
Unsafe = Literal["refuse", "spoiler", "age_restricted", "allow"]
Amount = Literal["queued_per_user", "hourly_per_user", "daily_per_user"]


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
    sync_guilds: tuple[Annotated[int, Field(ge=1)], ...] = Field(
        default=(),
        description="ids of servers that get the commands at once; empty registers them everywhere",
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


class LLMOverrides(Section):
    """[llm]: the language model that writes prompts."""

    model: Auto | Name = Field(default="auto", description="hub name or folder of a causal language model")
    adapter: Auto | str = Field(default="auto", description='folder of a DiffChat adapter; "" for none')
    quantization: Auto | Literal["nf4", "none"] = Field(default="auto", description="nf4 saves memory")
    device: Auto | Literal["cpu", "cuda"] = Field(default="auto", description="where it runs")
    max_new_tokens: Auto | Annotated[int, Field(ge=8, le=2048)] = Field(
        default="auto", description="longest target prompt, in tokens"
    )
    temperature: Auto | Annotated[float, Field(ge=0, le=2)] = Field(
        default="auto", description="0 always writes the likeliest prompt"
    )
    batch: Auto | Annotated[int, Field(ge=1, le=256)] = Field(
        default="auto", description="prompts written at once"
    )
    threads: Auto | Threads = Field(default="auto", description="CPU threads; 0 leaves it to torch")


class ImageOverrides(Section):
    """[image]: the pipeline that paints."""

    model: Auto | Name = Field(default="auto", description="hub name or folder of a text-to-image pipeline")
    steps: Auto | Annotated[int, Field(ge=1, le=150)] = Field(default="auto", description="denoising steps")
    guidance: Auto | Annotated[float, Field(ge=0, le=30)] = Field(
        default="auto", description="how strictly the picture follows the prompt"
    )
    width: Auto | Annotated[int, Field(ge=64, le=2048, multiple_of=8)] = Field(
        default="auto", description="pixels"
    )
    height: Auto | Annotated[int, Field(ge=64, le=2048, multiple_of=8)] = Field(
        default="auto", description="pixels"
    )
    negative_prompt: Auto | str = Field(default="auto", description="what pictures should not show")
    device: Auto | Literal["cpu", "cuda"] = Field(default="auto", description="where it runs")
    dtype: Auto | Literal["float32", "float16", "bfloat16"] = Field(
        default="auto", description="number format of the weights"
    )
    variant: Auto | str = Field(default="auto", description='files of a hub model, as fp16; "" for the plain')
    offload: Auto | Literal["none", "model", "layers"] = Field(
        default="auto", description="what waits outside the GPU to save its memory"
    )
    tiling: Auto | bool = Field(default="auto", description="decode large pictures in tiles")
    previews: Auto | bool = Field(default="auto", description="make small pictures while painting")
    batch: Auto | Annotated[int, Field(ge=1, le=64)] = Field(
        default="auto", description="pictures painted at once"
    )
    threads: Auto | Threads = Field(default="auto", description="CPU threads; 0 leaves it to torch")
    loras: Auto | dict[Name, Name] = Field(
        default="auto", description='more models: name -> LoRA for the pipeline, { comic = "./loras/comic" }'
    )


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
        default={}, description='role id -> more for its members: { "123" = { daily_per_user = 50 } }'
    )
    channels: Ids = Field(default=(), description="ids of the only channels served; empty serves all")
    roles: Ids = Field(default=(), description="ids of the only roles served; empty serves everybody")
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
    edit_timeout_s: float = Field(default=120.0, gt=0, le=3600, description="seconds for writing a prompt")
    paint_timeout_s: float = Field(default=600.0, gt=0, le=3600, description="seconds for painting a turn")


class SafetySettings(Section):
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
    depicted: tuple[Name, ...] = Field(
        default=(),
        description='what open_clip is to find, as ["a dead animal"]; empty leaves it to the preset',
    )
    harmless: Auto | Annotated[tuple[Name, ...], Field(min_length=1)] = Field(
        default="auto", description="what else a picture may show, for it to choose from"
    )
    threshold: float = Field(
        default=0.8, gt=0, lt=1, description="share from which on a picture counts as found"
    )
    reports_channel: int = Field(
        default=0, ge=0, description="id of the channel for reports where a server named none; 0 is none"
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

    @field_validator("data_dir")
    @classmethod
    def _is_no_file(cls, folder: Path) -> Path:
        if folder.exists() and not folder.is_dir():
            raise ValueError("a folder, and there is a file of that name")
        return folder

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.data_dir / "diffchat.sqlite"

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
        """The preset with [llm], [image], [safety] and styles laid over it.

        Raises `model.errors.ConfigError` when this machine cannot run that, as a GPU preset without a GPU.
        """
        models = resolve(self.preset.name, self.llm.model_dump(), self.image.model_dump())
        models = models.model_copy(update={"safety": self._picture_checks(models)})
        if self.experiment.name:
            variants = {"a": self.experiment.a, "b": self.experiment.b}
            models = models.model_copy(update={"llm": models.llm.model_copy(update={"variants": variants})})
        if self.imagine.styles == "auto":
            return models
        return models.model_copy(update={"styles": self.imagine.styles})

    def _picture_checks(self, models: ModelSettings) -> ModelSafety:
        """The preset's checks of pictures, and what [safety] has open_clip look for."""
        given = {"threshold": self.safety.threshold, "depicted": self.safety.depicted}
        given |= {"clip": models.scorers.clip} if self.safety.depicted else {}
        given |= {"harmless": self.safety.harmless} if self.safety.harmless != "auto" else {}
        return models.safety.model_copy(update=given)


def load_settings(path: Path | str = "bot.toml", environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the file and the environment; `SettingsError` carries all problems of both together."""
    values = _read_toml(Path(path))
    names, complaints = _override(values, environ)
    try:
        # JSON mode keeps values strict ("8" is no number) and still takes lists and paths as TOML has them.
        settings = Settings.model_validate_json(json.dumps(values, default=str))
    except ValidationError as error:
        complaints += problems(error, values, Settings, names)
    if complaints:
        raise SettingsError(str(path), complaints)
    return settings


def token_from(environ: Mapping[str, str] = os.environ) -> str | None:
    """The bot's token from `DISCORD_TOKEN`, or None; it is never logged and never part of the settings."""
    return environ.get("DISCORD_TOKEN", "").strip() or None


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        problem = "there is no such file; `init` writes one with every default, --config names another"
    except tomllib.TOMLDecodeError as error:
        problem = f"this is not TOML: {error}"
    except (OSError, UnicodeDecodeError) as error:
        problem = f"the file cannot be read: {error}"
    raise SettingsError(str(path), [problem])


def _override(values: dict[str, Any], environ: Mapping[str, str]) -> tuple[dict[Key, str], list[str]]:
    """Put the variables `DIFFCHAT__SECTION__KEY` into `values`; which they were, and what is wrong."""
    names: dict[Key, str] = {}
    complaints: list[str] = []
    for variable, raw in environ.items():
        if not variable.startswith(ENV_PREFIX):
            continue
        section, _, key = variable.removeprefix(ENV_PREFIX).lower().partition("__")
        if not section or not key:
            complaints.append(f"{variable}: allowed is the form {ENV_PREFIX}SECTION__KEY")
        elif isinstance(table := values.setdefault(section, {}), dict):
            table[key] = _from_text(section, key, raw)
            names[section, key] = variable
    return names, complaints


def _from_text(section: str, key: str, raw: str) -> object:
    """A variable's text as the TOML value it spells, unless the key takes nothing but text."""
    if kinds(field_schemas(Settings).get(section, {}).get(key, {})) == {"string"}:
        return raw
    try:
        return tomllib.loads(f"value = {raw}")["value"]
    except tomllib.TOMLDecodeError:
        return raw
