"""The pictures that people bring to start from, until they are read, and the settings that they carry.

Revision 0003, after 0002, 2026-11-28
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")  # see 0001


def upgrade() -> None:
    """Add the table; turns of before were described before they were stored, so none of them needs a row."""
    op.create_table(
        "brought_pictures",
        sa.Column("turn_id", ID, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("settings", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["turn_id"], ["turns.id"], name=op.f("fk_brought_pictures_turn_id_turns"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("turn_id", name=op.f("pk_brought_pictures")),
    )
    op.create_index(op.f("ix_brought_pictures_sha256"), "brought_pictures", ["sha256"], unique=False)


def downgrade() -> None:
    """Take it away again.

    The words of turns that wait for their picture to be read are lost with it: they become plain first
    pictures of the words that came with them. The origin is one that older versions know and do not export.
    """
    op.execute(
        "UPDATE turns SET origin = 'message', "
        "source_prompt = CASE WHEN source_prompt = '' THEN instruction ELSE source_prompt END, "
        "instruction = '' "
        "WHERE origin = 'picture' AND kind = 'imagine' AND target_prompt IS NULL"
    )
    op.execute("UPDATE turns SET origin = 'message' WHERE origin = 'picture'")
    op.drop_table("brought_pictures")
