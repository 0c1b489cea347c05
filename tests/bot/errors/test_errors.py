"""Every error has its sentence, and no other text reaches a member."""

import inspect
import re

import pytest

from bot import errors
from bot.chat.wording.error_texts import user_message
from bot.errors import (
    BadOption,
    BotError,
    OperatorError,
    SettingsError,
    StoreError,
    TextTooLong,
)
from bot.i18n import Language
from bot.texts.errors import UNEXPECTED
from model import errors as model_errors

EN = Language.ENGLISH

BOT_ERRORS = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, BotError)]
MODEL_ERRORS = [
    kind for _, kind in inspect.getmembers(model_errors, inspect.isclass) if issubclass(kind, Exception)
]


def test_the_drawn_tree_is_the_real_one() -> None:
    drawn = re.findall(r"(?:├── |└── |^)([A-Z]\w+)(?:  |$)", errors.__doc__ or "", re.MULTILINE)
    assert sorted(drawn) == sorted(kind.__name__ for kind in BOT_ERRORS)
    for kind in BOT_ERRORS:
        if kind is not BotError:
            above = (errors.__doc__ or "").index(f" {kind.__name__}")
            parent = kind.__mro__[1].__name__
            assert re.search(
                rf"^(?:[│ ]*(?:├── |└── ))?{parent}\b", (errors.__doc__ or "")[:above], re.MULTILINE
            )


@pytest.mark.parametrize("kind", [kind for kind in BOT_ERRORS if not issubclass(kind, OperatorError)])
@pytest.mark.parametrize("language", Language)
def test_every_sentence_is_whole_and_its_fields_are_documented(
    kind: type[BotError], language: Language
) -> None:
    placeholders = set(re.findall(r"{(\w+)", kind.sentence.en))
    assert all(name in (kind.__doc__ or "") for name in placeholders)
    message = user_message(kind(**dict.fromkeys(placeholders, 7)), language)
    assert not message[0].islower()
    assert message.endswith((".", "。"))
    assert "{" not in message


@pytest.mark.parametrize("kind", MODEL_ERRORS)
def test_model_errors_get_our_words(kind: type[Exception]) -> None:
    for language in Language:
        message = user_message(kind("/secret/path and a traceback"), language)
        assert "secret" not in message
        assert message != UNEXPECTED(language)


def test_foreign_errors_and_operator_errors_keep_their_text_to_themselves() -> None:
    assert user_message(ValueError("SELECT * FROM secrets"), EN) == UNEXPECTED.en
    assert "secret" not in user_message(StoreError("/secret/path is full"), EN)
    assert user_message(SettingsError("bot.toml", ["[image] steps = 900"]), EN) == OperatorError.sentence.en


def test_an_operator_error_says_its_own_message() -> None:
    assert str(StoreError("The disk is gone.")) == "The disk is gone."


def test_fields_fill_the_sentence() -> None:
    assert (
        str(TextTooLong(length=2100, limit=1000)) == "That is 2100 characters long; please stay within 1000."
    )


def test_words_that_a_refusal_repeats_are_no_markup() -> None:
    message = user_message(BadOption(option="style", value="[s](https://evil.example)", allowed="none"), EN)
    assert r"\[s\]\(https\://evil.example\)" in message
    long = user_message(BadOption(option="style", value="x" * 2000, allowed="none"), EN)
    assert len(long) < 400
