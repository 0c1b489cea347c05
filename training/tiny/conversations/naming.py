"""How a message names a thing, a colour or what is said for a slot, in English or German."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from model.tiny import words
from model.tiny.drafts import NounPhrase, Slot, meaning
from model.tiny.grammar import plural
from model.tiny.vocabulary import bare
from training.tiny.conversations.german import SLOTS_DE, german_noun
from training.tiny.wishes import lexicon

if TYPE_CHECKING:
    import random

    from model.tiny.drafts import Draft
    from training.tiny.conversations.said import Language

_PRONOUNS = {"m": ("ihn", "er"), "f": ("sie", "sie"), "n": ("es", "es")}
_OTHER = {
    "m": ("den anderen", "der andere", "dem anderen"), "f": ("die andere", "die andere", "der anderen"),
    "n": ("das andere", "das andere", "dem anderen"),
}  # fmt: skip
_ONE = {"m": ("einen", "einer"), "f": ("eine", "eine"), "n": ("eins", "eins")}
_TABLES: dict[Slot, dict[str, tuple[str, ...]]] = {
    "place": words.PLACE_WORDS, "time": words.TIME_WORDS, "weather": words.WEATHER_WORDS,
    "style": words.STYLE_WORDS,
}  # fmt: skip
_VERBS = {
    ("en", False): {"is": "is", "was": "was", "has": "has", "it": "it", "it1": "it", "its": "its",
                    "other": "the other one", "other1": "the other one", "other3": "the other one"},
    ("en", True): {"is": "are", "was": "were", "has": "have", "it": "them", "it1": "they", "its": "their",
                   "other": "the others", "other1": "the others", "other3": "the others"},
    ("de", False): {"is": "ist", "was": "war", "should": "soll", "can": "kann", "fits": "passt", "en": "",
                    "got": "wurde"},
    ("de", True): {"is": "sind", "was": "waren", "should": "sollen", "can": "können", "fits": "passen",
                   "got": "wurden",
                   "en": "en", "it": "sie", "it1": "sie", "other": "die anderen", "other1": "die anderen",
                   "other3": "den anderen"},
}  # fmt: skip


_FINER = {
    "place": re.compile(r"\b(park|garden|forest|woods|hills?|lake|snow|snowy|glacier|street)\b"),
    "time": re.compile(r"\b(dawn|sunrise|morning)\b"),
    "weather": re.compile(r"\b(storm|drizzle)\b"),
    "style": re.compile(r"\b(synthwave|cyberpunk|retro|colou?red pencil)\b"),
}
"""Words that say more than the world's value for them: who asked for a forest speaks of no meadow."""
_SPOKEN = {"pixelated": "pixel look", "8 bit": "8 bit look", "flat": "flat look"}


def plainly(slot: Slot, text: str) -> bool:
    """Whether the usual word for the value of a slot is a name for what these words say."""
    return slot not in _FINER or not _FINER[slot].search(text)


def value(slot: Slot, text: str) -> str:
    """What the world takes the words of a slot for; empty for words it does not know."""
    return meaning(_TABLES[slot], text) or ""


def still_said(after: Draft, kind: str, slot: Slot, text: str) -> bool:
    """Whether a lasting wish still holds after a step: one that was undone or said otherwise does not."""
    if slot == "filler":
        return kind != "take_out" or any(thing.colour == text for thing in after.things)
    said = after.said(slot)
    return bool(said) and value(slot, said) == value(slot, text)


def german(thing: NounPhrase) -> tuple[str, str]:
    """The thing with its definite article: (accusative, dative). Raises KeyError for an unknown noun."""
    word = german_noun(thing)
    return lexicon.definite(word, thing.count, "acc"), lexicon.definite(word, thing.count, "dat")


def thing_name(thing: NounPhrase, language: Language, rng: random.Random) -> dict[str, str]:
    """Fields of templates for a thing: `x`, `x1` (nominative), `x3` (dative), `to` ("zum Haus"), `bare` (the
    noun alone), `many` (its plural), `other` ("the other one"; in German `other1` and `other3` too), `one`
    ("noch einen"; `one1` is its nominative), and verbs and pronouns in its number."""
    if language == "de":
        four, three = german(thing)
        word = german_noun(thing)
        it, it1 = _PRONOUNS[word.gender]
        other = dict(zip(("other", "other1", "other3"), _OTHER[word.gender], strict=True))
        named = _fields("de", four, three, thing.count > 1, it=it, it1=it1, **other)
        one = {"x1": lexicon.definite(word, 1, "nom"), "bare": word.noun} if thing.count == 1 else {}
        four, nominative = _ONE[word.gender]
        return named | one | {"many": word.plural, "one": four, "one1": nominative}
    name = thing.name
    if thing.noun != meaning(words.NOUN_WORDS, thing.noun) and rng.random() < 0.15:
        base = meaning(words.NOUN_WORDS, thing.noun)
        name = NounPhrase(base, count=thing.count).name if base else name
    x = name if rng.random() < 0.06 else f"the {name}"
    return _fields("en", x, x, thing.count > 1) | {"bare": name, "many": plural(thing.noun)}


def slot_name(slot: Slot, text: str, language: Language) -> dict[str, str]:
    """The same for what is said for a slot: `at night` is "the night". Raises KeyError for what has no German
    name of its own."""
    if language == "de":
        if not plainly(slot, text):
            raise KeyError(text)
        four, three = SLOTS_DE[value(slot, text)]
        return _fields("de", four, three, four == "die Berge", it=_pronoun(four), it1=_pronoun(four))
    named = f"the {_SPOKEN.get(text, bare(text))}"
    return _fields("en", named, named, named.endswith("s") and not named.endswith("ss"))


def plain_name(text: str, language: Language) -> dict[str, str]:
    """The same for a word without article, a colour or "rain"."""
    return _fields(language, text, text, False)


def indefinite(thing: NounPhrase, language: Language) -> dict[str, str]:
    """The same for a thing with an indefinite article: "a lantern"."""
    if language == "en":
        said = str(NounPhrase(thing.noun, count=thing.count, lead="a" if thing.count == 1 else ""))
        return _fields("en", said, said, thing.count > 1) | {"bare": thing.name}
    word = german_noun(thing)
    if thing.count > 1:
        return _fields("de", word.plural, word.plural, True)
    four, nominative, three = (lexicon.indefinite(word, 1, (), case) for case in ("acc", "nom", "dat"))
    return _fields("de", four, three, False) | {"x1": nominative, "bare": word.noun}


def second(fields: dict[str, str]) -> dict[str, str]:
    """The fields as those of the second part: `y`, `y1`, `y3`, `yis`, ..."""
    return {"y" + name.removeprefix("x"): text for name, text in fields.items()}


def stressed(fields: dict[str, str]) -> dict[str, str]:
    """The fields with the noun in capitals: "the TREE"."""
    nouns = {key: fields[key].rsplit(" ", 1) for key in ("x", "x1", "x3", "to", "bare") if key in fields}
    return fields | {key: " ".join([*parts[:-1], parts[-1].upper()]) for key, parts in nouns.items()}


def colour_name(colour: str, language: Language) -> str:
    """A colour's word; a shade goes by its plain colour in German."""
    return lexicon.COLOURS[meaning(words.COLOUR_WORDS, colour) or colour] if language == "de" else colour


def _fields(language: Language, four: str, three: str, many: bool, **more: str) -> dict[str, str]:
    article, _, noun = four.partition(" ")
    one = f"der {noun.replace('klaren', 'klare')}" if language == "de" and article == "den" else four
    to = _to(three) if language == "de" else four
    bare_name = noun if article in ("the", "den", "die", "das") else four
    return {"x": four, "x1": one, "x3": three, "to": to, "bare": bare_name} | more | _VERBS[language, many]


def _pronoun(accusative: str) -> str:
    return {"den": "ihn", "die": "sie"}.get(accusative.partition(" ")[0], "es")


def _to(dative: str) -> str:
    article, _, noun = dative.partition(" ")
    return {"dem": f"zum {noun}", "der": f"zur {noun}"}.get(article, f"zu {dative}")
