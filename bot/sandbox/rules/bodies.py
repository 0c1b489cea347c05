"""The bodies of requests: which fields must be what, and how long each may be, as Discord has it.

Every field that is used is named here, so that whoever reads a checked body may rely on it; others pass.
Lengths are in characters, list lengths in items.
"""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StrictBool, StrictInt

from bot.sandbox.model.records import Json
from bot.sandbox.rules.shapes import (
    CustomId,
    Descriptions,
    Flags,
    Moment,
    Names,
    Number,
    Permissions,
    Shape,
    Snowflake,
    Text32,
    Text100,
    number_as_text,
)


class EmbedField(Shape):
    """A field of an embed (Discord's page "Embed Limits")."""

    name: Annotated[str, Field(max_length=256)]
    value: Annotated[str, Field(max_length=1024)]


class Media(Shape):
    """An embed's image or thumbnail."""

    url: str | None = None


class Footer(Shape):
    """An embed's footer."""

    text: Annotated[str, Field(max_length=2048)]
    icon_url: str | None = None


class Author(Shape):
    """An embed's author."""

    name: Annotated[str, Field(max_length=256)]
    icon_url: str | None = None


class Embed(Shape):
    """An embed; all its texts together are at most 6,000 characters."""

    title: Annotated[str, Field(max_length=256)] | None = None
    description: Annotated[str, Field(max_length=4096)] | None = None
    url: str | None = None
    color: Annotated[StrictInt, Field(ge=0, le=0xFFFFFF)] | None = None
    timestamp: Moment | None = None
    fields: Annotated[list[EmbedField], Field(max_length=25)] | None = None
    image: Media | None = None
    thumbnail: Media | None = None
    footer: Footer | None = None
    author: Author | None = None


class SelectOption(Shape):
    """A choice of a select menu."""

    label: Text100
    value: Text100
    description: Annotated[str, Field(max_length=100)] | None = None


class ShownMedia(Shape):
    """A picture or file that a component shows: an address, or `attachment://` and a file's name."""

    url: Annotated[str, Field(max_length=2048)]


class GalleryItem(Shape):
    """A picture of a gallery."""

    media: ShownMedia
    description: Annotated[str, Field(min_length=1, max_length=1024)] | None = None
    spoiler: StrictBool | None = None


class Component(Shape):
    """Any component: a row, a button, a menu, a text field, or one of the newer layout kinds."""

    type: StrictInt
    id: StrictInt | None = None
    custom_id: CustomId | None = None
    style: StrictInt | None = None
    label: Annotated[str, Field(max_length=80)] | None = None
    emoji: Json | None = None
    url: Annotated[str, Field(max_length=512)] | None = None
    disabled: StrictBool | None = None
    options: Annotated[list[SelectOption], Field(max_length=25)] | None = None
    min_values: Annotated[StrictInt, Field(ge=0, le=25)] | None = None
    max_values: Annotated[StrictInt, Field(ge=1, le=25)] | None = None
    placeholder: Annotated[str, Field(max_length=150)] | None = None
    content: str | None = None
    items: list[GalleryItem] | None = None
    media: ShownMedia | None = None
    file: ShownMedia | None = None
    description: str | None = None
    spoiler: StrictBool | None = None
    accent_color: Annotated[StrictInt, Field(ge=0, le=0xFFFFFF)] | None = None
    divider: StrictBool | None = None
    spacing: Literal[1, 2] | None = None
    components: list["Component"] | None = None
    accessory: "Component | None" = None
    component: "Component | None" = None


class AttachmentNote(Shape):
    """What a body says of one of its files, or of a file that is kept."""

    id: Snowflake
    filename: str | None = None
    description: Annotated[str, Field(max_length=1024)] | None = None


class AllowedMentions(Shape):
    """Whom a message may ping."""

    parse: list[Literal["users", "roles", "everyone"]] | None = None
    users: Annotated[list[Snowflake], Field(max_length=100)] | None = None
    roles: Annotated[list[Snowflake], Field(max_length=100)] | None = None
    replied_user: StrictBool | None = None


class MessageReference(Shape):
    """The message that is answered or forwarded."""

    type: Literal[0, 1] | None = None
    message_id: Snowflake | None = None
    channel_id: Snowflake | None = None
    guild_id: Snowflake | None = None
    fail_if_not_exists: StrictBool | None = None


class MessageBody(Shape):
    """A message as it is sent or edited."""

    content: Annotated[str, Field(max_length=2000)] | None = None
    embeds: Annotated[list[Embed], Field(max_length=10)] | None = None
    components: Annotated[list[Component], Field(max_length=40)] | None = None
    attachments: Annotated[list[AttachmentNote], Field(max_length=10)] | None = None
    allowed_mentions: AllowedMentions | None = None
    message_reference: MessageReference | None = None
    nonce: Annotated[str, BeforeValidator(number_as_text), Field(max_length=25)] | None = None
    enforce_nonce: StrictBool | None = None
    tts: StrictBool | None = None
    flags: Flags | None = None


class BulkDelete(Shape):
    """Ids of messages to delete."""

    messages: list[Snowflake]


class Recipient(Shape):
    """With whom a direct message is opened."""

    recipient_id: Snowflake


class Callback(Shape):
    """The application's answer to an interaction; what `data` must hold depends on `type`."""

    type: StrictInt
    data: Json | None = None


class RequestMembers(Shape):
    """What opcode 8 of the gateway carries."""

    guild_id: Snowflake
    query: str | None = None
    limit: Annotated[StrictInt, Field(ge=0)] | None = None
    user_ids: Snowflake | list[Snowflake] | None = None


class GivenOption(Shape):
    """What a person gave for an option of a command, or typed so far where `focused` is set."""

    name: str
    value: str | StrictBool | StrictInt | Number | None = None
    options: list["GivenOption"] | None = None
    focused: StrictBool | None = None


class PageInteraction(Shape):
    """What a person does at the page: a command, a component, typing or a modal, by Discord's numbers."""

    type: Annotated[StrictInt, Field(ge=2, le=5)]
    channel_id: Snowflake
    command_id: Snowflake | None = None
    target_id: Snowflake | None = None
    message_id: Snowflake | None = None
    custom_id: str | None = None
    options: list[GivenOption] | None = None
    values: list[str] | None = None
    components: list[Component] | None = None


class Modal(Shape):
    """A form: title and rows."""

    custom_id: CustomId
    title: Annotated[str, Field(min_length=1, max_length=45)]
    components: Annotated[list[Component], Field(min_length=1, max_length=5)]


class Choice(Shape):
    """A choice of an option or of autocomplete."""

    name: Text100
    name_localizations: Descriptions = None  # as long as a choice's name may be
    value: str | StrictInt | Number


class Choices(Shape):
    """What autocomplete offers."""

    choices: Annotated[list[Choice], Field(max_length=25)]


class CommandOption(Shape):
    """An option of a command, subcommands included."""

    type: Annotated[StrictInt, Field(ge=1, le=11)]
    name: str
    name_localizations: Names = None
    description: Text100
    description_localizations: Descriptions = None
    required: StrictBool | None = None
    choices: Annotated[list[Choice], Field(max_length=25)] | None = None
    options: Annotated[list["CommandOption"], Field(max_length=25)] | None = None
    min_value: Number | None = None
    max_value: Number | None = None
    min_length: Annotated[StrictInt, Field(ge=0, le=6000)] | None = None
    max_length: Annotated[StrictInt, Field(ge=1, le=6000)] | None = None
    channel_types: list[StrictInt] | None = None


class CommandBody(Shape):
    """A command as it is registered."""

    type: StrictInt | None = None
    name: Text32
    name_localizations: Names = None
    description: Annotated[str, Field(max_length=100)] | None = None
    description_localizations: Descriptions = None
    options: Annotated[list[CommandOption], Field(max_length=25)] | None = None
    default_member_permissions: Permissions | None = None
    contexts: list[StrictInt] | None = None
    integration_types: list[StrictInt] | None = None
    dm_permission: StrictBool | None = None
    nsfw: StrictBool | None = None


class ThreadBody(Shape):
    """A thread, or a forum's post, as it is opened."""

    name: Annotated[str, Field(min_length=1, max_length=100)] | None = None
    type: StrictInt | None = None
    auto_archive_duration: StrictInt | None = None
    rate_limit_per_user: Annotated[StrictInt, Field(ge=0, le=21600)] | None = None
    applied_tags: Annotated[list[Snowflake], Field(max_length=5)] | None = None
    archived: StrictBool | None = None
    locked: StrictBool | None = None
    invitable: StrictBool | None = None
    message: MessageBody | None = None


class OverwriteBody(Shape):
    """What a role or member may do in a channel beside the general rules."""

    type: Annotated[Snowflake, Field(le=1)] | None = None
    allow: Permissions | None = None
    deny: Permissions | None = None


class ListedOverwrite(OverwriteBody):
    """An overwrite in a channel's list, with whose it is."""

    id: Snowflake


class TagBody(Shape):
    """A forum's tag as it is set."""

    id: Snowflake | None = None
    name: Annotated[str, Field(min_length=1, max_length=50)]
    moderated: StrictBool | None = None
    emoji_name: str | None = None


class ChannelBody(Shape):
    """A channel or thread as it is changed."""

    name: Annotated[str, Field(min_length=1, max_length=100)] | None = None
    topic: Annotated[str, Field(max_length=1024)] | None = None
    nsfw: StrictBool | None = None
    rate_limit_per_user: Annotated[StrictInt, Field(ge=0, le=21600)] | None = None
    permission_overwrites: list[ListedOverwrite] | None = None
    flags: Flags | None = None
    available_tags: Annotated[list[TagBody], Field(max_length=20)] | None = None
