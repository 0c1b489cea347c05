"""The gallery: what is found in it, favourites, the showcase, and whether people want to be shown.

Revision 0010, after 0009, 2026-11-29

The words are searched by FTS5 on SQLite and by a GIN index on PostgreSQL. SQLite's triggers belong to the
table `gallery`: a migration that makes that table anew has to make them anew, too.
"""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_BATCH = 500  # turns
_WORD = re.compile(r"[^\W_]+")
# without `remove_diacritics`: PostgreSQL's "simple" words keep their accents too
_TABLE = """
CREATE VIRTUAL TABLE gallery_search
USING fts5(words, content='gallery', content_rowid='image_id', tokenize='unicode61 remove_diacritics 0')
"""
_ADDED = """
CREATE TRIGGER gallery_added AFTER INSERT ON gallery BEGIN
    INSERT INTO gallery_search(rowid, words) VALUES (new.image_id, new.words);
END
"""
_REMOVED = """
CREATE TRIGGER gallery_removed AFTER DELETE ON gallery BEGIN
    INSERT INTO gallery_search(gallery_search, rowid, words) VALUES ('delete', old.image_id, old.words);
END
"""
# pictures that were shown again in another thread were not painted and took no time
_POSTED = """
SELECT i.id AS image_id, t.id AS turn_id, c.guild_id, c.channel_id, t.author_id, t.target_prompt
FROM turns t JOIN conversations c ON c.id = t.conversation_id
JOIN images i ON i.turn_id = t.id AND i.position = 0
WHERE t.id > :last AND t.deleted_at IS NULL AND t.finished_at IS NOT NULL AND t.seconds IS NOT NULL
ORDER BY t.id LIMIT :most
"""
_COUNT = """
UPDATE gallery SET
    votes = (SELECT coalesce(sum(v.value), 0) FROM votes v WHERE v.image_id = gallery.image_id
        AND v.kind = 'reaction' AND v.retracted_at IS NULL AND NOT v.is_self),
    hearts = (SELECT count(*) FROM votes v WHERE v.image_id = gallery.image_id
        AND v.kind = 'reaction' AND v.emoji = '\u2764' AND v.retracted_at IS NULL AND NOT v.is_self)
"""


def upgrade() -> None:
    """Add the tables; pictures that were posted before are in the gallery, and nobody is shown to others."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.add_column("users", sa.Column("showing", sa.String(length=10), nullable=True))
    gallery = op.create_table(
        "gallery",
        sa.Column("image_id", number, autoincrement=False, nullable=False),
        sa.Column("turn_id", number, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=True),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.Column("hearts", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["image_id"], ["images.id"], name=op.f("fk_gallery_image_id_images"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["turn_id"], ["turns.id"], name=op.f("fk_gallery_turn_id_turns"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("image_id", name=op.f("pk_gallery")),
        sa.UniqueConstraint("turn_id", name=op.f("uq_gallery_turn_id")),
    )
    op.create_index("ix_gallery_guild_id_votes", "gallery", ["guild_id", "votes", "image_id"])
    op.create_index("ix_gallery_author_id_image_id", "gallery", ["author_id", "image_id"])
    op.create_table(
        "favourites",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("image_id", number, autoincrement=False, nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["image_id"], ["images.id"], name=op.f("fk_favourites_image_id_images"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "image_id", name=op.f("pk_favourites")),
    )
    op.create_index(op.f("ix_favourites_image_id"), "favourites", ["image_id"])
    op.create_table(
        "showcase",
        sa.Column("id", number, nullable=False),
        sa.Column("image_id", number, nullable=True),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["image_id"], ["images.id"], name=op.f("fk_showcase_image_id_images"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_showcase")),
        sa.UniqueConstraint("image_id", name=op.f("uq_showcase_image_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_showcase_message_id"), "showcase", ["message_id"])
    op.create_index(op.f("ix_showcase_state"), "showcase", ["state"])
    if op.get_bind().dialect.name == "sqlite":
        for statement in (_TABLE, _ADDED, _REMOVED):
            op.execute(statement)
    else:
        op.execute(
            "CREATE INDEX ix_gallery_words ON gallery USING gin (to_tsvector('simple'::regconfig, words))"
        )
    _fill(gallery)


def _fill(gallery: sa.Table) -> None:
    """Take up what was posted before."""
    connection, last = op.get_bind(), 0
    while rows := connection.execute(sa.text(_POSTED), {"last": last, "most": _BATCH}).all():
        last = rows[-1].turn_id
        connection.execute(
            sa.insert(gallery),
            [
                {
                    "image_id": row.image_id,
                    "turn_id": row.turn_id,
                    "guild_id": row.guild_id,
                    "channel_id": row.channel_id,
                    "author_id": row.author_id,
                    "votes": 0,
                    "hearts": 0,
                    "words": _searched(row.target_prompt or ""),
                }
                for row in rows
            ],
        )
    op.execute(_COUNT)


def _searched(text: str) -> str:
    """As `search_words` in bot/domain/gallery.py was at that time."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFC", text).lower()))


def downgrade() -> None:
    """Take them away again; messages of the showcase stay where they are."""
    if op.get_bind().dialect.name == "sqlite":
        for trigger in ("gallery_added", "gallery_removed"):
            op.execute(f"DROP TRIGGER {trigger}")
        op.execute("DROP TABLE gallery_search")
    op.drop_table("showcase")
    op.drop_table("favourites")
    op.drop_table("gallery")
    op.drop_column("users", "showing")
