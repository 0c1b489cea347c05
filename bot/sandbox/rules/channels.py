"""Guild channels and direct messages: making, changing and deleting them, and who may do what in them."""

from collections.abc import Sequence

from bot.sandbox.model.errors import ApiError, FormError
from bot.sandbox.model.events import Event
from bot.sandbox.model.parsing import parse_id
from bot.sandbox.model.permissions import Permission, can_view, require, sending_permission
from bot.sandbox.model.records import Channel, ChannelFlag, ChannelType, ForumTag, Json, Overwrite
from bot.sandbox.model.world import utc_now
from bot.sandbox.payloads.objects import channel_object, member_object
from bot.sandbox.rules.bodies import ChannelBody, OverwriteBody
from bot.sandbox.rules.hub import Hub
from bot.sandbox.rules.shapes import checked_shape
from bot.sandbox.rules.threads import Threads


class Channels:
    """The channel rules; `actor` is always the acting user's id."""

    def __init__(self, hub: Hub, threads: Threads) -> None:
        self._hub = hub
        self._threads = threads

    def create(self, guild_id: int, name: str, kind: ChannelType = ChannelType.TEXT) -> Channel:
        """Add a channel at the end of a guild's list."""
        channel = Channel(
            id=self._hub.world.new_id(),
            type=kind,
            name=name,
            guild_id=guild_id,
            position=sum(1 for c in self._hub.world.channels.values() if c.guild_id == guild_id),
        )
        self._hub.world.keep(channel)
        self._hub.tell_channel("CHANNEL_CREATE", channel)
        return channel

    def create_private(self, guild_id: int, name: str, topic: str) -> Channel:
        """Add a text channel that its server's owner and the application see, and nobody else."""
        guild, bot = self._hub.world.guild(guild_id), self._hub.world.bot
        own_role = next(role.id for role in guild.roles.values() if role.managed_by == bot.id)
        channel = self.create(guild_id, name)
        channel.topic = topic
        channel.overwrites = [
            # The role of everybody has the id of its server ("Permissions").
            Overwrite(id=guild_id, type=0, deny=int(Permission.VIEW_CHANNEL)),
            Overwrite(id=own_role, type=0, allow=int(Permission.VIEW_CHANNEL)),
        ]
        self._keep(channel)
        return channel

    def create_forum(
        self, guild_id: int, name: str, tags: Sequence[str] = (), *, require_tag: bool = False
    ) -> Channel:
        """Add a forum whose posts may bear `tags`, or with `require_tag` must bear at least one."""
        forum = self.create(guild_id, name, ChannelType.FORUM)
        forum.available_tags = [ForumTag(id=self._hub.world.new_id(), name=tag) for tag in tags]
        forum.flags = int(ChannelFlag.REQUIRE_TAG) if require_tag else 0
        self._keep(forum)
        return forum

    def change(self, actor: int, channel: Channel, fields: Json) -> Channel:
        """Rename a channel, or change its topic, age restriction, slow mode, overwrites or tags.

        A thread is changed by the rules of threads.
        """
        if channel.thread is not None:
            return self._threads.change(actor, channel, fields)
        if channel.guild_id is None:
            raise ApiError(50003)
        require(self._hub.world, channel, actor, Permission.MANAGE_CHANNELS)
        checked_shape(ChannelBody, fields)
        channel.name = fields.get("name") or channel.name
        channel.topic = fields.get("topic", channel.topic)
        channel.nsfw = bool(fields.get("nsfw", channel.nsfw))
        if fields.get("rate_limit_per_user") is not None:
            channel.slowmode_seconds = fields["rate_limit_per_user"]
        if fields.get("permission_overwrites") is not None:
            channel.overwrites = [_overwrite(parse_id(o["id"]), o) for o in fields["permission_overwrites"]]
        if channel.type is ChannelType.FORUM:
            self._change_forum(channel, fields)
        self._keep(channel)
        return channel

    def delete(self, actor: int, channel: Channel) -> None:
        """Delete a thread, or a guild channel with its threads; a direct-message channel is only closed."""
        if channel.thread is not None:
            self._threads.delete(actor, channel)
            return
        if channel.guild_id is None:
            return
        require(self._hub.world, channel, actor, Permission.MANAGE_CHANNELS)
        self.remove(channel)

    def remove(self, channel: Channel) -> None:
        """Delete a channel without asking who may."""
        world = self._hub.world
        # Who could see it is told; asked before it is gone, when nobody can.
        people = frozenset(user for user in world.users if can_view(world, channel, user))
        shown = channel_object(world, channel, world.bot.id)
        world.forget(channel)
        name = "CHANNEL_DELETE" if channel.thread is None else "THREAD_DELETE"
        self._hub.events.publish(Event(name, lambda _viewer: shown, channel.guild_id, audience=people))

    def set_overwrite(self, actor: int, channel: Channel, target: int, fields: Json) -> None:
        """Allow and deny permissions to a role or member in a channel."""
        require(self._hub.world, channel, actor, Permission.MANAGE_ROLES)
        checked_shape(OverwriteBody, fields)
        self.overwrite(channel, _overwrite(target, fields))

    def overwrite(self, channel: Channel, overwrite: Overwrite) -> None:
        """Set an overwrite without asking who may."""
        channel.overwrites = [o for o in channel.overwrites if o.id != overwrite.id] + [overwrite]
        self._keep(channel)

    def remove_overwrite(self, actor: int, channel: Channel, target: int) -> None:
        """Take a role's or member's own permissions away. Raises 10009 when there are none."""
        require(self._hub.world, channel, actor, Permission.MANAGE_ROLES)
        if all(overwrite.id != target for overwrite in channel.overwrites):
            raise ApiError(10009)
        channel.overwrites = [o for o in channel.overwrites if o.id != target]
        self._keep(channel)

    def open_dm(self, user_id: int) -> Channel:
        """The direct-message channel between the bot and a person, made when there is none."""
        user = self._hub.world.users.get(user_id)
        if user is None:
            raise FormError({"recipient_id": ("BASE_TYPE_BAD", "Unknown user")})
        # JSON error code 50007, "Cannot send messages to this user": bots do not write to each other in
        # private.
        if user.bot:
            raise ApiError(50007)
        known = self._hub.world.dm_with(user_id)
        if known is not None:
            return known
        channel = Channel(id=self._hub.world.new_id(), type=ChannelType.DM, recipients=[user_id])
        self._hub.world.keep(channel)
        self._hub.tell_channel("CHANNEL_CREATE", channel)
        return channel

    def type_in(self, actor: int, channel: Channel) -> None:
        """Tell everybody in the channel that `actor` is typing."""
        world = self._hub.world
        require(world, channel, actor, sending_permission(channel))
        payload: Json = {"channel_id": str(channel.id), "user_id": str(actor)}
        payload["timestamp"] = int(utc_now().timestamp())
        guild = world.guilds.get(channel.guild_id or 0)
        if guild is not None and actor in guild.members:
            payload["member"] = member_object(world, guild.members[actor])
        self._hub.tell("TYPING_START", payload, channel)

    def _change_forum(self, forum: Channel, fields: Json) -> None:
        """Tags without an id are new; those not listed are gone."""
        if fields.get("flags") is not None:
            forum.flags = fields["flags"] & int(ChannelFlag.REQUIRE_TAG)
        if fields.get("available_tags") is None:
            return
        known = {tag.id for tag in forum.available_tags}
        given = [(parse_id(tag.get("id") or 0), tag) for tag in fields["available_tags"]]
        forum.available_tags = [
            ForumTag(
                id=tag_id if tag_id in known else self._hub.world.new_id(),
                name=tag["name"],
                moderated=bool(tag.get("moderated")),
                emoji=tag.get("emoji_name"),
            )
            for tag_id, tag in given
        ]

    def _keep(self, channel: Channel) -> None:
        self._hub.world.keep(channel)
        self._hub.tell_channel("CHANNEL_UPDATE", channel)


def _overwrite(target: int, fields: Json) -> Overwrite:
    kind, allow, deny = (parse_id(fields.get(key) or 0) for key in ("type", "allow", "deny"))
    return Overwrite(id=target, type=kind, allow=allow, deny=deny)
