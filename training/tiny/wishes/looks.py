"""Wishes about colour, size and number of the things that are there."""

from __future__ import annotations

from dataclasses import replace

from model.tiny import words
from model.tiny.drafts import Draft, meaning
from training.tiny.wishes.kinds import Worded, changed, known, numbered, pair_of, seen, slots_of
from training.tiny.wishes.naming import colour, colour_of, name
from training.tiny.wishes.voice import Voice, patterns

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


def recolour(voice: Voice, draft: Draft) -> Worded | None:
    """One thing in another colour."""
    if not known(draft):
        return None
    old = voice.rng.choice(known(draft))
    asked, said = colour(voice, but=(meaning(words.COLOUR_WORDS, colour_of(old)) or "",))
    clause = voice.pick(RECOLOUR, colour=asked, plural=old.count > 1, **slots_of(name(voice, draft, old)))
    return clause, changed(draft, old, replace(old, colour=said))


def recolour_all(voice: Voice, draft: Draft) -> Worded | None:
    """Every thing in one colour, also asked for as "both"."""
    if len(known(draft)) != len(draft.things) or not draft.things:
        return None
    asked, said = colour(voice)
    both = len(draft.things) == 2 and all(thing.count == 1 for thing in draft.things)
    clause = voice.pick(BOTH if both and voice.chance(0.5) else ALL, colour=asked)
    return clause, replace(draft, things=tuple(replace(thing, colour=said) for thing in draft.things))


def like(voice: Voice, draft: Draft) -> Worded | None:
    """One thing in the colour of the other."""
    pair = pair_of(voice, draft)
    if pair is None or colour_of(pair[0]) == colour_of(pair[1]):
        return None
    one, other, slots = pair
    return voice.pick(LIKE, plural=one.count > 1, **slots), changed(
        draft, one, replace(one, colour=colour_of(other))
    )


def swap(voice: Voice, draft: Draft) -> Worded | None:
    """Colours, sizes or numbers of the two things are exchanged."""
    pair = pair_of(voice, draft)
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
    if seen(after) == seen(draft):
        return None
    names = {
        "en": {"colour": ("colours", "colors"), "size": ("sizes",), "count": ("numbers", "amounts")},
        "de": {"colour": ("Farben",), "size": ("Größen",), "count": ("Anzahlen", "Zahlen")},
    }
    return voice.pick(SWAP, what=voice.rng.choice(names[voice.language][what]), **slots), after
