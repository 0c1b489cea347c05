"""What is too much is refused: for a person, a server, everybody together; and when there is room again."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.limits import Allowance
from bot.domain.options import Options
from bot.errors import (
    ModelQuotaUsedUp,
    QueueFull,
    QuotaUsedUp,
    ServerHasEnough,
    ServerQuotaUsedUp,
    TooManyWaiting,
)
from bot.settings import LimitsSettings
from bot.store.schema import TurnRow
from model.settings import NamedImageSettings
from tests.bot.house import ANN, BEN, CLEO, open_gate, open_house, painting


async def test_a_person_may_have_only_so_many_waiting(tmp_path: Path) -> None:
    limits = LimitsSettings(queued_per_user=2)
    async with open_house(tmp_path, limits=limits, working=False) as house:
        await house.imagine(author=ANN)
        await house.imagine(author=ANN)
        with pytest.raises(TooManyWaiting, match="already have 2 waiting"):
            await house.imagine(author=ANN)
        with pytest.raises(TooManyWaiting):
            await house.turns.check("a house", ANN)
        await house.imagine(author=BEN)


async def test_what_is_drawn_for_one_wish_is_taken_together_where_nothing_waits(tmp_path: Path) -> None:
    limits = LimitsSettings(queued_per_user=3)
    async with open_house(tmp_path, limits=limits, working=False) as house:
        four = Options(count=4)
        await house.imagine("a {red|blue|green|white} fox", options=four, author=ANN)
        with pytest.raises(TooManyWaiting, match="already have 4 waiting"):
            await house.imagine(author=ANN)
        await house.imagine(author=BEN)
        with pytest.raises(TooManyWaiting, match="already have 1 waiting"):
            await house.imagine("a {red|blue|green|white} fox", options=four, author=BEN)


@pytest.mark.parametrize(
    ("setting", "span", "hours"), [("hourly_per_user", "an hour", 1), ("daily_per_user", "a day", 24)]
)
async def test_a_quota_counts_what_is_stored_and_says_when_it_frees(
    tmp_path: Path, setting: str, span: str, hours: int
) -> None:
    limits = LimitsSettings.model_validate({"queued_per_user": 50, setting: 2})
    async with open_house(tmp_path, limits=limits, working=False) as house:
        first = await house.imagine(author=ANN)
        await house.imagine(author=ANN)
        await house.imagine(author=BEN)
    async with open_house(tmp_path, limits=limits, working=False) as house:  # a restart gives no more
        with pytest.raises(QuotaUsedUp, match=rf"2 pictures within {span}") as refused:
            await house.imagine(author=ANN)
        free = int(first.turn.created_at.timestamp()) + hours * 3600 + 1
        assert f"<t:{free}:R>" in str(refused.value)
        earlier = datetime.now(UTC) - timedelta(hours=hours, seconds=5)
        async with house.database.session() as session:
            (await session.get_one(TurnRow, first.turn.id)).created_at = earlier
        await house.imagine(author=ANN)


async def test_a_models_own_daily_number_counts_its_turns_of_that_person_and_says_when_it_frees(
    tmp_path: Path,
) -> None:
    photo = NamedImageSettings(model="photo", steps=3, guidance=5.0, width=64, height=64, cost=5, daily=2)
    limits, by_photo = LimitsSettings(queued_per_user=50), Options(model="photo")
    async with open_house(tmp_path, limits=limits, named={"photo": photo}, working=False) as house:
        first = await house.imagine(author=ANN, options=by_photo)
        for author, options in ((ANN, None), (ANN, by_photo), (BEN, by_photo), (ANN, None)):
            await house.imagine(author=author, options=options)
        with pytest.raises(ModelQuotaUsedUp, match="2 pictures with photo within a day") as refused:
            await house.imagine(author=ANN, options=by_photo)
        free = int(first.turn.created_at.timestamp()) + 24 * 3600 + 1
        assert f"<t:{free}:R>" in str(refused.value)
        async with house.database.session() as session:
            earlier = datetime.now(UTC) - timedelta(days=1, seconds=5)
            (await session.get_one(TurnRow, first.turn.id)).created_at = earlier
        await house.imagine(author=ANN, options=by_photo)


async def test_the_queue_has_a_length(tmp_path: Path) -> None:
    async with open_house(tmp_path, limits=LimitsSettings(queue_length=2), working=False) as house:
        await house.imagine(author=ANN)
        await house.imagine(author=BEN)
        with pytest.raises(QueueFull, match="2 waiting"):
            await house.imagine(author=CLEO)


async def test_a_refusal_for_want_of_room_says_when_there_will_be_some(tmp_path: Path) -> None:
    limits = LimitsSettings(running=1, queued_per_guild=1)
    async with open_house(tmp_path, limits=limits) as house:
        for _ in range(3):
            await house.imagined()
        house.engine.gate = asyncio.Event()
        await house.imagine()
        await painting(house, 4)
        await house.imagine(author=BEN)
        with pytest.raises(ServerHasEnough, match=r"already has 1 waiting.* ask again in a moment\."):
            await house.imagine(author=CLEO)
        await house.imagine(author=CLEO, guild=None)
        open_gate(house)
        await house.queue.idle()


@pytest.mark.parametrize(("setting", "hours"), [("hourly_per_guild", 1), ("daily_per_guild", 24)])
async def test_a_servers_quota_is_its_own(tmp_path: Path, setting: str, hours: int) -> None:
    limits = LimitsSettings.model_validate({setting: 2})
    async with open_house(tmp_path, limits=limits, working=False) as house:
        first = await house.imagine(author=ANN)
        await house.imagine(author=BEN)
        free = int(first.turn.created_at.timestamp()) + hours * 3600 + 1
        with pytest.raises(ServerQuotaUsedUp, match=rf"server has had 2 pictures.*<t:{free}:R>"):
            await house.imagine(author=CLEO)
        await house.imagine(author=CLEO, guild=77)
        await house.imagine(author=CLEO, guild=None)


async def test_what_a_model_did_not_paint_counts_as_one_turn_and_not_in_its_daily_number(
    tmp_path: Path,
) -> None:
    """Words that are answered, a picture shown once more in a new thread, and a thread that did not open."""
    photo = NamedImageSettings(model="photo", steps=3, guidance=5.0, width=64, height=64, cost=5, daily=2)
    async with open_house(tmp_path, named={"photo": photo}) as house:
        first = await house.imagined(options=Options(model="photo"))
        await house.refined(first.conversation_id, "undo")
        where: Any = {"guild_id": 1, "channel_id": 2, "request_id": None, "allowed": Allowance()}
        shown = await house.turns.continue_elsewhere(first.id, ANN, placed=False, **where)
        await house.turns.abandon(shown, ConnectionError("no Discord"))
        await house.turns.continue_elsewhere(first.id, ANN, placed=True, **where)
        async with house.database.reading() as session:
            costs = list(await session.scalars(select(TurnRow.cost).order_by(TurnRow.id)))
        assert costs == [5, 1, 0, 1]
        await house.imagined(options=Options(model="photo"))
        with pytest.raises(ModelQuotaUsedUp):
            await house.imagine(author=ANN, options=Options(model="photo"))
