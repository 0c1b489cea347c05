"""A random wish with the prompt that it asks for, and a random message that is no wish.

    random_wish(rng, before, "de")                     # Wish(kind, instruction, after), or None
    random_wish(rng, before, "en", part="selection")   # in words that no training wish is made of

`str(wish.after)` is the target; every other word of the prompt stays. Nothing here shares words or code with
the instructions of `model.tiny`.
"""

from __future__ import annotations

import random
from collections.abc import Collection
from dataclasses import dataclass, replace

from model.tiny import grammar
from model.tiny.drafts import Draft
from training.tiny.wishes import counts, looks, sizes, surroundings, things
from training.tiny.wishes.disguise import slips, worded
from training.tiny.wishes.kinds import Kind, seen
from training.tiny.wishes.voice import Clause, Language, Part, Voice, patterns

SINGLE: dict[str, tuple[Kind, float]] = {
    "add": (things.add, 3), "remove": (things.remove, 1.5), "some": (things.remove_some, 4),
    "except": (things.only, 4), "replace": (things.substitute, 2.5), "recolour": (looks.recolour, 4),
    "all": (looks.recolour_all, 1), "like": (looks.like, 1.5), "swap": (looks.swap, 4),
    "resize": (sizes.resize, 2), "compare": (sizes.compare, 2), "count": (counts.count, 2),
    "time": (surroundings.time, 1.5), "weather": (surroundings.weather, 1.5),
    "season": (surroundings.season, 0.8), "place": (surroundings.place, 2), "style": (surroundings.style, 2),
    "quality": (surroundings.quality, 0.8), "negation": (surroundings.negation, 1.2),
}  # fmt: skip
"""Every single kind of wish and how often it is drawn."""
KINDS = (*SINGLE, "several", "order")
_ABOUT_THINGS = (
    "add", "remove", "some", "except", "replace", "recolour", "all", "swap", "resize", "compare", "count",
)  # fmt: skip
_ABOUT_THE_REST = ("time", "weather", "place", "style", "quality")

JOINED = patterns(
    """
    {a} and {b}
    {a}, {b}
    {a} and also {b}
    {a}. {b}
    {a}; {b}
    {a} + {b}
    {a} ¶ {b}
    {a}, and {b}
    {a} plus {b}
    {a} but {b}
    two things: {a} and {b}
    """,
    """
    {a} und {b}
    {a}, {b}
    {a} und außerdem {b}
    {a}. {b}
    {a} + {b}
    {a} ¶ {b}
    {a} und dazu {b}
    {a}, aber {b}
    zwei Sachen: {a} und {b}
    """,
)
ORDER = patterns(
    """
    first {a}, then {b}
    {a} and then {b}
    {a}, then {b}
    start with this: {a}. after that {b}
    1. {a} 2. {b}
    {a}, afterwards {b}
    {a}. when that is done {b}
    """,
    """
    (erst|zuerst) {a}, dann {b}
    {a} und dann {b}
    {a}, danach {b}
    1. {a} 2. {b}
    {a}, anschließend {b}
    als erstes {a}, dann {b}
    """,
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What someone typed, of which kind it is, and the prompt that it asks for."""

    kind: str
    instruction: str
    after: Draft


def random_wish(
    rng: random.Random,
    before: Draft,
    language: Language,
    *,
    part: Part = "train",
    without: Collection[str] = (),
    typed: bool = True,
) -> Wish | None:
    """A wish for a prompt in words of the part, of a kind of `KINDS` that is not in `without`.

    None where eight kinds drawn did not suit the prompt, or its words cannot be read back exactly.
    `typed=False` leaves emoji, short forms, typos and letter case out.
    """
    if not _readable(before):
        return None
    single = [kind for kind in SINGLE if kind not in without]
    weights = [SINGLE[kind][1] for kind in single]
    for _ in range(8):
        voice = Voice(rng, language, part)
        way = rng.random()
        if way < 0.1 and "several" not in without:
            wish = _several(voice, before, "several", without)
        elif way < 0.15 and "order" not in without:
            wish = _several(voice, before, "order", without)
        else:
            kind = rng.choices(single, weights)[0]
            made = SINGLE[kind][0](voice, before)
            wish = made and Wish(kind, worded(voice, made[0], typed=typed), made[1])
        if wish and wish.kind in ("several", "order") and typed:
            wish = replace(wish, instruction=slips(voice, wish.instruction))
        if wish and str(wish.after) != str(before) and _readable(wish.after):
            return wish
    return None


def _several(voice: Voice, before: Draft, kind: str, without: Collection[str]) -> Wish | None:
    """Two wishes, one of them about the surroundings, so that their order does not change the result."""
    voice.pronouns = False
    kinds = [voice.rng.choice(_ABOUT_THINGS), voice.rng.choice(_ABOUT_THE_REST)]
    if voice.chance(0.25):
        kinds = voice.rng.sample(_ABOUT_THE_REST, 2)
    voice.rng.shuffle(kinds)
    clauses: list[Clause] = []
    now = before
    for name in kinds:
        made = None if name in without else SINGLE[name][0](voice, now)
        if made is None:
            return None
        clauses.append(made[0])
        now = made[1]
    texts = [clause.text.rstrip("?.") for clause in clauses]
    joined = voice.pick(JOINED if kind == "several" else ORDER, a=texts[0], b=texts[1])
    return Wish(kind, joined.text.replace(" ¶ ", "\n"), now)


def _readable(draft: Draft) -> bool:
    """Whether the world's parser reads the prompt as the scene it stands for; unknown things aside."""
    return bool(draft.things or draft.subject) and grammar.parse(str(draft)) == seen(draft)
