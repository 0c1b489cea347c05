"""The database's history: `versions/` has one step a file, `env.py` runs them for Alembic."""
