"""Discord's rules on messages, modals and choices, those that one field alone cannot break included."""

from collections.abc import Iterator
from typing import Any

from bot.sandbox.model.errors import Form
from bot.sandbox.model.records import Json
from bot.sandbox.rules.bodies import Choices, MessageBody, Modal
from bot.sandbox.rules.layouts import (
    BUTTON,
    ROW,
    check_layout_part,
    check_top_level,
    is_layout,
    with_defaults,
)
from bot.sandbox.rules.shapes import check_shape

# "Embed Limits": of all embeds of a message together.
EMBED_TOTAL = 6000
ROWS = ROW_WIDTH = 5
# "Component Reference": with the flag IS_COMPONENTS_V2 nested ones count too.
V2_COMPONENTS = 40
TEXT_INPUT = 4
SELECTS = (3, 5, 6, 7, 8)
LINK, PREMIUM = 5, 6


def check_message(body: Json, *, flags: int = 0) -> None:
    """Raise FormError when a message body (create or edit) breaks one of Discord's limits.

    `flags` are those that an edited message has: once set, IS_COMPONENTS_V2 stays ("Message Flags").
    """
    form = Form()
    check_shape(form, MessageBody, body)
    form.finish()  # what follows relies on the shape
    _check_embeds(form, body.get("embeds") or [])
    _check_mentions(form, body.get("allowed_mentions") or {})
    is_v2 = is_layout(flags) or is_layout(body.get("flags"))
    _check_components(form, body.get("components") or [], is_v2=is_v2)
    form.finish()


def check_modal(data: Json) -> None:
    """Raise FormError when a modal breaks a limit: title 45, 1 to 5 components, each with its own id."""
    form = Form()
    check_shape(form, Modal, data, "data")
    form.finish()
    seen: set[str] = set()
    for index, component in enumerate(data["components"]):
        for path, inner in walk(component, f"data.components.{index}"):
            _check_component(form, path, inner, seen)
            if inner["type"] == TEXT_INPUT and inner.get("label") is not None:
                form.too_long(f"{path}.label", inner["label"], 45, least=1)
    form.finish()


def check_choices(data: Json) -> None:
    """Raise FormError when an autocomplete answer has more than 25 choices or an over-long name."""
    form = Form()
    check_shape(form, Choices, data, "data")
    form.finish()
    for index, choice in enumerate(data["choices"]):
        # "Application Command Option Choice": the limit is one of texts; numbers are bounded by their type.
        if isinstance(choice["value"], str):
            form.too_long(f"data.choices.{index}.value", choice["value"], 100)
    form.finish()


def walk(component: Json, path: str) -> Iterator[tuple[str, Json]]:
    """A component and everything inside it, with its place."""
    yield path, component
    for index, inner in enumerate(component.get("components") or []):
        yield from walk(inner, f"{path}.components.{index}")
    for key in ("accessory", "component"):
        if component.get(key) is not None:
            yield from walk(component[key], f"{path}.{key}")


def _without_nulls(node: Json) -> Json:
    """A button or a menu's option whose emoji has no `"id": null`: it is taken, and not sent back."""
    if not isinstance(node.get("emoji"), dict):
        return node
    return {**node, "emoji": {key: value for key, value in node["emoji"].items() if value is not None}}


def number_components(components: list[Json]) -> list[Json]:
    """A copy in which every component has an `id`, as Discord fills them in: 1, 2, 3 ... in order."""
    taken = {c["id"] for root in components for _, c in walk(root, "") if c.get("id")}
    free = iter(n for n in range(1, 10_000) if n not in taken)

    def numbered(node: Json) -> Json:
        copy = with_defaults(node)
        # "Component Reference": an id of 0 counts as none.
        if not copy.get("id"):
            copy["id"] = next(free)
        copy = _without_nulls(copy)
        if copy.get("options"):
            copy["options"] = [_without_nulls(option) for option in copy["options"]]
        for key in ("components", "accessory", "component"):
            value = node.get(key)
            if value is not None:
                copy[key] = [numbered(v) for v in value] if isinstance(value, list) else numbered(value)
        return copy

    return [numbered(component) for component in components]


def normal_embed(embed: Json) -> Json:
    """An embed as Discord stores it: of type rich, with `inline` filled in, empty parts gone."""
    stored: Json = {k: v for k, v in embed.items() if v not in (None, [], {})} | {"type": "rich"}
    if "fields" in stored:
        stored["fields"] = [{"inline": False} | field for field in stored["fields"]]
    return stored


def _check_mentions(form: Form, allowed: Json) -> None:
    """A kind may be allowed as a whole or one by one, not both; an empty list counts for nothing.

    Source: "Allowed Mentions Object" in Discord's documentation.
    """
    for kind in ("users", "roles"):
        if kind in (allowed.get("parse") or []) and allowed.get(kind):
            both = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
            form.fail("allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", both)


def _check_embeds(form: Form, embeds: list[Json]) -> None:
    if sum(len(text) for embed in embeds for text in _texts(embed)) > EMBED_TOTAL:
        form.fail("embeds", "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {EMBED_TOTAL}")
    for index, embed in enumerate(embeds):
        for key in ("image", "thumbnail"):
            _check_address(form, f"embeds.{index}.{key}.url", (embed.get(key) or {}).get("url"))
        _check_address(form, f"embeds.{index}.url", embed.get("url"))


def _texts(embed: Json) -> Iterator[str]:
    """Every text of an embed that counts towards the 6000."""
    yield embed.get("title") or ""
    yield embed.get("description") or ""
    yield (embed.get("footer") or {}).get("text", "")
    yield (embed.get("author") or {}).get("name", "")
    for field in embed.get("fields") or []:
        yield field["name"]
        yield field["value"]


def _check_address(form: Form, path: str, address: Any) -> None:
    if address is not None and not str(address).startswith(("http://", "https://", "attachment://")):
        form.fail(path, "URL_TYPE_INVALID_SCHEME", f'Scheme must be one of ("http", "https"): {address}')


def _check_components(form: Form, components: list[Json], *, is_v2: bool) -> None:
    if len(components) > ROWS and not is_v2:
        form.fail("components", "BASE_TYPE_MAX_LENGTH", f"Must be {ROWS} or fewer in length.")
    if is_v2:
        check_top_level(form, components)
    seen: set[str] = set()
    count = 0
    for index, component in enumerate(components):
        # Without that flag the top level is action rows alone ("Legacy Message Component Behavior").
        if component["type"] != ROW and not is_v2:
            form.fail(f"components.{index}.type", "BASE_TYPE_CHOICES", "Value must be one of (1,).")
        for place, inner in walk(component, f"components.{index}"):
            count += 1
            _check_component(form, place, inner, seen)
    if count > V2_COMPONENTS:
        form.fail("components", "BASE_TYPE_MAX_LENGTH", f"Must be {V2_COMPONENTS} or fewer in length.")


def _check_component(form: Form, path: str, component: Json, seen: set[str]) -> None:
    kind, custom_id = component["type"], component.get("custom_id")
    if kind == ROW and not 1 <= len(component.get("components") or []) <= ROW_WIDTH:
        form.fail(f"{path}.components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
    if kind == BUTTON:
        _check_button(form, path, component)
    check_layout_part(form, path, component)
    if kind in (*SELECTS, TEXT_INPUT) and custom_id is None:
        form.fail(f"{path}.custom_id", "BASE_TYPE_REQUIRED", "This field is required")
    # "Component Reference", Custom ID: unique among the components of a message.
    if custom_id in seen:
        duplicated = "Component custom id cannot be duplicated"
        form.fail(f"{path}.custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", duplicated)
    if custom_id is not None:
        seen.add(custom_id)


def _check_button(form: Form, path: str, button: Json) -> None:
    style = button.get("style")
    if not button.get("label") and not button.get("emoji") and style != PREMIUM:
        required = "A button must have a label or an emoji."
        form.fail(path, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", required)
    # "Button": a link has a url and no custom_id, a premium button neither, all others a custom_id.
    if style == LINK and not button.get("url"):
        form.fail(f"{path}.url", "BASE_TYPE_REQUIRED", "This field is required")
    elif style not in (LINK, PREMIUM) and not button.get("custom_id"):
        form.fail(f"{path}.custom_id", "BASE_TYPE_REQUIRED", "This field is required")
