"""The shape of request bodies: the kinds of fields, and problems with them in Discord's words."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictInt,
    ValidationError,
)
from pydantic_core import PydanticCustomError

from bot.sandbox.model.errors import Form
from bot.sandbox.model.localization import LOCALES
from bot.sandbox.model.parsing import parse_id
from bot.sandbox.model.records import Json


class Shape(BaseModel):
    """A JSON object of a request; fields that Discord knows and nothing here needs are let through."""

    model_config = ConfigDict(extra="ignore")


def number_as_text(value: Any) -> Any:
    """A whole number as text, as Discord takes ids in either form; other values as they are."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _snowflake(value: Any) -> int:
    try:
        return parse_id(value)
    except ValueError as error:
        raise PydanticCustomError("snowflake", "{why}", {"why": str(error)}) from error


def _moment(value: Any) -> datetime:
    if not isinstance(value, str):
        raise ValueError("This is no time in ISO 8601")
    return datetime.fromisoformat(value)


def _locale(value: str) -> str:
    if value not in LOCALES:
        raise ValueError("This is no locale of Discord's")
    return value


Snowflake = Annotated[int, BeforeValidator(_snowflake)]
Permissions = Snowflake  # bits, written as ids are: a number, or its digits as text
Moment = Annotated[datetime, BeforeValidator(_moment)]
Flags = Annotated[StrictInt, Field(ge=0, lt=2**53)]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
CustomId = Annotated[str, Field(min_length=1, max_length=100)]
Text32 = Annotated[str, Field(min_length=1, max_length=32)]
Text100 = Annotated[str, Field(min_length=1, max_length=100)]
Locale = Annotated[str, AfterValidator(_locale)]
Names = dict[Locale, Text32] | None
Descriptions = dict[Locale, Text100] | None


def check_shape(form: Form, shape: type[Shape], body: Any, place: str = "") -> None:
    """Note in `form` every part of `body` that is not as `shape` wants it; `place` goes before each path."""
    try:
        shape.model_validate(body)
    except ValidationError as invalid:
        for problem in invalid.errors(include_url=False, include_input=False):
            path = ".".join(str(step) for step in (*([place] if place else []), *problem["loc"]))
            code, message = _in_discords_words(problem["type"], problem.get("ctx", {}), problem["msg"])
            form.fail(path or "_body", code, message)


# pydantic's kinds of errors, as Discord's code and words; those with a limit name it
_DISCORDS_WORDS = {
    "string_too_long": ("BASE_TYPE_MAX_LENGTH", "Must be {max_length} or fewer in length."),
    "too_long": ("BASE_TYPE_MAX_LENGTH", "Must be {max_length} or fewer in length."),
    "missing": ("BASE_TYPE_REQUIRED", "This field is required"),
    "string_too_short": ("BASE_TYPE_MIN_LENGTH", "Must be {min_length} or more in length."),
    "too_short": ("BASE_TYPE_MIN_LENGTH", "Must be {min_length} or more in length."),
    "string_type": ("STRING_TYPE_CONVERT", "Could not interpret the value as string."),
    "list_type": ("LIST_TYPE_CONVERT", "Only iterables may be used in a ListType."),
    "model_type": ("MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType."),
    "dict_type": ("MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType."),
}


def _in_discords_words(kind: str, context: Json, message: str) -> tuple[str, str]:
    if kind == "snowflake":
        return "NUMBER_TYPE_COERCE", message
    if kind not in _DISCORDS_WORDS:
        return "BASE_TYPE_CHOICES", f"{message}."
    code, words = _DISCORDS_WORDS[kind]
    return code, words.format_map(context)


def checked_shape(shape: type[Shape], body: Any) -> Any:
    """`body`, which has the wanted shape. Raises FormError that names every wrong part."""
    form = Form()
    check_shape(form, shape, body)
    form.finish()
    return body
