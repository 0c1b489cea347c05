"""The Discord client: its connection, the features it loads, and its commands."""

import discord
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

_GUILD_PAUSE = 0.5  # seconds without another server after which the bot counts as ready


class OnceTree(app_commands.CommandTree["DiffChatBot"]):
    """A command tree that runs a command once, however often Discord delivers it."""

    async def interaction_check(self, interaction: discord.Interaction["DiffChatBot"], /) -> bool:
        """Called by discord.py before a command."""
        return self.client.seen.first_time(interaction.id)


class DiffChatBot(commands.AutoShardedBot):
    """The bot on Discord. Each feature takes from `services` what it works with."""

    def __init__(self, services: Services) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            tree_cls=OnceTree,
            help_command=None,
            intents=intents(services.settings.discord.message_content),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            guild_ready_timeout=_GUILD_PAUSE,
            max_ratelimit_timeout=LONGEST_PAUSE,
        )
        self.services = services
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
            await self.load_extension(f"bot.cogs.{feature}")
        await self.tree.set_translator(CommandTranslator())
        settings = self.services.settings
        await sync_commands(
            self.tree,
            self.application_id or self.me_id,
            settings.discord.sync_guilds,
            settings.store.data_dir / "commands.json",
        )

    async def on_message(self, message: discord.Message, /) -> None:
        """Messages are read by the listening feature; there are no prefix commands."""
