"""The place of the picture files that the settings name."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.errors import StoreError
from bot.settings import Settings
from bot.store.picture_files.local import LocalFiles
from bot.store.picture_files.port import PictureFiles
from model.errors import installing

MISSING = f"[images] url needs the package fsspec: {installing('s3')} brings it with the one for S3."


@asynccontextmanager
async def open_files(settings: Settings) -> AsyncIterator[PictureFiles]:
    """The files of [images] url, or of the folder below [store] data_dir where none is named.

    Raises `StoreError` where a package is missing that the address needs.
    """
    if not settings.images.url:
        yield LocalFiles(settings.store.pictures)
        return
    try:
        from bot.store.picture_files.remote import open_remote
    except ImportError as error:  # fsspec comes with the extra
        raise StoreError(MISSING) from error
    async with open_remote(settings.images.url, settings.images.endpoint) as files:
        yield files
