"""How a message names a thing, a colour or what is said for a slot, in English or German."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.tiny import words
from model.tiny.drafts import NounPhrase, Slot, meaning
from model.tiny.vocabulary import bare
from training.tiny.conversations.said import COLOURS_DE, NOUNS_DE, PLURALS_DE, SLOTS_DE

if TYPE_CHECKING:
    import random

    from training.tiny.conversations.said import Language

_ARTICLES = {"m": ("den", "dem"), "f": ("die", "der"), "n": ("das", "dem")}
_TABLES: dict[Slot, dict[str, tuple[str, ...]]] = {
    "place": words.PLACE_WORDS, "time": words.TIME_WORDS, "weather": words.WEATHER_WORDS,
    "style": words.STYLE_WORDS,
}  # fmt: skip


def value(slot: Slot, text: str) -> str:
    """What the world takes the words of a slot for; empty for words it does not know."""
    return meaning(_TABLES[slot], text) or ""


def german(thing: NounPhrase) -> tuple[str, str]:
    """The thing with its definite article: (accusative, dative). Raises KeyError for an unknown noun."""
    noun = thing.noun if thing.noun in NOUNS_DE else meaning(words.NOUN_WORDS, thing.noun) or thing.noun
    gender, word = NOUNS_DE[noun]
    if thing.count > 1:
        many = PLURALS_DE[word]
        return f"die {many}", f"den {many if many[-1] in 'ns' else many + 'n'}"
    accusative, dative = _ARTICLES[gender]
    return f"{accusative} {word}", f"{dative} {word}"


def thing_name(thing: NounPhrase, language: Language, rng: random.Random) -> dict[str, str]:
    """Fields `x`, `x3` (dative) and `to` ("zum Haus") for a thing."""
    if language == "de":
        four, three = german(thing)
        return {"x": four, "x3": three, "to": _to(three)}
    name = thing.name
    if thing.noun != meaning(words.NOUN_WORDS, thing.noun) and rng.random() < 0.15:
        base = meaning(words.NOUN_WORDS, thing.noun)
        name = NounPhrase(base, count=thing.count).name if base else name
    x = name if rng.random() < 0.06 else f"the {name}"
    return {"x": x, "x3": x, "to": x}


def slot_name(slot: Slot, text: str, language: Language) -> dict[str, str]:
    """The same for what is said for a slot: `at night` is "the night"."""
    if language == "de":
        four, three = SLOTS_DE[value(slot, text)]
        return {"x": four, "x3": three, "to": _to(three)}
    named = f"the {bare(text)}"
    return {"x": named, "x3": named, "to": named}


def colour_name(colour: str, language: Language) -> str:
    """A colour's word; a shade goes by its plain colour in German."""
    return COLOURS_DE[meaning(words.COLOUR_WORDS, colour) or colour] if language == "de" else colour


def _to(dative: str) -> str:
    article, _, noun = dative.partition(" ")
    return {"dem": f"zum {noun}", "der": f"zur {noun}"}.get(article, f"zu {dative}")
