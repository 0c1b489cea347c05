"""State -> Discord's message objects, and the rule that hides content from bots without that intent."""

from collections.abc import Iterator
from urllib.parse import quote

from bot.sandbox.model.records import Attachment, Json, Message, MessageType, Reaction, Snapshot
from bot.sandbox.model.world import World
from bot.sandbox.payloads.objects import channel_object, iso, member_object, user_object

# Discord takes them from the emoji's picture; here every super-reaction glows alike.
BURST_COLOURS = ("#f5a623", "#d0021b")
_EMPTY: Json = {"content": "", "embeds": [], "attachments": [], "components": []}


class MessagePayloads:
    """Renders messages. `base_url` is where this sandbox serves its files, without a trailing slash."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.base_url = ""

    def message(self, message: Message, viewer: int) -> Json:
        """The message as `viewer` sees it through the REST API."""
        payload = self._basic(message)
        if message.reactions:
            payload["reactions"] = [reaction_object(reaction, viewer) for reaction in message.reactions]
        thread = self._world.channels.get(message.id)
        if thread is not None and thread.parent_id == message.channel_id:
            payload["thread"] = channel_object(self._world, thread, viewer)
        if message.type in (MessageType.REPLY, MessageType.THREAD_STARTER_MESSAGE):
            payload["referenced_message"] = self._referenced(message)
        return payload

    def dispatched(self, message: Message, viewer: int) -> Json:
        """The message as MESSAGE_CREATE and MESSAGE_UPDATE carry it: with guild and member."""
        payload = self.message(message, viewer)
        channel = self._world.channel(message.channel_id)
        if message.visible_to is None and channel.guild_id is not None:
            guild = self._world.guild(channel.guild_id)
            payload["guild_id"] = str(guild.id)
            member = guild.members.get(message.author_id)
            if member is not None:
                payload["member"] = member_object(self._world, member, with_user=False)
            for mentioned in payload["mentions"]:
                found = guild.members.get(int(mentioned["id"]))
                if found is not None:
                    mentioned["member"] = member_object(self._world, found, with_user=False)
        payload["channel_type"] = int(channel.type)
        return payload

    def attachment(self, message: Message, attachment: Attachment) -> Json:
        """An attachment object, with its addresses at the sandbox's CDN."""
        name = quote(attachment.filename)
        url = f"{self.base_url}/cdn/attachments/{message.channel_id}/{attachment.id}/{name}"
        payload: Json = {
            "id": str(attachment.id),
            "filename": attachment.filename,
            "size": attachment.size,
            "url": url,
            "proxy_url": url,
        }
        if attachment.content_type is not None:
            payload["content_type"] = attachment.content_type
        if attachment.description is not None:
            payload["description"] = attachment.description
        if attachment.width is not None:
            payload |= {"width": attachment.width, "height": attachment.height}
        return payload | ({"ephemeral": True} if message.visible_to is not None else {})

    def _basic(self, message: Message) -> Json:
        payload: Json = {
            "id": str(message.id),
            "type": int(message.type),
            "channel_id": str(message.channel_id),
            "author": user_object(self._world.user(message.author_id)),
            "content": message.content,
            "timestamp": iso(message.timestamp),
            "edited_timestamp": iso(message.edited_at),
            "flags": message.flags,
            "mentions": [user_object(self._world.user(user)) for user in message.mentions],
            "mention_roles": [str(role) for role in message.mention_roles],
            "mention_everyone": message.mention_everyone,
            "pinned": message.pinned,
            "tts": message.tts,
        }
        return payload | self._shown(message, message) | self._optional(message)

    def _optional(self, message: Message) -> Json:
        part: Json = {}
        if message.nonce is not None:
            part["nonce"] = message.nonce
        if message.application_id is not None:
            part["application_id"] = str(message.application_id)
        if message.interaction is not None:
            part |= {"interaction_metadata": message.interaction, "webhook_id": str(message.application_id)}
        if message.reference is not None:
            ids = message.reference.model_dump(exclude_none=True, exclude={"type"})
            part["message_reference"] = {"type": int(message.reference.type)}
            part["message_reference"] |= {key: str(value) for key, value in ids.items()}
        if message.snapshots:
            part["message_snapshots"] = [{"message": self._snapshot(message, s)} for s in message.snapshots]
        return part

    def _snapshot(self, message: Message, snapshot: Snapshot) -> Json:
        """The part of a forwarded message that Discord shows: who wrote it where is not in it."""
        return {
            "type": int(snapshot.type),
            "content": snapshot.content,
            "timestamp": iso(snapshot.timestamp),
            "edited_timestamp": iso(snapshot.edited_at),
            "flags": snapshot.flags,
            "mentions": [user_object(self._world.user(user)) for user in snapshot.mentions],
            "mention_roles": [str(role) for role in snapshot.mention_roles],
        } | self._shown(message, snapshot)

    def _shown(self, message: Message, holder: Message | Snapshot) -> Json:
        """Files, embeds and components of `message`, or of what it forwards, with the files' addresses."""
        listed = [self.attachment(message, a) for a in holder.attachments]
        files = {file["filename"]: file for file in listed}
        used: set[str] = set()
        shown: Json = {
            "embeds": [_resolve(embed, files, used) for embed in holder.embeds],
            "components": [_resolve(component, files, used, ids=True) for component in holder.components],
        }
        # An attachment that an embed or component shows is not listed again.
        return shown | {"attachments": [file for file in listed if file["id"] not in used]}

    def _referenced(self, message: Message) -> Json | None:
        reference = message.reference
        if reference is None or reference.message_id is None:
            return None
        original = self._world.find_message(reference.channel_id, reference.message_id)
        return None if original is None else self._basic(original)


def reaction_object(reaction: Reaction, viewer: int) -> Json:
    """All reactions of one emoji; `count` is of both kinds, `me` of the plain ones alone."""
    normal, burst = len(reaction.users), len(reaction.burst_users)
    me_burst = viewer in reaction.burst_users
    return {
        "emoji": {"id": None, "name": reaction.emoji},
        "count": normal + burst,
        "count_details": {"burst": burst, "normal": normal},
        "burst_colors": list(BURST_COLOURS) if burst else [],
        "me_burst": me_burst,
        "me": viewer in reaction.users,
        "burst_me": me_burst,
        "burst_count": burst,
    }


def without_content(payload: Json, viewer: int) -> Json:
    """The message as a bot without the message-content intent gets it.

    Its own messages, direct messages and those that mention it stay whole, as Discord documents.
    """
    shown = dict(payload)
    addressed = [shown["author"]["id"], *(user["id"] for user in shown["mentions"])]
    if "guild_id" in shown and str(viewer) not in addressed:
        shown |= dict(_EMPTY)
        if "message_snapshots" in shown:
            shown["message_snapshots"] = [
                {"message": part["message"] | _EMPTY} for part in shown["message_snapshots"]
            ]
    if shown.get("referenced_message"):
        inner = shown["referenced_message"] | ({"guild_id": shown["guild_id"]} if "guild_id" in shown else {})
        shown["referenced_message"] = without_content(inner, viewer)
    return shown


def _resolve(node: Json, files: dict[str, Json], used: set[str], *, ids: bool = False) -> Json:
    """A copy of an embed or component whose `attachment://name` addresses point at the files.

    `ids` adds the file's, as components have them ("Unfurled Media Item Structure").
    """

    def inner(value: object) -> object:
        return _resolve(value, files, used, ids=ids) if isinstance(value, dict) else value

    copy: Json = {
        key: [inner(item) for item in value] if isinstance(value, list) else inner(value)
        for key, value in node.items()
    }
    for key in ("url", "icon_url"):
        address = copy.get(key)
        if isinstance(address, str) and address.startswith("attachment://"):
            file = files.get(address.removeprefix("attachment://"))
            if file is not None:
                used.add(file["id"])
                copy[key] = file["url"]
                copy |= dict(_media_part(key, file))
                copy |= {"id": file["id"], "attachment_id": file["id"]} if ids else {}
    return copy


def _media_part(key: str, file: Json) -> Iterator[tuple[str, object]]:
    if key == "icon_url":
        yield "proxy_icon_url", file["proxy_url"]
        return
    yield "proxy_url", file["proxy_url"]
    for name in ("width", "height", "content_type"):
        if name in file:
            yield name, file[name]
