"""How it is said that one thing takes the colour of another, or that both exchange something."""

from __future__ import annotations

from training.tiny.wishes.voice import patterns

LIKE = patterns(
    """
    !(make|paint|colour|color) {thing} (the same colour as|the same color as|in the colour of) {other}
    !(paint|colour|color) {thing} like {other}
    {thing} should have the (same colour|same color|colour) (as|like) {other}
    {thing} (in|with) the (colour|color) of {other}
    !give {thing} the (colour|color) of {other}
    same (colour|color) for {thing} as {other}
    !(match|adapt|adjust) the (colour|color) of {thing} to {other}
    {thing} should (match|match the colour of|match the color of) {other}
    i want {thing} and {other} to match, use the (colour|color) of {other}
    (colour|color) of {thing} = (colour|color) of {other}
    !(copy|take|use) the (colour|color) of {other} for {thing}
    could {thing} be the same (colour|color) as {other}?
    what if {thing} had the (colour|color) of {other}?
    {thing}: same (colour|color) as {other}
    {thing} just as (colourful|colored) as {other}, same (shade|tone|colour)
    !paint {thing} with the paint of {other}
    the (colour|color) of {other} would suit {thing} too
    i like the (colour|color) of {other}, (use it on|give it to|put it on) {thing} too
    whatever (colour|color) you gave {other}, {thing} should have it too
    {other} came out in a (nice|lovely|cool) (colour|color), {thing} should get it as well
    {thing} (the|) same (colour|color) like {other} please
    """,
    """
    !(mach/machen|färb/färben) {thing} in der Farbe von {other_dat}
    {nom} (in|bitte in) derselben Farbe wie {other_nom}
    !gib/geben {dat} die Farbe von {other_dat}
    {nom} {soll} die gleiche Farbe haben wie {other_nom}
    !färb/färben {thing} so wie {other}
    !(mal/malen|streich/streichen) {thing} in der gleichen Farbe wie {other}
    {nom} in der Farbe von {other_dat} (bitte|)
    {kann} {nom} die (gleiche|selbe) Farbe haben wie {other_nom}?
    {nom}: (gleiche|dieselbe) Farbe wie {other_nom}
    !nimm/nehmen für {thing} die Farbe von {other_dat}
    !pass_an/anpassen die Farbe von {dat} an {other}
    {nom} {soll} farblich wie {other_nom} sein
    was wäre, wenn {nom} die Farbe von {other_dat} {hätte}?
    die Farbe von {other_dat} würde auch {dat} stehen
    die Farbe von {other_dat} gefällt mir, die {soll} auch {nom} (haben|kriegen)
    ich (will|möchte|hätte gern) {thing} in der Farbe von {other_dat}
    Farbe von {dat} = Farbe von {other_dat}
    !übertrag/übertragen die Farbe von {other_dat} auf {thing}
    """,
)
SWAP = patterns(
    """
    !(swap|switch|exchange|trade|flip) (the|their|) {what}
    !(swap|switch|exchange) the {what} of {thing} and {other}
    {thing} and {other} should (swap|trade|exchange) {what}
    the {what} the other way (round|around)
    !(swap|switch) {what} between {thing} and {other}
    {what} (swapped|reversed|vice versa) please
    !let {thing} and {other} (swap|trade) {what}
    (could|can) {thing} and {other} (swap|trade|switch) {what}?
    you (mixed up|confused) the {what} (of {thing} and {other}|, swap them)
    you got the {what} (the wrong way round|wrong, swap them)
    the {what} (are|got) mixed up, (swap|switch) them
    what if {thing} and {other} (swapped|traded|switched) {what}?
    i want the {what} of {thing} and {other} (swapped|switched|exchanged|the other way round)
    {thing} and {other}: {what} (reversed|swapped|exchanged)
    (wrong way round|other way around), i mean the {what}
    the {what} are the wrong way (round|around)
    {what}: {thing} <-> {other}
    !(invert|reverse) the {what} of (the two|both)
    (the {what} of {thing} and {other}|{what}) should be the other way (round|around)
    (i'd like|i want|we want) {thing} and {other} to (swap|trade|exchange|switch) {what}
    (would|could|can) you (please |)(swap|switch|exchange) the {what} of {thing} and {other}?
    (it would be|it'd be) (nicer|funnier|better|cool) if {thing} and {other} (swapped|traded|switched) {what}
    (funny idea:|idea:|just for fun) {thing} and {other} (trade|swap) {what}
    the {what} of {thing} and {other} need to be (swapped|switched|reversed|exchanged)
    {thing} and {other} with (swapped|exchanged|reversed) {what}
    {what} (swap|exchange|switch) between {thing} and {other}
    have {thing} and {other} (trade|switch|exchange) {what}
    (same picture|everything the same), (but|just) the {what} of {thing} and {other} (swapped|reversed)
    the two should (swap|trade|exchange) their {what}
    (let's|lets|how about we) (swap|switch|exchange) the {what} of {thing} and {other}
    """,
    """
    !(tausch/tauschen|vertausch/vertauschen) die {what}
    !(tausch/tauschen|vertausch/vertauschen) die {what} von {dat} und {other_dat}
    die {what} (andersrum|umgekehrt|vertauscht|genau umgekehrt)
    {nom} und {other_nom} sollen die {what} tauschen
    !tausch_aus/austauschen die {what}
    (können|könnten) {nom} und {other_nom} die {what} tauschen?
    du hast die {what} (vertauscht|verwechselt), (tausch sie|andersrum)
    was wäre, wenn {nom} und {other_nom} die {what} tauschen?
    bei {dat} und {other_dat} die {what} (tauschen|vertauschen)
    die {what} von {dat} und {other_dat} (andersrum|umgekehrt|bitte tauschen)
    ich (will|möchte|hätte gern) die {what} (andersrum|vertauscht|umgekehrt)
    {what}: {nom} <-> {other_nom}
    die {what} sind (verkehrt|falsch|genau falsch) rum, (tauschen|tausch sie)
    die zwei sollen ihre {what} tauschen
    !wechsel/wechseln die {what} zwischen {dat} und {other_dat}
    tausch (mal|ma|bitte|doch mal) die {what} (von|zwischen|bei) {dat} und {other_dat}
    (kannste|kannst du|könntest du) (mal|bitte|) die {what} von {dat} und {other_dat} (tauschen|vertauschen)?
    ich (hätte gern|möchte|will), dass {nom} und {other_nom} die {what} tauschen
    (wäre|es wäre) (lustig|schöner|cool), wenn {nom} und {other_nom} die {what} (tauschen|tauschen würden)
    (mach|mach bitte|mach mal), dass {nom} und {other_nom} die {what} tauschen
    die {what} von {dat} und {other_dat} (müssen|sollen|sollten) (vertauscht|getauscht) werden
    {nom} und {other_nom} mit (vertauschten|getauschten) {what}
    lass {thing} und {other} (mal|bitte|) die {what} tauschen
    (gleiches Bild|alles gleich), (nur|bloß) die {what} von {dat} und {other_dat} (vertauscht|andersrum)
    (lustige Idee:|Idee:|nur zum Spaß:) {nom} und {other_nom} tauschen die {what}
    die {what} (von beiden|der beiden) (tauschen|vertauschen|umdrehen)
    """,
)
SWAP_EACH = patterns(
    """
    let {thing} have the {what} of {other} and the other way (round|around)
    {thing} should have the {what} of {other} and the other way (round|around)
    !give {thing} the {what} of {other} and vice versa
    {thing} gets the {what} of {other} and (vice versa|the other way round)
    (i want|i'd like) {thing} to have the {what} of {other} and the other way (round|around)
    (what if|it would be nice if) {thing} had the {what} of {other} and the other way (round|around)
    !give {thing} the {what} of {other} and {other} the {what} of {thing}
    {thing} with the {what} of {other} and {other} with the {what} of {thing}
    (can|could) {thing} have the {what} of {other} and the other way round?
    {thing} (gets|with) {whose_what} and (the other way round|vice versa)
    let {thing} have {whose_what} and the other way (round|around)
    (can|could) {thing} get {whose_what} and the other way round?
    !give {thing} {whose_what} and the other way (round|around)
    """,
    """
    {nom} {soll} die {what} von {other_dat} haben und umgekehrt
    gib {dat} (mal|bitte|) die {what} von {other_dat} und (umgekehrt|andersrum)
    {nom} {kriegt} die {what} von {other_dat} und umgekehrt
    ich (hätte gern|möchte|will), dass {nom} die {what} von {other_dat} {hat} und umgekehrt
    (was wäre|wäre schön|wäre lustig), wenn {nom} die {what} von {other_dat} {hätte} und umgekehrt
    gib {dat} die {what} von {other_dat} und {other_dat} die {what} von {dat}
    {kann} {nom} die {what} von {other_dat} haben und umgekehrt?
    {nom} mit der {what} von {other_dat} und (umgekehrt|andersrum)
    für {thing} die {what} von {other_dat} und umgekehrt
    (mach|mach bitte), dass {nom} die {what} von {other_dat} {hat} und umgekehrt
    """,
)
"""Each thing gets what the other has: a colour or a size."""
SWAP_COLOUR = patterns(
    """
    {thing} should be {had2} and {other} {had}
    !(make|paint) {thing} {had2} and {other} {had}
    {thing} in {had2}, {other} in {had}
    {thing} should have the (colour|color) of {other} and the other way (round|around)
    !give {thing} the (colour|color) of {other} and vice versa
    not {thing} {had} and {other} {had2}, the other way (round|around)
    """,
    """
    {nom} {soll} {had2} sein und {other_nom} {had}
    !(mach/machen|mal/malen) {thing} {had2} und {other} {had}
    {nom} in {had2}, {other_nom} in {had}
    !gib/geben {dat} die Farbe von {other_dat} und umgekehrt
    nicht {nom} {had} und {other_nom} {had2}, sondern andersrum
    """,
)
