"""The state of the local Discord: who and what exists. No network, no permissions, no events."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TypeVar

from bot.sandbox.model.errors import ApiError
from bot.sandbox.model.records import Application, Channel, Command, Entity, Guild, Message, User
from bot.sandbox.model.snowflake import SnowflakeFactory

Key = tuple[str, int]
Found = TypeVar("Found", bound=Entity)


def utc_now() -> datetime:
    """The time, with its zone."""
    return datetime.now(UTC)


class World:
    """Guilds, users, channels, messages and commands by id.

    Whoever changes an entity calls `keep` (or `forget`) so that it is saved; `changes` holds what is
    not saved yet, newest state by key, None for a removed entity.
    """

    def __init__(self, application: Application, entities: list[Entity]) -> None:
        self.application = application
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.commands: dict[int, Command] = {}
        self._messages: dict[int, dict[int, Message]] = {}
        self.changes: dict[Key, Entity | None] = {}
        for entity in entities:
            self._place(entity)
        self.new_id = SnowflakeFactory(after=self._largest_id())

    @property
    def bot(self) -> User:
        """The user the application acts as."""
        return self.users[self.application.bot_id]

    def keep(self, entity: Entity) -> None:
        """Add `entity`, or note that it changed."""
        self._place(entity)
        if isinstance(entity, Message) and entity.visible_to is not None:
            return
        self.changes[key_of(entity)] = entity

    def forget(self, entity: Entity) -> None:
        """Remove `entity`; a channel takes its messages and threads with it."""
        match entity:
            case Message():
                self._messages.get(entity.channel_id, {}).pop(entity.id, None)
            case Channel():
                for thread in list(self.threads(entity.id)):
                    self.forget(thread)
                for message in list(self.messages(entity.id)):
                    self.forget(message)
                self.channels.pop(entity.id, None)
            case Guild():
                for channel in [c for c in self.channels.values() if c.guild_id == entity.id]:
                    self.forget(channel)
                self.guilds.pop(entity.id, None)
            case Command():
                self.commands.pop(entity.id, None)
        self.changes[key_of(entity)] = None

    def messages(self, channel_id: int) -> Iterator[Message]:
        """Messages of a channel, oldest first, the ephemeral ones included."""
        return iter(self._messages.get(channel_id, {}).values())

    def threads(self, parent_id: int) -> Iterator[Channel]:
        """The threads below a channel, archived ones too."""
        return (c for c in self.channels.values() if c.thread is not None and c.parent_id == parent_id)

    def user(self, user_id: int) -> User:
        """The user of this id. Raises 10013 when there is none."""
        return _found(self.users.get(user_id), 10013)

    def guild(self, guild_id: int) -> Guild:
        """The server of this id. Raises 10004 when there is none."""
        return _found(self.guilds.get(guild_id), 10004)

    def channel(self, channel_id: int) -> Channel:
        """The channel or thread of this id. Raises 10003 when there is none."""
        return _found(self.channels.get(channel_id), 10003)

    def message(self, channel_id: int, message_id: int) -> Message:
        """A message of a channel. Raises 10008 when there is none."""
        return _found(self.find_message(channel_id, message_id), 10008)

    def find_message(self, channel_id: int, message_id: int) -> Message | None:
        """A message of a channel, or None."""
        return self._messages.get(channel_id, {}).get(message_id)

    def dm_with(self, user_id: int) -> Channel | None:
        """The direct-message channel between the bot and `user_id`, when there is one."""
        return next((c for c in self.channels.values() if user_id in c.recipients), None)

    def _place(self, entity: Entity) -> None:
        match entity:
            case User():
                self.users[entity.id] = entity
            case Guild():
                self.guilds[entity.id] = entity
            case Channel():
                self.channels[entity.id] = entity
            case Message():
                self._messages.setdefault(entity.channel_id, {})[entity.id] = entity
            case Command():
                self.commands[entity.id] = entity
            case Application():
                self.application = entity

    def _largest_id(self) -> int:
        ids = [self.application.id, *self.users, *self.guilds, *self.channels, *self.commands]
        for messages in self._messages.values():
            for message in messages.values():
                ids += [message.id, *(attachment.id for attachment in message.attachments)]
        ids += [role for guild in self.guilds.values() for role in guild.roles]
        return max(ids)


def key_of(entity: Entity) -> Key:
    """The kind and id under which `entity` is saved."""
    return type(entity).__name__, entity.id


def _found(entity: Found | None, code: int) -> Found:
    if entity is None:
        raise ApiError(code)
    return entity
