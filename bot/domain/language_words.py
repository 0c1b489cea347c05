"""The words of every language in `bot.texts.commands`, as patterns. Pure."""

import re
from collections.abc import Iterable

from bot.domain.sanitize import without_accents
from bot.texts.commands import BY_LANGUAGE


def any_of(*fields: str) -> str:
    """A pattern for the forms of those fields in all languages, without accents; longest first."""
    tables = BY_LANGUAGE.values()
    forms = {without_accents(form) for table in tables for field in fields for form in getattr(table, field)}
    return "(?:" + "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True)) + ")"


def drawn_out(forms: Iterable[str]) -> str:
    """A pattern for these forms without accents, each letter once or several times: "nooo"; longest first."""
    plain = sorted({without_accents(form) for form in forms}, key=len, reverse=True)
    letters = ("".join(f"{letter}+" if letter.isalpha() else letter for letter in form) for form in plain)
    return f"(?:{'|'.join(letters)})"
