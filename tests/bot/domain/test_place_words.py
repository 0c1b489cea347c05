"""What is outside of a changed place stays in the words."""

import pytest

from bot.domain.place_words import keeps_the_rest

CITY = "a red fox in a city"


@pytest.mark.parametrize(
    ("said", "written", "keeps"),
    [
        ("a yellow balloon", "a red fox and a yellow balloon in a city", True),
        ("a yellow balloon", "a yellow balloon in a city", False),
        ("ein gelber Ballon", "a yellow balloon in a city", False),
        ("a red balloon", "a red balloon in a city", False),
        ("make it a balloon", "a balloon in a city", False),
        ("a purple sky", CITY, False),
        ("make the fox blue", "a blue fox in a city", True),
        ("a blue fox", "a blue fox in a city", True),
        ("a fox", CITY, True),
    ],
)
def test_only_what_the_words_name_may_go(said: str, written: str, keeps: bool) -> None:
    assert keeps_the_rest(CITY, said, written) is keeps
