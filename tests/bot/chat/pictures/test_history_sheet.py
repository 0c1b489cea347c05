"""The sheet of /history: which cards there are, what they say, and that any number of them can be drawn."""

import io
from datetime import UTC, datetime

import pytest
from PIL import Image

from bot.chat.pictures import history_sheet
from bot.domain.conversation import Origin, Parameters, Turn, TurnKind
from bot.domain.edit_tree import EditTree
from bot.i18n import Language
from tests.bot.engines import sketch

EN = Language.ENGLISH
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def turn(number: int, parent: int | None, words: str, kind: TurnKind = TurnKind.REFINE) -> Turn:
    return Turn(
        number, 1, parent, kind, Origin.SLASH, 5, words, "a fox", "a fox", Parameters(1, 1, 1.0, 64, 64),
        follows_head=False, created_at=NOW, finished_at=NOW,
    )  # fmt: skip


def tree(*turns: Turn, head: int | None = None) -> EditTree:
    return EditTree({one.id: one for one in turns}, head, turns[-1].id)


def test_cards_count_live_pictures_and_name_their_parent() -> None:
    grown = tree(
        turn(3, None, "", TurnKind.IMAGINE),
        turn(7, 3, "make it night"),
        turn(8, 7, "add a boat"),
        turn(9, 3, "as a sketch"),
        head=8,
    ).delete(7, NOW)
    cards = history_sheet.cards(grown, EN)
    assert [(card.number, card.parent, card.here) for card in cards] == [
        (1, None, False),
        (2, 1, True),
        (3, 1, False),
    ]
    assert [card.words for card in cards] == ["a fox", "add a boat", "as a sketch"]


@pytest.mark.parametrize(
    ("language", "named"), [(EN, ["another one", "varied"]), (Language.GERMAN, ["noch eines", "Variante"])]
)
def test_what_has_no_words_of_its_own_is_named(language: Language, named: list[str]) -> None:
    cards = history_sheet.cards(
        tree(
            turn(1, None, "", TurnKind.IMAGINE),
            turn(2, 1, "x", TurnKind.REROLL),
            turn(3, 1, "x", TurnKind.VARY),
        ),
        language,
    )
    assert [card.words for card in cards[1:]] == named


@pytest.mark.parametrize(("count", "size"), [(1, (240, 342)), (6, (876, 656)), (20, (1088, 1284))])
def test_any_number_of_cards_makes_a_sheet(count: int, size: tuple[int, int]) -> None:
    turns = [
        turn(1, None, "", TurnKind.IMAGINE),
        *(turn(n, n - 1, "word " * 40) for n in range(2, count + 1)),
    ]
    cards = history_sheet.cards(tree(*turns, head=1), EN)
    sheet = history_sheet.draw(cards, {1: sketch("a", 1, 96, 128)}, EN)
    with Image.open(io.BytesIO(sheet)) as picture:
        assert picture.size == size


@pytest.mark.parametrize(("count", "letter"), [(3, 14), (8, 10), (history_sheet.MOST, 8)])
def test_the_letters_are_large_enough_for_a_phone(count: int, letter: float) -> None:
    turns = [turn(n, n - 1 or None, "make it night") for n in range(1, count + 1)]
    drawn = history_sheet.draw(history_sheet.cards(tree(*turns), EN), {}, EN)
    with Image.open(io.BytesIO(drawn)) as sheet:
        assert history_sheet.LETTER * 340 / sheet.width >= letter  # a phone shows it 340 pixels wide


def test_words_that_no_font_can_draw_are_no_trouble() -> None:
    cards = history_sheet.cards(tree(turn(1, None, "🦊 in 雪", TurnKind.IMAGINE)), EN)
    assert history_sheet.draw(cards, {}, EN).startswith(b"\x89PNG")


def test_nothing_to_show_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one picture"):
        history_sheet.draw([], {}, EN)
