"""Talk about the picture at hand that asks for no change: praise, questions, what is so at home."""

from __future__ import annotations

import random

from model.engine import MessageKind
from model.language.conversation import Answer
from model.tiny import words
from model.tiny.drafts import Draft, meaning
from training.tiny.wishes.bank.wish import bank_talk
from training.tiny.wishes.contrasts import any_colour, had_by, mere_talk, own
from training.tiny.wishes.disguise import slips
from training.tiny.wishes.kinds import known, seen
from training.tiny.wishes.naming import colour_of, name, noun_of
from training.tiny.wishes.remarks_said import ANIMAL, ASKED_OF, ELSEWHERE, SCENE, SCENE_ASKED, THING
from training.tiny.wishes.talking import TALKING
from training.tiny.wishes.voice import Language, Part, Voice

_SEEN = {
    "sunset": (("sunset", "evening light", "sky"), ("der Himmel", "das Abendlicht")),
    "night": (("night sky", "night"), ("die Nacht", "der Nachthimmel")),
    "rain": (("rain", "rainy weather"), ("der Regen", "das Regenwetter")),
    "snow": (("snow", "snowy weather"), ("der Schnee", "das Schneegestöber")),
    "fog": (("fog", "foggy mood"), ("der Nebel", "die Nebelstimmung")),
    "beach": (("beach", "sand"), ("der Strand", "der Sand")),
    "desert": (("desert", "sand"), ("die Wüste", "der Sand")),
    "city": (("city", "street"), ("die Stadt", "die Straße")),
    "mountains": (("mountain view", "landscape"), ("die Berglandschaft", "die Landschaft")),
    "sea": (("water", "view"), ("das Wasser", "die Aussicht")),
    "meadow": (("landscape", "nature"), ("die Landschaft", "die Natur")),
    "watercolour": (("watercolour look", "style"), ("der Aquarellstil", "der Stil")),
    "pixel": (("pixel look", "style"), ("der Pixelstil", "der Stil")),
    "sketch": (("pencil look", "style"), ("der Zeichenstil", "der Stil")),
    "neon": (("neon look", "style"), ("der Neonstil", "der Stil")),
}  # fmt: skip
"""What a time, weather, place or style of the scene is called by those who see it, in English and German."""
_ANIMALS = ("cat", "fox")
_NAMES = 12
"""How many names of a thing are tried for one that does not say its colour; of twins each does."""
_OF_BANK = 0.4
"""The share of remarks by the lines of `bank`."""


def remark(rng: random.Random, before: Draft, language: Language, part: Part = "train") -> tuple[str, Answer]:
    """Talk or a question under a picture, and its answer, which changes nothing."""
    voice = Voice(rng, language, part)
    found = bank_talk(voice, before) if rng.random() < _OF_BANK else None
    if found:
        return slips(voice, found[0]), Answer("question" if found[1] else "chat", "")
    way = rng.choices(("thing", "asked", "scene", "scene_asked", "else", "pair"), (5, 2, 1.6, 0.6, 1.5, 4))[0]
    kind: MessageKind = "question" if "asked" in way else "chat"
    text = mere_talk(voice, before) if way == "pair" else None
    if way in ("thing", "asked") and known(before):
        text = _of_thing(voice, before, asked=way == "asked")
    elif way in ("scene", "scene_asked"):
        text = _of_scene(voice, before, asked=way == "scene_asked")
    if text is None:
        kind, text = "chat", voice.pick(ELSEWHERE).text
    if kind == "chat" and voice.chance(0.12):
        between = voice.rng.choice((", ", ". ", " - ", " ")) if text[-1].isalnum() else " "
        text += between + voice.pick(TALKING).text
    return slips(voice, text), Answer(kind, "")


def _of_thing(voice: Voice, before: Draft, *, asked: bool) -> str | None:
    thing = voice.rng.choice(known(before))
    had = had_by(voice, colour_of(thing))
    named = name(voice, before, thing, pronoun=False)
    for _ in range(_NAMES):
        if not any(word.startswith(had) for word in named.nom.split()):
            break
        named = name(voice, before, thing, pronoun=False)
    else:  # "why is the green tree green?"
        return None
    slots, _ = any_colour(voice, named, meaning(words.COLOUR_WORDS, colour_of(thing)) or "")
    slots |= own(named, voice) | {"had": had}
    slots["stands"] = "stand" if thing.count > 1 else "stands"
    if voice.language == "de":
        slots["steht"] = "stehen" if thing.count > 1 else "steht"
    animal = noun_of(thing) in _ANIMALS and voice.chance(0.35)
    return voice.pick(ASKED_OF if asked else ANIMAL if animal else THING, **slots).text


def _of_scene(voice: Voice, before: Draft, *, asked: bool) -> str | None:
    scene = seen(before)
    found = [value for value in (scene.time, scene.weather, scene.place, scene.style) if value in _SEEN]
    if not found:
        return None
    english, german = _SEEN[voice.rng.choice(found)]
    w = voice.rng.choice(english if voice.language == "en" else german)
    accusative_ = w if voice.language == "en" else w.replace("der ", "den ", 1) if w.startswith("der ") else w
    return voice.pick(SCENE_ASKED if asked else SCENE, w=w, w_acc=accusative_).text
