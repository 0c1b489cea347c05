"""`python -m bot check`: whether everything is ready, line by line, each with what to do.

Nothing is changed: the data folder is only tried with a file that goes again, the database with a write that
is taken back, and Discord is asked nothing but who we are.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import discord

from bot.chat.discord_api.api_errors import FAILURES
from bot.chat.discord_api.permissions import INVITE, invite_link, missing_to_post, needed_names
from bot.client.connection import NO_INTENT, WRONG_TOKEN
from bot.errors import StoreError
from bot.settings import Settings
from bot.store import migrate
from bot.store.address import shown
from bot.store.data_folder import probe_writing
from model.errors import ModelError
from model.loading import check_folder, is_local
from model.settings import ModelSettings

NO_TOKEN = (
    "DISCORD_TOKEN is not set. The demo needs none; for a real server make a bot at "  # noqa: S105
    "https://discord.com/developers/applications and set its token in the environment."
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report."""

    good: bool
    subject: str
    text: str

    def __str__(self) -> str:
        return f"{'OK' if self.good else '!!'}  {self.subject:<12} {self.text}"


async def findings(settings: Settings, source: str, token: str | None) -> AsyncIterator[Finding]:
    """The report on loaded `settings` from `source`, in order."""
    yield Finding(True, "settings", f"{source}, preset {settings.preset.name}")
    yield database_finding(settings)
    for finding in model_findings(settings):
        yield finding
    if token is None:
        yield Finding(False, "token", NO_TOKEN)
        return
    async for finding in _discord_findings(settings, token):
        yield finding


def database_finding(settings: Settings) -> Finding:
    """Whether the database can be used, and is of this version."""
    address = settings.store.address
    try:
        probe_writing(settings.store.data_dir)
        if isinstance(address, Path) and not address.exists():
            return Finding(True, "database", f"{address} will be made at the first start")
        name = shown(address)
        migrate.probe_writing(address)
        revision = migrate.revision_of(address)
        migrate.refuse_newer(address, revision)
    except StoreError as error:
        return Finding(False, "database", str(error))
    if revision is None:
        return Finding(True, "database", f"{name} is empty; its tables will be made at the first start")
    if revision == migrate.latest_revision():
        return Finding(True, "database", f"{name} is up to date")
    return Finding(True, "database", f"{name} is older and will be upgraded at the next start")


def model_findings(settings: Settings) -> list[Finding]:
    """Whether the preset can run here, and whether its models are on this disk."""
    try:
        models = settings.models()
    except ModelError as error:
        return [Finding(False, "models", str(error))]
    return [_folder_finding(*model) for model in _folders(models)]


def require_models(settings: Settings) -> None:
    """Raise `LoadError` or `ConfigError` at once for what would fail after a long start of the workers."""
    models = settings.models()
    for subject, name, index in _folders(models):
        check_folder(name, index, f"{subject} model")


def _folders(models: ModelSettings) -> list[tuple[str, str, str]]:
    parts = [
        ("llm", models.llm.model, "config.json"),
        ("image", models.image.model, "model_index.json"),
        ("adapter", models.llm.adapter, "adapter_config.json"),
    ]
    return [part for part in parts if part[1]]


def _folder_finding(subject: str, name: str, index: str) -> Finding:
    if not is_local(name):
        return Finding(True, subject, f"{name} is fetched from the model hub at the first start")
    try:
        check_folder(
            name, index, {"llm": "language model", "image": "picture pipeline"}.get(subject, subject)
        )
    except ModelError as error:
        return Finding(False, subject, str(error))
    return Finding(True, subject, name)


async def _discord_findings(settings: Settings, token: str) -> AsyncIterator[Finding]:
    """What Discord says about the token, the intents and the servers the bot is on."""
    async with discord.Client(intents=discord.Intents.none()) as client:
        try:
            await client.login(token)
        except discord.LoginFailure:
            yield Finding(False, "token", WRONG_TOKEN)
            return
        except FAILURES as error:
            yield Finding(False, "token", f"Discord cannot be reached ({error}); check the network.")
            return
        yield Finding(True, "token", f"{client.user}")
        yield _intent_finding(settings, client.application_flags)
        yield Finding(True, "permissions", f"{INVITE.value}: {', '.join(needed_names())}")
        yield Finding(True, "invite link", invite_link(client.application_id or 0))
        for guild in await client.http.get_guilds(200):
            yield _guild_finding(guild["name"], discord.Permissions(int(guild["permissions"])))


def _intent_finding(settings: Settings, flags: discord.ApplicationFlags) -> Finding:
    if not settings.discord.message_content:
        return Finding(True, "intents", "plain replies are not read; mentions, /refine and Refine work")
    granted = flags.gateway_message_content or flags.gateway_message_content_limited
    return Finding(granted, "intents", "Message Content is on" if granted else NO_INTENT)


def _guild_finding(name: str, permissions: discord.Permissions) -> Finding:
    lacking = missing_to_post(permissions, in_thread=False)
    if permissions.administrator or not lacking:
        return Finding(True, "server", name)
    return Finding(
        False, "server", f"{name}: give the bot {', '.join(name.en for name in lacking)}, or invite it again"
    )
