"""The shape of request bodies: which fields must be what, and how long each may be, as Discord has it.

Only fields that are used are named; others pass. Lengths are in characters, list lengths in items.
"""

from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    ValidationError,
)

from bot.sandbox.model.errors import Form
from bot.sandbox.model.localization import LOCALES
from bot.sandbox.model.models import Json


class Shape(BaseModel):
    """A JSON object of a request; fields that Discord knows and nothing here needs are let through."""

    model_config = ConfigDict(extra="ignore")


def _text(value: Any) -> Any:
    return str(value) if isinstance(value, int) else value


def _locale(value: str) -> str:
    if value not in LOCALES:
        raise ValueError("This is no locale of Discord's")
    return value


Number = Annotated[float, Field(strict=True)]
CustomId = Annotated[str, Field(min_length=1, max_length=100)]
Text32 = Annotated[str, Field(min_length=1, max_length=32)]
Text100 = Annotated[str, Field(min_length=1, max_length=100)]
Locale = Annotated[str, AfterValidator(_locale)]
Names = dict[Locale, Text32] | None
Descriptions = dict[Locale, Text100] | None


class EmbedField(Shape):
    """One field of an embed."""

    name: Annotated[str, Field(max_length=256)]
    value: Annotated[str, Field(max_length=1024)]


class Media(Shape):
    """A picture of an embed, by its address."""

    url: str | None = None


class Footer(Shape):
    """The small last line of an embed."""

    text: Annotated[str, Field(max_length=2048)]
    icon_url: str | None = None


class Author(Shape):
    """The line above an embed's title."""

    name: Annotated[str, Field(max_length=256)]
    icon_url: str | None = None


class Embed(Shape):
    """An embed; how long all its texts may be together is checked elsewhere."""

    title: Annotated[str, Field(max_length=256)] | None = None
    description: Annotated[str, Field(max_length=4096)] | None = None
    url: str | None = None
    fields: Annotated[list[EmbedField], Field(max_length=25)] | None = None
    image: Media | None = None
    thumbnail: Media | None = None
    footer: Footer | None = None
    author: Author | None = None


class SelectOption(Shape):
    """One entry of a menu."""

    label: Text100
    value: Text100
    description: Annotated[str, Field(max_length=100)] | None = None


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
    components: list["Component"] | None = None
    accessory: "Component | None" = None
    component: "Component | None" = None


class AttachmentNote(Shape):
    """What a message says about a file: its number in the request, or its id if it is there already."""

    id: int
    filename: str | None = None
    description: Annotated[str, Field(max_length=1024)] | None = None


class AllowedMentions(Shape):
    """Which mentions of a text may notify anybody."""

    parse: list[str] | None = None
    users: list[int] | None = None
    roles: list[int] | None = None


class MessageReference(Shape):
    """The message that is replied to."""

    message_id: int | None = None


class MessageBody(Shape):
    """A message to send, or the changes to one."""

    content: Annotated[str, Field(max_length=2000)] | None = None
    embeds: Annotated[list[Embed], Field(max_length=10)] | None = None
    components: Annotated[list[Component], Field(max_length=40)] | None = None
    attachments: Annotated[list[AttachmentNote], Field(max_length=10)] | None = None
    allowed_mentions: AllowedMentions | None = None
    message_reference: MessageReference | None = None
    nonce: Annotated[str, BeforeValidator(_text), Field(max_length=25)] | None = None
    flags: StrictInt | None = None


class Modal(Shape):
    """A form to open."""

    custom_id: CustomId
    title: Annotated[str, Field(min_length=1, max_length=45)]
    components: Annotated[list[Component], Field(min_length=1, max_length=5)]


class Choice(Shape):
    """One value that an option offers."""

    name: Text100
    name_localizations: Descriptions = None  # as long as a choice's name may be
    value: Any


class Choices(Shape):
    """The answer to an autocomplete."""

    choices: Annotated[list[Choice], Field(max_length=25)]


class CommandOption(Shape):
    """One option of a command, or a sub-command with options of its own."""

    type: StrictInt
    name: str
    name_localizations: Names = None
    description: Text100
    description_localizations: Descriptions = None
    required: StrictBool | None = None
    choices: Annotated[list[Choice], Field(max_length=25)] | None = None
    options: Annotated[list["CommandOption"], Field(max_length=25)] | None = None
    min_value: Number | None = None
    max_value: Number | None = None
    min_length: StrictInt | None = None
    max_length: StrictInt | None = None


class CommandBody(Shape):
    """An application command."""

    type: StrictInt | None = None
    name: Text32
    name_localizations: Names = None
    description: Annotated[str, Field(max_length=100)] | None = None
    description_localizations: Descriptions = None
    options: Annotated[list[CommandOption], Field(max_length=25)] | None = None
    default_member_permissions: int | None = None
    contexts: list[StrictInt] | None = None


class ThreadBody(Shape):
    """A thread to open, or the changes to one."""

    name: Annotated[str, Field(min_length=1, max_length=100)] | None = None
    type: StrictInt | None = None
    auto_archive_duration: StrictInt | None = None
    rate_limit_per_user: Annotated[StrictInt, Field(ge=0, le=21600)] | None = None
    applied_tags: list[int] | None = None
    archived: StrictBool | None = None
    locked: StrictBool | None = None


class OverwriteBody(Shape):
    """What a role (type 0) or a member (type 1) may and may not in a channel, as bit sets."""

    type: Annotated[int, Field(ge=0, le=1)] = 0
    allow: Annotated[int, Field(ge=0)] | None = None
    deny: Annotated[int, Field(ge=0)] | None = None


class ListedOverwrite(OverwriteBody):
    """One such entry in a channel's list, with the role's or member's id."""

    id: int


class ChannelBody(Shape):
    """The changes to a channel."""

    name: Annotated[str, Field(min_length=1, max_length=100)] | None = None
    topic: Annotated[str, Field(max_length=1024)] | None = None
    nsfw: StrictBool | None = None
    rate_limit_per_user: Annotated[StrictInt, Field(ge=0, le=21600)] | None = None
    permission_overwrites: list[ListedOverwrite] | None = None


def check_shape(form: Form, shape: type[Shape], body: Any, place: str = "") -> None:
    """Note in `form` every part of `body` that is not as `shape` wants it; `place` goes before each path."""
    try:
        shape.model_validate(body)
    except ValidationError as invalid:
        for problem in invalid.errors(include_url=False, include_input=False):
            path = ".".join(str(step) for step in (*([place] if place else []), *problem["loc"]))
            code, message = _in_discords_words(problem["type"], problem.get("ctx", {}), problem["msg"])
            form.fail(path or "_body", code, message)


def _in_discords_words(kind: str, context: Json, message: str) -> tuple[str, str]:
    match kind:
        case "string_too_long" | "too_long":
            return "BASE_TYPE_MAX_LENGTH", f"Must be {context['max_length']} or fewer in length."
        case "missing":
            return "BASE_TYPE_REQUIRED", "This field is required"
        case "string_too_short" | "too_short":
            return "BASE_TYPE_MIN_LENGTH", f"Must be {context['min_length']} or more in length."
        case "string_type":
            return "STRING_TYPE_CONVERT", "Could not interpret the value as string."
        case "list_type":
            return "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType."
        case "model_type" | "dict_type":
            return "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType."
        case _:
            return "BASE_TYPE_CHOICES", f"{message}."
