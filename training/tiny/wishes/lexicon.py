"""The world's words in English and German, with the German gender and plural, and what both are kinds of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Case = Literal["nom", "acc", "dat"]


@dataclass(frozen=True, slots=True)
class German:
    """A German noun: its gender (m, f, n) and its plural.

    A `weak` one has the plural's form in all cases but the first: "der Affe", "den Affen".
    """

    noun: str
    gender: str
    plural: str
    weak: bool = False

    def form(self, count: int, case: str) -> str:
        """The noun in a number and case, without article."""
        if count == 1:
            return self.plural if self.weak and case != "nom" else self.noun
        return self.plural + "n" if case == "dat" and not self.plural.endswith(("n", "s")) else self.plural


def _german(text: str) -> tuple[German, ...]:
    """`m:Fuchs:Füchse,...` as words; `w` is a weak masculine."""
    found = []
    for word in text.split(","):
        gender, noun, plural = word.split(":")
        found.append(German(noun, gender.replace("w", "m"), plural, weak=gender == "w"))
    return tuple(found)


_NOUNS = """
house house n:Haus:Häuser,n:Wohnhaus:Wohnhäuser
house cottage n:Häuschen:Häuschen,n:Landhaus:Landhäuser
house home n:Zuhause:Häuser,n:Heim:Heime
house cabin f:Hütte:Hütten,f:Blockhütte:Blockhütten
house hut f:Hütte:Hütten,f:Holzhütte:Holzhütten
house castle n:Schloss:Schlösser,f:Burg:Burgen,f:Festung:Festungen
house building n:Gebäude:Gebäude,n:Bauwerk:Bauwerke
house barn f:Scheune:Scheunen
house villa f:Villa:Villen
tree tree m:Baum:Bäume,n:Bäumchen:Bäumchen
tree oak f:Eiche:Eichen
tree oak_tree m:Eichenbaum:Eichenbäume
tree pine f:Kiefer:Kiefern,f:Föhre:Föhren
tree pine_tree m:Kiefernbaum:Kiefernbäume
tree fir f:Tanne:Tannen,m:Tannenbaum:Tannenbäume
flower flower f:Blume:Blumen,n:Blümchen:Blümchen,n:Blümelein:Blümelein
flower rose f:Rose:Rosen,n:Röschen:Röschen
flower tulip f:Tulpe:Tulpen
flower daisy n:Gänseblümchen:Gänseblümchen
flower blossom f:Blüte:Blüten
flower sunflower f:Sonnenblume:Sonnenblumen
mushroom mushroom m:Pilz:Pilze,n:Pilzchen:Pilzchen
mushroom toadstool m:Fliegenpilz:Fliegenpilze,m:Giftpilz:Giftpilze
cat cat f:Katze:Katzen,f:Mieze:Miezen,m:Kater:Kater,m:Stubentiger:Stubentiger,f:Samtpfote:Samtpfoten
cat kitten n:Kätzchen:Kätzchen,n:Katzenbaby:Katzenbabys
cat kitty f:Miezekatze:Miezekatzen,n:Miezekätzchen:Miezekätzchen
fox fox m:Fuchs:Füchse,n:Füchslein:Füchslein,n:Füchschen:Füchschen
fox dog m:Hund:Hunde,n:Hündchen:Hündchen,m:Wauwau:Wauwaus,m:Köter:Köter
fox puppy w:Welpe:Welpen,n:Hundebaby:Hundebabys
fox wolf m:Wolf:Wölfe
boat boat n:Boot:Boote,n:Bötchen:Bötchen,m:Kahn:Kähne
boat ship n:Schiff:Schiffe,n:Schiffchen:Schiffchen,m:Dampfer:Dampfer
boat sailboat n:Segelboot:Segelboote
boat yacht f:Jacht:Jachten,f:Yacht:Yachten
car car n:Auto:Autos,m:Wagen:Wagen,m:PKW:PKWs,f:Karre:Karren
car automobile n:Automobil:Automobile
car taxi n:Taxi:Taxis
car truck m:Lastwagen:Lastwagen,m:LKW:LKWs,m:Laster:Laster
car van m:Lieferwagen:Lieferwagen,m:Transporter:Transporter
balloon balloon m:Ballon:Ballons,m:Luftballon:Luftballons
balloon hot_air_balloon m:Heißluftballon:Heißluftballons
lantern lantern f:Laterne:Laternen
lantern lamp f:Lampe:Lampen,n:Lämpchen:Lämpchen,f:Leuchte:Leuchten
lantern lamp_post f:Straßenlaterne:Straßenlaternen,f:Straßenlampe:Straßenlampen
rocket rocket f:Rakete:Raketen
rocket spaceship n:Raumschiff:Raumschiffe
rocket spacecraft n:Raumfahrzeug:Raumfahrzeuge,f:Raumfähre:Raumfähren
rocket space_rocket f:Weltraumrakete:Weltraumraketen
robot robot m:Roboter:Roboter,m:Robo:Robos
robot android w:Androide:Androiden
robot droid w:Droide:Droiden
"""
_ROWS = [line.split(" ", 2) for line in _NOUNS.strip().splitlines()]
CANONICAL = {english.replace("_", " "): noun for noun, english, _ in _ROWS}
"""Each English noun that wishes speak of, and the world's noun it means."""
GERMAN = {english.replace("_", " "): _german(german) for _, english, german in _ROWS}

ENGLISH_SYNONYMS = {
    "house": ("home", "building", "hut", "cottage", "dwelling"), "home": ("house", "building"),
    "cottage": ("house", "little house", "hut", "home"), "cabin": ("hut", "house", "shack", "log cabin"),
    "hut": ("cabin", "shack", "house"), "castle": ("fortress", "building", "big old house"),
    "building": ("house",), "barn": ("farm building", "building"), "villa": ("mansion", "house", "home"),
    "cat": ("kitty", "kitten", "pussycat", "kittycat", "tomcat", "feline"),
    "kitten": ("cat", "kitty", "baby cat", "kit", "little cat"), "kitty": ("cat", "kitten", "kittycat"),
    "fox": ("foxie", "little fox"), "wolf": ("big bad wolf", "wild wolf"),
    "dog": ("doggo", "doggie", "hound", "pup", "mutt"), "puppy": ("dog", "pup", "doggo", "baby dog"),
    "boat": ("ship", "vessel", "little boat"), "ship": ("boat", "vessel"),
    "sailboat": ("boat", "sailing boat", "sailing ship", "ship"), "sailing boat": ("sailboat", "boat"),
    "yacht": ("boat", "ship", "sailboat"),
    "car": ("automobile", "auto", "motorcar"), "automobile": ("car", "auto"), "taxi": ("car", "cab"),
    "truck": ("car", "pickup"), "van": ("car", "minivan", "transporter"),
    "lamp": ("lantern",), "lantern": ("lamp", "streetlight"),
    "lamp post": ("lamp", "lantern", "streetlight", "street lamp"),
    "rocket": ("space rocket", "spaceship", "rocket ship"), "space rocket": ("rocket", "rocket ship"),
    "spaceship": ("rocket", "space ship", "starship"), "spacecraft": ("spaceship", "rocket", "starship"),
    "robot": ("bot", "droid", "android", "robo"), "droid": ("robot", "bot"), "android": ("robot", "droid"),
    "oak": ("tree", "oak tree"), "pine": ("tree", "conifer"),
    "fir": ("tree", "fir tree", "conifer", "christmas tree"), "oak tree": ("tree", "oak"),
    "pine tree": ("tree", "pine", "conifer"),
    "flower": ("blossom", "bloom"), "blossom": ("flower", "bloom"), "rose": ("flower", "bloom"),
    "tulip": ("flower", "bloom"), "daisy": ("flower", "bloom"), "sunflower": ("flower", "bloom"),
    "toadstool": ("mushroom", "shroom"), "mushroom": ("toadstool", "shroom", "fungus"),
    "balloon": ("air balloon", "ballon"), "hot air balloon": ("balloon", "air balloon"),
    "air balloon": ("balloon",),
}  # fmt: skip
"""Other names under which people speak of a thing in the picture."""
HYPERNYMS = {
    "cat": ("animal", n := German("Tier", "n", "Tiere")),
    "fox": ("animal", n),
    "car": ("vehicle", v := German("Fahrzeug", "n", "Fahrzeuge")),
    "boat": ("vehicle", v),
    "rocket": ("vehicle", v),
    "house": ("building", German("Gebäude", "n", "Gebäude")),
    "flower": ("plant", p := German("Pflanze", "f", "Pflanzen")),
    "tree": ("plant", p),
    "robot": ("machine", German("Maschine", "f", "Maschinen")),
}
MORE_HYPERNYMS = {
    "animal": (
        ("creature", German("Kreatur", "f", "Kreaturen")), ("critter", German("Viech", "n", "Viecher")),
        ("beast", German("Biest", "n", "Biester")), ("furry one", German("Fellknäuel", "n", "Fellknäuel")),
        ("four-legged one", German("Vierbeiner", "m", "Vierbeiner")),
        ("little guy", German("Tierchen", "n", "Tierchen")),
        ("furball", German("Vieh", "n", "Viecher")),
    ),
    "vehicle": (("ride", German("Gefährt", "n", "Gefährte")), ("craft", German("Vehikel", "n", "Vehikel")),
        ("means of transport", German("Fortbewegungsmittel", "n", "Fortbewegungsmittel")),
    ),
    "building": (
        ("structure", German("Bauwerk", "n", "Bauwerke")), ("construction", German("Bude", "f", "Buden")),
        ("edifice", German("Bauwerk", "n", "Bauwerke")),
        ("dwelling", German("Behausung", "f", "Behausungen")),
    ),
    "plant": (
        ("greenery", German("Gewächs", "n", "Gewächse")),
        ("vegetation", German("Grünzeug", "n", "Gewächse")),
    ),
    "machine": (
        ("metal guy", German("Blechmann", "m", "Blechmänner")), ("mech", German("Apparat", "m", "Apparate")),
        ("mechanical one", German("Automat", "m", "Automaten", weak=True)),
    ),
}  # fmt: skip
"""Other words for what `HYPERNYMS` names, by its English word; each means one thing only where that does."""
COLOURS = {
    "red": "rot", "orange": "orange", "yellow": "gelb", "green": "grün", "blue": "blau", "purple": "lila",
    "pink": "rosa", "white": "weiß", "black": "schwarz", "brown": "braun",
}  # fmt: skip
SIZES = {"small": ("klein",), "tiny": ("winzig",), "large": ("groß",), "huge": ("riesig",)}
"""The English size words that targets use, and the German ones."""
NUMBERS = {"en": {1: "one", 2: "two", 3: "three"}, "de": {1: "ein", 2: "zwei", 3: "drei"}}

_THE = {
    "nom": {"m": "der", "f": "die", "n": "das", "p": "die"},
    "acc": {"m": "den", "f": "die", "n": "das", "p": "die"},
    "dat": {"m": "dem", "f": "der", "n": "dem", "p": "den"},
}
_ENDS = {"nom": {"m": "e", "f": "e", "n": "e", "p": "en"}, "acc": {"m": "en", "f": "e", "n": "e", "p": "en"}}
_A = {
    "nom": {"m": ("ein", "er"), "f": ("eine", "e"), "n": ("ein", "es")},
    "acc": {"m": ("einen", "en"), "f": ("eine", "e"), "n": ("ein", "es")},
    "dat": {"m": ("einem", "en"), "f": ("einer", "en"), "n": ("einem", "en")},
}


UNINFLECTED = frozenset({"lila", "rosa", "orange"})
"""Adjectives that take no ending."""


def inflected(adjective: str, ending: str) -> str:
    """The adjective before a noun."""
    return adjective if adjective in UNINFLECTED else adjective + ending


def definite(word: German, count: int, case: Case = "acc", adjective: str = "") -> str:
    """`den roten Fuchs`, `die Füchse`, `dem Fuchs`."""
    gender = "p" if count > 1 else word.gender
    ending = "en" if case == "dat" else _ENDS[case][gender]
    said = [_THE[case][gender], adjective and inflected(adjective, ending), word.form(count, case)]
    return " ".join(filter(None, said))


def indefinite(word: German, count: int = 1, adjectives: tuple[str, ...] = (), case: str = "acc") -> str:
    """`einen kleinen roten Fuchs`, `mit einem kleinen Fuchs`, `zwei rote Füchse`."""
    if count > 1:
        article, ending = NUMBERS["de"][count], "en" if case == "dat" else "e"
    else:
        article, ending = _A[case][word.gender]
    said = [inflected(adjective, ending) for adjective in adjectives if adjective]
    return " ".join([article, *said, word.form(count, case)])
