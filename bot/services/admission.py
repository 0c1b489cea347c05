"""Whether anything new is taken on from a person in a place, and how much of it: asked before any work."""

from dataclasses import replace

from bot.domain.limits import Allowance, Asker, GuildRules, allowance, check_place
from bot.domain.uploads import Uploads, may_edit_uploads
from bot.errors import Paused
from bot.settings import LimitsSettings
from bot.store.guilds import EVERYWHERE, GuildStore


class Admission:
    """Open or shut, for everybody or for one server. A pause is stored and outlives a restart.

    `draining` shuts the admission in this process only: the next start takes work again. `uploads` is the
    operator's policy for editing pictures that people bring.
    """

    def __init__(self, guilds: GuildStore, limits: LimitsSettings, uploads: Uploads = "allow") -> None:
        self.guilds = guilds
        self.draining = False
        self._limits = limits
        self._uploads = uploads

    async def admit(self, asker: Asker) -> Allowance:
        """What `asker` may have. Raises `Paused`, `ElsewhereOnly`, `RoleNeeded` or `AgeRestricted`."""
        if self.draining or await self.paused(EVERYWHERE):
            raise Paused
        rules = await self.guilds.rules(asker.guild_id) if asker.guild_id else GuildRules()
        check_place(self._limits, rules, asker)
        return replace(
            allowance(self._limits, rules, asker.roles),
            adult=asker.age_restricted,
            edits_uploads=may_edit_uploads(self._uploads, rules.uploads, moderates=asker.moderates),
            without=rules.without(asker),
        )

    def everybody(self, rules: GuildRules) -> Allowance:
        """What somebody without a role may have on a server with these rules, within the operator's."""
        return allowance(self._limits, rules, frozenset())

    async def without(self, asker: Asker) -> frozenset[str]:
        """The models that a server keeps from `asker`, for lists of what there is."""
        return (await self.guilds.rules(asker.guild_id)).without(asker) if asker.guild_id else frozenset()

    async def paused(self, guild_id: int) -> bool:
        """Whether nothing new is taken on in that server, or anywhere (`EVERYWHERE`)."""
        return (await self.guilds.rules(guild_id)).paused

    async def pause(self, guild_id: int, *, on: bool) -> None:
        """Take on nothing new there, or take it on again."""
        await self.guilds.change(guild_id, lambda rules: replace(rules, paused=on))
