"""What of people's pictures is shown to whom, and how words become a search. Pure."""

import re
import unicodedata
from enum import StrEnum

PAGE = 4
"""Pictures on a page."""
LONGEST_SEARCH = 40  # characters: the words stand in the `custom_id` of a page's buttons, which has 100
MOST_PAGES = 500
HEART = "❤"  # as votes keep it, without the mark for its colour
STAR = "⭐"

_WORD = re.compile(r"[^\W_]+")


class Shelf(StrEnum):
    """Which pictures a gallery shows: the person's own, the server's best, or their favourites."""

    MINE = "mine"
    BEST = "best"
    FAVOURITES = "favourites"


class Showing(StrEnum):
    """What a person decided about others being shown their pictures; until then nobody is shown any."""

    HIDDEN = "hidden"
    NAMED = "named"
    UNNAMED = "unnamed"

    @property
    def allowed(self) -> bool:
        """Whether others may be shown them."""
        return self is not Showing.HIDDEN


class ShowcaseState(StrEnum):
    """What is to be done about a picture of the showcase: post it, write its credit anew, or nothing."""

    POST = "post"
    EDIT = "edit"
    SHOWN = "shown"


def search_words(text: str) -> str:
    """The words of a text as they are stored and looked for: small letters, one space between two.

    SQLite and PostgreSQL cut texts into words by different rules ("night.dark" is a host for PostgreSQL);
    letters and digits between spaces are words for both.
    """
    return " ".join(_WORD.findall(unicodedata.normalize("NFC", text).lower()))


def search_key(text: str) -> str:
    """The words of a search, no more than stand in a button."""
    return search_words(text)[:LONGEST_SEARCH].rstrip()
