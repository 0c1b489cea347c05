"""Numbers are given out once: by no second database, and not again after a restore."""

from pathlib import Path

import pytest

from bot.ops.backup import back_up, restore
from bot.store import numbering
from bot.store.picture_files.local import LocalFiles
from tests.bot import house as houses
from tests.bot.house import House, open_house

DRAWN = numbering.gap


@pytest.fixture(autouse=True)
def random_gaps(monkeypatch: pytest.MonkeyPatch, numbers_from_one: None) -> None:  # goes first
    monkeypatch.setattr("bot.store.numbering.gap", DRAWN)


async def numbers(house: House) -> tuple[int, int, int]:
    """The numbers of a new conversation, its turn and its job."""
    accepted = await house.imagine()
    await house.queue.idle()
    return accepted.conversation.id, accepted.turn.id, accepted.job.id


async def test_two_databases_give_out_other_numbers(tmp_path: Path) -> None:
    seen = set()
    for name in "ab":
        async with open_house(tmp_path / name) as house:
            first = await numbers(house)
            assert await numbers(house) == tuple(number + 1 for number in first)
            seen.add(first)
    assert len(set.intersection(*(set(numbers) for numbers in seen))) == 0


async def test_a_restored_database_gives_out_no_number_of_the_time_it_lost(tmp_path: Path) -> None:
    file, there = tmp_path / "backup.zip", tmp_path / "there"
    (tmp_path / "there").mkdir()
    async with open_house(tmp_path / "here") as house:
        kept = await numbers(house)
        await back_up(house.database.address, house.images.files, file)
        lost = [await numbers(house) for _ in range(3)]
    await restore(file, houses.address_in(there), LocalFiles(there / "pictures"))
    async with open_house(there) as house:
        assert (await house.conversations.turn(kept[1])).images
        for _ in range(3):
            new = await numbers(house)
            assert all(
                number not in column for number, column in zip(new, zip(*lost, strict=True), strict=True)
            )
