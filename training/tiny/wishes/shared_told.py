"""Colours of one of two things, each, both or all, and no style, in a story, a complaint or an order.

The slots are those of `colours_said`.
"""

from __future__ import annotations

from training.tiny.wishes.voice import patterns

ONE_OF_TWO = patterns(
    """
    imagine {thing} in {colour} and {other} as before, (do that|like that please)
    it'd be (nice|cool|better) if {thing} was {colour}, {other} can stay as is
    {colour}? only for {thing}, (please|) not for {other}
    happy with {other}, but {thing} (in|should be) {colour} (please|)
    {other} (fine|ok|good), {thing} {colour}
    i only care about {thing}: {colour} please
    change one thing: {thing} in {colour}
    don't touch {other}! {thing} {colour}
    hands off {other}, just {thing} in {colour}
    if {thing} was {colour} and {other} as it is i'd be happy
    """,
    """
    stell dir vor, {nom} {wäre} {colour}, aber {other_nom} wie jetzt. (mach das|so bitte)
    (wäre|wär) (schön|cool|besser), wenn {nom} {colour} {wäre}, {other} lass so
    {colour}? nur für {thing}, (bitte|) nicht für {other}
    mit {other_dat} bin ich zufrieden, aber {nom} (bitte|lieber) (in|) {colour}
    {other_nom} ok, {nom} bitte {colour}
    mir geht's nur um {thing}: {colour} bitte
    nur eine Änderung: {nom} in {colour}
    {other} nicht anfassen! {thing} {colour} machen
    Finger weg von {other_dat}, nur {thing} in {colour}
    kannste nur {thing} {colour} machen (und {other} lassen|)?
    tu nur {thing} {colour} machen, {other} nicht
    """,
)
EACH = patterns(
    """
    imagine {thing} in {colour} and {other} in {colour2}, (do that|like that please)
    it'd be (nice|cool|better) if {thing} was {colour} and {other} {colour2}
    i was hoping for {thing} in {colour} and {other} in {colour2}
    {thing} => {colour}, {other} => {colour2}
    {thing} = {colour}; {other} = {colour2}
    {thing} {colour} / {other} {colour2}
    give {thing} {a_colour} coat, but {other} (should be|in) {colour2}
    {colour}: {thing}. {colour2}: {other}
    {thing} wants to be {colour}, {other} {colour2}
    """,
    """
    stell dir vor, {nom} in {colour} und {other_nom} in {colour2}. (mach das|so bitte)
    (wäre|wär) (schön|cool|besser): {nom} {colour} und {other_nom} {colour2}
    ich hatte auf {thing} in {colour} und {other} in {colour2} gehofft
    {nom} => {colour}, {other_nom} => {colour2}
    {nom} = {colour}; {other_nom} = {colour2}
    {nom} {colour} / {other_nom} {colour2}
    {colour}: {nom}. {colour2}: {other_nom}
    kannste {thing} {colour} und {other} {colour2} machen?
    tu {thing} {colour} und {other} {colour2} machen
    {thing} hätt ich gern {colour}, {other} {colour2}
    """,
)
ALL = patterns(
    """
    imagine everything (was|were) {colour}, (do that|like that please)
    it'd be (nice|cool|perfect|dope) if everything was {colour}
    i was hoping for everything in {colour}
    /(color|paint) all {colour}
    all objects => {colour}
    set (colour|color) of all (objects|things) to {colour}
    (guess what would be cool|you know what would be nice)? everything in {colour}
    what's not {colour} should be {colour}
    why on earth is not everything {colour}??
    i'd be happy if everything was {colour}
    please to make all {colour}
    the client wants everything in {colour}
    """,
    """
    stell dir vor, alles wäre {colour}. (mach das|so bitte|so will ich das)
    (wäre|wär) (cool|schön|super|mega), wenn alles {colour} (wäre|ist)
    (ich fänds|ich fänd es|fänds) (besser|schöner|cooler), wenn alles {colour} wäre
    ich hatte auf alles in {colour} gehofft
    kannste alles (mal|bitte|) {colour} machen?
    (machste|machst du) (bitte|mal|) alles {colour}?
    tu (mal|bitte|) alles {colour} machen
    Farbe von allem auf {colour} (setzen|ändern|stellen)
    alle Objekte => {colour}
    was noch nicht {colour} ist, soll auch {colour} werden
    bitte machen alles {colour}
    der Kunde will alles in {colour}
    """,
)
BOTH = patterns(
    """
    imagine both were {colour}, (do that|like that please)
    it'd be (nice|cool|perfect|cute) if both were {colour}
    i was hoping for both in {colour}
    both => {colour}
    set (colour|color) of both to {colour}
    (guess what would be cute|you know what would be nice)? both in {colour}
    please to make both {colour}
    """,
    """
    stell dir vor, beide wären {colour}. (mach das|so bitte|so will ich das)
    (wäre|wär) (cool|schön|super|süß), wenn beide {colour} wären
    ich hatte auf beide in {colour} gehofft
    kannste beide (mal|bitte|) {colour} machen?
    tu (mal|bitte|) beide {colour} machen
    beide => {colour}
    beide auf {colour} (setzen|stellen)
    """,
)
UNSTYLE = patterns(
    """
    imagine it without the style, (do that|like that please)
    it'd be (nicer|better) without (the|that) style
    i was hoping for no style at all
    /style (none|off)
    style = (none|off|0)
    style => none
    (disable|deactivate|clear) the style
    (ugh|bruh|omg), that style. (remove|drop|delete) it
    (what if|how about) no style?
    i'd rather have it without (the|any) style
    the client hates (the|that) style, (remove|drop) it
    """,
    """
    (wäre|wär) (schöner|besser) ohne (den|diesen) Stil
    (ich fänds|ich fänd es|fänds) (besser|schöner) ohne (den|diesen) Stil
    Stil = (aus|keiner|0)
    Stil => keiner
    Stil (aus|ausschalten|deaktivieren|weg|entfernen)
    kannste den Stil (mal|bitte|) (wegmachen|weglassen|ausmachen)?
    (machste|machst du) den Stil (bitte|mal|) (weg|aus)?
    tu den Stil (mal|bitte|) weg
    der Stil nervt(. weg damit|, weg)
    wie wär's ohne Stil?
    auf den Stil kann ich (gut|gerne|echt) verzichten
    """,
)
