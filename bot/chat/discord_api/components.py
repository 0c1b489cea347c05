"""What a message shows in its components: its buttons however deep they lie, and its galleries' pictures.

Files that a component shows are not among a message's `attachments` (Discord's "Message Object"). Those of a
gallery are known by their address alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import discord


@dataclass(frozen=True, slots=True)
class GalleryPicture:
    """A picture of a gallery, with as much of a `discord.Attachment` as it has.

    discord.py 2.7 gives a message's media items no connection, so that their own `read` raises.
    """

    client: discord.Client
    item: discord.MediaGalleryItem
    size: int = 0  # bytes; Discord does not tell them

    @property
    def filename(self) -> str:
        """The name it was sent with."""
        return file_name(self.item.media)

    @property
    def content_type(self) -> str | None:
        """Its media type, as far as Discord tells it."""
        return self.item.media.content_type

    async def read(self) -> bytes:
        """Its bytes. Raises what Discord's CDN answers."""
        return await self.client.http.get_from_cdn(self.item.media.url)


def walk(components: Sequence[discord.Component]) -> Iterator[discord.Component]:
    """Components and all within them, in reading order."""
    for component in components:
        yield component
        yield from walk(getattr(component, "children", ()))
        accessory = getattr(component, "accessory", None)
        if accessory is not None:
            yield accessory


def buttons_of(message: discord.Message) -> dict[str, discord.Button]:
    """The buttons of a message by their `custom_id`, without links."""
    found = (part for part in walk(message.components) if isinstance(part, discord.Button))
    return {button.custom_id: button for button in found if button.custom_id is not None}


def gallery_pictures(
    client: discord.Client, shown: discord.Message | discord.MessageSnapshot
) -> list[GalleryPicture]:
    """The pictures of a message's galleries."""
    galleries = (part for part in walk(shown.components) if isinstance(part, discord.MediaGalleryComponent))
    return [GalleryPicture(client, item) for gallery in galleries for item in gallery.items]


def file_name(media: discord.UnfurledMediaItem) -> str:
    """The name of a file, as its address ends."""
    return unquote(urlsplit(media.url).path.rpartition("/")[2])
