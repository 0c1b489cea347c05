"""How people go on from the last step in a few words: "and at night", "two of them", "the other one can go".

`{w}` is a surrounding ("at night"), `{n}` a number, `{other}` the thing that the last step was not about,
`{y}` another thing. Fields are those of `naming.thing_name`.
"""

from __future__ import annotations

from training.tiny.wishes.voice import Language, patterns

CONTINUING: dict[str, dict[Language, tuple[str, ...]]] = {
    "and_slot": patterns(
        """
        and {w}
        and {w} (please|pls|too)
        also {w}
        but {w}
        (now|ok now|and now|oh and|and then) {w}
        (same|the same|same picture|same thing) but {w}
        (like this|just like this|exactly like that) but {w}
        the same again, (but|only|this time) {w}
        (could|can) it be {w}(?|)
        (can|could) (i|we) (see|have) (it|that|this) {w}(?|)
        how about it {w}?
        show (it|me that|that) {w}
        i (want|wanted|imagined|pictured) it {w}
        {w} (though|then)
        all of (it|that) {w}
        and the whole thing {w}
        and have it all {w}
        it should all be {w}
        let's (have|see|try) (it|that|this) {w}
        everything as is, just {w}
        what if it was {w}(?|)
        (ooh|ohh|oh) and {w}!
        now the same {w}
        same vibe but {w}
        i'd like to see that {w}
        """,
        """
        und {w}
        und {w} bitte
        auch {w}
        aber {w}
        und (auch|auch noch|dann|jetzt|zwar|bitte) {w}
        (jetzt|jetzt noch|ach und|achso und|und jetzt) {w}
        (das gleiche|dasselbe|das selbe|gleiches bild|selbes bild), (aber|nur|diesmal) {w}
        das gleiche (nochmal|noch mal), aber {w}
        (genau so|genauso|so wie jetzt), (aber|nur) {w}
        und das ganze {w}
        und alles {w}
        (geht das|kannste das|kannst du das|ginge das) auch {w}?
        wie wärs {w}?
        (zeig|zeig mir|mach) das mal {w}
        ich (will|wollte|hätte|hätt) das {w}
        ich (hätt|hätte) das gern {w}
        (das|das ganze|alles) bitte {w}
        (lass|lasst) (das|uns das) mal {w} (sehen|probieren)
        und wenn's geht {w}
        das soll {w} sein
        alles so lassen, nur {w}
        und {w}!
        und zwar das ganze {w}
        kann man das auch {w} haben?
        jetzt das gleiche {w}
        würd das gern {w} sehen
        """,
    ),
    "again_count": patterns(
        """
        and {n} of (them|those)
        {n} of (them|those|em)
        {n} of (them|those) (please|pls)
        make (it|that) {n}
        and make it {n}
        i (want|wanted) {n} of (them|those)
        (can|could) (we|i) have {n} of (them|those)(?|)
        (can|could) there be {n} of (them|those)(?|)
        there should be {n} of (them|those)
        let there be {n} of them
        but {n} of (them|those)
        now {n} of (them|those)
        (one is not enough|one isn't enough), make it {n}
        {n} would be (better|nicer|cuter)
        i meant {n} of them
        we need {n} of (those|them)
        and it should be {n} of them
        {n} of that (please|pls|)
        """,
        """
        und {n} davon
        {n} davon
        {n} davon (bitte|wären schön)
        davon {n}
        und davon (bitte|gleich|) {n}
        mach {n} (draus|daraus|davon)
        mach mal {n} (draus|daraus|davon)
        ich (will|möchte|hätt gern) {n} davon
        (kannste|kannst du) {n} davon machen?
        es sollen {n} davon sein
        aber {n} davon
        (jetzt|und jetzt) {n} davon
        {one1} reicht nicht, mach {n} draus
        {n} von der sorte
        da sollen {n} davon (hin|stehen)
        {n} davon wären (besser|schöner|lustiger)
        lieber {n} davon
        wir brauchen {n} davon
        und zwar {n} davon
        """,
    ),
    "other_gone": patterns(
        """
        and {other} can go
        {other} can go (now|then|)
        (and|now|then|ok and) (remove|delete|lose) {other}
        remove {other} (please|pls|though|)
        delete {other}
        get rid of {other}
        and get rid of {other}
        take {other} (out|away)
        (and|but) without {other}
        (i don't|we don't|dont) need {other}
        {other} should (go|be gone|disappear)
        {other} away (please|pls|)
        i don't want {other} (anymore|in there|)
        lose {other}
        {other} not needed
        (can|could) you (remove|delete) {other}(?|)
        keep that one, {other} can go
        that one stays, {other} goes
        and kick {other} out
        make {other} disappear
        """,
        """
        (und|jetzt|dann|und jetzt) {other} weg
        {other} (weg|raus) (bitte|)
        {other1} {can} weg
        und {other1} {can} (weg|raus)
        mach {other} weg
        mach mal {other} weg
        nimm {other} (weg|raus)
        und nimm {other} (weg|raus)
        lösch {other}
        und lösch {other}
        {other} (brauch ich|brauchen wir|brauchts) nicht
        {other} (will|möchte) ich nicht (mehr|)
        weg mit {other3}
        raus mit {other3}
        {other1} {should} weg
        und ohne {other}
        (kannst du|kannste) {other} (wegmachen|rausnehmen|löschen)?
        lass {other} verschwinden
        das bleibt, aber {other} weg
        {other} bitte (löschen|entfernen|wegnehmen|rausnehmen)
        """,
    ),
    "other_swap": patterns(
        """
        turn {other} into {y}
        and turn {other} into {y}
        (and|now|then) make {other} {y}
        make {other} {y} (please|pls|)
        {other} should be {y}
        and {other} should be {y}
        (swap|switch) {other} for {y}
        (replace|and replace) {other} with {y}
        {y} instead of {other}
        and {y} instead of {other}
        i want {y} instead of {other}
        {other} into {y}
        change {other} to {y}
        (can|could) {other} be {y}(?|)
        let {other} be {y}
        {y} where {other} is
        """,
        """
        mach aus {other3} {y}
        und mach aus {other3} {y}
        aus {other3} {y}
        und aus {other3} mach {y}
        statt {other3} {y}
        (und|jetzt|lieber) statt {other3} {y}
        {y} statt {other3}
        {other1} {should} {y1} sein
        und {other1} {should} {y1} (sein|werden)
        tausch {other} gegen {y}
        ersetz {other} durch {y}
        und ersetz {other} durch {y}
        (kannst du|kannste) aus {other3} {y} machen?
        ich hätte statt {other3} (gern|lieber) {y}
        {other} bitte gegen {y} tauschen
        verwandel {other} in {y}
        """,
    ),
    "too_small": patterns(
        """
        (not that|not so|not quite that|not quite so) small
        (ok|okay|hm|whoa|haha|lol|no) not that small
        (too small|way too small|a bit too small|now it's too small|that's too small) (now|)
        i didn't mean that small
        i didn't want it that small
        (that's|it's) a bit too tiny now
        (oh|oops|ups|hm), too small
        less small
        well not THAT small
        didn't need to be that small
        you overdid it, too small
        hardly visible now, not that small
        (uh|um) that's too small
        i can barely see it now, not so small
        """,
        """
        (nicht ganz so|nicht so|doch nicht so|nicht soo) klein
        so klein (nun|jetzt|dann|) auch wieder nicht
        so klein (wollte|wollt) ich's (nun|doch|) auch nicht
        (zu klein|viel zu klein|bisschen zu klein|bissl zu klein|jetzt zu klein)
        jetzt {is} {it1} zu klein
        {x1} {is} jetzt zu klein
        (ups|oh|hm|ne|nee|haha), zu klein
        das ist (jetzt|) (zu klein|viel zu klein|bisschen zu klein)
        das ist zu klein geworden
        na so klein auch nicht
        so winzig nun auch nicht
        weniger klein
        man sieht ja nix mehr, nicht so klein
        nicht SO klein
        übertrieben, nicht ganz so klein
        """,
    ),
    "too_large": patterns(
        """
        (not that|not so|not quite that|not quite so) big
        (ok|okay|hm|whoa|haha|lol|no) not that (big|huge)
        (too big|way too big|a bit too big|now it's too big|that's too big) (now|)
        i didn't mean that big
        i didn't want it that (big|huge)
        (that's|it's) a bit too large now
        (oh|oops|ups|hm), too big
        less big
        well not THAT big
        didn't need to be that big
        you overdid it, too big
        (uh|um) that's too big
        it fills everything now, not so big
        """,
        """
        (nicht ganz so|nicht so|doch nicht so|nicht soo) (groß|riesig)
        so groß (nun|jetzt|dann|) auch wieder nicht
        so groß (wollte|wollt) ich's (nun|doch|) auch nicht
        (zu groß|viel zu groß|bisschen zu groß|bissl zu groß|jetzt zu groß)
        jetzt {is} {it1} zu groß
        {x1} {is} jetzt zu groß
        (ups|oh|hm|ne|nee|haha), zu groß
        das ist (jetzt|) (zu groß|viel zu groß|bisschen zu groß)
        das ist zu groß geworden
        na so groß auch nicht
        so riesig nun auch nicht
        weniger groß
        nicht SO groß
        übertrieben, nicht ganz so groß
        """,
    ),
    "enough": patterns(
        """
        {n} {nis} enough
        {n} {nbare} {nis} enough
        (way too many|too many|that's too many|whoa too many), {n} {nis} enough
        (way too many|too many), {n} {nbare} {nis} enough
        (just|only) {n} (please|pls|)
        (just|only) {n} {nbare} (please|pls|)
        {n} {nis} plenty
        {n} {nbare} {nis} plenty
        {n} would be enough
        {n} would have been enough
        i (only|just) need {n}
        i (only|just) wanted {n}
        (ok|hm|hmm|haha) {n} {nis} enough
        {n} {nis} fine
        i think {n} {nis} enough
        rather (just|only) {n}
        too crowded, (just|only) {n} {nbare}
        not so many, {n} {nis} enough
        make it just {n}
        {n} will do
        we don't need that many, {n} {nbare} will do
        """,
        """
        {n1} {nreicht}
        {n1} {nreicht} (doch|auch|mir|völlig|schon|dicke)
        {nx1} {nreicht} (doch|auch|mir|völlig|)
        (viel zu viele|zu viele|das sind zu viele), {n1} {nreicht}
        (viel zu viele|zu viele|so viele nicht), {nx1} {nreicht}
        nur {n4} (bitte|)
        nur {nx4} (bitte|)
        (bloß|lieber nur|doch nur|ne nur) {n4}
        (bloß|lieber nur|doch nur) {nx4}
        ich (brauch|wollte|will) nur {n4}
        ich (brauch|wollte|will) nur {nx4}
        (hm|haha|ok|ach|ne), {n1} {nreicht}
        {n1} hätte{nen} (auch|) gereicht
        {nx1} hätte{nen} (auch|) gereicht
        nicht so viele, {n1} {nreicht}
        ich glaub {n1} {nreicht}
        mach nur {n4} (draus|hin)
        zu voll, nur {nx4}
        {nx1} {nreicht} vollkommen
        """,
    ),
}
