"""The first tables.

Revision 0001, after nothing, 2026-11-23
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# SQLite numbers rows by itself only in columns declared INTEGER; elsewhere our numbers need 64 bits
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# Conversations name turns, and turns their conversation: one of the keys is added when both tables are there,
# but for SQLite, which cannot add one later and does not mind
LATER = {
    "head_turn_id": "fk_conversations_head_turn_id_turns",
    "tip_turn_id": "fk_conversations_tip_turn_id_turns",
}


def upgrade() -> None:
    """Make the tables of conversations, jobs, pictures, votes and settings in an empty database."""
    op.create_table(
        "conversations",
        sa.Column("id", ID, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=True),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("thread_id", sa.BigInteger(), nullable=True),
        sa.Column("creator_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("head_turn_id", ID, nullable=True),
        sa.Column("tip_turn_id", ID, nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["head_turn_id"],
            ["turns.id"],
            name="fk_conversations_head_turn_id_turns",
            ondelete="SET NULL",
            use_alter=True,
        ),
        sa.ForeignKeyConstraint(
            ["tip_turn_id"],
            ["turns.id"],
            name="fk_conversations_tip_turn_id_turns",
            ondelete="SET NULL",
            use_alter=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversations")),
        sa.UniqueConstraint("thread_id", name=op.f("uq_conversations_thread_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_conversations_channel_id"), "conversations", ["channel_id"], unique=False)
    op.create_index(op.f("ix_conversations_creator_id"), "conversations", ["creator_id"], unique=False)
    op.create_index(op.f("ix_conversations_guild_id"), "conversations", ["guild_id"], unique=False)

    op.create_table(
        "guild_settings",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", name=op.f("pk_guild_settings")),
    )
    op.create_table(
        "users",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("training_consent", sa.Boolean(), nullable=False),
        sa.Column("consent_changed_at", sa.DateTime(), nullable=True),
        sa.Column("preferences", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_users")),
    )
    op.create_table(
        "turns",
        sa.Column("id", ID, nullable=False),
        sa.Column("conversation_id", ID, nullable=False),
        sa.Column("parent_turn_id", ID, nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("request_id", sa.BigInteger(), nullable=True),
        sa.Column("follows_head", sa.Boolean(), nullable=False),
        sa.Column("instruction", sa.Text(), nullable=False),
        sa.Column("source_prompt", sa.Text(), nullable=False),
        sa.Column("target_prompt", sa.Text(), nullable=True),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("llm_model", sa.String(length=200), nullable=True),
        sa.Column("painter_model", sa.String(length=200), nullable=True),
        sa.Column("prompt_version", sa.Integer(), nullable=True),
        sa.Column("seconds", sa.Double(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("parent_turn_id < id", name=op.f("ck_turns_parent_is_older")),
        sa.ForeignKeyConstraint(
            ["conversation_id", "parent_turn_id"],
            ["turns.conversation_id", "turns.id"],
            name=op.f("fk_turns_conversation_id_parent_turn_id_turns"),
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_turns_conversation_id_conversations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_turns")),
        sa.UniqueConstraint("conversation_id", "id", name=op.f("uq_turns_conversation_id_id")),
        sa.UniqueConstraint("request_id", name=op.f("uq_turns_request_id")),
        sqlite_autoincrement=True,
    )
    if not _is_sqlite():
        for column, name in LATER.items():
            op.create_foreign_key(name, "conversations", "turns", [column], ["id"], ondelete="SET NULL")
    op.create_index(op.f("ix_turns_author_id"), "turns", ["author_id"], unique=False)
    op.create_index(op.f("ix_turns_created_at"), "turns", ["created_at"], unique=False)
    op.create_index(op.f("ix_turns_parent_turn_id"), "turns", ["parent_turn_id"], unique=False)

    op.create_table(
        "exposures",
        sa.Column("turn_id", ID, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["turn_id"], ["turns.id"], name=op.f("fk_exposures_turn_id_turns"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("turn_id", "user_id", name=op.f("pk_exposures")),
    )
    op.create_index(op.f("ix_exposures_user_id"), "exposures", ["user_id"], unique=False)

    op.create_table(
        "images",
        sa.Column("id", ID, nullable=False),
        sa.Column("turn_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["turn_id"], ["turns.id"], name=op.f("fk_images_turn_id_turns"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_images")),
        sa.UniqueConstraint("turn_id", "position", name=op.f("uq_images_turn_id_position")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_images_message_id"), "images", ["message_id"], unique=False)
    op.create_index(op.f("ix_images_sha256"), "images", ["sha256"], unique=False)

    op.create_table(
        "jobs",
        sa.Column("id", ID, nullable=False),
        sa.Column("turn_id", ID, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(length=80), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["turn_id"], ["turns.id"], name=op.f("fk_jobs_turn_id_turns"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sa.UniqueConstraint("turn_id", name=op.f("uq_jobs_turn_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_jobs_state"), "jobs", ["state"], unique=False)

    op.create_table(
        "votes",
        sa.Column("id", ID, nullable=False),
        sa.Column("image_id", ID, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("emoji", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("is_self", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("retracted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["image_id"], ["images.id"], name=op.f("fk_votes_image_id_images"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_votes")),
        sa.UniqueConstraint(
            "image_id", "user_id", "kind", "emoji", name=op.f("uq_votes_image_id_user_id_kind_emoji")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_votes_user_id"), "votes", ["user_id"], unique=False)


def downgrade() -> None:
    """Go back to an empty database; indexes go with their tables."""
    if not _is_sqlite():
        for name in LATER.values():
            op.drop_constraint(name, "conversations", type_="foreignkey")
    for table in (
        "votes",
        "jobs",
        "images",
        "exposures",
        "users",
        "turns",
        "guild_settings",
        "conversations",
    ):
        op.drop_table(table)


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
