"""People's styles, saved prompts and lists, their own and those shared with a server."""

from datetime import UTC, datetime

from sqlalchemy import Select, case, delete, func, or_, select

from bot.domain.own_words import OwnWords, WordsKind, key_of
from bot.errors import NoSuchOwnWords, TooManyOwnWords
from bot.store.dialect import Lock, serialise
from bot.store.schema import OwnWordsRow
from bot.store.session import Database

_MOST_SHARED = 500  # of one server that are read for one prompt


class OwnWordsStore:
    """Reads and writes them; every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def usable(self, person: int, guild_id: int | None) -> list[OwnWords]:
        """What a person may use in a place, by name: their own first, then what is shared with its server."""
        own = OwnWordsRow.owner_id == person
        there = own if guild_id is None else or_(own, OwnWordsRow.guild_id == guild_id)
        first = case((own, 0), else_=1)
        statement = select(OwnWordsRow).where(there).order_by(first, OwnWordsRow.name_key, OwnWordsRow.id)
        async with self._database.reading() as session:
            return [_of(row) for row in await session.scalars(statement.limit(_MOST_SHARED))]

    async def put(self, kept: OwnWords, most: int) -> None:
        """Keep words, in place of their owner's of the same name, which stay shared as they were.

        Raises `TooManyOwnWords` for more than `most`.
        """
        async with self._database.session() as session:
            await serialise(session, Lock.ACTIONS, kept.owner_id)  # else two at once would both find room
            row = (await session.scalars(_named(kept.owner_id, kept.name))).one_or_none()
            if row is None:
                counted = select(func.count()).where(OwnWordsRow.owner_id == kept.owner_id)
                if (await session.scalar(counted) or 0) >= most:
                    raise TooManyOwnWords(limit=most)
                row = OwnWordsRow(owner_id=kept.owner_id, guild_id=None, name_key=key_of(kept.name))
                row.created_at = datetime.now(UTC)
                session.add(row)
            row.kind, row.name, row.words = kept.kind.value, kept.name, kept.words

    async def remove(self, person: int, name: str, shared_with: int | None = None) -> None:
        """Forget words of this person, or of anybody where they are shared with that server.

        Raises `NoSuchOwnWords`.
        """
        whose = OwnWordsRow.owner_id == person
        if shared_with is not None:
            whose = or_(whose, OwnWordsRow.guild_id == shared_with)
        async with self._database.session() as session:
            own_first = case((OwnWordsRow.owner_id == person, 0), else_=1)
            found = await session.scalar(
                select(OwnWordsRow.id)
                .where(whose, OwnWordsRow.name_key == key_of(name))
                .order_by(own_first)
                .limit(1)
            )
            if found is None:
                raise NoSuchOwnWords(name=name)
            await session.execute(delete(OwnWordsRow).where(OwnWordsRow.id == found))

    async def share(self, person: int, name: str, guild_id: int | None) -> OwnWords:
        """Share this person's words with a server, or with None no more. Raises `NoSuchOwnWords`."""
        async with self._database.session() as session:
            row = (await session.scalars(_named(person, name))).one_or_none()
            if row is None:
                raise NoSuchOwnWords(name=name)
            row.guild_id = guild_id
            return _of(row)


def _named(person: int, name: str) -> Select[OwnWordsRow]:
    return select(OwnWordsRow).where(OwnWordsRow.owner_id == person, OwnWordsRow.name_key == key_of(name))


def _of(row: OwnWordsRow) -> OwnWords:
    return OwnWords(row.owner_id, WordsKind(row.kind), row.name, row.words, row.guild_id)
