"""Commands in words: "undo", "noch einmal", "pick 2". Told by their form alone, before any model is asked.

Only a whole message is a command, but for a reason behind and a sigh before it: "undo the lantern but keep
the snow" is an instruction, which the language model reads. The forms in each language stand in
`bot.texts.commands`; all languages count everywhere, as people of one server write in several.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bot.domain.language_words import any_of, drawn_out
from bot.domain.sanitize import folded
from bot.domain.small_talk import is_thanks
from bot.texts.commands import BY_LANGUAGE
from bot.texts.commands.words import CommandWords


class Asked(StrEnum):
    """What a message asks for that is no edit.

    The kinds of `model.engine.MessageKind`, more buttons, and ABILITY: what can be said to the bot at all,
    where QUESTION is about the picture. From DELETE on words are told the button: it belongs to a person and
    asks back, or shows something to who pressed it alone.
    """

    UNDO = "undo"
    REDO = "redo"
    BACK = "back"
    RESTART = "restart"
    AGAIN = "again"
    CHOOSE = "choose"
    QUESTION = "question"
    ABILITY = "ability"
    CHAT = "chat"
    UNCLEAR = "unclear"
    VARY = "vary"
    REMIX = "remix"
    UPSCALE = "upscale"
    RECOMPOSE = "recompose"
    DELETE = "delete"
    REPORT = "report"
    FAVOURITE = "favourite"
    THREAD = "thread"
    HISTORY = "history"

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

    `detail` is the number of the picture to choose (from 1), the prompt of the one to go back to, how many
    pictures to go back ("" is one), or the words that were not understood.
    """

    kind: Asked
    detail: str = ""


_LONGEST = 80  # characters; no command is as long, however politely it is said


def command_in(text: str) -> Request | None:
    """The command that the whole message is, or None. A reason may follow it, a sigh come before an undo."""
    if len(text) > _LONGEST:
        return None
    return _known(text, _COMMANDS) or _sighed(text)


def _known(text: str, commands: Mapping[str, Request]) -> Request | None:
    return commands.get(plain(text)) or _with_a_reason(text, commands)


def _sighed(text: str) -> Request | None:
    """The undo behind "no, …", "hm" or "oh wait". Before other commands these words are often a remark."""
    said = folded(text)
    for sighs, undos in _SIGHED:
        begun = sighs.match(said)
        asked = _known(said[begun.end() :], undos) if begun else None
        if asked is not None:
            return asked
    return None


def _with_a_reason(text: str, commands: Mapping[str, Request]) -> Request | None:
    """The command that a message begins with where nothing but a reason follows: "undo that, it was ugly"."""
    for gap in _REASON_GAP.finditer(text):
        asked = commands.get(plain(text[: gap.start()]))
        if asked is not None and asked.kind in (Asked.UNDO, Asked.RESTART):
            reason = frozenset(plain(text[gap.end() :]).split())
            return asked if any(words.issuperset(reason) for words in _REASONS) else None
    return None


def opening_command(text: str) -> tuple[Request, str] | None:
    """The move or choice that a message begins with, and the wish after it: "the second one, but at night".

    None where there is no such command, or nothing but thanks or a further command follows.
    """
    for gap in _GAP.finditer(text):
        asked, wish = command_in(text[: gap.start()]), text[gap.end() :].strip()
        if asked is None or not (asked.kind.moves or asked.kind is Asked.CHOOSE):
            continue
        wishes = plain(wish) and command_in(wish) is None and not is_thanks(wish)
        return (asked, wish) if wishes else None
    return None


def plain(text: str) -> str:
    """The words in lower case, without accents, punctuation around them, marks and polite words."""
    said = (word.strip(_EDGE) for word in re.split(r"[\s,、]+", folded(text)))
    return _ENDINGS.sub(
        "", _OPENINGS.sub("", _POLITE.sub("", " ".join(word for word in said if word)))
    ).strip()


_EDGE = ".,;:!?¡¿…'\"“”„‘’«»()[]*_~`。・「」『』〜"


_THEN = any_of("then")
_HAVING = any_of("having")
_GAP = re.compile(
    rf"\s*[,;:.!…–—、。]+\s*(?:{_THEN}\s+)*|\s+(?:{_THEN}\s+)+|\s+(?={_HAVING}\s)", re.IGNORECASE
)
_REASON_GAP = re.compile(rf"\s*[,;:.!…–—、。]+\s*|\s+(?={any_of('because')}\s)", re.IGNORECASE)
_REASONS = tuple(frozenset(folded(word) for word in table.reasons) for table in BY_LANGUAGE.values())
_POLITE = re.compile(rf"(?:^| ){any_of('polite')}(?= |$)")
_OPENINGS = re.compile(rf"^(?:{any_of('openings')} ?)+")
_ENDINGS = re.compile(rf"(?: ?{any_of('endings')})+$")


def _commands() -> Mapping[str, Request]:
    found: dict[str, Request] = {}
    for table in BY_LANGUAGE.values():
        for kind in _WITHOUT_DETAIL:
            found.update({plain(form): Request(kind) for form in getattr(table, kind)})
        for form, number in _choices(table):
            found[plain(form)] = Request(Asked.CHOOSE, str(number))
        for form, number in _steps_back(table):
            found[plain(form)] = Request(Asked.UNDO, str(number))
    return MappingProxyType(found)


_WITHOUT_DETAIL = (
    Asked.UNDO,
    Asked.REDO,
    Asked.RESTART,
    Asked.AGAIN,
    Asked.VARY,
    Asked.REMIX,
    Asked.UPSCALE,
    Asked.RECOMPOSE,
    Asked.QUESTION,
    Asked.ABILITY,
    Asked.DELETE,
    Asked.REPORT,
    Asked.FAVOURITE,
    Asked.THREAD,
    Asked.HISTORY,
)
"""The commands whose forms stand in the tables under their own name."""


_MOST_STEPS = 9
"""So many pictures can be gone back with one message."""


def _steps_back(table: CommandWords) -> Iterator[tuple[str, int]]:
    """Every way to go several pictures back at once, with how many."""
    words = dict(enumerate(table.numbers, start=1))
    for number in range(2, _MOST_STEPS + 1):
        for form in table.undo_more:
            for said in filter(None, (str(number), words.get(number))):
                yield form.format(n=said), number
    for form in table.undo_twice:
        yield form, 2


def _choices(table: CommandWords) -> Iterator[tuple[str, int]]:
    """Every way to choose a picture by its number or its place, with the number."""
    places = enumerate(zip(table.numbers, table.ordinals, strict=True), start=1)
    for number, (word, ordinals) in places:
        for form in table.choose:
            for said in ordinals if "{nth}" in form else (str(number), word):
                yield form.format(n=said, nth=said), number


def _sighs(table: CommandWords) -> tuple[re.Pattern[str], Mapping[str, Request]]:
    """What may come before an undo in this language, and its ways to ask for one."""
    forms = {plain(form) for form in (*table.undo, *dict(_steps_back(table)))}
    undos = {form: _COMMANDS[form] for form in forms - set(map(plain, table.undo_places))}
    sighs, refusals = drawn_out(table.sighs), drawn_out(table.refusals)
    # "No. 2" is a number
    before = rf"(?:{sighs}\W+|{refusals}(?:\s*[^\w\s']|\n)(?!\W*\d)\W*)+"
    return re.compile(before), MappingProxyType(undos)


_COMMANDS = _commands()
_SIGHED = tuple(map(_sighs, BY_LANGUAGE.values()))
