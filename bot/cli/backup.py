"""`python -m bot backup FILE | restore FILE`: database and pictures in one file, and back."""

import asyncio
from pathlib import Path

from bot.ops import backup
from bot.settings import Settings
from bot.store.address import shown
from bot.store.data_folder import claimed
from bot.store.picture_files.opening import open_files


def back_up(settings: Settings, file: Path) -> int:
    """Write the backup, also while the bot runs."""

    async def work() -> int:
        async with open_files(settings) as files:
            return await backup.back_up(settings.store.address, files, file)

    print(f"{file}: the database and {asyncio.run(work())} pictures")
    return 0


def restore(settings: Settings, file: Path) -> int:
    """Bring it back to where no database is yet; no bot may run there meanwhile."""

    async def work() -> int:
        async with open_files(settings) as files:
            return await backup.restore(file, settings.store.address, files)

    with claimed(settings.store.data_dir, "restore"):
        count = asyncio.run(work())
    print(f"{shown(settings.store.address)}: restored with {count} pictures")
    return 0
