"""What stands in the braces of a line (`bank.lines`).

English: {A} "the foxes", {A1} "fox", {As} "foxes", {An} in its number, {a_A} "a fox", {Acol} its colour,
{Anum} "two"; {A:is} and other verbs, {A:it}, {A:they}, {A:its}, {A:s} ("want{A:s}") agree with it.

German: {A} is the accusative, {A.nom}, {A.dat}; {As.dat}; {A.ein}, {A.ein.nom}, {A.kein}, {A.einen} ("one of
them"); {A:ist} and other verbs, {A:ihn}, {A:er}, {A:ihm}.

The same of B; {N}, {N1}, {N:it} of the new thing. {C}, {C2} colours, {Ce} "rote"; {T} "at night", {Tn}
"night"; {W}, {Wn}; {P}, {Pto} "to the beach", {Pn}; {S}.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from training.tiny.wishes import lexicon
from training.tiny.wishes.bank.effects import FREE
from training.tiny.wishes.contrasts import had_by
from training.tiny.wishes.naming import colour, colour_of, name
from training.tiny.wishes.numbers_agree import verbs

if TYPE_CHECKING:
    from model.tiny.drafts import Draft, NounPhrase
    from training.tiny.wishes.bank.effects import Cast, Letter
    from training.tiny.wishes.naming import Fresh, Named
    from training.tiny.wishes.voice import Voice

_SLOT = re.compile(r"\{([^{}]+)\}")
_ARTICLE = re.compile(r"^(?:an?|the|some|eine?|der|die|das) ")
_DATIVE = {"einer": "ihm", "eine": "ihr", "eins": "ihm"}


def filled(cast: Cast, text: str, draft: Draft, things: dict[Letter, NounPhrase]) -> str:
    """The text with its slots filled, for the picture and the things in it as they were before.

    Raises ValueError for a slot that there is not.
    """
    slots: dict[str, str] = {}
    for letter, thing in things.items():
        slots |= _of_thing(cast.voice, letter, name(cast.voice, draft, thing, pronoun=False), thing)
    if cast.new:
        slots |= _of_new(cast.voice, cast.new)
    if "{C}" in text and "C" not in cast.colours:  # talk of a colour by chance
        cast.colours["C"] = colour(cast.voice)
    for key, (asked, _) in cast.colours.items():
        english = cast.voice.language == "en"
        slots |= {key: asked, f"{key}e": asked if english else lexicon.inflected(asked, "e")}
    for key, ways in FREE.items():
        if phrase := cast.around.get(key[0]):
            slots[key] = _way(cast.voice, ways[phrase], bare=key in ("Tn", "Wn", "Pn", "S"))

    def said(found: re.Match[str]) -> str:
        if found[1] not in slots:
            raise ValueError(f"there is no slot {found[0]} for {text!r}")
        return slots[found[1]]

    return _SLOT.sub(said, text)


def _of_thing(voice: Voice, letter: str, named: Named, thing: NounPhrase) -> dict[str, str]:
    forms, many = named.forms, thing.count > 1
    slots = {
        letter: named.acc, f"{letter}1": named.one, f"{letter}s": named.many, f"{letter}n": named.bare,
        f"a_{letter}": forms["a"], f"{letter}col": had_by(voice, colour_of(thing)),
        f"{letter}num": lexicon.NUMBERS[voice.language][thing.count],
    }  # fmt: skip
    agreeing = verbs(voice.language, plural=many)
    if voice.language == "en":
        agreeing |= _pronouns(plural=many)
    else:
        agreeing |= {
            "ihn": forms["es"],
            "er": forms["er"],
            "ihm": "ihnen" if many else _DATIVE[forms["such_nom"]],
        }
        slots |= {
            f"{letter}.nom": named.nom, f"{letter}.dat": named.dat, f"{letter}s.dat": forms["many_dat"],
            f"{letter}.ein": forms["a"], f"{letter}.ein.nom": forms["a_nom"],
            f"{letter}.ein.dat": forms["a_dat"],
            f"{letter}.kein": forms["no"], f"{letter}.kein.nom": forms["no_nom"],
            f"{letter}.einen": forms["such"], f"{letter}.einer": forms["such_nom"],
        }  # fmt: skip
    return slots | {f"{letter}:{verb}": said for verb, said in agreeing.items()}


def _pronouns(*, plural: bool) -> dict[str, str]:
    """English pronouns, and the ending of a verb, that agree with a thing in this number."""
    if plural:
        return {"it": "them", "they": "they", "its": "their", "s": ""}
    return {"it": "it", "they": "it", "its": "its", "s": "s"}


def _of_new(voice: Voice, new: Fresh) -> dict[str, str]:
    many = new.phrase.count > 1
    slots = {"N": new.acc, "N.nom": new.nom, "N.dat": new.dat, "N1": new.bare, "Nn": new.bare}
    agreeing = verbs(voice.language, plural=many) | (_pronouns(plural=many) if voice.language == "en" else {})
    return slots | {f"N:{verb}": said for verb, said in agreeing.items()}


def _way(voice: Voice, ways: tuple[str, str], *, bare: bool) -> str:
    """One way to ask; a `bare` name has no article, and is a noun where the language shows it."""
    found = ways[0 if voice.language == "en" else 1].split("/")
    if bare:
        found = [_ARTICLE.sub("", way) for way in found]
        nouns = [way for way in found if way[0].isupper()] if voice.language == "de" else found[:1]
        found = nouns or found  # the later ones in English may be adjectives
    return voice.rng.choice(found)
