"""Wishes about a thing as if it were in the picture: another colour or size for it, or that it comes back.

Every line takes for granted that the thing is there, or was: none could as well ask for a new one.
"""

from __future__ import annotations

from training.tiny.wishes.voice import patterns

ABSENT_COLOUR = patterns(
    """
    {nom} (should be|needs to be|has to be|must be) {colour} (please|instead|)
    !(make|paint|colour|turn) {thing} {colour}
    !change the (colour|color) of {thing} to {colour}
    (can|could) you (make|paint|turn) {thing} {colour}?
    can {nom} be {colour} (instead|)?
    (i'd|i would) (prefer|like) {thing} to be {colour}
    {nom} would look (better|nicer|cooler) in {colour}
    why {is} {nom} not {colour}?
    {nom} (was|were) supposed to be {colour}
    (make|paint) {thing} {colour} like (mine|ours|the one i have)
    (ok now|now|and|next), {thing} in {colour} (please|)
    (isn't it possible|is it possible) to (make|paint) {thing} {colour}?
    """,
    """
    {nom} {soll} {colour} (sein|werden) (bitte|)
    !mach/machen {thing} (bitte|mal|) {colour}
    !mal_an/anmalen {thing} {colour}
    (kannst du|kannste|könntest du) {thing} (bitte|mal|) {colour} (machen|anmalen|färben)?
    {thing} (hätt ich|hätte ich) (gern|lieber) in {colour}
    in {colour} {wäre} {nom} (besser|schöner|cooler)
    (warum|wieso) {ist} {nom} (eigentlich|) nicht {colour}?
    (geht|ginge) {nom} (auch|vielleicht|) in {colour}?
    ich (will|möchte), dass {nom} {colour} {ist}
    änder (mal|bitte|) die farbe von {dat} (in|auf|zu) {colour}
    {thing} (bitte|mal) {colour} (anmalen|machen|färben)
    und (jetzt|nun) {thing} (noch|) in {colour} bitte
    """,
)
ABSENT_SIZE = patterns(
    """
    !make {thing} (bigger|smaller|larger|huge|tiny|way bigger|a bit smaller)
    {nom} (should|must|needs to|has to) be (bigger|smaller|larger|way smaller)
    (can|could) you make {thing} (bigger|smaller|a lot bigger|a little smaller)?
    {nom} {is} (too|way too|far too|much too) (small|big|large|tiny)
    (can|could) {nom} be (bigger|smaller) (please|)?
    !(shrink|enlarge) {thing} (a bit|a little|)
    """,
    """
    !mach/machen {thing} (bitte|mal|) (größer|kleiner|viel größer|etwas kleiner|riesig)
    {nom} {soll} (größer|kleiner|viel größer|bissl kleiner) sein
    {nom} {ist} (zu|viel zu|ein bisschen zu) (klein|groß)
    (kannst du|kannste) {thing} (bitte|) (größer|kleiner|ne ecke größer) machen?
    ich (will|hätte gern), dass {nom} (größer|kleiner) {ist}
    {nom} {muss} (größer|kleiner) (werden|sein)
    """,
)
ABSENT_BACK = patterns(
    """
    !(put|bring) {thing} back (please|)
    (i want|can i have|we want) {thing} back
    {nom} should come back
    where did {nom} go? (put|bring) {it} back
    (can|could) you (put|bring) {thing} back (in|)?
    !give {thing} back
    (undelete|restore) {thing} (please|)
    """,
    """
    !hol_zurück/zurückholen {thing} (bitte|)
    !tu_zurück/zurücktun {thing} (bitte|) wieder
    {nom} {soll} (wieder zurück|zurückkommen|wieder zurückkommen)
    (ich will|ich hätte gern) {thing} (wieder zurück|zurück)
    (kannst du|kannste|könntest du) {thing} (wieder|bitte|) zurückholen?
    bring {thing} (wieder|bitte|) zurück
    stell {thing} wieder her
    """,
)
