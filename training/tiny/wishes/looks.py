"""Wishes about colour, size and number of the things that are there."""

from __future__ import annotations

from dataclasses import replace

from model.tiny import words
from model.tiny.drafts import Draft, NounPhrase, meaning, scene_of
from model.tiny.world import SIZES
from training.tiny.wishes import lexicon
from training.tiny.wishes.kinds import Worded, changed, known, numbered
from training.tiny.wishes.naming import Named, colour, colour_of, name
from training.tiny.wishes.voice import Patterns, Voice, patterns

RECOLOUR = patterns(
    """
    !(make|paint|colour|color|dye|turn|tint) {thing} {colour}
    !(change|switch|set) {thing} to {colour}
    !(change|switch) the (colour|color) of {thing} to {colour}
    {thing} (should be|must be|needs to be|has to be|in) {colour}
    {colour} {bare} (please|instead|)
    {bare} {colour}
    (i want|i'd like|i'd prefer|give me) {thing} (in|to be) {colour}
    {thing} (would look|looks) better in {colour}
    what if {thing} (was|were) {colour}?
    {bare}: {colour}
    {colour} for {thing} (please|)
    !give {thing} a {colour} (colour|color|coat of paint)
    {thing} (but|just) {colour}
    """,
    """
    !(mach/machen|mal/malen|färb/färben|streich/streichen) {thing} {colour}
    !mal_an/anmalen {thing} {colour}
    {nom} (soll|soll doch|muss) {colour} sein
    {nom} (in|jetzt) {colour}
    {bare} {colour}
    ich (will|hätte gern|möchte) {thing} in {colour}
    (was wäre|wie wär's), wenn {nom} {colour} wäre?
    {nom} (bitte|lieber|doch lieber) {colour}
    !änder/ändern die Farbe von {dat} (auf|in|zu) {colour}
    {colour} für {thing}
    """,
)
ALL = patterns(
    """
    !(make|paint|turn|colour) (everything|all of it|all things|it all|all of them) {colour}
    (everything|all) (should be|in) {colour}
    all {colour} (please|)
    {colour} everything
    !(change|set) (everything|all the things) to {colour}
    """,
    """
    !(mach/machen|färb/färben|mal/malen) alles {colour}
    alles (in|soll sein:|bitte|) {colour}
    ich will alles in {colour}
    alle Sachen {colour}
    !mal_an/anmalen alles {colour}
    """,
)
BOTH = patterns(
    """
    !(make|paint|turn) (both|both of them|the two) {colour}
    both {colour} (please|)
    both (should be|in) {colour}
    """,
    """
    !(mach/machen|färb/färben|mal/malen) (beide|beides) {colour}
    beide {colour} (bitte|)
    beide sollen {colour} sein
    """,
)
LIKE = patterns(
    """
    !(make|paint|colour|color) {thing} (like|the same colour as|the same color as|in the colour of) {other}
    {thing} should have the (same colour|same color|colour) (as|like) {other}
    {thing} (in|with) the (colour|color) of {other}
    !give {thing} the (colour|color) of {other}
    same (colour|color) for {thing} as {other}
    """,
    """
    !(mach/machen|färb/färben) {thing} in der Farbe von {other_dat}
    {nom} (in|soll sein in) derselben Farbe wie {other_nom}
    !gib/geben {dat} die Farbe von {other_dat}
    {nom} soll die gleiche Farbe haben wie {other_nom}
    !färb/färben {thing} so wie {other}
    """,
)
SWAP = patterns(
    """
    !(swap|switch|exchange|trade|flip) (the|their|) {what}
    !(swap|switch|exchange) the {what} of {thing} and {other}
    {thing} and {other} should (swap|trade|exchange) {what}
    the {what} the other way (round|around)
    !(swap|switch) {what} between {thing} and {other}
    {what} (swapped|reversed|vice versa) please
    !let {thing} and {other} (swap|trade) {what}
    """,
    """
    !(tausch/tauschen|vertausch/vertauschen) die {what}
    !(tausch/tauschen|vertausch/vertauschen) die {what} von {dat} und {other_dat}
    die {what} (andersrum|umgekehrt|vertauscht|genau umgekehrt)
    {nom} und {other_nom} sollen die {what} tauschen
    !tausch_aus/austauschen die {what}
    """,
)
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
    !make {thing} (bigger|larger|a bit bigger|a little larger|way bigger|much bigger|twice as big|twice the size)
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
    "!mach/machen alles größer\nalles (bitte|etwas|) größer\n!vergrößer/vergrößern alles\nalles soll größer sein",
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
COUNT = patterns(
    """
    !make it {number} {many}
    !(make|draw|show|give me|i want|put) {number} {many}
    {number} {many} (please|instead|would be nice|)
    there should be {number} {many}
    {number} {many}, not {had}
    i (want|need|would like) {number} {many}
    (instead of|not) {had} {had_name} (i want|but|rather) {number}
    {number} of the {many}
    !change the number of {many} to {number}
    {many} x{digit}
    {digit}x {one}
    """,
    """
    !(mach/machen|mal/malen|zeig/zeigen) {number} {many} (draus|)
    {number} {many} (bitte|statt {had}|)
    ich (will|möchte|hätte gern) {number} {many}
    es sollen {number} {many} sein
    nicht {had}, sondern {number} {many}
    da sollen {number} {many} (stehen|sein)
    {digit}x {one}
    """,
)
MORE = patterns(
    """
    !(add|draw|put|give me) (another|one more) {one}
    (another|one more|1 more) {one} (please|too|)
    more {many} (please|)
    (i want|there should be) (one more|another) {one}
    {one} +1
    !(add|draw) more {many}
    """,
    """
    !(mal/malen|mach/machen) (mehr|noch mehr) {many}
    mehr {many} (bitte|)
    noch mehr {many}
    1 {one} mehr
    ich will mehr {many}
    """,
)
DOUBLE = patterns(
    """
    !(double|duplicate|clone) {thing}
    !make two of {thing}
    two of (them|those|these|it)
    !make a (pair|couple) of {many} (out of it|)
    twice {thing}
    {thing} (twice|two times|doubled|x2)
    !give {thing} a twin
    a (pair|couple) of {many} (please|)
    """,
    """
    !(verdopple/verdoppeln|verdoppel/verdoppeln) {thing}
    {nom} zweimal
    (zwei|2) davon
    !mach/machen zwei draus
    ein Paar {many}
    doppelt so viele {many}
    """,
)
FEW = patterns(
    "(a few|several|some more|a bunch of|lots of|many) {many} (please|)\n"
    "!(add|draw|make|put in) (a few|some|several|many) {many}\ni want (many|a few|lots of) {many}\nmany many {many}",
    "(ein paar|einige|viele|mehrere) {many} (bitte|)\n!(mal/malen|mach/machen) (ein paar|viele|mehrere) {many}\n"
    "ich will (viele|ein paar) {many}\nganz viele {many}",
)


def _slots(named: Named, other: Named | None = None) -> dict[str, str]:
    slots = named.slots()
    if other:
        slots |= {"other": other.acc, "other_nom": other.nom, "other_dat": other.dat}
    return slots


def recolour(voice: Voice, draft: Draft) -> Worded | None:
    """One thing in another colour."""
    if not known(draft):
        return None
    old = voice.rng.choice(known(draft))
    asked, said = colour(voice, but=(meaning(words.COLOUR_WORDS, colour_of(old)) or "",))
    clause = voice.pick(RECOLOUR, colour=asked, plural=old.count > 1, **_slots(name(voice, draft, old)))
    return clause, changed(draft, old, replace(old, colour=said))


def recolour_all(voice: Voice, draft: Draft) -> Worded | None:
    """Every thing in one colour, also asked for as "both"."""
    if len(known(draft)) != len(draft.things) or not draft.things:
        return None
    asked, said = colour(voice)
    both = len(draft.things) == 2 and all(thing.count == 1 for thing in draft.things)
    clause = voice.pick(BOTH if both and voice.chance(0.5) else ALL, colour=asked)
    return clause, replace(draft, things=tuple(replace(thing, colour=said) for thing in draft.things))


def _pair(voice: Voice, draft: Draft) -> tuple[NounPhrase, NounPhrase, dict[str, str]] | None:
    if len(draft.things) != 2 or len(known(draft)) != 2:
        return None
    one, other = voice.rng.sample(draft.things, 2)
    names = [name(voice, draft, thing, pronoun=False) for thing in (one, other)]
    return one, other, _slots(*names)


def like(voice: Voice, draft: Draft) -> Worded | None:
    """One thing in the colour of the other."""
    pair = _pair(voice, draft)
    if pair is None or colour_of(pair[0]) == colour_of(pair[1]):
        return None
    one, other, slots = pair
    return voice.pick(LIKE, plural=one.count > 1, **slots), changed(
        draft, one, replace(one, colour=colour_of(other))
    )


def swap(voice: Voice, draft: Draft) -> Worded | None:
    """Colours, sizes or numbers of the two things are exchanged."""
    pair = _pair(voice, draft)
    if pair is None:
        return None
    one, other, slots = pair
    what = voice.rng.choice(("colour", "colour", "size", "count"))
    if what == "colour":
        a, b = replace(one, colour=colour_of(other)), replace(other, colour=colour_of(one))
    elif what == "size":
        a, b = replace(one, size=other.size), replace(other, size=one.size)
    else:
        a, b = numbered(one, other.count), numbered(other, one.count)
    after = changed(changed(draft, one, a), other, b)
    if scene_of(after) == scene_of(draft):
        return None
    names = {
        "en": {"colour": ("colours", "colors"), "size": ("sizes",), "count": ("numbers", "amounts")},
        "de": {"colour": ("Farben",), "size": ("Größen",), "count": ("Anzahlen", "Zahlen")},
    }
    return voice.pick(SWAP, what=voice.rng.choice(names[voice.language][what]), **slots), after


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
    slots = _slots(name(voice, draft, old))
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
        return None if scene_of(after) == scene_of(draft) else (voice.pick(ALL_BIGGER), after)
    pair = _pair(voice, draft)
    if pair is None or _scale(pair[0]) > _scale(pair[1]):
        return None
    one, other, slots = pair
    size = SIZES[min(2, _scale(other) + 1)]
    after = changed(draft, one, replace(one, size="" if size == "medium" else size))
    if _scale(other) == 2:
        after = changed(after, other, replace(other, size=""))
    return voice.pick(THAN, plural=one.count > 1, **slots), after


def count(voice: Voice, draft: Draft) -> Worded | None:
    """Another number: in words or digits, one more, double, or a few (three)."""
    if not known(draft):
        return None
    old = voice.rng.choice(known(draft))
    slots = _slots(name(voice, draft, old, pronoun=False))
    way = voice.rng.choice(("number", "number", "number", "more", "double", "few"))
    if way == "more" and old.count < 3:
        return voice.pick(MORE, **slots), changed(draft, old, numbered(old, old.count + 1))
    if way == "double" and old.count == 1 and len(draft.things) == 1:
        return voice.pick(DOUBLE, **slots), changed(draft, old, numbered(old, 2))
    if way == "few" and old.count != 3:
        return voice.pick(FEW, **slots), changed(draft, old, numbered(old, 3))
    if way != "number":
        return None
    number = voice.rng.choice([n for n in (2, 3) if n != old.count])
    said = lexicon.NUMBERS[voice.language][number]
    had = "one" if (voice.language, old.count) == ("en", 1) else lexicon.NUMBERS[voice.language][old.count]
    clause = voice.pick(
        COUNT,
        number=str(number) if voice.chance(0.25) else said,
        digit=number,
        had=had if (voice.language, old.count) != ("de", 1) else "1",
        had_name=slots["one"] if old.count == 1 else slots["many"],
        **slots,
    )
    return clause, changed(draft, old, numbered(old, number))
