"""Wrong settings in words: which key, which value, and what is allowed, taken from the models themselves."""

import difflib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic.config import JsonDict
from pydantic_core import ErrorDetails

from model.overlay import close_name

Schema = Mapping[str, Any]
Schemas = Mapping[str, Mapping[str, Schema]]
Key = tuple[str, str]  # section and key; the key is empty where the section itself is wrong
Names = Mapping[Key, str]

_WORDS = {
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "string": "a text",
    "array": "a list",
    "object": "a table",
}

# What a wrong value is answered with where the bounds alone do not help; ids are what people have to look up.
_COPY = "switch on Developer Mode (User Settings, Advanced), then right-click it and choose Copy"


def _id_hint(what: str, example: str) -> JsonDict:
    return {"hint": f"a list of {what} ids, as in {example}; to get one, {_COPY} {what.title()} ID"}


CHANNEL_IDS = _id_hint("channel", "channels = [123456789012345678]")
ROLE_IDS = _id_hint("role", "roles = [123456789012345678]")
SERVER_IDS = _id_hint("server", "sync_guilds = [123456789012345678]")
ROLE_TABLE: JsonDict = {
    "hint": "a role id with a table of its limits, as in "
    'by_role = { "123456789012345678" = { daily_per_user = 50 } }; the limits are queued_per_user, '
    f"hourly_per_user and daily_per_user; to get a role id, {_COPY} Role ID"
}
URLS: JsonDict = {
    "hint": 'a list of addresses without a name or password, as in urls = ["http://10.0.0.2:8000/v1"]; they '
    "end where /chat/completions or /images/generations begins"
}
CHANNEL_ID: JsonDict = {
    "hint": f"one channel id, as in reports_channel = 123456789012345678; to get it, {_COPY} Channel ID"
}
COLLECTOR_URL: JsonDict = {"hint": 'an address as "http://localhost:4318", or "" for none'}

_TOKEN_KEYS = {"token", "bot_token", "discord_token"}
"""What people call a token that they write into a file; it is no setting."""

# JSON Schema's word for a value that is not to be shown again (its validation vocabulary, "writeOnly")
SECRET: JsonDict = {"writeOnly": True}


def field_schemas(settings: type[BaseModel]) -> dict[str, dict[str, Schema]]:
    """JSON schema of every key, by section."""
    schema = settings.model_json_schema()
    sections = {
        name: entry["$ref"].rsplit("/", 1)[1]
        for name, entry in schema["properties"].items()
        if "$ref" in entry
    }
    return {name: schema["$defs"][definition]["properties"] for name, definition in sections.items()}


def with_named(
    settings: type[BaseModel], values: Mapping[str, Any]
) -> tuple[dict[str, dict[str, Schema]], dict[str, Any]]:
    """Schemas and values by section, with every [models.NAME] as a section of its own."""
    schemas, flat = field_schemas(settings), dict(values)
    schema = settings.model_json_schema()
    for section, entry in schema["properties"].items():
        if "$ref" in entry:
            continue
        schemas[section] = {}
        [one] = entry["patternProperties"].values()  # names have a pattern
        inner = schema["$defs"][one["$ref"].rsplit("/", 1)[1]]["properties"]
        tables = values.get(section)
        for name, table in tables.items() if isinstance(tables, Mapping) else ():
            schemas[f"{section}.{name}"], flat[f"{section}.{name}"] = inner, table
    return schemas, flat


def kinds(schema: Schema) -> set[str]:
    """The JSON types that a value may have, "string" for one of fixed words too."""
    if "anyOf" in schema:
        return {kind for option in schema["anyOf"] for kind in kinds(option)}
    return {schema.get("type", "string")}


def allowed(schema: Schema) -> str:
    """What a value may be, in words: `"auto" or a whole number from 1 to 150`."""
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(allowed(option) for option in schema["anyOf"]))
    if "const" in schema:
        return f'"{schema["const"]}"'
    if "enum" in schema:
        return " or ".join(f'"{word}"' for word in schema["enum"])
    return _WORDS.get(schema.get("type", ""), "another value") + _bounds(schema) + _contents(schema)


def _bounds(schema: Schema) -> str:
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is not None and high is not None:
        ends = [f"from {low:g} to {high:g}"]
    else:
        words = {
            "minimum": "of at least",
            "exclusiveMinimum": "above",
            "maximum": "at most",
            "exclusiveMaximum": "below",
        }
        ends = [f"{word} {schema[key]:g}" for key, word in words.items() if key in schema]
    parts = [
        " and ".join(ends),
        f"divisible by {schema['multipleOf']:g}" if "multipleOf" in schema else "",
        "that is not empty" if schema.get("minLength") else "",
    ]
    return "".join(f" {part}" for part in parts if part)


def _contents(schema: Schema) -> str:
    inner = schema.get("items") or schema.get("additionalProperties")
    return f" of values that are {allowed(inner)}" if isinstance(inner, Mapping) else ""


def problems(
    error: ValidationError, values: Mapping[str, Any], settings: type[BaseModel], names: Names
) -> list[str]:
    """One line for each wrong key of `values`; `names` says which keys an environment variable set."""
    schemas, values = with_named(settings, values)
    lines: dict[Key, str] = {}
    for detail in error.errors():
        location = [str(part) for part in detail["loc"] if part != "[key]"]
        if ".".join(location[:2]) in schemas:
            location = [".".join(location[:2]), *location[2:]]
        key = (location[0], location[1] if len(location) > 1 else "")
        if key not in lines:
            lines[key] = f"{_source(key, values, names, schemas)}{_complaint(key, detail, values, schemas)}"
    return list(lines.values())


def _source(key: Key, values: Mapping[str, Any], names: Names, schemas: Schemas) -> str:
    """Where a wrong key stands: its variable, the variables that alone made up its section, or the file."""
    section, name = key
    of_section = {other: variable for (place, other), variable in names.items() if place == section}
    if not name and of_section and of_section.keys() == values[section].keys():
        return " and ".join(of_section.values())
    if not name and section not in schemas and not isinstance(values.get(section), Mapping):
        return section  # a key outside of any section
    return names.get(key, _place(key))


def _place(key: Key) -> str:
    section, name = key
    return f"[{section}] {name}" if name else f"[{section}]"


def _complaint(key: Key, detail: ErrorDetails, values: Mapping[str, Any], schemas: Schemas) -> str:
    section, name = key
    unknown = section not in schemas or (name and name not in schemas[section])
    if unknown and {section, name} & _TOKEN_KEYS:
        return ": the token is set as DISCORD_TOKEN in the environment, never in a file"
    if section not in schemas:
        if not isinstance(values.get(section), Mapping):
            return f": {_outside(section, schemas)}"
        return f": there is no such section; {_suggest(section, schemas)}"
    if not name and detail["loc"][-1] == "[key]":
        return ': allowed as a name are letters, digits, "_", "-" and ".", at most 60 of them'
    if not name:
        return f" = {_show(values[section])}: allowed is a section with keys of its own"
    if name not in schemas[section]:
        return f": there is no such key; {_suggest(name, schemas[section])}"
    schema = schemas[section][name]
    own_rule = detail["type"] == "value_error"
    rule = detail["msg"].removeprefix("Value error, ") if own_rule else schema.get("hint") or allowed(schema)
    value = values[section][name]
    shown = "(not shown, as it may hold a password)" if schema.get("writeOnly") else _show(value)
    return f" = {shown}: allowed is {rule}{_meant(value, rule)}"


def _outside(name: str, schemas: Schemas) -> str:
    """What a key that stands above all sections is answered with: the sections that have one of its name."""
    having = [f"[{section}]" for section, keys in schemas.items() if name in keys]
    if having:
        return f"a key stands below the name of its section; there is one in {', '.join(having)}"
    return f"there is no such key; {_suggest(name, {key for keys in schemas.values() for key in keys})}"


def _meant(value: object, rule: str) -> str:
    """The word of the rule, given in quotes, that a wrong one is close to, as a question."""
    words = re.findall(r'"([^"]+)"', rule)
    close = difflib.get_close_matches(value, words, n=1) if isinstance(value, str) else []
    return f'; did you mean "{close[0]}"?' if close else ""


def _suggest(name: str, known: Iterable[str]) -> str:
    close = close_name(name, known)
    return f'did you mean "{close}"?' if close else f"there are {', '.join(known)}"


def _show(value: object) -> str:
    """A value as it stands in TOML, shortened."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:57]}..."
