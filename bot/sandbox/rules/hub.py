"""What every part of the sandbox shares: settings, state, files, and the way to tell what happened."""

from bot.sandbox.model.errors import ApiError
from bot.sandbox.model.events import Event, EventBus
from bot.sandbox.model.files import FileStore
from bot.sandbox.model.records import Attachment, Channel, Guild, Json, Message
from bot.sandbox.model.settings import SandboxSettings
from bot.sandbox.model.world import World
from bot.sandbox.payloads.messages import MessagePayloads
from bot.sandbox.payloads.objects import channel_object


class Hub:
    """One sandbox's shared parts, and the small steps most features are made of."""

    def __init__(self, settings: SandboxSettings, world: World, files: FileStore) -> None:
        self.settings = settings
        self.world = world
        self.files = files
        self.events = EventBus(world)
        self.payloads = MessagePayloads(world)
        self.loose_files: dict[int, Attachment] = {}  # uploaded as a command's option, in no message

    def add_message(self, message: Message) -> Message:
        """Keep a new message, count it in its channel, and tell it."""
        channel = self.world.channel(message.channel_id)
        self.world.keep(message)
        # Ephemeral messages are in no channel's list and count nowhere.
        if message.visible_to is None:
            channel.last_message_id = message.id
            if channel.thread is not None:
                channel.thread.message_count += 1
                channel.thread.total_sent += 1
            self.world.keep(channel)
        self.tell_message("MESSAGE_CREATE", message)
        return message

    def change_message(self, message: Message) -> Message:
        """Keep a changed message, and tell it."""
        self.world.keep(message)
        self.tell_message("MESSAGE_UPDATE", message)
        return message

    def remove_message(self, message: Message) -> None:
        """Forget a message, and tell it. Its thread stays, as on Discord."""
        channel = self.world.channel(message.channel_id)
        self.world.forget(message)
        if channel.thread is not None and message.visible_to is None:
            channel.thread.message_count -= 1
            self.world.keep(channel)
        payload = {"id": str(message.id), "channel_id": str(message.channel_id)}
        self._tell_about(message, "MESSAGE_DELETE", payload)

    def message_for(self, actor: int, channel_id: int, message_id: int) -> Message:
        """A message that is there for `actor`: an ephemeral one only for its reader. Raises 10008."""
        message = self.world.message(channel_id, message_id)
        if message.visible_to not in (None, actor):
            raise ApiError(10008)
        return message

    def tell_message(self, name: str, message: Message) -> None:
        """Publish an event about a message as it is now, to those who can see it."""
        # The event is turned into JSON once for each reader, later: what it shows must not change until then.
        snapshot = message.model_copy(deep=True)
        self.events.publish(
            Event(
                name,
                lambda viewer: self.payloads.dispatched(snapshot, viewer),
                guild_id=self.world.channel(message.channel_id).guild_id,
                channel_id=message.channel_id,
                audience=self._readers(message),
                personal=self._is_personal(message),
            )
        )

    def tell_channel(self, name: str, channel: Channel, extra: Json | None = None) -> None:
        """Publish a channel or thread event that carries the whole object."""
        self.events.publish(
            Event(
                name,
                lambda viewer: channel_object(self.world, channel, viewer) | (extra or {}),
                guild_id=channel.guild_id,
                channel_id=channel.id,
                audience=frozenset((*channel.recipients, self.world.bot.id)) if channel.recipients else None,
                personal=channel.guild_id is None,
            )
        )

    def tell(self, name: str, payload: Json, channel: Channel) -> None:
        """Publish an event in a channel whose payload is the same for everybody who sees it."""
        guild = {} if channel.guild_id is None else {"guild_id": str(channel.guild_id)}
        self.events.publish(
            Event(
                name,
                lambda _viewer: payload | guild,
                guild_id=channel.guild_id,
                channel_id=channel.id,
                personal=channel.guild_id is None,
            )
        )

    def tell_guild(self, name: str, payload: Json, guild: Guild) -> None:
        """Publish an event for all members of a guild."""
        self.events.publish(
            Event(name, lambda _viewer: payload | {"guild_id": str(guild.id)}, guild_id=guild.id)
        )

    def attachment_limit(self, channel: Channel) -> int:
        """How many bytes one file may have in a channel."""
        if channel.guild_id is None:
            return self.settings.attachment_limit
        return self.world.guild(channel.guild_id).attachment_limit

    def _tell_about(self, message: Message, name: str, payload: Json) -> None:
        channel = self.world.channel(message.channel_id)
        personal = self._is_personal(message)
        guild = {} if personal else {"guild_id": str(channel.guild_id)}
        self.events.publish(
            Event(
                name,
                lambda _viewer: payload | guild,
                guild_id=channel.guild_id,
                channel_id=channel.id,
                audience=self._readers(message),
                personal=personal,
            )
        )

    def _readers(self, message: Message) -> frozenset[int] | None:
        if message.visible_to is None:
            return None
        return frozenset((message.visible_to, message.author_id))

    def _is_personal(self, message: Message) -> bool:
        """Direct and ephemeral messages reach a bot under the direct-message intent, without a guild."""
        # "Gateway Events", Message Create: ephemeral messages come under DIRECT_MESSAGES, without guild and
        # member.
        return message.visible_to is not None or self.world.channel(message.channel_id).guild_id is None
