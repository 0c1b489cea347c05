"""The Discord client: which events it asks for, which features it loads, and how its buttons find them."""

import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.asker import asker_of
from bot.chat.permissions import require_posting
from bot.chat.replies import answering
from bot.chat.views import Action, MoreMenu, TurnButton
from bot.client.command_sync import sync_commands
from bot.client.command_translator import CommandTranslator
from bot.client.services import Services
from bot.domain.limits import Allowance
from bot.services.turn_results import Accepted
from bot.telemetry.logs import bound

log = logging.getLogger(__name__)

FEATURES = (
    "errors",
    "imagine",
    "frompicture",
    "listen",
    "refine",
    "controls",
    "elsewhere",
    "history",
    "feedback",
    "report",
    "privacy",
    "settings",
    "admin",
    "help",
    "catchup",
    "permissions",
)

_GUILD_PAUSE = 0.5  # seconds without another server after which the bot counts as ready
_REMEMBERED = 5000  # events that are known again; Discord repeats within minutes, if at all

Press = Callable[[discord.Interaction, int], Awaitable[None]]


def intents(message_content: bool) -> discord.Intents:
    """The events the bot needs and no others; `message_content` is privileged."""
    return discord.Intents(
        guilds=True,
        guild_messages=True,
        dm_messages=True,
        guild_reactions=True,
        dm_reactions=True,
        message_content=message_content,
    )


class OnceTree(app_commands.CommandTree["DiffChatBot"]):
    """A command tree that runs a command once, however often Discord delivers it."""

    async def interaction_check(self, interaction: discord.Interaction["DiffChatBot"], /) -> bool:
        """Called by discord.py before a command."""
        return self.client.first_time(interaction.id)


class DiffChatBot(commands.AutoShardedBot):
    """The bot on Discord. It owns the connection only."""

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
        )
        self.services = services
        self.languages = services.languages
        self._presses: dict[Action, Press] = {}
        self._heard: OrderedDict[int, None] = OrderedDict()

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
        """Messages are read by the refine feature; there are no prefix commands."""

    def first_time(self, event_id: int) -> bool:
        """Whether this message or interaction is heard for the first time: Discord may deliver one twice."""
        if event_id in self._heard:
            log.info("Event %s came once more and is passed over", event_id)
            return False
        self._heard[event_id] = None
        if len(self._heard) > _REMEMBERED:
            self._heard.popitem(last=False)
        return True

    def note(self, accepted: Accepted, said: str) -> None:
        """Log whose work was taken on; the words only where [logging] prompts is on."""
        turn = accepted.turn
        with bound(job=accepted.job.id, turn=turn.id, conversation=accepted.conversation.id):
            log.info(
                "Accepted: %s by %s of %s at position %s%s",
                turn.kind,
                turn.origin,
                turn.author_id,
                accepted.position,
                f": {said!r}" if self.services.settings.logging.prompts else "",
            )

    async def admit(self, interaction: discord.Interaction) -> Allowance:
        """What the person may ask for, once it is clear that pictures can and may be posted here.

        Raises `MissingPermissions`, `Paused` or a `NotServed`.
        """
        require_posting(interaction)
        return await self.services.admission.admit(asker_of(interaction))

    def handle(self, action: Action, press: Press) -> None:
        """Let `press` handle this button, wherever and however old it is."""
        self._presses[action] = press

    async def press(self, action: Action, interaction: discord.Interaction, turn_id: int) -> None:
        """Called by a button; what goes wrong is told to the person alone."""
        if not self.first_time(interaction.id):
            return
        async with answering(interaction, self.languages):
            await self._presses[action](interaction, turn_id)
