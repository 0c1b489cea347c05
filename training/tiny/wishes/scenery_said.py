"""Surroundings, styles and sizes as pieces of a longer message, and how pieces are joined.

Each row: as the prompt says it, and in English and German what it is ("foggy"), its name and its
phrase ("in the fog"), with slashes between ways.
"""

from __future__ import annotations

from training.tiny.wishes.scenery import Rows
from training.tiny.wishes.voice import patterns

TIMES_SAID: Rows = (
    ("at night", "night/dark/night time; night/night time; at night/by night/in the dark",
     "Nacht/dunkel/stockdunkel; Nacht; nachts/bei Nacht/in der Nacht"),
    ("at midnight", "midnight; midnight; at midnight", "Mitternacht; Mitternacht; um Mitternacht"),
    ("at sunset", "sunset; sunset/a sunset; at sunset/during sunset",
     "-; Sonnenuntergang; bei Sonnenuntergang/im Sonnenuntergang"),
    ("at sunrise", "sunrise; sunrise/a sunrise; at sunrise",
     "-; Sonnenaufgang; bei Sonnenaufgang"),
    ("in the evening", "evening; evening; in the evening", "Abend; Abend; abends/am Abend"),
    ("at dusk", "dusk; dusk/twilight; at dusk", "dämmrig; Abenddämmerung; in der Abenddämmerung"),
    ("during the day", "day/daytime; day/daylight/daytime; during the day/by day/in daylight",
     "Tag/taghell; Tag/Tageslicht; am Tag/tagsüber/bei Tag"),
    ("at noon", "noon/midday; noon/midday; at noon", "Mittag; Mittag; mittags/am Mittag"),
)  # fmt: skip
WEATHERS_SAID: Rows = (
    ("in the rain", "rainy; rain; in the rain/in rainy weather",
     "regnerisch/verregnet; Regen; im Regen/bei Regen/bei Regenwetter"),
    ("in falling snow", "snowy; snow; in falling snow/while it snows",
     "verschneit; Schnee; bei Schneefall/im Schneetreiben"),
    ("in the fog", "foggy; fog; in the fog", "neblig; Nebel; im Nebel/bei Nebel"),
    ("in the mist", "misty; mist; in the mist", "dunstig; Dunst; im Dunst"),
)  # fmt: skip
STYLES_HOW: Rows = (
    ("watercolor", "as a watercolor/as a watercolour painting/in watercolors/in watercolour",
     "als Aquarell/in Wasserfarben/als Aquarellbild"),
    ("pixel art", "in pixel art/as pixel art/in pixels", "in Pixelart/als Pixelart/als Pixelgrafik"),
    ("pencil sketch", "as a pencil sketch/as a sketch/in pencil",
     "als Bleistiftskizze/als Skizze/mit Bleistift"),
    ("neon art", "in neon/as neon art/in neon style", "in Neon/im Neonstil/als Neonkunst"),
    ("cyberpunk", "in cyberpunk style/as cyberpunk", "im Cyberpunk-Stil/in Cyberpunk"),
    ("synthwave", "in synthwave style/as synthwave", "im Synthwave-Stil/als Synthwave"),
    ("flat illustration", "as a flat illustration", "als flache Illustration"),
    ("vector art", "as vector art/as a vector graphic", "als Vektorgrafik"),
)  # fmt: skip
SIZES_SAID: Rows = (
    ("+", "bigger/larger/a bit bigger", "größer/etwas größer/bissl größer/ein bisschen größer"),
    ("+", "bigger/larger/a little bigger", "größer/ein Stück größer"),
    ("-", "smaller/a bit smaller/a little smaller", "kleiner/etwas kleiner/bissl kleiner/ein Stück kleiner"),
    ("small", "small", "klein"),
    ("tiny", "tiny/teeny tiny", "winzig/klitzeklein"),
    ("huge", "huge/enormous/gigantic", "riesig/riesengroß/gigantisch"),
)  # fmt: skip
"""As the prompt says it, or a step up or down."""
LISTED = patterns(
    "{a} and {b}\n({a} and {b})\n{a} & {b}\n{a} and also {b}\n{a} plus {b}",
    "{a} und {b}\n({a} und {b})\n{a} und dazu {b}\n{a} und auch {b}\n{a} und noch dazu {b}\n(({a} und {b}))",
)
"""Two looks of one thing."""
LISTED_LAST = patterns(
    """
    {a} and {b}
    ({a} and {b})
    (({a} and {b}))
    ((({a} and {b})))
    {a}, and {b}
    {a} + {b}
    {a} & {b}
    {a} plus {b}
    {a} and also {b}
    {a}, and also {b}
    {a} and maybe {b}
    {a} and on top of that {b}
    {a} n {b}
    """,
    """
    {a} und {b}
    ({a} und {b})
    (({a} und {b}))
    ((({a} und {b})))
    {a}, und {b}
    {a} + {b}
    {a} & {b}
    {a} und außerdem {b}
    {a} sowie {b}
    {a} und vielleicht {b}
    {a} und auch {b}
    {a} plus {b}
    """,
)
"""The last piece of a list and those before."""
CLAUSES_LAST = patterns(
    """
    {a} and {b}
    ({a} and {b})
    (({a} and {b}))
    {a}, and {b}
    {a} and also {b}
    {a} & {b}
    {a}, plus {b}
    """,
    """
    {a} und {b}
    ({a} und {b})
    (({a} und {b}))
    {a}, und {b}
    {a} & {b}
    {a} u {b}
    """,
)
"""The same for whole clauses, where "außerdem" would turn the words around."""
