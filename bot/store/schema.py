"""The tables, as SQLAlchemy's typed declarative classes. This module imports nothing but SQLAlchemy.

Ids of ours are never used twice (SQLite's AUTOINCREMENT, PostgreSQL's sequences): buttons and snapshots refer
to them for years. Discord's ids are 64-bit integers. Times are UTC. Enumerations are stored as their
lower-case words.
"""

from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

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


class Words(TypeDecorator[str]):
    """Text of any length, without the NUL that PostgreSQL refuses, so that both databases keep the same."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Leave out what cannot be stored."""
        return value if value is None else value.replace("\0", "")


class ShortWords(TypeDecorator[str]):
    """Text of at most so many characters, without NUL. SQLite takes longer ones, PostgreSQL refuses them."""

    impl = String
    cache_ok = True

    def __init__(self, length: int) -> None:
        super().__init__(length)
        self._longest = length

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Cut what is longer, such as the path of a model."""
        return value if value is None else value.replace("\0", "")[: self._longest]


class Base(DeclarativeBase):
    """What all tables share: names of constraints and the types of columns."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        Id: _ID,
        dict[str, Any]: JSON,
    }


def _turn_key(column: str) -> ForeignKey:
    """A key to one of a conversation's turns; use_alter tells the sort of tables that it closes a circle."""
    name = f"fk_conversations_{column}_turns"
    return ForeignKey("turns.id", ondelete="SET NULL", use_alter=True, name=name)


class ConversationRow(Base):
    """Where pictures are made by talking. `head_turn_id` and `tip_turn_id`: see bot.domain.conversation."""

    __tablename__ = "conversations"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[Id] = mapped_column(primary_key=True)
    guild_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    channel_id: Mapped[int] = mapped_column(BigInteger, index=True)
    thread_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    creator_id: Mapped[int] = mapped_column(BigInteger, index=True)
    title: Mapped[str] = mapped_column(ShortWords(100))
    head_turn_id: Mapped[Id | None] = mapped_column(_turn_key("head_turn_id"), index=True)
    tip_turn_id: Mapped[Id | None] = mapped_column(_turn_key("tip_turn_id"), index=True)
    created_at: Mapped[datetime]


class TurnRow(Base):
    """One instruction. A deleted turn stays as a tombstone (`deleted_at`) without its words.

    `way`: how its pictures came to be (`model.engine.Way`); empty until that is chosen. `edits`: so many
    edits in a row they went through since they were last painted. `cost`: how many turns it counts for in the
    limits of an hour and a day, by its model.
    """

    __tablename__ = "turns"
    __table_args__ = (
        UniqueConstraint("conversation_id", "id"),
        # the parent is a turn of the same conversation
        ForeignKeyConstraint(["conversation_id", "parent_turn_id"], ["turns.conversation_id", "turns.id"]),
        CheckConstraint("parent_turn_id < id", name="parent_is_older"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    conversation_id: Mapped[Id] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    parent_turn_id: Mapped[Id | None] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(16))
    origin: Mapped[str] = mapped_column(String(16))
    author_id: Mapped[int] = mapped_column(BigInteger, index=True)
    request_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    follows_head: Mapped[bool]
    instruction: Mapped[str] = mapped_column(Words())
    source_prompt: Mapped[str] = mapped_column(Words())
    target_prompt: Mapped[str | None] = mapped_column(Words())
    parameters: Mapped[dict[str, Any]]
    way: Mapped[str | None] = mapped_column(String(16))
    edits: Mapped[int] = mapped_column(default=0, server_default="0")
    llm_model: Mapped[str | None] = mapped_column(ShortWords(200))
    painter_model: Mapped[str | None] = mapped_column(ShortWords(200))
    prompt_version: Mapped[int | None]
    seconds: Mapped[float | None]
    cost: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(index=True)
    finished_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]


class JobRow(Base):
    """The work of one turn. States and transitions: bot.jobs.queue. `cause` names what made it fail.

    Where several processes work: `holder` has the job until `leased_until`, by the database's clock
    (bot.store.leases). `put_off`: its holder posts its pictures later.
    """

    __tablename__ = "jobs"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[Id] = mapped_column(primary_key=True)
    turn_id: Mapped[Id] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"), unique=True)
    state: Mapped[str] = mapped_column(String(16), index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    cause: Mapped[str | None] = mapped_column(ShortWords(80))
    detail: Mapped[str | None] = mapped_column(Words())
    holder: Mapped[str | None] = mapped_column(String(100))
    leased_until: Mapped[datetime | None]
    put_off: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class ImageRow(Base):
    """A picture whose file is at `path` in the picture folder. Several rows may share one file.

    `spoiler`: it is shown covered, as `bot.domain.content_policy` decided when it was made.
    """

    __tablename__ = "images"
    __table_args__ = (UniqueConstraint("turn_id", "position"), {"sqlite_autoincrement": True})

    id: Mapped[Id] = mapped_column(primary_key=True)
    turn_id: Mapped[Id] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"))
    position: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    path: Mapped[str] = mapped_column(String(200))
    seed: Mapped[int] = mapped_column(BigInteger)
    width: Mapped[int]
    height: Mapped[int]
    channel_id: Mapped[int | None] = mapped_column(BigInteger)
    message_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    spoiler: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[datetime]


class BroughtPictureRow(Base):
    """The picture that a first turn starts from; see bot.store.brought_pictures.

    `sha256` names its file in the picture folder until it is read, and is empty from then on. `settings`:
    what the file says about how it was painted, to be offered (bot.domain.brought_picture).
    """

    __tablename__ = "brought_pictures"

    turn_id: Mapped[Id] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"), primary_key=True)
    sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    settings: Mapped[dict[str, Any] | None]


class SourcePictureRow(Base):
    """A further picture that a turn is painted with: a mask, or one to take things from.

    `sha256` names its file in the picture folder for as long as the turn is there, since the same edit may be
    asked for once more.
    """

    __tablename__ = "source_pictures"

    turn_id: Mapped[Id] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(String(8), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sha256: Mapped[str] = mapped_column(String(64), index=True)


class VoteRow(Base):
    """A person's judgement of a picture.

    `kind` is "reaction" for an emoji on the message, and names the signal otherwise (pick, reroll, undo,
    base); `emoji` is empty then. A reaction to a message with several pictures gives each of them a row.
    """

    __tablename__ = "votes"
    __table_args__ = (
        UniqueConstraint("image_id", "user_id", "kind", "emoji"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    image_id: Mapped[Id] = mapped_column(ForeignKey("images.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(BigInteger, index=True)
    kind: Mapped[str] = mapped_column(String(16))
    emoji: Mapped[str] = mapped_column(ShortWords(64), default="")
    value: Mapped[int]
    is_self: Mapped[bool]
    created_at: Mapped[datetime]
    retracted_at: Mapped[datetime | None]


class ExposureRow(Base):
    """A person who could have seen a turn's pictures, so that silence can be told from absence."""

    __tablename__ = "exposures"

    turn_id: Mapped[Id] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, index=True)
    created_at: Mapped[datetime]


class ReportRow(Base):
    """A person's word to the moderators about a turn's pictures.

    `state`: bot.domain.reports. `channel_id` and `message_id` are the moderators' message, once it is there.
    """

    __tablename__ = "reports"
    __table_args__ = (UniqueConstraint("turn_id", "reporter_id"), {"sqlite_autoincrement": True})

    id: Mapped[Id] = mapped_column(primary_key=True)
    turn_id: Mapped[Id] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"))
    reporter_id: Mapped[int] = mapped_column(BigInteger, index=True)
    reason: Mapped[str] = mapped_column(Words())
    state: Mapped[str] = mapped_column(String(16))
    channel_id: Mapped[int | None] = mapped_column(BigInteger)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(BigInteger)


class ChoreRow(Base):
    """When the bot's regular work was done last, so that a restart neither skips nor repeats it."""

    __tablename__ = "chores"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    done_at: Mapped[datetime]


class SessionStartRow(Base):
    """When the next shard of a rate-limit key may identify at the gateway (bot.store.session_starts)."""

    __tablename__ = "session_starts"

    key: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    free_at: Mapped[datetime]


class ActionRow(Base):
    """Something that a person did beside asking for pictures, kept for an hour (bot.store.actions)."""

    __tablename__ = "actions"

    id: Mapped[Id] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(BigInteger, index=True)
    action: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(index=True)


class OwnWordsRow(Base):
    """A style, a saved prompt or a list for wildcards that a person keeps (bot.domain.own_words).

    `guild_id` is the server that it is shared with, by one of its managers; None is for its owner alone.
    `name_key` is the name as it is looked up.
    """

    __tablename__ = "own_words"
    __table_args__ = (UniqueConstraint("owner_id", "name_key"), {"sqlite_autoincrement": True})

    id: Mapped[Id] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(BigInteger)
    guild_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(ShortWords(40))
    name_key: Mapped[str] = mapped_column(ShortWords(40))
    words: Mapped[str] = mapped_column(Words())
    created_at: Mapped[datetime]


class UserRow(Base):
    """What a person decided. Who has no row decided nothing: no training use, the general defaults."""

    __tablename__ = "users"

    user_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    training_consent: Mapped[bool] = mapped_column(default=False)
    consent_changed_at: Mapped[datetime | None]
    preferences: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]


class GuildSettingsRow(Base):
    """What a server's operators set there, over bot.toml."""

    __tablename__ = "guild_settings"

    guild_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    updated_at: Mapped[datetime]
