"""One line that says how a picture came to be and which other way there is, where there is one."""

from bot.domain.conversation import Turn, TurnKind
from bot.domain.ways import other
from bot.i18n import Language
from bot.texts import references
from bot.texts import ways as words
from model.engine import Capabilities


def way_line(
    turn: Turn, able: Capabilities, language: Language, *, parent: Turn | None = None, worn: bool = False
) -> str:
    """The line, in small letters; empty where a button for another way would do nothing, and where the line
    already stands under the picture before, as who read it there need not read it under each.

    `worn` says that the picture went through so many edits that a fresh start is offered.
    """
    if worn:
        return words.WORN(language, count=turn.edits)
    if other(turn, able) is None:
        return ""
    if parent and parent.kind is turn.kind and parent.way == turn.way and other(parent, able):
        return ""
    said = {"edit": words.EDITED, "region": words.REGION_CHANGED}.get(turn.way or "", words.PAINTED)
    return said(language)


def reference_line(turn: Turn, able: Capabilities, language: Language) -> str:
    """The line that says what was taken from a reference, in small letters; empty where nothing was.

    A conversation keeps its reference, so people who came later see here why all its pictures are alike.
    """
    taken = turn.parameters.reference_as
    if not taken or turn.way not in able.references:
        return ""
    return references.PAINTED_AFTER[taken](language)


def way_title(turn: Turn, language: Language) -> str:
    """The title of a turn whose instruction was followed in the other way, or several at once."""
    if turn.kind is TurnKind.REPLAY:
        return words.REPLAYED_TITLE(language, instruction=turn.instruction)
    text = words.EDITED_TITLE if turn.way == "edit" else words.ANEW_TITLE
    return text(language, instruction=turn.instruction)
