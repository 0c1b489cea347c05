"""Deleted turns keep no words among their parameters.

They kept a negative prompt and the name and words of a person's own style.

Revision 0015, after 0014, 2026-12-01
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_NO_WORDS = {"style": None, "negative_prompt": "", "style_words": "", "changes": None}


def upgrade() -> None:
    """Blank them."""
    turns = sa.table("turns", sa.column("id"), sa.column("parameters", sa.JSON()), sa.column("deleted_at"))
    connection = op.get_bind()
    deleted = sa.select(turns.c.id, turns.c.parameters).where(turns.c.deleted_at.is_not(None))
    for turn_id, stored in connection.execute(deleted).all():
        parameters = json.loads(stored) if isinstance(stored, str) else stored
        bare = {name: _NO_WORDS.get(name, value) for name, value in parameters.items()}
        if bare != parameters:
            connection.execute(turns.update().where(turns.c.id == turn_id).values(parameters=bare))


def downgrade() -> None:
    """What is gone stays gone."""
