"""Discord's limits on what a message may contain; every breach is told at once (50035)."""

from collections.abc import Iterator
from typing import Any

from bot.sandbox.errors import Form
from bot.sandbox.models import Json, MessageFlag

CONTENT = 2000
EMBEDS = 10
EMBED_TOTAL = 6000
EMBED_TEXTS = {"title": 256, "description": 4096, "footer.text": 2048, "author.name": 256}
FIELDS = 25
FIELD_TEXTS = {"name": 256, "value": 1024}
ROWS = 5
ROW_WIDTH = 5
CUSTOM_ID = 100
LABEL = 80
OPTIONS = 25
V2_COMPONENTS = 40
ATTACHMENTS = 10
BUTTON, TEXT_INPUT, LAYOUT_FROM = 2, 4, 9
SELECTS = (3, 5, 6, 7, 8)
LINK, PREMIUM = 5, 6


def check_message(body: Json) -> None:
    """Raise FormError when a message body (create or edit) breaks one of Discord's limits."""
    form = Form()
    if body.get("content") is not None:
        form.too_long("content", body["content"], CONTENT)
    if body.get("embeds") is not None:
        _check_embeds(form, body["embeds"])
    if body.get("components") is not None:
        is_v2 = bool(_flags(form, body) & MessageFlag.COMPONENTS_V2)
        _check_components(form, "components", body["components"], is_v2=is_v2)
    if body.get("attachments") is not None:
        form.too_many("attachments", body["attachments"], ATTACHMENTS)
    nonce = body.get("nonce")
    if nonce is not None and len(str(nonce)) > 25:
        form.fail("nonce", "NONCE_TYPE_TOO_LONG", "Must be 25 or fewer in length.")
    form.finish()


def _flags(form: Form, body: Json) -> int:
    flags = body.get("flags") or 0
    if isinstance(flags, int):
        return flags
    form.fail("flags", "NUMBER_TYPE_COERCE", f'Value "{flags}" is not int.')
    return 0


def _check_embeds(form: Form, embeds: Any) -> None:
    if form.too_many("embeds", embeds, EMBEDS):
        return
    total = 0
    for index, embed in enumerate(embeds):
        place = f"embeds.{index}"
        if not isinstance(embed, dict):
            form.fail(place, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType.")
            continue
        for path, text, limit in _embed_texts(embed):
            form.too_long(f"{place}.{path}", text, limit)
            total += len(text) if isinstance(text, str) else 0
        form.too_many(f"{place}.fields", embed.get("fields") or [], FIELDS)
        for path in ("image.url", "thumbnail.url", "url"):
            _check_address(form, f"{place}.{path}", _at(embed, path))
    if total > EMBED_TOTAL:
        form.fail("embeds", "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {EMBED_TOTAL}")


def _embed_texts(embed: Json) -> Iterator[tuple[str, Any, int]]:
    for path, limit in EMBED_TEXTS.items():
        text = _at(embed, path)
        if text is not None:
            yield path, text, limit
    for index, field in enumerate(embed.get("fields") or []):
        for key, limit in FIELD_TEXTS.items():
            yield f"fields.{index}.{key}", field.get(key, ""), limit


def _at(node: Json, path: str) -> Any:
    value: Any = node
    for step in path.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _check_address(form: Form, path: str, address: Any) -> None:
    if address is None:
        return
    if not str(address).startswith(("http://", "https://", "attachment://")):
        form.fail(path, "URL_TYPE_INVALID_SCHEME", f'Scheme must be one of ("http", "https"): {address}')


def _check_components(form: Form, path: str, components: Any, *, is_v2: bool) -> None:
    if form.too_many(path, components, V2_COMPONENTS if is_v2 else ROWS):
        return
    seen: set[str] = set()
    for index, component in enumerate(components):
        kind = component.get("type") if isinstance(component, dict) else None
        if kind != 1 and not (is_v2 and isinstance(kind, int) and kind >= LAYOUT_FROM):
            form.fail(f"{path}.{index}.type", "BASE_TYPE_CHOICES", "Value must be one of (1,).")
            continue
        for place, inner in walk(component, f"{path}.{index}"):
            _check_component(form, place, inner, seen)
    if is_v2 and sum(1 for c in components for _ in walk(c, "")) > V2_COMPONENTS:
        form.fail(path, "BASE_TYPE_MAX_LENGTH", f"Must be {V2_COMPONENTS} or fewer in length.")


def _check_component(form: Form, path: str, component: Json, seen: set[str]) -> None:
    kind = component.get("type")
    if kind == 1:
        row = component.get("components")
        if not form.too_many(f"{path}.components", row, ROW_WIDTH) and not row:
            form.fail(f"{path}.components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
    if kind == BUTTON:
        _check_button(form, path, component)
    if kind in SELECTS:
        options = component.get("options") or []
        form.too_many(f"{path}.options", options, OPTIONS)
    if "custom_id" in component or kind in SELECTS:
        custom_id = component.get("custom_id")
        form.too_long(f"{path}.custom_id", custom_id, CUSTOM_ID, least=1)
        if isinstance(custom_id, str) and custom_id in seen:
            form.fail(
                f"{path}.custom_id",
                "COMPONENT_CUSTOM_ID_DUPLICATED",
                "Component custom id cannot be duplicated",
            )
        seen.add(str(custom_id))


def _check_button(form: Form, path: str, button: Json) -> None:
    style = button.get("style")
    if button.get("label") is not None:
        form.too_long(f"{path}.label", button["label"], LABEL)
    elif not button.get("emoji") and style != PREMIUM:
        form.fail(path, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A button must have a label or an emoji.")
    if style == LINK and not button.get("url"):
        form.fail(f"{path}.url", "BASE_TYPE_REQUIRED", "This field is required")
    elif style not in (LINK, PREMIUM) and not button.get("custom_id"):
        form.fail(f"{path}.custom_id", "BASE_TYPE_REQUIRED", "This field is required")


def walk(component: Json, path: str) -> Iterator[tuple[str, Json]]:
    """A component and everything inside it, with its place."""
    yield path, component
    for index, inner in enumerate(component.get("components") or []):
        if isinstance(inner, dict):
            yield from walk(inner, f"{path}.components.{index}")
    for key in ("accessory", "component"):
        if isinstance(component.get(key), dict):
            yield from walk(component[key], f"{path}.{key}")


def check_modal(data: Json) -> None:
    """Raise FormError when a modal breaks a limit: title 45, 1 to 5 components, each with its own id."""
    form = Form()
    form.too_long("data.custom_id", data.get("custom_id"), CUSTOM_ID, least=1)
    form.too_long("data.title", data.get("title"), 45, least=1)
    components = data.get("components") or []
    if not form.too_many("data.components", components, ROWS) and not components:
        form.fail("data.components", "BASE_TYPE_REQUIRED", "This field is required")
    seen: set[str] = set()
    for index, component in enumerate(components if isinstance(components, list) else []):
        for path, inner in walk(component, f"data.components.{index}"):
            _check_component(form, path, inner, seen)
            if inner.get("type") == TEXT_INPUT and inner.get("label") is not None:
                form.too_long(f"{path}.label", inner["label"], 45, least=1)
    form.finish()


def check_choices(choices: Any) -> None:
    """Raise FormError when an autocomplete answer has more than 25 choices or an over-long name."""
    form = Form()
    if not form.too_many("data.choices", choices, OPTIONS):
        for index, choice in enumerate(choices):
            form.too_long(f"data.choices.{index}.name", choice.get("name"), 100, least=1)
            if isinstance(choice.get("value"), str):
                form.too_long(f"data.choices.{index}.value", choice["value"], 100)
    form.finish()


def number_components(components: list[Json]) -> list[Json]:
    """A copy in which every component has an `id`, as Discord fills them in: 1, 2, 3 ... in order."""
    taken = {c["id"] for root in components for _, c in walk(root, "") if c.get("id")}
    free = iter(n for n in range(1, 10_000) if n not in taken)

    def numbered(node: Json) -> Json:
        copy = dict(node)
        if not copy.get("id"):
            copy["id"] = next(free)
        for key, value in node.items():
            if key in ("components", "accessory", "component"):
                copy[key] = [numbered(v) for v in value] if isinstance(value, list) else numbered(value)
        return copy

    return [numbered(component) for component in components]


def normal_embed(embed: Json) -> Json:
    """An embed as Discord stores it: of type rich, with `inline` filled in, empty parts gone."""
    stored: Json = {"type": "rich"} | {k: v for k, v in embed.items() if v not in (None, [], {})}
    stored["type"] = embed.get("type") or "rich"
    if "fields" in stored:
        stored["fields"] = [{"inline": False} | field for field in stored["fields"]]
    return stored
