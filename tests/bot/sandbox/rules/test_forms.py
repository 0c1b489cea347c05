"""Whatever is sent as a message, the sandbox accepts it or refuses it in Discord's words; it never breaks."""

from collections.abc import Callable
from functools import partial
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.sandbox.model.body import Body
from bot.sandbox.model.errors import ApiError
from bot.sandbox.model.files import FileStore, safe_name
from bot.sandbox.model.records import Message
from bot.sandbox.model.seed import new_world
from bot.sandbox.model.settings import SandboxSettings
from bot.sandbox.model.world import World, utc_now
from bot.sandbox.payloads.messages import MessagePayloads
from bot.sandbox.rules.commands import checked
from bot.sandbox.rules.content import fill
from bot.sandbox.rules.forms import check_choices, check_message, check_modal
from bot.sandbox.rules.hub import Hub

scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
)
KEYS = ["title", "description", "fields", "name", "value", "image", "footer", "author", "url", "text"]
KEYS += [
    "type",
    "components",
    "style",
    "label",
    "custom_id",
    "options",
    "emoji",
    "accessory",
    "component",
    "id",
]
nodes = st.recursive(
    anything,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=12,
)
bodies = st.dictionaries(
    st.sampled_from(
        [
            "content",
            "embeds",
            "components",
            "attachments",
            "flags",
            "allowed_mentions",
            "nonce",
            "message_reference",
        ]
    ),
    nodes | st.lists(nodes, max_size=3),
)


def hub() -> Hub:
    configured = SandboxSettings(port=0)
    seed = new_world(configured)
    return Hub(configured, World(seed.application, seed.entities), FileStore(None))


def message_in(place: Hub) -> Message:
    channel = next(iter(place.world.channels))
    return Message(id=1, channel_id=channel, author_id=place.world.bot.id, timestamp=utc_now())


PLACE = hub()
"""Shared by the examples below: none of them changes it."""


def refusal(check: Callable[[], object]) -> int | None:
    """The code `check` refuses with; None when it accepts. Anything but a refusal comes through."""
    try:
        check()
    except ApiError as error:
        return error.code
    return None


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=80)
@given(bodies)
def test_any_body_is_filled_in_or_refused(body: dict[str, Any]) -> None:
    shown: list[dict[str, Any]] = []

    def send() -> None:
        filled = fill(PLACE, message_in(PLACE), Body(body, {}))
        shown.append(MessagePayloads(PLACE.world).message(filled, PLACE.world.bot.id))

    assert refusal(send) in (None, 50035, 50006)
    assert all(len(payload["content"]) <= 2000 for payload in shown)


@settings(deadline=None, max_examples=80)
@given(nodes)
def test_any_modal_choice_list_or_command_is_checked_or_refused(body: Any) -> None:
    fields = body if isinstance(body, dict) else {"components": body, "options": body, "choices": body}
    for check in (check_modal, check_choices, checked):
        assert refusal(partial(check, fields)) in (None, 50035)


@given(st.text())
def test_file_names_become_harmless(name: str) -> None:
    clean = safe_name(name)
    assert clean
    assert not clean.startswith(".")
    assert not set(clean) & set('/\\:*?"<>| \n\0')


@given(st.lists(st.integers(0, 8000), min_size=1, max_size=10))
def test_embeds_pass_exactly_up_to_their_limits(lengths: list[int]) -> None:
    embeds = [{"description": "x" * length} for length in lengths]
    fits = sum(lengths) <= 6000 and max(lengths) <= 4096
    assert (refusal(lambda: check_message({"embeds": embeds})) is None) == fits


def test_component_ids_are_filled_in_around_given_ones() -> None:
    row = {"type": 1, "components": [{"type": 2, "style": 1, "label": "a", "custom_id": "a", "id": 2}]}
    filled = fill(PLACE, message_in(PLACE), Body({"components": [row]}, {}))
    assert filled.components[0]["id"] == 1
    assert filled.components[0]["components"][0]["id"] == 2
