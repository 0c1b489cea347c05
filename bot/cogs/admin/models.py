"""/admin models: where and for whom the pipelines of [models] are, by the moderators of a server."""

import logging
from collections.abc import Iterable

import discord
from discord import app_commands

from bot.cogs.admin.moderators import ModeratorCommands, moderated, say
from bot.errors import BadOption
from bot.i18n import Phrase, Text
from bot.ops.status_report import model_rules
from bot.store.guilds import GuildStore
from bot.texts import errors as words
from bot.texts import slash

log = logging.getLogger(__name__)

_CHOICES = 25  # Discord's limit of an autocompletion


class ModelRules(ModeratorCommands):
    """Keeps a model to some channels and roles. The usual one, of [image], is always for everybody."""

    guilds: GuildStore
    model_names: tuple[str, ...]

    @app_commands.command(name="models", description=slash.ADMIN_MODELS.en)
    @app_commands.describe(
        model=slash.ADMIN_MODEL.en,
        channel=slash.ADMIN_MODEL_CHANNEL.en,
        role=slash.ADMIN_MODEL_ROLE.en,
        remove=slash.ADMIN_MODEL_REMOVE.en,
    )
    async def models(
        self,
        interaction: discord.Interaction,
        model: str | None = None,
        channel: app_commands.AppCommandChannel | None = None,
        role: discord.Role | None = None,
        remove: bool = False,
    ) -> None:
        """Add a channel or role to a model's list, or take it off; an empty list is everybody."""
        guild_id = moderated(interaction)
        rules = await self.guilds.rules(guild_id)
        if model is None and (channel is not None or role is not None or remove):
            raise BadOption(option=words.THE_MODEL, value=words.NONE, allowed=self._allowed([]))
        if model is not None:
            # a rule of one that was taken out of the settings can still be taken away
            if model not in self.model_names and not (remove and model in rules.models):
                raise BadOption(
                    option=words.THE_MODEL,
                    value=words.QUOTED.with_(value=model[:40]),
                    allowed=self._allowed(rules.models),
                )
            channels = {channel.id} if channel is not None else set()
            roles = {role.id} if role is not None else set()
            if channels or roles or remove:
                rules = await self.guilds.change(
                    guild_id, lambda rules: rules.with_model(model, channels, roles, remove=remove)
                )
                log.info("Models of server %s changed by %s: %s", guild_id, interaction.user.id, rules.models)
        await say(interaction, model_rules(await self.languages.of(interaction), rules, self.model_names))

    def _allowed(self, ruled: Iterable[str]) -> Text | Phrase:
        names = list(dict.fromkeys([*self.model_names, *ruled]))[:_CHOICES]
        return words.ONE_OF.with_(names=", ".join(names)) if names else words.NONE

    @models.autocomplete("model")
    async def model_choices(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """The models whose name contains what was typed, also those that only a rule still names."""
        ruled = (await self.guilds.rules(interaction.guild_id)).models if interaction.guild_id else {}
        names = dict.fromkeys([*self.model_names, *ruled])
        fitting = [name for name in names if typed.casefold().strip() in name.casefold()]
        return [app_commands.Choice(name=name, value=name) for name in fitting[:_CHOICES]]
