"""What people say before and behind a wish that has nothing to do with it: reasons, names and small talk."""

from __future__ import annotations

import re

from training.tiny.wishes.voice import Voice, patterns

REASON = patterns(
    """
    {it}, because (i like it more that way|i say so|why not|it looks better|my kid asked for it)
    {it} (bc|cuz|cause|coz) (it looks better|why not|i can|reasons|that's how i remember it)
    {it} since (it's for my mom|this is for a card|it's my birthday|that's how it was in my dream)
    {it}, that's how i (imagined it|remember it|had it in my dream|saw it in a movie)
    {it}. (my daughter|my kid|my gf|my boss|grandma) (will love it|asked for it|insists|wants it like that)
    {it}. (it's for a birthday card|i want to print it|it's going on my wall|it's for a school project)
    {it}, (it's driving me crazy|i can't look at it anymore|it has been bugging me the whole time)
    {it}, (just to see how it looks|just curious|for science|let's see how that looks|just a test)
    {it} so (it looks nicer|that it fits better|it feels right|i can print it|we can move on)
    {it}, otherwise (it looks wrong|it's not what i had in mind|my wife will complain|i'll go crazy)
    {it}, (don't ask why|no idea why but i want that|trust me|you'll see why|it's a long story)
    {it}, then (i'm happy|we're done|it's good|i'll print it|i'll stop bothering you)
    """,
    """
    {it}, weil (ich das schöner finde|mir das besser gefällt|das besser aussieht|ich es so will)
    {it}, weil (meine Tochter das so will|Oma sich das wünscht|mein Sohn das sagt|ich das so geträumt hab)
    {it}, weil's (mir so besser gefällt|schöner aussieht|sonst nicht passt|halt besser ist)
    {it}, denn (so gefällt es mir nicht|das sieht komisch aus|so war es in meinem Traum)
    {it}, (das ist für eine Geburtstagskarte|ist für meine Oma|ist für die Schule|ich will es ausdrucken)
    {it}, (damit es besser aussieht|damit ich es ausdrucken kann|damit Ruhe ist|damit es passt)
    {it}, (sonst passt das nicht|sonst meckert meine Frau|sonst sieht das komisch aus)
    {it}. (so hab ich das in Erinnerung|so war das in meinem Traum|so hatte ich mir das gedacht)
    {it}, (nur mal zum Gucken|nur um zu sehen wie das aussieht|bin neugierig|einfach mal testen)
    {it}, (frag nicht warum|weiß auch nicht warum|vertrau mir|ist ne lange Geschichte)
    {it}, dann (bin ich zufrieden|passt's|bin ich glücklich|ist es gut|geb ich Ruhe|druck ich es aus)
    {it}, (das nervt mich schon die ganze Zeit|das macht mich wahnsinnig|so kann ich das nicht mehr sehen)
    """,
)
"""Why: behind commands only, as some would contradict a complaint. No reason names anything to wish for."""
BEFORE = patterns(
    """
    (ok so|so yeah|hmm idk|idk but|hmm let me think...|hmm ok so|uhh|umm so|err|soo) {it}
    (my kid is sitting next to me and says:|my daughter says:|quote from my son:|the boss says:) {it}
    (i looked at it again and:|looking at it now:|been thinking about it:|thought about it:) {it}
    (there's just one thing:|one tiny thing:|small request:|my only wish:|only one problem:) {it}
    (really nice work so far!|you're doing great!|wow that's good!|oh i love that!|impressive!) {it}
    (hey painter,|dear bot,|hello painter,|yo painter,|mr bot,|mister robot painter:|hey buddy,) {it}
    (sorry to bother you,|if it's not too much trouble,|when you have a minute,|no rush,) {it}
    (not gonna lie,|ngl|lowkey|fr|real talk,|honestly?|unpopular opinion:) {it}
    (ok last try:|second try:|once again, slowly:|for the third time:|hello??|are you listening?) {it}
    (sorry for my english,|my english not so good,|sorry if i write wrong,) {it}
    (omg yes!|yesss|aww|aaah nice|oof|meh|ew|bruh|lmao) {it}
    (we looked at this at breakfast and my husband said:|i showed this to my sister and she said:) {it}
    (i've been staring at this for an hour now and what i think is:|after a long talk with my wife:) {it}
    (i'm not good with computers but|i don't know if you can do this but|not sure if this works but) {it}
    (so me and my roommate had a vote and it's clear:|the group chat has spoken:) {it}
    (new day, new wish:|as a next step:|what i want now:|so here is what i want:|my idea:) {it}
    """,
    """
    (ok also|also pass auf:|hm weiß nicht,|öhm|äh also|ähm ja,|tja,|na ja,|ja also|joa,|so,) {it}
    (mein Kind sitzt neben mir und sagt:|meine Tochter meint:|mein Sohn sagt:|die Chefin sagt:) {it}
    (hab's mir nochmal angeschaut:|wenn ich mir das so anschaue:|hab nochmal überlegt:|ich hab überlegt:) {it}
    (eine Sache noch:|nur eine Kleinigkeit:|kleine Bitte:|mein einziger Wunsch:|eins noch:|eine Bitte:) {it}
    (richtig schön bisher!|das machst du gut!|wow, nicht schlecht!|sieht toll aus!|sehr schön!) {it}
    (lieber Bot,|hey Maler,|Meister,|du Künstler,|hallo Maler,|lieber Roboter-Maler:|Malerbot,) {it}
    (sorry, dass ich nerve,|wenn's keine Umstände macht:|hätte da eine Bitte:|kein Stress, aber) {it}
    (ganz ehrlich,|jetzt mal ehrlich:|unter uns:|nur meine Meinung:|wenn du mich fragst:) {it}
    (letzter Versuch:|nochmal langsam:|zum dritten Mal:|hallo??|hörst du zu?|ich sag's nochmal:) {it}
    (mein Deutsch nicht so gut,|Entschuldigung für mein Deutsch:|ich lerne noch Deutsch:) {it}
    (oh ja!|geil!|uff|naja|puh|krass,|ey|Digga,|Alter,|jo|ohje,|oha,|hihi) {it}
    (ich hab das gestern meinem Mann gezeigt und er meinte:|meine Enkelin sieht das und sagt:) {it}
    (ich starre da jetzt seit einer Stunde drauf und finde:|nach langem Überlegen mit meiner Frau:) {it}
    (ich kenn mich nicht so aus, aber|weiß nicht, ob du das kannst, aber|keine Ahnung ob das geht, aber) {it}
    (wir haben in der WG abgestimmt:|die Gruppe hat entschieden:|der Chat sagt:) {it}
    (sag mal:|pass mal auf:|weißt du was?|weißte was?|hör mal:|guck mal:|jetzt kommt's:) {it}
    """,
)
"""What comes first; each fits before a command, a question and half a sentence."""
BEHIND = patterns(
    """
    {it} (lol idk|haha sorry|or sth|or smth|yknow|ya know|innit|i suppose|fr|no cap|rn)
    {it}. (thanks in advance!|thank you so much!|many thanks|cheers|much appreciated|thx in advance|tysm)
    {it}. (you're the best|i love you|love this bot|you rock|best bot ever|good bot)
    {it}. (sorry for being picky|sorry for bothering you|hope that's ok|i know, i'm annoying)
    {it}. (take your time|no hurry|no rush|whenever you can|when you're ready)
    {it} (pleeease|pleaseee|plssss|pleeez|pls pls pls|plz plz|pleeeaaase)
    {it}. (is that so hard?|how hard can it be|finally|do it|just do it|do as i say)
    {it}. (got it?|understood?|deal?|you know what i mean?|does that make sense?)
    """,
    """
    {it} (lol|haha sorry|oder so ähnlich|weißte|weißt schon|ne|gell|irgendwie|ey|digga)
    {it}. (danke schon mal!|vielen Dank!|danke im Voraus|merci|tausend Dank|dankeschön|lieben Dank)
    {it}. (du bist der Beste|du bist super|bester Bot|guter Bot|du bist ein Schatz|bist ein Engel)
    {it}. (sorry, bin pingelig|sorry fürs Nerven|hoffe das geht|ich weiß, ich nerve)
    {it}. (lass dir Zeit|keine Eile|eilt nicht|kein Stress|in aller Ruhe)
    {it} (biiitte|bitteee|bitte bitte bitte|büdde|bütte|plsss|bitteschön)
    {it}. (ist das so schwer?|kann doch nicht so schwer sein|endlich|mach einfach|zack zack|los jetzt)
    {it}. (verstanden?|alles klar?|klar soweit?|weißt du was ich meine?|capito?)
    """,
)
"""What comes last."""


def surrounded(voice: Voice, text: str, *, reasons: bool) -> str:
    """The text with something before it, behind it or both; `reasons` may stand behind a command."""
    way = voice.rng.random()
    if way < 0.6:
        text = voice.pick(BEFORE, it=text).text
    if way > 0.45:
        bare = text.rstrip(" .!")
        text = voice.pick(REASON if reasons and voice.chance(0.6) else BEHIND, it=bare).text
    return re.sub(r"\?[,.]", "?", text)
