"""Guild channels and direct messages: making, changing and deleting them, and who may do what in them."""

from bot.sandbox.model.errors import ApiError, Form, FormError
from bot.sandbox.model.events import Event
from bot.sandbox.model.models import Channel, ChannelType, Json, Overwrite
from bot.sandbox.model.permissions import Permission, can_view, require
from bot.sandbox.payloads.payloads import channel_object
from bot.sandbox.rules.hub import Hub
from bot.sandbox.rules.shapes import ChannelBody, OverwriteBody, check_shape


class Channels:
    """The channel rules; `actor` is always the acting user's id."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

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

    def change(self, actor: int, channel: Channel, fields: Json) -> Channel:
        """Rename a channel, or change its topic, age restriction, slow mode or overwrites."""
        if channel.guild_id is None:
            raise ApiError(50003)
        require(self._hub.world, channel, actor, Permission.MANAGE_CHANNELS)
        form = Form()
        check_shape(form, ChannelBody, fields)
        form.finish()
        channel.name = fields.get("name") or channel.name
        channel.topic = fields.get("topic", channel.topic)
        channel.nsfw = bool(fields.get("nsfw", channel.nsfw))
        channel.slowmode_seconds = fields.get("rate_limit_per_user") or channel.slowmode_seconds
        if fields.get("permission_overwrites") is not None:
            channel.overwrites = [_overwrite(int(o["id"]), o) for o in fields["permission_overwrites"]]
        self._keep(channel)
        return channel

    def delete(self, actor: int, channel: Channel) -> None:
        """Delete a guild channel with its threads; a direct-message channel is only closed."""
        if channel.guild_id is None:
            return
        require(self._hub.world, channel, actor, Permission.MANAGE_CHANNELS)
        self.remove(channel)

    def remove(self, channel: Channel) -> None:
        """Delete a channel without asking who may."""
        world = self._hub.world
        people = frozenset(user for user in world.users if can_view(world, channel, user))
        shown = channel_object(world, channel, world.bot.id)
        world.forget(channel)
        name = "CHANNEL_DELETE" if channel.thread is None else "THREAD_DELETE"
        self._hub.events.publish(Event(name, lambda _viewer: shown, channel.guild_id, audience=people))

    def set_overwrite(self, actor: int, channel: Channel, target: int, fields: Json) -> None:
        """Allow and deny permissions to a role or member in a channel."""
        require(self._hub.world, channel, actor, Permission.MANAGE_ROLES)
        form = Form()
        check_shape(form, OverwriteBody, fields)
        form.finish()
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
        if user.bot:
            raise ApiError(50007)
        known = self._hub.world.dm_with(user_id)
        if known is not None:
            return known
        channel = Channel(id=self._hub.world.new_id(), type=ChannelType.DM, recipients=[user_id])
        self._hub.world.keep(channel)
        self._hub.tell_channel("CHANNEL_CREATE", channel)
        return channel

    def _keep(self, channel: Channel) -> None:
        self._hub.world.keep(channel)
        self._hub.tell_channel("CHANNEL_UPDATE", channel)


def _overwrite(target: int, fields: Json) -> Overwrite:
    kind, allow, deny = (int(fields.get(key) or 0) for key in ("type", "allow", "deny"))
    return Overwrite(id=target, type=kind, allow=allow, deny=deny)
