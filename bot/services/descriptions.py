"""What a picture shows, in several readings, for somebody who wants its words and not yet a picture."""

import asyncio
from collections.abc import Callable

from bot.domain.brought_picture import usable_prompt
from bot.domain.content_policy import SafetyPolicy
from bot.domain.limits import Allowance
from bot.errors import MemberError, NotDescribed
from bot.jobs.progress import LookingLimit
from bot.services.picture_starts import MAX_PIXELS
from model.engine import Engine
from model.errors import BadImage
from model.pictures.decoding import check_picture

READINGS = 3


class Descriptions:
    """Asks the engine for readings of a picture, each within `seconds`. `longest` is that of a prompt.

    `describes` says whether the engine can put a picture into words.
    """

    def __init__(
        self,
        engine: Engine,
        safety: SafetyPolicy,
        longest: int,
        seconds: float,
        *,
        describes: Callable[[], bool],
    ) -> None:
        self._engine = engine
        self._safety = safety
        self._longest = longest
        self._limit = LookingLimit(seconds)
        self._describes = describes

    def require(self) -> None:
        """Raise `NotDescribed` where nothing describes pictures, before one is fetched."""
        if not self._describes():
            raise NotDescribed

    async def checked(self, data: bytes) -> bytes:
        """The encoded picture, looked through. Raises `BadImage`."""
        await asyncio.to_thread(check_picture, data, MAX_PIXELS)
        return data

    async def of(self, data: bytes, allowed: Allowance) -> list[str]:
        """Different prompts that say what a checked picture shows, the most likely first; at least one.

        Raises `BadImage` where nothing can be said, `TookTooLong`, an error of the engine, or, where no
        reading may be painted, what `SafetyPolicy.accept` does.
        """
        said: list[str] = []
        for reading in range(READINGS):
            async with self._limit():
                said.append(await self._engine.describe(data, reading))
        refused: MemberError | None = None
        found: list[str] = []
        for text in dict.fromkeys(usable_prompt(text, self._longest) for text in said):
            try:
                if text:
                    self._safety.accept(text, adult=allowed.adult)
                    found.append(text)
            except MemberError as error:
                refused = error
        if found:
            return found
        raise refused or BadImage("Nothing in this picture could be put into words: send another one.")
