"""Votes and exposures: what people said about a picture, and who could have said something.

A person has at most one vote of a kind and emoji on a picture; doing it again changes nothing, taking it
back keeps the row with the time of the retraction. A reaction to a message counts for each of its pictures.
"""

import logging
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.conversation import Parameters
from bot.store.dialect import insert, staying
from bot.store.gallery import count_votes
from bot.store.schema import ExposureRow, ImageRow, TurnRow, VoteRow
from bot.store.session import Database

log = logging.getLogger(__name__)

_LOOKS = {ord("\ufe0f"): None} | dict.fromkeys(range(0x1F3FB, 0x1F400))  # emoji presentation and skin tones


class Signal(StrEnum):
    """How a judgement was given: by an emoji, or by what somebody did with the picture."""

    REACTION = "reaction"
    BASE = "base"  # something was made from it
    REROLL = "reroll"  # asked for another one from the same words
    UNDO = "undo"  # left for the picture before
    PICK = "pick"  # chosen among several
    NOT_MEANT = "not_meant"  # it changed what nobody had asked to change


WORTH: Mapping[Signal, int] = MappingProxyType(
    {Signal.BASE: 1, Signal.REROLL: -1, Signal.UNDO: -1, Signal.PICK: 1, Signal.NOT_MEANT: -1}
)


@dataclass(frozen=True, slots=True)
class Vote:
    """A person's judgement of a picture; `value` is what the settings said when it was given."""

    image_id: int
    user_id: int
    kind: Signal
    emoji: str
    value: int
    is_self: bool
    created_at: datetime
    retracted_at: datetime | None


def plain_emoji(emoji: str) -> str:
    """An emoji without skin tone and presentation mark, so that all kinds of thumbs-up are one."""
    return emoji.translate(_LOOKS)


class FeedbackStore:
    """Keeps votes. Those on messages that show no picture of ours are ignored."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def vote(self, message_id: int, user_id: int, emoji: str, value: int) -> bool:
        """Store a reaction worth `value` to a message; whether the message shows pictures."""
        async with self._database.session() as session:
            shown = await _images(session, ImageRow.message_id == message_id)
            await _put(session, shown, user_id, Signal.REACTION, plain_emoji(emoji), value)
            await count_votes(session, [image_id for image_id, _ in shown])
        if not shown:
            log.debug("A reaction to message %s, which shows no picture", message_id)
        return bool(shown)

    async def retract(self, message_id: int, user_id: int, emoji: str) -> bool:
        """Take a reaction back; whether there was such a vote."""
        whose = VoteRow.user_id == user_id, VoteRow.emoji == plain_emoji(emoji)
        return await self._take_back(ImageRow.message_id == message_id, Signal.REACTION, *whose) > 0

    async def reconcile(
        self,
        message_id: int,
        emoji: str,
        value: int,
        user_ids: Iterable[int],
        but: Set[int] = frozenset(),
    ) -> int:
        """Make the reactions with one emoji to a message those of exactly these people.

        For what happened while no events came. Votes of the people in `but` stay as they are. Returns how
        many votes were added or taken back.
        """
        plain, now_there = plain_emoji(emoji), set(user_ids) - but
        async with self._database.session() as session:
            shown = await _images(session, ImageRow.message_id == message_id)
            known = set(
                await session.scalars(
                    select(VoteRow.user_id)
                    .join(ImageRow)
                    .where(ImageRow.message_id == message_id, VoteRow.kind == Signal.REACTION.value)
                    .where(VoteRow.emoji == plain, VoteRow.retracted_at.is_(None))
                )
            )
            known -= but
            for user_id in now_there - known:
                await _put(session, shown, user_id, Signal.REACTION, plain, value)
            await count_votes(session, [image_id for image_id, _ in shown])
        for user_id in known - now_there:
            await self.retract(message_id, user_id, emoji)
        return len(now_there ^ known) if shown else 0

    async def clear(self, message_id: int, emoji: str | None = None) -> int:
        """Take back everybody's reactions to a message, or those with one emoji; how many votes that were."""
        which = () if emoji is None else (VoteRow.emoji == plain_emoji(emoji),)
        return await self._take_back(ImageRow.message_id == message_id, Signal.REACTION, *which)

    async def of_images(self, image_ids: Iterable[int]) -> list[Vote]:
        """All votes on these pictures, retracted ones too, oldest first."""
        async with self._database.reading() as session:
            rows = await session.scalars(
                select(VoteRow).where(VoteRow.image_id.in_(image_ids)).order_by(VoteRow.id)
            )
            return [_vote(row) for row in rows]

    async def expose(self, turn_id: int, user_ids: Iterable[int]) -> None:
        """Note people who could see a turn's pictures; the first time counts."""
        now = datetime.now(UTC)
        people = sorted(set(user_ids))  # in order, as in `bot.store.jobs`
        rows = [{"turn_id": turn_id, "user_id": user_id, "created_at": now} for user_id in people]
        if rows:
            async with self._database.session() as session:
                await session.execute(insert(session, ExposureRow).on_conflict_do_nothing(), rows)

    async def exposed(self, turn_id: int) -> set[int]:
        """Who could see a turn's pictures."""
        async with self._database.reading() as session:
            return set(
                await session.scalars(select(ExposureRow.user_id).where(ExposureRow.turn_id == turn_id))
            )

    async def _take_back(
        self, images: ColumnElement[bool], signal: Signal, *which: ColumnElement[bool]
    ) -> int:
        async with self._database.session() as session:
            return await _retract(session, images, signal, *which)


async def put_signal(
    session: AsyncSession, turn_id: int, user_id: int, signal: Signal, position: int | None = None
) -> None:
    """Store a signal about a turn's pictures, or about the one at `position`, in a running transaction."""
    which = ImageRow.turn_id == turn_id
    if position is not None:
        which &= ImageRow.position == position
    await _put(session, await _images(session, which), user_id, signal, "", WORTH[signal])


async def put_base(session: AsyncSession, turn_id: int, user_id: int, made: Parameters) -> None:
    """Note that something was `made` from a turn's pictures, or from one of them where there are more."""
    shown = await _images(session, ImageRow.turn_id == turn_id)
    if made.count < len(shown):
        shown = shown[made.base : made.base + 1]
    await _put(session, shown, user_id, Signal.BASE, "", WORTH[Signal.BASE])


async def put_pick(session: AsyncSession, turn: TurnRow, user_id: int, position: int) -> None:
    """Note which of a turn's pictures was chosen last; of a person's choices the last one counts."""
    turn.parameters = {**turn.parameters, "picked": position}
    others = (ImageRow.turn_id == turn.id) & (ImageRow.position != position)
    await take_back_signal(session, others, user_id, Signal.PICK)
    await put_signal(session, turn.id, user_id, Signal.PICK, position)


async def take_back_signal(
    session: AsyncSession, images: ColumnElement[bool], user_id: int, signal: Signal
) -> None:
    """Take a person's signal about these pictures back, in a running transaction."""
    await _retract(session, images, signal, VoteRow.user_id == user_id)


async def _retract(
    session: AsyncSession, images: ColumnElement[bool], signal: Signal, *which: ColumnElement[bool]
) -> int:
    judged = VoteRow.image_id.in_(select(ImageRow.id).where(images))
    standing = VoteRow.kind == signal.value, VoteRow.retracted_at.is_(None)
    result = await session.execute(
        update(VoteRow)
        .where(judged, *standing, *which)
        .values(retracted_at=datetime.now(UTC))
        .returning(VoteRow.image_id)
    )
    changed = list(result.scalars())
    if changed and signal is Signal.REACTION:
        await count_votes(session, set(changed))
    return len(changed)


async def _images(session: AsyncSession, which: ColumnElement[bool]) -> list[tuple[int, int]]:
    """Ids of pictures and who asked for them, in order; they stay while votes on them are written."""
    statement = (
        select(ImageRow.id, TurnRow.author_id)
        .join(TurnRow, ImageRow.turn_id == TurnRow.id)
        .where(which)
        .order_by(ImageRow.id)
    )
    rows = await session.execute(staying(session, statement, ImageRow))
    return [(image_id, author_id) for image_id, author_id in rows]


async def _put(
    session: AsyncSession,
    images: Iterable[tuple[int, int]],
    user_id: int,
    signal: Signal,
    emoji: str,
    value: int,
) -> None:
    """Insert a vote on each picture, or revive it if it had been taken back."""
    now = datetime.now(UTC)
    for image_id, author_id in images:
        statement = insert(session, VoteRow).values(
            image_id=image_id,
            user_id=user_id,
            kind=signal.value,
            emoji=emoji,
            value=value,
            is_self=user_id == author_id,
            created_at=now,
        )
        await session.execute(
            statement.on_conflict_do_update(
                index_elements=["image_id", "user_id", "kind", "emoji"],
                set_={"retracted_at": None, "value": value, "created_at": now},
                where=VoteRow.retracted_at.is_not(None),
            )
        )


def _vote(row: VoteRow) -> Vote:
    return Vote(
        image_id=row.image_id,
        user_id=row.user_id,
        kind=Signal(row.kind),
        emoji=row.emoji,
        value=row.value,
        is_self=row.is_self,
        created_at=row.created_at,
        retracted_at=row.retracted_at,
    )
