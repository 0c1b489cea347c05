"""How people ask for some of several things to go, or for everything but one to go."""

from __future__ import annotations

from training.tiny.wishes import counts_told as told
from training.tiny.wishes.voice import patterns

SOME = patterns(
    """
    !(remove|delete|take away|erase|drop) {n} of (the|those|these) {many}
    !(remove|delete|take out|get rid of) {n} {of_them}
    {n} (less|fewer) {of_them} (please|)
    !(keep|leave) (only|just) {left_thing}
    (only|just) {left_thing} (please|is enough|)
    {n} of the {many} (should go|can go|must go)
    (i want|i need|there should be) (only|just) {left_thing}
    {n} {of_them} (away|out|gone)
    (just|only) {left} of them
    !take away {n} of the {had} {many}
    {n} of the {had} {many} (should go|can go|must disappear)
    {had} {many}? (just|only|make it) {left}
    not {had} {many}, (just|only) {left}
    {had} {many} (is|are) too many, {left} {is_left} enough
    too many {many}, {left} {is_left} (enough|plenty|fine)
    too many {many}, (take|remove|delete) {n} (away|out|)
    {left_thing} {is_left} (enough|plenty|sufficient|all i need)
    (isn't|isnt|aren't) there {n} {of_them} too many?
    (there is|there's|theres|i see|you drew) {n} {of_them} too (many|much)
    {n} too many {many}
    {n} {of_them} too many
    (wouldn't {left_thing} be|{is_left} {left_thing} not) enough?
    (do we need|why do we need) {had} {many}? {left} {is_left} enough
    why {had} {many}? (i wanted|i only wanted|i said|i asked for) {left}
    (i only|i just) (wanted|asked for|meant|need|said) {left_thing}
    all but {left} of the {many} (should go|can go|out)
    !(remove|delete|drop|erase) all but {left} of the {many}
    !reduce the {many} to {left}
    !(cut|bring|get) the {many} down to {left}
    !lose {n} (of the {many}|{of_them})
    {had} - {n} {many}
    {many} -{digit}
    {many}: {left} (instead of|not) {had}
    from {had} to {left_thing}
    (there should be|make it|show) {n} {of_them} (less|fewer)
    {left_thing} instead of {had}
    !let {left_thing} stay and remove the other{s}
    {left} of the {many} can stay, (the rest goes|not more|remove the other{s})
    more than {left_thing} is too (much|many)
    (no|not) more than {left_thing}
    (can|could) (we|i) have (just|only) {left_thing}?
    (can|could) {n} of the {many} (go|be removed|disappear)?
    get {n} of those {many} outta there
    {n} {of_them} should (be gone|leave|go away|disappear)
    (i don't|i dont|we don't) need {had} {many}, {left} {is_left} (enough|fine|ok)
    (keep|let) {left}, (remove|delete|drop) {n} of the {many}
    want (only|just) {left} of the {many}
    (all the|all) {many} (but|except) {left} (must go|can go|should disappear|out)
    (i'd like|i want) {n} of the {many} (gone|removed|to go|to disappear)
    make {n} of the {many} (disappear|go away|vanish)
    (what if|it would be nice if) {n} of the {many} (was|were) gone
    (can|could) you (take out|remove|delete) {n} of (the|these|those) {many} (please|)?
    it's too crowded, {n} of the {many} can go
    the picture is too full, (take away|remove) {n} of the {many}
    (only|just) {left} of the {many} (can|may|should) stay
    let (only|just) {left} of the {many} stay
    (one thing|small change): (only|just) {left_thing} (please|)
    {had} {many} (are|is) a bit much, (make it|i'd say|let's have) {left}
    (i'd like|i want) there to be (only|just) {left_thing}
    """,
    """
    !(entfern/entfernen|entferne/entfernen|lösch/löschen) {n} der {many}
    !(nimm_weg/wegnehmen|mach_weg/wegmachen|nimm_raus/rausnehmen) {n} von den {many_dat}
    !nimm_weg/wegnehmen {n} der {had} {many}
    {n_of_them} weniger
    (nur|bloß|lieber nur|nur noch) {left_nom}
    !lass_übrig/übriglassen nur {left}
    ich (will|möchte|wollte|brauch) (nur|bloß|nur noch) {left}
    {left_nom} {reicht} (völlig|mir|doch|)
    weg mit {n_dat} von den {many_dat}
    {n_nom} (der {many}|von den {many_dat}) {soll} (weg|verschwinden|raus)
    {n_nom} von den {had} {many_dat} ({muss}|{kann}) weg
    {n_nom_of_them} (zu viel|zuviel)
    (da {ist}|das {ist}|hier {ist}) {n_nom_of_them} (zu viel|zuviel)
    ({ist} da nicht|{ist} das nicht) {n_nom_of_them} (zu viel|zuviel)?
    zu viele {many}, {left_nom} {reicht}
    zu viele {many}, (nimm|mach|tu) {n} weg
    {had} {many} sind zu (viel|viele), {left_nom} {reicht}
    (warum|wieso|wozu) {had} {many}? {left_nom} {reicht} (doch|)
    ({reicht} da nicht|{reicht} nicht) {left_nom}?
    nicht {had} {many}, (nur|sondern nur|bloß) {left_such_nom}
    {left_nom} statt {had} (bitte|)
    {many}: nur {left_such_nom}
    (lass|lasst) {left_such} von den {many_dat} (stehen|da|übrig), (mehr nicht|nicht mehr)
    {left_such_nom} von den {many_dat} {reicht}, mehr nicht
    es (soll|sollte) (da|) nur {left} geben
    (da|im Bild|hier) (bitte |)nur {left_nom}
    (nicht mehr als|höchstens|maximal) {left_nom}
    !reduzier/reduzieren die {many} auf {left}
    alle {many} (weg|raus) bis auf {left_such}
    !(lösch/löschen|entfern/entfernen) alle {many} bis auf {left_such}
    {kann} {n_nom} (der {many}|von den {many_dat}) weg?
    (kannst|könntest) du {n} (der {many}|von den {many_dat}) (wegmachen|löschen|rausnehmen|weglassen)?
    ich (brauche|will|brauch) keine {had} {many}, {left_nom} {reicht}
    (mach|tu|nimm) mal {n} von den {many_dat} (weg|raus)
    {n} von den {many_dat} (weg|raus|löschen|weglassen|rausnehmen)
    {n_of_them} (weg|raus|löschen|weglassen)
    (hatte|hab|habe) nur {left} (gewollt|bestellt)
    ich (sagte|meinte|wollte) {left}, nicht {had}
    von {had} auf {left} (runter|)
    minus {n_of_them}
    nur {left_nom}, nicht {had}
    {n_of_them} weniger (wäre schön|wär besser|reicht auch|bitte)
    alle {many} bis auf {left_such} (sollen|müssen|können) (weg|raus|verschwinden)
    ich (hätte gern|möchte|will), dass {n_nom} von den {many_dat} weg {ist}
    (wäre schön|besser wäre es), wenn {n_nom} von den {many_dat} weg {wäre}
    (kannste|kannst du|könntest du) (bitte|mal|) {n} von den {many_dat} (wegmachen|rausnehmen|löschen)?
    (ist zu voll|zu viel los), {n_nom} von den {many_dat} {kann} weg
    nur {left_such_nom} von den {many_dat} ({darf_left}|{soll_left}) (bleiben|stehen bleiben|übrig bleiben)
    ich (hätte gern|möchte|will), dass nur {left_nom} da {ist_left}
    (mach|mach ma|mach mal|tu) {n} von den {many_dat} (weg|raus)
    {had} {many} sind (ein bisschen|bissl|etwas) viel, (mach|lieber) {left}
    (eigentlich|am liebsten) (hätte|hätt) ich nur {left}
    """,
)
FEWER = patterns(
    """
    (fewer|less) {many} (please|in there|)
    not so many {many} (please|)
    (that's|thats|those are|there are) too many {many}
    too many {many}
    !(use|draw|have|show) (fewer|less) {many}
    i (want|need|would like) (fewer|less) {many}
    there (should|could) be (fewer|less) {many}
    (do|does) (it|there) have to be (so|that) many {many}?
    (aren't|arent) (there|those|that) too many {many}?
    the number of {many} should be (smaller|lower)
    !reduce the (number|amount) of {many}
    """,
    """
    weniger {many} (bitte|)
    nicht so viele {many} (bitte|)
    (das sind|da sind) zu viele {many}
    zu viele {many}
    !(mach/machen|mal/malen|zeig/zeigen) weniger {many}
    ich (will|möchte|hätte gern) weniger {many}
    (es|da) (sollten|sollen|könnten) weniger {many} (sein|stehen)
    (müssen|muss) (das|da) so viele {many} sein?
    sind das nicht (zu|ein bisschen zu) viele {many}?
    !verringer/verringern die (Anzahl|Zahl) der {many}
    die {many} (bitte|etwas|) reduzieren
    """,
)
HALF = patterns(
    """
    half (of|) the {many}
    half as many {many}
    !(halve|cut in half) the number of {many}
    !(remove|delete|drop) half of the {many}
    half of the {many} (can go|should go|is enough)
    only half of the {many}
    """,
    """
    die Hälfte der {many} (reicht|kann weg|soll weg|weg)
    halb so viele {many}
    !(lösch/löschen|entfern/entfernen|streich/streichen) die Hälfte der {many}
    !halbier/halbieren die (Zahl|Anzahl) der {many}
    nur die Hälfte der {many}
    !nimm_weg/wegnehmen die Hälfte von den {many_dat}
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
    {nom} (can|should|may) stay, the rest (can go|goes|should be gone)
    (leave|keep) {thing} and (remove|delete|drop) (the rest|everything else|all else)
    !clear out everything that (isn't|is not) {thing}
    everything else (can go|out|away|must go|should disappear), (keep|leave|not) {thing}
    !(remove|delete|erase|take away) the other (thing|object|stuff), (keep|leave) {thing}
    !(remove|delete|drop|lose) the rest, (keep|leave|but not|just not) {thing}
    (keep|leave) {thing}, (lose|ditch|scrap|nuke|trash) (the rest|everything else|the other stuff)
    (i don't|i dont|we don't) need anything (but|except|other than|besides) {thing}
    (don't|dont|do not) (remove|delete|touch) {thing}, but (remove|delete) (everything else|the rest)
    don't (show|draw|keep) anything (but|except|besides) {thing}
    nothing (else|more) than {thing}
    there should be nothing (but|except|other than|besides) {thing} (in it|left|there|)
    there (should|must) only be {thing} (left|in it|)
    {nom} should be the only (thing|one|object) (in it|left|there|in the picture)
    !make {thing} the only (thing|object) (in it|in the picture|there|left)
    !(let|have) {thing} (be|stand) (alone|on its own|all alone) (in the picture|there|)
    (can|could) (i|we|you) (have|see|get|show) (only|just) {thing}?
    (can|could) everything (except|but|apart from) {thing} (go|disappear|be removed)?
    (could|can) you (leave|keep) (just|only) {thing} and (remove|drop) the (rest|others)?
    why is there anything (other than|besides|but) {thing}? (remove the rest|only {thing})
    without (anything|the things) (but|other than|except) {thing}
    {nom} solo
    solo {bare} (pic|picture|shot), (nothing else in it|rest out)
    focus on {thing}, (remove|delete|lose) (the rest|everything else|other things)
    (get rid of|remove|lose) (all|everything) else, just (keep|leave) {thing}
    (isolate|single out) {thing}
    {nom} {is} (enough|all i need|all we need), (remove|drop|delete) (the rest|everything else)
    {nom} {is} the only thing i (want|need|like) (in there|in it|)
    (if|when) (it|something) (isn't|is not|ain't) {thing}, (remove|delete|drop) it
    all (stuff|things|objects) (other than|besides|except|but) {thing} (out|away|gone|not needed)
    anything (but|except|other than) {thing} (out|has to go|should go|away)
    (only|just) {bare} (stay|in picture|left)(, rest away|, other delete|)
    (the rest|everything else|all the other stuff) is (too much|not needed|unnecessary), (only|just) {thing}
    a picture of {thing} (alone|only|and nothing else)
    clean it up (so that |until )only {nom} {is} left
    (i don't care about|forget) the rest, (keep|just) {thing}
    {thing} yes, (everything else|the rest) (no|goes|out)
    (exclude|omit|skip) everything (except|but) {thing}
    !strip it down to {thing}
    !(empty|clear) the (picture|scene|pic) (except for|apart from|but for|but keep) {thing}
    !(wipe|clear|take) away everything (except|but) {thing}
    (only|just) {thing} (may|can|should) stay
    everything but {thing} (has to|needs to|ought to|should) go
    everything (has to|needs to|should) (go|disappear|leave), (except|but not|only not) {thing}
    (apart from|except for) {thing} everything (has to go|can go|should be gone|must disappear)
    (i'd like|i want|it would be nice) to (only see|see only|see just) {thing}
    (what if|imagine) there was nothing (but|except) {thing} (left|)?
    (would|could|can) you (please |)(remove|delete|take out) everything that (isn't|is not) {thing}?
    it's (too crowded|too busy|a bit much), (just|only) {thing} please
    too (crowded|busy|full), remove everything (but|except) {thing}
    i'd like everything (except|but|apart from) {thing} (to go|to be gone|gone|removed)
    make everything (but|except) {thing} (disappear|go away|vanish)
    {nom} (can|should|may) stay, everything else (goes|must go|has to go|out)
    (what|whatever) isn't {thing} (has to go|can go|goes|must go)
    (nobody|no one) needs the rest, {thing} {is} enough
    (the only thing|all) i want to (see|keep) is {thing}
    (no other things|no other objects|nothing else) (but|than|besides) {thing} please
    the rest (bothers me|is distracting), (remove it|take it out|delete it), {thing} can stay
    (i changed my mind|on second thought), (just|only) {thing} (in the picture|)
    """,
    """
    !(entfern/entfernen|entferne/entfernen|lösch/löschen|streich/streichen) alles außer {dat}
    !nimm_weg/wegnehmen alles bis auf {thing}
    !lass/lassen nur {thing} (übrig|stehen|da|drin)
    alles außer {dat} (soll weg|kann weg|muss weg|weg)
    (nur|bloß|nur noch) {nom}
    ich will nur {thing} (sehen|im Bild|)
    {nom} (bleibt|darf bleiben|soll bleiben), (der Rest|alles andere) (weg|kann weg|soll weg)
    !behalt/behalten nur {thing}
    {nom} (allein|und sonst nichts)
    alles weg außer {dat}
    alles (weg|raus) bis auf {thing}
    alles bis auf {thing} (soll weg|kann weg|muss weg|weg|raus|löschen)
    alles andere (als|außer) {nom} (kann|soll|muss) weg
    (der Rest|alles andere) (kann|soll|muss) (weg|raus), (nur|bloß) {nom} (bleibt|nicht|soll bleiben)
    (den Rest|alles andere|das andere) (weg|raus|löschen), {thing} (lassen|behalten|nicht)
    !(nimm_raus/rausnehmen|mach_weg/wegmachen|schmeiß_raus/rausschmeißen) alles außer {dat}
    !(räum_weg/wegräumen|hau_raus/raushauen|radier_weg/wegradieren) alles bis auf {thing}
    (da|im Bild|dort) ({soll}|{darf}) nur (noch |){nom} (sein|zu sehen sein|übrig bleiben)
    (man soll|ich möchte|ich will) nur (noch |){thing} sehen
    da soll (nichts|nix) außer {dat} (sein|übrig bleiben)
    (nichts|nix) außer {dat} (bitte|)
    (ich brauch|ich will|wir brauchen) (nichts|nix) außer {dat}
    (nichts|nix) (anderes|weiter) als {thing}
    ich (brauche|brauch|möchte|mag) (nur|bloß) {thing}, (sonst nichts|den Rest nicht|mehr nicht)
    (kann|könnte) alles außer {dat} (weg|verschwinden)?
    (kannst|könntest) du (bitte |)alles (außer {dat}|bis auf {thing}) (wegmachen|löschen|rausnehmen)?
    (kann|könnte) ich (nur|bloß) {thing} (haben|sehen)?
    (geht|ginge) das auch nur mit {dat}, (ohne den Rest|sonst nichts)?
    {nom} {soll} (das einzige|allein|alleine) (im Bild|da) (sein|bleiben)
    {nom} (ganz |)(allein|alleine) (bitte|im Bild|)
    {thing} (behalten|stehen lassen|drin lassen), (Rest|alles andere) (weg|löschen|entfernen)
    (lass|lasst) {thing} (da|drin|stehen) und (mach|nimm|tu) (alles andere|den Rest) weg
    {nom} {reicht}, (Rest weg|alles andere kann weg|der Rest ist zu viel)
    (alles, was|was) nicht {nom} {ist}, (weg|kann weg|muss weg|raus)
    (lösch|entfern|streich) alles, was nicht {nom} {ist}
    {thing} nicht (löschen|anfassen|wegmachen), aber alles andere (weg|löschen)
    mit Ausnahme von {dat} (alles weg|alles löschen|soll alles weg)
    (Fokus|Konzentration) (nur |)auf {thing}, (Rest weg|alles andere raus)
    (zu viel drauf|zu voll), nur (noch |){nom} bitte
    außer {dat} (alles|soll alles|kann alles|muss alles) weg
    (ein Bild|das Bild) nur mit {dat}
    nur {nom} (bleibt|soll bleiben|darf bleiben|bleibt übrig)
    {nom} ja, (Rest|alles andere) nein
    (nur|bloß) {bare} (lassen|bleiben|behalten)
    !leer/leeren das Bild bis auf {thing}
    nur {nom} (darf|soll|sollte|kann) (bleiben|stehen bleiben|übrig bleiben)
    alles außer {dat} (soll|muss|kann|sollte) (verschwinden|raus|weg)
    (bis auf {thing}|außer {dat}|abgesehen von {dat}) (soll|muss|kann) alles (weg|raus|verschwinden)
    ich (hätte gern|möchte|will), dass (nur|bloß) (noch |){nom} (bleibt|da ist|übrig bleibt)
    ich (hätte gern|möchte|will), dass alles (außer {dat}|bis auf {thing}) (weg ist|verschwindet|wegkommt)
    (mach|mach bitte|kannst du machen), dass nur (noch |){nom} (da ist|übrig bleibt)
    (wäre schön|es wäre schön|besser wäre es), wenn nur (noch |){nom} da wäre
    (wie wäre es|was wäre), wenn alles (außer {dat}|bis auf {thing}) weg wäre?
    (ist zu voll|zu viel los|da ist zu viel drauf), (nur|bloß) {nom} bitte
    (ist zu voll|zu viel los|da ist zu viel drauf), nimm alles raus bis auf {thing}
    (kannste|kannst du|könntest du) (mal|bitte|) alles (rausnehmen|wegmachen|löschen) außer {dat}?
    (kannste|kannst du|könntest du) (bitte|mal|) nur {thing} (drinlassen|behalten|übrig lassen)?
    mach (mal|ma|bitte|) alles weg (außer {dat}|bis auf {thing})
    alles (weg|raus|löschen), nur {thing} nicht
    alles (weg|raus|löschen), aber {thing} (lassen|behalten|nicht)
    was nicht {nom} ist, (kommt weg|muss weg|raus damit|soll weg)
    das (Einzige|einzige), was (bleiben soll|bleiben darf|bleibt), (ist {nom}|sind {nom})
    (am liebsten|lieber|eigentlich) (hätte|hätt) ich (nur|bloß) {thing} (im Bild|drauf)
    (den Rest|das andere|alles andere) (brauch ich nicht|braucht keiner|will ich nicht), (nur|bloß) {thing}
    der Rest (stört|lenkt ab|stört mich), (weg damit|nimm ihn raus), {nom} (bleibt|soll bleiben)
    weg mit allem (außer {dat}|bis auf {thing})
    mit {dat} allein (wäre es schöner|wär's schöner|reicht es), (Rest|alles andere) weg
    """,
    told.EXCEPT,
)
