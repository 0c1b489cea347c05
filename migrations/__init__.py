"""The database's history: `versions/` has one step a file, `env.py` runs them for Alembic.

A column is dropped with `op.drop_column`, which SQLite does in place since 3.35. Alembic's
`batch_alter_table` makes the table anew, without AUTOINCREMENT, triggers and the row in `sqlite_sequence`
that says which numbers were given out: where nothing else serves, a step has to put all three back.
"""
