"""Messages that go back, forth, to the beginning, or ask for the same once more, as people write them."""

from __future__ import annotations

from training.tiny.wishes.voice import patterns

UNDO = patterns(
    """
    (undo|undo that|undo it|undo this|undo please|undo the last one|undo the last change)
    (no|nope|nah|ugh|noo|nooo) (undo|go back|take that back|revert that)
    take (that|it) back
    (go back|back|one back|step back|go one step back|back one)
    (revert|revert that|revert the last change|roll it back)
    that was (wrong|a mistake|worse|better before), (undo|take it back|go back)
    (it was|that was|i liked it|it looked) (way|much|) better before
    (put|make|change) it back (to|) how it was
    (previous one|the previous one|the one before) (please|again|)
    (i didn't want that|not that|not what i wanted), undo
    (ctrl z|ctrl+z|strg z|cmd z|control z)
    can (you|we) (undo|revert|take back) (that|this|it)?
    (oops|whoops|my bad|oh no|oopsie), (undo|back|go back)
    ↩️
    (⏪|⬅️|◀️|🔙)
    (uh oh|omg no|wtf no|god no), (undo|revert|put it back)
    (didn't|did not) ask for (that|this), (undo it|put it back|revert)
    (can i|could i|can we) have the (previous|last) (one|version|picture) back?
    (cancel|scratch|scrap|forget|discard|drop) (that|the) last (change|edit|step|one)
    how (do|can) (i|we) (undo|go back|take that back)?
    (i want|i'd like|give me|gimme) the (old|previous) (one|version|pic) back
    (it|that|this) (looks|is) worse now, (go|) back
    (please|pls) (unmake|undo|unchange) that
    (undo|revert|reverse) (your|the) (last|latest) (change|edit|move)
    (make|turn) it like (it was|) a (minute|moment|second) ago
    (that|this) last (change|edit|thing) was (bad|not good|a bad idea|dumb|awful), undo
    (one|1|a) step (back|backwards|backward) (please|pls|)
    (hit|press) (undo|the undo button|back)
    (un-do|udno|unod|undoo|undu) (it|that|)
    (we were|it was) better off (before|without that change)
    (return|back|go back) to the (previous|prior|preceding) (one|version|picture|state)
    i liked (the last|the previous|the old) (one|version|picture) (better|more)
    (regret|regretting) that, (undo|back)
    (you broke|you ruined) it, (undo|go back|put it back)
    why did you change that? (put it back|undo)
    (keep|leave) it (as|like|how) it was before
    back it up (one|a step)
    (sorry|i'm sorry), (wrong thing|my mistake|misclick), (undo|go back)
    (never mind|nevermind|nvm), (undo|take it back|back to how it was)
    (didn't|doesn't) work, (undo|go back)
    (as|like|same as) before (please|pls|)
    """,
    """
    (rückgängig|mach das rückgängig|mach es rückgängig|bitte rückgängig|letztes rückgängig)
    (zurück|einen schritt zurück|geh zurück|eins zurück|wieder zurück)
    (nimm das|nimm es) (wieder|) zurück
    (vorher war es|das war vorher|es war vorher|vorher wars) (besser|schöner|viel besser)
    (nein|ne|nee|och nö), (zurück|mach das rückgängig|so nicht, zurück)
    mach es (wieder|) (wie vorher|so wie es war|wie eben)
    das (vorige|vorherige) (Bild|) (wieder|bitte|)
    (kannst du|könntest du|könnt ihr) das (bitte|) rückgängig machen?
    (das wollte ich nicht|das war falsch), (zurück|rückgängig)
    (strg z|strg+z|ctrl z|steuerung z)
    (⏪|⬅️|↩️|🔙)
    (ups|upps|hoppla|oh nein|mist), (zurück|rückgängig|wieder zurück)
    (kann|darf) (ich|man) das (wieder|) (zurücknehmen|rückgängig machen)?
    wie (macht man|mach ich) das (wieder|) rückgängig?
    (die|meine) letzte Änderung (zurücknehmen|rückgängig machen|verwerfen|bitte weg)
    (mach|nimm) die letzte Änderung (wieder|) (rückgängig|zurück|weg)
    (das alte|das davor|das vorherige) (war|fand ich|gefiel mir) besser
    (gib mir|ich will|ich hätte gern) (das alte|das vorherige|das vorige) (Bild|) (zurück|wieder)
    (so wie|genau wie) (vorher|eben|gerade eben|vor der letzten Änderung) (bitte|)
    (das hast du|du hast das|du hast es) (verschlimmbessert|kaputt gemacht|versaut), zurück
    (hätte|hättest) (ich|du) das mal gelassen, (zurück|mach es rückgängig)
    (doch nicht|lieber doch nicht|ach nee doch nicht), (zurück|nimm es zurück|wieder wie vorher)
    (stell|setz) das (wieder auf|zurück auf) den (vorigen|letzten|alten) Stand
    (geh|spring) (bitte|) (einen|1) Schritt (zurück|rückwärts)
    das hab ich (so|) nicht (gemeint|gewollt|gesagt), (zurück|rückgängig)
    (verwirf|verwerf|streich) (das|die letzte Änderung) (wieder|)
    (jetzt ist es|jetzt siehts|das ist jetzt) schlechter (aus|), (zurück|bitte zurück)
    (undo|undo bitte|bitte undo|mach undo)
    (sorry|tut mir leid), (vertippt|verklickt|mein fehler), (zurück|rückgängig)
    vergiss (das|den letzten Schritt|die letzte Änderung) (wieder|)
    warum hast du das geändert? (mach es wieder wie vorher|zurück)
    (eine|1) (Version|Stufe|Runde) (zurück|vorher)
    (rückgänig|rükgängig|rückgänging|zurrück|zurük) (bitte|)
    """,
)
REDO = patterns(
    """
    (redo|redo that|redo it|redo please)
    (no wait|wait|actually), (redo|bring it back|do it again after all)
    undo the undo
    (bring|put) back what you (just|) (undid|took back)
    (forward|go forward|one forward|one step forward)
    (on second thought|hmm), (keep it|i want it after all|it was good after all), redo
    (ctrl y|ctrl+y|ctrl shift z|cmd shift z|strg y)
    restore what you undid
    (↪️|⏩|▶️)
    (i|we) (shouldn't|should not) have (undone|reverted) that
    (oh|hm|actually|wait), (it was|that was) better with the change
    (un-undo|unundo|reverse the undo|revert the undo|cancel the undo)
    (put|bring) the change back (in|please|)
    (can you|could you) (redo|restore|reapply) (it|that|the change)?
    (reapply|re-apply|reinstate) (it|that|the change|the edit)
    (the undone|the one you took back) (was better|again please|please)
    (didn't|did not) mean to (undo|go back), redo
    (one|1|a) step (forward|forwards|ahead) (please|pls|)
    (ok|okay|fine) (i was wrong|i take it back), redo
    (please|pls) don't undo (that|it) (after all|)
    go (forward|forwards) again (please|)
    (the change|that edit) was (fine|good|right) after all, (redo|restore it|bring it back)
    """,
    """
    (wiederherstellen|stell wieder her was du zurückgenommen hast)
    (doch|ach doch|nein doch), (wiederherstellen|wieder vor|hol es zurück)
    (vor|wieder vor|einen schritt vor|eins vor)
    mach das rückgängig machen rückgängig
    (strg y|strg+y|ctrl y|redo|redo bitte)
    hol (das|es) (doch|) wieder her
    (⏩|↪️|▶️)
    (war|das war) doch (gut|besser|richtig) (so|mit der Änderung), (wiederherstellen|stell es wieder her)
    (ich hätte|hätte ich) das nicht (zurücknehmen|rückgängig machen) sollen
    (doch|lieber doch|ok doch) (mit der Änderung|die Änderung behalten)
    (die|deine) (zurückgenommene|rückgängig gemachte) Änderung (doch|wieder) (bitte|)
    (geh|spring) (wieder|) (einen|1) Schritt (vor|vorwärts|nach vorne)
    (kannst du|könntest du) das (doch|) wieder (herstellen|herholen)?
    (nicht|bitte nicht|doch nicht) rückgängig machen
    (wollte|ich wollte) gar nicht zurück, (wieder vor|stell es wieder her)
    (wiederherstelln|wieder herstellen|widerherstellen) bitte
    die Änderung (war doch gut|hat mir doch gefallen), (wiederherstellen|wieder vor)
    """,
)
RESTART = patterns(
    """
    (start over|start again|restart|reset|start from scratch|start from the beginning)
    (let's|lets|can we|i want to|please) (start over|begin again|start fresh|restart|start from zero)
    (forget|scrap|drop|throw away) (all of this|everything|all that|it all) and start over
    (back to|go back to) (the beginning|the start|square one)
    (clean slate|from the top|all over again|new start)
    (reset|undo|revert) everything
    (this|that|it) (went|is going) (nowhere|wrong|off the rails), (start over|let's start over|restart)
    (i want|i'd like|can i have) to (begin|start) (anew|afresh|over|from the beginning)
    (remove|undo|discard|cancel|revert) all (my|the|our|your) (changes|edits)
    (the original|original|the original picture) (please|again|back|)
    (give me|i want|show me) the original (one|picture|version|) (back|again)
    (reset|restart|start over) (pls|please|now|bot|the picture|the whole thing)
    (take|bring) (me|us|it) back to (the start|the beginning|where we started|zero)
    (how it was|like it was|as it was) (in|at) the (very|) (beginning|start)
    (i give up|ok i'm lost|total mess), (start over|reset|from scratch)
    (begin|start|go) (again|) from (zero|scratch|the start|step one)
    (wipe|clear|erase) (all|everything) and (start over|restart|begin again)
    (let's|lets) (try this|do this|do it) from (scratch|the beginning|zero)
    (all the way|the whole way) back (to the start|to the beginning|)
    (🔄|⏮️|🆕)
    (how do i|can i|how can we) (reset|restart|start over)?
    none of (this|that|these changes) (was|were) (good|any good), (start over|back to the start)
    (without|minus) (all|any) (of|) (my|our|the) (changes|edits)
    (new game|fresh start|tabula rasa|reboot|do over)
    """,
    """
    (von vorne|nochmal von vorne|fang von vorne an|neu anfangen|neustart|alles auf anfang)
    (lass uns|wir|ich will) (neu anfangen|von vorne anfangen)
    (vergiss|verwirf) (alles|das alles) und fang neu an
    (zurück zum|zurück an den|wieder zum) Anfang
    (alles zurücksetzen|setz alles zurück|alles rückgängig)
    (können wir|kann ich|könnten wir) (nochmal|) (von vorne|neu) anfangen?
    (das Original|Original|das ursprüngliche Bild) (bitte|wieder|zurück|)
    (ich will|gib mir|zeig mir) (wieder|) das (Original|ursprüngliche Bild|Ausgangsbild)
    (alle|meine|unsere|alle meine) Änderungen (verwerfen|rückgängig|zurücknehmen|weg)
    (mach|nimm) (bitte|) alle Änderungen (rückgängig|zurück)
    (reset|reset bitte|restart|neustart bitte|mach reset)
    (so wie|wie) (ganz|) am Anfang (bitte|)
    (das wird nichts|das führt zu nichts|so wird das nix), (nochmal von vorne|fang neu an|neu anfangen)
    (bei null|von null|ganz von vorn|ganz von vorne) (anfangen|bitte|)
    (🔄|⏮️|🆕)
    (zurück|wieder|geh) auf (Null|Start|Los|Anfang)
    (ganz|komplett|wieder ganz) zurück (zum Anfang|auf Anfang|an den Anfang)
    (starte|beginne) (bitte|) (nochmal|noch einmal|ganz|) (neu|von vorn|von vorne)
    (wie kann ich|wie kann man|wie geht) (alles zurücksetzen|neu anfangen)?
    (ich möchte|ich würde gern|wir wollen) (nochmal|) (von vorn|bei null|neu) (anfangen|beginnen|starten)
    (neuer anfang|neues spiel|auf ein neues)
    """,
)
AGAIN = patterns(
    """
    (again|once more|one more time|again please|do it again)
    (another|a different|a new) (try|version|variation|take)
    (more|other|some|give me|show me) (variations|versions|options)
    (try|roll|generate|paint|draw) (it|that|) (again|once more)
    (reroll|re-roll|retry|regenerate|variations)
    same (prompt|thing|again) (but|,|) (another|new|different) (picture|try|version)
    (show me|give me|got) (something|anything) different (with the same words|but the same)?
    (🔁|🎲|♻️)
    (can you|could you|can we) (try|do|draw|paint|generate|make|roll) (that|it) (again|once more)?
    (any|do you have|got any) (other|more) (versions|variations|options|takes|ideas) (of this|of it|)?
    (roll|throw) the dice (again|)
    (new|different|other|another) seed (please|pls|)
    (what|how) (else|other versions) (would|could|can) (it|this) look like with the same (prompt|words)?
    (give it|have|take) another (go|shot|try|stab|spin)
    (one|1) more (try|attempt|roll|version|variation) (please|pls|)
    (that|this|it) came out (weird|bad|wonky|odd), (try again|again|reroll)
    the face (came out|looks) (weird|broken|wonky), (reroll|try again|once more)
    (reroll|regen|rerun|redraw|repaint|re-do it|regenerate) (it|this|that|please|pls|)
    (keep|leave|use) the (prompt|words) (and|but|,) (try|roll|paint|generate) again
    (i want|i'd like|i need) to see (other|more|some more|different) (versions|variations|takes)
    (aaaand|and) (again|once more) (!|please|)
    (maybe|perhaps) you (do|get it) better (this|next) time, (again|try again)
    (next|new) (try|attempt|roll|round) (please|pls|)
    (same|the same) (one|picture|prompt) (again|once more|one more time) (please|)
    (surprise me with|show) (another|a new) (variant|variation|version)
    (spin|run|hit) it again
    (encore|da capo|repeat|repeat please|repeat that)
    (4|four|a few|some) more (versions|variations|options|tries) (please|pls|)
    not (bad|quite) but (try again|one more try|roll again)
    """,
    """
    (nochmal|noch mal|noch einmal|bitte nochmal|das gleiche nochmal)
    (neuer|ein neuer|noch ein|anderer) Versuch
    (mehr|andere|zeig mir|ein paar) (Varianten|Versionen|Variationen)
    (mal|mach|zeichne) (das|es) (nochmal|noch einmal)
    (würfel|versuch es|probier es) (neu|nochmal)
    eine andere (Version|Variante) (bitte|davon|)
    (🔁|🎲|♻️)
    (kannst|könntest) du (bitte|) (das|es) (nochmal|noch einmal|neu) (malen|machen|versuchen)?
    (hast du|gibt es|gibts) (noch|) (andere|mehr|weitere) (Varianten|Versionen|Vorschläge) (davon|)?
    (anderer|neuer|ein anderer) Seed (bitte|)
    (generier|generiere|erzeug|mal) (das|es) (neu|nochmal|noch einmal) (bitte|)
    (gleicher|derselbe|selber) Prompt, (nochmal|neuer Versuch|neues Bild|anderes Bild)
    (das|es) ist (komisch|nichts|seltsam) geworden, (nochmal|versuch es nochmal|neuer Versuch)
    (noch|bitte noch) (ein|einen) (Versuch|Durchlauf|Anlauf) (bitte|)
    (ich will|ich möchte|ich würde gern) (noch|) (andere|mehr|ein paar) (Varianten|Versionen) sehen
    (nächster|neuer|zweiter) (Versuch|Anlauf|Durchgang) (bitte|)
    (wiederhol|wiederhole) (das|es) (bitte|nochmal|)
    (und|aaaand) (nochmal|noch einmal) (!|bitte|)
    (neu|nochmal|lieber neu) (würfeln|auswürfeln|generieren) (bitte|)
    (vier|4|ein paar|drei) (neue|andere|weitere) (Varianten|Versionen|Versuche) (bitte|)
    (nicht schlecht|ganz ok|fast), aber (nochmal|versuch es nochmal|noch ein Versuch)
    (überrasch mich|zeig mir was) mit (einer anderen Variante|einer neuen Version)
    (dasselbe|das gleiche|das selbe) (nochmal|noch einmal|bitte nochmal|in einer anderen Version)
    (nomal|nochma|nochmla|noma) (bitte|)
    """,
)
