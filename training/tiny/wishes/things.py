"""Wishes about which things there are: add, remove, except and replace."""

from __future__ import annotations

from dataclasses import replace

from model.tiny.drafts import Draft, NounPhrase
from training.tiny.wishes import lexicon
from training.tiny.wishes.adding_said import ADD, BESIDE, MISSING, REPLACE
from training.tiny.wishes.kinds import Worded, changed, known, numbered, pair_of, with_things
from training.tiny.wishes.leaving_said import EXCEPT, FEWER, HALF, SOME
from training.tiny.wishes.naming import Named, name, new_thing
from training.tiny.wishes.numbers_agree import verbs
from training.tiny.wishes.removing_said import APART, REMOVE
from training.tiny.wishes.voice import Clause, Voice


def add(voice: Voice, draft: Draft) -> Worded | None:
    """A thing that is not there yet; an unknown one where the picture is full."""
    if len(draft.things) > 2:
        return None
    full = len(draft.things) == 2
    new = new_thing(voice, draft, strange=1.0 if full else 0.25)
    phrase = new.phrase
    if len(draft.things) == 1 and known(draft) and voice.chance(0.1):
        beside = replace(phrase, joint=voice.rng.choice((" next to ", " next to ", " beside ")))
        named = name(voice, draft, draft.things[0])
        slots = new.slots() | named.slots()
        return voice.pick(BESIDE, **slots), with_things(draft, (*draft.things, beside))
    table = MISSING if phrase.count == 1 and voice.chance(0.15) else ADD
    slots = new.slots()
    # "robots too" does not say how many
    bare = slots["new_bare"] if phrase.count == 1 else new.acc
    return voice.pick(table, bare=bare, **slots), with_things(draft, (*draft.things, phrase))


def remove(voice: Voice, draft: Draft) -> Worded | None:
    """All of one kind of thing; of two kinds now and then told which of them stays."""
    if not known(draft):
        return None
    pair = pair_of(voice, draft) if voice.chance(0.12) else None
    if pair:
        old, other, slots = pair
        agreeing = verbs(voice.language, plural=other.count > 1)
        of_other = {f"other_{verb}": said for verb, said in agreeing.items()}
        clause = voice.pick(APART, plural=old.count > 1, **of_other, **slots)
    else:
        old = voice.rng.choice(known(draft))
        clause = voice.pick(REMOVE, plural=old.count > 1, **name(voice, draft, old).slots())
    return clause, with_things(draft, tuple(thing for thing in draft.things if thing is not old))


def remove_some(voice: Voice, draft: Draft) -> Worded | None:
    """Some of several: one goes, half of them go, or only so many stay."""
    several = [thing for thing in known(draft) if thing.count > 1]
    if not several:
        return None
    old = voice.rng.choice(several)
    named = name(voice, draft, old, pronoun=False)
    way = voice.rng.random()
    if way < 0.1:
        return voice.pick(FEWER, **named.slots()), changed(draft, old, numbered(old, old.count - 1))
    if way < 0.15 and old.count == 2:
        return voice.pick(HALF, **named.slots()), changed(draft, old, numbered(old, 1))
    gone = voice.rng.randint(1, old.count - 1)
    some = _some if voice.language == "en" else _some_in_german
    return some(voice, named, gone, old.count - gone), changed(draft, old, numbered(old, old.count - gone))


def _some(voice: Voice, named: Named, gone: int, left: int) -> Clause:
    said = {1: ("one", "one", "1"), 2: ("two", "two", "2"), 3: ("three", "three", "3")}
    stays = voice.rng.choice(said[left])
    thing = f"{stays} {named.one if left == 1 else named.many}"
    return voice.pick(
        SOME,
        n=voice.rng.choice(said[gone]),
        of_them=named.one if gone == 1 else named.many,
        left=stays,
        left_thing=f"a single {named.one}" if left == 1 and voice.chance(0.15) else thing,
        had=voice.rng.choice(said[gone + left]),
        digit=gone,
        s="" if gone == 1 else "s",
        is_left="is" if left == 1 else "are",
        many=named.many,
        one=named.one,
    )


def _some_in_german(voice: Voice, named: Named, gone: int, left: int) -> Clause:
    forms = named.forms
    digits = voice.chance(0.25)
    one, two = ("1", "2") if digits else ("", "zwei")

    def alone(number: int, said: str) -> str:
        return (one or said) if number == 1 else two

    def noun(number: int, said: str) -> str:
        if number > 1:
            return f"{two} {named.many}"
        return f"1 {named.one}" if digits else said

    return voice.pick(
        SOME,
        **{f"{verb}_left": said for verb, said in verbs("de", plural=left > 1).items()},
        **verbs("de", plural=gone > 1) | {"reicht": "reicht" if left == 1 else "reichen"},
        n=alone(gone, forms["such"]),
        n_nom=alone(gone, forms["such_nom"]),
        n_dat=alone(gone, forms["a_dat"].split(" ")[0]),
        n_of_them=noun(gone, forms["a"]),
        n_nom_of_them=noun(gone, forms["a_nom"]),
        left=noun(left, forms["a"]),
        left_nom=noun(left, forms["a_nom"]),
        left_such=alone(left, forms["such"]),
        left_such_nom=alone(left, forms["such_nom"]),
        had=lexicon.NUMBERS["de"][gone + left],
        many=named.many,
        many_dat=forms["many_dat"],
    )


def only(voice: Voice, draft: Draft) -> Worded | None:
    """Everything but one kind of thing goes; place, time, weather and style stay."""
    if len(draft.things) < 2 or not known(draft):
        return None
    kept = voice.rng.choice(known(draft))
    named = name(voice, draft, kept, pronoun=False)
    clause = voice.pick(EXCEPT, plural=kept.count > 1, **named.slots())
    return clause, with_things(draft, (kept,))


def substitute(voice: Voice, draft: Draft) -> Worded | None:
    """Another thing in place of one: what is not said of it stays as it was, and so does the number."""
    if not known(draft):
        return None
    old = voice.rng.choice(known(draft))
    fresh = new_thing(voice, draft, strange=0.2, plain=0.85)
    after = in_place_of(old, fresh.phrase)
    if after is None:
        return None
    named = name(voice, draft, old)
    # Whoever finds "the red one" boring may want the red gone as well
    while " " in named.acc and named.bare not in named.acc:
        named = name(voice, draft, old)
    slots = fresh.slots() | named.slots()
    return voice.pick(REPLACE, **slots), changed(draft, old, after)


def in_place_of(old: NounPhrase, new: NounPhrase) -> NounPhrase | None:
    """The new thing with what is not said of it as the old one's was; None where either is several."""
    if old.count > 1 or new.count > 1:
        return None
    return replace(old, noun=new.noun, colour=new.colour or old.colour, size=new.size or old.size)
