"""The words of every language in `bot.texts.commands`, as patterns. Pure."""

import re

from bot.domain.sanitize import without_accents
from bot.texts.commands import BY_LANGUAGE


def any_of(*fields: str, drawn_out: bool = False) -> str:
    """A pattern for the forms of those fields in all languages, without accents; longest first.

    With `drawn_out` their last letter may stand several times.
    """
    tables = BY_LANGUAGE.values()
    forms = {without_accents(form) for table in tables for field in fields for form in getattr(table, field)}
    patterns = (re.escape(form) + "+" * drawn_out for form in sorted(forms, key=len, reverse=True))
    return f"(?:{'|'.join(patterns)})"
