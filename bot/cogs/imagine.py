"""/imagine: words, or what is in a picture, become a first picture, in a thread of their own if possible."""

import asyncio
import logging
from collections.abc import Coroutine, Iterable
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.api_errors import FAILURES
from bot.chat.permissions import may_open_thread
from bot.chat.prompt_diff import escape, shorten
from bot.client.client import DiffChatBot
from bot.domain.conversation import Origin
from bot.domain.limits import Allowance
from bot.domain.options import MAX_SEED, NO_STYLE, Options
from bot.errors import PictureTooHeavy
from bot.services.turn_results import Accepted, Wish
from bot.texts import answers as words
from bot.texts import slash

log = logging.getLogger(__name__)

_THREAD_NAME = 100  # characters
_STARTER = 300  # characters of the prompt shown above the thread
_CHOICES = 25
_PATIENCE = 1.5  # seconds, of the three that Discord gives for an acknowledgement
_HEAVIEST = 10 * 2**20  # bytes of a picture to start from


class Imagine(commands.Cog):
    """The command, its autocompletion, and the place where its pictures go."""

    def __init__(self, bot: DiffChatBot) -> None:
        self.bot = bot
        self.turns = bot.services.turns

    @app_commands.command(name="imagine", description=slash.IMAGINE.en)
    @app_commands.describe(
        prompt=slash.IMAGINE_PROMPT.en,
        style=slash.IMAGINE_STYLE.en,
        seed=slash.IMAGINE_SEED.en,
        count=slash.IMAGINE_COUNT.en,
        size=slash.IMAGINE_SIZE.en,
        exact=slash.IMAGINE_EXACT.en,
        image=slash.IMAGINE_IMAGE.en,
        model=slash.IMAGINE_MODEL.en,
    )
    @app_commands.choices(
        size=[app_commands.Choice(name=text.en, value=name) for name, text in slash.SIZES.items()]
    )
    async def imagine(
        self,
        interaction: discord.Interaction,
        prompt: str = "",
        style: str | None = None,
        seed: app_commands.Range[int, 0, MAX_SEED] | None = None,
        count: app_commands.Range[int, 1, 4] | None = None,
        size: str | None = None,
        exact: bool | None = None,
        image: discord.Attachment | None = None,
        model: str | None = None,
    ) -> None:
        """Check first, store, acknowledge, open the place, then queue the work."""
        options = await self.with_preferences(
            interaction, Options(style, seed, count, size, exact, None if model == self._plain else model)
        )
        allowed = await self.bot.admit(interaction)
        if image is not None:
            await self.from_picture(interaction, image, prompt, options, Origin.SLASH)
            return
        wish = await self.turns.check(
            prompt, interaction.user.id, options, guild_id=interaction.guild_id, allowed=allowed
        )
        kept = await self._keep(interaction, wish, Origin.SLASH, allowed)
        if kept is not None:
            text = await self._starter(interaction, wish.prompt)
            await self._begin(interaction, kept, interaction.response.send_message(text), wish.prompt)

    async def with_preferences(self, interaction: discord.Interaction, said: Options) -> Options:
        """What the person said, with their preferences where they said nothing."""
        preferred = await self.bot.services.preferences.of(interaction.user.id)
        return preferred.fill(said, self.turns.styles, self.bot.services.settings.imagine.max_count)

    async def from_picture(
        self,
        interaction: discord.Interaction,
        image: discord.Attachment,
        prompt: str,
        options: Options,
        origin: Origin,
    ) -> None:
        """Start from what is in a picture, with the words of `prompt` after it.

        Raises `PictureTooHeavy`, and `model.errors.BadImage` for what cannot or should not be decoded.
        """
        if image.size > _HEAVIEST:
            raise PictureTooHeavy(limit=_HEAVIEST // 2**20)
        allowed = await self.bot.admit(interaction)
        await interaction.response.defer(thinking=True)
        try:
            async with asyncio.timeout(self.bot.services.settings.limits.edit_timeout_s):
                said = await self.bot.services.describe(await image.read())
            wanted = ", ".join(filter(None, (said, prompt)))
            wish = await self.turns.check(
                wanted, interaction.user.id, options, guild_id=interaction.guild_id, allowed=allowed
            )
            kept = await self._keep(interaction, wish, origin, allowed)
        except Exception:
            # the place is public: the reason is told to the person alone, by whoever catches this
            await interaction.delete_original_response()
            raise
        if kept is not None:
            text = await self._starter(interaction, wish.prompt)
            answer = interaction.edit_original_response(content=text)
            await self._begin(interaction, kept, answer, wish.prompt)

    async def _keep(
        self,
        interaction: discord.Interaction,
        wish: Wish,
        origin: Origin,
        allowed: Allowance,
    ) -> asyncio.Future[Accepted] | None:
        """Store the wish before it is acknowledged, so that what was acknowledged outlasts anything.

        A database that takes its time is not waited for longer than Discord waits for us. None where Discord
        delivers the same command once more.
        """
        keeping = asyncio.ensure_future(
            self.turns.start_conversation(
                wish,
                author_id=interaction.user.id,
                origin=origin,
                guild_id=interaction.guild_id,
                channel_id=interaction.channel_id or 0,
                request_id=interaction.id,
                allowed=allowed,
                placed=False,
            )
        )
        await asyncio.wait({keeping}, timeout=_PATIENCE)
        return None if keeping.done() and not keeping.result().new else keeping

    async def _begin(
        self,
        interaction: discord.Interaction,
        keeping: asyncio.Future[Accepted],
        acknowledging: Coroutine[Any, Any, object],
        prompt: str,
    ) -> None:
        """Acknowledge, open the place, then queue; when nothing could be kept, that is taken back."""
        starter = await _acknowledged(interaction, acknowledging)
        try:
            accepted = await keeping
        except Exception:
            await _take_away(interaction)
            raise
        thread: discord.Thread | None = None
        try:
            thread = await self._open_thread(interaction, starter, shorten(prompt, _THREAD_NAME))
        finally:
            accepted = await self.turns.place(accepted, thread.id if thread else None)
        self.bot.note(accepted, prompt)

    @imagine.autocomplete("style")
    async def styles(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """The styles that contain what was typed; those that begin with it come first."""
        choices = _fitting(self.turns.styles, typed)
        if typed.strip() or not (await self.bot.services.preferences.of(interaction.user.id)).style:
            return choices
        # who prefers a style can do without it for once
        without = slash.NO_STYLE(await self.bot.languages.of(interaction))
        return [app_commands.Choice(name=without, value=NO_STYLE), *choices[: _CHOICES - 1]]

    @imagine.autocomplete("model")
    async def models(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """The plain pipeline and those of [image] loras; one choice where there is only one."""
        return _fitting([self._plain, *self.turns.models], typed)

    @property
    def _plain(self) -> str:
        """The name of the pipeline as it is."""
        return self.bot.services.engine.info.painter

    async def _open_thread(
        self, interaction: discord.Interaction, starter: discord.Message | None, title: str
    ) -> discord.Thread | None:
        """A public thread on `starter`; None where threads cannot be, or where Discord refuses one."""
        if not isinstance(interaction.channel, discord.TextChannel) or starter is None:
            return None
        if not may_open_thread(interaction.app_permissions):
            return None
        try:
            return await starter.create_thread(name=title, auto_archive_duration=1440)
        except FAILURES as error:
            log.warning("No thread in channel %s, replying instead: %s", interaction.channel_id, error)
            return None

    async def _starter(self, interaction: discord.Interaction, prompt: str) -> str:
        language = await self.bot.languages.around(interaction)
        shown = escape(shorten(prompt, _STARTER))
        return words.STARTER(language, author=interaction.user.mention, prompt=shown)


def _fitting(names: Iterable[str], typed: str) -> list[app_commands.Choice[str]]:
    """Choices whose name contains what was typed; those that begin with it come first."""
    wanted = typed.casefold().strip()
    fitting = [name for name in names if wanted in name.casefold()]
    fitting.sort(key=lambda name: not name.casefold().startswith(wanted))
    return [app_commands.Choice(name=name, value=name) for name in fitting[:_CHOICES]]


async def _acknowledged(
    interaction: discord.Interaction, acknowledging: Coroutine[Any, Any, object]
) -> discord.Message | None:
    """The message above the thread; None where Discord does not take the answer: the work goes on without."""
    try:
        answered = await acknowledging
    except FAILURES as error:
        log.warning("Interaction %s could not be answered: %s", interaction.id, error)
        return None
    shown = answered.resource if isinstance(answered, discord.InteractionCallbackResponse) else answered
    return shown if isinstance(shown, discord.Message) else None


async def _take_away(interaction: discord.Interaction) -> None:
    """Remove the starter."""
    try:
        await interaction.delete_original_response()
    except FAILURES as error:
        log.warning("The start of interaction %s could not be taken away: %s", interaction.id, error)


async def setup(bot: DiffChatBot) -> None:
    """Called by discord.py's loader."""
    await bot.add_cog(Imagine(bot))
