"""What people type around a message of a chat: praise before the next wish, "hm" before going back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from model.tiny import instructions as say_in

if TYPE_CHECKING:
    import random

    from training.tiny.conversations.said import Language
    from training.tiny.conversations.state import Chat

Mood = Literal["pleased", "unsure", "wrong"]
_BEFORE: dict[Mood, dict[Language, tuple[str, ...]]] = {
    "pleased": {
        "en": (
            "nice! ", "haha ", "haha nice, ", "cool, ", "thanks! ", "thx, ", "love it! ", "ok cool, ",
            "yes! ", "perfect, ", "aww ", "wow ok, ", "great. ", "looks good! ", "lol ", "ok ", "alright, ",
            "yesss ", "good job, ", "👍 ", "😍 ", "so cute! ", "ok thanks, ", "hehe ", "very nice. ",
            "oh nice, ",
        ),
        "de": (
            "schön! ", "haha ", "haha geil, ", "cool, ", "danke! ", "danke, ", "super! ", "ok cool, ",
            "ja! ", "perfekt, ", "süß, ", "wow, ", "mega. ", "sieht gut aus! ", "lol ", "ok ", "also gut, ",
            "jaaa ", "gut gemacht, ", "👍 ", "😍 ", "wie süß! ", "sehr schön. ", "hihi ", "toll, ",
            "oh schön, ", "passt, ", "joa, ",
        ),
    },
    "unsure": {
        "en": (
            "hm, ", "hmm ", "ok, ", "sorry, ", "ugh, ", "you know what, ", "on second thought, ", "ehh ",
            "mh, ", "well, ", "hm ok, ", "wait, ", "🤔 ", "nah, ", "ok guys, ", "tbh ", "honestly, ",
        ),
        "de": (
            "hm, ", "hmm ", "ok, ", "sorry, ", "ach, ", "weißt du was, ", "ehrlich gesagt, ", "naja, ",
            "mh, ", "tja, ", "hm ok, ", "warte, ", "🤔 ", "nee, ", "ok leute, ", "also ", "puh, ", "ne du, ",
        ),
    },
    "wrong": {
        "en": (
            "uh, ", "um, ", "ehm, ", "lol, ", "argh, ", "hey, ", "dude, ", "bro, ", "huh? ", "omg, ",
            "wait, ", "haha no, ", "come on, ", "oh no, ", "ok no. ", "🤦 ",
        ),
        "de": (
            "äh, ", "ähm, ", "lol, ", "argh, ", "hey, ", "alter, ", "mann, ", "hä? ", "oh gott, ",
            "moment, ", "haha ne, ", "ach komm, ", "oh nein, ", "och nö, ", "🤦 ", "menno, ",
        ),
    },
}  # fmt: skip
_BEHIND: dict[Language, tuple[str, ...]] = {
    "en": (" lol", " :)", " 😅", " haha", "!", "...", " xd"),
    "de": (" lol", " :)", " 😅", " haha", "!", "...", " ^^", " hihi"),
}
_ASKED: dict[Language, tuple[str, ...]] = {
    "en": (" please", " pls", " thx", " if you can", " ty", " plz"),
    "de": (" bitte", " pls", " danke", " wenns geht", " bitte bitte", " bidde"),
}
"""What follows what is asked for, and no remark."""
_PLEASED = (
    "too", "more", "again_it", "other_it", "both_it", "and_slot", "again_count", "other_gone", "other_swap",
    "by_property",
)  # fmt: skip
_WRONG = ("meant", "corrected", "not_so", "enough")
_REPEATED = re.compile(r"\b(now|please|ok|so|and) \1\b", re.IGNORECASE)
_NO_ORDER = re.compile(r"(new|from|always|every|all|in|any)\b|.*:", re.IGNORECASE)
"""Messages that no "let's" or "can you" goes before."""
_AROUND = 0.14


def around(kind: str, said: str, language: Language, rng: random.Random) -> str:
    """The message with words around it, now and then, of a mood that goes with its kind."""
    mood: Mood = "pleased" if kind in _PLEASED else "wrong" if kind in _WRONG else "unsure"
    head = rng.choice(_BEFORE[mood][language])
    first = said.lower().split(" ")[0].strip(",.!?")
    # Nobody says "hm" twice, or "ok" after "ok"
    known = {word.strip(" ,.!?") for moods in _BEFORE.values() for word in moods[language]}
    if rng.random() < _AROUND and first not in known | {"no", "nope", "nein", "ne", "nice", "great", "good"}:
        said = head + said
    if (
        rng.random() < _AROUND / 2
        and said[-1].isalnum()
        and not said.lower().endswith(("please", "pls", "bitte"))
    ):
        said += rng.choice(_BEHIND[language] + (_ASKED[language] if mood == "pleased" else ()))
    return said


def typed(said: str, chat: Chat, rng: random.Random, polite: float = 0.5) -> str:
    """As it is typed, with slips; this share of English ones with words around it such as "please"."""
    exact = frozenset(said.split()) if rng.random() < 0.9 else frozenset()
    if chat.language == "en" and rng.random() < polite and not _NO_ORDER.match(said):
        return _REPEATED.sub(r"\1", say_in.typed(said, rng, exact))
    if rng.random() < 0.05:
        said = say_in.misspelt(said, rng)
    return said[0].upper() + said[1:] if rng.random() < 0.3 else said
