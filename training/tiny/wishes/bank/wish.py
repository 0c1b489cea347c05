"""A wish, or talk, of one of the lines (`bank.lines`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from training.tiny.wishes.bank.effects import Unfit, apply, cast
from training.tiny.wishes.bank.lines import lines
from training.tiny.wishes.bank.slots import filled
from training.tiny.wishes.voice import Clause

if TYPE_CHECKING:
    from model.tiny.drafts import Draft
    from training.tiny.wishes.bank.lines import Line
    from training.tiny.wishes.kinds import Worded
    from training.tiny.wishes.voice import Voice

_TRIES = 12
"""Lines that are drawn until one suits the picture."""


def of_bank(voice: Voice, draft: Draft) -> Worded | None:
    """A wish by one of the lines; None where none of those that were drawn suits the picture."""
    for line in _drawn(voice, talk=False):
        if made := said(voice, draft, line):
            return made
    return None


def bank_talk(voice: Voice, draft: Draft) -> tuple[str, bool] | None:
    """Words that ask for nothing, and whether they are a question."""
    for line in _drawn(voice, talk=True):
        if made := said(voice, draft, line):
            return made[0].text, "ask" in line.effects
    return None


def said(voice: Voice, draft: Draft, line: Line) -> Worded | None:
    """What the line says and asks for; None where it does not suit the picture."""
    try:
        playing = cast(voice, draft, line)
        things = dict(playing.now)
        if not line.asks_for_nothing:
            time_named = any(condition.startswith("time=") for condition in line.conditions)
            apply(playing, line.effects, time_named=time_named)
    except Unfit:
        return None
    text = filled(playing, voice.expand(line.text), draft, things)
    return Clause(re.sub(r" +([,.?!])", r"\1", re.sub(" +", " ", text)).strip()), playing.draft


def _drawn(voice: Voice, *, talk: bool) -> list[Line]:
    known = lines(voice.language, voice.part, talk=talk)
    return voice.rng.sample(known, min(_TRIES, len(known)))
