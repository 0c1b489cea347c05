"""The worker of the showcase: does what is due when it is woken, and looks by itself every half minute.

So a picture that is deleted, by whatever way, leaves the showcase within that time; one that its author
deletes by its button at once, though it can be brought back for a minute.
"""

import asyncio
import contextlib
import logging

from discord.ext import commands

from bot.chat.gallery import showcase as showcase_posts
from bot.chat.gallery.showcase import Showcase
from bot.client.client import DiffChatBot
from bot.errors import StoreError

log = logging.getLogger(__name__)


class ShowcaseWork(commands.Cog):
    """Begins with the first session, as nothing can be posted before."""

    def __init__(self, bot: DiffChatBot, *, showcase: Showcase) -> None:
        self.showcase = showcase
        self._work: asyncio.Task[None] | None = None

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Begin, once."""
        if self._work is None:
            self._work = asyncio.create_task(self._sweep(), name="showcase")

    async def cog_unload(self) -> None:
        """End the work; what is due stays due."""
        if self._work is not None:
            self._work.cancel()
            await asyncio.wait({self._work})

    async def _sweep(self) -> None:
        while True:
            self.showcase.wake.clear()
            try:
                await self.showcase.sweep()
            except StoreError as error:
                log.warning("What is due in the showcase cannot be read: %s", error)
            except Exception:  # a fault of ours with one post must not end the work on all others
                log.exception("The work on the showcase failed; it is tried again")
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(showcase_posts.LOOK_S):
                    await self.showcase.wake.wait()


async def setup(bot: DiffChatBot) -> None:
    """Called by the client when it starts."""
    await bot.add_cog(ShowcaseWork(bot, showcase=bot.services.gallery.showcase))
