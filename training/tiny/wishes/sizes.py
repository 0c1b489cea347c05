"""Wishes about size: bigger, smaller, by a word, or compared with another thing."""

from __future__ import annotations

from dataclasses import replace

from model.tiny import words
from model.tiny.drafts import Draft, NounPhrase, meaning
from model.tiny.world import SIZES
from training.tiny.wishes import lexicon
from training.tiny.wishes.kinds import Worded, changed, known, pair_of, seen, slots_of
from training.tiny.wishes.naming import name
from training.tiny.wishes.voice import Patterns, Voice, patterns

TO_SIZE = patterns(
    """
    !make {thing} {size}
    {thing} (should be|must be|has to be) {size}
    a {size} {bare} (please|instead|)
    {bare} {size} (please|)
    {thing} in {size}
    (i want|i'd like) {thing} to be {size}
    i want {thing} {size}
    """,
    """
    !mach/machen {thing} {size}
    {nom} soll {size} sein
    {nom} (bitte|lieber|) {size}
    ich (will|möchte) {thing} {size}
    {bare} {size}
    """,
)
BIGGER = patterns(
    """
    !make {thing} (bigger|larger|a bit bigger|a little larger|way bigger|twice as big|twice the size)
    {thing} (bigger|larger|a bit bigger|should be bigger|needs to be larger|could be bigger)
    (bigger|larger) {bare} (please|)
    !(enlarge|scale up|blow up|grow|increase the size of) {thing} (a bit|)
    {thing} (is|looks|seems) (too small|a bit small|way too tiny)
    {bare} bigger
    !let {thing} grow (a bit|)
    {thing} at (double|twice the) size
    """,
    """
    !mach/machen {thing} (größer|etwas größer|ein bisschen größer|viel größer|doppelt so groß)
    {nom} (größer|bitte größer|soll größer sein|soll größer werden|doppelt so groß)
    !vergrößer/vergrößern {thing} (ein bisschen|etwas|)
    {nom} ist (zu klein|etwas klein|viel zu klein)
    {bare} größer
    !lass_wachsen/wachsen~lassen {thing}
    """,
)
SMALLER = patterns(
    """
    !make {thing} (smaller|a bit smaller|a little smaller|much smaller|half as big|half the size|less big)
    {thing} (smaller|a bit smaller|should be smaller|needs to be smaller|could be smaller)
    smaller {bare} (please|)
    !(shrink|scale down|reduce|decrease the size of) {thing} (a bit|)
    {thing} (is|looks|seems) (too big|a bit big|way too large)
    {bare} smaller
    !let {thing} shrink (a bit|)
    {thing} at half size
    """,
    """
    !mach/machen {thing} (kleiner|etwas kleiner|ein bisschen kleiner|viel kleiner|halb so groß)
    {nom} (kleiner|bitte kleiner|soll kleiner sein|soll kleiner werden|halb so groß)
    !verkleiner/verkleinern {thing} (ein bisschen|etwas|)
    {nom} ist (zu groß|etwas groß|viel zu groß)
    {bare} kleiner
    !lass_schrumpfen/schrumpfen~lassen {thing}
    """,
)
ALL_BIGGER = patterns(
    "!make (everything|all of it|all the things) (bigger|larger)\neverything bigger (please|)\n"
    "everything (should|could) be larger\n!(enlarge|scale up) everything",
    "!mach/machen alles größer\nalles (bitte|etwas|) größer\n"
    "!vergrößer/vergrößern alles\nalles soll größer sein",
)
THAN = patterns(
    """
    !make {thing} bigger than {other}
    {thing} (should be|must be|has to be) (bigger|larger) than {other}
    {other} (should be|must be) smaller than {thing}
    {thing} (bigger|larger) than {other} (please|)
    i want {thing} to be (bigger|larger) than {other}
    """,
    """
    !mach/machen {thing} größer als {other}
    {nom} (soll|muss) größer sein als {other_nom}
    {nom} größer als {other_nom} (bitte|)
    ich will {thing} größer als {other}
    {other_nom} soll kleiner sein als {nom}
    """,
)


def _scale(thing: NounPhrase) -> int:
    return SIZES.index(meaning(words.SIZE_WORDS, thing.size) or "medium")


def _stepped(thing: NounPhrase, by: int) -> NounPhrase:
    if not 0 <= _scale(thing) + by <= 2:
        return thing
    size = SIZES[_scale(thing) + by]
    return replace(thing, size="" if size == "medium" else size)


def resize(voice: Voice, draft: Draft) -> Worded | None:
    """One step bigger or smaller, or a size by its name; nothing where the step is not there."""
    if not known(draft):
        return None
    old = voice.rng.choice(known(draft))
    slots = slots_of(name(voice, draft, old))
    if voice.chance(0.3):
        size = voice.rng.choice(list(lexicon.SIZES))
        if meaning(words.SIZE_WORDS, size) == meaning(words.SIZE_WORDS, old.size):
            return None
        asked = size if voice.language == "en" else lexicon.SIZES[size][0]
        return voice.pick(TO_SIZE, size=asked, plural=old.count > 1, **slots), changed(
            draft, old, replace(old, size=size)
        )
    by = voice.rng.choice((-1, 1))
    new = _stepped(old, by)
    if _scale(new) == _scale(old):
        return None
    table: Patterns = BIGGER if by > 0 else SMALLER
    return voice.pick(table, plural=old.count > 1, **slots), changed(draft, old, new)


def compare(voice: Voice, draft: Draft) -> Worded | None:
    """One thing bigger than the other, or everything bigger by a step.

    The thing that shall be bigger becomes one step bigger than the other; beside a large one it becomes large
    and the other medium.
    """
    if voice.chance(0.25) and draft.things and len(known(draft)) == len(draft.things):
        after = replace(draft, things=tuple(_stepped(thing, 1) for thing in draft.things))
        return None if seen(after) == seen(draft) else (voice.pick(ALL_BIGGER), after)
    pair = pair_of(voice, draft)
    if pair is None or _scale(pair[0]) > _scale(pair[1]):
        return None
    one, other, slots = pair
    size = SIZES[min(2, _scale(other) + 1)]
    after = changed(draft, one, replace(one, size="" if size == "medium" else size))
    if _scale(other) == 2:
        after = changed(after, other, replace(other, size=""))
    return voice.pick(THAN, plural=one.count > 1, **slots), after
