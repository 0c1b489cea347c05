"""The list of somebody's own words has room in one message, whatever their names are."""

import pytest

from bot.cogs.style import _listed
from bot.domain.own_words import LONGEST_NAME, OwnWords, WordsKind
from bot.i18n import Language
from bot.texts import how as words

MESSAGE = 2000


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", WordsKind)
@pytest.mark.parametrize("count", [0, 1, 15, 16, 80])
def test_a_list_has_room_in_a_message_and_says_how_many_it_leaves_out(
    language: Language, kind: WordsKind, count: int
) -> None:
    kept = [
        OwnWords(5, kind, f"{n:_<{LONGEST_NAME}}"[:LONGEST_NAME], "*words* " * 20, 7) for n in range(count)
    ]
    said = _listed(language, kept, person=6)
    assert len(said) <= MESSAGE
    listed = sum(f"{n}\\_\\_" in said for n in range(count))
    assert listed >= min(count, 5)
    if count > listed:
        assert words.LIST_MORE(language, count=count - listed) in said
