"""Converts rows to domain objects and back, so that SQLAlchemy's types stay inside `bot.store`.

Rows that are loaded singly by `conversation_row`, `turn_row` and `job_row` are held in a transaction that may
write, and with them their conversation, before anything is read of it (`bot.store.dialect`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, get_args

from sqlalchemy import ColumnElement, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.conversation import Conversation, Image, Origin, Parameters, Turn, TurnKind
from bot.domain.edit_tree import EditTree
from bot.domain.job import Job, JobState
from bot.domain.source_pictures import SourcePicture, SourceRole
from bot.errors import GoneConversation, GoneTurn
from bot.store.dialect import hold, holds_rows, is_held, note_held
from bot.store.schema import ConversationRow, ImageRow, JobRow, SourcePictureRow, TurnRow
from model.engine import Way

_WAYS: dict[str, Way] = {way: way for way in get_args(Way)}
_IMAGES = (  # made once: to make it takes longer than to execute it
    select(ImageRow)
    .where(ImageRow.turn_id.in_(bindparam("turns", expanding=True)))
    .order_by(ImageRow.turn_id, ImageRow.position)
)
_WITH_SOURCES = ("edit", "region")  # ways that take further pictures; a reference goes with every way


def conversation_of(row: ConversationRow) -> Conversation:
    """The conversation of a row."""
    return Conversation(
        id=row.id,
        guild_id=row.guild_id,
        channel_id=row.channel_id,
        thread_id=row.thread_id,
        creator_id=row.creator_id,
        title=row.title,
        head_turn_id=row.head_turn_id,
        tip_turn_id=row.tip_turn_id,
        created_at=row.created_at,
    )


def image_of(row: ImageRow) -> Image:
    """The image of a row."""
    return Image(
        id=row.id,
        turn_id=row.turn_id,
        position=row.position,
        sha256=row.sha256,
        seed=row.seed,
        width=row.width,
        height=row.height,
        channel_id=row.channel_id,
        message_id=row.message_id,
        spoiler=row.spoiler,
    )


def turn_of(row: TurnRow, images: Iterable[ImageRow], sources: Iterable[SourcePictureRow] = ()) -> Turn:
    """The turn of a row, the rows of its images and of the further pictures that it is painted with."""
    return Turn(
        id=row.id,
        conversation_id=row.conversation_id,
        parent_turn_id=row.parent_turn_id,
        kind=TurnKind(row.kind),
        origin=Origin(row.origin),
        author_id=row.author_id,
        instruction=row.instruction,
        source_prompt=row.source_prompt,
        target_prompt=row.target_prompt,
        parameters=Parameters.from_json(row.parameters),
        follows_head=row.follows_head,
        created_at=row.created_at,
        request_id=row.request_id,
        llm_model=row.llm_model,
        painter_model=row.painter_model,
        prompt_version=row.prompt_version,
        doubtful=row.doubtful,
        second_prompt=row.second_prompt,
        seconds=row.seconds,
        finished_at=row.finished_at,
        deleted_at=row.deleted_at,
        images=tuple(image_of(image) for image in images),
        way=None if row.way is None else _WAYS[row.way],
        edits=row.edits,
        sources=tuple(SourcePicture(SourceRole(source.role), source.sha256) for source in sources),
    )


def source_rows(turn_id: int, sources: Sequence[SourcePicture]) -> list[SourcePictureRow]:
    """The rows of a turn's further pictures."""
    return [
        SourcePictureRow(turn_id=turn_id, role=source.role.value, position=place, sha256=source.sha256)
        for place, source in enumerate(sources)
    ]


def job_of(row: JobRow, turn: TurnRow, guild_id: int | None) -> Job:
    """The job of a row, the row of its turn, and the server of its conversation."""
    return Job(
        id=row.id,
        turn_id=row.turn_id,
        conversation_id=turn.conversation_id,
        user_id=turn.author_id,
        state=JobState(row.state),
        attempts=row.attempts,
        cause=row.cause,
        created_at=row.created_at,
        guild_id=guild_id,
        holder=row.holder,
        aside=row.aside,
    )


def parameters_json(parameters: Parameters) -> dict[str, object]:
    """Parameters as they are stored."""
    return asdict(parameters)


def without_words(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Stored parameters as a tombstone keeps them: numbers, without what people wrote or named."""
    return {name: _NO_WORDS.get(name, value) for name, value in parameters.items()}


_NO_WORDS = {"style": None, "negative_prompt": "", "style_words": "", "changes": None}


async def blank_parameters(session: AsyncSession, *where: ColumnElement[bool]) -> None:
    """Take people's own words out of the parameters of the turns that meet `where`."""
    stored = await session.execute(select(TurnRow.id, TurnRow.parameters).where(*where))
    blanked = [
        {"id": turn_id, "parameters": bare}
        for turn_id, parameters in stored.all()
        if (bare := without_words(parameters)) != parameters
    ]
    if blanked:
        await session.execute(update(TurnRow), blanked)


async def load_turns(session: AsyncSession, *where: ColumnElement[bool]) -> list[Turn]:
    """The turns that meet `where`, by id, each with its images."""
    return await _whole(
        session, (await session.scalars(select(TurnRow).where(*where).order_by(TurnRow.id))).all()
    )


async def _whole(session: AsyncSession, rows: Sequence[TurnRow]) -> list[Turn]:
    """The turns of these rows, with their images and further pictures."""
    images = await _images_of(session, [row.id for row in rows])
    with_sources = [row.id for row in rows if row.way in _WITH_SOURCES or row.parameters.get("reference_as")]
    sources = await _sources_of(session, with_sources)
    return [turn_of(row, images.get(row.id, []), sources.get(row.id, [])) for row in rows]


async def load_turn(session: AsyncSession, turn_id: int) -> Turn:
    """The turn of that id, whose row is read once in a transaction; `GoneTurn` when there is none."""
    row = await session.get(TurnRow, turn_id)
    if row is None:
        raise GoneTurn
    return (await _whole(session, [row]))[0]


async def load_turn_and_parent(session: AsyncSession, turn_id: int) -> tuple[Turn, Turn | None]:
    """The turn of that id and the one that it starts from; `GoneTurn` when there is none."""
    row = await session.get(TurnRow, turn_id)
    parent = await session.get(TurnRow, row.parent_turn_id) if row and row.parent_turn_id else None
    if row is None or (row.parent_turn_id and parent is None):
        raise GoneTurn
    turn, *above = await _whole(session, [row] if parent is None else [row, parent])
    return turn, above[0] if above else None


async def load_tree(session: AsyncSession, row: ConversationRow) -> EditTree:
    """All turns of a conversation with its head and tip."""
    turns = await load_turns(session, TurnRow.conversation_id == row.id)
    return EditTree({turn.id: turn for turn in turns}, row.head_turn_id, row.tip_turn_id)


def place_head(row: ConversationRow, tree: EditTree) -> None:
    """Store head and tip of a tree."""
    row.head_turn_id, row.tip_turn_id = tree.head_turn_id, tree.tip_turn_id


async def conversation_row(session: AsyncSession, conversation_id: int) -> ConversationRow:
    """The row of that id; `GoneConversation` when there is none."""
    row = await hold(session, ConversationRow, conversation_id)
    if row is None:
        raise GoneConversation
    return row


async def turn_row(session: AsyncSession, turn_id: int) -> TurnRow:
    """The row of that id; `GoneTurn` when there is none."""
    newly = await hold_conversation(session, TurnRow, turn_id)
    row = await session.get(TurnRow, turn_id, populate_existing=newly)
    if row is None:
        raise GoneTurn
    return row


async def job_row(session: AsyncSession, job_id: int) -> JobRow:
    """The row of that id; `GoneTurn` when there is none, as a job goes only with its turn."""
    await hold_conversation(session, JobRow, job_id)
    row = await hold(session, JobRow, job_id)
    if row is None:
        raise GoneTurn
    return row


async def hold_conversation(session: AsyncSession, table: type[TurnRow | JobRow], key: int) -> bool:
    """Hold the conversation that a turn or job belongs to; whether that was needed just now."""
    if not holds_rows(session) or is_held(session, table, key):
        return False
    of_it = select(TurnRow.conversation_id)
    where = of_it.where(TurnRow.id == key) if table is TurnRow else of_it.join(JobRow).where(JobRow.id == key)
    conversation_id = await session.scalar(where)
    if conversation_id is not None:
        await hold(session, ConversationRow, conversation_id)
        if table is TurnRow:
            note_held(session, TurnRow, key)
    return True


async def _sources_of(session: AsyncSession, turn_ids: Sequence[int]) -> dict[int, list[SourcePictureRow]]:
    by_turn: dict[int, list[SourcePictureRow]] = {}
    if not turn_ids:
        return by_turn
    of_them = select(SourcePictureRow).where(SourcePictureRow.turn_id.in_(turn_ids))
    in_order = of_them.order_by(SourcePictureRow.turn_id, SourcePictureRow.position)
    for source in await session.scalars(in_order):
        by_turn.setdefault(source.turn_id, []).append(source)
    return by_turn


async def _images_of(session: AsyncSession, turn_ids: Sequence[int]) -> dict[int, list[ImageRow]]:
    if not turn_ids:
        return {}
    by_turn: dict[int, list[ImageRow]] = {}
    for image in await session.scalars(_IMAGES, {"turns": turn_ids}):
        by_turn.setdefault(image.turn_id, []).append(image)
    return by_turn
