"""How a turn's pictures came to be, and the further pictures that it was painted with.

Revision 0007, after 0006, 2026-11-29
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the way and the edits in a row, of which the turns that are there know nothing, and the table."""
    op.add_column("turns", sa.Column("way", sa.String(length=16), nullable=True))
    op.add_column("turns", sa.Column("edits", sa.Integer(), server_default="0", nullable=False))
    op.create_table(
        "source_pictures",
        sa.Column("turn_id", _ID, autoincrement=False, nullable=False),
        sa.Column("role", sa.String(length=8), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["turn_id"], ["turns.id"], name=op.f("fk_source_pictures_turn_id_turns"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("turn_id", "role", "position", name=op.f("pk_source_pictures")),
    )
    op.create_index(op.f("ix_source_pictures_sha256"), "source_pictures", ["sha256"])


def downgrade() -> None:
    """Take all of it away again; the files of the masks are then without a row."""
    op.drop_table("source_pictures")
    for column in ("edits", "way"):
        op.drop_column("turns", column)
