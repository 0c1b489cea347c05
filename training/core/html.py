"""HTML reports from the templates of `training/templates`; whatever is put into them is escaped.

A report is one file beside its pictures: it loads nothing from anywhere and needs no script.
"""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("training"),
        autoescape=True,
        undefined=StrictUndefined,  # a value that a template misses is an error, not a gap in the page
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def render(template: str, **values: object) -> str:
    """The page that a template makes of these values; raises jinja2.UndefinedError when one is missing."""
    return _environment().get_template(template).render(values)
