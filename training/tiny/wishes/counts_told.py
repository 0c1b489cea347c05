"""Numbers, and what alone is to stay, wished for as a hope, a story, a complaint, or an order to a machine.

The slots are those of `counts` and `leaving_said`.
"""

from __future__ import annotations

from training.tiny.wishes.voice import patterns

COUNT = patterns(
    """
    imagine there were {number} {many}, (do that|make it so|like that please|that's what i want)
    (picture this:|here's the vision:) {number} {many}
    (i was hoping for|i was thinking of|i had hoped for) {number} {many}
    it'd be (so cool|so cute|perfect|better|funny) if there were {number} {many}
    if there were {number} {many} i'd (be happy|print it|love it)
    why on earth are there not {number} {many}??
    set number of {many} to {digit}
    set {many} to {digit}
    {one} count: {digit}
    {one} count = {digit}
    count({one}) = {digit}
    /count {one} {digit}
    {one} * {digit}
    {many} => {digit}
    {number} {many}! (not negotiable|no discussion|please|now)
    (somehow|idk but|i feel like) there should be {number} {many}
    (goal|end result|what i want): {number} {many}
    my (kid|son|daughter|friend) (counted|says): should be {number} {many}
    the client wants {number} {many}
    we agreed on {number} {many}
    make that {number} {many}
    {number} of those {many} please
    {many}, {number} of them
    """,
    """
    stell dir vor, da wären {number} {many}. (mach das|so bitte|so will ich das)
    (wäre|wär) (cool|schön|super|toll|süß), wenn da {number} {many} wären
    (ich fänds|ich fänd es|fänds) (besser|schöner|cooler), wenn es {number} {many} wären
    ich hatte auf {number} {many} gehofft
    ich wär (happy|froh|zufrieden), wenn es {number} {many} wären
    ich dachte eher an {number} {many}
    (warum|wieso) sind das nicht {number} {many}?
    Anzahl {many} auf {digit} (setzen|ändern|stellen)
    Anzahl {many} = {digit}
    {many} => {digit}
    {many} auf {digit} (setzen|ändern|stellen)
    kannste {number} {many} (draus machen|hinmachen)?
    haste auch {number} {many}?
    (machste|machst du) {number} {many} draus?
    {number} {many}! (keine Diskussion|bitte|sofort|)
    {number} {many} (sollens|sollen's|solln's) sein
    (Ziel|Ergebnis|Wunschbild): {number} {many}
    mein Kind zählt: {number} {many} (sollen|müssen) es sein
    der Kunde will {number} {many}
    ausgemacht waren {number} {many}
    ich hätt gern, dass es {number} {many} sind
    {many} (bitte|mal|) {number} Stück
    mach (ma|mal|bitte), dass es {number} {many} sind
    """,
)
MORE = patterns(
    """
    imagine there was (one more|another) {one}, (do that|make it so|like that please)
    i was hoping for (one more|another) {one}
    it'd be (so cool|so cute|perfect) if there was (one more|another) {one}
    (guess what's missing|you know what would be cute)? another {one}
    {many} + 1
    {many}++
    /(more|add) {one} 1
    my (kid|son|daughter) wants (one more|another) {one}
    (one|1) {one} on top (please|of that|)
    """,
    """
    (wäre|wär) (cool|schön|süß|toll), wenn da noch {a_nom} wäre
    (wäre|wär) (cool|schön|süß|toll), wenn da {next_nom} wäre
    ich hatte auf noch {a} gehofft
    kannste noch {a} (dazumachen|dazumalen|hinmachen)?
    haste noch {a}?
    (machste|machst du) noch {a} dazu?
    {many} + 1
    {many}++
    (eins|einmal) {one} mehr
    mein Kind will noch {a}
    stell dir vor, da wäre noch {a_nom}. (mach das|so bitte|so will ich das)
    tu noch {a} (dazu|rein|hin)
    """,
)
EXCEPT = patterns(
    """
    imagine there was nothing but {thing}, (do that|make it so|like that please)
    it'd be (so cool|perfect|better|calmer) with (only|just|nothing but) {thing}
    i was hoping for (just|only|nothing but) {thing}
    (too much stuff|too many things|so cluttered), (only|just) {thing} please
    keep: {bare}, delete: (the rest|everything else|all else)
    /(keep|solo|isolate|only) {bare}
    objects = [{bare}]
    {bare} only (mode|version|please|pls|)
    (goal|end result|what i want): {thing} and no other (things|objects|stuff)
    the client (only|just) wants {thing}, no other (things|objects)
    """,
    """
    stell dir vor, da {wäre} nur {nom}. (mach das|so bitte|so will ich das)
    (wäre|wär) (cool|schöner|besser|super), wenn da nur noch {nom} {wäre}
    ich hatte auf nur {thing} gehofft, sonst nichts
    (zu viel Zeug|zu viele Sachen|so unruhig), nur {nom} bitte
    behalten: {bare}, löschen: (den Rest|alles andere)
    kannste alles (außer {dat}|bis auf {thing}) (wegmachen|rausmachen|löschen)?
    (machste|machst du) alles außer {dat} weg?
    tu alles weg außer {dat}
    (Ziel|Ergebnis|Wunschbild): nur {nom}, sonst keine (Dinge|Sachen|Objekte)
    der Kunde will nur {thing}, sonst keine (Dinge|Sachen)
    mach (ma|mal|bitte), dass nur (noch|) {nom} da {ist}
    """,
)
