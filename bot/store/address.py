"""Where a database is: the path of an SQLite file, or the URL of a PostgreSQL database.

A URL may hold a password. It is never printed: `shown` hides it, and so do all messages made here.
"""

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import StoreError

Address = Path | str
"""A path is SQLite's file; a text is PostgreSQL's URL."""

EXAMPLE = "postgresql+asyncpg://diffchat@localhost/diffchat"
_DRIVERS = {"postgresql+asyncpg", "postgresql", "postgres"}  # libpq and hosters write the latter two
_SQLITE = "sqlite"


def address_of(text: str) -> Address:
    """What somebody wrote on the command line or in [store] url: a URL, or else the path of a file.

    Raises `StoreError` for a URL of something else.
    """
    if "://" not in text:
        return Path(text)
    url = _parsed(text)
    if url.get_backend_name() == _SQLITE and url.database:
        return Path(url.database)
    postgres_url(text)
    return text


def postgres_url(text: str) -> URL:
    """The URL as SQLAlchemy takes it for asyncpg; raises `StoreError` where it is none of PostgreSQL.

    `sslmode`, as libpq calls it, becomes asyncpg's `ssl`. A password that is not in the URL is read by
    asyncpg from PGPASSWORD or the file that PGPASSFILE names.
    """
    url = _parsed(text)
    if url.drivername not in _DRIVERS:
        raise StoreError(
            f"{url.drivername}: is no database that this program knows: write [store] url as {EXAMPLE}, "
            'or "" for SQLite.'
        )
    if not url.database:
        raise StoreError(f"{shown(text)} names no database: write [store] url as {EXAMPLE}.")
    query = {"ssl" if key == "sslmode" else key: value for key, value in url.query.items()}
    return url.set(drivername="postgresql+asyncpg", query=query)


def shown(address: Address) -> str:
    """The address for people and logs, without its password."""
    return (
        str(address) if isinstance(address, Path) else _parsed(address).render_as_string(hide_password=True)
    )


def _parsed(text: str) -> URL:
    try:
        return make_url(text)
    except (ArgumentError, ValueError):
        # from None: SQLAlchemy's message repeats the URL, and with it the password
        raise StoreError(f"[store] url is no URL: write it as {EXAMPLE}, with %40 for an @ in it.") from None
