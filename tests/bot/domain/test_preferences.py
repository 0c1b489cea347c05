"""What a person prefers: stored and read back, and laid under what they say."""

from pathlib import Path

import pytest

from bot.domain.options import NO_STYLE, Options
from bot.domain.preferences import Preferences
from bot.i18n import Language
from bot.store.people import PeopleStore
from bot.store.preferences import PreferenceStore
from bot.store.session import Database

STYLES = {"flat": ", flat", "neon": ", neon"}
ALL = Preferences("neon", "portrait", 4, True, Language.GERMAN, way="edit")


def test_preferences_survive_their_json() -> None:
    assert Preferences.from_json(ALL.to_json()) == ALL
    assert Preferences.from_json({}) == Preferences()
    assert Preferences().to_json() == {}


def test_what_an_older_or_newer_version_stored_is_no_trouble() -> None:
    stored = {"language": "tlh", "way": "magic", "shoe_size": 43, "count": 2}
    assert Preferences.from_json(stored) == Preferences(count=2)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (Options(), Options("neon", None, 3, "portrait", True)),
        (Options("flat", 7, 1, "square", False), Options("flat", 7, 1, "square", False)),
        (Options(style=NO_STYLE), Options(None, None, 3, "portrait", True)),
        (Options(style="crayon", count=9), Options("crayon", None, 9, "portrait", True)),
    ],
)
def test_what_is_said_counts_more_than_what_is_preferred(said: Options, expected: Options) -> None:
    assert ALL.fill(said, STYLES, max_count=3) == expected


def test_what_is_no_longer_offered_is_not_asked_for() -> None:
    old = Preferences(style="gone", size="round", count=2)
    assert old.fill(Options(), STYLES, max_count=4) == Options(count=2)


def test_a_style_may_be_called_none() -> None:
    assert Preferences("flat").fill(Options(style=NO_STYLE), {NO_STYLE: ""}, 4).style == NO_STYLE


async def test_changes_are_kept_beside_each_other_and_beside_the_consent(tmp_path: Path) -> None:
    async with Database.open(tmp_path / "db.sqlite") as database:
        store, people = PreferenceStore(database), PeopleStore(database)
        assert await store.of(5) == Preferences()
        await store.change(5, style="neon", language=Language.GERMAN)
        await people.set_consent(5, True)
        assert await store.change(5, style=None, count=2) == Preferences(count=2, language=Language.GERMAN)
        assert await store.of(5) == Preferences(count=2, language=Language.GERMAN)
        assert (await people.kept(5)).consent
        assert await store.of(6) == Preferences()
