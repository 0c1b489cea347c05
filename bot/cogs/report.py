"""Reports: 🚩 under a picture opens a form; the moderators get the picture, covered, and decide.

Nothing is kept in memory: form and buttons carry their ids, and a report that the bot could not deliver
before it ended is delivered at the next start.
"""

import logging
from contextlib import suppress

import discord
from discord.ext import commands

from bot.chat.discord_api.api_errors import FAILURES
from bot.chat.pictures.actions import Action
from bot.chat.pictures.turn_buttons import TurnButtons
from bot.chat.reports.report_delivery import ReportDelivery
from bot.chat.reports.report_views import Decision, ModeratorButton, ReportForm, report_submit
from bot.chat.requests.press_check import under_message, under_ours
from bot.chat.requests.replies import answering
from bot.chat.wording.languages import Languages
from bot.chat.wording.prompt_diff import shorten
from bot.client.client import DiffChatBot
from bot.domain.conversation import Turn
from bot.domain.reports import LONGEST_REASON, Report, ReportState
from bot.domain.sanitize import clean
from bot.errors import GoneTurn, NoReportsHere, NotAModerator, OldButton, ReportNotDelivered, StoreError
from bot.services.edit_trees import EditTrees
from bot.services.turns import TurnService
from bot.store.reports import ReportStore
from bot.telemetry.metrics import Metrics
from bot.texts import reports as words

log = logging.getLogger(__name__)

_NO_REASON = "…"


class Reports(commands.Cog):
    """From the button under a picture to a moderator's decision."""

    def __init__(
        self,
        bot: DiffChatBot,
        *,
        turns: TurnService,
        trees: EditTrees,
        reports: ReportStore,
        delivery: ReportDelivery,
        buttons: TurnButtons,
        languages: Languages,
        metrics: Metrics,
    ) -> None:
        self.bot = bot
        self.turns = turns
        self.trees = trees
        self.reports = reports
        self.delivery = delivery
        self.buttons = buttons
        self.languages = languages
        self.metrics = metrics
        bot.add_dynamic_items(ModeratorButton)
        bot.buttons.handle(ModeratorButton, self.decided, check=self.check_message)
        bot.buttons.handle(Action.REPORT, self.on_button)

    async def on_button(self, interaction: discord.Interaction, turn_id: int) -> None:
        """Open the form, unless the report would not be taken."""
        turn = await self.trees.turn(turn_id)
        await self.delivery.channel_of(turn)
        await self.reports.check(turn_id, interaction.user.id)
        language = await self.languages.of(interaction)
        await interaction.response.send_modal(ReportForm(turn_id, language))

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Take a form that was sent off, whenever it had been opened."""
        form = report_submit(interaction)
        if form is None or not self.bot.seen.first_time(interaction.id):
            return
        async with answering(interaction, self.languages):
            turn_id, said = form
            await self.bot.buttons.check(Action.REPORT, interaction, turn_id)
            channel_id = await self.delivery.channel_of(await self.trees.turn(turn_id))
            reason = shorten(clean(said), LONGEST_REASON) or _NO_REASON
            report = await self.reports.take(turn_id, interaction.user.id, reason)
            log.info("Report %s of turn %s by %s", report.id, turn_id, interaction.user.id)
            self.metrics.reports.inc()
            await interaction.response.defer(ephemeral=True, thinking=True)
            await self._deliver_or_withdraw(report, channel_id)
            thanks = words.THANKS(await self.languages.of(interaction))
            await interaction.followup.send(thanks, ephemeral=True)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Deliver what the bot had taken and not delivered when it ended."""
        for report in await self.reports.undelivered():
            try:
                channel_id = await self.delivery.channel_of(await self.trees.turn(report.turn_id))
                await self.delivery.deliver(report, channel_id, self.bot.owner_id or 0)
            except (GoneTurn, NoReportsHere, StoreError, *FAILURES) as error:
                log.warning("Report %s still waits for the moderators: %s", report.id, error)

    async def check_message(self, interaction: discord.Interaction, _: Decision, report_id: int) -> None:
        """Raise `OldButton` unless the press came from the moderators' message of this report."""
        if report_id >= 2**63:  # beyond SQLite's numbers
            raise OldButton
        report = await self.reports.get(report_id)
        if report.message_id is not None:
            under_message(interaction, report.message_id)
        else:  # sent, and the bot ended before it was noted
            under_ours(interaction, await self.delivery.channel_of(await self.trees.turn(report.turn_id)))

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
        language = await self.languages.around(interaction)
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
            turn = await self.trees.turn(report.turn_id)
            await self._remove_message(turn)
            deleted = await self.turns.delete_turn(turn.id, moderator_id, may_manage=True)
            await self.buttons.refresh(self.bot, deleted.conversation.id)

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

    async def _deliver_or_withdraw(self, report: Report, channel_id: int) -> None:
        """Raises `ReportNotDelivered`; the person may then try again.

        Where the store is what failed, and taking the report back fails as well, it is delivered when a
        session begins (`on_ready`).
        """
        try:
            await self.delivery.deliver(report, channel_id, self.bot.owner_id or 0)
        except (StoreError, *FAILURES) as error:
            log.warning("Report %s cannot be given to channel %s: %s", report.id, channel_id, error)
            await self.reports.withdraw(report.id)
            raise ReportNotDelivered from error


async def setup(bot: DiffChatBot) -> None:
    """Called by the client when it starts."""
    has = bot.services
    delivery = ReportDelivery(
        bot,
        trees=has.trees,
        reports=has.reports,
        rules=has.admission.guilds,
        guilds=has.guilds,
        images=has.images,
        languages=has.languages,
        default_channel=has.settings.safety.reports_channel,
    )
    await bot.add_cog(
        Reports(
            bot,
            turns=has.turns,
            trees=has.trees,
            reports=has.reports,
            delivery=delivery,
            buttons=has.buttons,
            languages=has.languages,
            metrics=has.metrics,
        )
    )
