"""People coming and going: users, their membership in the server, and their roles."""

from bot.sandbox.model.errors import Form
from bot.sandbox.model.events import Event
from bot.sandbox.model.localization import known_locale
from bot.sandbox.model.records import Guild, Json, Member, Role, User
from bot.sandbox.model.world import utc_now
from bot.sandbox.payloads.objects import member_object, role_object, user_object
from bot.sandbox.rules.hub import Hub


class People:
    """Adds and removes members, and changes what roles allow. Nobody is asked whether they may."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def join(self, name: object, language: object = None) -> User:
        """The person of that name, made and put into every guild when there is none.

        `language` is that of their client, as "de-AT".
        """
        form = Form()
        form.too_long("name", name, 32, least=1)
        form.finish()
        clean = " ".join(str(name).split())
        form.too_long("name", clean, 32, least=1)
        form.finish()
        known = [u for u in self._hub.world.users.values() if u.name.casefold() == clean.casefold()]
        user = known[0] if known and not known[0].bot else User(id=self._hub.world.new_id(), name=clean)
        if language is not None:
            user.locale = known_locale(language)
        self._hub.world.keep(user)
        for guild in self._hub.world.guilds.values():
            self._enter(guild, user)
        return user

    def leave(self, guild: Guild, user_id: int) -> None:
        """A member leaves or is removed; for a bot the guild is gone then."""
        del guild.members[user_id]
        self._hub.world.keep(guild)
        user = user_object(self._hub.world.user(user_id))
        if user_id == self._hub.world.bot.id:
            self._tell_gone(guild, frozenset((user_id,)))
        self._hub.tell_guild("GUILD_MEMBER_REMOVE", {"user": user}, guild)

    def delete_guild(self, guild: Guild) -> None:
        """The server is deleted, with everything in it."""
        members = frozenset(guild.members)
        self._hub.world.forget(guild)
        self._tell_gone(guild, members)

    def set_permissions(self, guild: Guild, role_id: int, permissions: int) -> None:
        """Change what a role allows; the guild's own id is the role of everybody."""
        role = guild.roles[role_id]
        role.permissions = permissions
        self._tell_role("GUILD_ROLE_UPDATE", guild, role)

    def _enter(self, guild: Guild, user: User) -> None:
        if user.id in guild.members:
            return
        member = Member(user_id=user.id, joined_at=utc_now())
        guild.members[user.id] = member
        self._hub.world.keep(guild)
        self._hub.tell_guild("GUILD_MEMBER_ADD", member_object(self._hub.world, member), guild)

    def _tell_gone(self, guild: Guild, people: frozenset[int]) -> None:
        payload: Json = {"id": str(guild.id)}
        self._hub.events.publish(
            Event("GUILD_DELETE", lambda _viewer: payload, guild_id=guild.id, audience=people)
        )

    def _tell_role(self, name: str, guild: Guild, role: Role) -> None:
        self._hub.world.keep(guild)
        payload: Json = {"role": role_object(role)}
        self._hub.tell_guild(name, payload, guild)
