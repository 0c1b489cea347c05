"""One line that says how a picture came to be and which other way there is, where there is one."""

from bot.domain.conversation import Turn
from bot.domain.ways import other
from bot.i18n import Language
from bot.texts import ways as words
from model.engine import Capabilities


def way_line(turn: Turn, able: Capabilities, language: Language) -> str:
    """The line, in small letters; empty where a button for another way would do nothing."""
    if other(turn, able) is None:
        return ""
    said = {"edit": words.EDITED, "region": words.REGION_CHANGED}.get(turn.way or "", words.PAINTED)
    return said(language)


def way_title(turn: Turn, language: Language) -> str:
    """The title of a turn whose instruction was followed in the other way."""
    text = words.EDITED_TITLE if turn.way == "edit" else words.ANEW_TITLE
    return text(language, instruction=turn.instruction)
