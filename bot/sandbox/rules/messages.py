"""Messages: sending, editing, deleting and reading them, with the rules Discord applies."""

from dataclasses import dataclass
from datetime import timedelta

from bot.sandbox.model.body import Body
from bot.sandbox.model.errors import ApiError, FormError
from bot.sandbox.model.parsing import parse_id
from bot.sandbox.model.permissions import Permission, channel_permissions, require, sending_permission
from bot.sandbox.model.records import (
    Channel,
    ChannelType,
    Json,
    Message,
    MessageFlag,
    MessageType,
    Reference,
    ReferenceType,
)
from bot.sandbox.model.snowflake import snowflake_time
from bot.sandbox.model.world import utc_now
from bot.sandbox.rules.content import fill, snapshot_of
from bot.sandbox.rules.forms import check_message
from bot.sandbox.rules.hub import Hub
from bot.sandbox.rules.threads import Threads

# Discord says "the past few minutes" ("Create Message", `enforce_nonce`) and gives no number.
NONCE_MEMORY = timedelta(minutes=5)
# System messages: nobody edits them, and they cannot be forwarded ("Message Types").
UNEDITABLE = (
    MessageType.RECIPIENT_ADD,
    MessageType.CHANNEL_NAME_CHANGE,
    MessageType.THREAD_CREATED,
    MessageType.THREAD_STARTER_MESSAGE,
)


@dataclass(frozen=True)
class Answer:
    """What makes a message the answer to an interaction. `visible_to` set: an ephemeral one."""

    application_id: int
    interaction: Json
    type: MessageType
    visible_to: int | None = None
    loading: bool = False
    reference: Reference | None = None


@dataclass(frozen=True)
class Window:
    """Which messages of a channel are asked for: `limit` of them, `before`, `after` or `around` an id."""

    limit: int = 50
    before: int | None = None
    after: int | None = None
    around: int | None = None


class Messages:
    """The message rules, for people and bots alike; `actor` is always the acting user's id."""

    def __init__(self, hub: Hub, threads: Threads) -> None:
        self._hub = hub
        self._threads = threads

    def send(self, actor: int, channel: Channel, body: Body, *, message_id: int | None = None) -> Message:
        """Post a message; a send into an archived thread opens it again.

        `message_id` is given for the first message of a forum post, which shares the post's id.
        """
        self._check_sending(actor, channel, body)
        check_message(body.json)  # the nonce and the reference are read before the rest
        # "Create Message", `enforce_nonce`: no second message is made, the first one is returned.
        earlier = self._same_nonce(actor, channel, body.json)
        if earlier is not None:
            return earlier
        message = self._draft(actor, channel, message_id)
        message.nonce = body.json.get("nonce")
        message.tts = bool(body.json.get("tts"))
        replied_to = self._refer(message, channel, body.json, actor)
        message = fill(self._hub, message, body, replied_to=replied_to)
        self._threads.prepare_for_message(channel, actor, message.mentions)
        return self._hub.add_message(message)

    def open_post(self, actor: int, forum: Channel, body: Body) -> tuple[Channel, Message]:
        """A post in a forum with its first message, which is in `message` of the body."""
        first = body.json.get("message")
        if not isinstance(first, dict):
            raise ApiError(50006)
        check_message(first)  # before there is a post that would stay empty
        if not (body.files or any(first.get(key) for key in ("content", "embeds", "components"))):
            raise ApiError(50006)
        thread = self._threads.open(actor, forum, body.json)
        return thread, self.send(actor, thread, Body(first, body.files), message_id=thread.id)

    def answer(self, actor: int, channel: Channel, body: Body, answer: Answer) -> Message:
        """Post the answer to an interaction, which needs no permission in the channel."""
        message = self._draft(actor, channel)
        message.type, message.reference = answer.type, answer.reference
        message.interaction, message.application_id = answer.interaction, answer.application_id
        message.visible_to = answer.visible_to
        message.flags |= int(MessageFlag.EPHEMERAL) if answer.visible_to is not None else 0
        if answer.loading:
            message.flags |= int(MessageFlag.LOADING)
        else:
            message = fill(self._hub, message, body)
        if answer.visible_to is None:
            self._threads.prepare_for_message(channel, actor, message.mentions)
        return self._hub.add_message(message)

    def rewrite(self, message: Message, body: Body) -> Message:
        """Change an interaction's message through its token: no permission and no age counts."""
        replied_to = self._author_replied_to(message)
        changed = fill(self._hub, message, body, replied_to=replied_to)
        # The edit that fills a deferred answer does not count as one: it gets no `edited_timestamp`.
        if changed.flags & MessageFlag.LOADING:
            changed.flags &= ~int(MessageFlag.LOADING)
        else:
            changed.edited_at = utc_now()
        return self._hub.change_message(changed)

    def edit(self, actor: int, message: Message, body: Body) -> Message:
        """Edit a message. Raises 50005 for somebody else's, 50083 in an archived thread, 30046 when old."""
        channel = self._hub.world.channel(message.channel_id)
        require(self._hub.world, channel, actor)
        # "Edit Message": others may change the flags, with Manage Messages, and nothing else.
        if message.author_id != actor:
            self._check_moderating_edit(actor, channel, body.json)
        if message.type in UNEDITABLE:
            raise ApiError(50021)
        self._threads.refuse_if_archived(channel)
        self._count_late_edit(message)
        if body.files:
            require(self._hub.world, channel, actor, Permission.ATTACH_FILES)
        changed = fill(self._hub, message, body, replied_to=self._author_replied_to(message))
        changed.edited_at = utc_now()
        return self._hub.change_message(changed)

    def delete(self, actor: int, message: Message) -> None:
        """Delete an own message, or with Manage Messages anybody's; an ephemeral one is only dismissed."""
        if message.visible_to == actor:
            self._hub.remove_message(message)
            return
        channel = self._hub.world.channel(message.channel_id)
        require(
            self._hub.world, channel, actor, 0 if message.author_id == actor else Permission.MANAGE_MESSAGES
        )
        # Not deletable ("Message Types").
        if message.type is MessageType.THREAD_STARTER_MESSAGE:
            raise ApiError(50021)
        self._threads.refuse_if_archived(channel)
        self._hub.remove_message(message)

    def delete_many(self, actor: int, channel: Channel, ids: set[int]) -> None:
        """Delete 2 to 100 messages that are younger than two weeks; unknown ones are passed over."""
        require(self._hub.world, channel, actor, Permission.MANAGE_MESSAGES)
        # "Bulk Delete Messages": one that is too old fails the whole request; ids that do not exist count
        # towards the limits and do no harm.
        if not 2 <= len(ids) <= 100 or any((utc_now() - snowflake_time(i)).days >= 14 for i in ids):
            raise ApiError(50016)
        for message_id in ids:
            message = self._hub.world.find_message(channel.id, message_id)
            if message is not None:
                self.delete(actor, message)

    def get(self, actor: int, channel: Channel, message_id: int) -> Message:
        """One message that `actor` may read."""
        require(self._hub.world, channel, actor, Permission.READ_MESSAGE_HISTORY)
        return self._hub.message_for(actor, channel.id, message_id)

    def page(self, actor: int, channel: Channel, window: Window) -> list[Message]:
        """The messages of a window, newest first, the actor's ephemeral ones among them.

        Without Read Message History there are none.
        """
        require(self._hub.world, channel, actor)
        # "Get Channel Messages": an empty list then, and no error.
        if not channel_permissions(self._hub.world, channel, actor) & Permission.READ_MESSAGE_HISTORY:
            return []
        messages = [m for m in self._hub.world.messages(channel.id) if m.visible_to in (None, actor)]
        return list(reversed(_window(messages, window)))

    def _draft(self, actor: int, channel: Channel, message_id: int | None = None) -> Message:
        return Message(
            id=message_id or self._hub.world.new_id(),
            channel_id=channel.id,
            author_id=actor,
            timestamp=utc_now(),
        )

    def _check_sending(self, actor: int, channel: Channel, body: Body) -> None:
        needed = int(sending_permission(channel))
        is_bot = self._hub.world.user(actor).bot
        needed |= int(Permission.ATTACH_FILES) if body.files else 0
        # "Permissions": without it the links of people are not unfurled; a bot's own embeds are refused.
        needed |= int(Permission.EMBED_LINKS) if body.json.get("embeds") and is_bot else 0
        needed |= int(Permission.SEND_TTS_MESSAGES) if body.json.get("tts") else 0
        # A forum holds posts only ("Start Thread in Forum or Media Channel"), a category nothing.
        if channel.type in (ChannelType.CATEGORY, ChannelType.FORUM):
            raise ApiError(50008)
        require(self._hub.world, channel, actor, needed)

    def _same_nonce(self, actor: int, channel: Channel, fields: Json) -> Message | None:
        """With `enforce_nonce`, the author's message of the last minutes that bears the same nonce."""
        if not fields.get("enforce_nonce") or fields.get("nonce") is None:
            return None
        since = utc_now() - NONCE_MEMORY
        for message in self._hub.world.messages(channel.id):
            same = message.author_id == actor and str(message.nonce) == str(fields["nonce"])
            if same and message.timestamp >= since:
                return message
        return None

    def _refer(self, message: Message, channel: Channel, fields: Json, actor: int) -> int | None:
        """Make `message` a reply or a forward when it refers to one; the result is whom a reply answers."""
        reference = fields.get("message_reference")
        if not reference or reference.get("message_id") is None:
            return None
        if reference.get("type") == ReferenceType.FORWARD:
            self._forward(message, actor, fields)
            return None
        original = self._hub.world.find_message(channel.id, parse_id(reference["message_id"]))
        if original is None or original.visible_to is not None:
            # "Message Reference Structure": with `false` it becomes an ordinary message.
            if reference.get("fail_if_not_exists", True) in (True, None):
                problem = ("MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message")
                raise FormError({"message_reference": problem})
            return None
        if not channel_permissions(self._hub.world, channel, actor) & Permission.READ_MESSAGE_HISTORY:
            raise ApiError(160002)
        message.type = MessageType.REPLY
        message.reference = Reference(
            channel_id=channel.id, message_id=original.id, guild_id=channel.guild_id
        )
        return original.author_id

    def _forward(self, message: Message, actor: int, fields: Json) -> None:
        """Put a snapshot of a message that `actor` may read, in any channel, into `message`."""
        reference = fields["message_reference"]
        if reference.get("channel_id") is None:
            missing = ("BASE_TYPE_REQUIRED", "This field is required")
            raise FormError({"message_reference.channel_id": missing})
        if any(fields.get(key) for key in ("content", "embeds", "components")):
            raise FormError({"message_reference": ("BASE_TYPE_BAD", "A forward has no content of its own.")})
        source = self._hub.world.channel(parse_id(reference["channel_id"]))
        # A forward may come from another channel; a reply never does.
        original = self.get(actor, source, parse_id(reference["message_id"]))
        if original.visible_to is not None or original.type in UNEDITABLE:
            raise ApiError(50021)
        message.flags |= int(MessageFlag.HAS_SNAPSHOT)
        message.snapshots = [snapshot_of(original)]
        message.reference = Reference(
            type=ReferenceType.FORWARD,
            channel_id=source.id,
            message_id=original.id,
            guild_id=source.guild_id,
        )

    def _author_replied_to(self, message: Message) -> int | None:
        """Whom an edited reply answers, when it pinged them already: an edit pings nobody anew."""
        reference = message.reference
        if message.type is not MessageType.REPLY or reference is None or reference.message_id is None:
            return None
        # "Edit Message": mentions are worked out anew from the new content, and nobody is pinged by it.
        original = self._hub.world.find_message(reference.channel_id, reference.message_id)
        return original.author_id if original and original.author_id in message.mentions else None

    def _check_moderating_edit(self, actor: int, channel: Channel, fields: Json) -> None:
        """Others may change nothing but the flags, and only with Manage Messages."""
        may_manage = channel_permissions(self._hub.world, channel, actor) & Permission.MANAGE_MESSAGES
        if not may_manage or set(fields) - {"flags"}:
            raise ApiError(50005)

    def _count_late_edit(self, message: Message) -> None:
        settings = self._hub.settings
        # JSON error code 30046, "Maximum number of edits to messages older than 1 hour reached": how many
        # that are is not published.
        if utc_now() - message.timestamp < timedelta(seconds=settings.old_message_seconds):
            return
        if message.late_edits >= settings.old_message_edits:
            raise ApiError(30046)
        message.late_edits += 1


def _window(messages: list[Message], window: Window) -> list[Message]:
    if window.around is not None:
        older = [m for m in messages if m.id < window.around][-(window.limit // 2) :]
        older = older if window.limit > 1 else []
        return older + [m for m in messages if m.id >= window.around][: window.limit - len(older)]
    if window.after is not None:
        return [m for m in messages if m.id > window.after][: window.limit]
    if window.before is not None:
        messages = [m for m in messages if m.id < window.before]
    return messages[-window.limit :]
