"""One edit of a prompt that is known as text only, of any kind, and as somebody would type it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.tiny import instructions as say
from training.tiny.kinds import same_kind
from training.tiny.phrases import act, borrow, pose, remove_phrase, swap_in
from training.tiny.surgery import (
    Done,
    add_tag,
    add_thing,
    describe_unsaid,
    describe_word,
    leave,
    mood,
    polish,
    remove_part,
    remove_word,
    replace_unsaid,
    replace_word,
    restyle,
    sign,
    wear,
    when_where,
)

if TYPE_CHECKING:
    import random

OPERATIONS = (
    (replace_word, 9), (describe_word, 5), (add_thing, 4), (wear, 1), (add_tag, 2), (mood, 2),
    (remove_part, 3), (when_where, 5), (restyle, 6), (sign, 3), (polish, 0.7), (leave, 1),
    (replace_unsaid, 0.5), (describe_unsaid, 2), (remove_word, 3), (remove_phrase, 5), (same_kind, 12),
    (act, 4), (pose, 2),
)  # fmt: skip
_SECOND = (
    (describe_word, 5), (add_thing, 4), (wear, 2), (add_tag, 2), (mood, 1), (remove_part, 4),
    (remove_phrase, 3), (when_where, 5), (same_kind, 3), (act, 2),
)  # fmt: skip


def operate(source: str, rng: random.Random) -> Done | None:
    """One operation on a prompt, or two in one instruction; None where none fits this prompt."""
    makers, weights = zip(*OPERATIONS, strict=True)
    first = rng.choices(makers, weights)[0](source, rng)
    if first is None:
        return None
    clause, target = first
    if rng.random() < 0.12 and target != source:
        makers, weights = zip(*_SECOND, strict=True)
        second = rng.choices(makers, weights)[0](target, rng)
        if second:
            clause, target = clause + rng.choice(say.LINKS) + second[0], second[1]
    return as_typed(clause, target, rng)


def lend(source: str, other: str, rng: random.Random) -> Done | None:
    """An edit that speaks in the words of another prompt."""
    done = (borrow if rng.random() < 0.7 else swap_in)(source, other, rng)
    return as_typed(*done, rng) if done else None


def as_typed(clause: str, target: str, rng: random.Random) -> Done:
    """The clause as somebody types it, without slips in it."""
    return say.typed(clause, rng, frozenset(clause.split())), target
