"""Commands in words: "undo", "noch einmal", "pick 2". Told by their form alone, before any model is asked.

Only a whole message is a command: "undo the lantern but keep the snow" is an instruction, which the language
model reads. The forms in each language stand in `bot.texts.commands`; all languages count everywhere, as
people of one server write in several.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bot.texts import commands as words


class Asked(StrEnum):
    """What a message asks for that is no edit: the kinds of `model.engine.MessageKind`, and more buttons."""

    UNDO = "undo"
    REDO = "redo"
    BACK = "back"
    RESTART = "restart"
    AGAIN = "again"
    CHOOSE = "choose"
    QUESTION = "question"
    CHAT = "chat"
    UNCLEAR = "unclear"
    VARY = "vary"
    REMIX = "remix"
    UPSCALE = "upscale"
    RECOMPOSE = "recompose"

    @property
    def paints(self) -> bool:
        """Whether a picture is painted from the same words, as a button would."""
        return self in (Asked.AGAIN, Asked.VARY, Asked.REMIX, Asked.UPSCALE, Asked.RECOMPOSE)

    @property
    def moves(self) -> bool:
        """Whether another picture becomes the current one."""
        return self in (Asked.UNDO, Asked.REDO, Asked.BACK, Asked.RESTART)


@dataclass(frozen=True, slots=True)
class Request:
    """A message that is no edit.

    `detail` is the number of the picture to choose (from 1), the prompt of the one to go back to, or the
    words that were not understood.
    """

    kind: Asked
    detail: str = ""


_FORMS: Mapping[Asked, words.Forms] = MappingProxyType(
    {
        Asked.UNDO: words.UNDO,
        Asked.REDO: words.REDO,
        Asked.RESTART: words.RESTART,
        Asked.AGAIN: words.AGAIN,
        Asked.VARY: words.VARY,
        Asked.REMIX: words.REMIX,
        Asked.UPSCALE: words.UPSCALE,
        Asked.RECOMPOSE: words.RECOMPOSE,
        Asked.QUESTION: words.QUESTION,
    }
)


def command_in(text: str) -> Request | None:
    """The command that the whole message is, or None."""
    return _COMMANDS.get(_plain(text))


def _plain(text: str) -> str:
    """The words in lower case, without punctuation around them, marks and polite words."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    said = [word.strip(_EDGE) for word in re.split(r"[\s,]+", folded)]
    return " ".join(word for word in said if word and word not in _POLITE)


_EDGE = ".,;:!?…'\"“”„‘’«»()[]*_~`"
_POLITE = frozenset(word for forms in words.POLITE.values() for word in forms)


def _commands() -> Mapping[str, Request]:
    found: dict[str, Request] = {}
    for kind, by_language in _FORMS.items():
        for forms in by_language.values():
            found.update({_plain(form): Request(kind) for form in forms})
    for language, forms in words.CHOOSE.items():
        for number, word in enumerate(words.NUMBERS[language], start=1):
            for form in forms:
                chosen = Request(Asked.CHOOSE, str(number))
                found[_plain(form.format(n=number))] = found[_plain(form.format(n=word))] = chosen
    return MappingProxyType(found)


_COMMANDS = _commands()
