"""How people go back to an earlier picture by what it had, how it looked and what happened after it.

`{x}` names what the picture had; `{w}` is a surrounding ("at night"), `{c}` what happened ("it got dark"),
which the tables `then_...` tell by what the step did.
"""

from __future__ import annotations

from training.tiny.wishes.voice import Language

BACKS: dict[str, dict[Language, tuple[str, ...]]] = {
    "first": {
        "en": (
            "go back to the first one", "back to the first picture",
            "i want the first picture again", "the very first one was best", "return to the first picture",
            "the first version was better", "take the first one again", "can we have the first one again?",
            "the one from the beginning", "the one we started with", "first pic again",
            "i liked the first one most", "go all the way back to picture one",
            "the picture at the very start", "show me the very first one again", "back to version one",
            "the first of them all", "let's go with the very first one again", "the first picture was nicer",
            "number one again, the very first",
            "back to the first version please", "the first one looked best",
        ),
        "de": (
              "zurück zum ersten Bild", "geh zum ersten zurück",
            "das erste war am besten", "nimm wieder das erste", "zeig nochmal das erste",
            "die erste version war besser", "das vom anfang", "das mit dem wir angefangen haben",
            "ich will das erste bild wieder", "können wir das erste wieder haben?", "das allererste bitte",
            "das allererste war am schönsten", "ganz zurück zum ersten bild", "die allererste version",
            "das erste gefiel mir am besten", "wieder das bild vom anfang", "nochmal das allererste",
            "zurück zur ersten version", "hol das erste bild wieder",
        ),
    },
    "steps": {
        "en": (
            "go back {x} steps", "{x} steps back", "undo the last {x}", "undo the last {x} changes",
            "back {x} pictures", "take back the last {x} changes", "{x} back", "undo {x} times",
            "{x} pictures back", "undo {x} steps", "{x} steps back please", "revert the last {x} changes",
            "the last {x} changes were bad, undo", "forget the last {x} changes", "go {x} back",
            "jump back {x}", "can you go back {x} steps?", "back by {x}", "undo x{x}",
            "scratch the last {x} edits", "the last {x} undo please", "i want to go {x} steps back",
            "how it was {x} changes ago", "the picture {x} steps ago", "as it was {x} steps ago",
            "{x} versions back", "the version {x} changes ago",
        ),
        "de": (
            "{x} Schritte zurück", "geh {x} schritte zurück", "mach die letzten {x} Änderungen rückgängig",
            "{x} zurück", "die letzten {x} bitte rückgängig", "{x} bilder zurück", "{x} mal zurück",
            "{x} mal rückgängig", "nimm die letzten {x} änderungen zurück",
            "vergiss die letzten {x} änderungen", "die letzten {x} änderungen waren nix, zurück",
            "das bild vor {x} schritten", "wie vor {x} änderungen", "um {x} zurück",
            "kannst du {x} schritte zurückgehen?", "ich will {x} schritte zurück", "{x} versionen zurück",
            "spring {x} zurück", "die letzten {x} wieder weg",
        ),
    },
    "back_to": {
        "en": (
            "go back to {x}", "back to {x}", "go back to the one with {x}", "back to the picture with {x}",
            "the one with {x} was better", "return to {x}", "i want the picture with {x} again",
            "the version with {x} please", "let's go back to {x}", "take me back to {x}",
            "can we go back to {x}?", "i liked the one with {x} more", "switch back to the one with {x}",
            "show the one with {x} again", "back to the one with {x}", "the one with {x} again",
            "the one with {x}", "the one with {x} please", "the picture with {x}",
            "where is the one with {x}? i want that", "give me the one with {x} again",
            "the version with {x} was nicer", "the earlier one with {x}", "the old one with {x}",
            "that one from before with {x}", "you had one with {x}, back to that",
            "there was one with {x}, that one please", "remember the one with {x}? back to that",
            "i preferred the picture with {x}", "i preferred it with {x}, go back there",
            "back to when there {was} {x}", "back to when we had {x}", "when {x} {was} still there",
            "back when it had {x}", "as it was with {x}", "the pic with {x} was the best",
            "the best one was with {x}", "jump back to {x}", "jump to the one with {x}",
            "go to the picture with {x}", "take the one with {x}", "let's use the version with {x} again",
            "we want the one with {x}", "hmm the one with {x} was cooler", "ok back to {x}",
            "nah, back to {x}", "the {bare} one again", "the {bare} one was better", "back to the {bare} one",
            "the {bare} version please", "the {bare} picture", "i liked the {bare} one",
            "return to the picture where {x} {was}", "the previous one where you could see {x}",
            "could i see the one with {x} again?", "open the one with {x}", "rewind to {x}",
            "rewind to the one with {x}", "scroll back to {x}", "undo until {x}", "undo until {x} {is} there",
            "undo all the way to the one with {x}", "picture with {x} pls", "i want back to picture with {x}",
            "go on from the one with {x}",
        ),
        "de": (
            "geh zurück {to}", "zurück {to}", "das Bild mit {x3} war besser", "das mit {x3} war besser",
            "ich will wieder das Bild mit {x3}", "nimm wieder das mit {x3}", "zurück zu dem mit {x3}",
            "können wir zurück {to}?", "bitte wieder das Bild mit {x3}", "zeig nochmal das mit {x3}",
            "lieber wieder das mit {x3}", "das mit {x3}", "das mit {x3} bitte", "das mit {x3} nochmal zeigen",
            "das bild mit {x3}", "das alte mit {x3}", "das frühere mit {x3}", "die version mit {x3}",
            "die version mit {x3} war schöner", "zurück zur version mit {x3}", "zurück zum bild mit {x3}",
            "geh zum bild mit {x3}", "geh zu dem mit {x3} zurück", "hol das mit {x3} wieder",
            "das vorhin mit {x3}", "das von vorhin mit {x3}", "da gab es eins mit {x3}, das bitte",
            "da war doch eins mit {x3}, zurück dahin", "wo ist das mit {x3}? das will ich",
            "ich fand das mit {x3} besser", "mir gefiel das mit {x3} besser", "am besten war das mit {x3}",
            "spring zurück {to}", "spring zu dem mit {x3}", "wieder {to} zurück", "wieder {to}",
            "als {x1} noch da {was}", "zurück zu als {x1} noch da {was}", "als wir noch {x} hatten",
            "das bild wo {x1} noch da {was}", "das wo {x1} drauf {was}", "das wo man {x} sieht",
            "können wir das mit {x3} wieder haben?", "kann ich das mit {x3} nochmal haben?",
            "machen wir bei dem mit {x3} weiter", "lass uns das mit {x3} nehmen", "nee, zurück {to}",
            "ok, wieder das mit {x3}", "wir wollen das mit {x3}", "so viel zurück bis {x1} da {is}",
            "mach rückgängig bis {x1} wieder da {is}", "spul zurück {to}", "weiter mit dem mit {x3}",
            "das andere mit {x3} vorher", "nochmal das mit {x3}",
        ),
    },
    "back_within": {
        "en": (
            "back to the one {w}", "the one {w} was better", "the one {w}", "the one {w} again",
            "the picture {w} please", "go back to the picture {w}", "i liked it {w} more, go back",
            "back to when it was {w}", "when it was still {w}", "the version {w}",
            "return to the version {w}", "the old one {w}", "let's go back to the one {w}",
            "show me the one {w} again", "i want the one {w}", "can we have the one {w} again?",
            "that one {w} from before", "the earlier picture {w}", "jump back to the one {w}",
            "take the one {w} again", "the one {w} was my favourite", "undo until it's {w} again",
            "you had one {w}, that one", "the one where it was {w}", "the picture where it was still {w}",
        ),
        "de": (
            "zurück zu dem {w}", "das {w} war besser", "das {w}", "nochmal das {w}", "das bild {w} bitte",
            "geh zurück zu dem bild {w}", "das bild {w} war schöner", "die version {w}",
            "zurück zur version {w}", "das alte {w}", "wieder das {w}", "ich will das {w} zurück",
            "können wir das {w} wieder haben?", "das von vorhin {w}", "nimm wieder das {w}",
            "spring zurück zu dem {w}", "das {w} gefiel mir am besten", "das wo es noch {w} war",
            "als es noch {w} war, das bitte", "mach rückgängig bis es wieder {w} ist", "zeig nochmal das {w}",
            "lieber wieder das {w}",
        ),
    },
    "back_looked": {
        "en": (
            "back to when {x} {was} {y}", "the one where {x} {was} {y}",
            "back to the one where {x} {was} {y}", "when {x} {was} still {y}",
            "go back to the picture where {x} {was} still {y}", "the picture with the {y} {bare}",
            "back to the {y} {bare}", "the one with the {y} {bare}", "go back to the {y} {bare}",
            "return to the one with the {y} {bare}", "i liked the one with the {y} {bare} more",
            "the version with the {y} {bare}", "take me back to the {y} {bare}",
            "where {x} {was} still {y}, that one", "can we go back to the {y} {bare}?",
            "undo until {x} {is} {y} again", "the version when {x} {was} {y}",
            "the one with the {y} {bare} again please", "i want the picture with the {y} {bare} again",
            "rewind to the {y} {bare}",
        ),
        "de": (
            "zurück zu dem wo {x1} {y} {was}", "das wo {x1} {y} {was}", "das bild wo {x1} noch {y} {was}",
            "als {x1} noch {y} {was}", "zurück zu als {x1} {y} {was}", "das wo {x1} noch {y} {was} bitte",
            "geh zurück zu dem bild wo {x1} {y} {was}", "nimm wieder das wo {x1} {y} {was}",
            "die version wo {x1} {y} {was}", "das mit {x3} in {y}", "zurück zu dem mit {x3} in {y}",
            "das bild mit {x3} in {y} war besser", "mach rückgängig bis {x1} wieder {y} {is}",
            "das bild, in dem {x1} {y} {was}", "ich will das wo {x1} noch {y} {was}",
            "das wo {x1} {y} {was} fand ich besser",
        ),
    },
    "before_adding": {
        "en": (
            "go back to before {x}", "back to before i added {x}", "like before {x}", "the one before {x}",
            "go back to the picture before {x}", "as it was before {x}", "before {x}", "back to before {x}",
            "the version before {x}", "the picture before {x} came", "before {x} came in",
            "how it was before {x}", "the one without {x}", "back to the one without {x}",
            "go back to the picture without {x}", "the version without {x} was better",
            "when {x} {was} not there yet", "when there {was} no {bare} yet",
            "back to when there {was} no {bare}", "the last one before {x}", "the last picture without {x}",
            "to the point before {x}", "jump back to before {x}", "rewind to before {x}",
            "undo until {x} {is} gone", "undo everything since {x}", "undo {x} and everything after",
            "undo {x} and everything since", "take back {x} and all that came after",
            "can we go back to before {x}?", "i liked it before {x}, go back there", "the state before {x}",
            "all the way back to before {x}", "everything since {x} was bad, go back",
            "return to the picture before {x}", "take me back to before {x}",
        ),
        "de": (
            "zurück zu vor {x3}", "wie vor {x3}", "das Bild vor {x3}", "so wie es vor {x3} war",
            "geh zu dem Bild vor {x3} zurück", "vor {x3}", "die version vor {x3}", "das letzte vor {x3}",
            "das letzte bild vor {x3}", "das ohne {x}", "zurück zu dem ohne {x}",
            "das bild ohne {x} war besser", "nimm wieder das ohne {x}", "als {x1} noch nicht da {was}",
            "das wo {x1} noch nicht da {was}", "zurück zu der stelle vor {x3}",
            "mach rückgängig bis {x1} weg {is}", "alles seit {x3} rückgängig",
            "{x} und alles danach rückgängig", "können wir zurück zu vor {x3}?", "der stand vor {x3}",
            "zum stand vor {x3}", "bevor {x1} dazukam{en}", "zurück zu bevor {x1} dazukam{en}",
            "das bild bevor {x1} kam{en}", "seit {x3} ist alles schlechter, zurück davor",
            "die letzte version ohne {x}",
        ),
    },
    "before_it": {
        "en": (
            "before {c}", "back to before {c}", "go back to before {c}", "the one before {c}",
            "the version before {c}", "the picture before {c}", "like it was before {c}",
            "as it was before {c}", "the last one before {c}", "i want the one before {c}",
            "can we go back to before {c}?", "return to the picture before {c}", "jump back to before {c}",
            "it was better before {c}", "i liked it better before {c}", "rewind to before {c}",
            "take me back to before {c}", "show me the version before {c} again", "how it looked before {c}",
            "undo everything since {c}", "to the point before {c}", "the state before {c}",
        ),
        "de": (
            "bevor {c}", "zurück zu bevor {c}", "das bild bevor {c}", "die version bevor {c}",
            "so wie es war, bevor {c}", "wie es war bevor {c}", "das letzte bevor {c}",
            "geh zurück zu dem bild, bevor {c}", "das von davor, bevor {c}", "ich will das bild, bevor {c}",
            "können wir dahin zurück, bevor {c}?", "es war besser, bevor {c}", "bevor {c} war es schöner",
            "bevor {c}, das bitte", "der stand bevor {c}", "spring zurück, bevor {c}",
            "zurück dahin, bevor {c}", "mach alles rückgängig, seit {c}", "zeig nochmal das, bevor {c}",
        ),
    },
    "then_night": {
        "en": (
            "it got dark", "it became night", "it was night", "you made it night", "night fell",
            "it turned dark", "the night", "all the darkness",
        ),
        "de": (
            "es dunkel wurde", "es Nacht wurde", "es Nacht war", "du es dunkel gemacht hast",
            "es so dunkel war", "es finster wurde",
        ),
    },
    "then_sunset": {
        "en": (
            "it was sunset", "the sun went down", "it became evening", "it was evening", "the sunset",
            "the sun set",
        ),
        "de": (
            "die Sonne unterging", "es Abend wurde", "es Abend war", "der Sonnenuntergang kam",
        ),
    },
    "then_day": {
        "en": (
            "it was day", "it became day", "it got bright", "it was light", "you made it day",
        ),
        "de": (
            "es Tag wurde", "es hell wurde", "es Tag war", "es so hell war",
        ),
    },
    "then_rain": {
        "en": (
            "it rained", "it started raining", "the rain came", "it started to rain",
            "the rain", "all that rain",
        ),
        "de": (
            "es geregnet hat", "der Regen kam", "es anfing zu regnen", "es regnete",
            "du es regnen lassen hast",
        ),
    },
    "then_snow": {
        "en": (
            "it snowed", "it started snowing", "the snow came", "it started to snow", "all that snow",
            "you made it snow",
        ),
        "de": (
            "es geschneit hat", "der Schnee kam", "es anfing zu schneien", "es schneite",
        ),
    },
    "then_fog": {
        "en": (
            "it got foggy", "it was foggy", "the fog came", "the mist came", "the fog", "you added the fog",
        ),
        "de": (
            "es neblig wurde", "der Nebel kam", "es neblig war", "alles im Nebel war",
        ),
    },
    "then_colour": {
        "en": (
            "{x} {was} {y}", "{x} turned {y}", "you made {x} {y}", "{x} became {y}", "{x} changed colour",
            "you painted {x}", "i wanted {x} {y}", "you changed the color of {x}",
        ),
        "de": (
            "{x1} {y} {got}", "{x1} {y} {was}", "du {x} {y} gemacht hast", "du {x} umgefärbt hast",
            "ich {x} {y} haben wollte",
        ),
    },
    "then_size_small": {
        "en": (
            "{x} got so small", "you made {x} small", "{x} {was} small", "{x} shrank", "you shrank {x}",
            "{x} {was} so tiny",
        ),
        "de": (
            "{x1} so klein {got}", "{x1} klein {was}", "du {x} klein gemacht hast", "{x1} geschrumpft {is}",
        ),
    },
    "then_size_large": {
        "en": (
            "{x} got so big", "you made {x} big", "{x} {was} big", "{x} grew", "{x} {was} so huge",
            "you made {x} huge",
        ),
        "de": (
            "{x1} so groß {got}", "{x1} groß {was}", "du {x} groß gemacht hast", "{x1} so riesig {was}",
            "{x1} gewachsen {is}",
        ),
    },
    "then_count": {
        "en": (
            "there were {y} {many}", "it was {y} {many}", "you made it {y} {many}", "we had {y} {many}",
        ),
        "de": (
            "es {y} {many} waren", "da {y} {many} waren", "du {y} {many} daraus gemacht hast",
            "es {y} {many} wurden",
        ),
    },
    "then_remove": {
        "en": (
            "{x} {was} gone", "you removed {x}", "{x} disappeared", "i removed {x}", "{x} left",
            "you deleted {x}", "{x} vanished", "you took {x} away", "{x} went away", "i said {x} should go",
        ),
        "de": (
            "{x1} weg {was}", "du {x} weggemacht hast", "{x1} verschwand{en}", "ich {x} gelöscht habe",
            "{x1} verschwunden {is}", "du {x} rausgenommen hast",
        ),
    },
    "then_replace": {
        "en": (
            "{x} became {y}", "{x} turned into {y}", "you replaced {x}", "you made {x} {y}",
            "{y} came instead of {x}", "you swapped {x}", "i swapped {x} for {y}",
        ),
        "de": (
            "aus {x3} {y1} {got}", "du {x} ersetzt hast", "du {x} ausgetauscht hast",
            "{y1} statt {x3} da {ywas}", "du aus {x3} {y} gemacht hast",
        ),
    },
    "then_add": {
        "en": (
            "{x} came", "you added {x}", "i added {x}", "there {was} {y}", "{x} appeared", "{x} {was} there",
            "{x} joined", "you put {x} in", "i asked for {x}",
        ),
        "de": (
            "{x1} kam{en}", "du {x} dazugetan hast", "{x1} da {was}", "ich {x} haben wollte",
            "{x1} dazukam{en}", "du {x} hinzugefügt hast", "da {y1} {was}",
        ),
    },
}  # fmt: skip
