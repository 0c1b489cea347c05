"""/admin: what moderators decide for their server, and the owner of the bot for all of them."""

from discord import app_commands
from discord.ext import commands

from bot.chat.wording.languages import Languages
from bot.client.client import DiffChatBot
from bot.cogs.admin.models import ModelRules
from bot.cogs.admin.operation import Operation
from bot.cogs.admin.rules import ServerRules
from bot.jobs.queue import JobQueue
from bot.ops.status_report import StatusReport
from bot.services.admission import Admission
from bot.store.jobs import JobStore
from bot.texts import slash
from model.engine import Engine


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class Admin(
    ServerRules,
    ModelRules,
    Operation,
    commands.GroupCog,
    group_name="admin",
    group_description=slash.ADMIN.en,
):
    """One group of commands at Discord; its sub-commands are in three classes by what they are about."""

    def __init__(
        self,
        bot: DiffChatBot,
        *,
        admission: Admission,
        queue: JobQueue,
        jobs: JobStore,
        engine: Engine,
        status_report: StatusReport,
        languages: Languages,
        model_names: tuple[str, ...],
    ) -> None:
        self.bot = bot
        self.admission = admission
        self.guilds = admission.guilds
        self.queue = queue
        self.jobs = jobs
        self.engine = engine
        self.status_report = status_report
        self.languages = languages
        self.model_names = model_names


async def setup(bot: DiffChatBot) -> None:
    """Called by the client when it starts."""
    has = bot.services
    status_report = StatusReport(
        admission=has.admission,
        queue=has.queue,
        jobs=has.jobs,
        engine=has.engine,
        preset=has.settings.preset.name,
        data_dir=has.settings.store.data_dir,
    )
    await bot.add_cog(
        Admin(
            bot,
            admission=has.admission,
            queue=has.queue,
            jobs=has.jobs,
            engine=has.engine,
            status_report=status_report,
            languages=has.languages,
            model_names=tuple(has.settings.models().models),
        )
    )
