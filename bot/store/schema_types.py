"""What the tables share: names of constraints, and types of columns. It imports nothing but SQLAlchemy."""

from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, MetaData, String, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


Id = Annotated[int, "id of ours"]
"""A number of a row, behind a gap of up to 2^40 (`bot.store.numbering`)."""
# SQLite numbers rows by itself only in columns declared INTEGER, and these have 64 bits there anyway
_ID = BigInteger().with_variant(Integer(), "sqlite")


class UtcDateTime(TypeDecorator[datetime]):
    """A time in UTC. Times without a zone are refused, so that local time cannot slip in."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware time into UTC for the database."""
        if value is not None and value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone; use datetime.now(UTC).")
        return value if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give a stored time its zone back."""
        return value if value is None else value.replace(tzinfo=UTC)


def _storable(text: str) -> str:
    """The text without what cannot be stored: NUL, which PostgreSQL refuses, and halves of characters, which
    have no UTF-8 (a server's JSON may hold some)."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()


class Words(TypeDecorator[str]):
    """Text of any length, without what cannot be stored, so that both databases keep the same."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Leave out what cannot be stored."""
        return value if value is None else _storable(value)


class ShortWords(TypeDecorator[str]):
    """The same of at most so many characters. SQLite takes longer ones, PostgreSQL refuses them."""

    impl = String
    cache_ok = True

    def __init__(self, length: int) -> None:
        super().__init__(length)
        self._longest = length

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Cut what is longer, such as the path of a model."""
        return value if value is None else _storable(value)[: self._longest]


class Base(DeclarativeBase):
    """What all tables share: names of constraints and the types of columns."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        Id: _ID,
        dict[str, Any]: JSON,
    }
