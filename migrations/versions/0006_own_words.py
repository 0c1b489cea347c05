"""What people keep for their prompts: styles, saved prompts, and lists for wildcards.

Revision 0006, after 0005, 2026-11-29
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table, empty."""
    op.create_table(
        "own_words",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("name_key", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_words")),
        sa.UniqueConstraint("owner_id", "name_key", name=op.f("uq_own_words_owner_id_name_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_own_words_guild_id"), "own_words", ["guild_id"])


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("own_words")
