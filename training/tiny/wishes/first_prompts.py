"""First prompts in German, and the English prompt that is painted for them.

A picture model reads English: who asks in German gets the same scene in English words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.tiny.drafts import Draft, Slot
from training.tiny.wishes.naming import Fresh, new_thing
from training.tiny.wishes.scenery import PLACES
from training.tiny.wishes.voice import Voice

if TYPE_CHECKING:
    import random

Rows = dict[str, tuple[str, ...]]

_TIMES: Rows = {
    "at night": ("bei Nacht", "nachts", "in der Nacht"),
    "at midnight": ("um Mitternacht",),
    "under the stars": ("unter den Sternen", "unter dem Sternenhimmel"),
    "in the moonlight": ("im Mondlicht", "im Mondschein"),
    "at sunset": ("bei Sonnenuntergang", "im Sonnenuntergang"),
    "at dusk": ("in der Dämmerung", "in der Abenddämmerung"),
    "in the evening": ("am Abend", "abends"),
    "at golden hour": ("zur goldenen Stunde",),
    "at sunrise": ("bei Sonnenaufgang", "im Morgenrot"),
    "at dawn": ("im Morgengrauen",),
    "during the day": ("am Tag", "bei Tag", "tagsüber"),
    "at noon": ("mittags", "am Mittag"),
    "on a sunny day": ("an einem sonnigen Tag",),
}
_WEATHERS: Rows = {
    "in the rain": ("im Regen", "bei Regen"),
    "in the pouring rain": ("im strömenden Regen",),
    "in a storm": ("im Sturm", "bei Gewitter"),
    "in falling snow": ("im Schnee", "bei Schneefall", "wenn es schneit"),
    "in a snowstorm": ("im Schneesturm",),
    "in the fog": ("im Nebel", "bei Nebel"),
    "in thick fog": ("im dichten Nebel",),
    "in the mist": ("im Dunst",),
    "under a clear sky": ("unter klarem Himmel",),
}
_STYLES: Rows = {
    "watercolor": ("als Aquarell", "Aquarell", "mit Wasserfarben gemalt"),
    "pixel art": ("als Pixelgrafik", "Pixelkunst", "Pixel Art"),
    "pencil sketch": ("als Bleistiftzeichnung", "als Skizze", "gezeichnet"),
    "neon art": ("in Neon", "als Neonkunst"),
    "flat illustration": ("als flache Illustration",),
}
_PLACES: Rows = {said: tuple(german.split("/"))[:1] for said, _, german in PLACES}

_ROWS: tuple[tuple[Slot, Rows, float], ...] = (
    ("place", _PLACES, 0.75),
    ("time", _TIMES, 0.4),
    ("weather", _WEATHERS, 0.25),
)
"""What may be said of the surroundings, and how often."""


def german_prompt(rng: random.Random) -> tuple[str, Draft]:
    """What somebody asks for in German, and the draft that says it in English, not yet beautified."""
    voice = Voice(rng, "de")
    things = [new_thing(voice, Draft(), strange=0.15, plain=0.4)]
    if voice.chance(0.35):
        second = new_thing(voice, Draft(things=(things[0].phrase,)), strange=0.1, plain=0.4)
        things += [second] if second.phrase.noun != things[0].phrase.noun else []
    said: list[str] = [_things(voice, things)]
    phrases: list[tuple[Slot, str]] = []
    for slot, rows, share in _ROWS:
        if voice.chance(share):
            english = rng.choice(list(rows))
            said.append(rng.choice(rows[english]))
            phrases.append((slot, english))
    if phrases and voice.chance(0.15):
        said[1:] = rng.sample(said[1:], len(said) - 1)
    text = " ".join(said)
    tags: list[tuple[Slot, str]] = []
    if voice.chance(0.3):
        style = rng.choice(list(_STYLES))
        text += rng.choice((", ", " ")) + rng.choice(_STYLES[style])
        tags = [("style", style)]
    draft = Draft(tuple(thing.phrase for thing in things), phrases=tuple(phrases), tags=tuple(tags))
    return _typed(voice, text), draft


def _things(voice: Voice, things: list[Fresh]) -> str:
    if len(things) == 1:
        return things[0].nom
    joint = voice.rng.choice((" und ", " und ", " mit ", " neben "))
    return things[0].nom + joint + (things[1].nom if joint == " und " else things[1].dat)


def _typed(voice: Voice, text: str) -> str:
    if voice.chance(0.15):
        text = voice.rng.choice(("mal ", "male ", "zeichne ", "ein Bild von ", "zeig mir ")) + text
    if voice.chance(0.3):
        text = text.lower()
    elif voice.chance(0.3):
        text = text[0].upper() + text[1:]
    return text + (voice.rng.choice(("!", ".", " bitte")) if voice.chance(0.1) else "")
