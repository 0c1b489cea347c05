"""Discord's rules on layout components: what may stand in what, how much text, and which files are shown.

A message has them where it bears the flag IS_COMPONENTS_V2. Source: Discord's "Component Reference" and its
OpenAPI description; the codes of errors are those that its API is known to send.
"""

from collections.abc import Iterator

from bot.sandbox.model.errors import Form
from bot.sandbox.model.records import Json, Message, MessageFlag

ROW, BUTTON = 1, 2
SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER = 9, 10, 11, 12, 13, 14, 17
TEXT_TOTAL = 4000  # characters of all text displays of a message
_IN_A_CONTAINER = (ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR)
_AT_THE_TOP = (*_IN_A_CONTAINER, CONTAINER)
_INSIDE = {SECTION: (TEXT,), CONTAINER: _IN_A_CONTAINER}
_HOW_MANY = {SECTION: (1, 3), CONTAINER: (1, 40)}
_REQUIRED = {SECTION: "accessory", THUMBNAIL: "media", FILE: "file"}
_ATTACHED = "attachment://"

# What Discord fills in where a request leaves it out
_DEFAULTS: dict[int, Json] = {
    THUMBNAIL: {"description": None, "spoiler": False},
    FILE: {"spoiler": False},
    SEPARATOR: {"divider": True, "spacing": 1},
    CONTAINER: {"accent_color": None, "spoiler": False},
}


def is_layout(flags: int | None) -> bool:
    """Whether a message with these flags is made of layout components."""
    return bool((flags or 0) & MessageFlag.COMPONENTS_V2)


def check_top_level(form: Form, components: list[Json]) -> None:
    """Note what may not stand at the top of a layout, and too much text in all of it."""
    for index, component in enumerate(components):
        _check_kind(form, f"components.{index}", component, _AT_THE_TOP)
    length = sum(len(text) for component in components for text in _texts(component))
    if length > TEXT_TOTAL:
        form.fail("components", "BASE_TYPE_MAX_LENGTH", f"Must be {TEXT_TOTAL} or fewer in length.")


def check_layout_part(form: Form, path: str, component: Json) -> None:
    """Note what is wrong with one layout component by itself; other components pass."""
    kind = component["type"]
    if kind in _INSIDE:
        _check_inside(form, path, component)
    if kind == SECTION and component.get("accessory") is not None:
        _check_kind(form, f"{path}.accessory", component["accessory"], (BUTTON, THUMBNAIL))
    if kind == TEXT:
        form.too_long(f"{path}.content", component.get("content") or "", TEXT_TOTAL, least=1)
    if kind == GALLERY and not 1 <= len(component.get("items") or []) <= 10:
        form.fail(f"{path}.items", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 10 in length.")
    required = _REQUIRED.get(kind)
    if required is not None and component.get(required) is None:
        form.fail(f"{path}.{required}", "BASE_TYPE_REQUIRED", "This field is required")


def _check_inside(form: Form, path: str, component: Json) -> None:
    kind, inside = component["type"], component.get("components") or []
    least, most = _HOW_MANY[kind]
    if not least <= len(inside) <= most:
        between = f"Must be between {least} and {most} in length."
        form.fail(f"{path}.components", "BASE_TYPE_BAD_LENGTH", between)
    for index, inner in enumerate(inside):
        _check_kind(form, f"{path}.components.{index}", inner, _INSIDE[kind])


def check_whole(message: Message) -> None:
    """Raise FormError where a layout has text or embeds beside it, or shows a file that it does not have."""
    if not is_layout(message.flags):
        return
    form = Form()
    for name, left in (("content", message.content), ("embeds", message.embeds)):
        if left:
            beside = f"The '{name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            form.fail(name, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", beside)
    names = {attachment.filename for attachment in message.attachments}
    for index, component in enumerate(message.components):
        for path, media in _media(component, f"components.{index}"):
            url = media["url"]
            if url.startswith(_ATTACHED) and url.removeprefix(_ATTACHED) not in names:
                missing = f'The referenced attachment "{url}" was not found'
                form.fail(f"{path}.url", "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", missing)
    form.finish()


def with_defaults(component: Json) -> Json:
    """A layout component with what Discord fills in; others as they are."""
    filled = {**_DEFAULTS.get(component["type"], {}), **{k: v for k, v in component.items() if v is not None}}
    if component["type"] == GALLERY:
        about: Json = {"description": None, "spoiler": False}
        filled["items"] = [{**about, **item} for item in component["items"]]
    return filled


def _check_kind(form: Form, path: str, component: Json, allowed: tuple[int, ...]) -> None:
    if component["type"] not in allowed:
        form.fail(f"{path}.type", "BASE_TYPE_CHOICES", f"Value must be one of {allowed}.")


def _texts(component: Json) -> Iterator[str]:
    if component["type"] == TEXT:
        yield component.get("content") or ""
    for inner in component.get("components") or []:
        yield from _texts(inner)


def _media(component: Json, path: str) -> Iterator[tuple[str, Json]]:
    """Every file or picture that a component shows, with its place."""
    for key in ("media", "file"):
        if component.get(key) is not None:
            yield f"{path}.{key}", component[key]
    for index, item in enumerate(component.get("items") or []):
        yield f"{path}.items.{index}.media", item["media"]
    for index, inner in enumerate(component.get("components") or []):
        yield from _media(inner, f"{path}.components.{index}")
    if component.get("accessory") is not None:
        yield from _media(component["accessory"], f"{path}.accessory")
