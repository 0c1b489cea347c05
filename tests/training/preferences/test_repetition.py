"""How much a prompt repeats itself."""

import pytest

from training.preferences.repetition import repeated


@pytest.mark.parametrize(
    ("prompt", "source", "share"),
    [
        ("a fox, masterpiece light, masterpiece", "a fox", 1 / 4),
        ("a fox, sharp focus, sharp focus, sharp focus", "a fox", 4 / 7),
        ("a fox, soft light, volumetric lighting", "a fox", 0.0),
        ("a red house and a red car, sharp", "a red house and a red car", 0.0),
        ("a red house, red, red", "a red house and a red car", 1 / 4),
        ("", "", 0.0),
    ],
)
def test_words_said_again_count_beyond_what_the_source_repeats(
    prompt: str, source: str, share: float
) -> None:
    assert repeated(prompt, source) == pytest.approx(share)
