"""Several processes: who works on a job and until when that holds, and when a shard may identify.

Revision 0004, after 0003, 2026-11-28
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the leases of jobs, which nobody has yet, and the table of session starts."""
    op.add_column("jobs", sa.Column("holder", sa.String(length=100), nullable=True))
    op.add_column("jobs", sa.Column("leased_until", sa.DateTime(), nullable=True))
    op.add_column("jobs", sa.Column("put_off", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "session_starts",
        sa.Column("key", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("free_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_session_starts")),
    )


def downgrade() -> None:
    """Take them away again; no process may be running."""
    op.drop_table("session_starts")
    for column in ("put_off", "leased_until", "holder"):
        op.drop_column("jobs", column)
