"""The words under the pictures of a sheet: all languages can be drawn, nothing is wider than its place."""

import pytest

from bot.chat.pictures.sheet_text import drawable, font, lines
from bot.i18n import Language
from bot.texts import pictures, ways

WIDTH, SIZE = 192, 13


@pytest.mark.parametrize("language", Language)
def test_what_a_sheet_says_itself_can_be_drawn_in_every_language(language: Language) -> None:
    for text in (
        pictures.ANOTHER_ONE,
        pictures.CARD_VARIED,
        pictures.CARD_LARGER,
        pictures.CARD_RECOMPOSED,
        ways.CARD_EDITED,
        ways.CARD_ANEW,
    ):
        assert drawable(text(language)) == text(language)
    assert drawable(pictures.CARD_FROM(language, parent=1, words="x"))


@pytest.mark.parametrize(
    "words",
    [
        "Füchse, Größe, Straße",
        "forêt à l’œuvre, ça",
        "¿mañana, pingüino?",
        "coração, pão, avô",
        "雪の中の赤い狐、ゆっくり",
    ],
)
def test_accents_and_japanese_are_drawn(words: str) -> None:
    assert drawable(words) == words


@pytest.mark.parametrize(("words", "left"), [("🦊 in 雪", "in 雪"), ("뮤 a\u3000b\n c", "a b c"), ("🦊", "")])
def test_what_the_font_lacks_is_left_out(words: str, left: str) -> None:
    assert drawable(words) == left


@pytest.mark.parametrize(
    "words",
    [
        "a red fox " * 30,
        "雪の中の赤い狐、" * 30,
        "x" * 300,
        "WWWW" * 40,
        "。" * 3 + "狐" * 90,
        "",
        "Ünïcödé " * 40,
    ],
)
def test_lines_fit_and_a_longer_text_ends_with_dots(words: str) -> None:
    found = lines(words, SIZE, WIDTH, 3)
    assert len(found) <= 3
    # a mark that may not begin a line hangs out of the one before
    assert all(font(SIZE).getlength(line) <= WIDTH + 4 * SIZE for line in found)
    assert not words or found[-1].endswith("…")


def test_a_longer_text_is_cut_between_words() -> None:
    assert lines("add a small boat with a white sail", 28, WIDTH, 2) == ["add a small", "boat with a…"]


def test_a_short_text_stays_whole() -> None:
    assert lines("make it night", SIZE, WIDTH, 3) == ["make it night"]
    assert (
        "".join(lines("雪の中の赤い狐が静かに眠っている", SIZE, WIDTH, 3))
        == "雪の中の赤い狐が静かに眠っている"
    )
    assert lines("雪の中の赤い狐が静かに眠。", SIZE, WIDTH, 3)[-1] != "。"
