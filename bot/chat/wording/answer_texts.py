"""The answers in words to what asks for no picture: a move, a choice, a question, nothing understood."""

import re

from bot.chat.wording.prompt_diff import diff, escape, render_removed, render_target, shorten
from bot.domain.conversation import Conversation, Turn, TurnKind
from bot.domain.said_commands import Asked, Request
from bot.i18n import Language, Text
from bot.texts import answers as words
from bot.texts import pictures, talk
from model.language.stems import STOP_WORDS

MOVED: dict[Asked, Text] = {
    Asked.UNDO: words.UNDONE,
    Asked.REDO: words.REDONE,
    Asked.RESTART: talk.RESTARTED,
    Asked.BACK: talk.BACK,
}
BUTTONS: dict[Asked, Text] = {
    Asked.DELETE: pictures.DELETE,
    Asked.REPORT: pictures.REPORT,
    Asked.FAVOURITE: pictures.FAVOURITE,
    Asked.THREAD: pictures.THREAD,
    Asked.HISTORY: pictures.HISTORY,
}
# characters that are repeated: escaped they are up to twice as many, and a message has 2000
_PROMPT, _WORDS = 450, 100
_FIRST_THING = re.compile(r"[^\W\d_][\w'-]*(?:\s+[^\W\d_][\w'-]*)*")
_ENDS_A_THING = re.compile(
    r"[,.;:]|\b(?:in|on|at|with|and|under|over|by|near|next|during|of|from)\b", re.IGNORECASE
)


def answer_text(
    language: Language,
    conversation: Conversation,
    person_id: int,
    request: Request,
    picture: Turn,
    *,
    seeds: bool,
) -> str | None:
    """The sentence for everything that is answered in words; None for talk, which gets a reaction."""
    if request.kind.moves:
        return moved_text(language, conversation, person_id, request.kind, picture)
    match request.kind:
        case Asked.CHOOSE:
            return words.PICKED(language, person=f"<@{person_id}>", number=request.detail)
        case Asked.QUESTION:
            return about(language, picture, seeds=seeds)
        case Asked.ABILITY:
            return able(language, picture)
        case Asked.DELETE | Asked.REPORT | Asked.FAVOURITE | Asked.THREAD | Asked.HISTORY:
            return button_for(language, request.kind, private=conversation.guild_id is None)
        case Asked.UNCLEAR:
            return unclear(language, request.detail, picture)
        case _:
            return None


def button_for(language: Language, asked: Asked, *, private: bool) -> str:
    """Where the button is for what is asked; a `private` chat has nobody to report to, and no such button."""
    if private and asked is Asked.REPORT:
        return talk.NOBODY_TO_REPORT_TO(language, button=pictures.DELETE, more=pictures.MORE)
    return talk.BEHIND_A_BUTTON(language, button=BUTTONS[asked], more=pictures.MORE)


def moved_text(
    language: Language, conversation: Conversation, person_id: int, asked: Asked, picture: Turn
) -> str:
    """Where a person went, the way to that picture, and its words; the answer replies to theirs."""
    place = f"https://discord.com/channels/{conversation.guild_id or '@me'}/{conversation.place_id}"
    # A link shows the same thread's name whatever picture it leads to
    shows = escape(shorten(picture.target_prompt or "", _WORDS))
    return f"{MOVED[asked](language, person=f'<@{person_id}>')} {place}/{picture.message_id}\n-# {shows}"


def about(language: Language, picture: Turn, *, seeds: bool = True) -> str:
    """What is known of a picture: its prompt, what its words changed, its seed and the models."""
    lines = [talk.ABOUT(language, prompt=escape(shorten(picture.target_prompt or "", _PROMPT)))]
    if picture.kind is TurnKind.REFINE:
        asked = escape(shorten(picture.instruction, _WORDS))
        lines.append(talk.ABOUT_CHANGE(language, instruction=asked, changes=_changes(language, picture)))
    elif picture.parent_turn_id is None:
        lines.append(talk.ABOUT_FIRST(language))
    models = " · ".join(name for name in (picture.llm_model, picture.painter_model) if name)
    numbers = ", ".join(str(image.seed) for image in picture.images) or str(picture.parameters.seed)
    if seeds:
        lines.append(talk.ABOUT_NUMBERS(language, seeds=numbers, models=models or "–"))
    elif models:
        lines.append(talk.ABOUT_MODELS(language, models=models))
    return "\n".join(lines)


def unclear(language: Language, not_understood: str, picture: Turn) -> str:
    """What was not understood, and three things to say that fit the picture."""
    said = escape(shorten(not_understood or "…", _WORDS))
    return talk.UNCLEAR(language, words=said, offers=_offered(language, picture))


def able(language: Language, picture: Turn) -> str:
    """What can be said about the picture, and where the rest stands."""
    return talk.ABLE(language, offers=_offered(language, picture))


def _offered(language: Language, picture: Turn) -> str:
    first, second, third = offers(language, picture.target_prompt or "")
    return talk.OFFERS(language, first=first, second=second, third=third)


def offers(language: Language, prompt: str) -> tuple[str, str, str]:
    """Three wishes that would change a picture of `prompt`: nothing that it shows already.

    >>> offers(Language.ENGLISH, "a small red house at night")
    ('make it day', 'make the house blue', 'add a lantern')
    """
    lower = prompt.casefold()
    time = talk.MAKE_IT_DAY if "night" in lower else talk.MAKE_IT_NIGHT
    thing = main_thing(prompt)
    colour = talk.MAKE_IT_BLUE if re.search(r"\bred\b", lower) else talk.MAKE_IT_RED
    second = colour(language, thing=escape(thing)) if thing else talk.LET_IT_SNOW(language)
    third = talk.ADD_A_TREE if "lantern" in lower else talk.ADD_A_LANTERN
    return time(language), second, third(language)


def main_thing(prompt: str) -> str:
    """What the prompt is about: the last word of its first phrase; empty where that cannot be told."""
    phrase = next((part for part in _ENDS_A_THING.split(prompt) if part.strip()), "")
    found = _FIRST_THING.findall(phrase)
    thing = found[-1].split()[-1] if found else ""
    return "" if thing.casefold() in STOP_WORDS else shorten(thing, 30)


def _changes(language: Language, picture: Turn) -> str:
    """The words that came, and in strokes those that went."""
    pieces = diff(picture.source_prompt, picture.target_prompt or "")
    came = [piece for piece in pieces if piece.change.value == "added"]
    shown = [render_target(came, _PROMPT // 2), render_removed(pieces, _PROMPT // 2)]
    return " ".join(part for part in shown if part) or talk.NO_CHANGE(language)
