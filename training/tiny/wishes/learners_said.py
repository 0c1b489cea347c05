"""Wishes in the words of people who are learning the language: simple, with other word order, but plain."""

from __future__ import annotations

from training.tiny.wishes.voice import patterns

RECOLOUR = patterns(
    """
    can you make that {nom} {is} {colour}?
    please to make {thing} {colour}
    {thing} i want {colour}
    i am wanting {thing} {colour}
    {nom} must become {colour} (colour|color|)
    it is better when {nom} {is} {colour}
    you can (make|do|paint) {bare} {colour}?
    (i have wish|my wish|one wish): {bare} {colour}
    why {bare} no {colour}?
    {bare} not {colour} (why?|please change)
    {bare} want {colour} (color|colour|) please
    for {bare} better {colour}
    """,
    """
    bitte machen {thing} {colour}
    ich wollen {thing} {colour}
    du machen {bare} {colour}?
    können Sie {bare} machen {colour}?
    warum {bare} nicht {colour}?
    {bare} soll {colour}
    {thing} ich will {colour}
    ich möchte haben {thing} {colour}
    besser {bare} ist {colour}
    (mein Wunsch|ich habe Wunsch): {bare} {colour}
    kannst du machen, dass {nom} {ist} {colour}?
    {bare} bitte machen {colour} Farbe
    """,
)
TO_SIZE = patterns(
    """
    can you make that {nom} {is} {size}?
    please to make {thing} {size}
    {thing} i want {size}
    {nom} must become {size}
    you can (make|do|draw) {bare} {size}?
    (i have wish|my wish|one wish): {bare} {size}
    why {bare} no {size}?
    it is better when {nom} {is} {size}
    """,
    """
    bitte machen {thing} {size}
    ich wollen {thing} {size}
    du machen {bare} {size}?
    können Sie {bare} machen {size}?
    warum {bare} nicht {size}?
    {thing} ich will {size}
    ich möchte haben {thing} {size}
    (mein Wunsch|ich habe Wunsch): {bare} {size}
    """,
)
ADD = patterns(
    """
    please to (add|put|draw) {new}
    {new} i want too
    i am wanting {new} (too|also)
    you can (add|put|draw) {new} (too|)?
    i like have {new} in picture (too|)
    picture need {new}
    also {new} must be there
    (i have wish|my wish|one wish): {new} (too|also)
    it is better when {new} {is} there too
    can you make that there {is} {new} too?
    """,
    """
    bitte machen noch {new} (dazu|rein|)
    ich wollen noch {new}
    du machen noch {new} (dazu|)?
    können Sie machen noch {new} (dazu|rein)?
    ich möchte haben noch {new}
    noch {new} ich will haben
    Bild brauchen noch {new}
    (mein Wunsch|ich habe Wunsch): noch {new}
    kannst du machen, dass da {ist} auch {new_nom}?
    """,
)
REMOVE = patterns(
    """
    please to (remove|delete|take away) {thing}
    {thing} i don't want
    i not want {bare}
    you can (remove|delete|take away) {bare}?
    (i have wish|my wish|one wish): no {bare}
    {bare} must away
    it is better when {nom} {is} not there
    can you make that {nom} {is} (gone|away|not there)?
    picture no need {bare}
    make away {thing}
    """,
    """
    bitte machen {thing} weg
    ich nicht wollen {bare}
    du machen {bare} weg?
    können Sie {bare} machen weg?
    {bare} ich will nicht
    {bare} nix gut, (weg|weg machen)
    Bild nicht brauchen {bare}
    (mein Wunsch|ich habe Wunsch): {bare} weg
    kannst du machen, dass {nom} {ist} weg?
    besser {bare} ist weg
    """,
)
REPLACE = patterns(
    """
    please to change {thing} in {new}
    {thing} i want as {new}
    not want {a}, want {new}
    you can make from {thing} {new}?
    {nom} must become {new}
    {thing} away, {new} there
    where {nom} {is} i want {new}
    """,
    """
    bitte machen aus {dat} {new}
    nicht {bare}, ich wollen {new}
    {bare} weg, dafür machen {new}
    du machen {new} aus {dat}?
    ich möchte haben {new} statt {bare}
    besser {new} als {bare}
    """,
)
TIME = patterns(
    """
    please to make {w}
    it must become {w}
    i want that it is {w}
    you can make {w}?
    (i have wish|my wish|one wish): {w}
    it is better when it is {w}
    why no {w}?
    """,
    """
    bitte machen {w_acc}
    ich wollen {w_acc}
    du machen {w_acc}?
    können Sie machen {w_acc}?
    ich möchte haben {w_acc}
    warum nicht {w}?
    (mein Wunsch|ich habe Wunsch): {w}
    besser ist {w}
    """,
)
"""Of a time, and in German of a weather as well."""
PLACE = patterns(
    """
    please to put {them} {w}
    i want that {they} be {w}
    you can make it {w}?
    (i have wish|my wish|one wish): {them} {w}
    it is better when it is {w}
    why not {w}?
    """,
    """
    bitte machen das {w}
    ich wollen das {w}
    du machen das {w}?
    können Sie das machen {w}?
    (mein Wunsch|ich habe Wunsch): alles {w}
    warum nicht {w}?
    besser das ist {w}
    """,
)
STYLE = patterns(
    """
    please to make it like {w}
    i want that it look like {w}
    you can make like {w}?
    (i have wish|my wish|one wish): like {w}
    it must look like {w}
    why not like {w}?
    """,
    """
    bitte machen wie {w}
    ich wollen das wie {w}
    du machen das wie {w}?
    können Sie das machen wie {w}?
    (mein Wunsch|ich habe Wunsch): wie {w}
    Bild soll aussehen wie {w}
    """,
)
