"""What every section of bot.toml is: a table that is checked strictly."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Auto = Literal["auto"]
Ids = tuple[Annotated[int, Field(ge=1)], ...]


class Section(BaseModel):
    """A table of bot.toml: unknown keys are refused, values keep their type, nothing changes later."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)
