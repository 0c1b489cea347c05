"""The sheet of /history: every picture of a conversation with its number, its words and where it came from.

Cards stand in the order in which they were made, row by row. A card that goes on from the one before it is
joined to it by a line; any other says from which number it comes. The current picture has a coloured frame.

A message shows a picture about 550 pixels wide, on a phone about 340: the letters are so large, and the cards
so few, that the words can be read there, too.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageOps

from bot.chat.pictures.sheet_text import font, lines
from bot.domain.conversation import Turn, TurnKind
from bot.domain.edit_tree import EditTree
from bot.i18n import Language
from bot.texts import pictures as said
from bot.texts import ways

MOST = 20
"""Cards on a sheet; of a longer conversation it shows the latest."""
_SIDE, _GAP, _TEXT, _MARGIN = 192, 20, 102, 24  # pixels
_COLUMNS, _WIDER, _WIDER_FROM = 4, 5, 13  # cards in a row; from so many cards a row has more of them
_PAPER, _INK, _QUIET, _LINE, _HERE = "#fbfaf7", "#26241f", "#7a766c", "#c9c4b8", "#0e6877"
LETTER, _LEADING, _LINES = 28, 32, 3  # pixels of a letter, pixels from line to line, lines under a picture


@dataclass(frozen=True, slots=True)
class Card:
    """One picture on the sheet. `number` counts the conversation's pictures from 1; `parent` is a number."""

    number: int
    turn: Turn
    words: str
    parent: int | None
    here: bool


def cards(tree: EditTree, language: Language) -> list[Card]:
    """A card for each live turn, oldest first, numbered; a deleted parent gives way to its own parent."""
    live = [turn for _, turn in sorted(tree.turns.items()) if turn.live]
    numbers = {turn.id: number for number, turn in enumerate(live, start=1)}
    return [
        Card(
            numbers[turn.id],
            turn,
            words_of(turn, language),
            next((numbers[above.id] for above in tree.ancestors(turn.id) if above.id in numbers), None),
            turn.id == tree.head_turn_id,
        )
        for turn in live
    ]


def words_of(turn: Turn, language: Language) -> str:
    """What was asked for, in a few words."""
    named = {
        TurnKind.REROLL: said.ANOTHER_ONE,
        TurnKind.VARY: said.CARD_VARIED,
        TurnKind.UPSCALE: said.CARD_LARGER,
        TurnKind.RECOMPOSE: said.CARD_RECOMPOSED,
    }
    if turn.kind is TurnKind.OTHER_WAY:
        return (ways.CARD_EDITED if turn.way == "edit" else ways.CARD_ANEW)(language)
    if turn.kind in named:
        return named[turn.kind](language)
    return turn.instruction or turn.source_prompt


def draw(shown: Sequence[Card], pictures: Mapping[int, bytes], language: Language) -> bytes:
    """The sheet as a PNG. `pictures` are PNG or JPEG bytes by turn id; a missing one leaves its card empty.

    Raises ValueError when there is nothing to show.
    """
    if not shown:
        raise ValueError("a sheet needs at least one picture")
    columns = min(_COLUMNS if len(shown) < _WIDER_FROM else _WIDER, len(shown))
    rows = -(-len(shown) // columns)
    width = 2 * _MARGIN + columns * _SIDE + (columns - 1) * _GAP
    height = 2 * _MARGIN + rows * (_SIDE + _TEXT) + (rows - 1) * _GAP
    sheet = Image.new("RGB", (width, height), _PAPER)
    pen = ImageDraw.Draw(sheet)
    for place, card in enumerate(shown):
        x = _MARGIN + place % columns * (_SIDE + _GAP)
        y = _MARGIN + place // columns * (_SIDE + _TEXT + _GAP)
        follows = place > 0 and card.parent == shown[place - 1].number
        if follows and place % columns:
            pen.line((x - _GAP, y + _SIDE // 2, x, y + _SIDE // 2), fill=_LINE, width=4)
        told = card.parent is None or (follows and bool(place % columns))
        label = card.words if told else said.CARD_FROM(language, parent=card.parent, words=card.words)
        _card(sheet, pen, card, (x, y), pictures.get(card.turn.id), label)
    buffer = io.BytesIO()
    sheet.save(buffer, "PNG")
    return buffer.getvalue()


def _card(
    sheet: Image.Image,
    pen: ImageDraw.ImageDraw,
    card: Card,
    at: tuple[int, int],
    picture: bytes | None,
    label: str,
) -> None:
    """One picture with its number, and `label` under it."""
    x, y = at
    frame = (x - 4, y - 4, x + _SIDE + 3, y + _SIDE + 3)
    if picture is None:
        pen.rectangle(frame, outline=_LINE, width=2)
    else:
        with Image.open(io.BytesIO(picture)) as image:
            fitted = ImageOps.contain(image.convert("RGB"), (_SIDE, _SIDE))
        sheet.paste(fitted, (x + (_SIDE - fitted.width) // 2, y + (_SIDE - fitted.height) // 2))
    if card.here:
        pen.rectangle(frame, outline=_HERE, width=4)
    _badge(pen, card, x, y)
    for row, line in enumerate(lines(label, LETTER, _SIDE, _LINES)):
        pen.text((x, y + _SIDE + 6 + row * _LEADING), line, font=font(LETTER), fill=_INK)


def _badge(pen: ImageDraw.ImageDraw, card: Card, x: int, y: int) -> None:
    text, letters = str(card.number), font(LETTER)
    wide = int(pen.textlength(text, font=letters)) + 20
    pen.rounded_rectangle((x + 6, y + 6, x + 6 + wide, y + 42), 10, fill=_HERE if card.here else _INK)
    pen.text((x + 16, y + 24), text, font=letters, fill="white", anchor="lm")
