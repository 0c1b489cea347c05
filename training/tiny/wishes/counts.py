"""Wishes about how many of a thing there are."""

from __future__ import annotations

from model.tiny.drafts import Draft
from training.tiny.wishes import counts_told as told
from training.tiny.wishes import lexicon
from training.tiny.wishes.kinds import Worded, changed, known, numbered, slots_of
from training.tiny.wishes.naming import name
from training.tiny.wishes.voice import Clause, Voice, patterns

COUNT = patterns(
    """
    !make it {number} {many}
    !(make|draw|show|give me) {number} {many}
    {number} {many} (please|instead|would be nice|)
    there should be {number} {many}
    {number} {many}, not {had}
    i (want|need|would like) {number} {many}
    (instead of|not) {had} {had_name} (i want|but|rather) {number}
    !change the number of {many} to {number}
    {many} x{digit}
    {digit}x {one}
    (why|how come) {had} {had_name}? (i want|make it|i said|should be) {number}
    {had} {had_name} {is} (not right|wrong), (there should be|i want|make it) {number}
    not {had} {had_name} but {number}
    {number} {many} instead of {had}
    {number} {many} rather than {had}
    {number} {many} (would be|is|are) better than {had}
    (can|could) (i|we) (have|see|get) {number} {many} (instead|please|)?
    (can|could) there be {number} {many}?
    (shouldn't|shouldnt) there be {number} {many}?
    (weren't|werent) there supposed to be {number} {many}?
    (isn't|isnt) it supposed to be {number} {many}?
    (i asked for|i said|i wanted|i ordered|it was supposed to be) {number} {many}
    how about {number} {many}?
    what about {number} {many} (instead|)?
    what if there were {number} {many}?
    number of {many}: {number}
    {many}: {number}
    {many} = {digit}
    {had_name} -> {number} {many}
    from {had} to {number} {many}
    a picture with {number} {many}
    (want|need|gimme) {number} {one} (in picture|pls|)
    (i prefer|i'd prefer|i'd rather have) {number} {many}
    !(have|paint|show me) {number} {many} (there|in it|in the picture|)
    {number} {many} (in it|there|in the picture|in total)
    (let's|lets) (have|make it|go for) {number} {many}
    (the|that) {had_name} should be {number}
    !set the {many} to {number}
    exactly {number} {many}
    {number} (is|would be) the right number of {many}
    (maybe|perhaps) {number} {many}?
    it (needs|should have|must have) {number} {many}
    (a total of|altogether|in total) {number} {many}
    same (picture|pic|thing) (but|with) {number} {many}
    {number} {many} (i meant|i mean|i said)(!|)
    (could|can) you count to {number}? {number} {many}
    """,
    """
    !(mach/machen|mal/malen|zeig/zeigen) {number} {many}
    !mach/machen {number} {many} draus
    {number} {many} (bitte|statt {had}|)
    ich (will|möchte|hätte gern) {number} {many}
    es sollen {number} {many} sein
    nicht {had}, sondern {number} {many}
    da sollen {number} {many} (stehen|sein)
    {digit}x {one}
    (warum|wieso) {had_thing}? (ich will|mach|bitte|lieber) {number}
    statt {had} (lieber|bitte|) {number} {many}
    {number} {many} statt {had} (bitte|)
    {number} {many} (wären|sind) (besser|schöner|richtig)
    (kannst|könntest) du {number} {many} (draus machen|malen|machen|zeigen)?
    (können|könnten|dürfen) (es|das|da) {number} {many} sein?
    (kann|könnte) ich {number} {many} (haben|kriegen|sehen)?
    (sollten|müssten) (es|das|da) nicht {number} {many} sein?
    wie (wär's|wärs|wäre es) mit {number} {many_dat}?
    was wäre, wenn (es|da) {number} {many} wären?
    (ich wollte|ich hatte|ich meinte|ich sagte) (doch|) {number} {many}
    Anzahl (der|) {many}: {number}
    {many}: {number}
    {many} x{digit}
    (ich brauche|brauch|wir brauchen|wir wollen) {number} {many}
    (genau|insgesamt|zusammen) {number} {many}
    auf {number} {many} ändern (bitte|)
    (ein Bild|das gleiche|genauso|gleiches Bild, aber) mit {number} {many_dat}
    (im Bild|da|hier) (bitte|lieber) {number} {many}
    aus {had} (mach|mach mal|mache) {number} {many}
    (mir|uns) wären {number} {many} lieber
    (man soll|ich will) {number} {many} sehen
    {number} {many} (malen|zeigen|machen)
    von {had} auf {number} {many}
    (vielleicht|lieber|doch lieber|besser) {number} {many}
    {number} {many}, nicht {had}
    (macht|malt) (mal|bitte|) {number} {many}
    {number} {many} (hätt ich|hätte ich) (gern|lieber)
    {number} {one} (bitte|haben will)
    """,
    told.COUNT,
)
MORE = patterns(
    """
    !(add|draw|put|give me) (another|one more) {one}
    (another|one more|1 more) {one} (please|too|)
    more {many} (please|)
    (i want|there should be) (one more|another) {one}
    {one} +1
    !(add|draw) more {many}
    one {one} is (missing|still missing)
    (one|1) {one} (too few|short)
    +1 {one}
    yet another {one}
    (an extra|an additional|a further) {one} (please|would be nice|)
    !(add|put in|draw|throw in) (an extra|an additional|a further) {one}
    {one} number {next}
    a {ordinal} {one} (please|too|next to it|)
    !(add|draw|give me|put in|make) a {ordinal} {one}
    (i want|i'd like|there should be|needs|where is) a {ordinal} {one}
    (can|could) (i|we) (have|get|see) (another|one more|a {ordinal}) {one}?
    (could|can) there be (one more|another|a {ordinal}) {one}?
    (isn't|isnt) there (one {one} missing|a {ordinal} {one} missing)?
    (not enough|too few|too little|need more) {many}
    (there aren't|there arent|we don't have) enough {many}
    (how about|what about|maybe) (another|one more|a {ordinal}) {one}?
    !increase the number of {many} (by one|)
    (and|plus) (another|one more) {one}
    (i need|we need|gimme|wanna see) (another|one more) {one} (in it|there|)
    more {many} would be (nice|cool|better)
    shouldn't there be (more {many}|one more {one}|a {ordinal} {one})?
    (wish|i wish) there (were more {many}|was one more {one}|was another {one})
    there's room for (another|one more|a {ordinal}) {one}
    (i'd|i would) (love|like) to see more {many}
    the number of {many} could be higher
    """,
    """
    !(mal/malen|mach/machen) (mehr|noch mehr) {many}
    mehr {many} (bitte|)
    noch mehr {many}
    1 {one} mehr
    ich will mehr {many}
    noch {a} (bitte|dazu|)
    noch {a_nom}
    !(mal/malen|mach/machen|setz/setzen|pack/packen) noch {a} (dazu|hin|rein)
    !füg_hinzu/hinzufügen noch {a}
    ich (will|möchte|hätte gern|brauch) noch {a}
    {a_nom} mehr (bitte|wäre schön|)
    (da|hier|mir) fehlt noch {a_nom}
    {a_nom} (fehlt noch|zu wenig|fehlt)
    zu wenig {many}
    (das sind|da sind) (zu wenig|zu wenige) {many}
    {next_nom} (bitte|dazu|wäre schön|wäre toll|fehlt noch|)
    {next} (bitte|dazu|)
    !(mal/malen|mach/machen|setz/setzen) {next} (dazu|hin|daneben)
    ich (will|möchte|hätte gern|brauche) {next}
    (kann|könnte|darf) da noch {a_nom} (hin|dazu|rein)?
    (kannst|könntest) du noch {a} (dazu malen|dazumachen|hinzufügen)?
    (fehlt|gehört) da nicht noch {a_nom} (hin|dazu|)?
    (sollte|könnte) da nicht {next_nom} (sein|stehen|hin)?
    (gib|zeig) mir noch {a}
    da soll noch {a_nom} (hin|stehen|sein|dazu)
    wie (wär's|wärs) mit noch {a_dat}?
    wie (wär's|wärs) mit {next_dat}?
    (es|da) (sollten|könnten|dürfen) (ruhig|) mehr {many} sein
    +1 {one}
    {one} +1
    (könnten|können) da mehr {many} (hin|sein|rein)?
    da ist noch Platz für {a}
    !erhöh/erhöhen die (Zahl|Anzahl) der {many} um (1|eins)
    die {many} um eins erhöhen
    (bräuchten|wollten) wir nicht noch mehr {many}?
    """,
    told.MORE,
)
PLUS = patterns(
    """
    two more {many} (please|too|)
    !(add|draw|put in|give me|throw in) (two|2) more {many}
    (i want|i need|i'd like|there should be) (two|2) more {many}
    (another|an additional) two {many}
    +2 {many}
    (can|could) (i|we) (have|get) (two|2) more {many}?
    (two|2) (extra|additional|further) {many}
    there are (two|2) {many} missing
    {many} +2
    """,
    """
    noch (zwei|2) {many} (dazu|bitte)
    (zwei|2) {many} mehr (bitte|)
    !(mal/malen|setz/setzen|mach/machen) noch (zwei|2) {many} dazu
    ich (will|möchte|brauche) noch (zwei|2) {many} dazu
    (zwei|2) weitere {many} (bitte|)
    da fehlen noch (zwei|2) {many}
    +2 {many}
    (kannst|könntest) du noch (zwei|2) {many} dazumalen?
    !füg_hinzu/hinzufügen (zwei|2) weitere {many}
    """,
)
DOUBLE = patterns(
    """
    !(double|duplicate|clone|copy) {thing}
    !make two of {thing}
    !make a (pair|couple) of {many} (out of it|)
    twice {thing}
    {thing} (twice|two times|doubled|x2)
    !give {thing} a twin
    a (pair|couple) of {many} (please|)
    twice as many {many}
    double the (number|amount) of {many}
    !(draw|paint|show|put) {thing} twice
    {nom} needs a twin
    (can|could) (i|we) (have|see) {thing} twice?
    (can|could) you (double|duplicate|copy) {thing}?
    {nom} should (be there|appear|be in it) (twice|two times)
    (i want|i'd like) {thing} (twice|doubled|two times)
    i (want|need|would like) a (pair|couple) of {many}
    !(add|put) a (copy|clone|twin|double) of {thing} (next to it|)
    (make|let's have) {it} two {many}
    copy paste {thing}
    (the same|same) {one} (again|once more) (right |)next to it
    {nom} as a pair
    """,
    """
    !(verdopple/verdoppeln|verdoppel/verdoppeln) {thing}
    {nom} zweimal
    doppelt so viele {many}
    {thing} (doppelt|zweimal|zwei mal|2x) (bitte|malen|)
    !(mal/malen|zeig/zeigen|mach/machen) {thing} (zweimal|doppelt)
    (ich will|ich möchte|ich hätte gern) {thing} (zweimal|doppelt)
    {nom} (soll|sollte) (zweimal|doppelt) (da sein|im Bild sein|vorkommen)
    !(kopier/kopieren|klon/klonen|dupliziere/duplizieren) {thing}
    (mach|macht|mach mal) aus {dat} zwei (Stück|)
    aus {a_dat} mach zwei (Stück|)
    {nom} braucht einen Zwilling
    (kannst|könntest) du {thing} (verdoppeln|kopieren|zweimal malen)?
    {nom} (nochmal|noch einmal) daneben
    das Doppelte an {many_dat}
    """,
)
ALONE = patterns(
    """
    two of (them|those|these|it)
    make (it|that) two
    make two (of it|of them|out of it|out of one)
    i want two of (them|those|these)
    (can|could) i have two of (them|those)?
    (one|just one) is not enough, (make it|i want) two
    (lonely|it looks lonely), make it two
    """,
    """
    (zwei|2) davon
    !mach/machen zwei draus
    (ich will|ich möchte|gib mir|ich hätte gern) (zwei|2) davon
    (kann|könnte) ich (zwei|2) davon haben?
    {such_nom} ist zu wenig, mach zwei
    (lieber|besser|bitte) zwei davon
    """,
)
FEW = patterns(
    """
    (a few|several|some more|a bunch of|lots of|many) {many} (please|)
    !(add|draw|make|put in) (a few|some|several|many) {many}
    i want (many|a few|lots of) {many}
    many many {many}
    (loads|tons|plenty|a group|a handful) of {many} (please|)
    (should be|there should be|there could be) (a few|many|lots of|several) {many}
    (can|could) (we|i) have (a few|several|lots of|many) {many}?
    {many}, (many|lots of them|a few of them)
    {many} everywhere
    !fill (it|the picture|the scene) with {many}
    a whole (group|bunch) of {many}
    so many {many}(!|)
    as many {many} as (you can|possible|fit in)
    """,
    """
    (ein paar|einige|viele|mehrere) {many} (bitte|)
    !(mal/malen|mach/machen) (ein paar|viele|mehrere) {many}
    ich will (viele|ein paar) {many}
    ganz viele {many}
    (da|hier|es) (sollen|sollten|könnten) (viele|mehrere|ein paar|einige) {many} (sein|stehen)
    (kannst|könntest) du (viele|mehrere|ein paar|einige) {many} (malen|machen|zeigen)?
    (überall|lauter) {many}
    (jede Menge|haufenweise|massig|einen Haufen) {many}
    eine (ganze |)Gruppe (von {many_dat}|{many})
    so viele {many} wie (geht|möglich)
    (ich hätte gern|ich möchte|wir wollen) (mehrere|einige|ein paar) {many}
    {many}, (ganz viele|mehrere|ein paar davon)
    """,
)


def count(voice: Voice, draft: Draft) -> Worded | None:
    """Another number: in words or digits, one more, two more, double, or a few (three)."""
    if not known(draft):
        return None
    old = voice.rng.choice(known(draft))
    named = name(voice, draft, old, pronoun=False)
    while named.one in ("greenery", "vegetation", "Grünzeug"):  # Nobody counts these
        named = name(voice, draft, old, pronoun=False)
    slots = slots_of(named)
    way = voice.rng.choice(("number", "number", "number", "more", "more", "double", "few"))
    if way == "more" and old.count < 3:
        if old.count == 1 and voice.chance(0.2):
            return voice.pick(PLUS, **slots), changed(draft, old, numbered(old, 3))
        return _more(voice, slots, old.count + 1), changed(draft, old, numbered(old, old.count + 1))
    if way == "double" and old.count == 1:
        table = ALONE if len(draft.things) == 1 and voice.chance(0.25) else DOUBLE
        return voice.pick(table, **slots), changed(draft, old, numbered(old, 2))
    if way == "few" and old.count != 3:
        return voice.pick(FEW, **slots), changed(draft, old, numbered(old, 3))
    if way != "number":
        return None
    number = voice.rng.choice([n for n in (2, 3) if n != old.count])
    said = lexicon.NUMBERS[voice.language][number]
    had = "one" if (voice.language, old.count) == ("en", 1) else lexicon.NUMBERS[voice.language][old.count]
    had_thing = f"{had} {slots['many']}" if old.count > 1 else slots["a_nom" if "a_nom" in slots else "a"]
    clause = voice.pick(
        COUNT,
        number=str(number) if voice.chance(0.25) else said,
        digit=number,
        had=had if (voice.language, old.count) != ("de", 1) else "1",
        had_name=slots["one"] if old.count == 1 else slots["many"],
        had_thing=had_thing,
        **slots,
    )
    return clause, changed(draft, old, numbered(old, number))


def _more(voice: Voice, slots: dict[str, str], number: int) -> Clause:
    """One more, with which it is in order: a second or a third one."""
    if voice.language == "en":
        return voice.pick(MORE, ordinal={2: "second", 3: "third"}[number], next=number, **slots)
    nth = {2: "zweit", 3: "dritt"}[number]
    forms = {
        key.replace("second", "next"): slots[key].replace("zweit", nth)
        for key in ("second", "second_nom", "second_dat")
    }
    return voice.pick(MORE, **forms, **slots)
