"""Counts what somebody, their server and everybody have waiting and have had, and refuses what is too much.

Counted from the stored turns, deleted ones too, so neither a restart nor the deletion of a picture gives
more; only what is gone with all of a person's data counts no more.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from sqlalchemy import ColumnElement, Select, bindparam, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot.domain.job import JobState
from bot.domain.limits import Allowance
from bot.errors import (
    ModelQuotaUsedUp,
    QueueFull,
    QueueRefused,
    QuotaUsedUp,
    ServerHasEnough,
    ServerQuotaUsedUp,
    TooManyWaiting,
)
from bot.i18n import Text
from bot.settings import LimitsSettings
from bot.store.dialect import database_time
from bot.store.schema import ConversationRow, JobRow, TurnRow
from bot.texts import spans


@dataclass(frozen=True, slots=True)
class UsedModel:
    """The model of the turns that are asked for: its name in [models], and what that section says of it."""

    name: str = ""
    cost: int = 1
    daily: int = 0


USUAL = UsedModel()
"""That of [image], or any without limits of its own."""
_HOUR, _DAY = (timedelta(hours=1), spans.AN_HOUR), (timedelta(days=1), spans.A_DAY)


def _waiting() -> Select[int, int, int]:
    """How many jobs wait: everybody's, of one `author`, of one `guild`."""
    theirs = TurnRow.author_id == bindparam("author")
    here = ConversationRow.guild_id == bindparam("guild")
    return (
        select(func.count(), func.count().filter(theirs), func.count().filter(here))
        .select_from(JobRow)
        .join(TurnRow)
        .join(ConversationRow, TurnRow.conversation_id == ConversationRow.id)
        .where(JobRow.state == JobState.QUEUED)
    )


_WAITING = _waiting()  # made once: to make it takes longer than to execute it


async def admit(
    session: AsyncSession,
    limits: LimitsSettings,
    user_id: int,
    guild_id: int | None,
    allowed: Allowance,
    more: int = 1,
    *,
    used: UsedModel = USUAL,
) -> None:
    """Raise a `QueueRefused` where `more` turns would be too much; work that is going on does not count.

    In what somebody may have within an hour or a day each of them counts for its model's cost. One that
    counts for more than all of that is still taken where nothing else was. So are several that are asked for
    together (a picture for each draw of a wildcard) and are more than may wait.
    """
    counted = await session.execute(_WAITING, {"author": user_id, "guild": guild_id})
    waiting, of_theirs, of_here = counted.one()
    if waiting + more > limits.queue_length:
        raise QueueFull(limit=limits.queue_length)
    theirs = TurnRow.author_id == user_id
    if allowed.queued_per_user and of_theirs and of_theirs + more > allowed.queued_per_user:
        raise TooManyWaiting(limit=of_theirs)
    cost = more, used.cost
    await _check_quota(session, theirs, allowed.hourly_per_user, _HOUR, QuotaUsedUp, cost)
    await _check_quota(session, theirs, allowed.daily_per_user, _DAY, QuotaUsedUp, cost)
    if used.daily:
        with_it = theirs & (TurnRow.parameters["model"].as_string() == used.name)
        refusal = partial(ModelQuotaUsedUp, model=used.name)
        with_it &= TurnRow.cost >= used.cost  # fewer are those that the model did not paint
        await _check_quota(session, with_it, used.daily, _DAY, refusal, (more, 1), counts=literal(1))
    if guild_id is None:
        return
    here = ConversationRow.guild_id == guild_id
    if allowed.queued_per_guild and of_here and of_here + more > allowed.queued_per_guild:
        raise ServerHasEnough(limit=of_here)
    await _check_quota(session, here, allowed.hourly_per_guild, _HOUR, ServerQuotaUsedUp, cost)
    await _check_quota(session, here, allowed.daily_per_guild, _DAY, ServerQuotaUsedUp, cost)


async def _check_quota(
    session: AsyncSession,
    whose: ColumnElement[bool],
    limit: int,
    span: tuple[timedelta, Text],
    refusal: Callable[..., QueueRefused],
    cost: tuple[int, int],
    *,
    counts: ColumnElement[int] | InstrumentedAttribute[int] = TurnRow.cost,
) -> None:
    """Raise `refusal` where (so many turns, each counting for so much) pass the limit of the span.

    `counts` is for how many a turn of before counts. It carries the time at which enough has left the span.
    """
    if not limit:
        return
    length, named = span
    latest = (
        select(TurnRow.created_at, counts)
        .join(ConversationRow, TurnRow.conversation_id == ConversationRow.id)
        .where(whose, TurnRow.cost > 0, TurnRow.created_at > await database_time(session) - length)
        .order_by(TurnRow.created_at.desc())
        .limit(limit)
    )
    more, each = cost
    used = needed = more * min(each, limit)
    room_after = await database_time(session) if needed > limit else None  # too many at once: never
    for created_at, its_cost in [] if room_after else await session.execute(latest):  # newest first
        used += its_cost
        if used > limit:  # once this turn has left the span, with all before it, there is room
            room_after = created_at
            break
    if room_after is not None:
        frees = int((room_after + length).timestamp()) + 1
        raise refusal(limit=limit, span=named, frees=f"<t:{frees}:R>")
