"""Rules about words, however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.errors import MinorsRefused, PromptRefused
from model.moderation.folding import fold
from model.moderation.prompt_rules import PromptRules
from model.settings import ADULT_WORDS, SafetyRule, SafetySettings

RULES = PromptRules.of(
    SafetyRule(reason="gore", words=("gore", "cut off head", "bleed*")),
    SafetyRule(reason="cats in boxes", words=("cat", "cats"), together_with=("box", "boxes")),
)


@pytest.mark.parametrize(
    "text",
    [
        "gore", "GORE!", "some gore, please", "g0re", "gоrе", "g\u200bore", "ｇｏｒｅ", "𝐠𝐨𝐫𝐞", "góre",
        "a cut-off  head", "bleeding", "a cat in a box", "boxes full of cats",
    ],
)  # fmt: skip
def test_refused_however_it_is_written(text: str) -> None:
    with pytest.raises(PromptRefused, match="because of"):
        RULES.check(text)


@pytest.mark.parametrize(
    "text", ["", "al gorean", "category of boxes", "a cat", "a box", "cut the head", "🦊"]
)
def test_words_within_words_and_half_rules_are_no_reason(text: str) -> None:
    RULES.check(text)


def test_the_reason_is_in_the_message() -> None:
    with pytest.raises(PromptRefused, match="because of cats in boxes"):
        RULES.check("cat, box")


@pytest.mark.parametrize("text", ["a naked toddler", "lolicon", "s3xy schoolgirl", "ＮＵＤＥ children"])
def test_the_rules_that_every_preset_has(text: str) -> None:
    with pytest.raises(PromptRefused, match="minors"):
        PromptRules(SafetySettings()).check(text)


@pytest.mark.parametrize(
    "text", ["a child with a kite", "nude statue of Venus in Essex", "two kids playing chess", "a minor key"]
)
def test_what_they_let_pass(text: str) -> None:
    PromptRules(SafetySettings()).check(text)


@given(st.text(max_size=80))
def test_folding_is_stable_and_leaves_words_only(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split())
    assert fold(folded) == fold(fold(folded))


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_forbidden_word_is_found_between_any_others(before: str, after: str) -> None:
    with pytest.raises(PromptRefused):
        RULES.check(f"{before} gore {after}")


@pytest.mark.parametrize(
    ("text", "adult"), [("a nude woman", True), ("n4ked", True), ("a denuded hill", False)]
)
def test_adult_words_are_told_and_not_refused_here(text: str, adult: bool) -> None:
    rules = PromptRules.of(SafetyRule(reason="adult words", words=ADULT_WORDS))
    assert rules.find(text) == ("adult words" if adult else "")


@pytest.mark.parametrize("text", ["stars seen with the naked eye", "a naked mole rat", "nude lipstick"])
def test_names_and_fixed_phrases_are_no_adult_words(text: str) -> None:
    assert PromptRules.of(SafetyRule(reason="adult words", words=ADULT_WORDS)).find(text) == ""


def test_no_setting_takes_the_rule_about_minors_away() -> None:
    with pytest.raises(MinorsRefused, match="leave out either"):
        PromptRules(SafetySettings(rules=())).check("naked kids")
