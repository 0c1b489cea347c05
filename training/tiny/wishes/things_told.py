"""Things wished for, away, or in another's place as a hope, a story, a complaint, or an order to a machine.

The slots are those of `adding_said` and `removing_said`.
"""

from __future__ import annotations

from training.tiny.wishes.voice import patterns

ADD = patterns(
    """
    imagine there were {new} (in there|in it|) too, (do that|make it so|like that please)
    (picture this:|here's the vision:|hear me out:) {new} (in there|in the picture) as well
    i was hoping (to see|for) {new} in there too
    i always wanted {new} in my pictures
    (it'd be|would be) (so cool|so cute|funny|perfect|dope) if there {was} {new} (in there|in it|) too
    (you know what would be funny|know what would be cute|guess what's missing)? {new}
    why on earth {is} there {no} in there?? add {new}
    (somehow|idk but|i feel like) it's missing {new}
    (what if|how cool would it be if|maybe) there {was} also {new}?
    who forgot {new}? (put|add|draw) please
    (insert|add|new|create) (object|item|thing): {bare}
    /(add|insert|spawn|place) {bare}
    spawn {new}
    objects += {bare}
    (add to scene|add to picture|additional object|to add): {bare}
    {bare}: (add|yes|yes please|insert|missing)
    {bare} in picture too (ok|yes|please|thx)
    {new} (somewhere|anywhere) in there (and i'm happy|would make my day|pls|)
    (i'd be happy|it'd be complete|i'd print it) with {new} in there too
    there's (space|room) for {new} (in there|), isn't there?
    my (sister|niece|nephew|friend) asks if you can add {new}
    {new} wouldn't hurt (either|)
    i (won't|wouldn't) say no to {new} in there
    let's not forget {new}
    {new} (deserves|needs) a place in there too
    (could|can) u squeeze {new} in somewhere?
    let {new} join (them|the picture|the scene)
    (some company would be nice|it looks lonely|a bit lonely there): (add|put in|draw) {new}
    the client also wants {new}
    i (dreamt|dreamed) there {was} also {new} in it
    """,
    """
    stell dir (mal|) vor, da {wäre} (auch|noch) {new_nom}. (mach das|so bitte|so will ich das)
    (wäre|wär) (cool|schön|super|toll|süß|mega), wenn da (noch|auch) {new_nom} {wäre}
    (ich fänds|ich fänd es|fänds) (schöner|cool|gut|süß), wenn da noch {new_nom} {wäre}
    ich hatte (auch|noch) auf {new} gehofft
    ich wär (happy|glücklich|froh), wenn da noch {new_nom} {wäre}
    kannste (noch|da noch|mal noch|bitte noch) {new} (dazumachen|reinmachen|dazumalen) (oder so|)?
    haste noch {new} für mich?
    haste (noch|auch) Platz für {new}?
    {passt} da (auch|) noch {new_nom} (hin|dazu|mit rein)?
    wieso {ist} da eigentlich {no_nom}? mach noch {new} rein
    irgendwie {fehlt} (mir|da) noch {new_nom}
    weißte, was da noch fehlt? {new_nom}
    (weißt du was|weißte was)? noch {new} (dazu|rein)!
    (neues Objekt|Objekt hinzufügen|hinzufügen|ergänzen|zusätzlich): {bare}
    {bare} (hinzufügen|einfügen|ergänzen|dazu|rein)
    {bare}: (ja|ja bitte|rein|fehlt noch|hinzufügen)
    tu (noch|da noch|mal noch) {new} (rein|dazu|hin)
    (machste|machst du) (da |)noch {new} (dazu|rein|hin)?
    ob da wohl noch Platz für {new} ist?
    {new_nom} (irgendwo|) dazu und (ich bin glücklich|es ist perfekt|dann passt das)
    (bisschen einsam da|wirkt so einsam|sieht so verlassen aus): (noch|mal noch|pack noch) {new} (dazu|rein)
    meine (Kleine|Oma|Nichte) fragt, ob da noch {new_nom} (rein|dazu) {kann}
    {new_nom} {würde} dem Bild (noch|) (gut|ganz gut|echt gut) tun
    gegen {new} hätt ich (auch|) nichts (einzuwenden|)
    der Kunde will (auch|noch) {new} (drin haben|dazu)
    es (dürfte|darf) (ruhig|gern) noch {new_nom} (dazu|rein|sein)
    ich hätt (halt|da|so) gern noch {new} (dabei|drin|mit drauf)
    ich will, dass da noch {new_nom} {steht}
    nur {new_nom} {fehlt} (noch|jetzt noch), dann ist es (perfekt|fertig|komplett)
    """,
)
REMOVE = patterns(
    """
    imagine {nom} {was} gone, (do that|make it so|like that please|that's what i want)
    (picture|imagine) this without {thing}, (that's it|do that|much better)
    i was hoping for a picture without {thing}
    it'd (make my day|be so cool|be perfect|be better) if {nom} {was} gone
    (idk but|somehow|honestly) {nom} {bothers} me. (away|remove {it}|take {it} out)
    why on earth {is} {nom} (in there|there)?? (out|away with {it}|remove {it})
    (ugh|bruh|omg|excuse me), why {is} {nom} there?? i don't want {it}
    {nom} {needs} to (disappear|vanish|leave|go away|get lost)
    i can't stand {thing} (anymore|)
    {nom} {is} (really|so|super) annoying, (out|away|delete) (please|)
    (delete|remove|hide) (object|item|layer): {bare}
    /(remove|delete|hide|rm|kill) {bare}
    objects -= {bare}
    (remove from scene|to remove|to delete|delete list): {bare}
    {bare} = (none|0|null|off|deleted)
    {bare} => (trash|bin|gone)
    {bare}.(delete|remove|hide)()
    if {nom} {was} gone i'd (be happy|print it|love it|hang it up)
    (goal|end result|what i want): same picture, no {bare}
    i (asked|came) for no {bare}
    nobody (likes|needs|wants) {thing}, (remove|delete|out with) {it}
    {thing}... (nah|nope|no thanks|not my thing), (remove|delete|out)
    my (friend|sister|dad|grandma) says {nom} (should|must|has to) go
    {nom} {doesnt} do anything for me, (remove|delete|lose) {it}
    we (don't|dont) need {thing} (anymore|in there|)
    rid me of {thing}
    {thing}? (i'd rather have|i'd prefer) the picture without {it}
    {nom} (can|may) leave (now|)
    the client hates {thing}, (remove|delete) {it}
    when you're done there should be no {bare} (left|in it)
    """,
    """
    stell dir (mal|) vor, {nom} {wäre} weg. (mach das|so bitte|so will ich das)
    (wäre|wär) (cool|schön|super|toll|nice|mega), wenn {nom} (weg|nicht da|nicht mehr da) {wäre}
    (ich fänds|ich fänd es|fänds) (besser|schöner|gut), wenn {nom} (weg|nicht da|nicht mehr da) {wäre}
    ich wär (happy|glücklich|froh|zufrieden), wenn {nom} weg {wäre}
    wenn {nom} weg {wäre}, (würd ich's aufhängen|wär ich zufrieden|wär's perfekt)
    {nom} {nervt}(. weg damit|, weg|, raus damit|)
    {nom} {nervt} (mich|total|tierisch|voll|so)
    kannste {thing} (mal|bitte|vielleicht|nich) (wegmachen|rausmachen|weglassen|löschen)?
    (warum|wieso) {ist} da {nom}? (weg damit|raus damit|will ich nicht)
    (warum|wieso) zum (Kuckuck|Henker) {ist} {nom} da drin? (weg damit|raus)
    (tu|mach) {thing} (mal|bitte|ma) (weg|raus|fort)
    ich kann {thing} nicht (mehr|) (leiden|sehen|ertragen)
    {thing} kann ich nicht (leiden|gebrauchen|ausstehen), weg damit
    {nom} {muss} (da|) (nicht|wirklich nicht) (sein|drin sein)
    auf {thing} kann ich (gut|gerne|echt) verzichten
    mach (ma|mal|bitte), dass {nom} weg {ist}
    ich hätt gern, dass {nom} weg {ist}
    (entfernen|löschen|ausblenden|weg damit|raus damit): {bare}
    {bare} = (aus|weg|0|null|gelöscht)
    {bare} ausblenden
    Objekt {bare} (löschen|entfernen|ausblenden)
    (machste|machst du|nimmst du|nimmste) {thing} (bitte|mal|) (weg|raus)?
    {thing} brauchts (da|hier|) (nicht|net|ned)
    {thing} (bitte|) wieder (weg|raus)
    {nom} {hat} da (nix|nichts) verloren
    keiner (braucht|will|mag) {thing}, (weg damit|raus damit)
    (Ziel|Ergebnis|Wunschbild): (das|gleiches|dieses) Bild ohne {thing}
    meine (Oma|Frau|Kleine|Schwester) sagt, {nom} {muss} (weg|raus)
    ob's ohne {thing} (nicht|) (besser|schöner) wäre? (mach mal|probier das|bestimmt)
    {nom}... (nee|nö|naja|ach nee), (weg|raus) (damit|)
    ich (dachte|dachte eher) an ein Bild ohne {thing}
    der Kunde will {thing} nicht (mehr|)
    """,
)
REPLACE = patterns(
    """
    imagine {nom} were {new}, (do that|make it so|like that please)
    it'd be (cooler|better|cuter|funnier|perfect) if {nom} was {new}
    i was hoping for {new} where {nom} {is}
    i (thought|expected) {nom} would be {new}
    if {nom} were {new} i'd (be happy|print it|love it)
    why on earth {is} that {a}? make it {new}
    {bare} out, {new_bare} in
    /replace {bare} {new_bare}
    replace({bare}, {new_bare})
    {bare} => {new_bare}
    find: {bare}, replace with: {new_bare}
    {bare}: replace with {new_bare}
    upgrade {thing} to {new}
    {thing}? boring. {new}? (yes|awesome|better)!
    {nom} should've been {new} (from the start|all along|)
    {thing}, but make it {new}
    {thing} could (just as well|easily) be {new}, (do that|make it so)
    i'd trade {thing} for {new}
    {new}, where now {nom} {is}
    the client wants {new}, not {thing}
    """,
    """
    stell dir (mal|) vor, {nom} wäre {new_nom}. (mach das|so bitte|so will ich das)
    (wäre|wär) (cooler|schöner|lustiger|besser), wenn {nom} {new_nom} wäre
    ich fänds (besser|schöner|cooler), wenn {nom} {new_nom} wäre
    ich hatte statt {dat} auf {new} gehofft
    ich dachte, {nom} wird {new_nom}
    kannste (statt|anstelle von) {dat} (mal|bitte|vielleicht) {new} (malen|machen|hinmachen)?
    kannste aus {dat} (mal|bitte|vielleicht|nich) {new} machen?
    haste auch {new} statt {dat}?
    {nom} hätte {new_nom} (werden|sein) sollen
    (tu|mach) {thing} (mal|bitte) weg und (dafür|stattdessen) {new} (hin|rein)
    {bare} ersetzen durch {new_bare}
    {bare} => {new_bare}
    {bare}: (ersetzen durch|austauschen gegen) {new_bare}
    ersetze: {bare} durch {new_bare}
    (machste|machst du) {new} aus {dat}?
    {thing}? langweilig. {new}? (ja|super|besser)!
    der Kunde will {new} statt {dat}
    mach (ma|mal|bitte), dass {nom} {new_nom} (ist|wird)
    ich hätt gern, dass {nom} {new_nom} (ist|wird)
    {new} hätt ich lieber als {thing}
    """,
)
