"""Messages that are no edit, with the mark a model answers them with (`model.language.conversation`).

Going back to a certain picture needs the conversation and is not here.
"""

from __future__ import annotations

import random
from typing import get_args

from model.engine import MessageKind
from model.language.conversation import Answer
from training.tiny.wishes.disguise import slips
from training.tiny.wishes.voice import Language, Part, Patterns, Voice, patterns

TEXTS: dict[MessageKind, Patterns] = {
    "undo": patterns(
        """
        (undo|undo that|undo it|undo this|undo please|undo the last (one|thing|change))
        (no|nope|nah|ugh) (undo|go back|take that back|revert that)
        take (that|it) back
        (go back|back|one back|step back|go one step back|back one)
        (revert|revert that|revert the last change|roll it back)
        that was (wrong|a mistake|worse|better before), (undo|take it back|go back)
        (it was|that was|i liked it) better before
        (put|make|change) it back (to|) how it was
        (previous one|the previous one|the one before|the last version) (please|again|)
        (i didn't want that|not that|not what i wanted), undo
        (ctrl z|ctrl+z|strg z)
        can (you|we) (undo|revert|take back) (that|this|it)?
        oops, (undo|back)
        ↩️
        """,
        """
        (rückgängig|mach das rückgängig|mach es rückgängig|bitte rückgängig|letztes rückgängig)
        (zurück|einen schritt zurück|geh zurück|eins zurück|wieder zurück)
        (nimm das|nimm es) (wieder|) zurück
        (vorher war es|das war vorher|es war vorher) (besser|schöner)
        (nein|ne|nee|och nö), (zurück|mach das rückgängig|so nicht, zurück)
        mach es (wieder|) (wie vorher|so wie es war|wie eben)
        das (vorige|letzte|vorherige) (Bild|) (wieder|bitte|)
        (kannst du|könntest du) das rückgängig machen?
        (das wollte ich nicht|das war falsch), (zurück|rückgängig)
        strg z
        """,
    ),
    "redo": patterns(
        """
        (redo|redo that|redo it|redo please)
        (no wait|wait|actually), (redo|bring it back|do it again after all)
        undo the undo
        (bring|put) back what you (just|) (undid|took back)
        (forward|go forward|one forward|one step forward)
        (on second thought|hmm), (keep it|i want it after all|it was good after all), redo
        (ctrl y|ctrl+y)
        restore (it|that|what you undid)
        ↪️
        """,
        """
        (wiederherstellen|stell es wieder her|wiederholen was du zurückgenommen hast)
        (doch|ach doch|nein doch), (wiederherstellen|wieder vor|hol es zurück)
        (vor|wieder vor|einen schritt vor|eins vor)
        mach das rückgängig machen rückgängig
        strg y
        hol (das|es) (doch|) wieder her
        """,
    ),
    "restart": patterns(
        """
        (start over|start again|restart|reset|start from scratch|start from the beginning)
        (let's|lets|can we|i want to|please) (start over|begin again|start fresh|restart|start from zero)
        (forget|scrap|drop|throw away) (all of this|everything|all that|it all) (and start over|)
        (back to|go back to) (the beginning|the start|square one|the very first picture)
        (clean slate|from the top|all over again|new start)
        (reset|undo) everything
        """,
        """
        (von vorne|nochmal von vorne|fang von vorne an|neu anfangen|neustart|alles auf anfang)
        (lass uns|wir|ich will) (neu anfangen|von vorne anfangen)
        (vergiss|verwirf) (alles|das alles) (und fang neu an|)
        (zurück zum|zurück an den|wieder zum) Anfang
        (alles zurücksetzen|setz alles zurück|alles rückgängig)
        """,
    ),
    "again": patterns(
        """
        (again|once more|one more time|again please|do it again)
        (another|a different|a new) (try|version|variation|one|take)
        (more|other|some|give me|show me) (variations|versions|options)
        (try|roll|generate|paint|draw) (it|that|) (again|once more)
        (reroll|re-roll|retry|regenerate|variations)
        same (prompt|thing|again) (but|,|) (another|new|different) (picture|try|version)
        (show me|give me|got) (something|anything) different (with the same words|but the same)?
        🔁
        """,
        """
        (nochmal|noch mal|noch einmal|bitte nochmal|das gleiche nochmal)
        (neuer|ein neuer|noch ein|anderer) Versuch
        (mehr|andere|zeig mir|ein paar) (Varianten|Versionen|Variationen)
        (mal|mach|zeichne) (das|es) (nochmal|noch einmal)
        (würfel|versuch es|probier es) (neu|nochmal)
        eine andere (Version|Variante) (bitte|davon|)
        """,
    ),
    "question": patterns(
        """
        what (is|are) (this|that|these) (supposed to be|)?
        (what|which) (words|prompt|seed|model|style) did you use?
        (what|which) (is the|was the) (prompt|seed|last change)?
        (how|why) did you (do|make|draw) (that|this|it) (like that|)?
        what (did you|have you) (change|changed|done)?
        what can (you|i) (do|say|ask|change)?
        (is that|is this) a {thing}?
        how many {things} are (there|in it)?
        why is (it|the picture|the {thing}) so (dark|small|big|weird)?
        (can i|how can i|where can i) (download|save|share) (it|this)?
        (how long|how much time) does it take?
        what (colour|color) is the {thing}?
        (do you know|have you seen) what a {thing} looks like?
        what('s| is) behind the {thing}?
        """,
        """
        was (ist das|soll das sein|ist das da|siehst du)?
        (welche|was für) (Wörter|Einstellungen) hast du benutzt?
        (was|wie) (ist|war) der (Prompt|Seed)?
        (wie|warum) hast du das (so|) gemacht?
        was hast du (geändert|gemacht|verändert)?
        was kannst du (alles|)?
        ist das (da|) ein Bild von {thing}?
        wie viele {things} sind (da|im Bild)?
        warum ist das (so dunkel|so klein|so komisch)?
        (wie kann ich das|wo kann ich das) (speichern|runterladen|teilen)?
        wie lange dauert das?
        """,
    ),
    "chat": patterns(
        """
        (thanks|thank you|thx|ty|cheers|thanks a lot|many thanks) (so much|bot|!|)
        (wow|omg|oh wow|whoa|damn), (nice|so good|beautiful|amazing|i love it|that's great)
        (love|like|i love|i really like) (it|this|that) (so much|a lot|❤️|)
        (perfect|great|awesome|cool|nice|beautiful|lovely|well done|good job|sweet) (!|work|one|)
        (that's|thats|this is) (perfect|great|exactly what i wanted|so cute|hilarious)
        (hi|hello|hey|good morning|hey there|yo) (bot|everyone|all|)
        (how are you|how's it going|what's up|are you a human|who are you)?
        (good night|bye|see you|gtg|brb|cu tomorrow)
        (lol|haha|lmao|hahaha|xd|rofl|😂|🤣)
        (❤️|😍|👍|🔥|🎉|👏|🥰|🙏|😊)
        (@anna|@tom|tom|hey lisa|guys), (did you see this|look at this|are you coming later|call me)?
        (i had|we had) (pizza|a long day|so much fun) (today|yesterday)
        (anyone|who is|who's) (up for|in for) (a game|lunch|minecraft) (later|tonight|)?
        (yes|yep|ok|okay|sure|alright|fine|got it)
        (i think|maybe) (my sister|my dad|she|he) (would|will) (like|love) (this|it)
        i'll (show|send) (it|this) to my (mom|friends|kids)
        (tomorrow|next week) is my (birthday|exam|holiday)
        """,
        """
        (danke|vielen dank|danke dir|dankeschön|merci|tausend dank) (bot|dir|!|)
        (wow|boah|oh|krass), (schön|wie schön|richtig gut|toll|das ist super)
        (gefällt mir|das gefällt mir|ich liebe es|mag ich) (sehr|total|❤️|)
        (perfekt|super|toll|klasse|spitze|prima|gut gemacht|sehr schön|geil) (!|)
        (hallo|hi|moin|guten morgen|servus|hey) (bot|zusammen|leute|)
        (wie geht's|was geht|wer bist du|bist du ein mensch)?
        (gute nacht|tschüss|bis morgen|bis später|ciao)
        (haha|lol|hihi|😂|🤣)
        (❤️|😍|👍|🔥|🎉|👏|🙏)
        (@anna|tom|hey lisa|leute), (habt ihr das gesehen|schaut mal|kommt ihr nachher)?
        (ich hatte|wir hatten) (heute|gestern) (pizza|einen langen tag|viel spaß)
        (wer kommt|kommt jemand) (heute abend|nachher|später) (mit|zocken)?
        (ja|jo|ok|okay|alles klar|passt)
        das zeig ich meiner (mama|schwester|freundin)
        morgen (habe ich geburtstag|ist prüfung|fahren wir weg)
        """,
    ),
}
CHOOSE = patterns(
    """
    (the|take the|i like the|use the|i want the|go with the|pick the|keep the) {nth} (one|picture|image|)
    (number|nr|no.|nr.|pic|picture|option|#) {n} (please|is best|is the best|)
    (take|choose|pick|use|i'll take|let's take|go with) (number|nr|) {n}
    {n} (please|is nice|looks best|is the best|!|)
    {nth} (please|one|is best)
    (i think|definitely) (number|the|nr) {n}
    """,
    """
    (das|nimm das|ich nehme das|ich mag das|lieber das) {nth} (Bild|bitte|)
    (Nummer|Nr.|Bild|Nr) {n} (bitte|ist am besten|gefällt mir|)
    (nimm|wähl|ich nehme|lass uns) (Nummer|Bild|die|) {n} (nehmen|)
    {n} (bitte|ist schön|!|)
    das {nth} ist am (besten|schönsten)
    """,
)
UNCLEAR = patterns(
    """
    {odd}
    {odd} {odd2}
    make it {odd}
    more {odd} please
    can you {odd} it?
    {odd} the {odd2}
    i want {odd}
    """,
    """
    {odd}
    {odd} {odd2}
    mach es {odd}
    mehr {odd} bitte
    kannst du das {odd}?
    ich will {odd}
    """,
)
VAGUE = patterns(
    "(hmm|hm|uh|um|er|mmm|eh)\n(...|?|??|???|.)\nmake it\nadd\n(the|a|that|this one)\n"
    "(different|change it|change something)\n"
    "the thing with the\n(do|make) (the|that) thing (you know|)\ni (don't know|dunno|have no idea)\n"
    "(not that|not like this|no)\nand",
    "(hm|hmm|äh|ähm|tja)\n(...|?|??)\nmach\nfüg hinzu\n(das|die da|so ein)\n"
    "(anders|änder was|irgendwie anders)\n"
    "das Ding mit dem\n(keine ahnung|weiß nicht)\n(so nicht|nein|nicht so)\nund",
)
_NTH = {
    "en": (("first", "1st"), ("second", "2nd"), ("third", "3rd"), ("fourth", "4th")),
    "de": (("erste", "1."), ("zweite", "2."), ("dritte", "3."), ("vierte", "4.")),
}
_ASKED = {
    "en": (("fox", "foxes"), ("tree", "trees"), ("boat", "boats"), ("owl", "owls"), ("tower", "towers")),
    "de": (("Fuchs", "Füchse"), ("Turm", "Türme"), ("Boot", "Boote"), ("Eule", "Eulen")),
}
_SYLLABLES = [
    "blo",
    "kra",
    "fli",
    "zu",
    "mog",
    "ter",
    "wix",
    "nap",
    "quo",
    "sha",
    "dre",
    "yup",
    "gli",
    "pfu",
    "tro",
    "vex",
    "snar",
    "bim",
    "olk",
    "jex",
    "rud",
]
KINDS: tuple[MessageKind, ...] = tuple(
    kind for kind in get_args(MessageKind) if kind in TEXTS or kind in ("choose", "unclear")
)
_WEIGHTS = {"undo": 3.0, "redo": 1.0, "restart": 1.0, "again": 1.5, "choose": 2.0, "question": 2.0}


def message(
    rng: random.Random, language: Language, *, part: Part = "train", kind: MessageKind | None = None
) -> tuple[str, Answer]:
    """A message that is no edit, of any kind of `KINDS` or of `kind`, and its answer.

    The answer's text is the number of a choice (1 to 4) or the words that are not understood, else empty.
    Raises ValueError for a kind that is not in `KINDS`.
    """
    kind = kind or rng.choices(KINDS, [_WEIGHTS.get(name, 3.0) for name in KINDS])[0]
    if kind not in KINDS:
        raise ValueError(f"no messages of kind {kind!r}")
    voice = Voice(rng, language, part)
    if kind == "choose":
        number = rng.randint(1, 4)
        text = voice.pick(CHOOSE, n=number, nth=rng.choice(_NTH[language][number - 1])).text
        return slips(voice, text), Answer(kind, str(number))
    if kind == "unclear":
        return _unclear(voice)
    one, many = rng.choice(_ASKED[language])
    return slips(voice, voice.pick(TEXTS[kind], thing=one, things=many).text), Answer(kind, "")


def _unclear(voice: Voice) -> tuple[str, Answer]:
    if voice.chance(0.45):
        return voice.pick(VAGUE).text, Answer("unclear", "")
    odd, odd2 = _odd(voice.rng), _odd(voice.rng)
    text = voice.pick(UNCLEAR, odd=odd, odd2=odd2).text
    return text, Answer("unclear", f"{odd} {odd2}" if odd2 in text else odd)


def _odd(rng: random.Random) -> str:
    if rng.random() < 0.3:
        return "".join(rng.choice("asdfghjklqwert") for _ in range(rng.randint(4, 9)))
    return "".join(rng.sample(_SYLLABLES, rng.randint(2, 3)))
