"""The Discord client: its connection, the features it loads, and its commands."""

import asyncio
import logging
from importlib import import_module

import discord
import yarl
from discord import app_commands
from discord.ext import commands

from bot.chat.discord_api.api_errors import LONGEST_PAUSE
from bot.chat.discord_api.seen_events import SeenEvents
from bot.chat.pictures.views import MoreMenu, TurnButton
from bot.chat.requests.press_check import PressCheck
from bot.client.button_dispatch import ButtonDispatch
from bot.client.command_sync import sync_commands
from bot.client.command_translator import CommandTranslator
from bot.client.features import FEATURES
from bot.client.intents import intents
from bot.client.services import Services
from bot.client.session_starts import SessionStarts

log = logging.getLogger(__name__)

_LONGEST_WAIT_S = 45.0  # for a session start, on a connection that is open already
_GUILD_PAUSE = 0.5  # seconds without another server after which the bot counts as ready


class OnceTree(app_commands.CommandTree["DiffChatBot"]):
    """A command tree that runs a command once, however often Discord delivers it."""

    async def interaction_check(self, interaction: discord.Interaction["DiffChatBot"], /) -> bool:
        """Called by discord.py before a command."""
        return self.client.seen.first_time(interaction.id)


class DiffChatBot(commands.AutoShardedBot):
    """The bot on Discord. Each feature takes from `services` what it works with.

    `starts` is there where other processes serve other shards of the same bot.
    """

    def __init__(self, services: Services, starts: SessionStarts | None = None) -> None:
        discord_settings = services.settings.discord
        sharding = discord_settings.sharding
        super().__init__(
            command_prefix=commands.when_mentioned,
            tree_cls=OnceTree,
            help_command=None,
            intents=intents(discord_settings.message_content, discord_settings.typing),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            guild_ready_timeout=_GUILD_PAUSE,
            max_ratelimit_timeout=LONGEST_PAUSE,
            shard_count=sharding.count,
        )
        if sharding.ids is not None:
            self.shard_ids = list(sharding.ids)
        self.services = services
        self._starts = starts
        self._may_identify: set[int] = set()  # shards that have waited already
        self.seen = SeenEvents()
        self.buttons = ButtonDispatch(self.seen, services.languages, PressCheck(services.trees))

    @property
    def me_id(self) -> int:
        """The bot's own user id; known once logged in."""
        if self.user is None:
            raise RuntimeError("The client is not logged in yet.")
        return self.user.id

    async def setup_hook(self) -> None:
        """Load the features and register buttons and commands; called by discord.py after the login."""
        self.add_dynamic_items(TurnButton, MoreMenu)
        for feature in FEATURES:
            # not `load_extension`, which is for reloading: it forgets the module again when the bot is closed
            await import_module(f"bot.cogs.{feature}").setup(self)
        await self.tree.set_translator(CommandTranslator())
        settings = self.services.settings
        if settings.discord.sharding.leads:  # one process is enough; commands are the application's
            await sync_commands(
                self.tree,
                self.application_id or self.me_id,
                settings.discord.sync_guilds,
                settings.store.data_dir / "commands.json",
            )
        if self._starts is not None:
            await self._learn_limits(self._starts)

    async def _learn_limits(self, starts: SessionStarts) -> None:
        """How many shards may identify at once, and whether there are enough starts left for today."""
        limits = await self.fetch_session_start_limits()
        starts.max_concurrency = max(1, limits.max_concurrency)
        if limits.remaining < len(self.shard_ids or ()):
            log.warning(
                "Discord allows %s more session starts until %.0f s from now: too many restarts today",
                limits.remaining,
                limits.reset_after / 1000,
            )

    async def launch_shard(self, gateway: yarl.URL, shard_id: int, *, initial: bool = False) -> None:
        """Open a shard's first session; called by discord.py, once for each, and again after a failure.

        The wait comes before the connection, which would not outlast it: discord.py reads nothing while
        `before_identify_hook` runs, and gives up a connection that acknowledged no heartbeat for a minute.
        """
        if self._starts is not None:
            await self._starts.wait(shard_id)
            self._may_identify.add(shard_id)
        await super().launch_shard(gateway, shard_id, initial=initial)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Called by discord.py before a shard identifies, also for a new session after a lost one."""
        if self._starts is None or shard_id is None:
            await super().before_identify_hook(shard_id, initial=initial)
        elif shard_id in self._may_identify:
            self._may_identify.remove(shard_id)
        else:
            async with asyncio.timeout(_LONGEST_WAIT_S):  # a TimeoutError makes discord.py connect anew
                await self._starts.wait(shard_id)

    async def on_message(self, message: discord.Message, /) -> None:
        """Messages are read by the listening feature; there are no prefix commands."""
