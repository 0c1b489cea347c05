"""What the words of a doubtful edit may mean instead.

Revision 0014, after 0013, 2026-11-30
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the prompt; turns of before have none."""
    op.add_column("turns", sa.Column("second_prompt", sa.Text(), nullable=True))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("turns", "second_prompt")  # in place: see migrations/__init__.py
