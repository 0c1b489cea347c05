"""`python -m bot check`: whether everything is ready, line by line, each with what to do.

Nothing is changed: the data folder is only tried with a file that goes again, the database with a write that
is taken back, and Discord is asked nothing but who we are. What the models do is tried in `bot.ops.trial`.
"""

import asyncio
from collections.abc import AsyncIterator, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import discord

from bot.chat.discord_api.api_errors import FAILURES
from bot.chat.discord_api.permissions import INVITE, invite_link, missing_to_post, needed_names
from bot.client.connection import NO_INTENT, WRONG_TOKEN
from bot.errors import OperatorError, StoreError
from bot.settings import Settings, servers_from
from bot.store import migrate
from bot.store.address import shown
from bot.store.data_folder import probe_writing
from bot.store.picture_files.opening import open_files
from bot.telemetry.trace_export import collector_answers, host_of, traces_url
from model.errors import ModelError
from model.loading import check_folder, check_hub, check_pipeline, is_local, refuse_gguf
from model.pictures.loras import check_lora
from model.pictures.setting_checks import check_image_settings
from model.pictures.upscaler_files import cached, check_upscaler, hub_place
from model.settings import ImageSettings, ModelSettings, RemoteServers

if TYPE_CHECKING:  # its package imports the openai client
    from model.serving.remote.listing import Kind

NO_TOKEN = (
    "DISCORD_TOKEN is not set. The demo needs none; for a real server make a bot at "  # noqa: S105
    "https://discord.com/developers/applications and set its token in the environment."
)


MODEL_SUBJECTS = frozenset({
    "models", "llm", "adapter", "experiment", "image", "LoRA", "captioner", "safety", "upscaler",
    "words", "pictures", "captions",
})  # fmt: skip
"""The subjects that say whether the models are there."""


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
    yield await asyncio.to_thread(database_finding, settings)
    if settings.images.url:
        yield await pictures_finding(settings)
    if settings.discord.sharding.is_part:
        yield shards_finding(settings)
    for finding in await asyncio.to_thread(model_findings, settings):
        yield finding
    async for finding in server_findings(settings):
        yield finding
    if url := traces_url(settings.tracing):
        yield await trace_finding(url)
    if token is None:
        yield Finding(False, "token", NO_TOKEN)
        return
    async for finding in _discord_findings(settings, token):
        yield finding


def database_finding(settings: Settings) -> Finding:
    """Whether the database can be used, and is of this version. Not to be called in an event loop."""
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


async def pictures_finding(settings: Settings) -> Finding:
    """Whether the shared storage of the pictures takes, gives and removes a small file."""
    try:
        async with open_files(settings) as files:
            await files.probe()
    except StoreError as error:
        return Finding(False, "pictures", str(error))
    return Finding(True, "pictures", f"{settings.images.url} can be written and read")


async def trace_finding(url: str) -> Finding:
    """Whether the collector at `url` takes traces."""
    try:
        if await collector_answers(url):
            return Finding(True, "traces", f"{host_of(url)} takes them")
    except OperatorError as error:
        return Finding(False, "traces", str(error))
    return Finding(
        False, "traces", f"{host_of(url)} takes none (see the log above): start it, or correct its address"
    )


def model_findings(settings: Settings) -> list[Finding]:
    """Whether the preset can run here, and whether its models are on this disk or can be fetched.

    Waits for the model hub (see `check_hub`). Not to be called in an event loop.
    """
    try:
        models = settings.models()
    except ModelError as error:
        return [Finding(False, "models", str(error))]
    parts = _folders(settings, models)
    with ThreadPoolExecutor() as pool:  # the waits for a hub that does not answer do not add up
        found = list(pool.map(_folder_finding, *zip(*parts, strict=True))) if parts else []
    return found if settings.pictures_elsewhere else [*found, *_image_findings(models.image)]


def _image_findings(image: ImageSettings) -> list[Finding]:
    """What of [image] cannot go together, as far as names alone tell; nothing where all may."""
    try:
        check_image_settings(image)
    except ModelError as error:
        return [Finding(False, "image", str(error))]
    return []


def require_models(settings: Settings) -> None:
    """Raise `LoadError` or `ConfigError` at once for what would fail after a long start of the workers."""
    models = settings.models()
    for part in _folders(settings, models):
        _check(*part)


def require_shareable(settings: Settings) -> None:
    """Raise `StoreError` where this process is to be one of several, which cannot share its database."""
    if settings.discord.sharding.is_part and not settings.store.url:
        raise StoreError(
            f"Shards {settings.discord.shards} are one process's part of a bot: several processes need one "
            "PostgreSQL database, [store] url. Without it leave [discord] shards on a number or auto."
        )


def shards_finding(settings: Settings) -> Finding:
    """Whether a process with a part of the shards shares with the others what it must."""
    try:
        require_shareable(settings)
    except StoreError as error:
        return Finding(False, "shards", str(error))
    shards = f"{settings.discord.shards}, one process of several"
    if settings.images.url:
        return Finding(True, "shards", shards)
    where = settings.store.pictures
    return Finding(True, "shards", f"{shards}; all of them must see the same {where}, or set [images] url")


def _pipeline(subject: str, image: ImageSettings) -> list[tuple[str, str, str]]:
    """What a pipeline of [models.NAME] is loaded from, as `_folders` tells it."""
    return [
        (subject, image.model, "model_index.json"),
        (subject, image.config, "model_index.json"),
        (subject, image.editor, "model_index.json"),
        *((f"{subject} LoRA", where, "pytorch_lora_weights.safetensors") for where in image.loras.values()),
        *_ip_adapter(subject, image),
    ]


def _ip_adapter(subject: str, image: ImageSettings) -> list[tuple[str, str, str]]:
    """An IP-Adapter on the hub; one of this machine is looked at with the other settings of its pipeline."""
    return [] if is_local(image.ip_adapter) else [(subject, image.ip_adapter, image.ip_adapter_file)]


def _folders(settings: Settings, models: ModelSettings) -> list[tuple[str, str, str]]:
    """What is loaded on this machine: its subject, where it is, and the file that it must have."""
    words = [
        ("llm", models.llm.model, "config.json"),
        ("adapter", models.llm.adapter, "adapter_config.json"),
        *(("experiment", folder, "adapter_config.json") for folder in models.llm.variants.values()),
    ]
    pictures = [
        ("image", models.image.model, "model_index.json"),
        ("image", models.image.config, "model_index.json"),
        ("editor", models.image.editor, "model_index.json"),
        ("regions", models.image.regions, "config.json"),
        *(("LoRA", where, "pytorch_lora_weights.safetensors") for where in models.image.loras.values()),
        ("upscaler", *(hub_place(models.image.upscaler) or (models.image.upscaler, ""))),
        *_ip_adapter("IP-Adapter", models.image),
        *(part for name, one in models.models.items() for part in _pipeline(f"models.{name}", one)),
    ]
    captioner = models.captioner
    if captioner.kind == "caption":
        pictures.append(("captioner", captioner.model, "config.json"))
    elif is_local(captioner.model):  # else one of open_clip's own names, of which the hub knows nothing
        pictures.append(("captioner", captioner.model, "open_clip_config.json"))
    checks = [
        ("safety", name, "config.json") for name in (models.safety.text_classifier, models.safety.classifier)
    ]
    parts = [
        *([] if settings.words_elsewhere else words),
        *([] if settings.pictures_elsewhere else pictures),
        *checks,
    ]
    return [part for part in parts if part[1]]


def _check(subject: str, name: str, index: str) -> None:
    """Raise LoadError for what is no model of that kind; a pipeline may be a single file, a LoRA too."""
    if subject == "image":
        check_pipeline(name)
    elif subject == "LoRA":
        check_lora(name)
    elif subject == "upscaler":
        check_upscaler(f"{name}/{index}" if index else name)  # of a hub id the file, where one is named
    else:
        check_folder(name, index, {"llm": "language model", "safety": "classifier"}.get(subject, subject))


async def server_findings(settings: Settings) -> AsyncIterator[Finding]:
    """What the servers of an engine elsewhere say: whether each can be reached, takes the key, has the model
    and does an edit, and what it can do."""
    servers = servers_from(settings)
    if not any(servers):
        return
    # only here: the client takes most of a second to import, for which a bot with its models has no use
    from model.serving.remote.probe import probe

    kinds: tuple[tuple[Kind, RemoteServers | None, Collection[str]], ...] = (
        ("words", servers.words, ["a", "b"] if settings.experiment.of_adapters else []),
        ("pictures", servers.pictures, settings.image.given(ImageSettings).get("loras", {})),
        ("captions", servers.captions, []),
    )
    for kind, at, ways in kinds:
        if at is not None:
            async for asked in probe(kind, at, ways):
                yield Finding(asked.good, kind, f"{asked.url}: {asked.text}")


def _folder_finding(subject: str, name: str, index: str) -> Finding:
    try:
        if subject == "llm":
            refuse_gguf(name)  # before it is said to be fetched at the start, which would end there
        if subject == "upscaler":
            _check(subject, name, index)
        if not is_local(name):
            there = subject == "upscaler" and cached(name, index) is not None
            where = (
                "in the hub's cache here"
                if there or check_hub(name, index)
                else "fetched from the model hub at the first start"
            )
            return Finding(True, subject, f"{name} is {where}")
        _check(subject, name, index)
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
