"""The database: tables, and everything that is asked of them or written to them."""
