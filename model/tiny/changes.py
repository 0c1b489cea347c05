"""The kinds of edits, each as a change of a draft and the clause that asks for it.

The rule (see `model.language.prompt`): an instruction changes what it names and nothing else. In detail: an
added thing comes after the others, a replaced one keeps its colour, size and number unless new ones are said,
phrases and styles are changed in place or else appended to their kind, words of quality go to the end.
A kind gives None where it does not fit the draft.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from model.tiny import instructions as say
from model.tiny import words
from model.tiny.drafts import Draft, NounPhrase, meaning
from model.tiny.vocabulary import MOODS, Vocabulary, bare, place_name
from model.tiny.world import QUALITIES


@dataclass(frozen=True, slots=True)
class Change:
    """One clause of an instruction and the draft after it. `slot` is what it touched: two clauses of one
    instruction never touch the same."""

    clause: str
    draft: Draft
    slot: str


def _old(draft: Draft, thing: NounPhrase, rng: random.Random, *, pronoun: bool = True) -> tuple[str, str]:
    """How an instruction names a thing of the source: (with article, without)."""
    chance = rng.random()
    if pronoun and len(draft.things) == 1 and chance < 0.12:
        return ("it", thing.name) if thing.count == 1 else ("them", thing.name)
    noun = meaning(words.NOUN_WORDS, thing.noun)
    if noun and chance > 0.93:
        thing = replace(thing, noun=noun)
    name = f"{thing.colour} {thing.name}" if thing.colour and 0.12 < chance < 0.25 else thing.name
    return (f"the {name}" if rng.random() < 0.93 else name), name


def _spare(draft: Draft, vocabulary: Vocabulary, rng: random.Random) -> NounPhrase | None:
    """A new thing whose noun the draft does not have yet."""
    taken = {meaning(words.NOUN_WORDS, thing.noun) or thing.noun for thing in draft.things}
    for _ in range(8):
        new = vocabulary.things(rng)
        if (meaning(words.NOUN_WORDS, new.noun) or new.noun) not in taken:
            return new
    return None


def _swap(draft: Draft, old: NounPhrase, new: NounPhrase) -> Draft:
    return replace(draft, things=tuple(new if thing is old else thing for thing in draft.things))


def add(draft: Draft, vocabulary: Vocabulary, rng: random.Random) -> Change | None:
    """One more thing beside those that are there; None where there is no room."""
    new = _spare(draft, vocabulary, rng)
    if new is None or not 1 <= len(draft.things) < vocabulary.most_things:
        return None
    new = replace(new, lead="a" if new.lead in ("the", "one") else new.lead, joint=" and ")
    if rng.random() < 0.15:
        old = draft.things[-1]
        new = replace(new, joint=" next to ")
        clause = rng.choice(say.ADD_NEXT_TO).format(new=new, old=_old(draft, old, rng)[0])
    else:
        clause = rng.choice(say.ADD).format(new=new)
    return Change(clause, replace(draft, things=(*draft.things, new)), "things")


def remove(draft: Draft, vocabulary: Vocabulary, rng: random.Random) -> Change | None:
    """A thing goes; with the last one, what is left is its place."""
    if not draft.things:
        return None
    old = rng.choice(draft.things)
    name, without = _old(draft, old, rng, pronoun=False)
    clause = rng.choice(say.REMOVE).format(old=name, bare=without)
    if len(draft.things) > 1:
        left = replace(draft, things=tuple(t for t in draft.things if t is not old))
    elif draft.said("place") and rng.random() < 0.3:
        left = replace(draft.saying("place", ""), things=(), subject=place_name(draft.said("place")))
    else:
        return None
    return Change(clause, left, "things")


def replaced(old: NounPhrase, new: NounPhrase) -> NounPhrase:
    """`old` turned into `new`: what `new` does not say stays, in the number that `new` is said in."""
    same_number = (old.count > 1) == (new.count > 1)
    return replace(
        old,
        noun=new.noun,
        colour=new.colour or old.colour,
        size=new.size or old.size,
        count=old.count if same_number else new.count,
        lead=old.lead if same_number else new.lead,
        adjective=new.adjective,
        tail=new.tail or old.tail,
    )


def substitute(draft: Draft, vocabulary: Vocabulary, rng: random.Random) -> Change | None:
    """Another thing in the place of one."""
    new = _spare(draft, vocabulary, rng)
    if new is None or not draft.things:
        return None
    old = rng.choice(draft.things)
    new = replace(
        new, size=new.size if rng.random() < 0.3 else "", colour=new.colour if rng.random() < 0.3 else ""
    )
    if rng.random() < 0.85 or old.count > 1:
        new = replace(new, count=old.count, lead=old.lead)
    name, without = _old(draft, old, rng, pronoun=False)
    only = len(draft.things) == 1 and rng.random() < 0.25
    spoken = replace(new, lead="" if new.count > 1 and new.count == old.count else new.lead)
    spoken = replace(spoken, lead=rng.choice(("a", "a", "a", "the"))) if spoken.count == 1 else spoken
    templates: tuple[str, ...] = say.REPLACE_ONLY if only else say.REPLACE
    clause = rng.choice(templates).format(old=name, bare=without, new=spoken, name=bare(str(spoken)))
    return Change(clause, _swap(draft, old, replaced(old, new)), "things")


def recolour(draft: Draft, vocabulary: Vocabulary, rng: random.Random) -> Change | None:
    """Another colour for one of the things."""
    if not draft.things:
        return None
    old, colour = rng.choice(draft.things), rng.choice(vocabulary.colours)
    name, without = _old(draft, old, rng)
    clause = rng.choice(say.RECOLOUR).format(
        old=name, bare=old.name if without != old.name else without, new=colour
    )
    return Change(clause, _swap(draft, old, replace(old, colour=colour)), f"colour {old.noun}")


def resize(draft: Draft, vocabulary: Vocabulary, rng: random.Random) -> Change | None:
    """Another size for one of the things."""
    if not draft.things:
        return None
    old = rng.choice(draft.things)
    name, without = _old(draft, old, rng)
    scale = meaning(words.SIZE_WORDS, old.size) if old.size else "medium"
    way = rng.randrange(3)
    if way == 0 or scale is None:
        size, clause = rng.choice(vocabulary.sizes), rng.choice(say.RESIZE)
    elif way == 1:
        size = {"small": "", "medium": "large", "large": old.size}[scale]
        clause = rng.choice(say.BIGGER)
    else:
        size = {"large": "", "medium": "small", "small": old.size}[scale]
        clause = rng.choice(say.SMALLER)
    clause = clause.format(old=name, bare=without, new=size)
    return Change(clause, _swap(draft, old, replace(old, size=size)), f"size {old.noun}")


def count(draft: Draft, vocabulary: Vocabulary, rng: random.Random) -> Change | None:
    """Another number of one of the things, in words or by "one more"."""
    if not draft.things:
        return None
    old = rng.choice(draft.things)
    if old.count < 3 and rng.random() < 0.3:
        number, another = old.count + 1, True
    else:
        number, another = rng.choice([n for n in (1, 2, 3) if n != old.count]), False
    lead = words.COUNT_WORDS[number][0] if another else rng.choice(words.COUNT_WORDS[number])
    lead = rng.choice(("one", "only one", "just one", "a single")) if number == 1 else lead
    new = replace(old, count=number, lead=lead.split(" ")[-1] if number == 1 and lead != "a single" else lead)
    clause = rng.choice(say.ANOTHER if another else say.COUNT).format(new=f"{lead} {new.name}", one=old.noun)
    return Change(clause, _swap(draft, old, new), "things")


def place(draft: Draft, vocabulary: Vocabulary, rng: random.Random) -> Change | None:
    """Another place."""
    phrase = rng.choice(vocabulary.places)
    by_name = " " in phrase and rng.random() < 0.5
    if by_name:
        clause = rng.choice(say.PLACE_NAME).format(new=place_name(phrase))
    else:
        clause = rng.choice(say.PLACE).format(new=phrase)
    if not draft.things:
        return None if not by_name else Change(clause, replace(draft, subject=place_name(phrase)), "place")
    return Change(clause, draft.saying("place", phrase), "place")


def time(draft: Draft, vocabulary: Vocabulary, rng: random.Random) -> Change | None:
    """Another time of day."""
    asked, phrase = rng.choice(vocabulary.times)
    clause = _timed(asked, phrase, say.TIME, rng)
    return Change(clause, draft.saying("time", phrase), "time")


def weather(draft: Draft, vocabulary: Vocabulary, rng: random.Random) -> Change | None:
    """Another weather."""
    asked, phrase = rng.choice(vocabulary.weathers)
    templates: tuple[str, ...] = say.WEATHER
    if asked in ("raining", "snowing"):
        asked, templates = asked.removesuffix("ing"), ("make it {new}", "let it {new}", "it should {new}")
    elif asked.endswith("y"):
        templates = ("make it {new}", "{new}", "it should be {new}", "{new} weather")
    return Change(_timed(asked, phrase, templates, rng), draft.saying("weather", phrase), "weather")


def _timed(asked: str, phrase: str, templates: tuple[str, ...], rng: random.Random) -> str:
    if rng.random() < 0.2:
        return rng.choice(say.PHRASE).format(new=phrase)
    return rng.choice(templates).format(new=asked)


def style(draft: Draft, vocabulary: Vocabulary, rng: random.Random) -> Change | None:
    """Another style."""
    asked, tag = rng.choice(vocabulary.styles)
    clause = rng.choice(say.RESTYLE).format(new=asked, bare=bare(asked))
    return Change(clause, draft.styled(tag), "style")


def quality(draft: Draft, vocabulary: Vocabulary, rng: random.Random) -> Change | None:
    """More beauty, or one quality word."""
    if rng.random() < 0.4:
        return Change(rng.choice(say.PRETTIER), prettier(draft), "quality")
    tag, ways = rng.choice(list(say.QUALITY.items()))
    return Change(rng.choice(ways), qualified(draft, tag), "quality")


def prettier(draft: Draft) -> Draft:
    """The draft with the first two kinds of quality words it does not have yet."""
    missing = [q for q in QUALITIES if qualified(draft, q) is not draft]
    return draft.tagged("quality", *missing[:2])


def qualified(draft: Draft, tag: str) -> Draft:
    """The draft with a word of quality at its end; the very same draft when it says this already."""
    had = {meaning(words.QUALITY_WORDS, text) or text for _, text in draft.tags}
    return draft if (meaning(words.QUALITY_WORDS, tag) or tag) in had else draft.tagged("quality", tag)


def vague(draft: Draft, vocabulary: Vocabulary, rng: random.Random) -> Change | None:
    """A mood, and what this world shows of it."""
    word = rng.choice(list(MOODS))
    changed = draft
    for slot, phrase in MOODS[word]:
        changed = qualified(changed, phrase) if slot == "quality" else changed.saying(slot, phrase)  # type: ignore[arg-type]
    if word not in str(changed):
        changed = changed.tagged("filler", word)
    return Change(rng.choice(say.VAGUE).format(new=word), changed, "all")


def nothing(draft: Draft, vocabulary: Vocabulary, rng: random.Random) -> Change | None:
    """An instruction that leaves everything as it is."""
    return Change(rng.choice(say.NOTHING), draft, "all")


def negation(draft: Draft, vocabulary: Vocabulary, rng: random.Random) -> Change | None:
    """`no rain`: a time, weather, style or quality word is taken away; without it nothing changes."""
    slot = rng.choice(("weather", "weather", "time", "style", "quality"))
    if slot == "style":
        said = draft.said("style")
        clause = rng.choice(say.UNSTYLE).format(new=said, bare=said)
        return Change(clause, draft.styled(""), slot) if said else None
    if slot == "quality":
        tags = [tag for tag in draft.tags if tag[0] == "quality"]
        gone = rng.choice(tags) if tags else ("quality", "")
        clause = rng.choice(say.STOP).format(bare=gone[1], said=gone[1])
        return (
            Change(clause, replace(draft, tags=tuple(t for t in draft.tags if t != gone)), slot)
            if tags
            else None
        )
    said = draft.said("time" if slot == "time" else "weather")
    if said:
        gone_draft = draft.saying("time" if slot == "time" else "weather", "")
        return Change(rng.choice(say.STOP).format(bare=bare(said), said=said), gone_draft, slot)
    if slot == "time":
        return None
    absent = rng.choice(("rain", "snow", "fog", "mist", "storm"))
    return Change(rng.choice(say.STOP).format(bare=absent, said=absent), draft, slot)


def back(draft: Draft, vocabulary: Vocabulary, rng: random.Random) -> Change | None:
    """`put it back to day`: in words of undoing, but what is wanted is said."""
    slot = rng.choice(("time", "place", "colour"))
    if slot == "time":
        asked, phrase = rng.choice(vocabulary.times)
        return Change(rng.choice(say.BACK).format(new=asked), draft.saying("time", phrase), slot)
    if slot == "place" and draft.things:
        phrase = rng.choice([p for p in vocabulary.places if " " in p])
        return Change(
            rng.choice(say.BACK).format(new=place_name(phrase)), draft.saying("place", phrase), slot
        )
    if not draft.things:
        return None
    old, colour = rng.choice(draft.things), rng.choice(vocabulary.colours)
    clause = rng.choice(say.BACK).format(
        new=f"a {colour} {old.noun}" if old.count == 1 else f"{colour} {old.name}"
    )
    return Change(clause, _swap(draft, old, replace(old, colour=colour)), f"colour {old.noun}")


Kind = Callable[[Draft, Vocabulary, random.Random], Change | None]

SINGLE: dict[str, Kind] = {
    "add": add, "remove": remove, "replace": substitute, "recolour": recolour, "resize": resize,
    "count": count, "place": place, "time": time, "weather": weather, "style": style, "quality": quality,
    "vague": vague, "nothing": nothing, "negation": negation, "back": back,
}  # fmt: skip
_COMBINABLE = (
    "add", "add", "remove", "replace", "recolour", "resize", "place", "time", "time", "weather", "style",
    "quality", "negation",
)  # fmt: skip


def combined(source: Draft, vocabulary: Vocabulary, rng: random.Random) -> Change | None:
    """Two or three edits that touch different things, in one instruction."""
    clauses: list[str] = []
    slots: set[str] = set()
    now = source
    for name in rng.sample(_COMBINABLE, 6):
        change = SINGLE[name](now, vocabulary, rng)
        if change is None or change.slot in slots or _entangled(change, slots):
            continue
        clauses.append(change.clause)
        slots.add(change.slot)
        now = change.draft
        if len(clauses) == 3 or (len(clauses) == 2 and rng.random() < 0.8):
            break
    if len(clauses) < 2:
        return None
    text = clauses[0] + "".join(rng.choice(say.LINKS) + clause for clause in clauses[1:])
    return Change(text, now, "all")


def _entangled(change: Change, slots: set[str]) -> bool:
    """Whether a pronoun or a changed thing would make the order of the clauses matter."""
    about_things = {slot for slot in slots if slot == "things" or " " in slot}
    return bool(about_things) and (change.slot == "things" or " " in change.slot)
