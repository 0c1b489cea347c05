"""Several wishes in one message, a change of mind within it, and what is to stay as it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from model.tiny.drafts import Draft
from training.tiny.wishes.kinds import Worded, known
from training.tiny.wishes.naming import name
from training.tiny.wishes.one_verb import in_one, in_order
from training.tiny.wishes.several_said import (
    JOINED,
    JOINED_PLAINLY,
    MIND,
    ORDER,
    REST_STAYS,
    THING_STAYS,
    THREE,
    THREE_STEPS,
    TOGETHER,
)
from training.tiny.wishes.single import SINGLE
from training.tiny.wishes.voice import Clause, Patterns, Voice

_ABOUT_THINGS = (
    "add", "remove", "some", "except", "replace", "recolour", "all", "swap", "resize", "compare", "count",
)  # fmt: skip
_ABOUT_THE_REST = ("time", "weather", "place", "style", "quality")
_ABOUT_ONE = ("add", "remove", "replace", "recolour", "resize", "count")
"""Kinds that touch one thing, so that two of them may stand beside each other."""
_RETHOUGHT = ("time", "weather", "place", "style", "add")
_RETHOUGHT_ALONE = ("recolour", "resize", "replace")
"""Kinds of which somebody says one and means another, the second ones in a picture of one thing."""

IN_ONE = 0.55
"""The share of messages whose wishes share a verb, a clause or nothing but commas."""

_NOT_KEPT = frozenset({"except", "some", "all", "emoji", "beside"})
"""Kinds that say themselves what is to stay, touch everything, have no words, or say much beside."""
_NO_STEP = re.compile(
    r"[?:]|\b(i|i'd|i'm|we|my|should(?:n't)?|needs?|could|would|imagine|picture|why|what|goal|mood|ich|wir|mein\w*|soll\w*"
    r"|könnt\w*|darf|wär\w*|stell dir|stellt euch|warum|wieso|was|ist|sind|fehl\w*)\b",
    re.IGNORECASE,
)
"""What nobody puts in an order: questions, what someone thinks, and how something should be."""
_TWICE = (
    r"\b(?P<joint>and|und|oh|also|auch|plus|aber|but|bitte|please|maybe|vielleicht|noch|außerdem)[,:]?"
    r" (?:(?P=joint)|and|und|aber|but)\b|\b(?P<polite>bitte|please) (?:auch|also) (?P=polite)\b"
)
_BEFORE = (
    r"(?:und bitte|and please|maybe|perhaps|vielleicht(?: noch:)?|noch:|this:?|same time|same go|at once"
    r"|selben Zug|außerdem:|zusätzlich:|gleichzeitig:)"
)
_ASKING = (
    r"(?:why|what|where|who|how|is|are|warum|wieso|was|wo|wer|wie|kann\w*|könn\w*|hast\w*|machst\w*|ich"
    r"|goal|ziel|ergebnis|wunschbild)"
)
_ODD = re.compile(rf"{_TWICE}|\b{_BEFORE} {_ASKING}\b", re.IGNORECASE)
"""Joints that nobody types: "oh and and", "at once why is the dog so large"."""
_COMPLAINT = re.compile(r"\?|^(why|what|who|where|how|if|warum|wieso|was|wer|wo|wie|wenn|hier|da) ")
"""Questions, and what is missing or wrong, behind which nobody says that the rest stays."""
_GOES_ON = re.compile(
    r"(this|like this|exactly|same|keep|leave|also|plus|too|gleiche|dasselbe|das gleiche|genauso|so wie"
    r"|alles so|außerdem|zusätzlich|obendrein|danach)\b",
    re.IGNORECASE,
)
"""What begins a wish that keeps the one before it."""


def several(voice: Voice, before: Draft, kind: str, without: Collection[str]) -> Worded | None:
    """Two wishes, or three, each about something else, so that their order does not change the result."""
    voice.pronouns = False
    if voice.chance(IN_ONE):
        return in_one(voice, before, without) if kind == "several" else in_order(voice, before, without)
    kinds = _kinds(voice, most=3 if kind == "several" else 2)
    clauses: list[Clause] = []
    now = before
    for name_ in kinds:
        made = None if name_ in without else SINGLE[name_][0](voice, now)
        if made is None or str(made[1]) == str(now) or not apart(before, now, made[1]):
            return None
        clauses.append(made[0])
        now = made[1]
    steps = not any(_NO_STEP.search(clause.text) for clause in clauses)
    if kind == "order" and not steps:
        return None
    table = ORDER if kind == "order" else JOINED if len(clauses) == 2 else THREE
    if table is THREE and steps and voice.chance(0.15):
        table = THREE_STEPS
    return _joined(voice, table, clauses), now


def _kinds(voice: Voice, most: int) -> list[str]:
    """Two or three kinds; of the many about things only those of one thing stand side by side."""
    way = voice.rng.random()
    if way < 0.2:
        kinds = voice.rng.sample(_ABOUT_THE_REST, 2)
    elif way < 0.45:
        kinds = voice.rng.choices(_ABOUT_ONE, k=2)
    else:
        kinds = [voice.rng.choice(_ABOUT_THINGS), voice.rng.choice(_ABOUT_THE_REST)]
    if most > 2 and voice.chance(0.25):
        kinds.append(voice.rng.choice([kind for kind in _ABOUT_THE_REST if kind not in kinds]))
    voice.rng.shuffle(kinds)
    return kinds


def apart(before: Draft, now: Draft, after: Draft) -> bool:
    """Whether the step from `now` to `after` leaves alone what the steps from `before` to `now` brought, and
    brings nothing that they took."""
    fresh = [thing for thing in now.things if thing not in before.things]
    gone = [thing for thing in now.things if thing not in after.things]
    nouns = {thing.noun for thing in now.things}
    back = {t.noun for t in after.things} & {t.noun for t in before.things if t.noun not in nouns}
    twice = any(
        before.said(slot) != now.said(slot) != after.said(slot) for slot in ("place", "time", "weather")
    )
    return not back and not twice and not any(thing in fresh for thing in gone)


def _joined(voice: Voice, table: Patterns, clauses: Sequence[Clause]) -> Clause:
    texts = [clause.text.rstrip("?.") for clause in clauses]
    slots = dict(zip("abc", texts, strict=False))
    text = voice.pick(table, **slots).text.replace(" ¶ ", "\n")
    if _ODD.search(text):
        text = voice.pick(JOINED_PLAINLY, a=texts[0], b=". ".join(texts[1:])).text.replace(" ¶ ", "\n")
    infinitives = [clause.infinitive for clause in clauses if clause.infinitive]
    if len(infinitives) == len(clauses) == 2:
        asked = voice.pick(TOGETHER, a=infinitives[0], b=infinitives[1]).text
        return Clause(text, asked)
    return Clause(text)


def rethought(voice: Voice, before: Draft, without: Collection[str]) -> Worded | None:
    """A wish that is taken back in the same message for another of its kind; only the second counts."""
    voice.pronouns = False
    alone = len(before.things) == 1
    kind = voice.rng.choice((*_RETHOUGHT, *_RETHOUGHT_ALONE) if alone else _RETHOUGHT)
    made = [None if kind in without else SINGLE[kind][0](voice, before) for _ in range(2)]
    if made[0] is None or made[1] is None or str(made[0][1]) == str(made[1][1]):
        return None
    # "no wait, this and add a fox" would keep the first wish
    if _GOES_ON.match(made[1][0].text):
        return None
    said = voice.pick(MIND, a=made[0][0].text.rstrip("?."), b=made[1][0].text)
    return Clause(re.sub(r"[?.] (instead|is better)", r" \1", said.text)), made[1][1]


def with_what_stays(voice: Voice, kind: str, wish: Worded, before: Draft) -> Worded:
    """The wish, and that all the rest, or another thing of the picture, is to stay as it is."""
    clause, after = wish
    if kind in _NOT_KEPT or (kind == "compare" and not any(thing in after.things for thing in before.things)):
        return wish
    if _COMPLAINT.search(clause.text):  # "no other changes: why is the dog so large"
        return wish
    text = clause.text.rstrip("?.!")
    others = [thing for thing in known(before) if thing in after.things]
    # Who goes elsewhere "but leaves the tree" leaves it behind
    if kind != "place" and others and len(before.things) > 1 and voice.chance(0.4):
        other = name(voice, before, voice.rng.choice(others), pronoun=False).acc
        return voice.pick(THING_STAYS, a=text, other=other), after
    return voice.pick(REST_STAYS, a=text), after
