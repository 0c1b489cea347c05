"""Gives Discord the names and descriptions of commands in the other languages, when they are registered."""

from discord import Locale
from discord.app_commands import (
    TranslationContextLocation,
    TranslationContextTypes,
    Translator,
    locale_str,
)

from bot.i18n import Language, Text
from bot.texts import how, slash

_TEXTS = [text for text in vars(slash).values() if isinstance(text, Text)]
_CHOICES = (slash.SIZES, slash.UPLOADS, slash.REFERENCES, slash.SHELVES, how.KINDS)
_BY_ENGLISH = {text.en: text for text in (*_TEXTS, *(text for each in _CHOICES for text in each.values()))}


class CommandTranslator(Translator):
    """Looks texts up by their English; what is not there stays English everywhere."""

    async def translate(
        self, string: locale_str, locale: Locale, context: TranslationContextTypes
    ) -> str | None:
        """The text for a locale, or None for one that reads English."""
        language = Language.of(locale)
        if language is Language.ENGLISH:
            return None
        names = context.location is TranslationContextLocation.parameter_name
        text = (slash.OPTIONS if names else _BY_ENGLISH).get(string.message)
        return text(language) if text else None
