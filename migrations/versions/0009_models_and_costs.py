"""Whole picture pipelines by name: a turn's cost, and its LoRA under a name of its own.

Revision 0009, after 0008, 2026-11-29
"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TURNS = sa.table("turns", sa.column("id", sa.BigInteger()), sa.column("parameters", sa.JSON()))
BATCH = 1000  # rows read at once


def upgrade() -> None:
    """Add the cost, 1 for all turns of before; what they called their model was the name of a LoRA."""
    op.add_column("turns", sa.Column("cost", sa.Integer(), server_default=sa.text("1"), nullable=False))
    _change(lambda old: {**old, "model": None, "loras": old.get("model") or ""})


def downgrade() -> None:
    """Take both away again. Turns of named pipelines become those of the one of [image]; of several LoRAs
    the first stays, without its weight."""
    _change(lambda old: {**_without(old, "loras"), "model": _first(old.get("loras", ""))})
    op.drop_column("turns", "cost")  # in place: see migrations/__init__.py


def _change(change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Rewrite the parameters of every turn."""
    connection, last = op.get_bind(), 0
    while True:
        page = sa.select(TURNS).where(TURNS.c.id > last).order_by(TURNS.c.id).limit(BATCH)
        rows = connection.execute(page).all()
        if not rows:
            return
        update = sa.update(TURNS).where(TURNS.c.id == sa.bindparam("turn"))
        connection.execute(
            update.values(parameters=sa.bindparam("new", type_=sa.JSON())),
            [{"turn": row.id, "new": change(row.parameters)} for row in rows],
        )
        last = rows[-1].id


def _without(parameters: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in parameters.items() if name != key}


def _first(loras: str) -> str | None:
    name, colon, _ = loras.split(" + ", maxsplit=1)[0].rpartition(":")
    return (name if colon else loras.split(" + ", maxsplit=1)[0]) or None
