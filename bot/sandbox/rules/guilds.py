"""Further servers beside the one that a new world has, as a large bot has many."""

from bot.sandbox.model.events import Event
from bot.sandbox.model.permissions import EVERYONE
from bot.sandbox.model.records import Channel, ChannelType, Guild, Member, Role
from bot.sandbox.model.world import utc_now
from bot.sandbox.payloads.objects import guild_create
from bot.sandbox.rules.hub import Hub


class Guilds:
    """Founds servers. Nobody is asked whether they want to join."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def found(self, name: str, shard: tuple[int, int] | None = None) -> tuple[Guild, Channel]:
        """A server with everybody and the bot in it, and its only channel, #pictures.

        `shard` (number, count) says whose it is to be: an id is chosen that belongs there.
        """
        world, now = self._hub.world, utc_now()
        guild_id = world.new_id()
        while shard is not None and (guild_id >> 22) % shard[1] != shard[0]:
            guild_id = world.new_id()  # its upper bits are the milliseconds
        role_id, bot = world.new_id(), world.bot
        everyone = Role(id=guild_id, name="@everyone", permissions=int(EVERYONE))
        own = Role(id=role_id, name=bot.name, permissions=int(EVERYONE), position=1, managed_by=bot.id)
        members = [Member(user_id=u.id, joined_at=now) for u in world.users.values() if not u.bot]
        members.append(Member(user_id=bot.id, roles=[role_id], joined_at=now))
        guild = Guild(
            id=guild_id,
            name=name,
            owner_id=world.application.owner_id,
            attachment_limit=self._hub.settings.attachment_limit,
            roles={guild_id: everyone, role_id: own},
            members={member.user_id: member for member in members},
        )
        channel = Channel(id=world.new_id(), type=ChannelType.TEXT, name="pictures", guild_id=guild_id)
        world.keep(guild)
        world.keep(channel)
        self._hub.events.publish(
            Event(
                "GUILD_CREATE",
                lambda viewer: guild_create(world, guild, viewer, all_members=False),
                guild_id=guild_id,
                audience=frozenset((bot.id,)),
            )
        )
        return guild, channel
