"""How people ask for a thing to go, or for one thing to go and another to stay."""

from __future__ import annotations

from training.tiny.wishes import learners_said, pointing_said
from training.tiny.wishes import things_told as told
from training.tiny.wishes.voice import patterns

REMOVE = patterns(
    """
    !(remove|delete|erase|drop|lose|scrap|nuke|ditch|yeet) {thing}
    !(take|wipe) {thing} (out|away)
    !(get rid of|cut out|take out|leave out|do away with|edit out) {thing}
    {thing} (should go|has to go|must go|can go|needs to go|should be gone)
    (no|no more|without|w/o|minus|skip) {bare}
    i (don't|dont|do not) (want|need|like) {thing} (anymore|in it|there|)
    {nom} (out|away|gone|bye bye|is not needed|has no place here)
    !make {thing} (disappear|vanish|go away)
    - {bare}
    (the picture|it|this) (is|looks) (better|nicer) without {thing}
    there (shouldn't|should not|shouldnt) be any {bare}
    why {is} {nom} (even|still|) (there|in it)? (remove|delete|drop) {it}
    !(clear|kick) out {thing}
    what {is} {nom} doing (there|in it|here)? (take {it} out|get rid of {it}|away with {it})
    (can|could) {nom} (go|be removed|disappear|go away)?
    (can|could) (i|we) (have|see|get) it without {thing}?
    (do we|do we really|do we even|why do we) need {thing}? (take {it} out|remove {it}|i don't think so)
    who (put|asked for|ordered|wanted) {thing} (there|in it)? (remove|delete|erase) {it}
    i never (asked for|wanted) {a}
    (i didn't ask|i didnt ask|nobody asked) for any {bare}, (remove|delete) {it}
    {nom} {doesnt} belong (there|here|in this|in the picture)
    {nom} {is} (annoying|ugly|in the way|distracting|disturbing|too much), (away with {it}|remove {it}|out)
    {nom} {is} (not necessary|unnecessary|superfluous|useless|too much)
    {nom} ({bothers} me|is disturbing|is a bother), (get rid of {it}|remove {it})
    away with {thing}
    {nom} (was a mistake|was not a good idea|was a bad idea), (undo that|remove {it}|out with {it})
    (forget|never mind|nevermind|scratch) {thing}
    (i've|ive|i have) had enough of {thing}
    (please|just|) no {bare} (at all|in it|in the picture|there)
    it (should not|shouldn't) have {a} (in it|)
    (i don't|i dont|don't) wanna see {thing} (anymore|any more|there)
    (don't|dont|do not) (show|draw|include|paint) {thing} (anymore|this time|)
    (same|same pic|same thing|this|same picture) (but|just) (without|no|minus) {bare}
    (leave|keep) (everything else|the rest|all else), (but remove|only remove|just delete|just lose) {thing}
    !(airbrush|photoshop|paint|crop|edit) {thing} out
    !(hide|banish|eliminate|discard|subtract|omit|exclude) {thing}
    !send {thing} (away|home|packing)
    (let|make) {thing} (leave|be gone)
    (want|need) picture without {bare}
    {bare} (go away|not good|bad|no like), (delete|remove|take away)
    (wish|i wish) {nom} {was} (gone|not there|not in it)
    (it'd be|it would be|would be) (nicer|better|cleaner|cooler) (if {nom} {was} gone|without {thing})
    (isn't|isnt|wouldn't) it (be |)(better|nicer) without {thing}?
    (too much going on|too crowded|it's too full|too busy), (lose|remove|take out) {thing}
    (poof|byebye|bye|goodbye|see ya) {bare}
    (zero|0) {many}
    {bare}: (no|remove|delete|off|none|0)
    (after thinking|on second thought|hmm|actually), (no|without) {bare}
    {nom} not (there|in it|in the picture) (please|anymore)
    (i'm|im) (not a fan of|tired of|not happy with|sick of) {thing}, (remove {it}|take {it} out)
    {nom}? (no thanks|nope|nah|remove|delete|out)
    (what happens|how does it look) (if you remove|if you take away|without) {thing}?
    """,
    """
    !(entfern/entfernen|entferne/entfernen|lösch/löschen|streich/streichen) (bitte|) {thing}
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
    {no} (mehr|mehr bitte|bitte|mehr drin|im Bild)
    es (soll|darf|sollte) (da |){no} (mehr |)geben
    (da|im Bild) ({soll}|{darf}) {no_nom} (mehr |)(sein|zu sehen sein)
    ich (will|möchte|brauch) {no} (mehr|im Bild|da drin|)
    (kannst du|könntest du|könnt ihr) {thing} (mal |bitte |)(wegmachen|rausmachen|löschen)?
    ({kann}|{könnte}|{darf}) {nom} (bitte |)(weg|raus|verschwinden)?
    {nom} (bitte |)(weg|raus)
    {thing} (bitte |)(löschen|entfernen|wegmachen|rausnehmen|weglassen|streichen)
    was {soll} {nom} (da|hier)? (weg damit|raus damit|nimm {es} weg)
    (was {macht}|wozu {ist}) {nom} (da|hier) (eigentlich|)? (weg damit|raus damit|mach {es} weg)
    wer hat (denn |){thing} (bestellt|da hingemacht|gewollt)? (weg damit|raus)
    {nom} {ist} (überflüssig|unnötig|zu viel|fehl am Platz)
    {nom} {gehört} (da|hier|dort) nicht (hin|rein)
    {nom} ({stört}|{passt} nicht rein|{passt} da nicht), (weg damit|raus damit|mach {es} weg)
    {nom} {ist} (hässlich|doof|blöd|im Weg), (weg damit|raus|mach das weg)
    (brauchen wir|brauchst du) {thing} (wirklich|überhaupt)? (weg damit|nee, weg|lass {es} weg)
    (brauch|brauche) {thing} (da |)nicht (mehr|)
    {nom} {war} (keine gute Idee|ein Fehler), (weg damit|raus)
    (ich kann|wir können|man kann) (gut |)auf {thing} verzichten
    !verzichte/verzichten auf {thing}
    (das Bild|es) (ist|wäre|wirkt) (besser|schöner) ohne {thing}
    (wäre|wär) (es|das) nicht (schöner|besser) ohne {thing}?
    (wie sieht's|wie sieht es|wie sähe es) (denn|wohl|) ohne {thing} aus?
    (hab|habe) nie {a} (gewollt|bestellt)
    ich (hab|habe|hatte) {no} (bestellt|gewollt|verlangt)
    {thing} (wegradieren|wegretuschieren|rausschneiden|ausblenden|tilgen|rauslöschen)
    !(radier_weg/wegradieren|retuschier_raus/rausretuschieren|schneid_raus/rausschneiden) {thing}
    !(hau_raus/raushauen|wirf_raus/rauswerfen|kick_raus/rauskicken|räum_weg/wegräumen) {thing}
    !(schick/schicken|jag/jagen) {thing} (weg|fort|davon)
    !blend_aus/ausblenden {thing}
    (gleiches Bild|das gleiche|genauso|dasselbe), (nur|aber|bloß) ohne {thing}
    (Rest bleibt|alles andere bleibt|der Rest ist gut), (nur|bloß) {nom} (weg|muss weg|raus)
    (lass alles|alles bleibt) (so|wie es ist), (nur|aber) {thing} (weg|raus)
    (zu voll|zu viel los|zu viel drauf), {nom} (raus|kann weg|weg)
    (tschüss|tschüß|ciao|adieu|bye) {bare}
    (doch|lieber|doch lieber|besser) ohne {thing}
    ich will {thing} nicht mehr sehen
    (mal|zeig|zeichne) {thing} (nicht|nicht mehr|diesmal nicht)
    {bare} nicht (gut|schön), weg (machen|bitte)
    {bare} (weg|raus|löschen|wegmachen|nein)
    """,
    told.REMOVE,
    learners_said.REMOVE,
    pointing_said.REMOVE,
)
APART = patterns(
    """
    !remove {thing}, not {other}
    !(remove|delete|take out|drop) {thing} but (leave|keep) {other}
    !(leave|keep) {other} but (remove|delete|drop|lose|get rid of) {thing}
    {other_nom} (can|may|should) stay, (but not|just not) {thing}
    {other_nom} can stay, {nom} (must go|has to go|should go|can't)
    only {nom} (has to|should|must) go, not {other}
    {other_nom} (without|minus|but without) {thing}
    {other_nom} {other_is} (fine|great|ok|good), (but remove|just lose|but i don't want) {thing}
    {other_nom} yes, {nom} no
    {nom} no, {other_nom} yes
    i want (just |only |){other}, not {thing}
    i (like|love|want) {other} but not {thing}
    there should be {other} but no {bare}
    don't (touch|remove) {other}, (only|just) (remove|delete|take out) {thing}
    {nom} or {other}? {other}, (remove|drop|lose) the other
    """,
    """
    !(entfern/entfernen|lösch/löschen) {thing}, (aber nicht|nicht) {other}
    nimm {thing} raus, aber (lass {other} drin|nicht {other})
    mach {thing} weg und (lass {other} da|lass {other} stehen|behalt {other})
    {other_nom} {other_kann} bleiben, {nom} (nicht|muss weg|soll weg|kann weg)
    nur {nom} (soll weg|muss weg), (nicht|aber nicht) {other_nom}
    {other_nom} ja, {nom} nein
    {nom} nein, {other_nom} ja
    {other_nom} ohne {thing}
    {other_nom} {other_ist} (gut|ok|schön), aber {nom} (muss weg|stört|soll weg)
    ich (will|mag|möchte) {other}, aber {no}
    ich (will|mag|möchte) (nur|) {other}, nicht {thing}
    {thing} weg, {other} (nicht|lassen|behalten|da lassen)
    (behalt|behalte|lass) {other} (drin|), aber {nom} (weg|muss raus)
    """,
)
