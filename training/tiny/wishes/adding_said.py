"""How people ask for a thing to be added, miss one, or want another in place of one."""

from __future__ import annotations

from training.tiny.wishes import learners_said, pointing_said
from training.tiny.wishes import things_told as told
from training.tiny.wishes.voice import patterns

ADD = patterns(
    """
    !(add|put|draw|place|include|insert) {new}
    !(add|put|draw) {new} (in|to it|in there|somewhere|to the pic|to the picture|into the scene)
    !give me {new} (too|as well|)
    !(throw|stick|pop|squeeze|chuck|toss|sneak|drop) {new} in (there|)
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
    !let {new} appear
    !(also show|show me) {new}
    (missing|still missing): {new}
    add {bare}
    (can|could|may) (i|we) (also |)(have|get|see) {new} (in it|in there|too|)?
    (is|would) it (possible to have|be possible to have|be ok to have) {new} in there?
    (you know what|know what) (would be cool|would be great|is missing|it needs)? {new}
    (i think|imo|honestly|tbh) {new} would (look good|fit|be nice|go well) (in there|there|here)
    {new} would (make it better|make it perfect|complete it|be a nice touch)
    (wish|i wish) there {was} {new} (in it|too|)
    (it would be|it'd be|would be) (nice|cool|awesome|funny|cute) to (have|see) {new} (in it|there|too)
    (if only|if) there {was} {new} too (that'd be great|it would be perfect|)
    !make room for {new}
    !have {new} in (there|it|the picture|the scene)
    !(bring|work|get) {new} (in|into it|into the picture|into this)
    !bring in {new}
    !(sprinkle|mix|paint|sketch) {new} in (too|there|)
    (maybe|perhaps|possibly) {new} (too|as well|in there|in it)?
    (don't|dont) forget {new}
    (where|and where) (could|would) {new} go? (put|add|draw) (it|that) in
    (extra|additional|new thing): {new}
    (pic|picture|scene) + {new}
    (same|same thing|same pic|like this|like that) but (with|add) {new}
    (this|same|keep it) and (add|also) {new}
    (could use|could do with|it could use|this could use) {new}
    (feels|looks|seems|it's|its) (a bit |kinda |too |)empty, (add|put in|how about) {new}
    (my kid|my daughter|my son|my gf|my friend) wants {new} in it (too|as well)
    (we|they|u) forgot {new}
    (me want|want|gimme|wanna have) {new} (too|pls|in picture|)
    (in picture|there) must (also |)be {new}
    (should have|it should have|picture should have|must have) {new} (too|in it|)
    (i'm|im) (missing|imagining|thinking of) {new} (in it|there|as well)
    (let's|lets) (say|imagine) there's also {new}
    (then|next) (comes|put|add|draw) {new}
    {new} (must go|should go|could go) in there (too|as well|)
    {new}, (can you do that|can u add that|possible)?
    {new} (pls|plz|please) (add|draw|in there)
    (also|additionally|on top of that|in addition) i (want|need|would like) {new}
    a picture with {new} (too|as well|in addition)
    !(add|put) in {new} (for me|for fun|just because|)
    !introduce {new} (to the scene|)
    !(slap|plonk|plop|smack) {new} (in there|on there|somewhere in the picture)
    !fit {new} in (somewhere|there|)
    (not complete|incomplete|not finished) without {new}
    (nothing against the rest|the rest is fine|rest is good), (but add|just add|only add) {new}
    (leave|keep) everything (as it is|as is|the same|), (but add|just add|and add|only add) {new}
    """,
    """
    !füg_hinzu/hinzufügen {new}
    !füg_ein/einfügen {new}
    !(mal/malen|mach/machen|setz/setzen|zeichne/zeichnen|pack/packen) (noch|da noch|) {new} (dazu|rein|hin)
    !(stell/stellen|tu/tun) {new} (dazu|rein|ins Bild)
    (ich will|ich hätte gern|ich möchte|ich brauch) (noch|) {new} (im Bild|dazu|)
    {new_nom} (auch|dazu|auch noch)
    (noch|und noch|dazu|außerdem|jetzt noch) {new}
    + {bare}
    mit {new_dat} (bitte|)
    da {fehlt} (noch|) {new_nom}
    wie (wär's|wärs|wäre es) mit {new_dat}?
    es soll auch {new} geben
    (da soll man|ich will) noch {new} sehen
    !zeig/zeigen mir (auch|noch) {new}
    gib mir (noch|) {new} (dazu|)
    !bau_ein/einbauen (da|dort|bitte|) {new}
    !ergänz/ergänzen (noch|) {new}
    !(pack_rein/reinpacken|mach_rein/reinmachen|mal_rein/reinmalen|setz_rein/reinsetzen) (noch|da|) {new}
    !(hau_rein/reinhauen|schmeiß_rein/reinschmeißen|klatsch_hin/hinklatschen) (da mal|noch|einfach) {new}
    !(bring/bringen|hol/holen) (noch|) {new} ins Bild
    !zeichne_dazu/dazuzeichnen (noch|) {new}
    !platzier/platzieren {new} (irgendwo|da irgendwo|im Bild)
    !lass_erscheinen/erscheinen~lassen {new}
    ({kann}|{könnte}|{darf}) da (auch|noch|vielleicht noch) {new_nom} (rein|hin|mit drauf|dazu)?
    (kann|könnte) ich (auch |noch |)(bitte |){new} (haben|kriegen|dazu haben)?
    {passt} da noch {new_nom} rein?
    ist da (noch|vielleicht noch) Platz für {new}?
    {new_nom} {wäre} (toll|schön|cool|lustig|auch nicht schlecht|noch gut|super)
    {new_nom} {würde} (gut|da gut|super|noch) (passen|reinpassen|dazu passen)
    (schön|cool|toll|lustig) {wäre} (noch|auch) {new_nom}
    (vielleicht|evtl|eventuell) noch {new_nom} (dazu|rein|)?
    (mir|uns) {fehlt} (da|noch|irgendwie) {new_nom}
    (was noch fehlt|fehlt noch|es fehlt|was fehlt): {new_nom}
    (da|dort) ({gehört}|{muss}|{soll}) (auch|noch|unbedingt) {new_nom} (rein|hin)
    ins Bild {muss} (noch|unbedingt noch) {new_nom}
    da {soll} (noch|auch) {new_nom} (hin|rein|sein|stehen)
    es sollte (da |)(auch|noch) {new} geben
    (man sollte|wir sollten) (auch|noch) {new} (reinmalen|haben)
    (hätt|hätte) (gern|gerne) (noch|auch) {new} (dazu|drin|drauf|)
    (will|möchte|wünsche mir|ich wünsch mir) (auch|noch) {new} (dazu|drauf|da drin)
    (ich will|mein Kind will|meine Tochter will|die Kleine will) (noch|auch) {new} haben
    (gleiches Bild|das gleiche|genauso|dasselbe Bild|so wie jetzt), (aber|nur|bloß) mit {new_dat}
    (und dann|dann|danach) noch {new} (bitte|)
    (vergiss|vergesst) {new} nicht
    (du hast|ihr habt|wir haben) {new} vergessen
    (mach|macht|tut|malt) (da|mal|uns|mir) noch {new} (hin|rein|dazu)
    (alles so lassen|rest bleibt|der Rest bleibt), (nur|bloß) {new} dazu
    (bisschen leer|sieht leer aus|da ist noch Platz|so leer hier), (noch|da kann noch) {new_nom} (rein|dazu)
    (plus|zusätzlich|zusätzlich noch|obendrein) {new}
    {new} (bitte auch|bitte noch|bitte dazu|rein|dazumalen)
    {new} (dazu|mit rein|auch mit drauf), (geht das|bitte|ja)?
    man soll (auch|noch) {new} sehen (können|)
    (zusammen|gemeinsam) mit {new_dat}
    (es|das) wäre (schön|cool|toll), wenn da (noch|auch) {new_nom} {wäre}
    (kann man|könnte man) da nicht noch {new} (reinmachen|dazumachen|einbauen)?
    (stell dir vor|stellt euch vor) da {wäre} (noch|auch) {new_nom}, (mal|mach) das so
    ohne {new} ist (das nix|es nicht fertig|es langweilig)
    """,
    told.ADD,
    learners_said.ADD,
)
MISSING = patterns(
    """
    (where is|wheres|where's) {new}? i want one (in it|)
    (there is|there's|theres) {no} (in it|there|in the picture|), (add one|put one in|i want one)
    why is there {no} (in it|in the picture|here|)?
    (isn't|isnt|wasn't) there (supposed to be|meant to be|going to be) {new} (in it|too|)?
    i (don't|dont|can't|cant) see {any} (in there|yet|anywhere|), (add one|draw one|pls add)
    (you forgot|u forgot|forgot) {new}
    (hey|hm|uh) where('s| is) my {rest}?
    (no|still no) {rest} (in sight|yet|there)? (add one|put one in)
    (it|this|the picture) (has|got) {no} (in it|), (fix that|please fix|needs one)
    (shouldn't|shouldnt) there be {new} (in it|as well|too|)?
    i (asked for|said|wanted|ordered) {new} (too|as well)(!|)
    (what's|whats|what is) a picture (like this|) without {new}?
    (why not|why dont you|why don't we) have {new} (in it|there)?
    {new} (is|is still) missing
    (got|do you have|have you got) {new} (for the picture|to put in|to put in there)?
    (could|can) there be {new} (too|as well|in it)?
    (don't|do) you think there should be {new} (too|in there)?
    i (was expecting|expected|hoped for) {new} (too|in there as well)
    """,
    """
    (da|hier|im Bild) ist (ja|noch|gar) {no_nom} (drin|), (mach|mal|pack) (das noch|das bitte) rein
    warum ist (da|hier) (gar |){no_nom}?
    (warum|wieso) (gibt's|gibt es) (da|hier) (gar |){no}?
    ich (seh|sehe) (da|noch|gar) {no}, (füg das noch hinzu|mal das noch dazu|mach das noch rein)
    (sollte|müsste) da nicht (auch|noch) {new_nom} (sein|rein|hin)?
    (hattest|hast) du nicht {new} vergessen?
    (fehlt|fehlt da) nicht (noch|auch) {new_nom}?
    {new_nom} fehlt (noch|da noch|mir noch|leider)
    (ich wollte|wollte) (doch|auch noch) {new} (haben|drin haben|)
    (wieso|warum) nicht (noch|auch) {new_nom}?
    was ist mit {new_dat}?
    da war doch {new_nom} ausgemacht
    ich vermisse (noch|da noch|irgendwie) {new}
    (meinst|denkst) du nicht, da gehört noch {new_nom} (hin|rein)?
    """,
)
BESIDE = patterns(
    """
    !(add|put|draw|place|set) {new} (next to|beside|by) {thing}
    {new} (next to|beside|right next to) {thing} (please|too|)
    (next to|beside) {thing} (there should be|i want|put|add) {new}
    (i want|i'd like|there should be|can i have|give me) {new} (next to|beside|by) {thing}
    !give {thing} {new} as a (neighbour|neighbor)
    {nom} (should|could|must) have {new} (next to|beside) {it}
    {nom} {looks} (lonely|alone|so alone), (put|add) {new} next to {it}
    """,
    """
    !(mal/malen|setz/setzen|stell/stellen|mach/machen|pack/packen) {new} neben {thing}
    {new_nom} neben {dat} (bitte|)
    neben {dat} (soll|sollte) es (noch|auch) {new} geben
    neben {dat} vermisse ich (noch|) {new}
    (ich will|ich möchte|ich hätte gern) {new} neben {dat}
    neben {thing} (bitte|noch|bitte noch) {new}
    {nom} ({braucht}|{kriegt}) {new} daneben
    (direkt|gleich) neben {thing} {new}
    {nom} {ist} so allein, (mal|stell|setz) {new} daneben
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
    {nom} should (be|become|turn into) {new} (instead|)
    not {thing}, {new}
    (no|not) {bare} (but|just) {new}
    {thing} -> {new}
    {thing} = {new}
    {new} (where|in the place where) {nom} {is}
    !take out {thing} and put {new} there (instead|)
    what if {nom} (was|were) {new}?
    not {a} but {new}
    {a}? no, (i want|make it|i meant|better) {new} (instead|)
    (i'd|i would) (rather|prefer to) (have|see) {new} than {thing}
    i('d| would|) prefer {new} (to|over) {thing}
    {new} would be (better|nicer|cooler|cuter|more fun) than {thing}
    (instead of|rather than|in place of) {thing} (i want|put|draw|i'd like|there should be|make|) {new}
    {nom} (could|can|might) (be|become) {new}
    {nom} {doesnt} (fit|look right|work|belong there), {new} would
    {nom} {isnt} (right|what i wanted|good), it should be {new}
    (i meant|i actually wanted|i wanted|i said) {new}, not {a}
    (that should be|that's supposed to be|this should be) {new}, not {a}
    {new}, not {a}
    (why|how come) {a}? (i wanted|i want|it should be) {new}
    !(get rid of|remove|delete|lose|drop) {thing} and (add|draw|put in) {new} instead
    {thing} out, {new} in
    {thing} becomes {new}
    out with {thing}, in with {new}
    (no more|enough of) {thing}, (give me|now|draw|let's have) {new} (instead|)
    !let {thing} (become|turn into|be replaced by) {new}
    !use {new} in place of {thing}
    !substitute {new} for {thing}
    (wouldn't|wouldnt) {new} be (better|nicer|cooler) than {thing}?
    (shouldn't|shouldnt) {nom} be {new}?
    (can|could) {nom} be {new} (instead|)?
    (can|could) (i|we) (get|have) {new} (instead of|in place of) {thing}?
    where {nom} {is} now, (i want|put|there should be|draw) {new}
    (imagine|pretend) {nom} {is} {new}
    same (pic|picture|thing|scene) but {new} instead of {thing}
    {new} rather than {thing}
    {thing} >> {new}
    {thing} => {new}
    s/{bare}/{new_bare}
    from {a} to {new_bare}
    a picture with {new} (instead of|rather than|not) {a}
    {nom} {is} boring, (make it|i want|take) {new} instead
    i (don't|dont) (want|like) {thing}, (make it|take|i want|use|rather) {new}
    i (changed my mind|thought about it): {new} instead of {thing}
    {thing} (must|has to|should) make (way|room) for {new}
    {nom} (must|can|should) go and {new} (must|can|should) come (instead|in its place)
    (better|rather) {new} than {a}
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
    {no} sondern {new}
    (nicht|bitte nicht) {thing}, sondern {new}
    {no}, (lieber|sondern|besser|nein) {new}
    (ich wollte|ich will|ich meinte) {new}, {no}
    (ich wollte|ich hätte lieber|ich meinte) {new} und nicht {thing}
    (da soll|da sollte|dort soll) {new_nom} sein statt {dat}
    das soll {new_nom} sein, {no_nom}
    aus {dat} wird (bitte|jetzt|) {new_nom}
    aus {dat} soll {new_nom} werden
    (machen wir|mach mal|mach) aus {dat} (lieber|) {new}
    {nom} {soll} {new_nom} (sein|werden)
    {nom} (sollte|könnte|müsste) (lieber|besser|eigentlich|) {new_nom} sein
    {nom} {soll} durch {new} ersetzt werden
    {nom} gefällt mir nicht, (lieber|mach|nimm) {new}
    {nom} passt nicht (rein|dazu|so), (besser wäre|lieber) {new_nom}
    {new_nom} (wäre|fänd ich|fände ich) (besser|schöner|cooler) als {nom}
    {new_nom} würde besser passen als {nom}
    (wäre|wär) {new_nom} nicht (besser|schöner|cooler) als {nom}?
    (sollte|könnte) {nom} nicht (besser|lieber|eigentlich) {new_nom} sein?
    (kann|könnte) (statt|anstelle von) {dat} (da|auch|) {new_nom} (hin|stehen|rein|sein)?
    (kann|könnte) man {thing} (nicht |)gegen {new} (tauschen|austauschen|auswechseln)?
    wie wär's mit {new_dat} statt {dat}?
    was wäre, wenn {nom} {new_nom} wäre?
    da wo {nom} {ist}, (soll|kommt|da soll) {new_nom} hin
    {thing} (weg|raus) und {new} (hin|rein|dafür)
    {thing} (rausnehmen|löschen|weglassen|entfernen) und (dafür|stattdessen) {new} (rein|malen|hinmachen)
    (mach|nimm|tu) {thing} weg und (mal|mach|setz) dafür {new} hin
    stell dir vor, {nom} wäre {new_nom}
    (gleiches Bild|genauso|das gleiche|selbes Bild), (aber|nur) mit {new_dat} statt {dat}
    {new_nom} (anstatt|statt|anstelle von) {dat} (bitte|)
    (mir wäre|mir wär) {new_nom} lieber als {nom}
    ich (hätte|hätt|sähe) {new} lieber als {thing}
    {bare} => {new_bare}
    {nom} wird zu {new_dat}
    !lass_werden/werden~lassen {thing} zu {new_dat}
    {bare} raus, {new_bare} rein
    (warum|wieso) {a_nom}? (da|das) (soll|sollte) doch {new_nom} sein
    (doch lieber|lieber doch|nee doch lieber) {new} statt {dat}
    {nom} {ist} (langweilig|doof|blöd), (mach|nimm|mal) lieber {new}
    """,
    told.REPLACE,
    learners_said.REPLACE,
    pointing_said.REPLACE,
)
