"""Wishes about place, time, weather and season, style and beauty, and what shall not be."""

from __future__ import annotations

from model.tiny import words
from model.tiny.changes import prettier, qualified
from model.tiny.drafts import Draft, meaning
from training.tiny.wishes import lexicon
from training.tiny.wishes.cases import in_cases
from training.tiny.wishes.kinds import Worded, known, seen
from training.tiny.wishes.lexicon import German
from training.tiny.wishes.naming import name
from training.tiny.wishes.not_said import NO, NO_FALLING, NOT_BUT, NOT_DAY
from training.tiny.wishes.places_said import GO, NAMED, PLACE
from training.tiny.wishes.scenery import (
    IN_WEATHER,
    PLACE_NAMES,
    PLACES,
    SEASONS,
    STYLES,
    TIMES,
    TO,
    WEATHERS,
    WHENS,
    Rows,
)  # fmt: skip
from training.tiny.wishes.styles_said import QUALITIES, QUALITY, STYLE, STYLE_SAYINGS, UNSTYLE
from training.tiny.wishes.times_said import TIME, TIME_LOOKS, TIME_SAYINGS, WHEN
from training.tiny.wishes.voice import Patterns, Voice
from training.tiny.wishes.weather_said import (
    FALLING,
    SEASON,
    WEATHER,
    WEATHER_LOOKS,
    WEATHER_SAYINGS,
    WITH_TIME,
)

_PRECIPITATION = {
    "rain": (("rain", "rainy", "rain"), ("Regen", "regnen", "regnet")),
    "snow": (("snow", "snowy", "snow"), ("Schnee", "schneien", "schneit")),
    "fog": (("fog", "foggy", ""), ("Nebel", "", "")),
    "storm": (("storm", "stormy", ""), ("Sturm", "", "")),
}
"""English: noun, adjective and verb; German: noun, verb and its third person."""
_MOODS = (
    ("in the rain", ("rainy", "verregnet")), ("in a storm", ("stormy", "stürmisch")),
    ("in falling snow", ("snowy", "verschneit")), ("in the fog", ("foggy", "neblig")),
    ("in the mist", ("misty", "dunstig")),
)  # fmt: skip
_OF_DAY = (
    ("at night", "night", German("Nacht", "f", "Nächte")),
    ("in the evening", "evening", German("Abend", "m", "Abende")),
    ("at sunset", "sunset", German("Sonnenuntergang", "m", "Sonnenuntergänge")),
    ("during the day", "day", German("Tag", "m", "Tage")),
)
_HAD = {
    "night": (("night", "nighttime"), ("Nacht", "keine", "keine")),
    "sunset": (("sunset", "evening"), ("Abend", "kein", "keinen")),
}


def _asked(voice: Voice, rows: Rows) -> tuple[str, str]:
    phrase, english, german = voice.rng.choice(rows)
    return phrase, voice.rng.choice((english if voice.language == "en" else german).split("/"))


def _said(voice: Voice, sayings: dict[str, Patterns]) -> tuple[str, Patterns]:
    phrase = voice.rng.choice(list(sayings))
    return phrase, sayings[phrase]


def time(voice: Voice, draft: Draft) -> Worded | None:
    """Another time of day."""
    way = voice.rng.random()
    if way < 0.25:
        phrase, table = _said(voice, TIME_SAYINGS)
        clause = voice.pick(table)
    elif way < 0.55:
        phrase, asked = _asked(voice, WHENS)
        clause = voice.pick(WHEN, when=asked)
    else:
        phrase, asked = _asked(voice, TIMES)
        table = TIME_LOOKS if asked.islower() else TIME
        clause = voice.pick(table, **in_cases("w", asked))
    if meaning(words.TIME_WORDS, phrase) == seen(draft).time:
        return None
    return clause, draft.saying("time", phrase)


def weather(voice: Voice, draft: Draft) -> Worded | None:
    """Another weather, or at once a weather and a time: a rainy night."""
    way = voice.rng.random()
    if way < 0.12:
        return _mood(voice, draft)
    if way < 0.27:
        verb, german, third, phrase = voice.rng.choice(
            (("rain", "regnen", "regnet", "in the rain"), ("snow", "schneien", "schneit", "in falling snow"))
        )
        clause = voice.pick(FALLING, verb=verb if voice.language == "en" else german, verb_third=third)
    elif way < 0.47:
        phrase, table = _said(voice, WEATHER_SAYINGS)
        clause = voice.pick(table)
    elif way < 0.67:
        phrase, asked = _asked(voice, IN_WEATHER)
        clause = voice.pick(WHEN, when=asked)
    else:
        phrase, asked = _asked(voice, WEATHERS)
        clause = voice.pick(WEATHER_LOOKS if _adjective(voice, asked) else WEATHER, **in_cases("w", asked))
    if meaning(words.WEATHER_WORDS, phrase) == seen(draft).weather:
        return None
    return clause, draft.saying("weather", phrase)


def _adjective(voice: Voice, asked: str) -> bool:
    if voice.language == "de":
        return asked.islower()
    if asked.endswith(" sky"):  # "a clear sky" is a name
        return False
    return asked.endswith(("y", "ing")) or asked in ("wet", "dry", "cloudless")


def _mood(voice: Voice, draft: Draft) -> Worded | None:
    weather_phrase, adjectives = voice.rng.choice(_MOODS)
    phrase, english, german = voice.rng.choice(_OF_DAY)
    after = draft.saying("time", phrase).saying("weather", weather_phrase)
    if (seen(after).time, seen(after).weather) == (seen(draft).time, seen(draft).weather):
        return None
    ein, einen, einem = (
        lexicon.indefinite(german, 1, (adjectives[1],), case) for case in ("nom", "acc", "dat")
    )
    at = {"Nacht": "in", "Sonnenuntergang": "bei"}.get(german.noun, "an")
    slots = {"adjective": adjectives[0], "time": english, "ein": ein, "einen": einen, "einem": einem}
    slots["an_einem"] = f"{at} {einem}"
    return voice.pick(WITH_TIME, **slots), after


def season(voice: Voice, draft: Draft) -> Worded | None:
    """Winter is snow; summer and spring take snow, rain and fog away. A snowy place has no summer."""
    phrase, asked = _asked(voice, SEASONS)
    after = draft.saying("weather", phrase)
    snowy_place = "snow" in draft.said("place") or "snow" in draft.subject
    if seen(after).weather == seen(draft).weather or (not phrase and snowy_place):
        return None
    return voice.pick(SEASON, **in_cases("w", asked)), after


def place(voice: Voice, draft: Draft) -> Worded | None:
    """Another place; an empty picture is then named by it."""
    if not draft.things:
        return None
    slots = those(voice, draft)
    table, rows, slot = voice.rng.choices(
        ((PLACE, PLACES, "w"), (GO, TO, "to"), (NAMED, PLACE_NAMES, "place")), (5, 3, 2)
    )[0]
    phrase, asked = _asked(voice, rows)
    if meaning(words.PLACE_WORDS, phrase) == seen(draft).place:
        return None
    return voice.pick(table, **in_cases(slot, asked), **slots), draft.saying("place", phrase)


def those(voice: Voice, draft: Draft) -> dict[str, str]:
    """What is in the picture: the thing by a name, or a pronoun for all."""
    if len(draft.things) == 1 and known(draft):
        named = name(voice, draft, draft.things[0])
        return {"them": named.acc, "they": named.nom, "them_dat": named.dat}
    # Beside another wish "them" may mean what that one is about
    if voice.language == "en":
        ways = (("everything", "everything"), ("it all", "it all"), ("them", "they"))
        them, they = voice.rng.choice(ways if voice.pronouns else ways[:2])
        return {"them": them, "they": they, "them_dat": them}
    ways = (("alles", "allem"), ("das Ganze", "dem Ganzen"), ("sie", "ihnen"))
    them, dative = voice.rng.choice(ways if voice.pronouns else ways[:2])
    return {"them": them, "they": them, "them_dat": dative}


def style(voice: Voice, draft: Draft) -> Worded | None:
    """Another style, or none."""
    now = seen(draft).style
    if now != "flat" and voice.chance(0.2):
        return voice.pick(UNSTYLE), draft.styled("")
    if voice.chance(0.35):
        phrase, table = _said(voice, STYLE_SAYINGS)
        clause = voice.pick(table)
    else:
        phrase, asked = _asked(voice, STYLES)
        clause = voice.pick(STYLE, w=asked)
    if meaning(words.STYLE_WORDS, phrase) == now:
        return None
    return clause, draft.styled(phrase)


def quality(voice: Voice, draft: Draft) -> Worded | None:
    """More beauty: the first two quality words that are missing, or the one that is asked for."""
    if voice.chance(0.35):
        tag, table = _said(voice, QUALITIES)
        clause, after = voice.pick(table), qualified(draft, tag)
    else:
        clause, after = voice.pick(QUALITY), prettier(draft)
    return None if after == draft else (clause, after)


def negation(voice: Voice, draft: Draft) -> Worded | None:
    """The weather shall stop, or it shall be another time or weather than it is."""
    scene = seen(draft)
    english = voice.language == "en"
    if scene.weather in _PRECIPITATION and voice.chance(0.75):
        falls = scene.weather
        if falls == "rain" and "storm" in draft.said("weather"):
            falls = "storm"
        said = _PRECIPITATION[falls][0 if english else 1]
        # Snow that lies stays where it is: only the falling of it can stop
        lies = falls == "snow" and "snow" in draft.said("place") + draft.subject
        if said[2] and (lies or voice.chance(0.25)):
            clause = voice.pick(NO_FALLING, verb=said[2] if english else said[1], verb_third=said[2])
        else:
            clause = voice.pick(NO, w=said[0], adjective=said[1])
        return clause, draft.saying("weather", "")
    # What is said of the evening is not said of a morning
    if scene.time in _HAD and draft.said("time") not in ("at dawn", "at sunrise") and voice.chance(0.5):
        ways, (german, kein, kein_acc) = _HAD[scene.time]
        had = voice.rng.choice(ways) if english else german
        return voice.pick(NOT_DAY, had=had, kein=kein, kein_acc=kein_acc), draft.saying("time", "")
    column = 1 if english else 2
    had_of = {"day": ("day", "Tag"), "sunset": ("sunset", "Sonnenuntergang"), "night": ("night", "Nacht")}
    if draft.said("time") in ("at dawn", "at sunrise"):
        had_of["sunset"] = ("sunrise", "Sonnenaufgang")
    row = voice.rng.choice([r for r in TIMES if meaning(words.TIME_WORDS, r[0]) != scene.time])
    clause = voice.pick(NOT_BUT, had=had_of[scene.time][column - 1], w=row[column].split("/")[0])
    return clause, draft.saying("time", row[0])
