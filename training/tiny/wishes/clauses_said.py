"""How several wishes stand in sentences of their own or in subordinate clauses.

"I'd like it to be night and the dog to be red", "ich hätte gern, dass es Nacht ist und der Hund rot".

The same slots as in `one_verb_said`.
"""

from __future__ import annotations

from training.tiny.wishes.one_verb_said import Frame
from training.tiny.wishes.voice import patterns

SHOULD: Frame = {
    "around": patterns(
        """
        {list}
        ({list})
        (i think|imo|in my opinion|i feel like|tbh|honestly) {list}
        (it's too boring|it's a bit dull|looks empty|not quite there yet), {list}
        {list}, (then it's perfect|that's all|what do you think?|can you do that?)
        (hi!|hello,|good morning,|dear bot,|thanks!) {list}
        (my wishes|what i want|changes|feedback|notes from the client): {list}
        (i showed it to my mom and she says|my friend says|the boss says) {list}
        """,
        """
        {list}
        ({list})
        (ich finde|ich find|meiner Meinung nach:|ich glaub) {list}
        (ist so langweilig|bisschen öde so|noch nicht ganz|sieht leer aus), {list}
        {list}, (dann passt's|das ist alles|geht das?|kannst du das?|dann ist es super)
        (hallo!|moin,|guten Tag,|danke!|servus,) {list}
        (meine Wünsche|was ich will|Änderungen|Feedback|Anmerkungen vom Kunden): {list}
        (meine Mama meint|mein Kumpel sagt|der Chef sagt), {list}
        """,
    ),
    "look": patterns(
        """
        {nom} should be {look}
        {nom} (needs to|has to|must|ought to|could) be {look}
        {nom} should (actually|rather|really|also) be {look}
        i want {thing} {look}
        """,
        """
        {nom} {soll} {look} sein
        {nom} {muss} {look} sein
        {nom} {sollte} (eigentlich|lieber|auch|doch) {look} sein
        {nom} {soll} {look} werden
        """,
    ),
    "look_gap": patterns(
        "{nom} {look}\n({nom} {look})",
        "{nom} {look}\n{nom} (lieber|) {look}",
    ),
    "time": patterns(
        "it should be {is}\nit (must|has to|could) be {is}",
        "es soll {is} sein\nes (muss|sollte|könnte) {is} sein",
    ),
    "weather": patterns(
        "it should be {is}\nit (must|has to|could) be {is}",
        "es soll {is} sein\nes (muss|sollte|könnte) {is} sein",
    ),
    "falling": patterns(
        "it should {verb}\nit (could|must|has to) {verb}\nit should be {verb}ing",
        "es soll {verb}\nes (könnte|muss|sollte) {verb}",
    ),
    "place": patterns(
        "it should (be|take place) {when}\n(everything|the whole thing) should be {when}",
        "das Ganze soll {when} (sein|spielen)\nes soll {when} sein",
    ),
    "style": patterns(
        "it should be (drawn|painted|done) {how}\nthe whole thing should be (drawn|painted|done) {how}",
        "das Ganze soll {how} sein\nes soll {how} gemalt sein\nalles soll {how} gemalt sein",
    ),
    "new": patterns(
        """
        there should be {new}
        {new} should be there (too|)
        it needs {new}
        i('d like|want) {new} (in it|too)
        """,
        """
        da {soll} noch {new_nom} hin
        es soll noch {new} geben
        da {fehlt} noch {new_nom}
        {new_nom} {soll} (noch|auch) dazu
        """,
    ),
    "more": patterns(
        "there should be (one more|another) {one}\none more {one} should be there",
        "da soll noch {a_nom} (hin|dazu)\nda fehlt noch {a_nom}",
    ),
    "number": patterns(
        "there should be {number} {many}\ni want {number} {many}",
        "es sollen {number} {many} sein\nda sollen {number} {many} stehen",
    ),
    "gone": patterns(
        """
        {nom} should (go|be gone|disappear)
        {nom} (has to|must|can) (go|disappear)
        i don't (need|want) {thing}
        """,
        """
        {nom} {soll} weg
        {nom} {muss} (weg|raus|verschwinden)
        {nom} {kann} (weg|raus)
        {thing} brauch ich nicht
        """,
    ),
    "dry": patterns(
        "the {falls} should (stop|go|be gone)\nthe {falls} (has to|must|can) go",
        "der {falls} soll (weg|aufhören)\nder {falls} (muss|kann) weg",
    ),
    "time_gap": patterns("{is}\n({is}|{is} too)", "{is}\n({is}|auch {is})"),
    "weather_gap": patterns("{is}\n({is}|{is} too)", "{is}\n({is}|auch {is})"),
    "instead": patterns(
        """
        {nom} should be {new} instead
        there should be {new} instead of {thing}
        {thing} should become {new}
        """,
        """
        {nom} soll {new_nom} sein
        aus {dat} soll {new_nom} werden
        da soll {new_nom} statt {dat} sein
        """,
    ),
}
TO_BE: Frame = {
    "around": patterns(
        """
        (i'd like|i would like|i want|i need|i would love) {list}
        (we'd like|my daughter wants|she wants|my boss wants|i'd prefer|the client wants) {list}
        is there (a way|any way|a chance) for {list}?
        (would it be possible|is it possible) for {list}?
        (what i need is for|it would be nice for|it would be great for|time for) {list}
        i (don't like it yet|find it boring), i (want|need) {list}
        (i expected|i was expecting|i was hoping for|i wanted) {list}
        (if it's not too much trouble,|sorry to bother you,|sorry but) i('d like| want) {list}
        """,
        """
        (ich hätte gern|ich hätte gerne|ich möchte|ich will|mir wäre lieber|mir wäre wichtig), dass {list}
        (mach|mach bitte|mach mal|sorg dafür|kannst du machen), dass {list}
        (wir wollen|wir hätten gern|meine Tochter will|der Chef will|ich wünsch mir), dass {list}
        (kannst du|könntest du|kannste) (bitte|mal|) (machen|dafür sorgen|einrichten), dass {list}?
        (geht das|geht's|ist es möglich), dass {list}?
        ist mir zu langweilig, ich (will|hätte gern), dass {list}
        (ich stell mir vor|ich hab mir vorgestellt|ich dachte|ich meinte), dass {list}
        (entschuldige die Störung|sorry), (aber|) ich (möchte|hätte gern), dass {list}
        """,
    ),
    "look": patterns(
        "{thing} to be {look}\n{thing} to become {look}\n({thing} to be {look})",
        "{nom} {look} {ist}\n{nom} {look} {wird}\n{nom} jetzt {look} {ist}",
    ),
    "look_gap": patterns(
        "{thing} {look}\n({thing} {look})",
        "{nom} {look}\n{nom} (bitte|) {look}",
    ),
    "time": patterns("it to be {is}\nthe scene to be {when}", "es {is} ist\nes {is} wird"),
    "weather": patterns("it to be {is}\nthe weather to be {is}", "es {is} ist\nes draußen {is} ist"),
    "falling": patterns(
        "it to {verb}\nit to be {verb}ing\nit to start {verb}ing",
        "es {verb_third}\nes (dabei|auch) {verb_third}",
    ),
    "place": patterns(
        "it to be {when}\neverything to be {when}", "das Ganze {when} ist\nalles {when} spielt"
    ),
    "style": patterns(
        "it to be (drawn|painted|done) {how}\nthe (whole thing|picture) to be (drawn|painted|done) {how}",
        "das Ganze {how} gemalt ist\ndas Bild {how} gemalt ist",
    ),
    "new": patterns(
        "there to be {new}\n{new} to be (there|in it)",
        "noch {new_nom} (da|dabei) {ist}\nman (auch|noch) {new} sieht",
    ),
    "more": patterns(
        "there to be (one more|another) {one}\none more {one} to be there",
        "noch {a_nom} (da|dabei) ist\nman noch {a} sieht",
    ),
    "number": patterns(
        "there to be {number} {many}\nit to be {number} {many}",
        "es {number} {many} sind\nda {number} {many} stehen",
    ),
    "gone": patterns(
        "{thing} to (go|disappear|be gone)\n{thing} to be (removed|out of it)",
        "{nom} weg {ist}\nman {thing} nicht mehr sieht",
    ),
    "dry": patterns(
        "the {falls} to (go|stop|be gone)\nthe {falls} to disappear",
        "der {falls} weg ist\nkein {falls} mehr da ist",
    ),
    "time_gap": patterns("{is}\n({is}|{is} too)", "{is}\n({is}|auch {is})"),
    "weather_gap": patterns("{is}\n({is}|{is} too)", "{is}\n({is}|auch {is})"),
    "instead": patterns(
        """
        {thing} to be {new} instead
        there to be {new} instead of {thing}
        {thing} to become {new}
        """,
        """
        aus {dat} {new_nom} wird
        statt {dat} {new_nom} da ist
        da {new_nom} statt {dat} ist
        """,
    ),
}
IF: Frame = {
    "around": patterns(
        """
        what if {list}?
        (it would be|it'd be|would be) (nice|cool|cooler|better|awesome|lovely) if {list}
        (i wish|if only) {list}
        (imagine|pretend|suppose) {list}
        would it be (possible|ok|too much) if {list}?
        i'd (like|love|prefer) it if {list}
        (how would it look|what would it look like) if {list}?
        (in my head|in my story|in my dream|in the version i imagined) {list}
        (wouldn't it be|would it be) (nicer|better|funnier) if {list}?
        """,
        """
        was wäre, wenn {list}?
        (es wäre|wäre) (schön|cool|toll|cooler|besser|super|klasse), wenn {list}
        (schön|cooler|besser|toll|lustig) wäre (es|), wenn {list}
        stell dir vor, dass {list}
        (ginge es|ginge das|wäre es möglich|wär's möglich), dass {list}?
        (ich fänd's|ich fände es|ich fänd es) (gut|besser|schöner|cool), wenn {list}
        (wie würde es aussehen|wie sähe das aus), wenn {list}?
        mir würde es besser gefallen, wenn {list}
        (wäre es nicht|wär's nicht) (besser|schöner|lustiger), wenn {list}?
        """,
    ),
    "look": patterns(
        "{nom} {was} {look}\n{nom} {was} (all|) {look}\n({nom} {was} {look})",
        "{nom} {look} {wäre}\n{nom} (lieber|) {look} {wäre}",
    ),
    "look_gap": patterns(
        "{nom} {look}\n{nom} {look} (too|)",
        "{nom} {look}\n{nom} (lieber|) {look}",
    ),
    "time": patterns("it was {is}\nit was (already|) {is}", "es {is} wäre\nes (schon|gerade) {is} wäre"),
    "weather": patterns("it was {is}\nit was {is} outside", "es {is} wäre\nes draußen {is} wäre"),
    "falling": patterns("it {verb}ed\nit was {verb}ing", "es {verb} würde\nes (dabei|auch) {verb} würde"),
    "place": patterns("it was {when}\nall of this was {when}", "das Ganze {when} wäre\nalles {when} wäre"),
    "style": patterns(
        "it was (drawn|painted|done) {how}\nthe (whole thing|picture) was (drawn|painted|done) {how}",
        "das Ganze {how} gemalt wäre\ndas Bild {how} wäre",
    ),
    "new": patterns(
        "there {was} {new} (too|)\n{new} {was} there too\nwe had {new}",
        "noch {new_nom} (da|dabei) {wäre}\nda (auch|noch) {new_nom} {wäre}",
    ),
    "more": patterns(
        "there was (one more|another) {one}\nwe had one more {one}",
        "noch {a_nom} (da|dabei) wäre\nda noch {a_nom} wäre",
    ),
    "number": patterns(
        "there were {number} {many}\nwe had {number} {many}",
        "es {number} {many} wären\nda {number} {many} wären",
    ),
    "gone": patterns(
        "{nom} {was} gone\n{nom} {was} (not there|out of it)",
        "{nom} weg {wäre}\n{nom} nicht (mehr|) da {wäre}",
    ),
    "dry": patterns(
        "the {falls} was gone\nthe {falls} stopped", "der {falls} weg wäre\nkein {falls} mehr wäre"
    ),
    "time_gap": patterns("{is}\n({is}|{is} too)", "{is}\n({is}|auch {is})"),
    "weather_gap": patterns("{is}\n({is}|{is} too)", "{is}\n({is}|auch {is})"),
    "instead": patterns(
        """
        {nom} was {new} instead
        there was {new} instead of {thing}
        we had {new} instead of {thing}
        """,
        """
        {nom} {new_nom} wäre
        statt {dat} {new_nom} da wäre
        aus {dat} {new_nom} würde
        """,
    ),
}
SCENE: Frame = {
    "around": patterns(
        """
        !(show|draw|paint) {them} {list}
        !(put|place|set) {them} {list}
        (i want|i'd like|i see|i imagine|i picture|i want to see) {them} {list}
        (can|could) (i|we) (see|have) {them} {list} (please|)?
        (what about|how about|maybe) {them} {list}?
        {them} {list}
        {them} {list} (please|pls|thx)
        (imagine|picture) {them} {list}
        (a picture of|this should show|i meant|i was thinking of) {them} {list}
        (it's boring here,|different idea:|new idea:) {them} {list}
        what would {they} look like {list}?
        """,
        """
        !(zeig/zeigen|mal/malen) {them} {list}
        zeig (mir|mir mal|mal|bitte) {them} {list}
        (ich will|ich möchte|ich hätte gern|ich hätte gerne) {them} {list}
        (kann|könnte) ich {them} {list} (sehen|haben)?
        (wie wär's mit|was ist mit|wie wärs mit) {them_dat} {list}?
        {them} {list}
        {them} {list} (bitte|danke|pls)
        (ich stell mir|ich stelle mir) {them} {list} vor
        (kannste|kannst du|könntest du) (mir|bitte|mal|) {them} {list} (malen|zeigen)?
        (neue Idee:|andere Idee:|mir ist langweilig,) {them} {list}
        wie (sieht das|sähe das) {list} aus?
        """,
    ),
    "time": patterns("{when}\n({when})", "{when}\n({when})"),
    "weather": patterns("{when}\n({when})", "{when}\n({when})"),
    "place": patterns("{when}\n({when})", "{when}\n({when})"),
    "style": patterns("{how}\n({how})", "{how}\n({how})"),
}
"""Where, when and how, one after the other: "the dog on a beach at night in the fog"."""
