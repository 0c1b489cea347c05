"""Sections whose keys are a model's settings, with "auto" for the value of the preset."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar, get_args

from pydantic import BaseModel, Field, create_model
from pydantic.fields import FieldInfo

from bot.settings.section import Auto, Section

Chosen = TypeVar("Chosen", bound="Overrides")


class Overrides(Section):
    """A section with keys of a model's settings, made by `overriding`; "auto" leaves a key to the preset."""

    def given(self, settings: type[BaseModel]) -> dict[str, Any]:
        """What the operator set of these settings of a model."""
        return {key: value for key, value in self if key in settings.model_fields and value != "auto"}


def overriding(settings: type[BaseModel], *keys: str) -> Callable[[type[Chosen]], type[Chosen]]:
    """Gives a section these keys of a model's settings (all, if none are named), each with its range and
    its description there, "auto" as one more value and the default."""

    def derive(section: type[Chosen]) -> type[Chosen]:
        fields: Any = {key: _or_auto(settings.model_fields[key]) for key in keys or settings.model_fields}
        return create_model(
            section.__name__,
            __base__=section,
            __doc__=section.__doc__,
            __module__=section.__module__,
            **fields,
        )

    return derive


def _or_auto(field: FieldInfo) -> tuple[object, FieldInfo]:
    given: Any = field.annotation
    for rule in field.metadata:
        given = Annotated[given, rule]
    known = "auto" in get_args(field.annotation)
    auto: Any = Field(default="auto", description=field.description)  # pydantic types it as the default
    return (given if known else Auto | given), auto
