"""The world's words in English and German, with the German gender and plural, and what both are kinds of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Case = Literal["nom", "acc", "dat"]


@dataclass(frozen=True, slots=True)
class German:
    """A German noun: its gender (m, f, n) and its plural."""

    noun: str
    gender: str
    plural: str


def _german(text: str) -> tuple[German, ...]:
    """`m:Fuchs:Füchse,...` as words."""
    found = []
    for word in text.split(","):
        gender, noun, plural = word.split(":")
        found.append(German(noun, gender, plural))
    return tuple(found)


_NOUNS = """
house house n:Haus:Häuser,n:Gebäude:Gebäude
house cottage n:Häuschen:Häuschen
house home n:Zuhause:Häuser
house cabin f:Hütte:Hütten
house hut f:Hütte:Hütten
house castle n:Schloss:Schlösser,f:Burg:Burgen
house building n:Gebäude:Gebäude
house barn f:Scheune:Scheunen
house villa f:Villa:Villen
tree tree m:Baum:Bäume
tree oak f:Eiche:Eichen
tree pine f:Kiefer:Kiefern
tree fir f:Tanne:Tannen
flower flower f:Blume:Blumen,n:Blümchen:Blümchen
flower rose f:Rose:Rosen
flower tulip f:Tulpe:Tulpen
flower daisy n:Gänseblümchen:Gänseblümchen
flower blossom f:Blüte:Blüten
flower sunflower f:Sonnenblume:Sonnenblumen
mushroom mushroom m:Pilz:Pilze
mushroom toadstool m:Fliegenpilz:Fliegenpilze
cat cat f:Katze:Katzen,f:Mieze:Miezen
cat kitten n:Kätzchen:Kätzchen
cat kitty f:Mieze:Miezen
fox fox m:Fuchs:Füchse
fox dog m:Hund:Hunde
fox puppy m:Welpe:Welpen
fox wolf m:Wolf:Wölfe
boat boat n:Boot:Boote
boat ship n:Schiff:Schiffe
boat sailboat n:Segelboot:Segelboote
boat yacht f:Jacht:Jachten,f:Yacht:Yachten
car car n:Auto:Autos,m:Wagen:Wagen
car taxi n:Taxi:Taxis
car truck m:Lastwagen:Lastwagen,m:LKW:LKWs
car van m:Lieferwagen:Lieferwagen
balloon balloon m:Ballon:Ballons,m:Luftballon:Luftballons
balloon hot_air_balloon m:Heißluftballon:Heißluftballons
lantern lantern f:Laterne:Laternen
lantern lamp f:Lampe:Lampen
rocket rocket f:Rakete:Raketen
rocket spaceship n:Raumschiff:Raumschiffe
rocket spacecraft n:Raumschiff:Raumschiffe
robot robot m:Roboter:Roboter
robot android m:Androide:Androiden
"""
_ROWS = [line.split(" ", 2) for line in _NOUNS.strip().splitlines()]
CANONICAL = {english.replace("_", " "): noun for noun, english, _ in _ROWS}
"""Each English noun that wishes speak of, and the world's noun it means."""
GERMAN = {english.replace("_", " "): _german(german) for _, english, german in _ROWS}

ENGLISH_SYNONYMS = {
    "house": ("home",), "cottage": ("house",), "cabin": ("hut", "house"), "hut": ("cabin",),
    "kitten": ("cat", "kitty"), "kitty": ("cat",), "cat": ("kitty",), "puppy": ("dog",), "ship": ("boat",),
    "boat": ("ship",), "sailboat": ("boat",), "yacht": ("boat",), "car": ("automobile", "auto"),
    "automobile": ("car",), "lamp": ("lantern",), "lantern": ("lamp",), "lamp post": ("lamp", "lantern"),
    "rocket": ("space rocket",), "spaceship": ("rocket",), "spacecraft": ("spaceship",),
    "robot": ("bot",), "droid": ("robot",), "android": ("robot",), "oak": ("tree",), "pine": ("tree",),
    "fir": ("tree",), "oak tree": ("tree",), "pine tree": ("tree",), "rose": ("flower",),
    "tulip": ("flower",), "sunflower": ("flower",), "toadstool": ("mushroom",), "mushroom": ("toadstool",),
    "hot air balloon": ("balloon",), "air balloon": ("balloon",), "taxi": ("car",),
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


def inflected(adjective: str, ending: str) -> str:
    """The adjective before a noun; `lila`, `rosa` and `orange` take no ending."""
    return adjective if adjective in ("lila", "rosa", "orange") else adjective + ending


def definite(word: German, count: int, case: Case = "acc", adjective: str = "") -> str:
    """`den roten Fuchs`, `die Füchse`, `dem Fuchs`."""
    gender = "p" if count > 1 else word.gender
    ending = "en" if case == "dat" else _ENDS[case][gender]
    noun = word.noun if count == 1 else word.plural
    if case == "dat" and count > 1 and not noun.endswith(("n", "s")):
        noun += "n"
    return " ".join(filter(None, [_THE[case][gender], adjective and inflected(adjective, ending), noun]))


def indefinite(word: German, count: int = 1, adjectives: tuple[str, ...] = (), case: str = "acc") -> str:
    """`einen kleinen roten Fuchs`, `mit einem kleinen Fuchs`, `zwei rote Füchse`."""
    noun = word.noun if count == 1 else word.plural
    if count > 1:
        article, ending = NUMBERS["de"][count], "en" if case == "dat" else "e"
        noun += "n" if case == "dat" and not noun.endswith(("n", "s")) else ""
    else:
        article, ending = _A[case][word.gender]
    said = [inflected(adjective, ending) for adjective in adjectives if adjective]
    return " ".join([article, *said, noun])
