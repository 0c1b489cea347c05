"""The bot's tables written directly: turns, pictures and votes as the bot leaves them for the export."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session

from bot.store.schema import Base, ConversationRow, ImageRow, TurnRow, UserRow, VoteRow
from model.tiny.grammar import parse
from model.tiny.render import render
from training.preferences.export import DATABASE, PICTURES

FIRST_PERSON = 1000
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Wished:
    """A turn to store: who asked for what, what was written, by which model, and who voted how."""

    author: int
    wish: str
    prompt: str
    llm: str
    seed: int
    votes: dict[int, bool]


def person_id(number: int) -> int:
    """The Discord id of the crowd's person `number`."""
    return FIRST_PERSON + number


@contextmanager
def opened(data: Path) -> Iterator[Session]:
    """A session on the database in `data`, which is made where there is none; committed at the end."""
    data.mkdir(parents=True, exist_ok=True)
    engine = create_engine(f"sqlite:///{data / DATABASE}")
    try:
        Base.metadata.create_all(engine)
        with engine.begin() as connection:
            # The export says of which revision a snapshot is; these tables are the newest's
            connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS alembic_version (version_num TEXT)")
            if not connection.exec_driver_sql("SELECT count(*) FROM alembic_version").scalar():
                connection.exec_driver_sql("INSERT INTO alembic_version VALUES ('direct')")
        with Session(engine) as session, session.begin():
            yield session
    finally:
        engine.dispose()


def store(data: Path, people: int, week: int, weeks: int, wished: list[Wished], *, draw: bool) -> None:
    """Add one round's turns, spread over week `week` of `weeks`, the last of which ends now; all or nothing.

    Everybody has opted in. `draw` paints the pictures' files, which only the scorer reads.
    """
    start = datetime.now(UTC) - (weeks - week + 1) * WEEK
    with opened(data) as session:
        if not session.scalar(select(func.count()).select_from(UserRow)):
            session.add_all(
                UserRow(
                    user_id=person_id(n), training_consent=True, consent_changed_at=start, created_at=start
                )
                for n in range(people)
            )
        for index, one in enumerate(wished):
            _add(session, data, one, start + index * WEEK / len(wished), draw)


def stored(data: Path) -> int:
    """How many turns there are."""
    with opened(data) as session:
        return session.scalar(select(func.count()).select_from(TurnRow)) or 0


def _add(session: Session, data: Path, one: Wished, at: datetime, draw: bool) -> None:
    talk = ConversationRow(channel_id=1, creator_id=one.author, title=one.wish[:100], created_at=at)
    session.add(talk)
    session.flush()
    turn = TurnRow(
        conversation_id=talk.id, kind="imagine", origin="slash", author_id=one.author, follows_head=True,
        instruction="", source_prompt=one.wish, target_prompt=one.prompt, parameters={}, llm_model=one.llm,
        painter_model="render", created_at=at, finished_at=at,
    )  # fmt: skip
    session.add(turn)
    session.flush()
    sha256 = _drawn(data, one) if draw else hashlib.sha256(f"{one.prompt} {one.seed}".encode()).hexdigest()
    image = ImageRow(
        turn_id=turn.id, position=0, sha256=sha256, path=f"{sha256[:2]}/{sha256}.png", seed=one.seed,
        width=64, height=64, created_at=at,
    )  # fmt: skip
    session.add(image)
    session.flush()
    session.add_all(
        VoteRow(
            image_id=image.id, user_id=person, kind="reaction", emoji="👍" if like else "👎",
            value=1 if like else -1, is_self=person == one.author, created_at=at + timedelta(minutes=1),
        )
        for person, like in one.votes.items()
    )  # fmt: skip


def _drawn(data: Path, one: Wished) -> str:
    """Draw the picture into the picture folder; its content's hash."""
    buffer = io.BytesIO()
    render(parse(one.prompt), one.seed).save(buffer, "PNG")
    sha256 = hashlib.sha256(buffer.getvalue()).hexdigest()
    path = data / PICTURES / sha256[:2] / f"{sha256}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(buffer.getvalue())
    return sha256
