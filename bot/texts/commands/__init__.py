"""What people write instead of pressing a button, a file for each language.

`bot.domain.said_commands` reads the commands, `bot.domain.small_talk` greetings and thanks. French, Spanish,
Portuguese and Japanese were written by a machine and want a native reader.
"""

from collections.abc import Mapping
from types import MappingProxyType

from bot.i18n import Language
from bot.texts.commands.english import ENGLISH
from bot.texts.commands.french import FRENCH
from bot.texts.commands.german import GERMAN
from bot.texts.commands.japanese import JAPANESE
from bot.texts.commands.portuguese import PORTUGUESE
from bot.texts.commands.spanish import SPANISH
from bot.texts.commands.words import CommandWords

BY_LANGUAGE: Mapping[Language, CommandWords] = MappingProxyType(
    {
        Language.ENGLISH: ENGLISH,
        Language.GERMAN: GERMAN,
        Language.FRENCH: FRENCH,
        Language.SPANISH: SPANISH,
        Language.PORTUGUESE: PORTUGUESE,
        Language.JAPANESE: JAPANESE,
    }
)
