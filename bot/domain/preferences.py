"""What one person decided for everything they ask for: a style, a size, a language. Pure."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, Self, get_args

from bot.domain.aspects import ASPECTS
from bot.domain.options import NO_STYLE, SIZES, Options
from bot.domain.ways import Wanted
from bot.i18n import Language

Place = Literal["thread", "channel"]


@dataclass(frozen=True, slots=True)
class Preferences:
    """A person's defaults; None leaves it to the general ones.

    `exact` uses the words of a first picture as they are, where the language model would enrich them.
    `way` is how replies change a picture; `place` is where a first picture comes: in a thread of its own,
    or in the channel itself. `language` wins over Discord's setting; `spoken` is Discord's setting as last
    seen in a private place, where messages do not carry it.
    """

    style: str | None = None
    size: str | None = None
    count: int | None = None
    exact: bool | None = None
    language: Language | None = None
    spoken: Language | None = None
    way: Wanted | None = None
    place: Place | None = None

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The preferences as `to_json` stored them; keys that mean nothing here are left out."""
        known: dict[str, Any] = {one.name: stored.get(one.name) for one in fields(cls)}
        for name in ("language", "spoken"):
            known[name] = next((one for one in Language if one == known[name]), None)
        known["way"] = next((one for one in get_args(Wanted) if one == known["way"]), None)
        known["place"] = next((one for one in get_args(Place) if one == known["place"]), None)
        return cls(**known)

    def to_json(self) -> dict[str, Any]:
        """What was decided, for a JSON column."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: value for name, value in values.items() if value is not None}

    def fill(self, said: Options, styles: Container[str], max_count: int) -> Options:
        """The options of a first picture: what was said now, else what is preferred and still offered."""
        style = self.style if self.style in styles else None
        size = self.size if self.size and (self.size in SIZES or self.size in ASPECTS) else None
        count = None if self.count is None else min(self.count, max_count)
        filled = replace(
            said,
            style=style if said.style is None else said.style,
            size=size if said.size is None else said.size,
            count=count if said.count is None else said.count,
            exact=self.exact if said.exact is None else said.exact,
        )
        return replace(filled, style=None) if filled.style == NO_STYLE not in styles else filled
