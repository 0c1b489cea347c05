"""/admin limits, serve, reports, showcase and uploads: the rules that moderators set for their server."""

import logging
from collections.abc import Callable
from dataclasses import replace

import discord
from discord import app_commands

from bot.chat.discord_api.permissions import require_posting_in
from bot.cogs.admin.moderators import ModeratorCommands, moderated, say
from bot.domain.limits import GuildRules
from bot.domain.uploads import uploads_of
from bot.ops.status_report import server_rules
from bot.services.admission import Admission
from bot.store.guilds import GuildStore
from bot.texts import admin as words
from bot.texts import slash

log = logging.getLogger(__name__)

Amount = app_commands.Range[int, 0, 100_000]
Hearts = app_commands.Range[int, 1, 1000]


class ServerRules(ModeratorCommands):
    """Who may ask for how much and where, and where reports go."""

    admission: Admission
    guilds: GuildStore

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
        guild_id = moderated(interaction)
        given = {"queued_per_user": waiting, "hourly_per_user": hourly, "daily_per_user": daily}
        amounts = {name: amount for name, amount in given.items() if amount is not None}
        rules = await self.guilds.rules(guild_id)
        if amounts:
            of_role = role.id if role else None
            rules = await self._change(
                interaction, guild_id, lambda rules: rules.with_amounts(amounts, of_role)
            )
        await self._show(interaction, rules)

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
        guild_id = moderated(interaction)
        rules = await self.guilds.rules(guild_id)
        if channel is not None or role is not None:
            channels = {channel.id} if channel is not None else set()
            roles = {role.id} if role is not None else set()
            rules = await self._change(
                interaction, guild_id, lambda rules: rules.serving(channels, roles, remove=remove)
            )
        await self._show(interaction, rules)

    @app_commands.command(name="reports", description=slash.ADMIN_REPORTS.en)
    @app_commands.describe(channel=slash.ADMIN_REPORTS_CHANNEL.en, remove=slash.ADMIN_REPORTS_REMOVE.en)
    async def reports(
        self,
        interaction: discord.Interaction,
        channel: discord.TextChannel | None = None,
        remove: bool = False,
    ) -> None:
        """Where people's reports go; a channel is taken only if the bot can write there."""
        guild_id = moderated(interaction)
        rules = await self.guilds.rules(guild_id)
        if channel is not None:
            require_posting_in(channel)
        if channel is not None or remove:
            place = channel.id if channel is not None else 0
            rules = await self._change(
                interaction, guild_id, lambda rules: replace(rules, reports_channel=place)
            )
        if named := rules.reports_channel:
            await self.tell(interaction, words.REPORTS_GO_TO, channel=f"<#{named}>")
        else:
            await self.tell(interaction, words.REPORTS_GO_NOWHERE)

    @app_commands.command(name="showcase", description=slash.ADMIN_SHOWCASE.en)
    @app_commands.describe(
        channel=slash.ADMIN_SHOWCASE_CHANNEL.en,
        hearts=slash.ADMIN_SHOWCASE_HEARTS.en,
        remove=slash.ADMIN_SHOWCASE_REMOVE.en,
    )
    async def showcase(
        self,
        interaction: discord.Interaction,
        channel: discord.TextChannel | None = None,
        hearts: Hearts | None = None,
        remove: bool = False,
    ) -> None:
        """Where pictures are shown that people like, and how many must."""
        guild_id = moderated(interaction)
        rules = await self.guilds.rules(guild_id)
        if channel is not None:
            require_posting_in(channel)
        if channel is not None or remove or hearts is not None:
            place = channel.id if channel is not None else None if not remove else 0
            rules = await self._change(interaction, guild_id, lambda rules: rules.showing_in(place, hearts))
        if named := rules.showcase_channel:
            where = {"channel": f"<#{named}>", "hearts": rules.showcase_hearts}
            await self.tell(interaction, words.SHOWCASE_IS, **where)
        else:
            await self.tell(interaction, words.SHOWCASE_IS_NOWHERE)

    @app_commands.command(name="uploads", description=slash.ADMIN_UPLOADS.en)
    @app_commands.describe(policy=slash.ADMIN_UPLOADS_POLICY.en)
    @app_commands.choices(
        policy=[app_commands.Choice(name=text.en, value=name) for name, text in slash.UPLOADS.items()]
    )
    async def uploads(self, interaction: discord.Interaction, policy: str | None = None) -> None:
        """Who may have a picture edited that they attach; the operator may have set it tighter."""
        guild_id = moderated(interaction)
        rules = await self.guilds.rules(guild_id)
        if policy is not None:
            chosen = uploads_of(policy)
            rules = await self._change(interaction, guild_id, lambda rules: replace(rules, uploads=chosen))
        await self._show(interaction, rules)

    async def _show(self, interaction: discord.Interaction, rules: GuildRules) -> None:
        everybody = self.admission.everybody(rules)
        await say(interaction, server_rules(await self.languages.of(interaction), rules, everybody))

    async def _change(
        self, interaction: discord.Interaction, guild_id: int, change: Callable[[GuildRules], GuildRules]
    ) -> GuildRules:
        rules = await self.guilds.change(guild_id, change)
        log.info("Rules of server %s changed by %s: %s", guild_id, interaction.user.id, rules.to_json())
        return rules
