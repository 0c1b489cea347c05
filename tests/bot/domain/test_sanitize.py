"""People's words, cleaned and checked."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.sanitize import checked, clean, same_words
from bot.errors import EmojiOnly, EmptyText, TextTooLong


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("  a fox\n\tin\r\n the   snow ", "a fox in the snow"),
        ("a\u00a0fox\u2003in\u2028snow", "a fox in snow"),
        ("cafe\u0301", "café"),
        ("make <@123> and <@!4> and <@&5> look at <#6>", "make and and look at"),
        ("a <:fox:123> and <a:dance:456>!", "a and !"),
        ("now <t:1700000000:R> or <t:-5>", "now or"),
        ("</imagine sub:12> a house", "a house"),
        ("a house for @everyone, not @@here", "a house for everyone, not here"),
        ("mail me@example.org", "mail me@example.org"),
        ("a < b > c <3", "a < b > c <3"),
        ("a\u200bb\ufeffc\u2060d\u00ade", "abcde"),
        ("evil \u202egnp.exe\u202c \u2066x\u2069\u200f", "evil gnp.exe x"),
        ("a\x00b\x07c\x1b[31m", "abc[31m"),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("flag \U000e0067\U000e007f", "flag"),
        ("blank \u3164\u2800 filler", "blank filler"),
        ("<@\u200b123> hidden mention", "hidden mention"),
        ("\u200d\u200d", ""),
    ],
)
def test_cleaning(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


@pytest.mark.parametrize(
    "text",
    [
        "بيت أحمر في مرج",
        "שלום עולם",
        "می\u200cخواهم",  # Persian needs the non-joiner
        "क्\u200dष",  # Hindi the joiner
        "a family 👨\u200d👩\u200d👧 in snow",
        "一只狐狸",
        "❤️ house",
    ],
)
def test_words_of_any_script_stay_as_they_are(text: str) -> None:
    assert checked(text, 100) == text


@pytest.mark.parametrize(
    "text", ["", "   ", "\u200b\u200d\ufeff", "\u202e\u202c", "...!?", "<@123>", "\u3164"]
)
def test_texts_without_any_words_are_refused(text: str) -> None:
    with pytest.raises(EmptyText):
        checked(text, 100)


@pytest.mark.parametrize("text", ["🦊", "🦊 🦊!", "👨\u200d👩\u200d👧", "1️⃣2️⃣", "🇫🇷", "👍🏽", "❤️"])
def test_emoji_alone_are_refused(text: str) -> None:
    with pytest.raises(EmojiOnly):
        checked(text, 100)


def test_the_limit_holds_for_the_cleaned_text() -> None:
    assert checked("x" * 20 + "\u200b" * 50, 20) == "x" * 20
    with pytest.raises(TextTooLong) as refusal:
        checked("x" * 21, 20)
    assert refusal.value.fields == {"length": 21, "limit": 20}


@given(st.text())
def test_clean_text_is_one_visible_line_and_stays_so(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert cleaned == " ".join(cleaned.split())
    invisible = [c for c in cleaned if unicodedata.category(c)[0] == "C" and c not in "\u200c\u200d"]
    assert invisible == []


marks = st.sampled_from(
    ["<@1>", "<@", "1>", "@", "everyone", "\u200d", "\u200b", " ", "a", "<:x:1>", "\u0301", "#", "\u20e3"]
)


@given(st.lists(marks).map("".join))
def test_no_mark_of_discord_is_put_together_by_cleaning(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert "<@1>" not in cleaned
    assert "@everyone" not in cleaned


@given(st.text(), st.integers(1, 50))
def test_checked_text_has_words_and_fits(text: str, limit: int) -> None:
    try:
        result = checked(text, limit)
    except (EmptyText, EmojiOnly, TextTooLong):
        return
    assert 0 < len(result) <= limit
    assert any(character.isalnum() for character in result)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("a fox in snow", "A fox, in  snow.", True),
        ("a fox", "a red fox", False),
        ("a red fox", "a fox", False),
        ("a fox and a hen", "a hen and a fox", False),
        ("ein Fuß", "EIN FUSS", True),
        ("a (fox)", "a ((fox))", False),
        ("", " ,", True),
    ],
)
def test_texts_are_the_same_by_their_words(one: str, other: str, same: bool) -> None:
    assert same_words(one, other) is same
