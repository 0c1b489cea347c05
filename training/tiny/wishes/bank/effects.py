"""What the conditions and effects of a line mean (`bank.lines`).

Conditions: `A.n=1`, `A.n>1`, `A=fox/cat` (its word), `A.colour=red`, `A.size=small`, the same of B; `alone`;
`weather=rain/snow`, `time=`, `place=`, `style=`. Effects:

    A.colour=C   a colour nobody said yet ({C}, {C2}), a fixed one, `natural`, or that of the other (`B`)
    A.size=+     bigger; `-`, `small`, `medium`, `large`, or that of the other
    A.count=2    also `+1`, `-1`, `x2`, or that of the other
    all.…        of all things;  one A.…  of one of several;  rest A.…  of all but one
    more A.…     one more that is so
    -A  only A  +N  +N.colour=A  A>N  swap colour
    time=T  weather=W  place=P  style=S   something that is not so yet, or a fixed value; quality=soft light

Every effect changes the picture, or the line does not suit it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from model.tiny import words
from model.tiny.changes import qualified
from model.tiny.drafts import NounPhrase, meaning
from model.tiny.world import COLOURS, NATURAL_COLOUR, SIZES
from training.tiny.wishes.kinds import changed, exchanged, has_twins, known, numbered, seen, with_things
from training.tiny.wishes.naming import Fresh, colour, colour_of, new_thing, noun_of
from training.tiny.wishes.scenery import IN_WEATHER, PLACE_NAMES, PLACES, STYLES, TIMES, TO, WEATHERS, WHENS
from training.tiny.wishes.things import in_place_of

if TYPE_CHECKING:
    from model.tiny.drafts import Draft
    from training.tiny.wishes.bank.lines import Line
    from training.tiny.wishes.voice import Voice

Letter = Literal["A", "B"]
Around = Literal["time", "weather", "place", "style"]
MOST = 3
"""As many of a kind of thing there may be."""
_STRANGE = 0.15
"""The share of new things that the world does not know."""
_PLAIN: dict[Around, dict[str, str]] = {
    "time": {"day": "during the day", "sunset": "at sunset", "night": "at night"},
    "weather": {"clear": "", "rain": "in the rain", "snow": "in falling snow", "fog": "in the fog"},
    "place": {
        "meadow": "in a meadow", "beach": "on the beach", "desert": "in the desert", "city": "in a city",
        "mountains": "in the mountains", "sea": "on the sea",
    },
    "style": {
        "flat": "", "watercolour": "watercolor", "pixel": "pixel art", "sketch": "pencil sketch",
        "neon": "neon art",
    },
}  # fmt: skip
_MEANINGS: dict[Around, dict[str, tuple[str, ...]]] = {
    "time": words.TIME_WORDS, "weather": words.WEATHER_WORDS, "place": words.PLACE_WORDS,
    "style": words.STYLE_WORDS,
}  # fmt: skip
FREE: dict[str, dict[str, tuple[str, str]]] = {
    slot: {phrase: (english, german) for phrase, english, german in rows}
    for slot, rows in (
        ("T", WHENS), ("Tn", TIMES), ("W", IN_WEATHER), ("Wn", WEATHERS), ("P", PLACES), ("Pto", TO),
        ("Pn", PLACE_NAMES), ("S", STYLES),
    )
}  # fmt: skip
"""For each slot of the surroundings the ways to ask, in English and German, by what the prompt says."""
_PHRASES = {
    slot: tuple(
        phrase
        for phrase in FREE[slot]
        if all(phrase in ways for other, ways in FREE.items() if other[0] == slot)
    )
    for slot in ("T", "W", "P", "S")
}
"""What a free time, weather, place or style may be: what all of its slots can say."""
_FREE_COLOURS = ("C", "C2")
_OF_THING = re.compile(r"(one |rest |more |)(A|B|all)\.(colour|size|count)=(.+)")
_CONDITION = re.compile(r"([AB])(?:\.(n|colour|size))?(=|>)(.+)")


class Unfit(Exception):
    """The line does not suit the picture."""


@dataclass(slots=True)
class Cast:
    """The picture and what a line speaks of in it.

    `now` has the things as they are after the effects so far; `colours` what {C} and {C2} are, as asked for
    and as the prompt says it; `around` the phrases of {T}, {W}, {P} and {S}.
    """

    voice: Voice
    draft: Draft
    now: dict[Letter, NounPhrase]
    new: Fresh | None = None
    colours: dict[str, tuple[str, str]] = field(default_factory=dict)
    around: dict[str, str] = field(default_factory=dict)


def cast(voice: Voice, draft: Draft, line: Line) -> Cast:
    """Who is who in a picture that suits the line's conditions. Raises `Unfit`."""
    things = known(draft)
    if not draft.things or len(things) < line.things:
        raise Unfit
    if (line.things == 2 or line.alone) and len(draft.things) != max(1, line.things):
        raise Unfit
    if has_twins(draft) and line.names_a_kind:
        raise Unfit
    chosen = voice.rng.sample(things, line.things)
    found = Cast(voice, draft, dict(zip(("A", "B"), chosen, strict=False)))
    if not all(_holds(found, condition) for condition in line.conditions):
        raise Unfit
    return found


def _holds(cast: Cast, condition: str) -> bool:
    if condition == "alone":
        return True
    scene = seen(cast.draft)
    for what in _MEANINGS:
        if condition.startswith(f"{what}="):
            return getattr(scene, what) in condition.removeprefix(f"{what}=").split("/")
    parts = _CONDITION.fullmatch(condition)
    if not parts:
        raise ValueError(f"there is no condition {condition!r}")
    letter, of, sign, value = parts.groups()
    thing = cast.now["A" if letter == "A" else "B"]
    if of == "n":
        return thing.count > int(value) if sign == ">" else thing.count == int(value)
    has = {None: thing.noun, "colour": _colour(thing), "size": _size(thing)}[of]
    return has in value.split("/")


def apply(cast: Cast, effects: tuple[str, ...], *, time_named: bool) -> None:
    """Do the effects in their order. With `time_named` a day is what is left when the time is taken away.

    Raises `Unfit` where one changes nothing or cannot be, and ValueError for one that is not known.
    """
    for effect in effects:
        before = str(cast.draft)
        _do(cast, effect, time_named=time_named)
        if str(cast.draft) == before:
            raise Unfit
    _merge(cast)


def _do(cast: Cast, effect: str, *, time_named: bool) -> None:
    if found := _OF_THING.fullmatch(effect):
        share, whose, what, value = found.groups()
        _change_things(cast, share.strip(), whose, what, value)
        return
    what, _, value = effect.partition("=")
    if effect in ("-A", "-B", "only A"):
        gone = cast.now["A" if effect == "-A" else "B"]
        cast.draft = with_things(cast.draft, tuple(thing for thing in cast.draft.things if thing is not gone))
    elif effect in ("+N", "+N.colour=A"):
        _bring(cast, like_a=effect != "+N")
    elif effect == "A>N":
        _put_instead(cast)
    elif effect.startswith("swap "):
        _swap(cast, effect.removeprefix("swap "))
    elif what == "quality":
        cast.draft = qualified(cast.draft, value)
    elif what in _MEANINGS:
        _surround(cast, what, value, time_named=time_named)
    else:
        raise ValueError(f"there is no effect {effect!r}")


def _change_things(cast: Cast, share: str, whose: str, what: str, value: str) -> None:
    if whose == "all":
        if len(known(cast.draft)) != len(cast.draft.things):
            raise Unfit
        things = tuple(_changed(cast, thing, what, value, every=True) for thing in cast.draft.things)
        cast.now = {
            letter: new
            for letter, thing in cast.now.items()
            for old, new in zip(cast.draft.things, things, strict=True)
            if old is thing
        }
        cast.draft = replace(cast.draft, things=things)
        return
    letter: Letter = "A" if whose == "A" else "B"
    old = cast.now[letter]
    if not share:
        new = _changed(cast, old, what, value)
        cast.draft, cast.now[letter] = changed(cast.draft, old, new), new
        return
    if share == "more":
        parts = (old, replace(_changed(cast, numbered(old, 1), what, value), joint=" and "))
    elif old.count == 1:
        raise Unfit
    else:
        one, left = numbered(old, 1), numbered(old, old.count - 1)
        chosen = one if share == "one" else left
        new = _changed(cast, chosen, what, value)
        if new == chosen:  # what is taken apart would be one again
            raise Unfit
        parts = (left, new) if share == "one" else (new, one)
        parts = (replace(parts[0], joint=old.joint), replace(parts[1], joint=" and "))
    cast.draft = replace(cast.draft, things=parts)


def _changed(cast: Cast, thing: NounPhrase, what: str, value: str, *, every: bool = False) -> NounPhrase:
    other = cast.now["B" if thing is cast.now.get("A") else "A"] if value in ("A", "B") else None
    if what == "colour":
        return replace(thing, colour=_colour_said(cast, thing, value, other, every=every))
    if what == "size":
        return replace(thing, size=_size_said(thing, value, other))
    count = other.count if other else _count(thing, value)
    if not 1 <= count <= MOST:
        raise Unfit
    return thing if count == thing.count else numbered(thing, count)


def _colour_said(cast: Cast, thing: NounPhrase, value: str, other: NounPhrase | None, *, every: bool) -> str:
    had = _colour(thing)
    if other:
        said = colour_of(other)
    elif value == "natural":
        said = "" if had != NATURAL_COLOUR[noun_of(thing) or ""] else thing.colour
    elif value in COLOURS:
        said = value if had != value else thing.colour
    elif value not in _FREE_COLOURS:
        raise ValueError(f"there is no effect {value!r} of a colour")
    else:
        taken = (had, *(meaning(words.COLOUR_WORDS, target) or "" for _, target in cast.colours.values()))
        if value not in cast.colours:
            cast.colours[value] = colour(cast.voice, but=() if every else taken)
        said = cast.colours[value][1]
    return thing.colour if (meaning(words.COLOUR_WORDS, said) or "") == had else said


def _size_said(thing: NounPhrase, value: str, other: NounPhrase | None) -> str:
    had = _size(thing)
    if other:
        wanted = _size(other)
        return thing.size if wanted == had else other.size if wanted != "medium" else ""
    if value in ("+", "-"):
        steps = ("small", "medium", "large") if value == "+" else ("large", "medium", "small")
        if had == steps[-1]:
            raise Unfit
        value = steps[steps.index(had) + 1]
    if value not in SIZES:
        raise ValueError(f"there is no effect {value!r} of a size")
    return thing.size if value == had else "" if value == "medium" else value


def _count(thing: NounPhrase, value: str) -> int:
    if value.startswith("x"):
        return thing.count * int(value[1:])
    return thing.count + int(value) if value[0] in "+-" else int(value)


def _bring(cast: Cast, *, like_a: bool) -> None:
    if len(cast.draft.things) > (1 if like_a else 2):
        raise Unfit
    full = len(cast.draft.things) == 2
    strange = 1.0 if full else _STRANGE
    cast.new = new_thing(cast.voice, cast.draft, strange=strange, plain=1.0 if like_a else 0.6)
    phrase = cast.new.phrase
    if like_a:
        if phrase.count > 1:
            raise Unfit
        phrase = replace(phrase, colour=colour_of(cast.now["A"]))
    cast.draft = with_things(cast.draft, (*cast.draft.things, phrase))


def _put_instead(cast: Cast) -> None:
    old = cast.now["A"]
    cast.new = new_thing(cast.voice, cast.draft, strange=_STRANGE, plain=0.75)
    after = in_place_of(old, cast.new.phrase)
    if after is None:
        raise Unfit
    cast.draft, cast.now["A"] = changed(cast.draft, old, after), after


def _swap(cast: Cast, what: str) -> None:
    one, other = cast.now["A"], cast.now["B"]
    new = exchanged(one, other, what)
    after = changed(changed(cast.draft, one, new[0]), other, new[1])
    if seen(after) == seen(cast.draft):
        raise Unfit
    cast.draft = after
    cast.now = {"A": new[0], "B": new[1]}


def _surround(cast: Cast, what: Around, value: str, *, time_named: bool) -> None:
    now = getattr(seen(cast.draft), what)
    if phrases := _PHRASES.get(value):
        phrase = cast.voice.rng.choice([said for said in phrases if meaning(_MEANINGS[what], said) != now])
        cast.around[value] = phrase
    elif value == now:
        raise Unfit
    else:
        phrase = "" if what == "time" and value == "day" and time_named else _PLAIN[what][value]
    if what == "place" and not cast.draft.things:  # an empty picture is named by its place
        raise Unfit
    # In a snowy place it does not stop by words of the weather
    if what == "weather" and "snow" in cast.draft.said("place") and value == "clear":
        raise Unfit
    cast.draft = cast.draft.styled(phrase) if what == "style" else cast.draft.saying(what, phrase)


def _merge(cast: Cast) -> None:
    """Two kinds that are alike by now are one."""
    things = cast.draft.things
    if len(things) != 2 or not has_twins(cast.draft):
        return
    one, other = things
    if _colour(one) == _colour(other) and _size(one) == _size(other):
        if one.count + other.count > MOST:
            raise Unfit
        cast.draft = replace(cast.draft, things=(numbered(one, one.count + other.count),))


def _colour(thing: NounPhrase) -> str:
    return meaning(words.COLOUR_WORDS, colour_of(thing)) or ""


def _size(thing: NounPhrase) -> str:
    return meaning(words.SIZE_WORDS, thing.size) or "medium"
