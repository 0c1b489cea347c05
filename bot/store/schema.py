"""The tables, as SQLAlchemy's typed declarative classes. Of ours it imports only `schema_types`.

Ids of ours are never used twice (SQLite's AUTOINCREMENT, PostgreSQL's sequences): buttons and snapshots refer
to them for years. Discord's ids are 64-bit integers. Times are UTC. Enumerations are stored as their
lower-case words.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    false,
    func,
    literal_column,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.schema_types import Base as Base  # noqa: PLC0414  # for those who read the schema here
from bot.store.schema_types import Id, ShortWords, Words


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
    doubtful: Mapped[bool] = mapped_column(default=False, server_default=false())
    second_prompt: Mapped[str | None] = mapped_column(Words())
    seconds: Mapped[float | None]
    cost: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(index=True)
    finished_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]


class JobRow(Base):
    """The work of one turn. States and transitions: bot.jobs.queue. `cause` names what made it fail.

    Where several processes work: `holder` has the job until `leased_until`, by the database's clock
    (bot.store.leases). `put_off`: its holder posts its pictures later. `aside`: its words may need no
    picture; of a job that a process works on: it was taken past those that wait (bot.jobs.queue).
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
    aside: Mapped[bool] = mapped_column(default=False, server_default=false())
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
    """A further picture that a turn is painted with: a mask, a reference, or one to take things from.

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


class GalleryRow(Base):
    """A painted turn as bot.store.gallery finds it: by its author, its server's votes, or its words.

    `image_id` is the turn's first picture, with which the row goes. `votes` is the worth of all reactions but
    the author's own, `hearts` how many others gave a heart. `words` are those of its prompt for the search.
    """

    __tablename__ = "gallery"
    __table_args__ = (
        Index("ix_gallery_guild_id_votes", "guild_id", "votes", "image_id"),
        Index("ix_gallery_author_id_image_id", "author_id", "image_id"),
        # SQLite has the table `gallery_search` for it, made by migration 0010 and no part of this schema
        Index(
            "ix_gallery_words",
            func.to_tsvector(literal_column("'simple'::regconfig"), literal_column("words")),
            postgresql_using="gin",
        ).ddl_if(dialect="postgresql"),
    )

    image_id: Mapped[Id] = mapped_column(
        ForeignKey("images.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    turn_id: Mapped[Id] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"), unique=True)
    guild_id: Mapped[int | None] = mapped_column(BigInteger)
    channel_id: Mapped[int] = mapped_column(BigInteger)
    author_id: Mapped[int] = mapped_column(BigInteger)
    votes: Mapped[int]
    hearts: Mapped[int]
    words: Mapped[str] = mapped_column(Words())


class FavouriteRow(Base):
    """A picture that a person wants to find again: the first of its turn."""

    __tablename__ = "favourites"

    user_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    image_id: Mapped[Id] = mapped_column(
        ForeignKey("images.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    created_at: Mapped[datetime]


class ShowcaseRow(Base):
    """A message in a server's showcase channel. Its states: bot.domain.gallery.

    Without `image_id` the picture is gone, or its author does not want it shown any more: the message is to
    be deleted, and the row with it. Without `message_id` it is to be posted, or was without being noted.
    """

    __tablename__ = "showcase"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[Id] = mapped_column(primary_key=True)
    image_id: Mapped[Id | None] = mapped_column(ForeignKey("images.id", ondelete="SET NULL"), unique=True)
    guild_id: Mapped[int] = mapped_column(BigInteger)
    channel_id: Mapped[int] = mapped_column(BigInteger)
    message_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    state: Mapped[str] = mapped_column(String(10), index=True)
    created_at: Mapped[datetime]


class UserRow(Base):
    """What a person decided. Who has no row decided nothing: no training use, the general defaults.

    `showing` says whether and how others are shown their pictures (bot.domain.gallery); empty: not asked yet.
    """

    __tablename__ = "users"

    user_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    training_consent: Mapped[bool] = mapped_column(default=False)
    consent_changed_at: Mapped[datetime | None]
    showing: Mapped[str | None] = mapped_column(String(10))
    preferences: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]


class GuildSettingsRow(Base):
    """What a server's operators set there, over bot.toml."""

    __tablename__ = "guild_settings"

    guild_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    updated_at: Mapped[datetime]
