"""Slips of typing leave unknown nouns alone and never alter what they must not."""

import random

from training.tiny.wishes.disguise import mistyped, slips, terse, worded
from training.tiny.wishes.voice import Clause, Voice


def test_protected_words_are_never_mistyped() -> None:
    for seed in range(200):
        assert "dragon" in mistyped("please add a dragon there", random.Random(seed), {"dragon"})


def test_typos_do_come_and_stay_small() -> None:
    texts = {mistyped("add a lantern", random.Random(seed), set()) for seed in range(100)}
    assert len(texts) > 20
    assert all(abs(len(text) - len("add a lantern")) <= 4 for text in texts)


def test_a_command_is_also_asked_for_and_a_german_one_with_its_infinitive() -> None:
    clause = Clause("füg eine Katze hinzu", "eine Katze hinzufügen")
    said = {worded(Voice(random.Random(seed), "de"), clause, typed=False) for seed in range(300)}
    assert any("eine Katze hinzufügen?" in text for text in said)
    assert clause.text in said


def test_slips_write_emoji_and_all_cases() -> None:
    said = {slips(Voice(random.Random(seed), "en"), "Add a cat at night") for seed in range(300)}
    assert any("🐱" in text for text in said)
    assert any("🌙" in text for text in said)
    assert {"add a cat at night", "ADD A CAT AT NIGHT"} <= said


def test_a_terse_wish_keeps_its_words_and_its_numbers() -> None:
    english = {terse(Voice(random.Random(seed), "en"), "make the house red") for seed in range(60)}
    german = {terse(Voice(random.Random(seed), "de"), "der Baum soll größer sein") for seed in range(60)}
    assert {"house red", "make house red"} <= english
    assert {"Baum größer", "Baum mehr groß"} <= german
    assert {terse(Voice(random.Random(seed), "en"), "only a tree") for seed in range(60)} == {"only a tree"}
