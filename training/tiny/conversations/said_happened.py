"""How it is told what a step did, behind "before": "before it got dark", "before i asked for the fox".

`{x}` names the thing, `{y}` what it became, `{w}` a surrounding ("at night").
"""

from __future__ import annotations

from training.tiny.wishes.voice import Language

HAPPENED: dict[str, dict[Language, tuple[str, ...]]] = {
    "then_night": {
        "en": (
            "it got dark", "it became night", "it was night", "you made it night", "night fell",
            "it turned dark", "the night", "all the darkness",
            "i asked for night",
            "i wanted it dark",
            "you turned off the sun",
        ),
        "de": (
            "es dunkel wurde", "es Nacht wurde", "es Nacht war", "du es dunkel gemacht hast",
            "es so dunkel war", "es finster wurde",
            "ich es dunkel wollte",
            "ich Nacht wollte",
        ),
    },
    "then_sunset": {
        "en": (
            "it was sunset", "the sun went down", "it became evening", "it was evening", "the sunset",
            "the sun set",
            "i asked for a sunset",
            "i wanted it at sunset",
        ),
        "de": (
            "die Sonne unterging", "es Abend wurde", "es Abend war", "der Sonnenuntergang kam",
            "ich Sonnenuntergang wollte",
        ),
    },
    "then_day": {
        "en": (
            "it was day", "it became day", "it got bright", "it was light", "you made it day",
            "i asked for day",
            "i wanted it by day",
        ),
        "de": (
            "es Tag wurde", "es hell wurde", "es Tag war", "es so hell war",
            "ich es hell wollte",
            "ich es bei Tag wollte",
        ),
    },
    "then_rain": {
        "en": (
            "it rained", "it started raining", "the rain came", "it started to rain",
            "the rain", "all that rain",
            "i asked for rain",
            "i wanted rain",
            "you made it rain",
        ),
        "de": (
            "es geregnet hat", "der Regen kam", "es anfing zu regnen", "es regnete",
            "du es regnen lassen hast",
            "ich Regen wollte",
            "ich nach Regen gefragt hab",
        ),
    },
    "then_snow": {
        "en": (
            "it snowed", "it started snowing", "the snow came", "it started to snow", "all that snow",
            "you made it snow",
            "i asked for snow",
            "i wanted snow",
            "the snow",
        ),
        "de": (
            "es geschneit hat", "der Schnee kam", "es anfing zu schneien", "es schneite",
            "ich Schnee wollte",
            "ich nach Schnee gefragt hab",
            "du es schneien lassen hast",
        ),
    },
    "then_fog": {
        "en": (
            "it got foggy", "it was foggy", "the fog came", "the mist came", "the fog", "you added the fog",
            "i asked for fog",
            "i wanted fog",
        ),
        "de": (
            "es neblig wurde", "der Nebel kam", "es neblig war", "alles im Nebel war",
            "ich Nebel wollte",
            "du den Nebel gemacht hast",
        ),
    },
    "then_place": {
        "en": (
            "it was {w}", "we were {w}", "you moved it", "you changed the place", "we went somewhere else",
            "you changed the background", "it moved", "i wanted it {w}",
        ),
        "de": (
            "es {w} war", "wir {w} waren", "du den Ort gewechselt hast", "du den Hintergrund geändert hast",
            "wir woanders waren", "ich es {w} wollte",
        ),
    },
    "then_style": {
        "en": (
            "it was {w}", "you changed the style", "you did it {w}", "the style changed", "i wanted it {w}",
            "you changed the look", "i asked for another style",
        ),
        "de": (
            "es {w} war", "du den Stil geändert hast", "der Stil anders wurde", "ich es {w} wollte",
            "du es {w} gemacht hast", "ich einen anderen Stil wollte",
        ),
    },
    "then_colour": {
        "en": (
            "{x} {was} {y}", "{x} turned {y}", "you made {x} {y}", "{x} became {y}", "{x} changed colour",
            "you painted {x}", "i wanted {x} {y}", "you changed the color of {x}",
            "i asked for {x} in {y}",
            "you coloured {x}",
            "{x} got that colour",
            "we painted {x} {y}",
            "i had {x} painted {y}",
        ),
        "de": (
            "{x1} {y} {got}", "{x1} {y} {was}", "du {x} {y} gemacht hast", "du {x} umgefärbt hast",
            "ich {x} {y} haben wollte",
            "ich {x} in {y} wollte",
            "{x1} die neue farbe bekam{en}",
            "wir {x} {y} gemacht haben",
            "du {x} {y} angemalt hast",
        ),
    },
    "then_size_small": {
        "en": (
            "{x} got so small", "you made {x} small", "{x} {was} small", "{x} shrank", "you shrank {x}",
            "{x} {was} so tiny",
            "i wanted {x} small",
            "i asked for {x} to be small",
        ),
        "de": (
            "{x1} so klein {got}", "{x1} klein {was}", "du {x} klein gemacht hast", "{x1} geschrumpft {is}",
            "ich {x} klein wollte",
            "du {x} verkleinert hast",
        ),
    },
    "then_size_large": {
        "en": (
            "{x} got so big", "you made {x} big", "{x} {was} big", "{x} grew", "{x} {was} so huge",
            "you made {x} huge",
            "i wanted {x} big",
            "i asked for {x} to be big",
        ),
        "de": (
            "{x1} so groß {got}", "{x1} groß {was}", "du {x} groß gemacht hast", "{x1} so riesig {was}",
            "{x1} gewachsen {is}",
            "ich {x} groß wollte",
            "du {x} vergrößert hast",
        ),
    },
    "then_count": {
        "en": (
            "there were {y} {many}", "it was {y} {many}", "you made it {y} {many}", "we had {y} {many}",
            "i asked for {y} {many}",
            "i wanted {y} of them",
        ),
        "de": (
            "es {y} {many} waren", "da {y} {many} waren", "du {y} {many} daraus gemacht hast",
            "es {y} {many} wurden",
            "ich {y} {many} wollte",
            "ich {y} davon wollte",
        ),
    },
    "then_remove": {
        "en": (
            "{x} {was} gone", "you removed {x}", "{x} disappeared", "i removed {x}", "{x} left",
            "you deleted {x}", "{x} vanished", "you took {x} away", "{x} went away", "i said {x} should go",
            "i asked you to remove {x}",
            "i wanted {x} gone",
            "we lost {x}",
            "we kicked {x} out",
            "i told you to delete {x}",
        ),
        "de": (
            "{x1} weg {was}", "du {x} weggemacht hast", "{x1} verschwand{en}", "ich {x} gelöscht habe",
            "{x1} verschwunden {is}", "du {x} rausgenommen hast",
            "ich {x} weghaben wollte",
            "wir {x} rausgeworfen haben",
            "ich gesagt hab, dass {x1} weg {should}",
            "du {x} gelöscht hast",
            "{x1} nicht mehr da {was}",
        ),
    },
    "then_replace": {
        "en": (
            "{x} became {y}", "{x} turned into {y}", "you replaced {x}", "you made {x} {y}",
            "{y} came instead of {x}", "you swapped {x}", "i swapped {x} for {y}",
            "i asked for {y} instead",
            "i wanted {y} instead of {x}",
            "we swapped {x} for {y}",
            "{x} {was} replaced",
        ),
        "de": (
            "aus {x3} {y1} {got}", "du {x} ersetzt hast", "du {x} ausgetauscht hast",
            "{y1} statt {x3} da {ywas}", "du aus {x3} {y} gemacht hast",
            "ich statt {x3} {y} wollte",
            "wir {x} ersetzt haben",
            "ich {y} statt {x3} wollte",
            "{x1} ersetzt {got}",
        ),
    },
    "then_add": {
        "en": (
            "{x} came", "you added {x}", "i added {x}", "there {was} {y}", "{x} appeared", "{x} {was} there",
            "{x} joined", "you put {x} in", "i asked for {x}",
            "i asked for {y}",
            "i wanted {x}",
            "i wished for {x}",
            "i asked you for {x}",
            "i came up with {x}",
            "you drew {x}",
            "we had {x}",
            "you gave us {x}",
            "i brought up {x}",
            "i had the idea with {x}",
            "{y} came in",
            "i told you to add {x}",
        ),
        "de": (
            "{x1} kam{en}", "du {x} dazugetan hast", "{x1} da {was}", "ich {x} haben wollte",
            "{x1} dazukam{en}", "du {x} hinzugefügt hast", "da {y1} {was}",
            "ich {y} wollte",
            "ich nach {x3} gefragt hab",
            "ich um {x} gebeten hab",
            "du {x} gemalt hast",
            "wir {x} hatten",
            "ich auf die idee mit {x3} kam",
            "{x1} dazugekommen {is}",
            "ich {y} dazu haben wollte",
            "du {x} reingemacht hast",
            "wir {x} reingenommen haben",
        ),
    },
}  # fmt: skip
