"""Several wishes that share a verb or have none: "make the dog red and bigger", "nachts, mit Schnee".

Pieces are drawn one by one, each about another thing or another of the surroundings, so that their order does
not change the result. A frame (`one_verb_said`, `clauses_said`) then says them all in its own forms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace

from model.tiny import words
from model.tiny.drafts import Draft, NounPhrase, meaning
from training.tiny.wishes import lexicon
from training.tiny.wishes.clauses_said import IF, SCENE, SHOULD, TO_BE
from training.tiny.wishes.kinds import Worded, changed, known, numbered, seen, with_things
from training.tiny.wishes.naming import colour, colour_of, name, new_thing
from training.tiny.wishes.one_verb_said import ADDING, MAKE, REMOVING, SHORT, WANT, WITH, Frame
from training.tiny.wishes.order_said import DONE
from training.tiny.wishes.scenery import PLACES
from training.tiny.wishes.scenery_said import (
    CLAUSES_LAST,
    LISTED,
    LISTED_LAST,
    SIZES_SAID,
    STYLES_HOW,
    TIMES_SAID,
    WEATHERS_SAID,
)
from training.tiny.wishes.sizes import scale, stepped
from training.tiny.wishes.surroundings import those
from training.tiny.wishes.voice import Clause, Patterns, Voice

FRAMES: dict[str, tuple[Frame, float]] = {
    "make": (MAKE, 3), "short": (SHORT, 4), "want": (WANT, 2), "with": (WITH, 2), "should": (SHOULD, 2.5),
    "to be": (TO_BE, 2), "if": (IF, 1.5), "adding": (ADDING, 1), "removing": (REMOVING, 1),
    "scene": (SCENE, 1.2),
}  # fmt: skip
_PLACES_IN_LIST = {"away": 0, "new": 3, "more": 3, "number": 3, "gone": 4, "dry": 4, "other": 4, "instead": 4}
"""Where a piece stands in a list, looks and surroundings at 1: "no snow and the dog" would be unclear."""
_COMMAS = ("short", "want", "with", "should")
"""Frames that may do without "and"."""
_CLAUSES = ("should", "to be", "if")
"""Frames whose pieces are sentences, in any order."""
_SCENERY = ("time", "weather", "place", "style")
_SAID_AS = {
    "look": ("look", "colour"), "gone": ("gone", "away"),
    "weather": ("weather", "dry", "other", "falling"),
}  # fmt: skip
"""Tables for a piece, where there is more than the one of its name."""
_OF_KIND = {
    "look": ("recolour", "resize"), "new": ("add",), "instead": ("replace",), "gone": ("remove",),
    "more": ("count",),
    "number": ("count",), "time": ("time",), "weather": ("weather", "negation"), "place": ("place",),
    "style": ("style",),
}  # fmt: skip
_UNCOUNTED = ("greenery", "vegetation", "Grünzeug")
"""Names of things without a plural."""
_MORE = re.compile(
    r"\b(dazu|außerdem|auch|plus|noch|rein|hin|in it|added?|also|on top of that|put in|throw)\b|\+"
)
_FALLING = {"rain": ("rain", "Regen"), "snow": ("snow", "Schnee"), "fog": ("fog", "Nebel")}
_WEIGHTS = {
    "look": 5.0, "new": 2.5, "instead": 1.0, "gone": 1.5, "more": 0.7, "number": 0.7, "time": 2.5,
    "weather": 2.5, "place": 1.5, "style": 1.2,
}  # fmt: skip


@dataclass(slots=True)
class Pieces:
    """What has been drawn so far: the prompt `now`, and each piece's kind and slots.

    `touched` are things of the prompt that a piece is about, `fresh` those that one brings.
    """

    voice: Voice
    before: Draft
    frame: Frame
    now: Draft
    said: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    touched: list[NounPhrase] = field(default_factory=list)
    fresh: tuple[NounPhrase, ...] = ()

    @property
    def all_things(self) -> Draft:
        """The prompt with everything that the message speaks of, from which names set a thing apart."""
        return replace(self.before, things=self.before.things + self.fresh)

    @property
    def english(self) -> bool:
        """Whether the message is English."""
        return self.voice.language == "en"

    def one(self) -> tuple[NounPhrase, dict[str, str]] | None:
        """A thing that no piece is about yet, and its names."""
        left = [t for t in known(self.before) if not any(t is old for old in self.touched)]
        if not left:
            return None
        thing = self.voice.rng.choice(left)
        slots = name(self.voice, self.all_things, thing, pronoun=False).slots()
        if slots["one"] in _UNCOUNTED:
            return None
        self.touched.append(thing)
        return thing, slots

    def put(self, kind: str, now: Draft, **slots: str) -> bool:
        """Take a piece in, if the frame has words for it."""
        if kind not in self.frame:
            return False
        self.said.append((kind, slots))
        self.now = now
        return True

    def has(self, *kinds: str) -> bool:
        """Whether a piece of one of these kinds was drawn."""
        return any(kind in kinds for kind, _ in self.said)


def _look(pieces: Pieces) -> bool:
    """A thing in another colour or size, or in both."""
    found = pieces.one()
    if not found:
        return False
    thing, slots = found
    voice, new, looks = pieces.voice, thing, []
    way = voice.rng.choices(("colour", "size", "both"), (3, 2, 4))[0]
    kind = "look" if "look" in pieces.frame else "colour"
    if kind == "colour":
        way = "colour"
    if way != "size":
        asked, said = colour(voice, but=(meaning(words.COLOUR_WORDS, colour_of(thing)) or "",))
        new = replace(new, colour=said)
        looks.append(f"in {asked}" if pieces.frame is not DONE and voice.chance(0.08) else asked)
        slots["colour"] = asked
    if way != "colour":
        sized, said = _size(voice, thing)
        if sized is None:
            return False
        new = replace(new, size=sized.size)
        looks.insert(voice.rng.choice((0, len(looks))), said)
    both = looks[0]
    if len(looks) == 2:
        both = slots["two_looks"] = voice.pick(LISTED, a=looks[0], b=looks[1]).text
    return pieces.put(
        kind, changed(pieces.now, thing, new), look=both, plural="s" * (thing.count > 1), **slots
    )


def _size(voice: Voice, thing: NounPhrase) -> tuple[NounPhrase | None, str]:
    """The thing one step bigger or smaller or in a size by its name, and how that is said."""
    size, english, german = voice.rng.choice(SIZES_SAID)
    said = voice.rng.choice((english if voice.language == "en" else german).split("/"))
    if size in ("+", "-"):
        new = stepped(thing, 1 if size == "+" else -1)
        return (None if scale(new) == scale(thing) else new), said
    if meaning(words.SIZE_WORDS, size) == meaning(words.SIZE_WORDS, thing.size):
        return None, said
    return replace(thing, size=size), said


def _new(pieces: Pieces) -> bool:
    """A thing that is not there; the colour of one that goes is nobody's any more."""
    things = pieces.all_things.things
    if len(things) > 2 or pieces.has("gone", "away", "instead"):
        return False
    new = new_thing(pieces.voice, pieces.all_things, strange=1.0 if len(things) == 2 else 0.2)
    if any(new.phrase.noun == thing.noun for thing in things):
        return False
    pieces.fresh += (new.phrase,)
    return pieces.put("new", with_things(pieces.now, (*pieces.now.things, new.phrase)), **new.slots())


def _instead(pieces: Pieces) -> bool:
    """A thing that comes in place of one, with a colour or size or as that one was."""
    found = None if pieces.has("gone", "away", "new") else pieces.one()
    if not found:
        return False
    old, slots = found
    fresh = new_thing(pieces.voice, pieces.all_things, strange=0.2, plain=0.3)
    new = fresh.phrase
    if old.count > 1 or new.count > 1:
        return False
    pieces.fresh += (new,)
    after = replace(old, noun=new.noun, colour=new.colour or old.colour, size=new.size or old.size)
    return pieces.put("instead", changed(pieces.now, old, after), **{**fresh.slots(), **slots})


def _gone(pieces: Pieces) -> bool:
    """A thing that goes."""
    found = None if pieces.has("new", "more", "number", "place", "instead") else pieces.one()
    if not found:
        return False
    thing, slots = found
    ways = [way for way in ("gone", "away") if way in pieces.frame]
    after = with_things(pieces.now, tuple(other for other in pieces.now.things if other is not thing))
    slots |= {"plural": "s" * (thing.count > 1)}
    return bool(ways) and pieces.put(pieces.voice.rng.choice(ways), after, **slots)


def _more(pieces: Pieces) -> bool:
    """One more of a thing."""
    found = None if pieces.has("gone", "away") else pieces.one()
    if not found or found[0].count > 2:
        return False
    thing, slots = found
    return pieces.put("more", changed(pieces.now, thing, numbered(thing, thing.count + 1)), **slots)


def _number(pieces: Pieces) -> bool:
    """A thing in another number."""
    found = None if pieces.has("gone", "away") else pieces.one()
    if not found:
        return False
    thing, slots = found
    number = pieces.voice.rng.choice([n for n in (2, 3) if n != thing.count])
    said = lexicon.NUMBERS[pieces.voice.language][number]
    slots |= {"number": str(number) if pieces.voice.chance(0.25) else said, "digit": str(number)}
    return pieces.put("number", changed(pieces.now, thing, numbered(thing, number)), **slots)


def _time(pieces: Pieces) -> bool:
    """Another time of day."""
    phrase, slots = _scenery(pieces, TIMES_SAID)
    bare = slots["is"] == "-" and any("{is}" in line for line in pieces.frame["time"][pieces.voice.language])
    if bare or meaning(words.TIME_WORDS, phrase) == seen(pieces.before).time:
        return False
    return pieces.put("time", pieces.now.saying("time", phrase), **slots)


def _weather(pieces: Pieces) -> bool:
    """Another weather, one instead of another, or none."""
    voice, now = pieces.voice, seen(pieces.before).weather
    lies = now == "snow" and "snow" in pieces.before.said("place") + pieces.before.subject
    storm = "storm" in pieces.before.said("weather") or "blizzard" in pieces.before.said("weather")
    falls = "" if lies or storm else _FALLING.get(now, ("", ""))[0 if pieces.english else 1]
    if falls and "dry" in pieces.frame and voice.chance(0.5):
        return pieces.put("dry", pieces.now.saying("weather", ""), falls=falls)
    phrase, slots = _scenery(pieces, WEATHERS_SAID)
    if meaning(words.WEATHER_WORDS, phrase) == now:
        return False
    kinds = ["weather", *(["other"] if falls else [])]
    verb = {"rain": ("rain", "regnen", "regnet"), "snow": ("snow", "schneien", "schneit")}.get(slots["word"])
    if verb:
        kinds.append("falling")
        slots |= {"verb": verb[0] if pieces.english else verb[1], "verb_third": verb[2]}
    kind = voice.rng.choice([kind for kind in kinds if kind in pieces.frame] or ["weather"])
    return pieces.put(kind, pieces.now.saying("weather", phrase), falls=falls, **slots)


def _scenery(pieces: Pieces, rows: tuple[tuple[str, str, str], ...]) -> tuple[str, dict[str, str]]:
    """A row's phrase for the prompt, and what it is, its name and its phrase as slots."""
    phrase, english, german = pieces.voice.rng.choice(rows)
    said = (english if pieces.english else german).split("; ")
    is_, name_, when = (pieces.voice.rng.choice(ways.split("/")) for ways in said)
    return phrase, {"is": is_, "name": name_, "when": when, "word": english.split("; ")[1].split("/")[0]}


def _place(pieces: Pieces) -> bool:
    """Another place."""
    phrase, english, german = pieces.voice.rng.choice(PLACES)
    if not pieces.before.things or pieces.has("gone", "away"):
        return False
    if meaning(words.PLACE_WORDS, phrase) == seen(pieces.before).place:
        return False
    when = pieces.voice.rng.choice((english if pieces.english else german).split("/"))
    return pieces.put("place", pieces.now.saying("place", phrase), when=when)


def _style(pieces: Pieces) -> bool:
    """Another style."""
    phrase, english, german = pieces.voice.rng.choice(STYLES_HOW)
    if meaning(words.STYLE_WORDS, phrase) == seen(pieces.before).style:
        return False
    how = pieces.voice.rng.choice((english if pieces.english else german).split("/"))
    return pieces.put("style", pieces.now.styled(phrase), how=how)


_DRAWN: dict[str, Callable[[Pieces], bool]] = {
    "look": _look, "new": _new, "instead": _instead, "gone": _gone, "more": _more, "number": _number,
    "time": _time,
    "weather": _weather, "place": _place, "style": _style,
}  # fmt: skip


def in_one(voice: Voice, before: Draft, without: Collection[str]) -> Worded | None:
    """Two to four wishes in one frame, or two that one thing shall fulfil."""
    names = list(FRAMES)
    chosen = voice.rng.choices(names, [FRAMES[each][1] for each in names])[0]
    frame = FRAMES[chosen][0]
    pieces = Pieces(voice, before, frame, before)
    _fill(pieces, voice.rng.choices((1, 2, 3, 4), (1.5, 6, 2.5, 0.7))[0], without)
    if len(pieces.said) < 2 and not any("two_looks" in slots for _, slots in pieces.said):
        return None
    needed = {"scene": ("place",), "make": ("look", "time", "weather")}.get(chosen)
    if needed and not pieces.has(*needed):
        return None
    said = pieces.said
    voice.rng.shuffle(said)
    if chosen not in _CLAUSES:
        said.sort(key=lambda piece: _rank(chosen, voice.language, piece[0]))
    listed = _listed(voice, chosen, said)
    if pieces.has("number") and _MORE.search(listed):  # Three in all, or three more?
        return None
    clause = voice.pick(frame["around"], list=listed, **those(voice, before))
    if chosen == "make" and not pieces.english:
        clause = _pronoun_first(clause)
        # "es Nacht machen bitte" has no verb before its "es"
        return None if clause.text.startswith("es ") else (clause, pieces.now)
    return clause, pieces.now


def _listed(voice: Voice, chosen: str, said: list[tuple[str, dict[str, str]]]) -> str:
    """The pieces in words, joined as the frame allows; a "Hund weg" is followed by a comma alone."""
    texts = _texts(voice, FRAMES[chosen][0], said)
    if len(texts) == 1:
        return texts[0]
    if chosen == "scene" and voice.chance(0.6):
        return " ".join(texts)
    if chosen in _COMMAS and (voice.chance(0.25) or any(kind == "away" for kind, _ in said)):
        return ", ".join(texts)
    last = CLAUSES_LAST if chosen in _CLAUSES else LISTED_LAST
    es = texts[-1].startswith("es ")  # Not "sowie es neblig"
    return voice.pick(CLAUSES_LAST if es else last, a=", ".join(texts[:-1]), b=texts[-1]).text


def _pronoun_first(clause: Clause) -> Clause:
    """The clause with "es" where German has it: "mach es mal" and not "mach mal es"."""
    return Clause(
        re.sub(r"\b((?:(?:bitte|doch|ma|mal|jetzt|halt|lieber|vielleicht) )+)es ", r"es \1", clause.text),
        clause.infinitive,
    )


def _fill(pieces: Pieces, number: int, without: Collection[str]) -> None:
    """Draw pieces until there are so many, or none comes any more; of the surroundings each is said once."""
    kinds = [
        kind
        for kind in _DRAWN
        if not any(single in without for single in _OF_KIND[kind])
        and any(each in pieces.frame for each in _SAID_AS.get(kind, (kind,)))
    ]
    for _ in range(4 * number):
        if len(pieces.said) == number or not kinds:
            return
        kind = pieces.voice.rng.choices(kinds, [_WEIGHTS[each] for each in kinds])[0]
        touched = list(pieces.touched)
        if kind in _SCENERY and pieces.has(*_SAID_AS.get(kind, (kind,))):
            continue
        if not _DRAWN[kind](pieces):
            pieces.touched = touched


def _rank(frame: str, language: str, kind: str) -> int:
    if frame == "make":
        if kind in ("away", "dry"):
            return 0 if language == "de" else 3
        return {"time": 1, "weather": 1, "look": 2}.get(kind, 3)
    if frame == "want" and kind in (*_SCENERY, "away"):
        return 2 if kind == "away" else 1
    return _PLACES_IN_LIST.get(kind, 2 if frame == "want" else 1)


def _texts(voice: Voice, frame: Frame, said: list[tuple[str, dict[str, str]]]) -> list[str]:
    """The pieces in words. One after another of its sort may leave out the verb: "and the house blue"."""
    texts: list[str] = []
    for at, (kind, slots) in enumerate(said):
        table: Patterns = frame[kind]
        if (
            at
            and f"{kind}_gap" in frame
            and voice.chance(0.9)
            and _same_subject(frame, said[at - 1][0], kind, texts[-1])
        ):
            table = frame[f"{kind}_gap"]
        texts.append(voice.pick(table, **slots).text)
    return texts


def _same_subject(frame: Frame, before: str, kind: str, text: str) -> bool:
    """Whether a piece goes on where the one before stopped: two looks, or "it" twice."""
    if kind == "look":
        return before == "look"
    if kind in ("time", "weather") and frame is not WANT:
        return before in ("time", "weather") and text.startswith(("it ", "es "))
    return before in _SCENERY and text.startswith(("it ", "es ", "das Ganze ", "alles "))


def in_order(voice: Voice, before: Draft, without: Collection[str]) -> Worded | None:
    """Two wishes, one of which is to be done before the other: "nachdem du ..., mach ..."."""
    pieces = Pieces(voice, before, DONE, before)
    _fill(pieces, 2, without)
    if len(pieces.said) < 2:
        return None
    one, other = (voice.pick(DONE[kind], **slots).text.split("|") for kind, slots in pieces.said)
    clause = voice.pick(DONE["around"], first=one[0], done=one[1], before=other[-1], then=other[0])
    return Clause(clause.text), pieces.now
