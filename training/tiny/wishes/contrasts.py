"""Pairs in the same words: talk that names things, colours and places and asks for nothing, and the wish."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from model.tiny import words
from model.tiny.drafts import Draft, meaning
from training.tiny.wishes import contrasts_said as said
from training.tiny.wishes import lexicon
from training.tiny.wishes.kinds import Worded, changed, known, seen, with_things
from training.tiny.wishes.lexicon import German
from training.tiny.wishes.naming import Named, colour, colour_of, name, new_thing
from training.tiny.wishes.scenery import IN_WEATHER, PLACES, WHENS
from training.tiny.wishes.voice import Patterns, Voice

Slots = dict[str, str]
_FALLS = (
    ("in the rain", ("rain", "raining", "rains", ""), ("regnen", "", "", "regnet")),
    ("in falling snow", ("snow", "snowing", "snows", ""), ("schneien", "", "", "schneit")),
)
_STYLES = (
    ("watercolor", "watercolour", "Aquarell"), ("pixel art", "pixel art", "Pixel Art"),
    ("neon art", "neon art", "Neonkunst"), ("vector art", "vector art", "Vektorkunst"),
    ("synthwave", "synthwave art", "Synthwave-Kunst"), ("cyberpunk", "cyberpunk art", "Cyberpunk-Kunst"),
)  # fmt: skip


def own(named: Named, voice: Voice) -> Slots:
    """The names of a thing and of one such thing at home: `my`, `my_acc`, `no_one`."""
    if voice.language == "en":
        return named.slots()
    a, nom = named.forms["a"], named.forms["a_nom"]
    return named.slots() | {"my": f"m{nom}", "my_acc": f"m{a}", "no_one": f"k{a}"}


def any_colour(voice: Voice, named: Named, but: str) -> tuple[Slots, str]:
    """A colour as slots, other than the one that a thing has, and as the prompt says it."""
    asked, target = colour(voice, but=(but,))
    if voice.language == "en":
        article = "an" if asked[0] in "aeiou" else "a"
        return {"colour": asked, "colour_e": asked, "a_colour": f"{article} {asked}"}, target
    gender = {"einen": "m", "eine": "f"}.get(named.forms["a"].split(" ")[0], "n")
    noun = German(named.forms["a"].split(" ", 1)[1], gender, "")
    one = lexicon.indefinite(noun, 1, (asked,))
    return {"colour": asked, "colour_e": lexicon.inflected(asked, "e"), "a_colour_one": one}, target


def had_by(voice: Voice, colour_word: str) -> str:
    """What the colour that a thing has is called."""
    if voice.language == "en":
        return colour_word
    return lexicon.COLOURS[meaning(words.COLOUR_WORDS, colour_word) or "red"]


def _coloured(voice: Voice, draft: Draft) -> tuple[Slots, Draft] | None:
    if not known(draft):
        return None
    thing = voice.rng.choice(known(draft))
    named = name(voice, draft, thing, pronoun=False)
    has = meaning(words.COLOUR_WORDS, colour_of(thing)) or ""
    slots, target = any_colour(voice, named, has)
    slots |= own(named, voice) | {"had": had_by(voice, colour_of(thing))}
    return slots, changed(draft, thing, replace(thing, colour=target))


def _timed(voice: Voice, draft: Draft) -> tuple[Slots, Draft] | None:
    phrase, english, german = voice.rng.choice(WHENS)
    if meaning(words.TIME_WORDS, phrase) == seen(draft).time:
        return None
    return {"when": _way(voice, english, german)}, draft.saying("time", phrase)


def _weathered(voice: Voice, draft: Draft) -> tuple[Slots, Draft] | None:
    phrase, english, german = voice.rng.choice(IN_WEATHER)
    if meaning(words.WEATHER_WORDS, phrase) == seen(draft).weather:
        return None
    return {"when": _way(voice, english, german)}, draft.saying("weather", phrase)


def _falling(voice: Voice, draft: Draft) -> tuple[Slots, Draft] | None:
    phrase, english, german = voice.rng.choice(_FALLS)
    if meaning(words.WEATHER_WORDS, phrase) == seen(draft).weather:
        return None
    ways = english if voice.language == "en" else german
    slots = dict(zip(("fall", "falling", "falls", "third"), ways, strict=True))
    slots["fallen"] = {"regnen": "geregnet", "schneien": "geschneit"}.get(ways[0], "")
    return slots, draft.saying("weather", phrase)


def _placed(voice: Voice, draft: Draft) -> tuple[Slots, Draft] | None:
    phrase, english, german = voice.rng.choice(PLACES)
    if not known(draft) or meaning(words.PLACE_WORDS, phrase) == seen(draft).place:
        return None
    named = name(voice, draft, voice.rng.choice(known(draft)), pronoun=False)
    return own(named, voice) | {"where": _way(voice, english, german)}, draft.saying("place", phrase)


def _styled(voice: Voice, draft: Draft) -> tuple[Slots, Draft] | None:
    phrase, english, german = voice.rng.choice(_STYLES)
    if meaning(words.STYLE_WORDS, phrase) == seen(draft).style:
        return None
    return {"w": english if voice.language == "en" else german}, draft.styled(phrase)


def _added(voice: Voice, draft: Draft) -> tuple[Slots, Draft] | None:
    if len(draft.things) > 2:
        return None
    new = new_thing(voice, draft, strange=1.0 if len(draft.things) == 2 else 0.25, plain=0.7)
    if new.phrase.count > 1:
        return None
    return new.slots(), with_things(draft, (*draft.things, new.phrase))


def _removed(voice: Voice, draft: Draft) -> tuple[Slots, Draft] | None:
    if not known(draft):
        return None
    thing = voice.rng.choice(known(draft))
    named = name(voice, draft, thing, pronoun=False)
    return own(named, voice), with_things(draft, tuple(other for other in draft.things if other is not thing))


def _way(voice: Voice, english: str, german: str) -> str:
    return voice.rng.choice((english if voice.language == "en" else german).split("/"))


Subject = Callable[[Voice, Draft], tuple[Slots, Draft] | None]
PAIRS: tuple[tuple[Subject, Patterns, Patterns, float], ...] = (
    (_coloured, said.COLOUR_TALK, said.COLOUR_WISH, 4),
    (_timed, said.TIME_TALK, said.TIME_WISH, 1),
    (_weathered, said.WEATHER_TALK, said.WEATHER_WISH, 1),
    (_falling, said.FALLING_TALK, said.FALLING_WISH, 2),
    (_placed, said.PLACE_TALK, said.PLACE_WISH, 1.5),
    (_styled, said.STYLE_TALK, said.STYLE_WISH, 1),
    (_added, said.ADD_TALK, said.ADD_WISH, 3),
    (_removed, said.REMOVE_TALK, said.REMOVE_WISH, 2),
)
"""What is spoken of, how without a wish and how with one, and how often."""


def _drawn(voice: Voice, draft: Draft) -> tuple[Slots, Draft, Patterns, Patterns] | None:
    subject, talk, wish, _ = voice.rng.choices(PAIRS, [weight for *_, weight in PAIRS])[0]
    found = subject(voice, draft)
    return (*found, talk, wish) if found else None


def beside_talk(voice: Voice, draft: Draft) -> Worded | None:
    """A wish in the words of talk: what is so at home or was so once shall be so in the picture."""
    found = _drawn(voice, draft)
    if found is None:
        return None
    slots, after, _, wish = found
    return voice.pick(wish, **slots), after


def mere_talk(voice: Voice, draft: Draft) -> str | None:
    """The same words without the wish."""
    found = _drawn(voice, draft)
    return voice.pick(found[2], **found[0]).text if found else None
