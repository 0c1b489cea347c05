"""Threads: opening, joining, changing, archiving and deleting them."""

from bot.sandbox.model.errors import ApiError, Form
from bot.sandbox.model.events import Event
from bot.sandbox.model.parsing import parse_id
from bot.sandbox.model.permissions import Permission, channel_permissions, require, sending_permission
from bot.sandbox.model.records import (
    Channel,
    ChannelFlag,
    ChannelType,
    Json,
    Message,
    MessageFlag,
    MessageType,
    Reference,
    ThreadState,
)
from bot.sandbox.model.world import utc_now
from bot.sandbox.payloads.objects import member_object, thread_member_object
from bot.sandbox.rules.bodies import ThreadBody
from bot.sandbox.rules.hub import Hub
from bot.sandbox.rules.shapes import check_shape

# "Thread Metadata Object": an hour, a day, three days, a week.
ARCHIVE_MINUTES = (60, 1440, 4320, 10080)
PARENTS = (ChannelType.TEXT, ChannelType.NEWS, ChannelType.FORUM)


class Threads:
    """The thread rules, for people and bots alike; `actor` is always the acting user's id."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def open(self, actor: int, parent: Channel, fields: Json, message: Message | None = None) -> Channel:
        """Open a thread in `parent`, from `message` when given. Raises 50024, 50013, 160004, 160006."""
        check_thread_fields(fields, named=True)
        kind = self._kind(parent, fields, message)
        self._check_opening(actor, parent, kind, message)
        tags = [parse_id(tag) for tag in fields.get("applied_tags") or []]
        self._check_tags(actor, parent, tags)
        now = utc_now()
        state = ThreadState(
            owner_id=actor,
            created_at=now,
            archived_at=now,
            auto_archive_minutes=fields.get("auto_archive_duration") or 4320,
            invitable=fields.get("invitable") is not False,
            members={actor: now},
            applied_tags=tags,
        )
        thread = Channel(
            # "Start Thread from Message": the thread has the id of its message, so a message has one thread
            # at most.
            id=message.id if message else self._hub.world.new_id(),
            type=kind,
            name=fields["name"],
            guild_id=parent.guild_id,
            parent_id=parent.id,
            # A thread has the mark of its channel, and none of its own.
            nsfw=parent.nsfw,
            slowmode_seconds=fields.get("rate_limit_per_user") or 0,
            thread=state,
        )
        self._hub.world.keep(thread)
        # `newly_created` tells it from a thread that somebody was only added to ("Thread Create").
        self._hub.tell_channel("THREAD_CREATE", thread, {"newly_created": True})
        self._announce(actor, parent, thread, message)
        return thread

    def change(self, actor: int, thread: Channel, fields: Json) -> Channel:
        """Rename, archive, lock and so on. Raises 50083 for an archived one that is not opened again."""
        state = _state(thread)
        check_thread_fields(fields, named=False)
        self._check_changing(actor, thread, fields)
        if fields.get("applied_tags") is not None:
            tags = [parse_id(tag) for tag in fields["applied_tags"]]
            self._check_tags(actor, self._hub.world.channel(thread.parent_id or 0), tags)
            state.applied_tags = tags
        if fields.get("name") and fields["name"] != thread.name:
            thread.name = fields["name"]
            self._system_message(MessageType.CHANNEL_NAME_CHANGE, actor, thread, content=thread.name)
        if fields.get("archived") is not None and fields["archived"] != state.archived:
            state.archived, state.archived_at = bool(fields["archived"]), utc_now()
        if fields.get("locked") is not None:
            state.locked = bool(fields["locked"])
        state.auto_archive_minutes = fields.get("auto_archive_duration") or state.auto_archive_minutes
        if fields.get("rate_limit_per_user") is not None:
            thread.slowmode_seconds = fields["rate_limit_per_user"]
        self._hub.world.keep(thread)
        self._hub.tell_channel("THREAD_UPDATE", thread)
        return thread

    def delete(self, actor: int, thread: Channel) -> None:
        """Delete a thread with its messages. Raises 50013 without the permission to manage threads."""
        require(self._hub.world, thread, actor, Permission.MANAGE_THREADS)
        payload = {"id": str(thread.id), "parent_id": str(thread.parent_id), "type": int(thread.type)}
        self._hub.tell("THREAD_DELETE", payload, thread)
        self._hub.world.forget(thread)

    def join(self, thread: Channel, user_id: int) -> None:
        """Make `user_id` a member of the thread, unless it is one."""
        state = _state(thread)
        if user_id in state.members:
            return
        state.members[user_id] = utc_now()
        self._hub.world.keep(thread)
        guild = self._hub.world.guild(thread.guild_id or 0)
        # "Thread Members Update": with `member` and `presence`, unlike the thread member of REST.
        added = thread_member_object(thread, user_id) | {"presence": None}
        if user_id in guild.members:
            added["member"] = member_object(self._hub.world, guild.members[user_id])
        self._tell_members(thread, {"added_members": [added]})

    def leave(self, thread: Channel, user_id: int) -> None:
        """Take `user_id` out of the thread. Raises 10007 when it is not in it."""
        if _state(thread).members.pop(user_id, None) is None:
            raise ApiError(10007)
        self._hub.world.keep(thread)
        self._tell_members(thread, {"removed_member_ids": [str(user_id)]})

    def refuse_if_archived(self, channel: Channel) -> None:
        """Raises 50083 for an archived thread; anything else is let through."""
        if channel.thread is not None and channel.thread.archived:
            raise ApiError(50083)

    def prepare_for_message(self, channel: Channel, author: int, mentioned: list[int]) -> None:
        """What a message does to a thread: opens it again, and brings in its author and the mentioned."""
        if channel.thread is None:
            return
        # "Threads": a locked one is opened again only by those who manage threads.
        if channel.thread.locked and not self._may_manage(channel, author):
            raise ApiError(160005)
        # "Threads": sending a message to an archived thread opens it again.
        if channel.thread.archived:
            channel.thread.archived, channel.thread.archived_at = False, utc_now()
            self._hub.world.keep(channel)
            self._hub.tell_channel("THREAD_UPDATE", channel)
        # Whoever writes in a thread or is mentioned there joins it ("Threads").
        for user_id in (author, *mentioned):
            self.join(channel, user_id)

    def _kind(self, parent: Channel, fields: Json, message: Message | None) -> ChannelType:
        if parent.type not in PARENTS:
            raise ApiError(50024)
        if parent.type is ChannelType.NEWS:
            return ChannelType.NEWS_THREAD
        if message is None and parent.type is ChannelType.TEXT:
            # "Start Thread without Message": private without a word, as when threads were new; Discord
            # means to change that in a later version of the API
            wanted = fields.get("type") or ChannelType.PRIVATE_THREAD
            if wanted not in (ChannelType.PUBLIC_THREAD, ChannelType.PRIVATE_THREAD):
                raise ApiError(50024)
            return ChannelType(wanted)
        return ChannelType.PUBLIC_THREAD

    def _check_opening(self, actor: int, parent: Channel, kind: ChannelType, message: Message | None) -> None:
        needed = Permission.CREATE_PUBLIC_THREADS
        if kind is ChannelType.PRIVATE_THREAD:
            needed = Permission.CREATE_PRIVATE_THREADS
        if parent.type is ChannelType.FORUM:
            # "Start Thread in Forum or Media Channel": a post needs this and no permission for threads.
            needed = Permission.SEND_MESSAGES
        require(self._hub.world, parent, actor, needed)
        # JSON error code 160004, "A thread has already been created for this message".
        if message is not None and message.id in self._hub.world.channels:
            raise ApiError(160004)
        active = sum(
            1
            for c in self._hub.world.channels.values()
            if c.guild_id == parent.guild_id and c.thread is not None and not c.thread.archived
        )
        if active >= self._hub.settings.active_thread_limit:
            raise ApiError(160006)

    def _check_tags(self, actor: int, parent: Channel, tags: list[int]) -> None:
        """Raise 10087 for a tag that the forum does not have, 50013 for a moderators' one, 40067 for none
        where one is required. Source: "Start Thread in Forum or Media Channel" in Discord's documentation.
        """
        known = {tag.id: tag for tag in parent.available_tags}
        if not set(tags) <= set(known):
            raise ApiError(10087)
        if any(known[tag].moderated for tag in tags) and not self._may_manage(parent, actor):
            raise ApiError(50013)
        if not tags and parent.flags & ChannelFlag.REQUIRE_TAG:
            raise ApiError(40067)

    def _check_changing(self, actor: int, thread: Channel, fields: Json) -> None:
        state = _state(thread)
        # "Modify Channel": an archived thread takes no change but the one that opens it, and who may write in
        # it may open it; its owner may change the rest unless it is locked.
        is_opening = fields.get("archived") is False
        if state.archived and not is_opening:
            raise ApiError(50083)
        require(self._hub.world, thread, actor)
        if self._may_manage(thread, actor):
            return
        may_send = channel_permissions(self._hub.world, thread, actor) & sending_permission(thread)
        only_opens = is_opening and set(fields) == {"archived"} and not state.locked and may_send
        own = state.owner_id == actor and not state.locked and fields.get("locked") is None
        if not (only_opens or own):
            raise ApiError(50013)

    def _may_manage(self, channel: Channel, user_id: int) -> bool:
        return bool(channel_permissions(self._hub.world, channel, user_id) & Permission.MANAGE_THREADS)

    def _announce(self, actor: int, parent: Channel, thread: Channel, message: Message | None) -> None:
        """The system message that goes with a new thread: in it, or in its parent."""
        # Type 21 in the thread shows the message above it; type 18 in the channel says that a thread was
        # opened ("Message Types").
        if message is not None:
            message.flags |= int(MessageFlag.HAS_THREAD)
            self._hub.change_message(message)
            reference = Reference(channel_id=parent.id, message_id=message.id, guild_id=parent.guild_id)
            self._system_message(MessageType.THREAD_STARTER_MESSAGE, actor, thread, reference=reference)
        elif thread.type is ChannelType.PUBLIC_THREAD and parent.type is ChannelType.TEXT:
            reference = Reference(channel_id=thread.id, guild_id=parent.guild_id)
            kind = MessageType.THREAD_CREATED
            self._system_message(kind, actor, parent, content=thread.name, reference=reference)

    def _system_message(
        self,
        kind: MessageType,
        actor: int,
        channel: Channel,
        content: str = "",
        reference: Reference | None = None,
    ) -> None:
        self._hub.add_message(
            Message(
                id=self._hub.world.new_id(),
                channel_id=channel.id,
                author_id=actor,
                type=kind,
                content=content,
                reference=reference,
                timestamp=utc_now(),
            )
        )

    def _tell_members(self, thread: Channel, change: Json) -> None:
        payload: Json = {"id": str(thread.id), "guild_id": str(thread.guild_id)}
        payload |= {"member_count": len(_state(thread).members), **change}
        self._hub.events.publish(
            Event(
                "THREAD_MEMBERS_UPDATE",
                lambda _viewer: payload,
                guild_id=thread.guild_id,
                channel_id=thread.id,
            )
        )


def check_thread_fields(fields: Json, *, named: bool) -> None:
    """Raise FormError for a name that is not 1 to 100 long or an archive time Discord does not know."""
    form = Form()
    check_shape(form, ThreadBody, fields)
    if named and fields.get("name") is None:
        form.fail("name", "BASE_TYPE_REQUIRED", "This field is required")
    if fields.get("auto_archive_duration") not in (None, *ARCHIVE_MINUTES):
        form.fail("auto_archive_duration", "BASE_TYPE_CHOICES", f"Value must be one of {ARCHIVE_MINUTES}.")
    form.finish()


def _state(thread: Channel) -> ThreadState:
    if thread.thread is None:
        raise ApiError(50024)
    return thread.thread
