"""Putting a report before the moderators: which channel, what it says, and the picture, covered."""

import asyncio
import io
import logging

import discord

from bot.chat.discord_api.guilds import Guilds
from bot.chat.pictures.uploads import limit_per_file, picture_file
from bot.chat.reports.report_views import decision_view
from bot.chat.wording.languages import Languages
from bot.chat.wording.prompt_diff import escape
from bot.domain.conversation import Turn
from bot.domain.reports import Report
from bot.errors import NoReportsHere, PictureLost
from bot.i18n import Language
from bot.services.edit_trees import EditTrees
from bot.store.guilds import GuildStore
from bot.store.images import ImageStore
from bot.store.reports import ReportStore
from bot.texts import reports as words

log = logging.getLogger(__name__)


class ReportDelivery:
    """`default_channel` takes the reports of servers that named no channel of their own; 0 is none."""

    def __init__(
        self,
        client: discord.Client,
        *,
        trees: EditTrees,
        reports: ReportStore,
        rules: GuildStore,
        guilds: Guilds,
        images: ImageStore,
        languages: Languages,
        default_channel: int,
    ) -> None:
        self._client = client
        self._trees = trees
        self._reports = reports
        self._rules = rules
        self._guilds = guilds
        self._images = images
        self._languages = languages
        self._default_channel = default_channel

    async def channel_of(self, turn: Turn) -> int:
        """Where reports of a turn go. Raises `NoReportsHere`."""
        guild_id = (await self._trees.conversation(turn.conversation_id)).guild_id
        rules = await self._rules.rules(guild_id) if guild_id else None
        named = (rules.reports_channel if rules else 0) or self._default_channel
        if not named:
            log.warning("A report of turn %s has nowhere to go: see /admin reports", turn.id)
            raise NoReportsHere
        return named

    async def deliver(self, report: Report, channel_id: int, owner_id: int) -> None:
        """Send a message with buttons, or a reply to the one that is there.

        Outside servers it is in the language of `owner_id`, the bot's owner.
        Raises what a request to Discord can raise.
        """
        guild = await self._guilds.get(self._client, report.guild_id)
        language = await self._languages.at(guild, owner_id)
        sent = await self._join(report, language) or await self._open(report, channel_id, guild, language)
        await self._reports.placed(report.id, sent.channel.id, sent.id)

    async def _join(self, report: Report, language: Language) -> discord.Message | None:
        """Add to an open report of the same picture; None where there is none, or its message is gone."""
        earlier = next(iter(await self._reports.open_of(report.turn_id)), None)
        if earlier is None or earlier.channel_id is None or earlier.message_id is None:
            return None
        place = self._client.get_partial_messageable(earlier.channel_id)
        said = words.REPORTED_TOO(language, reporter=f"<@{report.reporter_id}>", reason=escape(report.reason))
        try:
            first = await place.fetch_message(earlier.message_id)
            return await first.reply(said, nonce=f"report-{report.id}")
        except discord.NotFound:
            return None

    async def _open(
        self, report: Report, channel_id: int, guild: discord.Guild | None, language: Language
    ) -> discord.Message:
        turn = await self._trees.turn(report.turn_id)
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
        place = self._client.get_partial_messageable(channel_id)
        view = decision_view(report.id, language)
        return await place.send(said, files=files, view=view, nonce=f"report-{report.id}")

    async def _covered(self, turn: Turn, limit: int) -> list[discord.File]:
        """The pictures of a turn as covered files; none where they are lost."""
        files = []
        for image in turn.images:
            try:
                png = await self._images.read(image)
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
