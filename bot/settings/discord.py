"""[discord]: how the bot meets Discord."""

from typing import Annotated, Literal

from pydantic import Field, field_validator

from bot.i18n import Language
from bot.settings.problems import SERVER_IDS
from bot.settings.section import Auto, Ids, Section
from bot.settings.shards import ALLOWED as SHARDS_ALLOWED
from bot.settings.shards import Sharding, parse_range


class DiscordSettings(Section):
    """[discord]: how the bot meets Discord."""

    message_content: bool = Field(
        default=True, description="read plain replies; switch it on in the developer portal too, or set false"
    )
    typing: bool = Field(
        default=True,
        description="hear who is typing: words are taken sooner, and whoever goes on is waited for",
    )
    sync_guilds: Ids = Field(
        default=(),
        description="ids of servers that get the commands at once; empty registers them everywhere",
        json_schema_extra=SERVER_IDS,
    )
    language: Literal["auto", "en", "de", "fr", "es", "pt", "ja"] = Field(
        default="auto", description="en, de, fr, es, pt or ja, for what all read; auto is the server's own"
    )
    catch_up_hours: float = Field(
        default=3.0, ge=0, le=24, description="after a break, read words not older than this; 0 reads none"
    )

    shards: Auto | Annotated[int, Field(ge=1, le=16384)] | Annotated[str, Field(min_length=1)] = Field(
        default="auto",
        description='sessions with Discord: "auto", a number, or one process\'s range, as "0-3/16"',
        json_schema_extra={"hint": SHARDS_ALLOWED},
    )

    @field_validator("shards")
    @classmethod
    def _is_a_range(cls, shards: int | str) -> int | str:
        if isinstance(shards, str) and shards != "auto":
            parse_range(shards)
        return shards

    @property
    def sharding(self) -> Sharding:
        """Which shards this process serves."""
        if isinstance(self.shards, int):
            return Sharding(self.shards)
        return Sharding() if self.shards == "auto" else parse_range(self.shards)

    @property
    def public_language(self) -> Language | None:
        """The language on all servers; None leaves it to each of them."""
        return None if self.language == "auto" else Language(self.language)
