"""/privacy: what is kept, in plain words, with buttons to decide on training, take a copy, or delete it."""

import io
import logging
import re
from collections.abc import Coroutine
from enum import StrEnum
from typing import Any, Self

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.chat.discord_api.api_errors import FAILURES
from bot.chat.requests.replies import acknowledging
from bot.chat.wording.languages import Languages
from bot.chat.wording.privacy_text import kept
from bot.client.client import DiffChatBot
from bot.domain.retention import ages
from bot.i18n import Language
from bot.services.personal_limits import PersonalLimits
from bot.services.privacy import PrivacyService
from bot.settings import RetentionSettings
from bot.store.people import Removed
from bot.texts import privacy as words
from bot.texts import slash
from bot.texts.answers import THREAD_TITLE_WITHOUT_WORDS

log = logging.getLogger(__name__)

_NEAR = 20  # messages within which the answer to an interaction stands


class Choice(StrEnum):
    """What can be chosen under the answer; the value stands in the `custom_id`."""

    ALLOW = "allow"
    STOP = "stop"
    COPY = "copy"
    DELETE = "delete"
    DELETE_NOW = "now"
    DELETE_ALL = "all"


class PrivacyButton(ui.DynamicItem[ui.Button[ui.View]], template=r"dc:v1:privacy:(?P<choice>[a-z]+)"):
    """One choice of the person who presses it; it acts on nobody else's data."""

    def __init__(self, choice: Choice, language: Language = Language.ENGLISH) -> None:
        self.choice = choice
        dangerous = choice in (Choice.DELETE, Choice.DELETE_NOW, Choice.DELETE_ALL)
        super().__init__(
            ui.Button(
                style=discord.ButtonStyle.danger if dangerous else discord.ButtonStyle.secondary,
                label=words.BUTTONS[choice.value](language),
                custom_id=f"dc:v1:privacy:{choice.value}",
            )
        )

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The same button again, from the `custom_id` of a message that may be older than this process."""
        return cls(Choice(match["choice"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the choice to the `Privacy` feature."""
        await interaction.client.buttons.press(PrivacyButton, interaction, self.choice)


def _view(language: Language, *choices: Choice) -> ui.View:
    view = ui.View(timeout=None)
    for choice in choices:
        view.add_item(PrivacyButton(choice, language))
    return view


class Privacy(commands.Cog):
    """The command and what its buttons do."""

    def __init__(
        self,
        bot: DiffChatBot,
        *,
        privacy: PrivacyService,
        languages: Languages,
        personal: PersonalLimits,
        retention: RetentionSettings,
    ) -> None:
        self.bot = bot
        self.privacy = privacy
        self.languages = languages
        self.personal = personal
        self.retention = retention
        bot.add_dynamic_items(PrivacyButton)
        bot.buttons.handle(PrivacyButton, self.chosen)

    @app_commands.command(name="privacy", description=slash.PRIVACY.en)
    async def privacy_command(self, interaction: discord.Interaction) -> None:
        """Say what is kept, to the person alone."""
        language = await self.languages.of(interaction)
        summary = await self.privacy.people.kept(interaction.user.id)
        training = Choice.STOP if summary.consent else Choice.ALLOW
        await interaction.response.send_message(
            kept(language, summary, ages(self.retention)),
            view=_view(language, training, Choice.COPY, Choice.DELETE),
            ephemeral=True,
        )

    async def chosen(self, interaction: discord.Interaction, choice: Choice) -> None:
        """Do what was chosen, for the person who chose it."""
        language = await self.languages.of(interaction)
        match choice:
            case Choice.ALLOW | Choice.STOP:
                await self.personal.count(interaction.user.id)
                allowed = choice is Choice.ALLOW
                await self.privacy.people.set_consent(interaction.user.id, allowed)
                said = words.TRAINING_ALLOWED if allowed else words.TRAINING_STOPPED
                await interaction.response.send_message(said(language), ephemeral=True)
            case Choice.COPY:
                await self._send_copy(interaction, language)
            case Choice.DELETE:
                view = _view(language, Choice.DELETE_NOW, Choice.DELETE_ALL)
                await interaction.response.send_message(
                    words.DELETE_REALLY(language), view=view, ephemeral=True
                )
            case Choice.DELETE_NOW | Choice.DELETE_ALL:
                await self._delete(interaction, language, messages_too=choice is Choice.DELETE_ALL)

    async def _send_copy(self, interaction: discord.Interaction, language: Language) -> None:
        """By private message; where those are closed, here, seen by nobody else."""
        await self.personal.count(interaction.user.id)
        await interaction.response.defer(ephemeral=True, thinking=True)
        async with self.personal.working(interaction.user.id):
            data = await self.privacy.copy(interaction.user.id)
        try:
            await interaction.user.send(words.COPY_HERE(language), file=_file(data))
        except FAILURES as error:
            log.info("A copy for %s is given in place, because of: %s", interaction.user.id, error)
            await interaction.followup.send(words.COPY_HERE(language), file=_file(data), ephemeral=True)
        else:
            await interaction.followup.send(words.COPY_SENT(language), ephemeral=True)

    async def _delete(
        self, interaction: discord.Interaction, language: Language, *, messages_too: bool
    ) -> None:
        removed = await acknowledging(interaction, self._removed(interaction.user.id), thinking=True)
        log.info("Everything about a person was deleted at their wish")
        left = await self._remove_messages(removed) if messages_too else 0
        said = words.deleted_everything(language, left, messages_too=messages_too)
        await interaction.followup.send(said, ephemeral=True)

    async def _removed(self, person_id: int) -> Removed:
        """Delete what there is of a person, who may ask for that as often as they like."""
        async with self.personal.working(person_id):
            return await self.privacy.remove(person_id)

    async def _remove_messages(self, removed: Removed) -> int:
        """The posted messages, and the words above threads and in their names; how many had to stay."""
        left = 0
        for channel_id, message_id in (*removed.messages, *removed.threads):
            place = self.bot.get_partial_messageable(channel_id)
            left += not await _done(place.get_partial_message(message_id).delete(), message_id)
        for channel_id, interaction_id in removed.answers:
            left += not await _done(self._remove_answer(channel_id, interaction_id), interaction_id)
        for _, thread_id in removed.threads:
            left += not await _done(self._rename(thread_id), thread_id)
        return left

    async def _remove_answer(self, channel_id: int, interaction_id: int) -> None:
        """Find the answer to an interaction among the messages right after it, and delete it."""
        place = self.bot.get_partial_messageable(channel_id)
        async for message in place.history(limit=_NEAR, after=discord.Object(interaction_id)):
            if message.interaction_metadata and message.interaction_metadata.id == interaction_id:
                await message.delete()

    async def _rename(self, thread_id: int) -> None:
        """Give a thread a name that nobody said."""
        thread = self.bot.get_channel(thread_id) or await self.bot.fetch_channel(thread_id)
        if isinstance(thread, discord.Thread):
            language = await self.languages.at(thread.guild, self.bot.me_id)
            await thread.edit(name=THREAD_TITLE_WITHOUT_WORDS(language))


async def _done(request: Coroutine[Any, Any, object], target_id: int) -> bool:
    """Whether the request went through, or what it is about is gone anyway."""
    try:
        await request
    except discord.NotFound:
        return True
    except FAILURES as error:
        log.warning("%s could not be removed or renamed: %s", target_id, error)
        return False
    return True


def _file(data: bytes) -> discord.File:
    return discord.File(io.BytesIO(data), "my-data.zip")


async def setup(bot: DiffChatBot) -> None:
    """Called by the client when it starts."""
    has = bot.services
    await bot.add_cog(
        Privacy(
            bot,
            privacy=has.privacy,
            languages=has.languages,
            personal=has.personal,
            retention=has.settings.retention,
        )
    )
