"""German nouns come in their cases, and no unknown noun can be taken for another or for a known one."""

from collections import Counter

from model.tiny import grammar
from training.tiny.wishes import lexicon
from training.tiny.wishes.emoji import STRANGE
from training.tiny.wishes.lexicon import German, definite, indefinite
from training.tiny.wishes.strangers import STRANGERS


def test_a_weak_masculine_ends_in_n_in_all_cases_but_the_first() -> None:
    monkey = German("Affe", "m", "Affen", weak=True)
    assert definite(monkey, 1, "nom", "rot") == "der rote Affe"
    assert definite(monkey, 1, "acc") == "den Affen"
    assert indefinite(monkey, case="dat") == "einem Affen"
    assert definite(monkey, 2, "dat") == "den Affen"


def test_a_german_noun_means_one_unknown_thing_and_no_known_one() -> None:
    known = {word.noun for words in lexicon.GERMAN.values() for word in words}
    counted = Counter(word.noun for _, word in STRANGERS)
    assert max(counted.values()) == 1
    assert not known & set(counted)


def test_the_world_reads_past_an_unknown_noun() -> None:
    alone = grammar.parse("a fox in a meadow")
    assert all(grammar.parse(f"a fox and a {noun} in a meadow") == alone for noun, _ in STRANGERS)
    assert all(grammar.parse(f"a fox and a {noun} in a meadow") == alone for noun in STRANGE)
