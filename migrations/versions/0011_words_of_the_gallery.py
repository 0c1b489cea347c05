"""The gallery is searched without accents, and in Japanese by any part of a prompt.

Revision 0011, after 0010, 2026-11-29

The stored words are made anew from the prompts: no accents, and a space between any two kana or kanji.
"""

import re
import unicodedata
from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_BATCH = 500  # turns
_WORD = re.compile(r"[^\W_]+")
_ACCENT = re.compile("[\u0300-\u036f]")
_UNSPACED = (
    "\u3005\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_PIECE = re.compile(f"[{_UNSPACED}]|[^{_UNSPACED}]+")
_ROWS = """
SELECT g.image_id, g.words, t.target_prompt FROM gallery g JOIN turns t ON t.id = g.turn_id
WHERE g.image_id > :last ORDER BY g.image_id LIMIT :most
"""


def upgrade() -> None:
    """Store the words as they are looked for from now on."""
    _store(_stored)


def downgrade() -> None:
    """Store them as revision 0010 did."""
    _store(_searched)


def _store(words_of: Callable[[str], str]) -> None:
    connection, last = op.get_bind(), -1
    while rows := connection.execute(sa.text(_ROWS), {"last": last, "most": _BATCH}).all():
        last = rows[-1].image_id
        made = [(row.image_id, row.words, words_of(row.target_prompt or "")) for row in rows]
        if changed := [{"image": image, "words": new} for image, old, new in made if new != old]:
            connection.execute(sa.text("UPDATE gallery SET words = :words WHERE image_id = :image"), changed)
    if connection.dialect.name == "sqlite":
        # its triggers follow additions and removals only; FTS5's own command reads the words anew
        op.execute("INSERT INTO gallery_search(gallery_search) VALUES ('rebuild')")


def _stored(text: str) -> str:
    """As `stored_words` in bot/domain/gallery.py was at that time."""
    plain = _ACCENT.sub("", unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold()))
    words = _WORD.findall(unicodedata.normalize("NFC", plain))
    return " ".join(piece for word in words for piece in _PIECE.findall(word))


def _searched(text: str) -> str:
    """As `search_words` was before."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFC", text).lower()))
