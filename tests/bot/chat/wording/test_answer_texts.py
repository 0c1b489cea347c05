"""What is said to words that ask for no picture."""

from dataclasses import replace

import pytest

from bot.chat.wording.answer_texts import BUTTONS, able, about, answer_text, main_thing, offers, unclear
from bot.domain.said_commands import Asked, Request
from bot.i18n import Language
from bot.texts import pictures
from tests.bot.chat.pictures.test_turn_message import turn
from tests.bot.chat.test_discord_limits import PLACE

EN, DE = Language.ENGLISH, Language.GERMAN


@pytest.mark.parametrize(
    ("prompt", "thing"),
    [
        ("a small red house and a car in a meadow", "house"),
        ("3 azure boats, highly detailed", "boats"),
        ("the sea at night", "sea"),
        ("", ""),
        ("… 42", ""),
    ],
)
def test_what_a_prompt_is_about(prompt: str, thing: str) -> None:
    assert main_thing(prompt) == thing


def test_offers_fit_the_picture() -> None:
    assert offers(EN, "a red house at night") == ("make it day", "make the house blue", "add a lantern")
    assert offers(EN, "a lantern") == ("make it night", "make the lantern red", "add a tree")
    assert offers(DE, "42") == ("mach es Nacht", "lass es schneien", "füge eine Laterne hinzu")


def test_what_was_not_understood_is_named_and_shows_no_marks() -> None:
    said = unclear(DE, "bl*rgh", turn())
    assert "„bl\\*rgh“" in said
    assert "mach es Tag" in said


def test_a_question_is_answered_from_what_is_known() -> None:
    asked = turn()
    said = about(EN, asked)
    assert (asked.target_prompt or "").split()[0] in said
    assert asked.instruction in said
    assert "Seed" in said
    assert "Seed" not in about(EN, asked, seeds=False)


def test_in_a_private_chat_there_is_nobody_to_report_to() -> None:
    private = replace(PLACE, guild_id=None)
    said = answer_text(EN, private, 1, Request(Asked.REPORT), turn(), seeds=True)
    assert said is not None
    assert "Report" not in said
    assert "**Delete** takes the picture away, behind **More…**" in said


def test_a_move_says_which_picture_it_led_to() -> None:
    said = answer_text(EN, PLACE, 1, Request(Asked.UNDO), turn(target_prompt="a *red* fox"), seeds=True)
    assert said is not None
    assert said.endswith("\n-# a \\*red\\* fox")


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", BUTTONS)
def test_words_for_a_button_are_told_where_it_is(language: Language, kind: Asked) -> None:
    said = answer_text(language, PLACE, 1, Request(kind), turn(), seeds=True)
    assert said is not None
    assert f"**{BUTTONS[kind](language)}**" in said
    assert f"**{pictures.MORE(language)}**" in said


def test_what_can_be_done_is_told_and_not_what_the_picture_is() -> None:
    said = able(EN, turn())
    assert "“make it day”" in said
    assert "/help" in said
    assert "I painted this from" not in said
