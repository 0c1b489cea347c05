"""[models.NAME] of bot.toml: whole picture pipelines by name, beside the one of [image]."""

from typing import Annotated

from pydantic import Field

from bot.settings.overrides import Overrides, overriding
from model.settings import WHOLE_KEYS, NamedImageSettings

ModelName = Annotated[
    str,
    # no spaces: the name stands in columns of `check`, in the log and in URLs; Discord's choices have 100
    # characters
    Field(pattern=r"^\w[\w.-]*$", max_length=60),
]

NEEDED = tuple(key for key, field in NamedImageSettings.model_fields.items() if field.is_required())
"""Keys that every such section has, since no preset knows them of it."""


@overriding(NamedImageSettings, *(key for key in NamedImageSettings.model_fields if key not in WHOLE_KEYS))
class NamedModelSettings(Overrides):
    """One pipeline. What stands in `model.settings.SHARED_KEYS` and is "auto" here is as in [image]."""
