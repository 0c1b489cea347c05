"""Wishes about the colours of the things that are there, and about what two of them exchange."""

from __future__ import annotations

from dataclasses import replace

from model.tiny import words
from model.tiny.drafts import Draft, NounPhrase, meaning
from training.tiny.wishes import lexicon
from training.tiny.wishes.colours_said import ALL, BOTH, EACH, ONE_OF_TWO, RECOLOUR, RECOLOUR_FROM
from training.tiny.wishes.colours_shared import LIKE, SWAP, SWAP_COLOUR, SWAP_EACH
from training.tiny.wishes.kinds import Worded, changed, exchanged, known, pair_of, seen, slots_of
from training.tiny.wishes.lexicon import German
from training.tiny.wishes.naming import Named, colour, colour_of, name
from training.tiny.wishes.voice import Voice

ONE_THING = 0.6
"""The share of pictures of one thing alone in which none is recoloured: beside another, what stays counts."""


def recolour(voice: Voice, draft: Draft) -> Worded | None:
    """One thing in another colour, or each of two in its own."""
    if not known(draft) or (len(draft.things) == 1 and voice.chance(ONE_THING)):
        return None
    pair = pair_of(voice, draft) if voice.chance(0.35) else None
    if pair:
        return _beside(voice, draft, *pair)
    old = voice.rng.choice(known(draft))
    had = meaning(words.COLOUR_WORDS, colour_of(old)) or ""
    asked, said = colour(voice, but=(had,))
    contrast = voice.chance(0.25)
    named = name(voice, draft, old, pronoun=not contrast)
    slots = slots_of(named) | _coloured(voice, asked, many=old.count > 1)
    if contrast:
        slots |= _instead(voice, named, old, asked, had)
    clause = voice.pick(RECOLOUR_FROM if contrast else RECOLOUR, plural=old.count > 1, **slots)
    return clause, changed(draft, old, replace(old, colour=said))


def _beside(
    voice: Voice, draft: Draft, one: NounPhrase, other: NounPhrase, slots: dict[str, str]
) -> Worded | None:
    had = [meaning(words.COLOUR_WORDS, colour_of(thing)) or "" for thing in (one, other)]
    asked, said = colour(voice, but=(had[0],))
    slots |= _coloured(voice, asked, many=one.count > 1)
    after = changed(draft, one, replace(one, colour=said))
    if voice.chance(0.7):
        return voice.pick(ONE_OF_TWO, plural=one.count > 1, **slots), after
    asked2, said2 = colour(voice, but=(had[1], meaning(words.COLOUR_WORDS, said) or ""))
    clause = voice.pick(EACH, plural=one.count > 1, colour2=asked2, **slots)
    return clause, changed(after, other, replace(other, colour=said2))


def _coloured(voice: Voice, asked: str, *, many: bool = False) -> dict[str, str]:
    english = voice.language == "en"
    return {
        "colour": asked,
        "a_colour": f"{_a(asked)} {asked}",
        "of_colour": asked if many else f"{_a(asked)} {asked}",
        "colour_e": asked if english else lexicon.inflected(asked, "e"),
    }


def _instead(voice: Voice, named: Named, old: NounPhrase, asked: str, had: str) -> dict[str, str]:
    """The thing in its new colour and not in its old one, with indefinite articles."""
    many = old.count > 1
    if voice.language == "en":
        had = old.colour or had
        return {
            "had": had,
            "a_had": had if many else f"{_a(had)} {had}",
            "new": f"{asked} {named.bare}" if many else f"{_a(asked)} {asked} {named.bare}",
            "not_one": f"{had} ones" if many else f"{_a(had)} {had} one",
        }
    had = lexicon.COLOURS[had]
    if many:
        new = f"{lexicon.inflected(asked, 'e')} {named.bare}"
        return {"had": had, "new": new, "new_nom": new, "not_one": f"keine {lexicon.inflected(had, 'en')}"}
    gender = {"einen": "m", "eine": "f"}.get(named.forms["such"], "n")
    nobody = German("", gender, "")
    # A weak noun has another form in the accusative
    (acc, nom) = (named.forms[key].split(" ", 1)[1] for key in ("a", "a_nom"))
    return {
        "had": had,
        "new": lexicon.indefinite(German(acc, gender, ""), 1, (asked,), "acc"),
        "new_nom": lexicon.indefinite(German(nom, gender, ""), 1, (asked,), "nom"),
        "not_one": "k" + lexicon.indefinite(nobody, 1, (had,), "acc").strip(),
    }


def _a(word: str) -> str:
    return "an" if word[0] in "aeiou" else "a"


def recolour_all(voice: Voice, draft: Draft) -> Worded | None:
    """Every thing in one colour, also asked for as "both"."""
    if len(known(draft)) != len(draft.things) or not draft.things:
        return None
    asked, said = colour(voice)
    both = len(draft.things) == 2 and all(thing.count == 1 for thing in draft.things)
    clause = voice.pick(BOTH if both and voice.chance(0.5) else ALL, **_coloured(voice, asked))
    return clause, replace(draft, things=tuple(replace(thing, colour=said) for thing in draft.things))


def like(voice: Voice, draft: Draft) -> Worded | None:
    """One thing in the colour of the other."""
    pair = pair_of(voice, draft)
    if pair is None or colour_of(pair[0]) == colour_of(pair[1]):
        return None
    one, other, slots = pair
    clause = voice.pick(LIKE, plural=one.count > 1, **slots)
    return clause, changed(draft, one, replace(one, colour=colour_of(other)))


def swap(voice: Voice, draft: Draft) -> Worded | None:
    """Colours, sizes or numbers of the two things are exchanged."""
    pair = pair_of(voice, draft)
    if pair is None:
        return None
    one, other, slots = pair
    what = voice.rng.choice(("colour", "colour", "size", "count"))
    a, b = exchanged(one, other, what)
    after = changed(changed(draft, one, a), other, b)
    if seen(after) == seen(draft):
        return None
    if what == "colour" and voice.chance(0.25):
        clause = voice.pick(SWAP_COLOUR, **slots, **_both_had(voice, one, other))
        return clause, after
    if what != "count" and voice.chance(0.3):
        english = {"colour": ("colour", "color"), "size": ("size",)}
        german = {"colour": ("Farbe",), "size": ("Größe",)}
        said = voice.rng.choice((english if voice.language == "en" else german)[what])
        whose = _whose(slots["other"], said)
        return voice.pick(SWAP_EACH, what=said, whose_what=whose, plural=one.count > 1, **slots), after
    names = {
        "en": {"colour": ("colours", "colors"), "size": ("sizes",), "count": ("numbers", "amounts")},
        "de": {"colour": ("Farben",), "size": ("Größen",), "count": ("Anzahlen", "Zahlen")},
    }
    return voice.pick(SWAP, what=voice.rng.choice(names[voice.language][what]), **slots), after


def _whose(owner: str, what: str) -> str:
    """`the dog's colour`, or `the colour of the dog over there`."""
    if owner.endswith(("there", "pic", "picture")):
        return f"the {what} of {owner}"
    mark = "'" if owner.endswith("s") else "'s"
    return f"{owner}{mark} {what}"


def _both_had(voice: Voice, one: NounPhrase, other: NounPhrase) -> dict[str, str]:
    had = [colour_of(thing) for thing in (one, other)]
    if voice.language == "de":
        had = [lexicon.COLOURS[meaning(words.COLOUR_WORDS, word) or "red"] for word in had]
    return {"had": had[0], "had2": had[1]}
