"""How people refer back in a conversation, in English and German: templates by move.

`{x}` is what a template speaks of, `{y}` a second part (what is to stay, what it is instead). In German
templates `{x}` carries its article in the accusative, `{x3}` in the dative.
"""

from __future__ import annotations

from typing import Literal

Language = Literal["en", "de"]

SAID: dict[str, dict[Language, tuple[str, ...]]] = {
    "undo": {
        "en": (
            "undo", "undo that", "undo this", "undo it", "take that back", "revert", "revert that", "go back",
            "go back one step", "one step back", "back", "the previous one please", "previous picture",
            "put it back how it was", "like it was before", "as it was before", "no, go back",
            "nope, undo that", "i liked the last one better", "the one before was better",
            "can you undo that", "that was worse, go back", "oops, undo", "nah, back to the one before",
            "cancel that", "forget the last change", "scrap that", "never mind that last change",
            "not like that, undo", "return to the previous version", "reverse that", "ctrl z", "undo pls",
            "please undo the last change", "hmm no, take it back", "step back", "change it back",
        ),
        "de": (
            "rückgängig", "mach das rückgängig", "mach rückgängig", "zurück", "geh zurück",
            "ein schritt zurück",
            "einen Schritt zurück bitte", "nimm das zurück", "nein, zurück", "doch nicht, zurück",
            "das vorherige war besser", "wie vorher bitte", "so wie es vorher war", "das letzte war besser",
            "mach das wieder weg", "letzte Änderung rückgängig", "ups, rückgängig", "lieber wie davor",
            "zurück zum vorherigen", "vergiss die letzte änderung", "kannst du das rückgängig machen?",
            "hm nee, wieder zurück", "zurück zum vorigen Bild", "das bitte wieder zurücknehmen",
        ),
    },
    "redo": {
        "en": (
            "redo", "redo that", "redo it", "no wait, redo", "put it back", "ok do it again after all",
            "bring the change back", "actually i liked it, redo", "forward again", "one step forward",
            "go forward again", "undo the undo", "hm, the change was better after all",
            "no, it was better with the change", "restore that", "ok redo", "reapply that",
        ),
        "de": (
            "wiederherstellen", "doch wieder hin", "wieder vor", "einen Schritt vor", "redo",
            "mach die Änderung doch wieder", "stell das wieder her", "doch, das war besser",
            "ein schritt vorwärts", "nee, doch mit der Änderung", "wieder nach vorn",
            "mach es doch wieder hin",
        ),
    },
    "restart": {
        "en": (
            "start over", "start again", "from the beginning", "restart", "reset", "reset everything",
            "let's start over", "back to the start", "back to the beginning", "go back to the start",
            "begin again", "from scratch", "undo everything", "undo all of it", "revert everything",
            "the original please", "back to the original", "i want the original picture back",
            "scrap everything and start over", "back to square one", "forget all the changes",
        ),
        "de": (
            "von vorne", "nochmal von vorn", "von Anfang an", "neu anfangen", "fang neu an",
            "alles zurücksetzen",
            "zurück zum Anfang", "alles rückgängig", "zurück auf Anfang", "das Original bitte",
            "wieder zum ersten Bild", "setz alles zurück", "lass uns neu anfangen",
            "fang nochmal von vorne an",
            "vergiss alle Änderungen",
        ),
    },
    "first": {
        "en": (
            "go back to the first one", "the first one", "back to the first picture", "show me the first one",
            "i want the first picture again", "the very first one was best", "return to the first picture",
        ),
        "de": (
            "zurück zum ersten Bild", "das erste Bild bitte", "geh zum ersten zurück",
            "das erste war am besten",
            "nimm wieder das erste", "zeig nochmal das erste",
        ),
    },
    "steps": {
        "en": (
            "go back {x} steps", "{x} steps back", "undo the last {x}", "undo the last {x} changes",
            "back {x} pictures", "take back the last {x} changes", "{x} back",
        ),
        "de": (
            "{x} Schritte zurück", "geh {x} schritte zurück", "mach die letzten {x} Änderungen rückgängig",
            "{x} zurück", "die letzten {x} bitte rückgängig",
        ),
    },
    "back_to": {
        "en": (
            "go back to {x}", "back to {x}", "go back to the one with {x}", "back to the picture with {x}",
            "the one with {x} was better", "return to {x}", "i want the picture with {x} again",
            "the version with {x} please", "let's go back to {x}", "take me back to {x}",
            "can we go back to {x}?", "i liked the one with {x} more", "switch back to the one with {x}",
            "{x} was better", "show the one with {x} again",
        ),
        "de": (
            "geh zurück {to}", "zurück {to}", "das Bild mit {x3} war besser", "das mit {x3} war besser",
            "ich will wieder das Bild mit {x3}", "nimm wieder das mit {x3}", "zurück zu dem mit {x3}",
            "können wir zurück {to}?", "bitte wieder das Bild mit {x3}", "zeig nochmal das mit {x3}",
            "{x} fand ich besser", "lieber wieder das mit {x3}",
        ),
    },
    "before_adding": {
        "en": (
            "go back to before {x}", "back to before i added {x}", "like before {x}", "the one before {x}",
            "go back to the picture before {x}", "as it was before {x}",
        ),
        "de": (
            "zurück zu vor {x3}", "wie vor {x3}", "das Bild vor {x3}", "so wie es vor {x3} war",
            "geh zu dem Bild vor {x3} zurück",
        ),
    },
    "meant": {
        "en": (
            "no, i meant {x}", "no i meant {x}", "i meant {x}", "not that, {x}", "no, {x}", "wrong one, {x}",
            "i was talking about {x}", "sorry, i meant {x}", "i meant {x}, not {y}", "no not {y}, {x}",
            "not {y}! {x}!", "{x} i mean", "no, {x} of course", "oops, i meant {x}",
            "that's wrong, i meant {x}",
            "{x}, not {y}", "argh no, {x}", "wait, i meant {x}",
        ),
        "de": (
            "nein, ich meinte {x}", "nein ich meinte {x}", "ich meinte {x}", "nicht {y}, {x}", "nein, {x}",
            "ich meinte doch {x}", "falsch, ich meinte {x}", "ich meine {x}, nicht {y}", "quatsch, {x}",
            "sorry, ich meinte {x}", "nicht {y}! {x}!", "{x} mein ich", "ups, ich meinte {x}",
        ),
    },
    "meant_other": {
        "en": (
            "no, the other one", "the other one", "i meant the other one", "no i meant the other one",
            "not that one, the other one", "wrong one", "the other one, not this one", "other one!",
        ),
        "de": (
            "nein, das andere", "das andere", "ich meinte das andere", "nein ich meinte das andere",
            "nicht das, das andere", "falsches", "das falsche, ich meinte das andere",
        ),
    },
    "too": {
        "en": (
            "{x} too", "and {x}", "and {x} too", "{x} as well", "same for {x}", "do the same with {x}",
            "also {x}", "the same for {x} please", "now {x} too", "do that to {x} as well", "and now {x}",
            "{x} also", "likewise {x}", "do {x} as well",
        ),
        "de": (
            "{x} auch", "und {x}", "und {x} auch", "das gleiche mit {x3}", "{x} bitte auch", "{x} ebenfalls",
            "jetzt auch {x}", "dasselbe mit {x3}", "mach das auch mit {x3}", "{x} genauso", "auch {x}",
        ),
    },
    "other_too": {
        "en": (
            "the other one too", "that one too", "the other one as well", "and the other one",
            "do the same with the other one", "both please", "same for the other one", "both of them",
            "the other too", "now the other one",
        ),
        "de": (
            "das andere auch", "und das andere auch", "das andere ebenfalls", "beide bitte", "beide",
            "mit dem anderen auch", "dasselbe mit dem anderen", "das andere genauso", "und jetzt das andere",
        ),
    },
    "more": {
        "en": (
            "more of that", "more", "even more", "more of those", "one more", "one more of those",
            "another one",
            "more of them", "add one more of those", "more please", "a bit more of that", "and another one",
        ),
        "de": (
            "mehr davon", "mehr", "noch mehr", "noch eins", "noch eins davon", "noch eins bitte",
            "noch mehr davon",
            "davon noch eins", "mehr davon bitte",
        ),
    },
    "size_more": {
        "en": (
            "even {x}", "{x} still", "more", "still not enough, {x}", "a bit {x} again", "{x}",
            "more of that",
            "even more", "not enough", "make it even {x}", "again {x}",
        ),
        "de": (
            "noch {x}", "noch mehr", "mehr", "{x}", "reicht noch nicht, {x}", "mehr davon",
            "noch ein bisschen {x}",
            "mach es noch {x}", "nicht genug",
        ),
    },
    "instead": {
        "en": (
            "no, {x}", "{x} instead", "actually {x}", "as before but {x}", "the same but {x}",
            "hmm, rather {x}",
            "no wait, {x}", "{x} not {y}", "not {y}, {x}", "{x} after all", "or no, {x}",
            "on second thought {x}",
            "i changed my mind, {x}", "rather {x} than {y}", "like that but {x}", "just like that but {x}",
            "better {x}", "wait, {x}", "make that {x}", "no {x} please", "that but {x}", "same thing but {x}",
        ),
        "de": (
            "nein, {x}", "lieber {x}", "doch {x}", "wie vorher aber {x}", "das gleiche aber {x}",
            "doch lieber {x}",
            "nee, {x}", "{x} nicht {y}", "nicht {y}, sondern {x}", "{x} statt {y}", "genauso aber {x}",
            "ich hab's mir überlegt, {x}", "warte, {x}", "besser {x}", "oder nein, {x}",
            "so wie jetzt aber {x}",
            "stattdessen {x}", "lieber {x} als {y}",
        ),
    },
    "take_out": {
        "en": (
            "undo {x} but keep {y}", "undo {x} but keep the rest", "take {x} back out",
            "without {x} after all",
            "undo {x}, keep {y}", "undo only {x}", "take back {x} but keep {y}", "revert {x} but not {y}",
            "undo just {x}", "go back on {x} but leave {y}", "i don't want {x} after all", "undo {x}",
            "keep {y} but undo {x}", "lose {x} again but keep {y}", "take back {x}",
            "{x} was a mistake, undo that",
            "cancel {x} but leave the rest as it is", "keep everything but undo {x}",
        ),
        "de": (
            "mach {x} rückgängig, aber behalte {y}", "{x} wieder weg, {y} soll bleiben", "doch ohne {x}",
            "nur {x} rückgängig machen", "nimm {x} zurück, der Rest bleibt", "{x} rückgängig, {y} bleibt",
            "{x} doch nicht", "mach {x} rückgängig", "behalte {y}, aber mach {x} rückgängig",
            "{x} war ein Fehler, nimm das zurück", "alles behalten, nur {x} rückgängig",
        ),
    },
    "bring_back": {
        "en": (
            "bring back {x}", "bring {x} back", "i want {x} back", "put {x} back", "{x} should come back",
            "add {x} again", "i miss {x}", "{x} again please", "can we have {x} back?", "restore {x}",
            "bring back {x} but keep the rest",
        ),
        "de": (
            "bring {x} zurück", "ich will {x} zurück", "hol {x} wieder zurück", "{x} wieder dazu",
            "wieder mit {x3}",
            "mit {x3} war es besser", "{x} bitte wieder her", "kannst du {x} zurückholen?", "doch mit {x3}",
        ),
    },
    "thing_back": {
        "en": (
            "{x} should be {y} again", "make {x} {y} again", "{x} {y} again", "{x} back to {y}",
            "{x} as it was before", "{x} like before", "change {x} back", "make {x} like it was",
        ),
        "de": (
            "{x} wieder {y}", "mach {x} wieder {y}", "{x} wieder wie vorher", "{x} wie am Anfang",
            "mach {x} wieder so wie vorher",
        ),
    },
    "take_first": {
        "en": (
            "take the first one and make {x} {y}", "the first one but with {x} {y}",
            "go back to the first and make {x} {y}",
            "first picture again, but {x} {y}", "use the first one and turn {x} {y}",
            "the original but {x} {y}",
        ),
        "de": (
            "nimm das erste und mach {x} {y}", "das erste, aber {x} {y}", "zurück zum ersten und {x} {y}",
            "nimm das erste Bild, aber mach {x} {y}", "das Original, aber {x} {y}",
        ),
    },
    "lasting": {
        "en": (
            "from now on everything {x}", "from now on {x}", "always {x} from now on",
            "keep it {x} from now on",
            "from here on everything should be {x}", "i want everything {x} from now on",
            "all of them {x} from now on",
            "from now on always {x}", "everything {x} please, also later", "whatever comes next, keep it {x}",
        ),
        "de": (
            "ab jetzt alles {x}", "ab jetzt immer {x}", "von jetzt an {x}", "ab sofort alles {x}",
            "ab jetzt soll alles {x} sein", "von nun an immer {x}", "alles {x}, auch später",
            "bleib ab jetzt bei {x}",
        ),
    },
    "new_picture": {
        "en": (
            "something else now: {x}", "now show me {x} instead", "new picture: {x}",
            "now a completely different one: {x}",
            "let's do {x} instead of all that", "forget that, paint {x}", "different idea: {x}", "next: {x}",
            "now draw {x}",
        ),
        "de": (
            "jetzt was anderes: {x}", "zeig mir stattdessen {x}", "neues Bild: {x}", "jetzt mal {x}",
            "was ganz anderes: {x}", "vergiss das, male {x}", "andere Idee: {x}", "als nächstes {x}",
        ),
    },
    "again_it": {
        "en": ("make it {x}", "it should be {x}", "turn it {x}", "and make it {x}", "i want it {x}",
               "paint it {x}",
               "make that {x}", "and {x}", "but {x}", "now {x}"),
        "de": ("mach es {x}", "es soll {x} sein", "und zwar {x}", "und {x}", "aber {x}", "jetzt {x}",
               "aber in {x}",
               "mal es {x} an"),
    },
    "drop_it": {
        "en": ("remove it again", "take it away again", "no, without it", "delete it again",
               "on second thought remove it",
               "actually no, get rid of it", "it doesn't fit, remove it", "lose it again",
               "nah, take it out"),
        "de": ("nimm es wieder weg", "doch ohne", "wieder weg damit", "mach es wieder weg",
               "das passt nicht, weg damit",
               "entfern es wieder", "nee, doch nicht, weg damit"),
    },
}  # fmt: skip

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
SIZES_DE = {"small": "klein", "medium": "normal groß", "large": "groß"}
