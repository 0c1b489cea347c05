"""Runs migrations on the connection that `bot.store.migrate` hands over; alone here the live schema is read.

For the command line, name the database: `alembic -x db=data/diffchat.sqlite revision --autogenerate -m why`.
"""

from alembic import context
from sqlalchemy import Connection, create_engine

from bot.store.schema import Base


def run(connection: Connection) -> None:
    """Run what the command asks for, all of it in one transaction."""
    batch = connection.dialect.name == "sqlite"  # which cannot alter a column: tables are made anew there
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=batch,
        # the tables of SQLite's search are made by migrations and are no part of the schema
        include_name=lambda name, _, __: not (name or "").startswith("gallery_search"),
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    path = context.get_x_argument(as_dictionary=True)["db"]
    with create_engine(f"sqlite:///{path}").connect() as opened:
        run(opened)
