"""Wishes about which things there are: add, remove, except and replace."""

from __future__ import annotations

from dataclasses import replace

from model.tiny.drafts import Draft
from training.tiny.wishes.kinds import Worded, changed, known, numbered, with_things
from training.tiny.wishes.naming import name, new_thing
from training.tiny.wishes.voice import Voice, patterns

ADD = patterns(
    """
    !(add|put|draw|place|include|insert) {new}
    !(add|put|draw) {new} (in|to it|in there|somewhere|to the pic|to the picture|into the scene)
    !give me {new} (too|as well|)
    !(throw|stick|pop|squeeze) {new} in (there|)
    {new} (too|as well|please also|would be nice|would be cool)
    {bare} (too|as well)
    (i want|i'd like|i need|lets have|let's have|i wanna see) {new} (in it|there|in the picture|)
    there (should|could|must) be {new} (too|as well|in it|)
    (also|and|plus|now) {new}
    + {bare}
    w/ {new}
    with {new} (please|too|)
    what about {new} (in there|)?
    how about {new}?
    (needs|it needs|this needs|we need|it's missing|its missing) {new}
    (where is|wheres) {new}? i want one (in it|)
    !let {new} appear
    !(also show|show me) {new}
    (missing|still missing): {new}
    add {bare}
    """,
    """
    !füg_hinzu/hinzufügen {new}
    !füg_ein/einfügen {new}
    !(mal/malen|mach/machen|setz/setzen|zeichne/zeichnen|pack/packen) (noch|da noch|) {new} (dazu|rein|hin|)
    !(stell/stellen|tu/tun) {new} (dazu|rein|ins Bild)
    (ich will|ich hätte gern|ich möchte|ich brauch) (noch|) {new} (im Bild|dazu|)
    {nom} (auch|dazu|auch noch)
    (noch|und noch|dazu|außerdem|jetzt noch) {new}
    + {bare}
    mit {dat} (bitte|)
    da (fehlt|fehlt noch) {nom}
    wie wär's mit {dat}?
    es soll auch {new} geben
    (da soll man|ich will) noch {new} sehen
    !zeig/zeigen mir (auch|noch) {new}
    gib mir (noch|) {new} (dazu|)
    """,
)
REMOVE = patterns(
    """
    !(remove|delete|erase|drop|lose|scrap) {thing}
    !(take|wipe) {thing} (out|away)
    !(get rid of|cut out|take out|leave out|do away with|edit out) {thing}
    {thing} (should go|has to go|must go|can go|needs to go|should be gone)
    (no|no more|without|w/o|minus|skip) {bare}
    i (don't|dont|do not) (want|need|like) {thing} (anymore|in it|there|)
    {thing} (out|away|gone|bye bye|is not needed|has no place here)
    !make {thing} (disappear|vanish|go away)
    - {bare}
    (the picture|it|this) (is|looks) (better|nicer) without {thing}
    there (shouldn't|should not|shouldnt) be any {bare}
    (why is|what is) {thing} (even|) (there|in it)? (remove|delete|drop) that
    !(clear|kick) out {thing}
    """,
    """
    !(entfern/entfernen|lösch/löschen|streich/streichen) (bitte|) {thing}
    !nimm_weg/wegnehmen {thing}
    !nimm_raus/rausnehmen {thing}
    !mach_weg/wegmachen {thing}
    !lass_weg/weglassen {thing}
    {nom} (soll weg|muss weg|kann weg|soll verschwinden|hat da nichts zu suchen|weg)
    (ohne|bitte ohne) {thing}
    ich (will|brauche|mag) {thing} nicht (mehr|)
    (weg mit|raus mit) {dat}
    !lass_verschwinden/verschwinden~lassen {thing}
    (minus|-) {bare}
    !schmeiß_raus/rausschmeißen {thing}
    ohne {thing} (ist es schöner|sieht es besser aus)
    """,
)
SOME = patterns(
    """
    !(remove|delete|take away|erase|drop) {n} of (the|those|these) {many}
    !(remove|delete|take out|get rid of) {n} {of_them}
    {n} (less|fewer) {of_them} (please|)
    !(keep|leave) (only|just) {left} {left_name}
    (only|just) {left} {left_name} (please|is enough|)
    {n} of the {many} (should go|can go|is too much|has to go)
    (i want|i need|there should be) (only|just) {left} {left_name}
    {n} {of_them} (away|out|gone)
    (just|only) {left} of them
    """,
    """
    !(entfern/entfernen|lösch/löschen) {n} der {many}
    !nimm_weg/wegnehmen {n} von den {many_dat}
    {n} {of_them} weniger
    (nur|bloß|lieber nur) {left} {left_name}
    !lass_übrig/übriglassen nur {left} {left_name}
    ich (will|möchte) nur {left} {left_name}
    {left} {left_name} (reicht|ist genug|genügt)
    weg mit {n} von den {many_dat}
    """,
)
EXCEPT = patterns(
    """
    !(remove|delete|erase|drop|get rid of) everything (except|but|except for|apart from|besides) {thing}
    !(remove|delete|take out) all (the things|objects|the stuff|) (but|except|other than) {thing}
    !(keep|leave) (only|just|nothing but) {thing}
    (just|only|nothing but) {thing}
    everything (except|but) {thing} (should go|must go|can go|goes|away|out)
    i (only|just) (want|need) {thing} (in it|nothing else|)
    {thing} (alone|only|and nothing else)
    (get|throw) everything else out, (keep|leave) {thing}
    all gone (except|but) {thing}
    {thing} (can|should|may) stay, the rest (can go|goes|should be gone)
    (leave|keep) {thing} and (remove|delete|drop) (the rest|everything else|all else)
    !clear out everything that (isn't|is not) {thing}
    """,
    """
    !(entfern/entfernen|lösch/löschen) alles außer {dat}
    !nimm_weg/wegnehmen alles bis auf {thing}
    !lass/lassen nur {thing} (übrig|stehen|da|drin)
    alles (außer|bis auf) {dat} (soll weg|kann weg|muss weg|weg)
    (nur|bloß|nur noch) {nom}
    ich will nur {thing} (sehen|im Bild|)
    {nom} (bleibt|darf bleiben|soll bleiben), (der Rest|alles andere) (weg|kann weg|soll weg)
    !behalt/behalten nur {thing}
    {nom} (allein|und sonst nichts)
    alles weg außer {dat}
    """,
)
REPLACE = patterns(
    """
    !replace {thing} (with|by) {new}
    !(swap|exchange|trade|switch) {thing} (for|with) {new}
    !(turn|change|transform|convert|morph) {thing} into {new}
    !(make|change) {thing} (to|into) {new}
    !make {thing} {new}
    {new} instead of {thing}
    (i want|i'd like|rather|better|use|put|draw) {new} instead of {thing}
    {thing} should (be|become|turn into) {new} (instead|)
    not {thing}, {new}
    (no|not) {bare} (but|just) {new}
    {thing} -> {new}
    {thing} = {new}
    {new} (where|in the place where) {thing} is
    !take out {thing} and put {new} there (instead|)
    what if {thing} (was|were) {new}?
    """,
    """
    !ersetz/ersetzen {thing} durch {new}
    !tausch_aus/austauschen {thing} gegen {new}
    !(tausch/tauschen|wechsel/wechseln) {thing} gegen {new}
    !(mach/machen|zaubere/zaubern) aus {dat} {new}
    (statt|anstatt|anstelle von) {dat} (lieber|bitte|) {new}
    !verwandle/verwandeln {thing} in {new}
    ich (will|hätte gern|möchte) {new} statt {dat}
    {thing} (weg|raus), dafür {new} (hin|rein|)
    !nimm/nehmen {new} statt {dat}
    {bare} -> {new_bare}
    (lieber|besser) {new} als {thing}
    """,
)


def add(voice: Voice, draft: Draft) -> Worded | None:
    """A thing that is not there yet; an unknown one where the picture is full."""
    if len(draft.things) > 2:
        return None
    full = len(draft.things) == 2
    new = new_thing(voice, draft, strange=1.0 if full else 0.25)
    phrase = new.phrase
    plain = not phrase.colour and not phrase.size and phrase.count == 1
    clause = voice.pick(ADD, new=new.acc, nom=new.nom, dat=new.dat, bare=new.bare if plain else new.acc)
    return clause, with_things(draft, (*draft.things, phrase))


def remove(voice: Voice, draft: Draft) -> Worded | None:
    """All of one kind of thing."""
    if not known(draft):
        return None
    old = voice.rng.choice(known(draft))
    named = name(voice, draft, old)
    clause = voice.pick(REMOVE, plural=old.count > 1, **named.slots())
    return clause, with_things(draft, tuple(thing for thing in draft.things if thing is not old))


def remove_some(voice: Voice, draft: Draft) -> Worded | None:
    """Some of several: one goes, or only so many stay."""
    several = [thing for thing in known(draft) if thing.count > 1]
    if not several:
        return None
    old = voice.rng.choice(several)
    gone = voice.rng.randint(1, old.count - 1)
    left = old.count - gone
    named = name(voice, draft, old, pronoun=False)
    if voice.language == "en":
        numbers = {1: voice.rng.choice(("one", "one", "1", "a single")), 2: voice.rng.choice(("two", "2"))}
    else:
        word = named.acc.split(" ")[0]
        numbers = {1: "eins" if word == "die" else "1", 2: voice.rng.choice(("zwei", "2"))}
    n = "one" if gone == 1 and voice.language == "en" else numbers[gone]
    many_dat = named.many if named.many.endswith(("n", "s")) else named.many + "n"
    clause = voice.pick(
        SOME,
        n=n,
        many=named.many,
        many_dat=many_dat,
        of_them=named.one if gone == 1 else named.many,
        left="1" if voice.language == "de" and left == 1 else numbers[left],
        left_name=named.one if left == 1 else named.many,
    )
    return clause, changed(draft, old, numbered(old, left))


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
    new = fresh.phrase
    if old.count > 1 or new.count > 1:
        return None
    named = name(voice, draft, old)
    after = replace(old, noun=new.noun, colour=new.colour or old.colour, size=new.size or old.size)
    clause = voice.pick(
        REPLACE,
        **named.slots(),
        new=fresh.acc,
        new_bare=fresh.bare,
    )
    return clause, changed(draft, old, after)
