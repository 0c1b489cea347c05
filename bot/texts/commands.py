"""What people write instead of pressing a button, in every language the bot speaks.

Each form is a whole message in lower case, without punctuation and without the polite words of `POLITE`.
`bot.domain.said_commands` reads them. Words that are just as well a wish for the picture ("larger", "next",
"delete it") stand in none of the tables: the language model decides what they mean.
"""

from collections.abc import Mapping
from types import MappingProxyType

from bot.i18n import Language

EN, DE = Language.ENGLISH, Language.GERMAN

Forms = Mapping[Language, tuple[str, ...]]

UNDO: Forms = MappingProxyType(
    {
        EN: (
            "undo", "undo that", "undo this", "undo it", "undo the last change", "undo last change",
            "undo the last step", "take that back", "take it back", "go back", "one step back",
            "go back one step", "step back", "back one", "revert", "revert that", "ctrl z", "ctrl+z",
        ),
        DE: (
            "zurück", "rückgängig", "rückgängig machen", "mach das rückgängig", "mach es rückgängig",
            "mach die letzte änderung rückgängig", "nimm das zurück", "einen schritt zurück",
            "ein schritt zurück", "geh zurück", "geh einen schritt zurück", "eins zurück", "strg z", "strg+z",
        ),
    }
)  # fmt: skip
REDO: Forms = MappingProxyType(
    {
        EN: (
            "redo", "redo that", "redo it", "undo the undo", "go forward", "one step forward",
            "step forward", "forward again", "ctrl y", "ctrl+y",
        ),
        DE: (
            "vor", "wieder vor", "wiederherstellen", "stell das wieder her", "stell es wieder her",
            "einen schritt vor", "ein schritt vor", "geh wieder vor", "eins vor", "strg y", "strg+y",
        ),
    }
)  # fmt: skip
RESTART: Forms = MappingProxyType(
    {
        EN: (
            "start over", "start again", "start from the beginning", "start from scratch", "restart", "reset",
            "back to the start", "back to the beginning", "go back to the start",
            "go back to the beginning", "back to the first picture", "go back to the first picture",
            "back to the original", "go back to the original",
        ),
        DE: (
            "von vorn", "von vorne", "nochmal von vorn", "nochmal von vorne", "noch mal von vorn",
            "noch mal von vorne", "fang von vorn an", "fang von vorne an", "fang neu an", "neu anfangen",
            "zurück zum anfang", "zurück auf anfang", "geh zurück zum anfang", "zurück zum ersten bild",
            "geh zurück zum ersten bild", "zurück zum original",
        ),
    }
)  # fmt: skip
AGAIN: Forms = MappingProxyType(
    {
        EN: (
            "again", "once again", "once more", "one more time", "reroll", "re-roll", "roll again",
            "try again", "another try", "another seed", "new seed", "regenerate",
        ),
        DE: (
            "nochmal", "noch mal", "noch einmal", "neu würfeln", "würfel neu", "würfle neu",
            "würfel nochmal", "versuch es nochmal", "versuch es noch einmal", "neuer seed", "anderer seed",
            "ein anderer seed",
        ),
    }
)  # fmt: skip
VARY: Forms = MappingProxyType(
    {
        EN: (
            "vary", "vary it", "vary a little", "vary it a little", "variation", "a variation", "variations",
            "make a variation", "make variations", "show variations", "show me variations",
        ),
        DE: (
            "etwas anders", "variiere", "variiere es", "variieren", "variante", "eine variante", "varianten",
            "mach eine variante", "mach varianten", "zeig varianten", "zeig mir varianten",
        ),
    }
)  # fmt: skip
REMIX: Forms = MappingProxyType(
    {
        EN: ("vary a lot", "vary it a lot", "remix", "remix it"),
        DE: ("ganz anders", "stark variieren", "variiere es stark"),
    }
)
UPSCALE: Forms = MappingProxyType(
    {EN: ("upscale", "upscale it", "upscale that"), DE: ("hochskalieren", "skalier es hoch")}
)
RECOMPOSE: Forms = MappingProxyType({EN: ("keep composition",), DE: ("komposition behalten",)})
QUESTION: Forms = MappingProxyType(
    {
        EN: ("info", "what is the seed", "which seed", "which model", "what is the prompt", "which prompt"),
        DE: ("was ist der seed", "welcher seed", "welches modell", "was ist der prompt", "welcher prompt"),
    }
)

CHOOSE: Forms = MappingProxyType(
    {
        EN: (
            "pick {n}",
            "pick number {n}",
            "take number {n}",
            "choose {n}",
            "choose number {n}",
            "number {n}",
        ),
        DE: ("nimm {n}", "nimm nummer {n}", "wähle {n}", "wähle nummer {n}", "nummer {n}"),
    }
)
"""How one of several pictures is chosen; `{n}` is its number, a figure or a word of `NUMBERS`."""
NUMBERS: Mapping[Language, tuple[str, ...]] = MappingProxyType(
    {EN: ("one", "two", "three", "four"), DE: ("eins", "zwei", "drei", "vier")}
)

POLITE: Forms = MappingProxyType(
    {EN: ("please", "pls", "plz", "now", "ok", "okay"), DE: ("bitte", "jetzt", "mal", "doch")}
)
"""Words around a command that change nothing about it."""
