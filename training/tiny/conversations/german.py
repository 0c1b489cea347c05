"""German names of what a conversation speaks of: its things, and what is said for a slot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.tiny import words
from model.tiny.drafts import NounPhrase, meaning
from training.tiny.wishes import lexicon

if TYPE_CHECKING:
    from training.tiny.wishes.lexicon import German


def german_noun(thing: NounPhrase) -> German:
    """The plainest German word for a thing: its own, or that of what it means. Raises KeyError without."""
    known = lexicon.GERMAN.get(thing.noun) or lexicon.GERMAN[meaning(words.NOUN_WORDS, thing.noun) or ""]
    return known[0]


SLOTS_DE: dict[str, tuple[str, str]] = {
    "meadow": ("die Wiese", "der Wiese"), "beach": ("den Strand", "dem Strand"),
    "desert": ("die Wüste", "der Wüste"),
    "city": ("die Stadt", "der Stadt"), "mountains": ("die Berge", "den Bergen"),
    "sea": ("das Meer", "dem Meer"),
    "day": ("den Tag", "dem Tag"), "sunset": ("den Sonnenuntergang", "dem Sonnenuntergang"),
    "night": ("die Nacht", "der Nacht"), "clear": ("den klaren Himmel", "dem klaren Himmel"),
    "rain": ("den Regen", "dem Regen"), "snow": ("den Schnee", "dem Schnee"),
    "fog": ("den Nebel", "dem Nebel"),
    "flat": ("die flache Illustration", "der flachen Illustration"),
    "watercolour": ("das Aquarell", "dem Aquarell"),
    "pixel": ("die Pixel-Art", "der Pixel-Art"), "sketch": ("die Skizze", "der Skizze"),
    "neon": ("das Neon", "dem Neon"),
}  # fmt: skip
"""Places, times, weathers and styles with article, in the accusative and in the dative."""
LASTING_DE = {
    "day": "bei Tag", "sunset": "bei Sonnenuntergang", "night": "bei Nacht", "rain": "im Regen",
    "snow": "im Schnee", "fog": "im Nebel", "watercolour": "als Aquarell", "pixel": "als Pixel-Art",
    "sketch": "als Skizze", "neon": "in Neon", "flat": "als flache Illustration", "meadow": "auf der Wiese",
    "beach": "am Strand", "desert": "in der Wüste", "city": "in der Stadt", "mountains": "in den Bergen",
    "sea": "auf dem Meer",
}  # fmt: skip
WITHIN_EN = {
    "day": "by day", "sunset": "at sunset", "night": "at night", "rain": "in the rain", "snow": "in the snow",
    "fog": "in the fog", "watercolour": "in watercolour", "pixel": "in pixel art", "sketch": "as a sketch",
    "neon": "in neon", "flat": "as a flat illustration", "meadow": "in the meadow", "beach": "at the beach",
    "desert": "in the desert", "city": "in the city", "mountains": "in the mountains", "sea": "on the sea",
}  # fmt: skip
"""How the values of all slots are said in English, and in German above."""
