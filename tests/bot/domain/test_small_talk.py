"""What is plainly talk between people, and what is not."""

import pytest

from bot.domain.small_talk import (
    asks_for_nothing,
    is_greeting,
    is_praise,
    is_question,
    is_thanks,
    speaks_to_somebody,
)
from bot.i18n import Language
from bot.texts.commands import BY_LANGUAGE


@pytest.mark.parametrize(
    "text", ["hi", "Hello!", "hi there", "good morning :)", "thanks a lot", "hallo zusammen!"]
)
def test_greetings(text: str) -> None:
    assert is_greeting(text)


@pytest.mark.parametrize(
    "text",
    [
        "a green boat at sunset",
        "hi, make it night",
        "hello kitty",
        "thanks, now add snow",
        "good morning light",
        "",
    ],
)
def test_no_greetings(text: str) -> None:
    assert not is_greeting(text)


@pytest.mark.parametrize(
    "text",
    [
        "hi Ada, how is your day?",
        "Ada, make it night",
        "ada: look at this",
        "is it yours, Ada?",
        "hey grace hopper what do you think",
        "hi Zoe!",
        "hello everyone, look",
        "guten Morgen zusammen, was macht ihr?",
    ],
)
def test_words_to_somebody(text: str) -> None:
    assert speaks_to_somebody(text, ["Ada", "Grace Hopper"])


@pytest.mark.parametrize(
    "text",
    [
        "make it night",
        "hi, make it night",
        "hello kitty in the snow",
        "add Ada Lovelace at a desk",
        "Adam, sitting on a chair",
        "a portrait of Ada",
        "make the sky like Van Gogh",
        "hey add a boat",
    ],
)
def test_instructions_are_no_talk(text: str) -> None:
    assert not speaks_to_somebody(text, ["Ada", "Grace Hopper", "a"])


@pytest.mark.parametrize(
    ("text", "us"),
    [
        ("Hi Bot, my son wants a red car", "Pixie"),
        ("hello Pixie, make it night", "✨ Pixie ✨"),
        ("hello Painter, make it night", "Pixie the Painter"),
        ("Hey DiffChat, more snow", "Diff-Chat"),
        ("hallo Computer!", ""),
        ("Hi There, make it night", ""),
        ("Moin Moin, ein Boot", ""),
    ],
)
def test_who_greets_the_bot_or_nobody_speaks_to_nobody_else(text: str, us: str) -> None:
    assert not speaks_to_somebody(text, ["Ada", "Bot"], us)


def test_questions() -> None:
    assert is_question("what can you do? ")
    assert is_question("¿qué puedes hacer?")
    assert is_question("何ができますか。")
    assert not is_question("a fox")
    assert not is_question("赤い狐")


@pytest.mark.parametrize(
    "text",
    ["thanks!", "Thank you so much", "thx", "danke, das reicht", "thanks, that's it", "obrigado, já chega"],
)
def test_thanks_are_told(text: str) -> None:
    assert is_greeting(text)
    assert is_thanks(text)


@pytest.mark.parametrize(
    "text",
    ["thanks Ada", "hello", "thanks, now add a tree", "danke, mach es nacht", "thanks, that's enough snow"],
)
def test_what_is_more_than_thanks_is_not(text: str) -> None:
    assert not is_thanks(text)


@pytest.mark.parametrize(
    "text",
    [
        "nice", "nice one bro", "oh thats pretty", "That's SO cute!!", "wow, looks amazing 😍", "love it",
        "sieht super aus!",
        "oh wie schön", "das ist richtig gut geworden", "c'est magnifique", "qué bonito", "ficou lindo",
        "すごい！",
    ],
)  # fmt: skip
def test_praise_is_told_without_a_model(text: str) -> None:
    assert is_praise(text)


@pytest.mark.parametrize("language", Language)
def test_every_word_of_praise_is_praise_in_any_case(language: Language) -> None:
    words = BY_LANGUAGE[language].praise
    assert [word for word in words if not is_praise(f"{word}!") or not is_praise(word.upper())] == []


@pytest.mark.parametrize(
    "text",
    [
        "make it pretty", "prettier", "a pretty cat", "not nice", "nice, now make it night", "like this",
        "oh", "so", "", "❤️", "mach es schön", "schöner", "a cute fox", "this is crap", "plus joli",
        "más bonito", "this one",
    ],
)  # fmt: skip
def test_what_may_be_a_wish_is_no_praise(text: str) -> None:
    assert not is_praise(text)


@pytest.mark.parametrize(("text", "nothing"), [("hello", True), ("nice!", True), ("a nice fox", False)])
def test_first_words_that_ask_for_nothing(text: str, nothing: bool) -> None:
    assert asks_for_nothing(text) is nothing
