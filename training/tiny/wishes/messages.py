"""Messages that are no edit, with the mark a model answers them with (`model.language.conversation`).

Going back to a certain picture needs the conversation and is not here.
"""

from __future__ import annotations

import random
from typing import get_args

from model.engine import MessageKind
from model.language.conversation import Answer
from training.tiny.wishes.asides import aside
from training.tiny.wishes.chatting import CHAT, CHOOSE, QUESTION, UNCLEAR, VAGUE
from training.tiny.wishes.disguise import slips
from training.tiny.wishes.going import AGAIN, REDO, RESTART, UNDO
from training.tiny.wishes.talking import ASKING, SNIPPETS, TALKING
from training.tiny.wishes.voice import Language, Part, Patterns, Voice


def _both(one: Patterns, other: Patterns) -> Patterns:
    return {language: (*one[language], *other[language]) for language in one}


TEXTS: dict[MessageKind, Patterns] = {
    "undo": UNDO, "redo": REDO, "restart": RESTART, "again": AGAIN, "question": _both(QUESTION, ASKING),
    "chat": _both(CHAT, TALKING),
}  # fmt: skip
_NTH = {
    "en": (("first", "1st"), ("second", "2nd"), ("third", "3rd"), ("fourth", "4th")),
    "de": (("erste", "1."), ("zweite", "2."), ("dritte", "3."), ("vierte", "4.")),
}
_ASKED = {
    "en": (
        ("fox", "foxes"), ("tree", "trees"), ("boat", "boats"), ("owl", "owls"), ("tower", "towers"),
        ("cat", "cats"), ("house", "houses"), ("horse", "horses"), ("robot", "robots"), ("car", "cars"),
        ("flower", "flowers"), ("balloon", "balloons"), ("chair", "chairs"), ("cloud", "clouds"),
    ),
    "de": (
        ("Fuchs", "Füchse"), ("Turm", "Türme"), ("Boot", "Boote"), ("Eule", "Eulen"), ("Haus", "Häuser"),
        ("Katze", "Katzen"), ("Baum", "Bäume"), ("Pferd", "Pferde"), ("Roboter", "Roboter"),
        ("Auto", "Autos"), ("Blume", "Blumen"), ("Rakete", "Raketen"), ("Wolke", "Wolken"),
    ),
}  # fmt: skip
_FEMININE = frozenset({"Eule", "Katze", "Blume", "Rakete", "Wolke"})
_SYLLABLES = (
    "blo", "kra", "fli", "zu", "mog", "ter", "wix", "nap", "quo", "sha", "dre", "yup", "gli", "pfu", "tro",
    "vex", "snar", "bim", "olk", "jex", "rud", "fna", "zib", "pom", "urg", "krel", "wob", "tiz", "gnu", "hep",
    "lum", "oft", "skwi", "dax", "fum",
)  # fmt: skip
KINDS: tuple[MessageKind, ...] = tuple(
    kind for kind in get_args(MessageKind) if kind in TEXTS or kind in ("choose", "unclear")
)
_WEIGHTS = {"undo": 3.0, "redo": 1.0, "restart": 1.0, "again": 1.5, "choose": 2.0, "question": 2.0}


def message(
    rng: random.Random, language: Language, *, part: Part = "train", kind: MessageKind | None = None
) -> tuple[str, Answer]:
    """A message that is no edit, of any kind of `KINDS` or of `kind`, and its answer.

    The answer's text is the number of a choice (1 to 4) or the words that are not understood, else empty.
    Raises ValueError for a kind that is not in `KINDS`.
    """
    kind = kind or rng.choices(KINDS, [_WEIGHTS.get(name, 3.0) for name in KINDS])[0]
    if kind not in KINDS:
        raise ValueError(f"no messages of kind {kind!r}")
    voice = Voice(rng, language, part)
    if kind == "choose":
        number = rng.randint(1, 4)
        text = voice.pick(CHOOSE, n=number, nth=rng.choice(_NTH[language][number - 1])).text
        return slips(voice, text), Answer(kind, str(number))
    if kind == "unclear":
        return _unclear(voice)
    one, many = rng.choice(_ASKED[language])
    if kind == "chat" and voice.chance(0.06):
        return aside(rng), Answer(kind, "")
    article = "a" if language == "en" else "eine" if one in _FEMININE else "ein"
    text = voice.pick(TEXTS[kind], thing=one, things=many, a_thing=f"{article} {one}").text
    return slips(voice, text.replace("a owl", "an owl")), Answer(kind, "")


def _unclear(voice: Voice) -> tuple[str, Answer]:
    if voice.chance(0.15):
        return slips(voice, _cut_off(voice)), Answer("unclear", "")
    if voice.chance(0.4):
        return voice.pick(VAGUE).text, Answer("unclear", "")
    odd, odd2 = _odd(voice.rng), _odd(voice.rng)
    text = voice.pick(UNCLEAR, odd=odd, odd2=odd2).text
    return text, Answer("unclear", f"{odd} {odd2}" if odd2 in text else odd)


def _cut_off(voice: Voice) -> str:
    """What was sent before it was done, a cry of "what?", or a bare number that is no choice."""
    if voice.chance(0.25):
        return str(voice.rng.choice((voice.rng.randint(5, 99), voice.rng.randint(100, 9999))))
    return voice.pick(SNIPPETS).text


def _odd(rng: random.Random) -> str:
    if rng.random() < 0.3:
        return "".join(rng.choice("asdfghjklqwert") for _ in range(rng.randint(4, 9)))
    return "".join(rng.sample(_SYLLABLES, rng.randint(2, 3)))
