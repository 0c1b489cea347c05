"""Slips of typing leave unknown nouns alone and never alter what they must not."""

import random

import pytest

from training.tiny.wishes.asking import asked, doing, particled, thou, with_zu
from training.tiny.wishes.disguise import corrected, mistyped, slips, stretched, terse, worded
from training.tiny.wishes.voice import Clause, Command, Voice


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


@pytest.mark.parametrize(
    ("verb", "said"),
    [("make", "making"), ("put", "putting"), ("add", "adding"), ("draw", "drawing"), ("dye", "dyeing")],
)
def test_an_english_command_is_asked_for_in_ing(verb: str, said: str) -> None:
    assert doing(Command(verb, "a cat", "", verb)) == f"{said} a cat"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (Command("füg", "eine Katze", "hinzu", "fügen"), "eine Katze hinzuzufügen"),
        (Command("mach", "das Haus rot", "", "machen"), "das Haus rot zu machen"),
        (Command("lass", "die Sterne", "leuchten", "lassen"), "die Sterne leuchten zu lassen"),
    ],
)
def test_a_german_command_gets_its_zu(command: Command, said: str) -> None:
    assert with_zu(command) == said


def test_a_german_verb_speaks_to_you() -> None:
    stems = ("mach", "setz", "nimm", "zeichne", "schneid", "poliere")
    assert [thou(stem) for stem in stems] == [
        "machst",
        "setzt",
        "nimmst",
        "zeichnest",
        "schneidest",
        "polierst",
    ]


def test_a_particle_stands_behind_a_pronoun_and_not_beside_another() -> None:
    for seed in range(40):
        voice = Voice(random.Random(seed), "de")
        assert particled(voice, Command("mach", "es rot", "", "machen"), "mach").startswith("mach es ")
        said = particled(voice, Command("pack", "noch einen Hund", "dazu", "packen"), "packst du")
        assert said == "packst du noch einen Hund dazu"


def test_a_command_with_another_part_keeps_its_verb() -> None:
    assert asked(Voice(random.Random(1), "en"), Command("make", "it red and keep the cat", "", "make")) == ""


def test_a_word_put_right_stands_behind_the_message() -> None:
    for seed in range(100):
        text = corrected("make the house red", random.Random(seed), {"dragon"})
        assert text == "make the house red" or text.split("*")[1] in ("make", "house")
        assert corrected("add a dragon", random.Random(seed), {"dragon"}) == "add a dragon"


def test_words_of_feeling_are_drawn_out() -> None:
    assert stretched("too big please", random.Random(2)) in {
        f"t{'o' * n} big please" for n in range(3, 8)
    } | {f"too big pl{'e' * n}ase" for n in range(2, 7)}
