"""What people did within the last hour, for limits that hold over several processes and over restarts.

Revision 0005, after 0004, 2026-11-28
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table, empty: everybody's count begins anew once."""
    op.create_table(
        "actions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actions")),
    )
    op.create_index(op.f("ix_actions_at"), "actions", ["at"])
    op.create_index(op.f("ix_actions_person_id"), "actions", ["person_id"])


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("actions")
