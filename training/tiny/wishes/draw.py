"""A random wish with the prompt that it asks for.

    random_wish(rng, before, "de")                     # Wish(kind, instruction, after), or None
    random_wish(rng, before, "en", part="selection")   # in words that no training wish is made of

`str(wish.after)` is the target; every other word of the prompt stays. Nothing here shares words or code with
the instructions of `model.tiny`.
"""

from __future__ import annotations

import random
from collections.abc import Collection
from dataclasses import dataclass

from model.tiny import grammar
from model.tiny.drafts import Draft
from training.tiny.wishes.disguise import worded
from training.tiny.wishes.kinds import Worded, seen
from training.tiny.wishes.several import rethought, several, with_what_stays
from training.tiny.wishes.single import SINGLE
from training.tiny.wishes.voice import Language, Part, Voice

_MANY = {"several": 0.2, "order": 0.05, "rethought": 0.03}
"""Kinds of wishes that hold more than one, and how often they are drawn."""
KINDS = (*SINGLE, *_MANY)
ALL_BUT_BANK = tuple(kind for kind in KINDS if kind != "bank")
"""All kinds but the wishes that are lines of text files (`wishes.bank`)."""
_STAYS = 0.08
"""The share of single wishes that say as well what is to stay."""


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
        kind, made = _drawn(voice, before, single, weights, without)
        wish = made and Wish(kind, worded(voice, made[0], typed=typed), made[1])
        if wish and str(wish.after) != str(before) and _readable(wish.after):
            return wish
    return None


def _drawn(
    voice: Voice, before: Draft, single: list[str], weights: list[float], without: Collection[str]
) -> tuple[str, Worded | None]:
    kind = voice.rng.choices((*_MANY, "single"), (*_MANY.values(), 1 - sum(_MANY.values())))[0]
    if kind == "rethought" and kind not in without:
        return kind, rethought(voice, before, without)
    if kind in ("several", "order") and kind not in without:
        return kind, several(voice, before, kind, without)
    kind = voice.rng.choices(single, weights)[0]
    made = SINGLE[kind][0](voice, before)
    return kind, with_what_stays(voice, kind, made, before) if made and voice.chance(_STAYS) else made


def _readable(draft: Draft) -> bool:
    """Whether the world's parser reads the prompt as the scene it stands for; unknown things aside."""
    return bool(draft.things or draft.subject) and grammar.parse(str(draft)) == seen(draft)
