"""/admin status, pause, resume, drain, purge and reload: the running of the bot, here or everywhere."""

import asyncio
import contextlib
import logging

import discord
from discord import app_commands

from bot.cogs.admin.moderators import ModeratorCommands, moderated, say
from bot.errors import TooLateToCancel
from bot.jobs.queue import JobQueue
from bot.ops.status_report import StatusReport
from bot.services.admission import Admission
from bot.store.guilds import EVERYWHERE
from bot.store.jobs import JobStore
from bot.texts import admin as words
from bot.texts import slash
from model.engine import Engine, Reloadable

log = logging.getLogger(__name__)

_PATIENCE = 14 * 60.0  # seconds; an interaction can be answered for fifteen minutes


class Operation(ModeratorCommands):
    """What is taken on, what works on it, and how that goes."""

    admission: Admission
    queue: JobQueue
    jobs: JobStore
    engine: Engine
    status_report: StatusReport

    @app_commands.command(name="status", description=slash.ADMIN_STATUS.en)
    async def status(self, interaction: discord.Interaction) -> None:
        """The state of the whole bot, with this server's errors; the owner sees all errors."""
        guild_id = moderated(interaction)
        scope = None if await self.bot.is_owner(interaction.user) else guild_id
        language = await self.languages.of(interaction)
        await say(interaction, await self.status_report.text(language, guild_id, errors_of=scope))

    @app_commands.command(name="pause", description=slash.ADMIN_PAUSE.en)
    @app_commands.describe(everywhere=slash.ADMIN_EVERYWHERE.en)
    async def pause(self, interaction: discord.Interaction, everywhere: bool = False) -> None:
        """Shut the gate; the pause outlives a restart."""
        scope = await self.scope(interaction, everywhere)
        await self.admission.pause(scope, on=True)
        log.info("Server %s (0: all) was paused by %s", scope, interaction.user.id)
        where = words.EVERYWHERE if everywhere else words.HERE
        await self.tell(interaction, words.PAUSED, where=where)

    @app_commands.command(name="resume", description=slash.ADMIN_RESUME.en)
    @app_commands.describe(everywhere=slash.ADMIN_EVERYWHERE.en)
    async def resume(self, interaction: discord.Interaction, everywhere: bool = False) -> None:
        """Open the gate; the owner also ends a drain with it."""
        scope = await self.scope(interaction, everywhere)
        await self.admission.pause(scope, on=False)
        if everywhere:
            self.admission.draining = False
            self.queue.hold(on=False)
        log.info("Server %s (0: all) was resumed by %s", scope, interaction.user.id)
        if not everywhere and (self.admission.draining or await self.admission.paused(EVERYWHERE)):
            await self.tell(interaction, words.STILL_PAUSED)
            return
        where = words.EVERYWHERE if everywhere else words.HERE
        await self.tell(interaction, words.RESUMED, where=where)

    @app_commands.command(name="drain", description=slash.ADMIN_DRAIN.en)
    async def drain(self, interaction: discord.Interaction) -> None:
        """Before a restart: nothing new, nothing more begun; say when what runs has ended."""
        await self.scope(interaction, everywhere=True)
        self.admission.draining = True
        self.queue.hold(on=True)
        log.info("Drained by %s", interaction.user.id)
        await self.tell(interaction, words.DRAINING, running=self.queue.running)
        try:
            async with asyncio.timeout(_PATIENCE):
                await self.queue.quiet()
        except TimeoutError:
            await self.tell(interaction, words.STILL_DRAINING, running=self.queue.running)
            return
        await self.tell(interaction, words.DRAINED, waiting=self.queue.waiting)

    @app_commands.command(name="purge", description=slash.ADMIN_PURGE.en)
    @app_commands.describe(person=slash.ADMIN_PERSON.en, everywhere=slash.ADMIN_EVERYWHERE.en)
    async def purge(
        self, interaction: discord.Interaction, person: discord.User | None = None, everywhere: bool = False
    ) -> None:
        """Cancel waiting work; each person is told at their picture's place."""
        scope = await self.scope(interaction, everywhere)
        await interaction.response.defer(ephemeral=True, thinking=True)
        jobs = await self.jobs.waiting(
            user_id=person.id if person else None, guild_id=None if scope == EVERYWHERE else scope
        )
        count = 0
        for job_id in jobs:
            with contextlib.suppress(TooLateToCancel):  # it was begun and ended meanwhile
                await self.queue.cancel(job_id)
                count += 1
        log.info("Purged by %s: %s jobs", interaction.user.id, count)
        await say(interaction, words.purged(await self.languages.of(interaction), count))

    @app_commands.command(name="reload", description=slash.ADMIN_RELOAD.en)
    async def reload(self, interaction: discord.Interaction) -> None:
        """A new adapter in its folder is taken up without a restart."""
        await self.scope(interaction, everywhere=True)
        engine = self.engine
        if not isinstance(engine, Reloadable):
            await self.tell(interaction, words.NOT_RELOADABLE)
            return
        await interaction.response.defer(ephemeral=True, thinking=True)
        await engine.reload_llm()
        model = engine.workers()[0].model
        log.info("The language model was loaded anew for %s: %s", interaction.user.id, model)
        await self.tell(interaction, words.RELOADED, model=model)
