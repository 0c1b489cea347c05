"""Wishes about how many of a thing there are."""

from __future__ import annotations

from model.tiny.drafts import Draft
from training.tiny.wishes import lexicon
from training.tiny.wishes.kinds import Worded, changed, known, numbered, slots_of
from training.tiny.wishes.naming import name
from training.tiny.wishes.voice import Voice, patterns

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
    "!(add|draw|make|put in) (a few|some|several|many) {many}\ni want (many|a few|lots of) {many}\n"
    "many many {many}",
    "(ein paar|einige|viele|mehrere) {many} (bitte|)\n"
    "!(mal/malen|mach/machen) (ein paar|viele|mehrere) {many}\n"
    "ich will (viele|ein paar) {many}\nganz viele {many}",
)


def count(voice: Voice, draft: Draft) -> Worded | None:
    """Another number: in words or digits, one more, double, or a few (three)."""
    if not known(draft):
        return None
    old = voice.rng.choice(known(draft))
    slots = slots_of(name(voice, draft, old, pronoun=False))
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
