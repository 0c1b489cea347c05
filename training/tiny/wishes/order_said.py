"""How two wishes are put in order with clauses: "after you have made the dog red, add a cat".

Each piece has its forms with a bar between: the command, what has been done, and in German the clause after
"bevor du".
"""

from __future__ import annotations

from training.tiny.wishes.one_verb_said import Frame
from training.tiny.wishes.voice import patterns

_MAKE_IT = patterns(
    """
    make it {is}|made it {is}
    (make) it {is}|made it {is}
    set the scene {when}|set the scene {when}
    paint everything {when}|painted everything {when}
    """,
    """
    mach es {is}|es {is} gemacht|es {is} machst
    stell auf {name} um|auf {name} umgestellt|auf {name} umstellst
    """,
)
"""How a time of day and a weather are asked for."""
DONE: Frame = {
    "around": patterns(
        """
        after you have {done}, {then}
        (once|when|as soon as) you've {done}, {then}
        {then} (after|once|when) you have {done}
        (first|first of all) {first}, (and only then|and then|after that|then please) {then}
        before you {then}, {first}
        {then}, but not before you have {done}
        start (out|off) like this: {first}. (next|then) {then}
        {first} and (when you're done|when that's done|once that works) {then}
        (ok|so|right) {first} first, {then} second
        (don't forget to {first} before you {then}|remember to {first} before you {then})
        {first}, and as the next step {then}
        """,
        """
        nachdem du {done} hast, {then}
        (wenn|sobald) du {done} hast, {then}
        {then}, (nachdem|wenn|sobald) du {done} hast
        (erst|zuerst|erstmal|als Erstes) {first}, (und erst dann|und danach|und dann|dann bitte) {then}
        bevor du {before}, {first}
        {then}, aber (erst|) nachdem du {done} hast
        (fang so an|leg so los): {first}. (danach|dann) {then}
        {first} und (wenn du fertig bist|wenn das klappt|wenn das erledigt ist) {then}
        {first}, und im nächsten Schritt {then}
        {then}, vorher {first}
        """,
    ),
    "look": patterns(
        """
        make {thing} {look}|made {thing} {look}
        (make) {thing} {look}|made {thing} {look}
        """,
        """
        mach {thing} {look}|{thing} {look} gemacht|{thing} {look} machst
        mal {thing} {look}|{thing} {look} gemalt|{thing} {look} malst
        mach {thing} bitte {look}|{thing} {look} gemacht|{thing} {look} machst
        """,
    ),
    "time": _MAKE_IT,
    "weather": _MAKE_IT,
    "place": patterns(
        "put it all {when}|put it all {when}\nput everything {when}|put everything {when}",
        "mal das Ganze {when}|das Ganze {when} gemalt|das Ganze {when} malst\n"
        "zeig alles {when}|alles {when} gezeigt|alles {when} zeigst",
    ),
    "style": patterns(
        "do the whole thing {how}|done the whole thing {how}\n"
        "paint everything {how}|painted everything {how}",
        "mal das Ganze {how}|das Ganze {how} gemalt|das Ganze {how} malst\n"
        "mach alles {how}|alles {how} gemacht|alles {how} machst",
    ),
    "new": patterns(
        "add {new}|added {new}\nput in {new}|put in {new}\ndraw {new}|drawn {new}",
        "mal noch {new} dazu|noch {new} dazugemalt|noch {new} dazumalst\n"
        "füg {new} hinzu|{new} hinzugefügt|{new} hinzufügst\n"
        "setz noch {new} rein|noch {new} reingesetzt|noch {new} reinsetzt",
    ),
    "more": patterns(
        "add another {one}|added another {one}\ndraw one more {one}|drawn one more {one}",
        "mal noch {a} dazu|noch {a} dazugemalt|noch {a} dazumalst\n"
        "setz noch {a} rein|noch {a} reingesetzt|noch {a} reinsetzt",
    ),
    "gone": patterns(
        "remove {thing}|removed {thing}\ndelete {thing}|deleted {thing}\ntake out {thing}|taken out {thing}",
        "nimm {thing} raus|{thing} rausgenommen|{thing} rausnimmst\n"
        "lösch {thing}|{thing} gelöscht|{thing} löschst\n"
        "mach {thing} weg|{thing} weggemacht|{thing} wegmachst",
    ),
    "dry": patterns(
        "remove the {falls}|removed the {falls}\nget rid of the {falls}|got rid of the {falls}",
        "mach den {falls} weg|den {falls} weggemacht|den {falls} wegmachst\n"
        "nimm den {falls} raus|den {falls} rausgenommen|den {falls} rausnimmst",
    ),
}
