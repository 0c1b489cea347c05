"""Reports: 🚩 under a picture opens a form; the moderators get the picture, covered, and decide.

Nothing is kept in memory: form and buttons carry their ids, and a report that the bot could not deliver
before it ended is delivered at the next start.
"""

import asyncio
import io
import logging
from contextlib import suppress

import discord
from discord.ext import commands

from bot.chat.api_errors import FAILURES
from bot.chat.prompt_diff import escape, shorten
from bot.chat.replies import answering
from bot.chat.report_views import Decision, ModeratorButton, ReportForm, decision_view, report_submit
from bot.chat.uploads import limit_per_file, picture_file
from bot.chat.views import Action
from bot.client.client import DiffChatBot
from bot.domain.conversation import Turn
from bot.domain.reports import LONGEST_REASON, Report, ReportState
from bot.domain.sanitize import clean
from bot.errors import (
    GoneTurn,
    NoReportsHere,
    NotAModerator,
    PictureLost,
    ReportNotDelivered,
)
from bot.i18n import Language
from bot.texts import reports as words

log = logging.getLogger(__name__)

_NO_REASON = "…"


class Reports(commands.Cog):
    """From the button under a picture to a moderator's decision."""

    def __init__(self, bot: DiffChatBot) -> None:
        self.bot = bot
        self.turns = bot.services.turns
        self.reports = bot.services.reports
        bot.add_dynamic_items(ModeratorButton)
        bot.handle(Action.REPORT, self.on_button)

    async def on_button(self, interaction: discord.Interaction, turn_id: int) -> None:
        """Open the form, unless the report would not be taken."""
        turn = await self.turns.turn(turn_id)
        await self._channel_of(turn)
        await self.reports.check(turn_id, interaction.user.id)
        language = await self.bot.languages.of(interaction)
        await interaction.response.send_modal(ReportForm(turn_id, language))

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Take a form that was sent off, whenever it had been opened."""
        form = report_submit(interaction)
        if form is None:
            return
        async with answering(interaction, self.bot.languages):
            turn_id, said = form
            channel_id = await self._channel_of(await self.turns.turn(turn_id))
            reason = shorten(clean(said), LONGEST_REASON) or _NO_REASON
            report = await self.reports.take(turn_id, interaction.user.id, reason)
            log.info("Report %s of turn %s by %s", report.id, turn_id, interaction.user.id)
            self.bot.services.metrics.reports.inc()
            await interaction.response.defer(ephemeral=True, thinking=True)
            await self._deliver_or_withdraw(report, channel_id)
            thanks = words.THANKS(await self.bot.languages.of(interaction))
            await interaction.followup.send(thanks, ephemeral=True)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Deliver what the bot had taken and not delivered when it ended."""
        for report in await self.reports.undelivered():
            try:
                channel_id = await self._channel_of(await self.turns.turn(report.turn_id))
                await self._deliver(report, channel_id)
            except (GoneTurn, NoReportsHere, *FAILURES) as error:
                log.warning("Report %s still waits for the moderators: %s", report.id, error)

    async def decided(self, interaction: discord.Interaction, decision: Decision, report_id: int) -> None:
        """What a moderator's button does; all open reports of the turn are settled with it."""
        report = await self.reports.get(report_id)
        await self._check_moderator(interaction, report)
        await interaction.response.defer()
        if decision is Decision.REMOVE:
            await self._remove_picture(report, interaction.user.id)
        state = ReportState.REMOVED if decision is Decision.REMOVE else ReportState.DISMISSED
        await self.reports.settle(report.turn_id, state, interaction.user.id)
        log.info("Report %s of turn %s: %s by %s", report.id, report.turn_id, state, interaction.user.id)
        language = await self.bot.languages.around(interaction)
        outcome = words.REMOVED if decision is Decision.REMOVE else words.DISMISSED
        before = interaction.message.content if interaction.message else ""
        said = f"{before}\n{outcome(language, moderator=interaction.user.mention)}"
        # the covered copy goes too: it is needed no longer
        await interaction.edit_original_response(content=said, view=None, attachments=[])

    async def _check_moderator(self, interaction: discord.Interaction, report: Report) -> None:
        """Raise `NotAModerator` unless the person moderates that server, or owns the bot."""
        moderates = interaction.guild_id == report.guild_id and interaction.permissions.manage_messages
        if not (moderates and report.guild_id) and not await self.bot.is_owner(interaction.user):
            raise NotAModerator

    async def _remove_picture(self, report: Report, moderator_id: int) -> None:
        """The message first: without the rows nobody would know where it is."""
        with suppress(GoneTurn):  # its author or another moderator was quicker
            turn = await self.turns.turn(report.turn_id)
            await self._remove_message(turn)
            await self.turns.delete_turn(turn.id, moderator_id, may_manage=True)

    async def _remove_message(self, turn: Turn) -> None:
        image = turn.images[0] if turn.images else None
        if image is None or image.channel_id is None or image.message_id is None:
            return
        place = self.bot.get_partial_messageable(image.channel_id)
        try:
            await place.get_partial_message(image.message_id).delete()
        except discord.NotFound:
            return
        except FAILURES as error:
            log.warning("Message %s of a reported picture stays: %s", image.message_id, error)

    async def _channel_of(self, turn: Turn) -> int:
        """Where reports of a turn go. Raises `NoReportsHere`."""
        guild_id = (await self.turns.conversation(turn.conversation_id)).guild_id
        rules = await self.bot.services.admission.guilds.rules(guild_id) if guild_id else None
        named = (rules.reports_channel if rules else 0) or self.bot.services.settings.safety.reports_channel
        if not named:
            log.warning("A report of turn %s has nowhere to go: see /admin reports", turn.id)
            raise NoReportsHere
        return named

    async def _deliver_or_withdraw(self, report: Report, channel_id: int) -> None:
        """Raises `ReportNotDelivered`; the person may then try again."""
        try:
            await self._deliver(report, channel_id)
        except FAILURES as error:
            log.warning("Report %s cannot be given to channel %s: %s", report.id, channel_id, error)
            await self.reports.withdraw(report.id)
            raise ReportNotDelivered from error

    async def _deliver(self, report: Report, channel_id: int) -> None:
        """Put a report before the moderators: a message with buttons, or a reply to the one that is there."""
        guild = self.bot.get_guild(report.guild_id) if report.guild_id else None
        language = await self.bot.languages.at(guild, self.bot.owner_id or 0)
        sent = await self._join(report, language) or await self._open(report, channel_id, guild, language)
        await self.reports.placed(report.id, sent.channel.id, sent.id)

    async def _join(self, report: Report, language: Language) -> discord.Message | None:
        """Add to an open report of the same picture; None where there is none, or its message is gone."""
        earlier = next(iter(await self.reports.open_of(report.turn_id)), None)
        if earlier is None or earlier.channel_id is None or earlier.message_id is None:
            return None
        place = self.bot.get_partial_messageable(earlier.channel_id)
        said = words.REPORTED_TOO(language, reporter=f"<@{report.reporter_id}>", reason=escape(report.reason))
        try:
            first = await place.fetch_message(earlier.message_id)
            return await first.reply(said, nonce=f"report-{report.id}")
        except discord.NotFound:
            return None

    async def _open(
        self, report: Report, channel_id: int, guild: discord.Guild | None, language: Language
    ) -> discord.Message:
        turn = await self.turns.turn(report.turn_id)
        limit = guild.filesize_limit if guild else discord.utils.DEFAULT_FILE_SIZE_LIMIT_BYTES
        files = await self._covered(turn, limit)
        said = words.reported(
            language,
            link=_link(report, turn),
            reporter_id=report.reporter_id,
            author_id=report.author_id,
            reason=escape(report.reason),
        )
        if not files:
            said = f"{said}\n{words.PICTURE_LOST(language)}"
        place = self.bot.get_partial_messageable(channel_id)
        view = decision_view(report.id, language)
        return await place.send(said, files=files, view=view, nonce=f"report-{report.id}")

    async def _covered(self, turn: Turn, limit: int) -> list[discord.File]:
        """The pictures of a turn as covered files; none where they are lost."""
        files = []
        for image in turn.images:
            try:
                png = await self.bot.services.images.read(image)
            except PictureLost as lost:
                log.warning("A reported picture of turn %s cannot be shown: %s", turn.id, lost)
                return []
            most = limit_per_file(limit, len(turn.images))
            file = await asyncio.to_thread(picture_file, f"report-{turn.id}-{image.position + 1}", png, most)
            files.append(discord.File(io.BytesIO(file.data), file.name, spoiler=True))
        return files


def _link(report: Report, turn: Turn) -> str:
    channel = turn.images[0].channel_id if turn.images else None
    return f"https://discord.com/channels/{report.guild_id or '@me'}/{channel}/{turn.message_id}"


async def setup(bot: DiffChatBot) -> None:
    """Called by discord.py's loader."""
    await bot.add_cog(Reports(bot))
