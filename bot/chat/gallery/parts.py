"""The gallery's parts together, as the features use them."""

from collections.abc import Callable
from dataclasses import dataclass

import discord

from bot.chat.discord_api.guilds import Guilds
from bot.chat.gallery.showcase import Showcase
from bot.chat.wording.languages import Languages
from bot.domain.gallery import Showing
from bot.settings.shards import Sharding
from bot.store.favourites import FavouriteStore
from bot.store.gallery import GalleryStore
from bot.store.guilds import GuildStore
from bot.store.images import ImageStore
from bot.store.session import Database
from bot.store.showcase import ShowcaseStore


@dataclass(frozen=True, slots=True)
class GalleryParts:
    """`pages` finds pictures, `favourites` keeps them, `showcase` shows the best liked ones."""

    pages: GalleryStore
    favourites: FavouriteStore
    showcase: Showcase

    async def decide(self, person: int, showing: Showing) -> None:
        """Store whether others may be shown a person's pictures; the showcase follows at once."""
        await self.pages.decide(person, showing)
        self.showcase.wake.set()


def gallery_parts(
    database: Database,
    client: Callable[[], discord.Client],
    sharding: Sharding,
    rules: GuildStore,
    *,
    images: ImageStore,
    guilds: Guilds,
    languages: Languages,
) -> GalleryParts:
    """All of them; `client` gives the connected client, which is made later."""
    pages = GalleryStore(database)
    showcase = Showcase(
        client,
        gallery=pages,
        showcase=ShowcaseStore(database, sharding),
        rules=rules,
        images=images,
        guilds=guilds,
        languages=languages,
    )
    return GalleryParts(pages, FavouriteStore(database), showcase)
