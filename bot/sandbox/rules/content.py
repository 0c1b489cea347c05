"""Putting a request's body into a message: text, embeds, components, files, mentions, flags; forwarding."""

from bot.sandbox.model.body import Body
from bot.sandbox.model.errors import ApiError
from bot.sandbox.model.files import describe
from bot.sandbox.model.mentions import find_mentions
from bot.sandbox.model.parsing import parse_id
from bot.sandbox.model.permissions import Permission, channel_permissions
from bot.sandbox.model.records import Attachment, Json, Message, MessageFlag, Snapshot
from bot.sandbox.rules.forms import check_message, normal_embed, number_components
from bot.sandbox.rules.hub import Hub
from bot.sandbox.rules.layouts import check_whole

# "Message Flags": the rest is Discord's own to set.
SETTABLE_FLAGS = MessageFlag.SUPPRESS_EMBEDS | MessageFlag.SUPPRESS_NOTIFICATIONS | MessageFlag.COMPONENTS_V2


def fill(hub: Hub, message: Message, body: Body, *, replied_to: int | None = None) -> Message:
    """A copy of `message` with the fields that `body` names replaced.

    Raises FormError for broken limits, ApiError 40005 for a too large file, 50006 when nothing is left.
    """
    check_message(body.json, flags=message.flags)
    filled = message.model_copy(deep=True)
    filled.attachments = _attachments(hub, message, body)
    fields = body.json
    if "content" in fields:
        # Discord cuts white space off at both ends.
        filled.content = (fields["content"] or "").strip()
    if "embeds" in fields:
        filled.embeds = [normal_embed(embed) for embed in fields["embeds"] or []]
    if "components" in fields:
        filled.components = number_components(fields["components"] or [])
    if fields.get("flags") is not None:
        # "Message Flags": IS_COMPONENTS_V2 cannot be removed from a message
        stays = filled.flags & ~int(SETTABLE_FLAGS & ~MessageFlag.COMPONENTS_V2)
        filled.flags = stays | (fields["flags"] & int(SETTABLE_FLAGS))
    check_whole(filled)
    # "Edit Message": without either field the mentions stay as they were.
    if "content" in fields or "allowed_mentions" in fields:
        _mention(hub, filled, fields, replied_to)
    # JSON error code 50006, "Cannot send an empty message".
    if not (filled.content or filled.embeds or filled.attachments or filled.components or filled.snapshots):
        raise ApiError(50006)
    return filled


def _mention(hub: Hub, message: Message, fields: Json, replied_to: int | None) -> None:
    channel = hub.world.channel(message.channel_id)
    guild = hub.world.guild(channel.guild_id) if channel.guild_id is not None else None
    found = find_mentions(
        hub.world,
        guild,
        message.content,
        fields.get("allowed_mentions"),
        replied_to=replied_to,
        may_ping_everyone=bool(
            channel_permissions(hub.world, channel, message.author_id) & Permission.MENTION_EVERYONE
        ),
    )
    message.mentions, message.mention_roles = found.users, found.roles
    message.mention_everyone = found.everyone


def _attachments(hub: Hub, message: Message, body: Body) -> list[Attachment]:
    """The files after the change: listed old ones stay, unlisted old ones go, new ones are added.

    Without a list every old one stays. Source: "Editing message attachments" in Discord's documentation.
    """
    listed = body.json.get("attachments")
    notes: dict[int, Json] = {}
    kept = list(message.attachments)
    if listed is not None:
        notes = {parse_id(entry["id"]): entry for entry in listed}
        kept = [attachment for attachment in kept if attachment.id in notes]
    limit = hub.attachment_limit(hub.world.channel(message.channel_id))
    if any(len(upload.data) > limit for upload in body.files.values()):
        raise ApiError(40005)
    # "Uploading Files": `attachments[].id` is the number n of the part `files[n]` that it describes.
    for index, upload in sorted(body.files.items()):
        note = notes.get(index, {})
        name = note.get("filename") or upload.filename
        digest = hub.files.add(upload.data)
        kept.append(describe(hub.world.new_id(), name, upload.data, digest, note.get("description")))
    return kept


def snapshot_of(message: Message) -> Snapshot:
    """What a message says now, for forwarding it. A forwarded forward shows what was forwarded first."""
    if message.snapshots:
        return message.snapshots[0].model_copy(deep=True)
    return Snapshot.model_validate(message.model_dump(include=set(Snapshot.model_fields)))
