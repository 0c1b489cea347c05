"""Reading the body of a request, JSON or a form, into a model of its fields, with errors that name the field.

Every body is untrusted. Unknown fields are ignored; fields of OpenAI's that the server cannot honour are
refused by name unless they ask for what happens anyway (`neutral`), so that nobody takes a picture for one
with a transparent background or a text for one with tools.
"""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from model.serving.openai_server.protocol.errors import ApiError, refused

LONGEST_TEXT = 8000  # characters of a prompt or instruction; Discord's longest form field has 4000
MOST_SEED = 2**63 - 1


def _encodable(text: str) -> str:
    """Refuse lone surrogates, which JSON can write as an escape but no tokenizer and no file can take."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise PydanticCustomError("text", "This is no text of Unicode characters") from error
    return text


AnyText = Annotated[str, AfterValidator(_encodable)]
# the length before the check: pydantic calls what comes out of a function "items", not characters
Text = Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(_encodable)]
Seed = Annotated[int, Field(ge=0, le=MOST_SEED)]


class Body(BaseModel):
    """The fields of a body. `neutral` has OpenAI's fields that are not honoured, each with the values that
    ask for nothing; null always does."""

    # "allow" keeps what is unknown where `_refuse_unsupported` finds it
    model_config = ConfigDict(frozen=True, extra="allow", allow_inf_nan=False)
    neutral: ClassVar[Mapping[str, tuple[object, ...]]] = {}


Fields = TypeVar("Fields", bound=Body)


def read_json(kind: type[Fields], body: bytes) -> Fields:
    """The fields of a JSON object; types must be exact ("8" is no number). Raises ApiError (400)."""
    try:
        fields = kind.model_validate_json(body, strict=True)
    except ValidationError as error:
        raise _problem(error) from error
    return _supported(fields)


def read_form(kind: type[Fields], values: Mapping[str, Any]) -> Fields:
    """The fields of a form, where every value came as text. Raises ApiError (400)."""
    try:
        fields = kind.model_validate(dict(values))
    except ValidationError as error:
        raise _problem(error) from error
    return _supported(fields)


def form_values(parts: Iterable[tuple[str, object]]) -> dict[str, Any]:
    """The fields of a form's parts, all but `image`; what comes several times is a list.

    Lists come as OpenAI's clients write them, `seeds[]` once for each. A file under any other name than
    `image` becomes a field without a value to honour.
    """
    gathered: dict[str, list[str]] = {}
    for key, value in parts:
        gathered.setdefault(key, []).append(value if isinstance(value, str) else "a file")
    values: dict[str, Any] = {}
    for key, given in gathered.items():
        name = key.removesuffix("[]")
        if name != "image":
            values[name] = given if name == "seeds" or key != name or len(given) > 1 else given[0]
    return values


def only_picture(parts: Iterable[tuple[str, object]]) -> Any:
    """The one file of a form's parts under the name `image`. Raises ApiError."""
    files = [value for key, value in parts if key in ("image", "image[]")]
    if len(files) != 1 or isinstance(files[0], str):
        raise refused("image", "image: exactly one file is needed, and one picture is edited at a time.")
    return files[0]


def _problem(error: ValidationError) -> ApiError:
    """The first thing that is wrong, and where."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    # more than three steps deep pydantic also names the alternatives of a union that it tried
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in first["loc"][:3])
    param = path.lstrip(".") or None
    return refused(param, f"{param or 'The body'}: {first['msg']}.")


def _supported(fields: Fields) -> Fields:
    given = fields.model_extra or {}
    for name, harmless in fields.neutral.items():
        value = given.get(name)
        if value is not None and value not in harmless:
            allowed = [repr(each) for each in harmless]
            instead = f"leave it out{f' or send {allowed[0]}' if allowed else ''}"
            raise refused(name, f"{name} with this value is not supported here: {instead}.")
    return fields
