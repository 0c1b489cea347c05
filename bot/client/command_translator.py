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

_BY_ENGLISH = {text.en: text for text in vars(slash).values() if isinstance(text, Text)}
# by themselves: a command may be called as a choice is ("list"), and its name takes no capitals
_CHOICES = {
    text.en: text
    for texts in (slash.SIZES, slash.UPLOADS, slash.REFERENCES, slash.SHELVES, how.KINDS)
    for text in texts.values()
}
_TABLES = {
    TranslationContextLocation.parameter_name: slash.OPTIONS,
    TranslationContextLocation.choice_name: _CHOICES,
}


class CommandTranslator(Translator):
    """Looks texts up by their English; what is not there stays English everywhere."""

    async def translate(
        self, string: locale_str, locale: Locale, context: TranslationContextTypes
    ) -> str | None:
        """The text for a locale, or None for one that reads English."""
        language = Language.of(locale)
        if language is Language.ENGLISH:
            return None
        text = _TABLES.get(context.location, _BY_ENGLISH).get(string.message)
        return text(language) if text else None
