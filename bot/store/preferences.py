"""What people decided for everything they ask for, in the JSON column of their row."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.domain.preferences import Preferences
from bot.store.dialect import hold, insert
from bot.store.schema import UserRow
from bot.store.session import Database


class PreferenceStore:
    """Reads and writes `Preferences`; who has no row decided nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, user_id: int) -> Preferences:
        """A person's preferences."""
        async with self._database.reading() as session:
            row = await session.get(UserRow, user_id)
            return Preferences.from_json(row.preferences if row else {})

    async def change(self, user_id: int, **changes: Any) -> Preferences:
        """Store some fields of `Preferences` anew, where None takes a decision back; the whole of it then."""
        now = datetime.now(UTC)
        async with self._database.session() as session:
            values = {"user_id": user_id, "training_consent": False, "preferences": {}, "created_at": now}
            await session.execute(insert(session, UserRow).values(values).on_conflict_do_nothing())
            row = await hold(session, UserRow, user_id)
            assert row is not None
            changed = replace(Preferences.from_json(row.preferences), **changes)
            row.preferences = changed.to_json()
        return changed
