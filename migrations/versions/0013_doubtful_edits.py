"""Turns whose prompt the language model was not sure of.

Revision 0013, after 0012, 2026-11-29
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the mark; of turns of before nothing is known."""
    op.add_column("turns", sa.Column("doubtful", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("turns", "doubtful")  # in place: see migrations/__init__.py
