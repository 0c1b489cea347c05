"""/admin: what moderators decide for their server, and the owner of the bot for all of them.

Discord shows the command to people who manage the server; that is checked here again, as Discord's word can
be overruled in a server's settings.
"""

import asyncio
import contextlib
import logging
from dataclasses import replace

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.permissions import require_posting_in
from bot.client.client import DiffChatBot
from bot.domain.limits import GuildRules
from bot.errors import NotAModerator, NotTheOwner, TooLateToCancel
from bot.i18n import Text
from bot.ops.status_report import report, server_rules
from bot.store.guilds import EVERYWHERE
from bot.texts import admin as words
from bot.texts import slash
from model.engine import Supervised

log = logging.getLogger(__name__)

_PATIENCE = 14 * 60.0  # seconds; an interaction can be answered for fifteen minutes

Amount = app_commands.Range[int, 0, 100_000]


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class Admin(commands.GroupCog, group_name="admin", group_description=slash.ADMIN.en):
    """The sub-commands; every answer is for the person alone."""

    def __init__(self, bot: DiffChatBot) -> None:
        self.bot = bot
        self.admission = bot.services.admission
        self.queue = bot.services.queue

    @app_commands.command(name="status", description=slash.ADMIN_STATUS.en)
    async def status(self, interaction: discord.Interaction) -> None:
        """The state of the whole bot, with this server's errors; the owner sees all errors."""
        guild_id = _moderated(interaction)
        scope = None if await self.bot.is_owner(interaction.user) else guild_id
        language = await self.bot.languages.of(interaction)
        await _say(interaction, await report(self.bot.services, language, guild_id, errors_of=scope))

    @app_commands.command(name="pause", description=slash.ADMIN_PAUSE.en)
    @app_commands.describe(everywhere=slash.ADMIN_EVERYWHERE.en)
    async def pause(self, interaction: discord.Interaction, everywhere: bool = False) -> None:
        """Shut the gate; the pause outlives a restart."""
        scope = await self._scope(interaction, everywhere)
        await self.admission.pause(scope, on=True)
        log.info("Server %s (0: all) was paused by %s", scope, interaction.user.id)
        where = words.EVERYWHERE if everywhere else words.HERE
        await self._tell(interaction, words.PAUSED, where=where)

    @app_commands.command(name="resume", description=slash.ADMIN_RESUME.en)
    @app_commands.describe(everywhere=slash.ADMIN_EVERYWHERE.en)
    async def resume(self, interaction: discord.Interaction, everywhere: bool = False) -> None:
        """Open the gate; the owner also ends a drain with it."""
        scope = await self._scope(interaction, everywhere)
        await self.admission.pause(scope, on=False)
        if everywhere:
            self.admission.draining = False
            self.queue.hold(on=False)
        log.info("Server %s (0: all) was resumed by %s", scope, interaction.user.id)
        if not everywhere and (self.admission.draining or await self.admission.paused(EVERYWHERE)):
            await self._tell(interaction, words.STILL_PAUSED)
            return
        where = words.EVERYWHERE if everywhere else words.HERE
        await self._tell(interaction, words.RESUMED, where=where)

    @app_commands.command(name="drain", description=slash.ADMIN_DRAIN.en)
    async def drain(self, interaction: discord.Interaction) -> None:
        """Before a restart: nothing new, nothing more begun; say when what runs has ended."""
        await self._scope(interaction, everywhere=True)
        self.admission.draining = True
        self.queue.hold(on=True)
        log.info("Drained by %s", interaction.user.id)
        await self._tell(interaction, words.DRAINING, running=self.queue.running)
        try:
            async with asyncio.timeout(_PATIENCE):
                await self.queue.quiet()
        except TimeoutError:
            await self._tell(interaction, words.STILL_DRAINING, running=self.queue.running)
            return
        await self._tell(interaction, words.DRAINED, waiting=self.queue.waiting)

    @app_commands.command(name="purge", description=slash.ADMIN_PURGE.en)
    @app_commands.describe(person=slash.ADMIN_PERSON.en, everywhere=slash.ADMIN_EVERYWHERE.en)
    async def purge(
        self, interaction: discord.Interaction, person: discord.User | None = None, everywhere: bool = False
    ) -> None:
        """Cancel waiting work; each person is told at their picture's place."""
        scope = await self._scope(interaction, everywhere)
        await interaction.response.defer(ephemeral=True, thinking=True)
        jobs = await self.bot.services.jobs.waiting(
            user_id=person.id if person else None, guild_id=None if scope == EVERYWHERE else scope
        )
        count = 0
        for job_id in jobs:
            with contextlib.suppress(TooLateToCancel):  # it was begun and ended meanwhile
                await self.queue.cancel(job_id)
                count += 1
        log.info("Purged by %s: %s jobs", interaction.user.id, count)
        await _say(interaction, words.purged(await self.bot.languages.of(interaction), count))

    @app_commands.command(name="reload", description=slash.ADMIN_RELOAD.en)
    async def reload(self, interaction: discord.Interaction) -> None:
        """A new adapter in its folder is taken up without a restart."""
        await self._scope(interaction, everywhere=True)
        engine = self.bot.services.engine
        if not isinstance(engine, Supervised):
            await self._tell(interaction, words.NOT_RELOADABLE)
            return
        await interaction.response.defer(ephemeral=True, thinking=True)
        await engine.reload_llm()
        model = engine.workers()[0].model
        log.info("The language model was loaded anew for %s: %s", interaction.user.id, model)
        await self._tell(interaction, words.RELOADED, model=model)

    @app_commands.command(name="limits", description=slash.ADMIN_LIMITS.en)
    @app_commands.describe(
        waiting=slash.ADMIN_WAITING.en,
        hourly=slash.ADMIN_HOURLY.en,
        daily=slash.ADMIN_DAILY.en,
        role=slash.ADMIN_ROLE.en,
    )
    async def limits(
        self,
        interaction: discord.Interaction,
        waiting: Amount | None = None,
        hourly: Amount | None = None,
        daily: Amount | None = None,
        role: discord.Role | None = None,
    ) -> None:
        """Tighten the operator's limits here, and give some roles more within them."""
        guild_id = _moderated(interaction)
        given = {"queued_per_user": waiting, "hourly_per_user": hourly, "daily_per_user": daily}
        amounts = {name: amount for name, amount in given.items() if amount is not None}
        rules = await self.admission.guilds.rules(guild_id)
        if amounts:
            rules = rules.with_amounts(amounts, role.id if role else None)
            await self._keep(interaction, guild_id, rules)
        await _say(interaction, server_rules(await self.bot.languages.of(interaction), rules))

    @app_commands.command(name="serve", description=slash.ADMIN_SERVE.en)
    @app_commands.describe(
        channel=slash.ADMIN_CHANNEL.en, role=slash.ADMIN_SERVED_ROLE.en, remove=slash.ADMIN_REMOVE.en
    )
    async def serve(
        self,
        interaction: discord.Interaction,
        channel: app_commands.AppCommandChannel | None = None,
        role: discord.Role | None = None,
        remove: bool = False,
    ) -> None:
        """Add to or take from the lists of channels and roles; an empty list serves all."""
        guild_id = _moderated(interaction)
        rules = await self.admission.guilds.rules(guild_id)
        if channel is not None or role is not None:
            channels = {channel.id} if channel is not None else set()
            rules = rules.serving(channels, {role.id} if role is not None else set(), remove=remove)
            await self._keep(interaction, guild_id, rules)
        await _say(interaction, server_rules(await self.bot.languages.of(interaction), rules))

    @app_commands.command(name="reports", description=slash.ADMIN_REPORTS.en)
    @app_commands.describe(channel=slash.ADMIN_REPORTS_CHANNEL.en, remove=slash.ADMIN_REPORTS_REMOVE.en)
    async def reports(
        self,
        interaction: discord.Interaction,
        channel: discord.TextChannel | None = None,
        remove: bool = False,
    ) -> None:
        """Where people's reports go; a channel is taken only if the bot can write there."""
        guild_id = _moderated(interaction)
        rules = await self.admission.guilds.rules(guild_id)
        if channel is not None:
            require_posting_in(channel)
        if channel is not None or remove:
            rules = replace(rules, reports_channel=channel.id if channel is not None else 0)
            await self._keep(interaction, guild_id, rules)
        if named := rules.reports_channel:
            await self._tell(interaction, words.REPORTS_GO_TO, channel=f"<#{named}>")
        else:
            await self._tell(interaction, words.REPORTS_GO_NOWHERE)

    async def _tell(self, interaction: discord.Interaction, text: Text, **fields: object) -> None:
        await _say(interaction, text(await self.bot.languages.of(interaction), **fields))

    async def _keep(self, interaction: discord.Interaction, guild_id: int, rules: GuildRules) -> None:
        await self.admission.guilds.keep(guild_id, rules)
        log.info("Rules of server %s changed by %s: %s", guild_id, interaction.user.id, rules.to_json())

    async def _scope(self, interaction: discord.Interaction, everywhere: bool) -> int:
        """The server that is meant, or EVERYWHERE. Raises `NotAModerator` or `NotTheOwner`."""
        if not everywhere:
            return _moderated(interaction)
        if not await self.bot.is_owner(interaction.user):
            raise NotTheOwner
        return EVERYWHERE


def _moderated(interaction: discord.Interaction) -> int:
    """The server of an interaction by somebody who manages it. Raises `NotAModerator`."""
    if interaction.guild_id is None or not interaction.permissions.manage_guild:
        raise NotAModerator
    return interaction.guild_id


async def _say(interaction: discord.Interaction, text: str) -> None:
    if interaction.response.is_done():
        await interaction.followup.send(text, ephemeral=True)
    else:
        await interaction.response.send_message(text, ephemeral=True)


async def setup(bot: DiffChatBot) -> None:
    """Called by discord.py's loader."""
    await bot.add_cog(Admin(bot))
