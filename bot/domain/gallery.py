"""What of people's pictures is shown to whom, and how words become a search. Pure."""

import re
import unicodedata
from enum import StrEnum

from bot.domain.sanitize import without_accents

PAGE = 4
"""Pictures on a page."""
LONGEST_SEARCH = 40  # characters: the words stand in the `custom_id` of a page's buttons, which has 100
MOST_PAGES = 500
HEART = "❤"  # as votes keep it, without the mark for its colour
STAR = "⭐"

_WORD = re.compile(r"[^\W_]+")
_UNSPACED = (
    "\u3005\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Kana and kanji, between which no spaces stand."""
_PIECE = re.compile(f"[{_UNSPACED}]|[^{_UNSPACED}]+")


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
    """The words of a text as they are looked for: small letters without accents, one space between two.

    SQLite and PostgreSQL cut texts into words by different rules ("night.dark" is a host for PostgreSQL);
    letters and digits between spaces are words for both. Neither knows where a word ends in Japanese:
    `pieces`.

    >>> search_words("Été: l'ARBRE, 雪の狐!")
    'ete l arbre 雪の狐'
    """
    return " ".join(_WORD.findall(without_accents(unicodedata.normalize("NFKC", text).casefold())))


def pieces(word: str) -> list[str]:
    """A word in the pieces that are stored: each kana or kanji is one, so that any part of a text is found.

    >>> pieces("雪の狐x2")
    ['雪', 'の', '狐', 'x2']
    """
    return _PIECE.findall(word)


def stored_words(text: str) -> str:
    """The words of a prompt as the search reads them, in `pieces`."""
    return " ".join(piece for word in search_words(text).split() for piece in pieces(word))


def search_key(text: str) -> str:
    """The words of a search, no more than stand in a button; empty where the text has no letter or digit."""
    return search_words(text)[:LONGEST_SEARCH].rstrip()
