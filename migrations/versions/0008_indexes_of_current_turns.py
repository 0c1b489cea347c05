"""Indexes for the keys of a conversation's current and latest turn.

Without them every deleted turn makes the database look through all conversations, twice, for one that it is
the current turn of.

Revision 0008, after 0007, 2026-11-29
"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_COLUMNS = ("head_turn_id", "tip_turn_id")


def upgrade() -> None:
    """Add the indexes."""
    for column in _COLUMNS:
        op.create_index(op.f(f"ix_conversations_{column}"), "conversations", [column])


def downgrade() -> None:
    """Take them away again."""
    for column in _COLUMNS:
        op.drop_index(op.f(f"ix_conversations_{column}"), "conversations")
