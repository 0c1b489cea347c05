"""How several wishes share one verb: "make the dog red and the house blue"; or have none: "dog red, night".

A table for each kind of piece and frame. `{list}` is what the pieces say, joined; `{is}` of a scene is what
it is ("night"), `{name}` its noun, `{when}` its phrase ("at night"). A line in brackets is one said already,
for more weight or for the other part.
"""

from __future__ import annotations

from training.tiny.wishes.voice import Patterns, patterns

Frame = dict[str, Patterns]

MAKE: Frame = {
    "around": patterns(
        """
        !make {list}
        !(make) {list}
        (can|could|would) you make {list} (please|pls|)?
        !(just|maybe|now) make {list}
        (can|could) (we|u) make {list}?
        (let's|lets|we should|you should|pls|plz) make {list}
        (maybe you could|perhaps you can|you may) make {list}
        i would make {list}
        (it's|its) (too boring|a bit boring|kinda dull|too plain) (so|so please|so pls) make {list}
        what happens if you make {list}?
        (not quite what i had in mind.|almost.|nice but|hmm ok now) make {list}
        """,
        """
        !mach/machen {list}
        !(mach/machen) {list}
        mach (mal|doch mal|bitte|jetzt|doch bitte|halt) {list}
        (macht|mach) (ma|mal|bitte mal) {list}
        (kannst|könntest|würdest) du (mal|bitte|bitte mal|) {list} machen?
        kannste (ma|mal|bitte) {list} machen
        (könnte|kann) man (bitte|vielleicht|) {list} machen?
        (ich würde|ich würd) {list} machen
        (ist|das ist) (zu|so) (langweilig|öde), (mach|mach mal|mach bitte) {list}
        (du musst|du sollst|du solltest) {list} machen
        (schon ganz nett, aber|fast gut, aber|hm ok, jetzt) mach (mal|bitte|) {list}
        {list} machen (bitte|)
        """,
    ),
    "look": patterns(
        "{thing} {look}\n({thing} {look})\n{thing} (maybe|) {look}",
        "{thing} {look}\n{thing} (lieber|) {look}\n{thing} (jetzt|) {look}",
    ),
    "time": patterns("it {is}\nthe (scene|picture) {is}", "es {is}\ndas Bild {is}"),
    "weather": patterns("it {is}\nthe weather {is}", "es {is}\nes draußen {is}"),
    "away": patterns(
        "remove {thing}\n(delete|take out) {thing}\nget rid of {thing}",
        "{thing} weg\n{thing} (bitte|mal|) weg\n({thing} weg)",
    ),
    "dry": patterns(
        "remove the {falls}\n(stop|get rid of) the {falls}", "den {falls} weg\nden {falls} (bitte|mal) weg"
    ),
    "new": patterns(
        "add {new}\n(put|throw) in {new}\ndraw {new}",
        "noch {new} dazu\n{new} dazu\n{new} (hin|rein)\ndazu noch {new} rein",
    ),
    "more": patterns(
        "add (another|one more) {one}\ndraw one more {one}", "noch {a} (dazu|rein|hin)\nnoch {a} mehr hin"
    ),
    "time_gap": patterns("{is}\n({is}|{is} too)", "{is}\n({is}|auch {is})"),
    "weather_gap": patterns("{is}\n({is}|{is} too)", "{is}\n({is}|auch {is})"),
}
SHORT: Frame = {
    "around": patterns(
        """
        {list}
        ({list})
        {list} (please|pls|thx)
        (ok|hm|so|now|next:|alright|idea:|new plan:) {list}
        (changes|my changes|to do|todo|wishes|edits|new version|notes): {list}
        {list}, (that's it|that would be great|rest stays the same|thank you)
        (same|same pic|same one|keep it) but {list}
        (maybe|perhaps|how about|what about) {list}?
        (needs|it needs|we need|missing:) {list}
        """,
        """
        {list}
        ({list})
        {list} (bitte|pls|danke|bitte danke)
        (ok|hm|so|jetzt|also|als nächstes|neuer Plan:|Idee:) {list}
        (Änderungen|meine Änderungen|Wünsche|meine Wünsche|neue Version|Notizen): {list}
        {list}, (das wär's|das wars|das wär super|Rest bleibt|danke dir)
        (gleiches Bild|selbes Bild|wie vorher|alles so lassen), (aber|nur) {list}
        (vielleicht|wie wär's so:|wie wärs so:) {list}?
        (bitte|pls|bidde) {list}
        """,
    ),
    "look": patterns(
        "{bare} {look}\n{thing} {look}\n{bare}: {look}\n{bare} = {look}\n{thing} (should be|must be) {look}",
        """
        {bare} {look}
        {nom} {look}
        {thing} {look}
        {bare}: {look}
        {bare} = {look}
        {bare} (bitte|mal) {look}
        """,
    ),
    "time": patterns(
        "{when}\n{name}\n({name})\nmake it {name}",
        "{when}\n{name}\n(lieber|jetzt) {when}\n({when})",
    ),
    "weather": patterns(
        "{when}\n{name}\nwith {name}\n{is}\nsome {name}",
        "{when}\n{name}\nmit {name}\n{is}\n(bisschen|bissl|etwas) {name}",
    ),
    "other": patterns(
        "{name} instead of {falls}\n{falls} -> {name}\nnot {falls} but {name}\n{name} rather than {falls}",
        "{name} statt {falls}\nstatt {falls} {name}\n{falls} -> {name}\nlieber {name} als {falls}",
    ),
    "place": patterns("{when}\n({when})\nput it {when}", "{when}\n({when})\n(alles|das Ganze) {when}"),
    "style": patterns("{how}\n({how})\npaint everything {how}", "{how}\n({how})\n(alles|das Ganze) {how}"),
    "new": patterns(
        "{new}\n{new} (too|as well)\n({new})\nwith {new}",
        "noch {new}\n{new} dazu\ndazu {new}\n{new}\nmit {new_dat}",
    ),
    "more": patterns(
        "(another|one more) {one}\n1 more {one}\none {one} more\nan extra {one}",
        "noch {a}\n{a_nom} mehr\nnoch {a} mehr\n1 {one} mehr\nnoch {a} dazu",
    ),
    "number": patterns(
        "{number} {many}\n{many} x{digit}\nmake it {number} {many}", "{number} {many}\n{many}: {digit}"
    ),
    "away": patterns(
        """
        {bare} (away|out|gone)
        {thing} (gone|away|out)
        {bare}: (remove|delete)
        remove {thing}
        delete {thing}
        """,
        """
        {bare} (weg|raus)
        {thing} (weg|raus)
        {thing} (löschen|wegmachen|rausnehmen)
        weg mit {dat}
        {bare} bitte weg
        """,
    ),
    "gone": patterns(
        "no {bare}\nwithout {thing}\nno (more|) {bare}\nminus {thing}",
        "ohne {thing}\nohne {bare}\n{no} mehr\n{no}",
    ),
    "dry": patterns(
        "no {falls}\nwithout {falls}\nno more {falls}\nwithout the {falls}",
        "ohne {falls}\nkein {falls}\nkein {falls} mehr\nohne den {falls}",
    ),
    "instead": patterns(
        """
        {new} instead of {thing}
        {new} for {thing}
        {thing} -> {new}
        {new}, not {a}
        """,
        """
        {new} statt {dat}
        {new_nom} anstatt {dat}
        statt {dat} {new}
        {thing} -> {new}
        {new} anstelle von {dat}
        """,
    ),
}
WANT: Frame = {
    "around": patterns(
        """
        (i want|i'd like|i would like|i need|we want) {list}
        i (want|would love|would prefer|wanna have) {list}
        (can|could|may) (i|we) (have|get) {list} (please|)?
        (give me|gimme|get me|let's have|lets have) {list}
        (my daughter|my son|my wife|grandma|my boss|the kid|the client) (wants|would like) {list}
        (what i want is|what i'd like:|i'm looking for|i was hoping for) {list}
        is it possible to have {list}?
        it's (boring|empty|a bit dull) (like this|), i (want|need) {list}
        would you be so kind and give me {list}? (thank you|thanks|)
        i (thought|think) we could have {list}
        honestly (i'd|i would) rather have {list}
        """,
        """
        (ich will|ich möchte|ich hätte gern|ich hätte gerne|ich brauch|wir hätten gern) {list}
        (hätte gern|hätt gern|hätt gerne|möchte|will) {list}
        (kann|könnte|darf) ich (bitte|mal|) {list} (haben|kriegen|bekommen)?
        (könnten|können) wir (bitte|) {list} haben?
        (meine Tochter|mein Sohn|meine Frau|Oma|der Chef|der Kunde) (will|möchte|hätte gern) {list}
        (ich wünsche mir|ich wünsch mir|was ich will:|mein Wunsch:) {list}
        gib mir (mal|bitte|) {list}
        (ist so langweilig|bisschen leer|sieht fad aus), ich (will|hätte gern) {list}
        wären Sie so nett? ich (hätte gern|möchte) {list}
        i hätt gern {list}
        ich (hätte|hätt) (doch|dann doch) lieber {list}
        """,
    ),
    "look": patterns(
        "{thing} {look}\n({thing} {look})\n(({thing} {look}))",
        "{thing} {look}\n{thing} (lieber|) {look}\n({thing} {look})",
    ),
    "time": patterns(
        "{name}\nit {when}\n(it {when})",
        "{name}\ndas Ganze {when}\nalles {when}",
    ),
    "weather": patterns("{name}\nit {when}\nsome {name}", "{name}\ndas Ganze {when}\nein bisschen {name}"),
    "other": patterns(
        "{name} instead of {falls}\n{name} and no {falls}", "{name} statt {falls}\n{name} und keinen {falls}"
    ),
    "place": patterns("it {when}\nthe whole thing {when}", "das Ganze {when}\nalles {when}"),
    "style": patterns(
        "it {how}\nthe whole thing {how}\nit all {how}", "das Ganze {how}\nalles {how}\ndas Bild {how}"
    ),
    "time_gap": patterns("{when}\n{when} (please|)", "{when}\n{when} (bitte|)"),
    "weather_gap": patterns("{when}\n{when} (please|)", "{when}\n{when} (bitte|)"),
    "place_gap": patterns("{when}\n{when} (please|)", "{when}\n{when} (bitte|)"),
    "style_gap": patterns("{how}\n{how} (please|)", "{how}\n{how} (bitte|)"),
    "new": patterns("{new}\n{new} (too|as well|in it)", "{new}\nnoch {new}\n{new} (dazu|mit drauf)"),
    "more": patterns("(another|one more) {one}\nan additional {one}", "noch {a}\n(noch|) {a} mehr"),
    "number": patterns(
        "{number} {many}\n{number} {many} in total", "{number} {many}\ninsgesamt {number} {many}"
    ),
    "away": patterns(
        "{thing} (gone|out|removed)\n{thing} (out of it|deleted)",
        "{thing} (weg|raus)\n{thing} weg",
    ),
    "gone": patterns("no {bare}\nno {bare} (anymore|in it)", "{no}\n{no} mehr"),
    "dry": patterns("no {falls}\nno more {falls}", "keinen {falls}\nkeinen {falls} mehr"),
    "instead": patterns(
        """
        {new} instead of {thing}
        {new} in place of {thing}
        {new} rather than {thing}
        """,
        """
        {new} statt {dat}
        statt {dat} {new}
        {new} anstelle von {dat}
        """,
    ),
}
WITH: Frame = {
    "around": patterns(
        """
        (the same|same|same thing|same picture|same pic|same scene) (but|just|only|) {list}
        (draw|show|paint|do) it again {list}
        (can|could) (i|we) (have|see) (it|this|that) {list}?
        (show|draw) me (this|the picture|the scene) {list}
        how (would|does) it look {list}?
        (what about|how about) (the same|the whole thing) {list}?
        (i want|i'd like|i imagined|i pictured) it {list}
        exactly (this|the same) but {list}
        another version {list}
        now (the same|the whole thing|all of it) {list}
        """,
        """
        (das gleiche|dasselbe|das selbe|gleiches Bild|das Ganze), (nur|aber|bloß) {list}
        (das gleiche|das Ganze|dasselbe) (nochmal|noch mal|bitte|jetzt) {list}
        (zeig|mal|mach) (mir |)das (bitte|mal|Ganze|Bild) {list}
        (kannst du|könntest du|kannste) das (bitte|mal|) {list} (malen|zeigen|machen)?
        (wie sieht das|wie sähe das|wie säh das) {list} aus?
        wie wär's (damit:|so:) {list}?
        (ich will es|ich hätte es gern|ich hätt's gern) {list}
        genauso, (aber|nur|bloß) {list}
        neue Version: {list}
        jetzt (nochmal|das Ganze|alles) {list}
        """,
    ),
    "colour": patterns(
        "with {thing} in {colour}\nwith {thing} {colour}\nwith {thing} all {colour}",
        "mit {dat} in {colour}\nmit {dat} (ganz|komplett) in {colour}",
    ),
    "time": patterns(
        "{when}\n(set|) {when}",
        "{when}\n({when})",
    ),
    "weather": patterns("{when}\nwith {name}\n({when})", "{when}\nmit {name}\n({when})"),
    "place": patterns(
        "{when}\n(set|) {when}",
        "{when}\n({when})",
    ),
    "style": patterns(
        "{how}\n(done|) {how}",
        "{how}\n({how})",
    ),
    "new": patterns(
        "with {new}\nwith {new} (in it|added|)", "mit {new_dat}\nmit {new_dat} (dabei|drauf|dazu)"
    ),
    "more": patterns(
        "with (another|one more) {one}\nwith one additional {one}", "mit noch {a_dat}\nmit {a_dat} mehr"
    ),
    "number": patterns(
        "with {number} {many}\nwith {number} {many} in it",
        "mit {number} {many_dat}\nmit insgesamt {number} {many_dat}",
    ),
    "gone": patterns(
        "without {thing}\nwithout {thing} (in it|)",
        "ohne {thing}\nohne {bare}",
    ),
    "dry": patterns("without {falls}\nwithout the {falls}", "ohne {falls}\nohne den {falls}"),
    "instead": patterns(
        """
        with {new} instead of {thing}
        with {new} in place of {thing}
        """,
        """
        mit {new_dat} statt {dat}
        mit {new_dat} anstelle von {dat}
        """,
    ),
}
ADDING: Frame = {
    "around": patterns(
        """
        !add {list}
        !(put in|draw|throw in|include) {list}
        (can|could) you (add|draw|put in) {list}?
        it (needs|could use|is missing) {list}
        add {list} (to it|to the picture|please|thx)
        (you forgot|we still need|i also want) {list}
        please also (add|put in|draw) {list}
        """,
        """
        !füg_hinzu/hinzufügen (noch|) {list}
        !(mal_dazu/dazumalen|pack_dazu/dazupacken|mach_dazu/dazumachen|setz_rein/reinsetzen) {list}
        (kannst du|könntest du|kannste) (noch|bitte noch|mal) {list} (hinzufügen|dazumalen|reinmachen)?
        (tu|mach|pack|hau) (noch|mal noch|bitte noch|mal) {list} (rein|dazu)
        (ich will|ich möchte|ich hätte gern) (noch|auch noch) {list} (dazu|drin|mit drauf)
        {list} (dazu|hinzufügen|rein|mit rein) (bitte|)
        bitte (noch|) {list} (ergänzen|einbauen|hinzufügen)
        """,
    ),
    "new": patterns("{new}\n({new})", "{new}\n({new})"),
    "more": patterns("(another|one more) {one}\nan extra {one}", "noch {a}\n{a} mehr"),
    "weather": patterns("some {name}\n{name}", "{name}\netwas {name}"),
}
REMOVING: Frame = {
    "around": patterns(
        """
        !(remove|delete|erase|drop) {list}
        !(take out|get rid of|lose|leave out) {list}
        (can|could) you (remove|delete|get rid of) {list} (please|)?
        away with {list}
        {list} (must go|have to go|should go|can go|out)
        (i don't|i dont) (need|want|like) {list}
        get {list} out of (there|here|the picture)
        do it without {list}
        (enough of|i'm tired of|not a fan of) {list}, take (both|that) out
        {list}: delete (please|)
        """,
        """
        !(lösch/löschen|entfern/entfernen|streich/streichen) {list}
        !(nimm_raus/rausnehmen|mach_weg/wegmachen|nimm_weg/wegnehmen|lass_weg/weglassen) {list}
        (kannst du|könntest du|kannste) (bitte|mal|) {list} (wegmachen|löschen|rausnehmen|weglassen)?
        {list} (weg|raus|löschen|weglassen|bitte weg|beides weg)
        (tu|mach|nimm|hau) (mal|bitte|) {list} (weg|raus)
        ich (brauche|will|brauch|mag) {list} nicht (mehr|)
        ohne {list} (bitte|)
        (können|könnten) wir {list} weglassen?
        (kann|könnte) man {list} (bitte|) (weglassen|rausnehmen)?
        """,
    ),
    "gone": patterns("{thing}\n({thing})", "{thing}\n({thing})"),
    "dry": patterns("the {falls}\n(the {falls})", "den {falls}\n(den {falls})"),
}
