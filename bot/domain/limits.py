"""Who may ask for how much, and where: the operator's [limits], a server's own rules, and roles. Pure.

A server can only tighten what the operator allows; within that its rules may give some roles more. In every
amount 0 means no limit.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from typing import Any, Self

from bot.domain.uploads import Uploads, uploads_of
from bot.errors import AgeRestricted, ElsewhereOnly, ModelNotHere, Paused, RoleNeeded
from bot.settings import LimitsSettings

AMOUNTS = (
    "queued_per_user",
    "hourly_per_user",
    "daily_per_user",
    "queued_per_guild",
    "hourly_per_guild",
    "daily_per_guild",
)


@dataclass(frozen=True, slots=True)
class ModelLimits:
    """What [models.NAME] says: for how many turns one with it counts, and how many of them a person may have
    within a day; 0 is no limit."""

    cost: int = 1
    daily: int = 0


SHOWCASE_HEARTS = 3
"""Hearts that a picture needs for a server's showcase, unless its moderators say otherwise."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many turns a person and their server may have waiting, within an hour, and within a day.

    `adult` says that the place is age-restricted, `edits_uploads` that pictures may be edited which the
    person brings. `without` are the models ([models]) that are not for this person in this place.
    """

    queued_per_user: int = 0
    hourly_per_user: int = 0
    daily_per_user: int = 0
    queued_per_guild: int = 0
    hourly_per_guild: int = 0
    daily_per_guild: int = 0
    adult: bool = False
    edits_uploads: bool = True
    without: frozenset[str] = frozenset()

    def check_model(self, model: str | None) -> None:
        """Raise `ModelNotHere` for a model that is not for this person in this place."""
        if model in self.without:
            raise ModelNotHere(model=model)


@dataclass(frozen=True, slots=True)
class Asker:
    """A person who asks for something, and where.

    `places` are the ids of the channel, of the channel a thread belongs to, and of its category.
    `age_restricted` is the channel's mark; a thread has that of its channel. `guild_id` is None in private.
    `moderates` says that the person manages messages there.
    """

    user_id: int
    guild_id: int | None = None
    places: frozenset[int] = frozenset()
    roles: frozenset[int] = frozenset()
    age_restricted: bool = False
    moderates: bool = False


@dataclass(frozen=True, slots=True)
class ModelRule:
    """Where and for whom a model is: some channels, some roles; an empty one leaves it to the other."""

    channels: frozenset[int] = frozenset()
    roles: frozenset[int] = frozenset()

    def allows(self, asker: Asker) -> bool:
        """Whether the model is for `asker`."""
        here = not self.channels or bool(self.channels & asker.places)
        return here and (not self.roles or bool(self.roles & asker.roles))


@dataclass(frozen=True, slots=True)
class GuildRules:
    """What a server's moderators set: `limits` by the names of AMOUNTS, `by_role` the same for some roles.

    `channels` and `roles` are the only ones served; empty serves all. `reports_channel` is where people's
    reports go; 0 is nowhere of the server's own. `showcase_channel` is where pictures are shown once they
    have `showcase_hearts` hearts; 0 is nowhere. `uploads` says who may have brought pictures edited. `models`
    are those that are not for everybody everywhere.
    """

    paused: bool = False
    limits: Mapping[str, int] = field(default_factory=dict)
    by_role: Mapping[int, Mapping[str, int]] = field(default_factory=dict)
    channels: frozenset[int] = frozenset()
    roles: frozenset[int] = frozenset()
    reports_channel: int = 0
    showcase_channel: int = 0
    showcase_hearts: int = SHOWCASE_HEARTS
    uploads: Uploads = "allow"
    models: Mapping[str, ModelRule] = field(default_factory=dict)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The rules as `to_json` stored them; what is missing has its default."""
        return cls(
            paused=bool(stored.get("paused", False)),
            limits=dict(stored.get("limits", {})),
            by_role={int(role): dict(amounts) for role, amounts in stored.get("by_role", {}).items()},
            channels=frozenset(stored.get("channels", ())),
            roles=frozenset(stored.get("roles", ())),
            reports_channel=int(stored.get("reports_channel", 0)),
            showcase_channel=int(stored.get("showcase_channel", 0)),
            showcase_hearts=int(stored.get("showcase_hearts", SHOWCASE_HEARTS)),
            models={
                name: ModelRule(frozenset(rule.get("channels", ())), frozenset(rule.get("roles", ())))
                for name, rule in stored.get("models", {}).items()
            },
            uploads=uploads_of(stored.get("uploads")),
        )

    def to_json(self) -> dict[str, Any]:
        """The rules for a JSON column, whose keys are texts."""
        return {
            "paused": self.paused,
            "limits": dict(self.limits),
            "by_role": {str(role): dict(amounts) for role, amounts in self.by_role.items()},
            "channels": sorted(self.channels),
            "roles": sorted(self.roles),
            "reports_channel": self.reports_channel,
            "showcase_channel": self.showcase_channel,
            "showcase_hearts": self.showcase_hearts,
            "models": {
                name: {"channels": sorted(rule.channels), "roles": sorted(rule.roles)}
                for name, rule in self.models.items()
            },
            "uploads": self.uploads,
        }

    def with_amounts(self, amounts: Mapping[str, int], role: int | None = None) -> "GuildRules":
        """The rules with these amounts changed, for everybody or for a role."""
        if role is None:
            return replace(self, limits={**self.limits, **amounts})
        return replace(self, by_role={**self.by_role, role: {**self.by_role.get(role, {}), **amounts}})

    def showing_in(self, channel: int | None = None, hearts: int | None = None) -> "GuildRules":
        """The rules with another showcase channel, of which 0 is none, and another number of hearts."""
        return replace(
            self,
            showcase_channel=self.showcase_channel if channel is None else channel,
            showcase_hearts=self.showcase_hearts if hearts is None else hearts,
        )

    def with_model(
        self, model: str, channels: Set[int], roles: Set[int], *, remove: bool = False
    ) -> "GuildRules":
        """The rules with these added to whom and where a model is for, or taken away.

        `remove` without any takes the whole rule away: the model is for everybody again.
        """
        old = self.models.get(model, ModelRule())
        if not remove:
            new = ModelRule(old.channels | channels, old.roles | roles)
        elif channels or roles:
            new = ModelRule(old.channels - channels, old.roles - roles)
        else:
            new = ModelRule()
        others = {name: rule for name, rule in self.models.items() if name != model}
        return replace(self, models=others if new == ModelRule() else {**others, model: new})

    def without(self, asker: Asker) -> frozenset[str]:
        """The models that are not for `asker`."""
        return frozenset(name for name, rule in self.models.items() if not rule.allows(asker))

    def serving(self, channels: Set[int], roles: Set[int], *, remove: bool = False) -> "GuildRules":
        """The rules with these on the lists of what is served, or off them."""
        if remove:
            return replace(self, channels=self.channels - channels, roles=self.roles - roles)
        return replace(self, channels=self.channels | channels, roles=self.roles | roles)


def allowance(limits: LimitsSettings, rules: GuildRules, roles: Iterable[int]) -> Allowance:
    """What somebody with these roles may have: the tighter one of the operator's and the server's word."""
    present = set(roles)
    operators_roles = [table for role, table in limits.by_role.items() if int(role) in present]
    servers_roles = [table for role, table in rules.by_role.items() if role in present]
    amounts: dict[str, Any] = {}
    for name in AMOUNTS:
        operators = _most([getattr(limits, name), *_named(name, operators_roles)])
        servers = _most([rules.limits.get(name, operators), *_named(name, servers_roles)])
        amounts[name] = _least([operators, servers])
    return Allowance(**amounts)


def check_place(limits: LimitsSettings, rules: GuildRules, asker: Asker) -> None:
    """Raise `Paused`, `ElsewhereOnly`, `RoleNeeded` or `AgeRestricted` where nothing is made for `asker`."""
    if asker.guild_id is None:
        return
    if rules.paused:
        raise Paused
    for channels in (frozenset(limits.channels), rules.channels):
        if channels and not channels & asker.places:
            raise ElsewhereOnly(channels=" ".join(f"<#{channel}>" for channel in sorted(channels)[:10]))
    for roles in (frozenset(limits.roles), rules.roles):
        if roles and not roles & asker.roles:
            raise RoleNeeded(roles=" ".join(f"<@&{role}>" for role in sorted(roles)[:10]))
    if limits.age_restricted_only and not asker.age_restricted:
        raise AgeRestricted


def _named(name: str, tables: Iterable[Mapping[Any, int]]) -> list[int]:
    return [table[name] for table in tables if name in table]


def _most(amounts: Iterable[int]) -> int:
    known = list(amounts)
    return 0 if 0 in known else max(known)


def _least(amounts: Iterable[int]) -> int:
    return min((amount for amount in amounts if amount), default=0)
