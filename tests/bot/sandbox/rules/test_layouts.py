"""Messages of layout components: what the sandbox refuses as Discord does, and what an edit leaves."""

from typing import Any

import pytest

from bot.sandbox.model.body import Body, Upload
from bot.sandbox.model.errors import FormError
from bot.sandbox.model.records import Message
from bot.sandbox.payloads.messages import MessagePayloads
from bot.sandbox.rules.content import fill
from tests.bot.sandbox.rules.test_forms import PLACE, message_in

LAYOUT = 1 << 15
TEXT = {"type": 10, "content": "words"}
BUTTON = {"type": 2, "style": 1, "label": "a", "custom_id": "a"}
ROW = {"type": 1, "components": [BUTTON]}
ITEM = {"media": {"url": "attachment://a.png"}, "description": "a fox"}
GALLERY: dict[str, Any] = {"type": 12, "items": [ITEM]}
FILE = {0: Upload("a.png", b"not really")}


def send(*components: Any, files: dict[int, Upload] | None = None, **fields: Any) -> Message:
    body = {"flags": LAYOUT, "components": list(components), **fields}
    return fill(PLACE, message_in(PLACE), Body(body, files or {}))


def refused(*components: Any, files: dict[int, Upload] | None = None, **fields: Any) -> set[str]:
    """The places of what is wrong."""
    with pytest.raises(FormError) as caught:
        send(*components, files=files, **fields)
    return set(caught.value.problems)


def container(*inside: Any) -> dict[str, Any]:
    return {"type": 17, "components": list(inside)}


def test_every_layout_component_is_taken() -> None:
    section = {"type": 9, "components": [TEXT], "accessory": BUTTON}
    thumbnail = {"type": 11, "media": {"url": "attachment://a.png"}}
    other = {"type": 9, "components": [TEXT], "accessory": thumbnail}
    shown = send(TEXT, container(GALLERY, section, {"type": 14}), other, files=FILE)
    frame = shown.components[1]
    assert (frame["accent_color"], frame["spoiler"]) == (None, False)
    assert frame["components"][2] == {"type": 14, "divider": True, "spacing": 1, "id": 7}


def test_a_shown_file_has_its_address_and_is_not_listed_again() -> None:
    shown = send(container(GALLERY), files=FILE)
    payload = MessagePayloads(PLACE.world).message(shown, PLACE.world.bot.id)
    [item] = payload["components"][0]["components"][0]["items"]
    assert item["media"]["url"].endswith("/a.png")
    assert item["media"]["attachment_id"] == str(shown.attachments[0].id)
    assert (item["description"], item["spoiler"], payload["attachments"]) == ("a fox", False, [])


@pytest.mark.parametrize(
    ("components", "place"),
    [
        ([{"type": 11, "media": {"url": "https://x"}}], "components.0.type"),
        ([BUTTON], "components.0.type"),
        ([container(container(TEXT))], "components.0.components.0.type"),
        ([container()], "components.0.components"),
        ([{"type": 9, "components": [TEXT]}], "components.0.accessory"),
        ([{"type": 9, "components": [ROW], "accessory": BUTTON}], "components.0.components.0.type"),
        ([{"type": 9, "components": [TEXT] * 4, "accessory": BUTTON}], "components.0.components"),
        ([{"type": 9, "components": [TEXT], "accessory": TEXT}], "components.0.accessory.type"),
        ([{"type": 10, "content": ""}], "components.0.content"),
        ([{"type": 12, "items": []}], "components.0.items"),
        ([{"type": 12, "items": [ITEM] * 11}], "components.0.items"),
        ([{"type": 13}], "components.0.file"),
        ([GALLERY], "components.0.items.0.media.url"),
        ([{"type": 10, "content": "x" * 2001}] * 2, "components"),
        ([TEXT] * 41, "components"),
    ],
)
def test_what_discord_refuses_is_refused(components: list[Any], place: str) -> None:
    assert place in refused(*components)


def test_forty_components_and_four_thousand_characters_are_taken() -> None:
    assert len(send(*[{"type": 10, "content": "x" * 100}] * 40).components) == 40


@pytest.mark.parametrize("key", ["content", "embeds"])
def test_nothing_stands_beside_a_layout(key: str) -> None:
    beside: dict[str, Any] = {"content": "words", "embeds": [{"title": "words"}]}
    assert refused(TEXT, **{key: beside[key]}) == {key}


def test_a_description_is_at_most_1024_characters() -> None:
    item = {"media": {"url": "https://x"}, "description": "x" * 1025}
    assert refused({"type": 12, "items": [item]}) == {"components.0.items.0.description"}


def test_without_the_flag_there_are_rows_alone() -> None:
    assert refused(TEXT, flags=0) == {"components.0.type"}


def test_the_flag_stays_and_so_do_files_that_an_edit_does_not_mention() -> None:
    shown = send(container(GALLERY, ROW), files=FILE)
    again = fill(PLACE, shown, Body({"components": [container(GALLERY)], "flags": 0}, {}))
    assert again.flags & LAYOUT
    assert [file.filename for file in again.attachments] == ["a.png"]
    edits: list[dict[str, Any]] = [{"content": "words"}, {"attachments": []}]
    for body in edits:
        with pytest.raises(FormError):
            fill(PLACE, shown, Body(body, {}))


def test_an_older_message_becomes_a_layout_only_without_its_text() -> None:
    older = fill(PLACE, message_in(PLACE), Body({"content": "words", "components": [ROW]}, {}))
    with pytest.raises(FormError):
        fill(PLACE, older, Body({"components": [TEXT], "flags": LAYOUT}, {}))
    changed = fill(PLACE, older, Body({"components": [TEXT], "flags": LAYOUT, "content": None}, {}))
    assert (changed.content, changed.components[0]["content"]) == ("", "words")
