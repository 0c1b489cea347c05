"""How it is said that a weather or a time shall not be: `{w}` is its name, `{had}` what there is."""

from __future__ import annotations

from training.tiny.wishes.voice import patterns

NO = patterns(
    """
    no {w} (please|anymore|at all|)
    !(remove|stop|drop|get rid of|take away) the {w}
    without (the|any|) {w}
    i (don't|dont|do not) (want|like|need) (the|any|) {w}
    w/o {w}
    less {w}, actually none
    (enough|too much) {w}
    {w} (away|gone|should stop|has to go)
    there shouldn't be any {w}
    the {w} is annoying
    not so much {w}, none (please|)
    why is there {w}?
    why is it {adjective}?
    it shouldn't be {adjective} (anymore|)
    it's too {adjective} (for me|), stop that
    who ordered {w}? (not me|)
    can the {w} (stop|go away|end)?
    could we (lose|skip|do without) the {w}?
    when does the {w} (stop|end)? now please
    (i hate|i can't stand) {w}
    the {w} (ruins|spoils|destroys) (it|the mood|everything)
    !let the {w} (end|stop|disappear|vanish|be over)
    (enough of|i'm fed up with|sick of) (this|that|the) {w}
    {w}: no
    (-|minus) {w}
    {w} off
    !(turn|switch) off the {w}
    (never mind|forget) the {w}, without it please
    i said no {w}
    did i ask for {w}? no
    {w} free (please|)
    not {adjective} please
    !make it (stop being|not) {adjective}
    !keep (it|everything) but (lose|drop) the {w}
    (nicer|better|prettier) without the {w}
    it was {adjective} long enough
    imagine it without {w}, (that's it|do that|much better)
    i was hoping for (no|less) {w}, so none please
    it'd be (nicer|better|so much better) without {w}
    (ugh|bruh|omg|come on), why is there {w}?? (i don't want it|away with it|no)
    {w}? (no thanks|nope|nah|not today|out)
    i (can't|cant) see anything (through|because of) (all the|the|that) {w}, (away with it|none please)
    (disable|deactivate|kill|clear|cancel) {w}
    {w} = (0|off|none|false|no)
    /(no|remove) {w}
    (weather effect|effect) {w}: off
    i'm not in the mood for {w}, (none please|away with it)
    who wants {w}? nobody, (away with it|so none)
    {w} must not be there
    it doesn't need (any|the) {w}
    nothing against {w}, but not (here|in this picture)
    (could|can) you do it without the {w}?
    the client doesn't want (any|the) {w}
    """,
    """
    (ohne|bitte ohne) {w}
    kein {w} (bitte|mehr|)
    (der {w} soll|{w} soll) (weg|aufhören)
    ich (will|mag) keinen {w} (mehr|)
    weg mit dem {w}
    !(entfern/entfernen|nimm_weg/wegnehmen) den {w}
    der {w} nervt
    warum ist da {w}?
    (genug|zu viel) {w}
    wer hat {w} bestellt? (ich nicht|)
    (kann|könnte) der {w} (bitte|mal|) (aufhören|weg|verschwinden)?
    (können|könnten) wir den {w} weglassen?
    !lass_weg/weglassen den {w}
    !mach_weg/wegmachen den {w}
    !schalt_aus/ausschalten den {w}
    !stell_ab/abstellen den {w}
    !stopp/stoppen den {w}
    den {w} (brauche ich|mag ich|will ich) nicht
    der {w} (passt|gefällt mir) (gar|) nicht
    der {w} (stört|verdirbt alles|macht alles kaputt)
    hab ich {w} gesagt? nein
    ich hab keinen {w} (gewollt|bestellt)
    {w}: nein
    (minus|-) {w}
    {w} aus
    {w} raus
    (da|hier) soll kein {w} sein
    ohne den {w} (wäre es|ist es) (schöner|besser)
    (Schluss|es reicht) mit dem {w}
    warum ist da {w}? weg damit
    (warum|wieso) zum (Kuckuck|Henker) ist da {w}? (weg damit|will ich nicht)
    (wäre|wär) (cool|schön|besser|super), wenn der {w} weg wäre
    (ich fänds|ich fänd es|fänds) (besser|schöner) ohne {w}
    ich hatte gehofft, dass da kein {w} ist
    kannste den {w} (mal|bitte|) (wegmachen|weglassen|ausmachen)?
    (machste|machst du) den {w} (bitte|mal|) (weg|aus)?
    mach (ma|mal|bitte), dass der {w} (weg ist|aufhört|verschwindet)
    {w}? (nee|nö|nein danke|heute nicht|muss nicht sein)
    der {w} muss (nicht|wirklich nicht) sein
    der {w} nervt (mich|total|voll|tierisch)
    vor lauter {w} sieht man ja nix, (weg damit|bitte ohne)
    {w} (deaktivieren|ausschalten|abschalten|entfernen|löschen|wegmachen)
    {w} = (0|aus|nein|weg)
    Wettereffekt {w}: aus
    mir ist nicht nach {w}, bitte (ohne|keiner)
    den {w} (brauchts|braucht's) (nicht|net|da nicht)
    tu den {w} (mal|bitte|) weg
    nix gegen {w}, aber (nicht hier|nicht in dem Bild)
    auf den {w} kann ich (gut|gerne|echt) verzichten
    der Kunde will keinen {w}
    nie wieder {w}
    """,
)
NO_FALLING = patterns(
    """
    it (shouldn't|should not|must not) {verb} (anymore|)
    !make it stop {verb}ing
    why is it {verb}ing?
    it should stop {verb}ing
    can it stop {verb}ing?
    (no|stop) {verb}ing (please|)
    i don't want it to {verb}
    it'd be (nicer|better) if it didn't {verb}
    i was hoping it wouldn't {verb}
    does it have to {verb}? (no|please not|rather not)
    it must stop {verb}ing
    why does it have to {verb}? (stop that|no please)
    (tell|ask) the sky to stop {verb}ing
    """,
    """
    warum {verb_third} es?
    es soll (nicht|nicht mehr|endlich nicht mehr) {verb}
    es soll aufhören zu {verb}
    (kann|könnte) es aufhören zu {verb}?
    ich will nicht, dass es {verb_third}
    muss es denn {verb}? bitte nicht
    es {verb_third} mir zu viel, bitte gar nicht mehr
    (wäre|wär) (schöner|besser), wenn es nicht {verb} würde
    ich hatte gehofft, dass es nicht {verb_third}
    hör auf zu {verb}, Himmel
    muss das so {verb}? bitte nicht
    mach (ma|mal|bitte), dass es nicht (mehr|) {verb_third}
    (warum|wieso) {verb_third} es denn? will ich nicht
    nicht {verb} (bitte|lassen|)
    kannste machen, dass es nicht mehr {verb_third}?
    """,
)
NOT_BUT = patterns(
    """
    not {had} but {w}
    {w}, not {had}
    {w} instead of {had}
    no {had}, {w} (please|)
    (rather|better) {w} than {had}
    not {had}! {w}!
    (it's|its|it is) {had} but should be {w}
    why {had}? i (said|wanted|meant) {w}
    from {had} to {w}
    !(change|turn) the {had} into {w}
    !(replace|swap) the {had} (with|for) {w}
    i'm tired of the {had}, {w} please
    (i asked for|i wanted|it should be) {w} and not {had}
    {had} -> {w}
    {had}? no, {w}
    imagine {w} instead of {had}, (do that|like that please)
    i was hoping for {w}, not {had}
    i thought it would be {w}, not {had}
    it'd be (nicer|better|cooler) with {w} instead of {had}
    (ugh|bruh|boring), {had}. {w} please
    {had} => {w}
    {had}: no, {w}: yes
    out with {had}, in with {w}
    make {w} out of {had}
    (enough|no more) {had}, {w} (now|please)
    {had} is so boring, {w} (please|would be better)
    """,
    """
    nicht {had}, sondern {w}
    {w} statt {had}
    (lieber|besser) {w} als {had}
    nicht {had}, {w} bitte
    es ist {had}, soll aber {w} sein
    warum {had}? ich wollte {w}
    aus {had} wird {w}
    {had} -> {w}
    {had}? nein, {w}
    (genug|immer nur) {had}, jetzt {w}
    ich (wollte|meinte) {w} und nicht {had}
    ich dachte eher an {w} als an {had}
    ich hatte auf {w} gehofft, nicht auf {had}
    {had} ist (langweilig|öde|doof), lieber {w}
    {had} => {w}
    {had}: nein, {w}: ja
    {had} raus, {w} rein
    kannste aus {had} {w} machen?
    nix {had}, {w}!
    (mir wäre|mir wär) {w} lieber als {had}
    {w} wär (schöner|besser|cooler) als {had}
    """,
)
NOT_DAY = patterns(
    """
    it (shouldn't|should not|must not) be {had} (anymore|)
    (no|not) {had} (please|anymore)
    why is it {had}? (i don't want that|change that)
    who said {had}? not me
    i (don't|dont) want (it to be|) {had}
    it (isn't|is not) {had} in this scene
    anything but {had}
    i never asked for {had}
    it'd be (nicer|better) if it wasn't {had}
    does it have to be {had}? (no|please not|rather not)
    {had}? (no thanks|nope|nah)
    who wants {had}? not me
    why must it be {had}? (stop that|no please)
    """,
    """
    es soll (nicht|nicht mehr) {had} sein
    (bitte|) {kein} {had} (mehr|)
    warum ist es {had}? (das will ich nicht|änder das)
    ich will {kein_acc} {had}
    wer hat was von {had} gesagt? ich nicht
    {had} wollte ich nicht
    {had}? (nee|nö|nein danke|bitte nicht)
    muss es {had} sein? (nee|bitte nicht|nein)
    (wäre|wär) (besser|schöner), wenn nicht {had} wäre
    (wieso|warum) ist denn {had}? will ich nicht
    mir ist nicht nach {had}
    """,
)
