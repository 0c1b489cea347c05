"""How another place is asked for: with where it is, where to go, or the place's name alone.

`{them}` is what is in the picture: "the fox", "them"; `{they}` is its nominative.
"""

from __future__ import annotations

from training.tiny.wishes import learners_said
from training.tiny.wishes import surroundings_told as told
from training.tiny.wishes.voice import patterns

PLACE = patterns(
    """
    {w} (please|instead|now|)
    !(put|place|set) (it|everything|the scene|this) {w}
    it should be {w}
    (i want it|i'd like it|make it happen|let it be|but) {w}
    (same|the same thing|same pic) (but|) {w}
    what if (it|this|all of this) was {w}?
    (scene|place|background|bg): {w}
    !change the (place|bg|background|location): {w}
    (take|bring) (it|us) somewhere else: {w}
    (how about|what about|maybe) {w}?
    !make it {w}
    i (see|imagine|picture) {them} {w}
    i (want|would like|wanna see) {them} {w}
    {they} should (be|live|stand) {w}
    {they} (would look|would be) (better|happier|nicer) {w}
    what if {they} ended up {w}?
    !(show|draw|paint) {them} {w}
    how would (it|this) look {w}?
    (let's|lets) have {them} {w}
    (can|could) {they} be {w}?
    {they} should be at home {w}
    !let {them} be {w}
    we are {w} now
    (the scene|the story|this) (takes place|plays|happens) {w}
    not here but {w}
    (anywhere|somewhere) {w}
    where? {w}
    imagine {them} {w}
    everything the same, just {w}
    {they} {w}
    """,
    """
    {w} (bitte|jetzt|)
    (das soll|es soll|das Ganze soll) {w} sein
    (ich will es|ich hätte es gern|lieber) {w}
    (das gleiche|dasselbe), (aber|nur) {w}
    was wäre, wenn das {w} wäre?
    (Hintergrund|Ort): {w}
    wie wär's {w}?
    ich (seh|sehe) {them} {w}
    ich (will|möchte) {them} {w} (sehen|haben|)
    {them} stell ich mir {w} vor
    !(zeig/zeigen|mal/malen|zeichne/zeichnen) {them} {w}
    wie (sieht|sähe) das {w} aus?
    das Ganze (spielt|ist) {w}
    nicht hier, sondern {w}
    irgendwo {w}
    wo? {w}
    sonst alles gleich, nur {w}
    (wir sind|jetzt sind wir) {w}
    {w} würde das (besser|schöner) (aussehen|wirken)
    {w} wär das (besser|schöner)
    stell dir das {w} vor
    (kann|könnte) das (auch|bitte|) {w} sein?
    mir wäre {w} lieber
    {w} wäre (schön|schöner|besser|cool)
    """,
    told.PLACE,
    learners_said.PLACE,
)
GO = patterns(
    """
    !(take|bring|move|send|put) {them} {to}
    !(beam|teleport|transport|relocate|carry|ship) {them} {to}
    {they} should (go|move|travel|come) {to}
    (let's|lets) (go|travel|move) {to}
    !let {them} (go|travel|move|walk) {to}
    (off|away) {to} (with {them}|)
    i want to go {to}
    (can|could) we (go|move|take this) {to}?
    !(move|shift|take) (the scene|the whole thing|everything|it all) {to}
    (send|take) {them} on (a trip|holiday|vacation) {to}
    {to} please
    now {to}
    what if {they} went {to}?
    a trip {to}
    {they} would rather go {to}
    change of place, {to} (please|)
    go {to}
    """,
    """
    !(bring/bringen|schick/schicken|setz/setzen|pack/packen|stell/stellen) {them} {to}
    !(beam/beamen|teleportier/teleportieren) {them} {to}
    !verleg/verlegen (das Ganze|alles|die Szene) {to}
    (ab|los) {to} (mit {them_dat}|)
    (das|alles|das Ganze) soll {to}
    (lass uns|wir wollen) {to} (gehen|reisen|)
    !verschieb/verschieben (alles|das Ganze) {to}
    {to} (bitte|jetzt|)
    ich will {to}
    (können|könnten) wir (damit|mal|) {to} (gehen|)?
    ein Ausflug {to}
    jetzt (geht's|gehen wir) {to}
    (bringt|schickt|setzt) {them} (mal|bitte|doch|) {to}
    Ortswechsel: {to}
    """,
)
NAMED = patterns(
    """
    (background|bg|backdrop|scenery|setting|location|place|scene): {place}
    {place} (background|backdrop|scenery|setting|landscape) (please|)
    {place} as (the|a) (background|backdrop|setting)
    (background|bg) (should be|is|=) {place}
    !change the (background|bg|scenery|setting|location|place|scene) to {place}
    !turn the (background|bg|scenery|surroundings) into {place}
    !(use|take) {place} as (background|the background|backdrop)
    (i want|i'd like|give me) {place} (in|for|as) the background
    (behind|around) {them} i want {place}
    with {place} in the (background|back)
    !replace the (background|bg|surroundings) (with|by) {place}
    what about {place} (as|for) the background?
    !swap the (background|place) for {place}
    can the background be {place}?
    !put {place} behind {them}
    location = {place}
    """,
    """
    (Hintergrund|Ort|Kulisse|Umgebung|Schauplatz|Szene): {place}
    {place} als (Hintergrund|Kulisse|Umgebung) (bitte|)
    (Hintergrund|Umgebung) = {place}
    im Hintergrund (bitte|lieber) {place_acc}
    der Hintergrund soll {place} sein
    als Hintergrund (bitte|lieber|) {place_acc}
    Hintergrund (jetzt|lieber|bitte) {place}
    (kann|könnte) der Hintergrund {place} sein?
    drumherum bitte {place_acc}
    wie wär's mit {place_dat} als Hintergrund?
    Hintergrundbild: {place}
    !nimm/nehmen als Hintergrund {place_acc}
    """,
    told.NAMED,
)
