"""What a person may do with what is kept about them: take a copy, or have it removed, files and all."""

import asyncio
import io
import json
import zipfile
from typing import Any

from bot.errors import PictureLost, TooLateToCancel
from bot.services.turns import TurnService
from bot.store.images import ImageStore, relative_path
from bot.store.people import PeopleStore, Removed

COPY_LIMIT = 8 * 2**20
"""Bytes of a copy, so that it can be sent; pictures beyond that are only listed in it."""


class PrivacyService:
    """The use cases behind /privacy."""

    def __init__(self, people: PeopleStore, images: ImageStore, turns: TurnService) -> None:
        self.people = people
        self._images = images
        self._turns = turns

    async def copy(self, user_id: int) -> bytes:
        """A ZIP with `data.json` and the person's pictures, as many as fit into `COPY_LIMIT` bytes."""
        data = await self.people.copy(user_id)
        return await asyncio.to_thread(_zipped, data, await self._fitting(data))

    async def _fitting(self, data: dict[str, Any]) -> dict[str, bytes]:
        """The files of the pictures named there, one after another for as long as they fit into a copy."""
        kinds = ("pictures", "brought_pictures", "source_pictures")
        named = [picture["sha256"] for kind in kinds for picture in data[kind]]
        files: dict[str, bytes] = {}
        room = COPY_LIMIT - len(json.dumps(data))
        for sha256 in dict.fromkeys(filter(None, named)):
            size = await self._images.files.size(relative_path(sha256))
            if size is None or size >= room:
                continue
            try:
                files[sha256] = await self._images.content(sha256)
            except PictureLost:
                continue  # deleted meanwhile; it is listed
            room -= size
        return files

    async def remove(self, user_id: int) -> Removed:
        """Delete everything about a person: their waiting work, rows, and pictures nobody else has.

        One transaction removes the rows; should this process end before the files are gone too, they are
        files without a row, which `python -m bot db check --mend` removes.
        """
        for turn_id in await self.people.unfinished(user_id):
            try:
                await self._turns.cancel(turn_id, user_id)
            except TooLateToCancel:
                continue  # it is posted this moment; its rows go all the same
        removed = await self.people.remove(user_id)
        await self._images.remove_unused(removed.hashes)
        return removed


def _zipped(data: dict[str, Any], pictures: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(data, indent=2, ensure_ascii=False))
        for sha256, png in pictures.items():
            archive.writestr(f"pictures/{sha256}.png", png, zipfile.ZIP_STORED)  # PNG is compressed already
    return buffer.getvalue()
