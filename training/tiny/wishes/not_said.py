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
    """,
    """
    warum {verb_third} es?
    es soll (nicht|nicht mehr|endlich nicht mehr) {verb}
    es soll aufhören zu {verb}
    (kann|könnte) es aufhören zu {verb}?
    ich will nicht, dass es {verb_third}
    muss es denn {verb}? bitte nicht
    es {verb_third} mir zu viel, bitte gar nicht mehr
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
    """,
)
NOT_DAY = patterns(
    """
    it (shouldn't|should not|must not) be {had} (anymore|)
    (no|not) {had} (please|anymore)
    why is it {had}?
    who said {had}? not me
    i (don't|dont) want (it to be|) {had}
    it (isn't|is not) {had} in this scene
    anything but {had}
    i never asked for {had}
    """,
    """
    es soll (nicht|nicht mehr) {had} sein
    (bitte|) {kein} {had} (mehr|)
    warum ist es {had}?
    ich will {kein_acc} {had}
    wer hat was von {had} gesagt? ich nicht
    {had} wollte ich nicht
    """,
)
