"""What people in a thread say to each other in German: it names dogs, rain and colours, and asks for nothing.

The like of `chatter` in English; made up from templates.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_FILLERS: dict[str, tuple[str, ...]] = {
    "hallo": ("hi", "hey", "moin", "servus", "hallo", "na", "guten morgen", "nabend", "huhu", "tach"),
    "alle": ("zusammen", "leute", "ihr", "freunde", "in die runde", "alle zusammen"),
    "name": ("Anna", "Tom", "Lena", "Max", "Jonas", "Mia", "Uwe", "Sabine", "Ali", "Heike", "Ben"),
    "wann": (
        "heute", "morgen", "nachher", "heut abend", "am wochenende", "am samstag", "um acht", "später",
        "nächste woche", "nach der schule", "nach der arbeit", "im sommer", "in ner stunde",
    ),
    "damals": ("gestern", "letzte woche", "neulich", "heut morgen", "letzten sommer", "am sonntag", "vorhin"),
    "tier": ("meine katze", "mein hund", "unser kater", "der hund vom nachbarn", "unser hamster"),
    "wer": ("meine schwester", "mein bruder", "die oma", "mein chef", "mein mitbewohner", "meine frau"),
    "tut": (
        "schläft auf der tastatur", "hat die vase umgeworfen", "will raus", "bellt die ganze zeit",
        "hat schon wieder hunger", "schnarcht", "sitzt im karton", "jagt den staubsauger", "mag keinen regen",
    ),
    "macht": (
        "ruft grad an", "steht vor der tür", "kocht nudeln", "lacht sich kaputt", "lässt grüßen",
        "hat das rote auto verkauft", "wohnt jetzt am meer", "ist in den bergen", "hat ein boot gekauft",
    ),
    "muss": (
        "mit dem hund raus", "zur arbeit", "ins bett", "lernen", "einkaufen", "die blumen gießen", "duschen",
        "das auto waschen", "die katze füttern", "hausaufgaben machen", "los", "kochen",
    ),
    "wetter": ("regnet es", "schneit es", "ist es neblig", "stürmt es", "ist es heiß", "ist es schon dunkel"),
    "hier": ("bei uns", "hier", "in hamburg", "in wien", "bei mir", "vorm fenster"),
    "ding": (
        "einen hund", "eine katze", "ein boot", "ein altes auto", "einen roboter", "einen ballon",
        "ein haus am see", "einen pilz", "einen fuchs", "eine rakete aus lego", "ein rotes rad",
    ),
    "adj": ("lustig", "krass", "süß", "cool", "verrückt", "genial", "witzig", "nett", "stark"),
    "das": ("das", "das bild", "der bot", "das hier", "der chat"),
    "lol": ("lol", "haha", "xd", "😂", "🤣", "hihi", "omg", "boah", "ey", "alter"),
    "was": ("das spiel", "der film", "die neue folge", "das konzert", "das feuerwerk"),
    "wo": ("am strand", "in den bergen", "im wald", "in der stadt", "am see", "auf nem schiff"),
    "zahl": ("zwei", "drei", "vier", "fünf", "10", "2", "3"),
    "farbe": ("rot", "blau", "grün", "gelb", "schwarz", "weiß", "lila", "orange"),
    "spielt": ("zocken", "minecraft spielen", "ins kino gehen", "pizza bestellen", "telefonieren"),
}  # fmt: skip

_TEMPLATES = (
    "{hallo} {alle}", "{hallo} {name}", "{hallo}, wie geht's {name}?", "{lol} {das} ist so {adj}",
    "{das} ist echt {adj}", "{das} ist ja {adj} {lol}", "wie {adj} ist das denn {lol}", "ich find's {adj}",
    "{tier} {tut}", "{tier} {tut} {lol}", "sorry, {tier} {tut}", "moment, {tier} {tut}",
    "{wer} {macht}", "{wer} {macht} {lol}", "brb, {wer} {macht}", "{wer} meint {das} ist {adj}",
    "muss {muss}", "ich muss noch {muss}", "sorry, muss {wann} {muss}", "{name} muss {wann} {muss}",
    "{hier} {wetter} grad", "{hier} {wetter} auch {lol}", "{wetter} bei euch auch?",
    "{hier} {wetter} seit heut morgen",
    "wollen wir {wann} {spielt}?", "wer will {wann} {spielt}?", "{name}, willst du {wann} mit uns {spielt}?",
    "wir haben {damals} {ding} gesehen", "ich hab {damals} {ding} gekauft", "{wer} hat {ding}",
    "{wer} hat auch {ding}",
    "hat hier wer {ding}?", "ich hatte mal {ding}", "als kind wollte ich immer {ding} haben",
    "{wer} hat mir {ding} geschenkt", "{was} war {adj}", "{was} war {damals} echt {adj}",
    "wann ist {was}?", "{was} fängt {wann} an", "freu mich schon, {was} ist {wann}",
    "wir waren {damals} {wo}", "{wer} wohnt {wo}", "bin grad {wo}", "ich arbeite {wo}",
    "{wo} war's {damals} echt {adj}", "kennt ihr wen {wo}?", "wir haben {damals} {wo} gezeltet",
    "hab noch {zahl} minuten", "wir haben {zahl} zu {zahl} gewonnen", "{wer} hat {zahl} katzen",
    "noch {zahl} leute gesucht",
    "mein auto ist {farbe}", "mein rad war {farbe}", "{wer} hat jetzt haare in {farbe} {lol}",
    "ich trag heut {farbe}",
    "{name} mag {farbe} am liebsten", "{wer} streicht die küche {farbe}", "alle trikots waren {farbe} {lol}",
    "{name}, was meinst du?", "was sagt ihr?", "{name} guck mal {lol}", "frag mal {name}", "wo ist {name}?",
    "danke {name}", "{name} hat recht", "gute idee {name}", "glückwunsch {name}!", "gute besserung {name}",
    "bin {wann} wieder da", "bis {wann}", "{wann} keine zeit, sorry", "{wann} hab ich frei",
    "wo treffen wir uns {wann}?",
    "ich hab {damals} von {name} geträumt {lol}", "{damals} war ich {wo}", "{damals} hat's {wo} geregnet",
    "wisst ihr noch, {damals} {wo}?", "das zeig ich {wann} der klasse", "das bild häng ich {wann} auf",
)  # fmt: skip


def chatter_german(rng: random.Random) -> str:
    """One line of talk in German."""

    def word(match: re.Match[str]) -> str:
        return rng.choice(_FILLERS[match[1]])

    text = re.sub(r"\{(\w+)\}", word, rng.choice(_TEMPLATES))
    case = rng.random()
    return text.lower() if case < 0.6 else text[0].upper() + text[1:] if case < 0.9 else text
