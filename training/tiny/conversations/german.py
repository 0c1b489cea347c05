"""German words of what TinyWorld knows: nouns with gender and plural, colours, what is said for a slot."""

from __future__ import annotations

NOUNS_DE: dict[str, tuple[str, str]] = {
    "house": ("n", "Haus"), "tree": ("m", "Baum"), "flower": ("f", "Blume"), "mushroom": ("m", "Pilz"),
    "cat": ("f", "Katze"), "fox": ("m", "Fuchs"), "boat": ("n", "Boot"), "car": ("n", "Auto"),
    "balloon": ("m", "Ballon"), "lantern": ("f", "Laterne"), "rocket": ("f", "Rakete"),
    "robot": ("m", "Roboter"),
    "dog": ("m", "Hund"), "kitten": ("n", "Kätzchen"), "castle": ("n", "Schloss"), "ship": ("n", "Schiff"),
    "rose": ("f", "Rose"), "lamp": ("f", "Lampe"), "wolf": ("m", "Wolf"), "barn": ("f", "Scheune"),
    "hut": ("f", "Hütte"), "building": ("n", "Gebäude"), "sailboat": ("n", "Segelboot"),
    "truck": ("m", "Lastwagen"),
    "spaceship": ("n", "Raumschiff"), "sunflower": ("f", "Sonnenblume"), "tulip": ("f", "Tulpe"),
    "oak": ("f", "Eiche"), "pine": ("f", "Kiefer"), "fir": ("f", "Tanne"), "puppy": ("m", "Welpe"),
    "taxi": ("n", "Taxi"), "yacht": ("f", "Jacht"), "android": ("m", "Android"), "villa": ("f", "Villa"),
}  # fmt: skip
"""Gender and singular; a noun that is not here goes by what it means."""
PLURALS_DE = {
    "Haus": "Häuser", "Baum": "Bäume", "Blume": "Blumen", "Pilz": "Pilze", "Katze": "Katzen",
    "Fuchs": "Füchse",
    "Boot": "Boote", "Auto": "Autos", "Ballon": "Ballons", "Laterne": "Laternen", "Rakete": "Raketen",
    "Roboter": "Roboter", "Hund": "Hunde", "Kätzchen": "Kätzchen", "Schloss": "Schlösser",
    "Schiff": "Schiffe",
    "Rose": "Rosen", "Lampe": "Lampen", "Wolf": "Wölfe", "Scheune": "Scheunen", "Hütte": "Hütten",
    "Gebäude": "Gebäude", "Segelboot": "Segelboote", "Lastwagen": "Lastwagen", "Raumschiff": "Raumschiffe",
    "Sonnenblume": "Sonnenblumen", "Tulpe": "Tulpen", "Eiche": "Eichen", "Kiefer": "Kiefern",
    "Tanne": "Tannen",
    "Welpe": "Welpen", "Taxi": "Taxis", "Jacht": "Jachten", "Android": "Androiden", "Villa": "Villen",
}  # fmt: skip
COLOURS_DE = {
    "red": "rot", "orange": "orange", "yellow": "gelb", "green": "grün", "blue": "blau", "purple": "lila",
    "pink": "rosa", "white": "weiß", "black": "schwarz", "brown": "braun",
}  # fmt: skip
SLOTS_DE: dict[str, tuple[str, str]] = {
    "meadow": ("die Wiese", "der Wiese"), "beach": ("den Strand", "dem Strand"),
    "desert": ("die Wüste", "der Wüste"),
    "city": ("die Stadt", "der Stadt"), "mountains": ("die Berge", "den Bergen"),
    "sea": ("das Meer", "dem Meer"),
    "day": ("den Tag", "dem Tag"), "sunset": ("den Sonnenuntergang", "dem Sonnenuntergang"),
    "night": ("die Nacht", "der Nacht"), "clear": ("den klaren Himmel", "dem klaren Himmel"),
    "rain": ("den Regen", "dem Regen"), "snow": ("den Schnee", "dem Schnee"),
    "fog": ("den Nebel", "dem Nebel"),
    "flat": ("die flache Illustration", "der flachen Illustration"),
    "watercolour": ("das Aquarell", "dem Aquarell"),
    "pixel": ("die Pixel-Art", "der Pixel-Art"), "sketch": ("die Skizze", "der Skizze"),
    "neon": ("das Neon", "dem Neon"),
}  # fmt: skip
"""Places, times, weathers and styles with article, in the accusative and in the dative."""
LASTING_DE = {
    "day": "bei Tag", "sunset": "bei Sonnenuntergang", "night": "bei Nacht", "rain": "im Regen",
    "snow": "im Schnee", "fog": "im Nebel", "watercolour": "als Aquarell", "pixel": "als Pixel-Art",
    "sketch": "als Skizze", "neon": "in Neon", "flat": "als flache Illustration", "meadow": "auf der Wiese",
    "beach": "am Strand", "desert": "in der Wüste", "city": "in der Stadt", "mountains": "in den Bergen",
    "sea": "auf dem Meer",
}  # fmt: skip
