"""Database and pictures without the bot.

`python -m bot db upgrade | check [--mend] | prune [--dry-run] | copy FROM TO | renumber`
"""

import asyncio
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path

from bot.ops.backup import DATABASE
from bot.ops.nightly import Retention
from bot.ops.preflight import database_finding
from bot.settings import Settings
from bot.store import check, migrate, transfer
from bot.store.address import Address, address_of, shown
from bot.store.data_folder import claimed
from bot.store.images import ImageStore
from bot.store.picture_files.opening import open_files
from bot.store.retention import RetentionStore
from bot.store.session import Database


def upgrade_or_check(settings: Settings, action: str, *, mend: bool = False) -> int:
    """Bring the database to this version, or say how it and the pictures are; 0 when all is (then) well."""
    with _claimed_for(settings, f"db {action}", changes=action == "upgrade" or mend):
        if action == "upgrade":
            migrate.upgrade(settings.store.address)
        finding = database_finding(settings)
        print(finding)
        if not finding.good or action == "upgrade" or migrate.revision_of(settings.store.address) is None:
            return 0 if finding.good else 1
        return asyncio.run(_check(settings, mend=mend))


def _claimed_for(settings: Settings, purpose: str, *, changes: bool) -> AbstractContextManager[None]:
    """The data folder for this process alone where something is changed; a look may be had beside the bot."""
    return claimed(settings.store.data_dir, purpose) if changes else nullcontext()


async def _check(settings: Settings, *, mend: bool) -> int:
    """Compare rows and files; with `mend`, put right what is wrong and compare again."""
    async with Database.open(settings.store.address) as database, open_files(settings) as files:
        report = await check.inspect(database, files)
        _print(report)
        if mend and not report.clean:
            await check.mend(database, files, report)
            report = await check.inspect(database, files)
            print("mended; now:")
            _print(report)
    return 0 if report.clean else 1


def prune(settings: Settings, *, dry_run: bool = False) -> int:
    """Do now what the bot does every night: remove what is older than [retention] allows."""
    if not settings.retention.days:
        print("[retention] days is 0: everything is kept, nothing to do")
        return 0
    with _claimed_for(settings, "db prune", changes=not dry_run):
        return asyncio.run(_prune(settings, dry_run=dry_run))


async def _prune(settings: Settings, *, dry_run: bool) -> int:
    async with Database.open(settings.store.address) as database:
        store = RetentionStore(database, settings.retention)
        if dry_run:
            print(f"{len(await store.expired(datetime.now(UTC)))} turns would go")
            return 0
        async with open_files(settings) as files:
            images = ImageStore(database, files)
            gone = await Retention(store, images, settings.store.database, settings.retention)()
    print(
        f"removed {gone.turns} turns, {gone.pictures} pictures, {gone.votes} votes "
        f"and {gone.conversations} whole conversations"
    )
    return 0


def copy(source: str, target: str) -> int:
    """Copy one database into another, empty one, and say what to do next."""
    there, here = address_of(source), address_of(target)
    held = asyncio.run(transfer.copy(there, here, lambda line: print(line, flush=True)))
    rows = sum(table.rows for table in held.values())
    print(
        f"{shown(here)} holds the {rows} rows that {shown(there)} held at one moment; counts and checksums "
        "of every table are the same.\n"
        "What a bot did since then is not in it: to move, end the bot before, and copy.\n"
        f"Next: {_place_of(here)}, and start the bot. Picture files are named "
        "by their content and stay where they are; keep the old database for a while."
    )
    return 0


def _place_of(target: Address) -> str:
    """How a bot comes to work with a database that was copied to `target`."""
    if isinstance(target, Path):
        return f"put {shown(target)} into [store] data_dir as {DATABASE}, with [store] url empty"
    return "name it in [store] url, or DIFFCHAT__STORE__URL"


def renumber(settings: Settings) -> int:
    """After a database's own restore, as by pg_restore: give out no number that it gave out before."""
    with _claimed_for(settings, "db renumber", changes=True):
        migrate.skip_ahead(settings.store.address)
    print(f"{shown(settings.store.address)}: new rows are numbered behind a random gap")
    return 0


def _print(report: check.Report) -> None:
    for line in report.lines():
        print(f"!!  pictures     {line}; run `python -m bot db check --mend`")
    if report.clean:
        print("OK  pictures     every row has its file, and every file its row")
