"""The things a Discord server is made of, as typed records that can be saved and loaded as JSON."""

from datetime import datetime
from enum import IntEnum, IntFlag
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

Json = dict[str, Any]
"""A JSON object in Discord's own shape."""


class ChannelType(IntEnum):
    """Discord's channel types, those that exist here."""

    TEXT = 0
    DM = 1
    CATEGORY = 4
    NEWS = 5
    NEWS_THREAD = 10
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12
    FORUM = 15


class MessageType(IntEnum):
    """Discord's message types, those that exist here."""

    DEFAULT = 0
    RECIPIENT_ADD = 1
    CHANNEL_NAME_CHANGE = 4
    CHANNEL_PINNED_MESSAGE = 6
    THREAD_CREATED = 18
    REPLY = 19
    CHAT_INPUT_COMMAND = 20
    THREAD_STARTER_MESSAGE = 21
    CONTEXT_MENU_COMMAND = 23


class MessageFlag(IntFlag):
    """Discord's message flags, those with an effect here."""

    SUPPRESS_EMBEDS = 1 << 2
    HAS_THREAD = 1 << 5
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12
    HAS_SNAPSHOT = 1 << 14
    COMPONENTS_V2 = 1 << 15


class ChannelFlag(IntFlag):
    """Bits of a channel's `flags`."""

    REQUIRE_TAG = 1 << 4


class ReferenceType(IntEnum):
    """What a message's reference is: a reply, or a forward."""

    REPLY = 0
    FORWARD = 1


class Record(BaseModel):
    """Base of all records: mutable, and strict about what a saved file may contain."""

    model_config = ConfigDict(extra="forbid")


class Entity(Record):
    """A record that is saved on its own, under its id."""

    id: int


class User(Entity):
    """A person or the bot; `locale` is the language of their client."""

    name: str
    bot: bool = False
    locale: str = "en-US"


class Role(Record):
    """A role of a server; `permissions` is Discord's bit set, `managed_by` the bot it belongs to, if any."""

    id: int
    name: str
    permissions: int
    position: int = 0
    color: int = 0
    managed_by: int | None = None


class Member(Record):
    """What one server knows about a user."""

    user_id: int
    roles: list[int] = Field(default_factory=list)
    nick: str | None = None
    joined_at: datetime


class Guild(Entity):
    """A server; `attachment_limit` is the largest file in bytes."""

    name: str
    owner_id: int
    attachment_limit: int
    locale: str = "en-US"
    roles: dict[int, Role] = Field(default_factory=dict)
    members: dict[int, Member] = Field(default_factory=dict)


class Overwrite(Record):
    """Allowed and denied permissions of one role (`type` 0) or one member (`type` 1) in a channel."""

    id: int
    type: int
    allow: int = 0
    deny: int = 0


class ThreadState(Record):
    """What makes a channel a thread: whose it is, whether it is archived, and who is in it since when."""

    owner_id: int
    created_at: datetime
    archived_at: datetime
    archived: bool = False
    locked: bool = False
    invitable: bool = True
    auto_archive_minutes: int = 4320
    message_count: int = 0
    total_sent: int = 0
    members: dict[int, datetime] = Field(default_factory=dict)
    applied_tags: list[int] = Field(default_factory=list)


class ForumTag(Record):
    """A tag that posts of a forum may bear; a `moderated` one is given by moderators only."""

    id: int
    name: str
    moderated: bool = False
    emoji: str | None = None


class Channel(Entity):
    """A guild channel, a direct-message channel (`recipients`) or a thread (`thread`)."""

    type: ChannelType
    name: str = ""
    guild_id: int | None = None
    parent_id: int | None = None
    position: int = 0
    topic: str | None = None
    nsfw: bool = False
    slowmode_seconds: int = 0
    overwrites: list[Overwrite] = Field(default_factory=list)
    recipients: list[int] = Field(default_factory=list)
    last_message_id: int | None = None
    thread: ThreadState | None = None
    flags: int = 0
    available_tags: list[ForumTag] = Field(default_factory=list)


class Attachment(Record):
    """A file of a message; its bytes lie in the file store under `digest`.

    `content_type` is None where neither name nor content told it: Discord then leaves the field out.
    """

    id: int
    filename: str
    size: int
    digest: str
    content_type: str | None = None
    description: str | None = None
    width: int | None = None
    height: int | None = None


class Reaction(Record):
    """Who reacted with an emoji: plainly (`users`), and with a super-reaction (`burst_users`)."""

    emoji: str
    users: list[int] = Field(default_factory=list)
    burst_users: list[int] = Field(default_factory=list)

    def given(self, *, burst: bool) -> list[int]:
        """The list of one kind, to read and to change."""
        return self.burst_users if burst else self.users


class Reference(Record):
    """The message a message replies to, or the place it points at."""

    channel_id: int
    message_id: int | None = None
    guild_id: int | None = None
    type: ReferenceType = ReferenceType.REPLY


class Snapshot(Record):
    """What a forwarded message said when it was forwarded; later changes of it do not show."""

    type: MessageType = MessageType.DEFAULT
    content: str = ""
    timestamp: datetime
    edited_at: datetime | None = None
    flags: int = 0
    embeds: list[Json] = Field(default_factory=list)
    components: list[Json] = Field(default_factory=list)
    attachments: list[Attachment] = Field(default_factory=list)
    mentions: list[int] = Field(default_factory=list)
    mention_roles: list[int] = Field(default_factory=list)


class Message(Entity):
    """A message. `visible_to` names the only person who sees an ephemeral one; those are never saved."""

    channel_id: int
    author_id: int
    type: MessageType = MessageType.DEFAULT
    content: str = ""
    timestamp: datetime
    edited_at: datetime | None = None
    flags: int = 0
    embeds: list[Json] = Field(default_factory=list)
    components: list[Json] = Field(default_factory=list)
    attachments: list[Attachment] = Field(default_factory=list)
    mentions: list[int] = Field(default_factory=list)
    mention_roles: list[int] = Field(default_factory=list)
    mention_everyone: bool = False
    tts: bool = False
    pinned: bool = False
    nonce: str | int | None = None
    reference: Reference | None = None
    snapshots: list[Snapshot] = Field(default_factory=list)
    reactions: list[Reaction] = Field(default_factory=list)
    application_id: int | None = None
    interaction: Json | None = None
    visible_to: int | None = None
    late_edits: int = 0


class Command(Entity):
    """A registered application command; `body` is what the application sent, with Discord's defaults."""

    version: int
    guild_id: int | None = None
    body: Json


class Application(Entity):
    """The developer portal's side of the bot: its token, and the key its interactions are signed with."""

    name: str
    bot_id: int
    owner_id: int
    token: str
    verify_key: str
