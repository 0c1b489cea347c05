"""How people want an earlier picture with a change, and how they want back what a slot said before.

`back_and` is one of `which` and a change: `{b}` the picture ("the first one"), `{c}` what is to be different.
"""

from __future__ import annotations

from training.tiny.wishes.voice import Language, patterns

RETURNING: dict[str, dict[Language, tuple[str, ...]]] = {
    "which_first": patterns(
        """
        the (first|very first) (one|picture|version|pic)
        the picture from the (start|beginning)
        the one we started with
        the original (one|picture|version|)
        """,
        """
        das (erste|allererste) (bild|)
        das bild vom anfang
        das vom anfang
        das mit dem wir angefangen haben
        das original
        """,
    ),
    "which_with": patterns(
        """
        the (one|picture|version|pic) with {x}
        the (earlier|old) (one|picture|version) with {x}
        the one where {x} {was} still there
        """,
        """
        das (bild|) mit {x3}
        das (alte|frühere) (bild|) mit {x3}
        das von vorhin mit {x3}
        das wo {x1} noch da {was}
        """,
    ),
    "which_before": patterns(
        """
        the (one|picture|version|pic) before {x}
        the one from before {x}
        the (last one|last picture) before {x}
        """,
        """
        das (bild|) bevor {x1} kam{en}
        das von bevor {x1} kam{en}
        das (letzte|letzte bild) bevor {x1} dazukam{en}
        """,
    ),
    "which_within": patterns(
        """
        the (one|picture|version) {w}
        the (earlier|old) (one|picture) {w}
        """,
        """
        das (bild|) {w}
        das (alte|frühere) (bild|) {w}
        das von vorhin {w}
        """,
    ),
    "back_and": patterns(
        """
        {b} (again|), but {c}
        {b} (again|) but {c} (please|pls|)
        {b} again, only {c}
        {b} again, {c} this time
        {b}, just {c}
        back to {b}, but {c}
        go back to {b} but {c}
        take {b} but {c}
        take {b} again, but {c}
        (can i have|can we have|could i get) {b} (again|), but {c}?
        i want {b} (again|), but {c}
        i liked {b}, but {c}
        {b} was (better|nicer|the best), but {c}
        use {b} again, but {c}
        show me {b} again, but {c}
        let's go back to {b}, only {c}
        (hm|hmm|ok|so), {b} but {c}
        undo back to {b}, but {c}
        like {b} but {c}
        """,
        """
        {b} (nochmal|wieder|), aber {c}
        {b}, (nur|aber bitte|diesmal|bloß) {c}
        nochmal {b}, aber {c}
        nimm {b}, aber {c}
        nimm (wieder|nochmal) {b}, (aber|nur) {c}
        ich (will|möchte|hätte gern) {b}, aber {c}
        ich will {b} wieder, aber {c}
        (kann ich|können wir) {b} (nochmal|wieder) haben, aber {c}?
        (kannste|kannst du) {b} nochmal machen, aber {c}?
        {b} war (besser|schöner|am besten), aber (bitte|) {c}
        zeig nochmal {b}, aber {c}
        wie {b}, aber {c}
        (hm|ok|ach), {b}, aber {c}
        lass uns {b} nehmen, aber {c}
        mach nochmal {b}, nur {c}
        """,
    ),
    "was_back": patterns(
        """
        (bring|get) {x} back
        bring back {x}
        {x} back (please|pls|)
        {x} again (please|pls|)
        (hm|hmm|nah|no|hm no|ok no), {x} again
        (hm no|nah|hmm|no), {x} {was} (better|nicer)
        {x} {was} (better|nicer|prettier|cooler)
        i (liked|preferred) {x} (more|better|)
        (i think i|we|i) liked {x} better
        {w} again (please|pls|)
        (rather|better|actually|hm no,|nah,) {w} again
        {w} (like|as) before
        it was (better|nicer|prettier) {w}
        it looked (better|nicer|cooler) {w}
        i (liked|preferred|want) it {w} again
        make it {w} again
        put it back {w}
        i want {x} back
        i miss {x}
        we want {x} back
        (can|could) we have {x} back(?|)
        (can|could) it be {w} again(?|)
        let it be {w} again
        after all {w} again
        {x} should come back
        changed my mind, {w} again
        i changed my mind, {x} again
        restore {x}
        it should be {w} again
        {x} {was} better after all
        give me {x} back
        keep the rest but bring {x} back
        """,
        """
        (bring|hol) {x} (zurück|wieder zurück)
        {x} (zurück|wieder zurück|wieder her|wieder rein) (bitte|)
        {x} bitte (zurück|wieder)
        ich will {x} (zurück|wieder|wiederhaben)
        (doch|lieber|doch lieber|nee doch|hm doch) wieder {x}
        (hm ne|ne|nee|hm|ach), {w} war's (schöner|besser)
        {w} war (es|das) (schöner|besser|cooler|netter)
        {w} wars (besser|schöner)
        {w} sah (es|das) besser aus
        {w} gefiel es mir besser
        (doch|lieber|doch lieber|ach doch|nee doch|dann doch) wieder {w}
        wieder {w} (bitte|)
        bitte wieder {w}
        mach (es|das) (wieder|doch wieder|lieber wieder) {w}
        das soll wieder {w} sein
        {w} (wie vorher|wie vorhin|wie davor)
        {x1} {was} (schöner|besser|netter|cooler)
        (hm|ne|ach), {x1} {was} (schöner|besser)
        ich fand {x} (besser|schöner)
        ich mochte {x} (lieber|mehr)
        ich vermisse {x}
        {x} (hätt|hätte) ich gern (zurück|wieder)
        gib mir {x} (zurück|wieder)
        (kannste|kannst du) {x} (zurückholen|zurückbringen)?
        (kannste|kannst du) (es|das) wieder {w} machen?
        habs mir anders überlegt, wieder {w}
        wir wollen {x} (zurück|wieder)
        {x1} {should} (wieder her|zurück|wiederkommen|wieder da sein)
        der rest bleibt, aber {x} zurück
        """,
    ),
    "what_gone": patterns(
        """
        bring back (what|the thing|the one) (i|you|we) (removed|deleted|took out)
        bring back what (you|we) (removed|deleted|took out) (please|pls|)
        put back (what|the thing) (i|you|we) (removed|deleted|took away)
        i want (back what you removed|the removed one back|the thing back that was removed)
        (what|the thing) (you|i) removed should come back
        undo the (removal|deletion)
        undo only the removing
        restore (what was removed|the deleted one|what you deleted)
        what you took out, put it back in
        (can|could) we have back what (i|you) removed(?|)
        the one that's gone, bring it back
        whatever (i|you) removed, i want it back
        removing that was a mistake, put it back
        """,
        """
        (hol|bring) zurück was (ich|du) (gelöscht|weggemacht|entfernt) (hab|hast)
        was (ich|du) (weggemacht|gelöscht|rausgenommen) (hab|hast), bitte wieder rein
        das (gelöschte|entfernte) (wieder rein|zurück|bitte zurück)
        mach das löschen rückgängig
        nur das löschen rückgängig
        das löschen war ein fehler, wieder rein damit
        was (weg|verschwunden) ist, bitte wieder (her|rein|hin)
        ich will das zurück, was (weg|verschwunden|gelöscht) ist
        (kannste|kannst du) das gelöschte zurückholen?
        das weggenommene wieder (hin|rein|dazu)
        stell wieder her was gelöscht wurde
        """,
    ),
    "before_last": patterns(
        """
        undo the (change|step) before the last (one|), (but keep|keep) the last (one|)
        undo the (second to last|second-to-last|next to last) (change|step), keep the last (one|)
        not the last change, undo the one before (that|it)
        keep the last change but undo the one before (it|that|)
        the last change is (good|fine|ok), but undo the one before (it|that)
        leave the last change, take back the one before (it|)
        take back the (second to last|next to last) (change|edit), the last one stays
        i like the last change, but not the one before (it|), undo that one
        """,
        """
        die vorletzte änderung rückgängig, die letzte (bleibt|behalten|lassen)
        mach die vorletzte änderung rückgängig, aber (lass|behalte) die letzte
        nicht die letzte änderung, die davor rückgängig
        die letzte änderung (behalten|lassen), aber die davor rückgängig
        die letzte änderung (ist gut|passt|gefällt mir), aber die davor bitte zurück
        nimm die vorletzte änderung zurück, die letzte bleibt
        nur die vorletzte änderung (rückgängig|zurücknehmen)
        (kannste|kannst du) nur die vorletzte änderung zurücknehmen?
        die vorletzte änderung war nix, nimm nur die zurück
        """,
    ),
}
