"""How people dress a wish: as a request, with manners or without, and with a reason for it."""

from __future__ import annotations

from training.tiny.wishes.voice import patterns

REQUEST = patterns(
    """
    (could|can|would|will) you (please|pls|maybe|perhaps|quickly|) {rest}(?|)
    (can|could) (we|u|ya) {rest}(?|)
    (i'd like you to|i want you to|i need you to|you should|you have to) {rest}
    (would you mind, just|do me a favor and|be so kind and|be a dear and) {rest}
    (go ahead and|just|now|ok|ok now|and now|next,|then|alright,|hmm ok) {rest}
    (let's|lets|we should|let us) {rest}
    (is it possible to|is there a way to|any chance to) {rest}?
    why (don't|dont) you {rest}(?|)
    (bot,|hey,|hey bot|yo,) {rest}
    (can|could|would) (you|u) (guys|) (try to|manage to|please try to) {rest}(?|)
    (i would love it if you could|i'd be happy if you could|it'd be great if you could) {rest}
    (my daughter|my son|my wife|my boss|he|she) (wants|asked|told) (you|me|us) to {rest}
    (is there any way you could|any chance you could|think you can|are you able to) {rest}?
    (i was wondering if you could|wondering if you can|do you think you could) {rest}(?|)
    (what if we|how about we|why don't we|what if you) {rest}?
    (i wanna|i'd love to|i want to|we want to|we'd like to|i'd like to) {rest}
    (u should|ya gotta|you gotta|you need to|you must|u need to) {rest}
    (try to|feel free to|remember to|make sure to|don't forget to|you may|you can) {rest}
    (your task:|todo:|next step:|request:|task:|one wish:) {rest}
    (may i ask you to|can i ask you to|allow me to ask you to|might i ask you to) {rest}?
    (everyone says|we all think|the others say) you should {rest}
    (i think|maybe|perhaps|i guess|i feel like) (we should|you should|you could) {rest}
    (excuse me, can you|sorry, could you|hi, could you|hello, can you|hey can u) {rest}(?|)
    (last thing:|one more thing,|oh and|also,|by the way,|btw) {rest}
    (quick one:|quick,|real quick,|simple:|easy one:) {rest}
    (it would be nice to|would be cool to|it would be better to|it'd be fun to) {rest}
    """,
    """
    (kannst|könntest|würdest|magst) du (bitte|mal|vielleicht|bitte mal|) {rest}(?|)
    (können|könnten) wir (bitte|mal|) {rest}(?|)
    (du sollst|du musst) {rest}
    (geht das|wäre das möglich|ist das möglich): {rest}?
    (bitte|jetzt|bitte noch|als nächstes) {rest}
    (wir sollten|lass uns|lasst uns) {rest}
    (könnte man|kann man) (bitte|mal|) {rest}(?|)
    {rest}
    {rest} (bitte|pls|danke|wäre super|wäre toll|wäre nett)
    (könnt|könntet|würdet) ihr (bitte|mal|) {rest}(?|)
    (ich möchte|ich würde gern|ich will|wir wollen|ich würde gerne|wir möchten) {rest}
    (man könnte|man sollte|wir könnten|du könntest|du kannst) (ja|noch|vielleicht|auch|mal|) {rest}
    (meine Tochter|mein Sohn|meine Freundin|der Chef|Oma) (möchte|will) {rest}
    (würdest du|könntest du|kannst du) so (nett|lieb|gut) sein und {rest}?
    (Aufgabe|Wunsch|nächster Schritt|To-do|kleiner Wunsch): {rest}
    (meinst du,|glaubst du,|denkst du,) du (kannst|könntest) {rest}?
    (ich glaube|ich finde|ich denke), (wir sollten|du solltest|man sollte) {rest}
    (hallo|hey|hi|Bot|entschuldige), (kannst du|könntest du|kannst du mal) {rest}(?|)
    (darf ich|dürfen wir|kann ich) (bitte|) {rest}(?|)
    (einfach|nur kurz|schnell|kurz) {rest}
    (kannste|kannst|könnteste|magste) (mal|bitte|bitte mal|) {rest}(?|)
    (wollen wir|sollen wir) {rest}(?|)
    (du solltest|du müsstest|du darfst) (jetzt|noch|mal|) {rest}
    (nicht vergessen:|ach ja:|noch was:|letzte Sache:) {rest}
    """,
)
MANNERS = patterns(
    """
    (please|pls|plz|pretty please) {it}
    {it} (please|pls|plz|pretty please|thx|thanks|ty|kthx)
    (ok|okay|cool,|nice,|great,|hmm|hm|well,|so|um|oh|ah|actually|wait,) {it}
    (nice, now|perfect, but|good but|almost, but|love it, but|lovely! now) {it}
    {it} (already|dammit|damn it|ffs|you stupid bot|come on|now!!|!!!)
    (ugh|omg|dude|bro|man|jeez|no no no), {it}
    {it} (if you can|if possible|when you get a chance|lol|haha|xd)
    {it} :)
    {it} (🙏|😊|😂|❤️|👀)
    {it}, (mate|buddy|bro|dude|my friend|dear|bot|sweetie|fam)
    {it}, (that would be awesome|that would be great|that'd be nice|pretty pls)
    {it} (imo|tbh|i think|i guess|maybe|perhaps|probably|idk)
    {it}, (that's all|that's it|that's the only change)
    (hi|hello|hey|yo|good morning|hi there|heya)(!|,|) {it}
    (i have an idea:|idea:|suggestion:|new idea,|hear me out,) {it}
    (thanks!|thank you!|ty!|great job!|wow!|haha|lol|xd|yay) {it}
    (btw|next up:|now this:|last change:) {it}
    {it}, (can you do that?|is that possible?|ok?|yeah?|right?|could that work?)
    (sorry,|sry,|excuse me,|if i may,|if you don't mind,) {it}
    {it} (asap|quickly|fast|quick|right now|now|immediately)
    (i think|i guess|honestly|imo|tbh|personally|in my opinion) {it}
    {it} (🥺|👉👈|✨|🤔|😅|🙃|🤣|😭|🫶|👍)
    (🤔|😅|✨|🙏|👀|😍) {it}
    (listen,|look,|alright,|okay so|right so|soooo|yeah so|now then,) {it}
    {it}, (for my mom|for my daughter|for my wallpaper|just for fun|for the lulz)
    {it}, (it's boring like this|i'd like that more|that looks better|then it's perfect)
    (hmm not bad,|not bad but|it's ok but|good start,|we're getting there,|so close,) {it}
    {it} (k|kk|okay|ok|alright|yeah|y|pretty plz|s'il te plait|por favor)
    """,
    """
    (bitte|biddeee|bitte bitte) {it}
    {it} (bitte|danke|pls|bitte danke|wenn's geht|wenn möglich)
    (ok|okay|super|schön|hm|hmm|also|ach|naja,) {it}
    (super, aber|perfekt, aber|fast, aber|gut so, aber) {it}
    {it} (verdammt|du blöder Bot|aber flott|mann|jetzt!!|!!!)
    (mann|alter|boah|och nö), {it}
    {it} (haha|lol|🙏|😊|😂)
    {it} :)
    {it}, (Kumpel|Digga|Bro|mein Lieber|Leute|Bot|Schatz|Alter)
    {it}, (das wäre super|das wäre toll|wär cool|wäre nett|das wär schön)
    {it} (oder so|vielleicht|halt)
    {it}, (sonst nichts|mehr nicht|das ist alles|das war's)
    (hallo|hi|hey|moin|servus|guten Morgen|huhu)(!|,|) {it}
    (Idee:|ich hab eine Idee:|Vorschlag:|neue Idee,|pass auf,) {it}
    (danke!|super!|toll!|wow!|haha|lol|yay|klasse!) {it}
    (noch was:|ach ja,|übrigens,|und|ach und|zuletzt:|jetzt) {it}
    {it}, (geht das?|ok?|ja?|kannst du das?|klappt das?|ist das möglich?)
    (sorry,|entschuldige,|wenn ich darf,|wenn's dir nichts ausmacht,) {it}
    {it} (schnell|sofort|bitte sofort|zackig|aber dalli)
    {it} (🥺|👉👈|✨|🤔|😅|🙃|🤣|😭|👍|❤️)
    (🤔|😅|✨|🙏|👀|😍) {it}
    (hör zu,|schau,|also gut,|na gut,|sooo,|ok also) {it}
    {it}, (für meine Mama|für meine Tochter|nur so zum Spaß)
    {it}, (so ist es langweilig|das gefällt mir besser|dann ist es perfekt|sieht besser aus)
    (nicht schlecht, aber|geht so, aber|schon gut, aber|guter Anfang, aber|gleich haben wir's,) {it}
    {it}, (ok|oki|ja|gell|okay)
    """,
)
SAID_MANNERS = patterns(
    """
    (ok|okay|hm|hmm|well,|so|um|oh|actually|sorry but) {it}
    (dude|bro|man|omg|wait), {it}
    {it} (haha|lol|xd|🙏|😊|😂)
    {it} :)
    (hi|hey|hello|hey bot|good morning)(!|,) {it}
    (thanks!|nice!|cool!|wow!|love it!) {it}
    (one more thing:|oh and,|by the way,|btw) {it}
    {it} (🥺|👉👈|✨|🤔|😅|🙃|🤣|😭|👍|❤️)
    (honestly,|to be honest,|just wondering,|quick question:) {it}
    """,
    """
    (ok|okay|hm|hmm|also|naja,|ähm) {it}
    (mann|alter|boah|och nö), {it}
    {it} (haha|lol|🙏|😊|😂)
    {it} :)
    {it}, (Kumpel|Digga|Bro|mein Lieber|Leute|Bot|Schatz|Alter)
    (hallo|hi|hey|moin|servus|guten Morgen|huhu)(!|,) {it}
    (danke!|super!|toll!|wow!|haha|lol|yay|klasse!) {it}
    (noch was:|ach ja,|übrigens:|ach und:|zuletzt:) {it}
    (sorry,|entschuldige,) {it}
    {it} (🥺|👉👈|✨|🤔|😅|🙃|🤣|😭|👍|❤️)
    (🤔|😅|✨|🙏|👀|😍) {it}
    (hör zu:|schau,|na gut,|sooo,|ok also) {it}
    (ehrlich gesagt:|mal ehrlich:|ganz ehrlich:) {it}
    (nicht schlecht.|geht so.|schon gut.|guter Anfang.|fast.) {it}
    """,
)
"""What stands around a question or a whole sentence, where "please", "bitte" or "mach es" would not fit."""
