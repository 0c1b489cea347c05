"""German names of surroundings are declined as a native would."""

import pytest

from training.tiny.wishes.cases import accusative, dative, in_cases


@pytest.mark.parametrize(
    ("name", "acc", "dat"),
    [
        ("ein Wald", "einen Wald", "einem Wald"),
        ("dichter Nebel", "dichten Nebel", "dichtem Nebel"),
        ("starker Regen", "starken Regen", "starkem Regen"),
        ("der Strand", "den Strand", "dem Strand"),
        ("die Berge", "die Berge", "den Bergen"),
        ("eine Wiese", "eine Wiese", "einer Wiese"),
        ("Regen", "Regen", "Regen"),
        ("ein bewölkter Himmel", "einen bewölkten Himmel", "einem bewölkten Himmel"),
        ("schönes Wetter", "schönes Wetter", "schönem Wetter"),
    ],
)
def test_a_name_in_the_other_cases(name: str, acc: str, dat: str) -> None:
    assert (accusative(name), dative(name)) == (acc, dat)


def test_the_cases_are_slots_of_a_pattern() -> None:
    assert in_cases("w", "ein Sturm") == {"w": "ein Sturm", "w_acc": "einen Sturm", "w_dat": "einem Sturm"}
