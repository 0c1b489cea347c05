"""The bot's database to a snapshot of reactions: the one place where training reads the bot's tables.

It reads one consistent state, read-only, while the bot runs or from its backup. What gets into a snapshot:

- votes and exposures of people who opted in, and of nobody else;
- a turn, if its author opted in, its words came by slash command, form or button (see
  `ExportSettings.message_text`) and not from a picture that somebody brought, it was posted and is not
  deleted, and *the same holds for every turn above it*: a prompt carries on the words of those before it. The
  same holds for the turn beside it whose words it reads otherwise ("Paint that"). A conversation continued in
  another thread does not know where its first words came from and is left out.

People are HMAC-SHA256 of their id under a secret key that stays beside the database, so ids can be compared
between snapshots but not reversed by trying all ids.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import os
import re
import secrets
import sqlite3
import tempfile
import zipfile
from collections import Counter, defaultdict
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote

from sqlalchemy import create_engine, event, inspect, make_url, select
from sqlalchemy.exc import ArgumentError, DatabaseError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from bot.store.schema import Base, ExposureRow, ImageRow, TurnRow, UserRow, VoteRow
from model.errors import installing
from training.data.examples import fold
from training.errors import SnapshotError
from training.preferences import snapshot
from training.preferences.snapshot import Candidate, Header, Record, Signal, Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from training.config.preference_settings import ExportSettings

DATABASE, PICTURES, KEY = "diffchat.sqlite", "pictures", "reactions.key"
T = TypeVar("T")
_READ = (TurnRow, ImageRow, VoteRow, ExposureRow, UserRow)
_CHANGES = (
    "edit",
    "region",
)  # so made, a picture says less of its words
_SHA256 = re.compile(r"[0-9a-f]{64}")


def export(settings: ExportSettings, output: Path) -> Snapshot:
    """Write `output/snapshot.jsonl`; from a backup also the pictures it names, into `output/pictures`.

    Raises SnapshotError that says what is wrong with the database or the backup.
    """
    data = Path(settings.data)
    if settings.url and not data.is_dir():
        raise SnapshotError(f"{data} is no folder: beside export.url, export.data is the bot's data folder.")
    key = _key(Path(settings.key or (data if data.is_dir() else output) / KEY))

    def read(session: Session) -> tuple[Header, list[Record]]:
        return _Reading(session, settings, key).run(_revision(session))

    if settings.url:
        header, records = asyncio.run(_from_postgres(settings.url, read))
    else:
        with _database(data) as path, _session(path) as session:
            header, records = read(session)
    if not data.is_dir():
        _unpack_pictures(data, output, records)
    return snapshot.write(output, header, records)


def keyed(key: bytes, number: int, what: str = "person") -> str:
    """The name of a person or conversation in snapshots made with `key`."""
    # 16 hexadecimal digits are 64 bits: two people of a server share a name with a chance below one in a
    # billion
    return hmac.new(key, f"{what} {number}".encode(), hashlib.sha256).hexdigest()[:16]


def pictures_folder(settings: ExportSettings, output: Path) -> Path:
    """Where the files are that a snapshot's candidates name."""
    data = Path(settings.data)
    return data / PICTURES if data.is_dir() else output / PICTURES


class _Reading:
    """One pass over the tables."""

    def __init__(self, session: Session, settings: ExportSettings, key: bytes) -> None:
        self._session, self._settings, self._key = session, settings, key
        self._left_out: Counter[str] = Counter()
        self._turns = {row.id: row for row in session.scalars(select(TurnRow).order_by(TurnRow.id))}
        self._children: dict[int | None, list[TurnRow]] = defaultdict(list)
        for turn in self._turns.values():
            self._children[turn.parent_turn_id].append(turn)
        opted_in = select(UserRow.user_id).where(UserRow.training_consent.is_(True))
        # 0 stands for people who had everything about them deleted
        self._people = set(session.scalars(opted_in)) - set(settings.leave_out) - {0}

    def run(self, revision: str) -> tuple[Header, list[Record]]:
        """Header (without count and hash) and records."""
        refused = self._refused()
        self._left_out.update(f"turns: {why}" for why in refused.values() if why)
        usable = [turn for turn in self._turns.values() if not refused[turn.id]]
        signals, exposed = self._signals(), self._exposed()
        images: dict[int, list[ImageRow]] = defaultdict(list)
        for image in self._session.scalars(select(ImageRow).order_by(ImageRow.turn_id, ImageRow.position)):
            images[image.turn_id].append(image)
        records = [
            self._record(turn, [self._candidate(i, signals[i.id]) for i in images[turn.id]], exposed[turn.id])
            for turn in usable
            if images[turn.id] and turn.way not in _CHANGES
        ]
        if changed := sum(turn.way in _CHANGES for turn in usable):
            self._left_out["turns: a changed picture, which no prompt alone makes"] = changed
        header = Header(
            schema=revision,
            watermark=self._watermark(),
            exported_at=datetime.now(UTC),
            key=hashlib.sha256(self._key).hexdigest()[:12],
            message_text=self._settings.message_text,
            left_out=dict(sorted(self._left_out.items())),
        )
        return header, records

    def _refused(self) -> dict[int, str]:
        """Why a turn is left out, by id; empty where it is not. A parent is always older than its child."""
        refused: dict[int, str] = {}
        for turn in self._turns.values():
            # Turns come in the order of their ids, so the parent's verdict is known; "after one with ..." is
            # not nested further
            above = refused.get(turn.parent_turn_id, "") if turn.parent_turn_id else ""
            own = self._own_reason(turn) or self._reason_of_first_reading(turn, refused)
            refused[turn.id] = own or (
                above if not above or above.startswith("after") else f"after one with {above}"
            )
        return refused

    def _own_reason(self, turn: TurnRow) -> str:
        if turn.kind == "replay":
            return "edits done at once, whose words may be several people's"
        if turn.deleted_at is not None:
            return "deleted words"
        if turn.author_id not in self._people:
            return "an author who did not opt in"
        if turn.origin == "message" and not self._settings.message_text:
            return "words of a message"
        if turn.origin == "picture":
            return "words read in a picture"
        # "New thread" under a picture: the first turn carries the words of another conversation on, whose
        # turns are not above it
        if turn.kind == "imagine" and turn.origin == "button":
            return "words continued from elsewhere"
        return "no picture" if turn.finished_at is None or turn.target_prompt is None else ""

    def _reason_of_first_reading(self, turn: TurnRow, refused: dict[int, str]) -> str:
        """Why the turn is left out whose words a second reading follows, which is beside it, not above it."""
        if turn.kind != "refine" or turn.origin != "button":
            return ""
        first = [
            refused[old.id]
            for old in self._children[turn.parent_turn_id]
            if old.id < turn.id
            and old.second_prompt == turn.target_prompt
            and old.instruction == turn.instruction
        ]
        return next(filter(None, first), "") if first else "words of a picture that is gone"

    def _signals(self) -> dict[int, list[Signal]]:
        """What people who opted in did, by picture; what was taken back is gone."""
        signals: dict[int, list[Signal]] = defaultdict(list)
        standing = select(VoteRow).where(VoteRow.retracted_at.is_(None)).order_by(VoteRow.id)
        for vote in self._session.scalars(standing):
            if vote.user_id not in self._people:
                self._left_out["votes: of people who did not opt in"] += 1
                continue
            signals[vote.image_id].append(
                Signal(
                    self._hash(vote.user_id), vote.kind, vote.emoji, vote.value, vote.is_self, vote.created_at
                )
            )
        return signals

    def _exposed(self) -> dict[int, tuple[str, ...]]:
        exposed: dict[int, list[str]] = defaultdict(list)
        for row in self._session.scalars(select(ExposureRow)):
            if row.user_id in self._people:
                exposed[row.turn_id].append(self._hash(row.user_id))
        return defaultdict(tuple, {turn: tuple(sorted(people)) for turn, people in exposed.items()})

    def _record(self, turn: TurnRow, candidates: list[Candidate], exposed: tuple[str, ...]) -> Record:
        line = self._line(turn)
        return Record(
            turn=turn.id,
            parent=turn.parent_turn_id,
            kind=turn.kind,
            origin=turn.origin,
            conversation=self._hash(turn.conversation_id, "conversation"),
            family=hashlib.sha256(fold(line[0].source_prompt).encode()).hexdigest()[:16],
            author=self._hash(turn.author_id),
            source_prompt=turn.source_prompt,
            instruction=_instruction(line),
            intent=_intent(line),
            target_prompt=turn.target_prompt or "",
            llm=None if turn.parameters.get("exact") else turn.llm_model,
            painter=turn.painter_model,
            at=turn.created_at,
            candidates=tuple(candidates),
            exposed=exposed,
            arm=turn.parameters.get("arm", ""),
        )

    def _line(self, turn: TurnRow) -> list[TurnRow]:
        """The turns from the first one down to this one."""
        line = [turn]
        while (parent := line[-1].parent_turn_id) is not None:
            line.append(self._turns[parent])
        return line[::-1]

    @staticmethod
    def _candidate(image: ImageRow, signals: list[Signal]) -> Candidate:
        if not _SHA256.fullmatch(image.sha256):
            raise SnapshotError(f"Picture {image.id} has no content hash: run `python -m bot db check`.")
        file = f"{image.sha256[:2]}/{image.sha256}.png"
        return Candidate(image.id, file, image.position, image.seed, image.created_at, tuple(signals))

    def _watermark(self) -> dict[str, int]:
        """The highest id of each table that counts: what came later is in no earlier snapshot."""
        tables = {"turns": TurnRow.id, "images": ImageRow.id, "votes": VoteRow.id}
        return {
            name: self._session.scalar(select(column).order_by(column.desc()).limit(1)) or 0
            for name, column in tables.items()
        }

    def _hash(self, number: int, what: str = "person") -> str:
        return keyed(self._key, number, what)


def _intent(line: list[TurnRow]) -> str:
    """The first words and what was asked since; words taken as they are replace all before them."""
    said = [line[0].source_prompt]
    for turn in line[1:]:
        if turn.kind == "refine" and not _settings_only(turn):
            said = [turn.instruction] if turn.parameters.get("exact") else [*said, turn.instruction]
    return ", ".join(" ".join(words.split()) for words in said if words.strip())


def _instruction(line: list[TurnRow]) -> str:
    """What the last turn's prompt was written for; nothing where its words changed settings alone ("16:9").

    A reroll or variation follows the words of the turn above it.
    """
    followed = next((turn for turn in reversed(line) if turn.kind == "refine"), line[0])
    return "" if _settings_only(followed) else line[-1].instruction


def _settings_only(turn: TurnRow) -> bool:
    return bool((turn.parameters.get("changes") or {}).get("only"))


def _key(path: Path) -> bytes:
    """The secret in a file, made where there is none, for this user's eyes only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        # The mode is given to open(2), so the file is never readable for others, not even for a moment
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_hex(32).encode())
    except FileExistsError:
        pass  # an earlier run made it, or another process just now (O_EXCL lets only one): it is read below
    except OSError as error:
        raise SnapshotError(f"{path} cannot be written ({error.strerror}): set export.key.") from error
    key = path.read_bytes().strip()
    if len(key) < 32:
        raise SnapshotError(f"{path} holds no key of at least 32 characters: remove it, a new one is made.")
    return key


@contextmanager
def _database(data: Path) -> Iterator[Path]:
    """The database file of a data folder, or of a backup (unpacked for as long as it is needed)."""
    if data.is_dir():
        if not (data / DATABASE).is_file():
            raise SnapshotError(f"There is no {DATABASE} in {data}: name the bot's data folder or a backup.")
        yield data / DATABASE
        return
    with tempfile.TemporaryDirectory() as folder:
        try:
            with zipfile.ZipFile(data) as archive:
                (Path(folder) / DATABASE).write_bytes(archive.read(DATABASE))
        except FileNotFoundError as error:
            raise SnapshotError(f"There is neither a data folder nor a backup at {data}.") from error
        except (zipfile.BadZipFile, KeyError, OSError) as error:
            raise SnapshotError(f"{data} is no backup of the bot, or it is damaged ({error}).") from error
        yield Path(folder) / DATABASE


@contextmanager
def _session(path: Path) -> Iterator[Session]:
    """One read-only transaction, so that all tables are seen as they were at one moment."""

    def connect() -> sqlite3.Connection:
        address = f"file:{quote(str(path.resolve()))}?mode=ro"
        return sqlite3.connect(address, uri=True, isolation_level=None, timeout=30)

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    try:
        with Session(engine) as session:
            _check_schema(session, path)
            yield session
    except DatabaseError as error:
        raise SnapshotError(f"{path} cannot be read ({error.orig}): run `python -m bot db check`.") from error
    finally:
        engine.dispose()


async def _from_postgres(address: str, read: Callable[[Session], T]) -> T:
    """What `read` gives of one read-only transaction of PostgreSQL, all of it as it was at one moment."""
    try:
        url = make_url(address)
    except ArgumentError:
        # from None: the message repeats the URL, and with it the password
        raise SnapshotError("export.url is no URL: copy it from [store] url of the bot.") from None
    query = {"ssl" if key == "sslmode" else key: value for key, value in url.query.items()}  # libpq's name
    name = url.render_as_string(hide_password=True)
    try:
        engine = create_async_engine(
            url.set(drivername="postgresql+asyncpg", query=query),
            poolclass=NullPool,
            hide_parameters=True,
            isolation_level="REPEATABLE READ",
            execution_options={"postgresql_readonly": True},
        )
        async with AsyncSession(engine) as session:

            def checked(inner: Session) -> T:
                _check_schema(inner, name)
                return read(inner)

            return await session.run_sync(checked)
    except ModuleNotFoundError as error:
        raise SnapshotError(f"PostgreSQL needs the package asyncpg: {installing('postgres')}") from error
    except SnapshotError:
        raise
    except Exception as error:
        # asyncpg's own errors, which it raises while it connects, have PostgreSQL's code
        if not isinstance(error, (SQLAlchemyError, OSError)) and not hasattr(error, "sqlstate"):
            raise
        raise SnapshotError(f"{name} cannot be read ({error}): run `python -m bot check`.") from error


def _check_schema(session: Session, path: Path | str) -> None:
    """Raise SnapshotError unless the tables have all the columns that are read."""
    tables = inspect(session.connection())
    there = set(tables.get_table_names())
    lacking = []
    for row in _READ:
        name = Base.metadata.tables[row.__tablename__].name
        columns = {column["name"] for column in tables.get_columns(name)} if name in there else set()
        lacking += [f"{name}.{column.name}" for column in row.__table__.columns if column.name not in columns]
    if lacking:
        raise SnapshotError(
            f"{path} has another schema than this program (it lacks {', '.join(lacking[:3])}): bring it "
            "up to date with `python -m bot db upgrade`, or restore the backup first."
        )


def _revision(session: Session) -> str:
    found = session.connection().exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return str(found)


def _unpack_pictures(backup: Path, output: Path, records: list[Record]) -> None:
    """Put the pictures that records name where `pictures_folder` says; the archive's paths are not used."""
    with zipfile.ZipFile(backup) as archive:
        there = set(archive.namelist())
        for file in {candidate.picture for record in records for candidate in record.candidates}:
            name = f"{PICTURES}/{Path(file).name}"
            if name in there:
                path = output / PICTURES / file
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(archive.read(name))
