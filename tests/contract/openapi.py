"""Checking recorded exchanges against Discord's own OpenAPI description of its HTTP API.

The description is not part of this repository; the environment variable DISCORD_OPENAPI names its file.
"""

import functools
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from bot.sandbox.rest.recorder import Exchange

ROOT = "urn:discord"
PARAMETER = re.compile(r"\{[^}]+\}")
MEDIA_CHANNEL = 16
JSON_TYPE = "application/json"


class Contract:
    """Discord's description, ready to check exchanges against it."""

    def __init__(self, path: Path) -> None:
        self._description: dict[str, Any] = json.loads(path.read_text())
        resource = Resource.from_contents(self._description, default_specification=DRAFT202012)
        self._registry = Registry().with_resource(ROOT, resource)
        # The fewer parameters a path has, the earlier it is tried: /users/@me before /users/{user_id}.
        paths = sorted(self._description["paths"], key=lambda path: len(PARAMETER.findall(path)))
        self._paths = [(_pattern(path), path) for path in paths]

    def problems(self, exchange: Exchange) -> list[str]:
        """What is wrong with an exchange, a sentence each; an empty list when it keeps to the contract.

        The request is only checked when it was accepted: tests send wrong ones on purpose.
        """
        place = f"{exchange.method} {urlsplit(exchange.url).path} -> {exchange.status}"
        operation = self._operation(exchange)
        if operation is None:
            return [f"{place}: Discord has no such operation."]
        found = list(self._query(exchange, operation))
        if exchange.status < 400:
            found += self._request(exchange, operation)
        found += self._response(exchange, operation)
        return [f"{place}: {problem}" for problem in found]

    def _operation(self, exchange: Exchange) -> dict[str, Any] | None:
        path = re.sub(r"^/api(/v10)?", "", urlsplit(exchange.url).path)
        for pattern, template in self._paths:
            item = self._description["paths"][template]
            if pattern.fullmatch(path) and exchange.method.lower() in item:
                return dict(item[exchange.method.lower()])
        return None

    def _query(self, exchange: Exchange, operation: dict[str, Any]) -> Iterator[str]:
        known = {p["name"] for p in operation.get("parameters", []) if p.get("in") == "query"}
        for name in parse_qs(urlsplit(exchange.url).query):
            if name not in known:
                yield f"the query parameter {name!r} is unknown"

    def _request(self, exchange: Exchange, operation: dict[str, Any]) -> Iterator[str]:
        body = operation.get("requestBody")
        if body is None:
            if exchange.request not in (None, {}):
                yield "the operation takes no body"
            return
        # Multipart bodies are checked by their `payload_json`, which has the schema of the JSON variant.
        schema = body["content"].get(JSON_TYPE, {}).get("schema")
        if schema is not None and exchange.request is not None:
            yield from self._mismatch("request", schema, _with_text_ids(exchange.request))

    def _response(self, exchange: Exchange, operation: dict[str, Any]) -> Iterator[str]:
        responses = operation["responses"]
        described = responses.get(str(exchange.status)) or responses.get(f"{exchange.status // 100}XX")
        if described is None:
            yield f"the status is none of {sorted(responses)}"
            return
        if "$ref" in described:
            described = self._registry.resolver(ROOT).lookup(described["$ref"]).contents
        schema = described.get("content", {}).get(JSON_TYPE, {}).get("schema")
        if schema is None:
            if exchange.response is not None:
                yield "the answer should have no body"
        else:
            value = exchange.response if exchange.status < 400 else _with_numeric_codes(exchange.response)
            yield from self._mismatch("response", schema, value)

    def _mismatch(self, part: str, schema: dict[str, Any], value: Any) -> Iterator[str]:
        validator = Draft202012Validator(  # type: ignore[call-arg]  # the stubs leave `_resolver` out
            schema, registry=self._registry, _resolver=self._registry.resolver(ROOT)
        )
        error = best_match(validator.iter_errors(_without_media(value)))
        if error is not None:
            yield f"{part} at {error.json_path}: {error.message[:300]}"


@functools.cache
def contract() -> Contract:
    """The contract in the file that DISCORD_OPENAPI names, read once."""
    return Contract(Path(os.environ["DISCORD_OPENAPI"]))


def validate_exchange(recorded: Exchange) -> list[str]:
    """What is wrong with one recorded exchange; empty when nothing is."""
    return contract().problems(recorded)


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile("[^/]+".join(re.escape(part) for part in PARAMETER.split(path)))


def _with_text_ids(node: Any, key: str = "") -> Any:
    """A copy with ids as text: Discord takes numbers for them too, which its description does not say."""
    if isinstance(node, dict):
        copy = {name: _with_text_ids(value, name) for name, value in node.items()}
        if key == "attachments" and "id" in copy:
            copy["id"] = str(copy["id"])
        return copy
    if isinstance(node, list):
        return [_with_text_ids(item, key) for item in node]
    return str(node) if key.endswith("_id") and isinstance(node, int) else node


def _without_media(node: Any) -> Any:
    """A copy in which options do not take media channels: type 16 is in Discord's documentation only."""
    if isinstance(node, list):
        return [_without_media(item) for item in node]
    if not isinstance(node, dict):
        return node
    copy = {key: _without_media(value) for key, value in node.items()}
    if copy.get("channel_types"):
        copy["channel_types"] = [kind for kind in copy["channel_types"] if kind != MEDIA_CHANNEL]
    return copy


def _with_numeric_codes(node: Any) -> Any:
    """A copy of an error in which a form's codes are numbers: they are names ("BASE_TYPE_REQUIRED") in
    Discord's documentation and answers, and numbers in its description only."""
    if not isinstance(node, dict):
        return node
    copy = {key: _with_numeric_codes(value) for key, value in node.items()}
    if isinstance(node.get("_errors"), list):
        copy["_errors"] = [{**error, "code": 0} for error in node["_errors"]]
    return copy
