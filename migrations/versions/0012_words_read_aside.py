"""Jobs whose words are read past those that wait for a painter.

Revision 0012, after 0011, 2026-11-29
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the mark; jobs of before wait in the line as they did."""
    op.add_column("jobs", sa.Column("aside", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    """Take it away: all jobs wait in the line."""
    op.drop_column("jobs", "aside")  # in place: see migrations/__init__.py
