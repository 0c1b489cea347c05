"""The sections of bot.toml about where the models run: on this machine, or on servers elsewhere."""

from typing import Annotated, Literal

from pydantic import Field

from bot.settings.problems import URLS
from bot.settings.section import Section

# No name or password within: addresses stand in logs, and keys have a place of their own
_URL = r"^https?://[^\s/?#@]+(/[^\s?#@]*)?$"
EnvironmentName = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]


class EngineSettings(Section):
    """[engine]: where the models run."""

    kind: Literal["local", "remote"] = Field(
        default="local",
        description='"local" is this machine, "remote" the servers of [words_at], [pictures_at]',
    )
    patience_s: float = Field(
        default=900.0, ge=0, le=86_400, description="seconds that work waits for servers that are away"
    )


class ServerSettings(Section):
    """Servers elsewhere that speak OpenAI's protocol, for one kind of model."""

    urls: tuple[Annotated[str, Field(pattern=_URL)], ...] = Field(
        default=(),
        description='as ["http://10.0.0.2:8000/v1"], any number for the same model; empty: this machine',
        json_schema_extra=URLS,
    )
    model: str = Field(default="", description='its name there; "" takes the one that is served')
    retries: int = Field(default=2, ge=0, le=10, description="further tries, there or at another of the urls")


class WordsAtSettings(ServerSettings):
    """[words_at]: servers for prompts, where [engine] kind is "remote"."""

    key_from: EnvironmentName = Field(
        default="DIFFCHAT_WORDS_KEY",
        description="environment variable that holds the key, which never stands here",
    )
    timeout_s: float = Field(default=30.0, gt=0, le=3600, description="seconds without a sign of the server")


class PicturesAtSettings(ServerSettings):
    """[pictures_at]: servers for pictures, where [engine] kind is "remote"."""

    key_from: EnvironmentName = Field(
        default="DIFFCHAT_PICTURES_KEY",
        description="environment variable that holds the key, which never stands here",
    )
    timeout_s: float = Field(default=180.0, gt=0, le=3600, description="seconds without a sign of the server")


class CaptionsAtSettings(ServerSettings):
    """[captions_at]: servers of a model that reads pictures, where [pictures_at] has urls."""

    urls: tuple[Annotated[str, Field(pattern=_URL)], ...] = Field(
        default=(),
        description="of a model that reads pictures; empty: a captioner that those above list",
        json_schema_extra=URLS,
    )
    key_from: EnvironmentName = Field(
        default="DIFFCHAT_CAPTIONS_KEY",
        description="environment variable that holds the key, which never stands here",
    )
    timeout_s: float = Field(default=60.0, gt=0, le=3600, description="seconds without a sign of the server")
