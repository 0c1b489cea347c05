"""The showcase: a channel of a server in which the pictures stand that people gave so many hearts.

What is to be done is read from the database (`bot.store.showcase`) and done again until Discord took it, by
one worker: a message after a vote, its end after a deletion, another credit after a decision.

Never twice: a picture is claimed before it is posted, and a bot that may have posted it before (it was
killed, or Discord's answer was lost) first looks for the message, whose file is named by the claim. For some
minutes Discord sees to it as well, by the nonce ("Create Message", `enforce_nonce`).
"""

import asyncio
import io
import logging
import time
from collections.abc import Callable
from pathlib import PurePath
from typing import Any
from urllib.parse import urlsplit

import discord
from discord import ui

from bot.chat.discord_api.api_errors import FAILURES, as_bot_error
from bot.chat.discord_api.guilds import Guilds
from bot.chat.discord_api.seen_channels import as_open
from bot.chat.pictures.uploads import picture_file
from bot.chat.wording.languages import Languages
from bot.chat.wording.prompt_diff import escape, shorten
from bot.domain.gallery import ShowcaseState, Showing
from bot.errors import GoneTurn, PictureLost, PlaceGone, StoreError
from bot.i18n import Language
from bot.store.gallery import Found, GalleryStore
from bot.store.guilds import GuildStore
from bot.store.images import ImageStore
from bot.store.showcase import ShowcaseStore, Shown
from bot.texts import gallery as words

log = logging.getLogger(__name__)

LOOK_S = 30.0
"""Seconds after which the worker looks by itself: so long may a deleted picture stay in a showcase."""
AGAIN_S = 600.0  # after a failure
_LOOK_BACK = 300  # latest messages of the channel that are looked through
_WORDS = 300  # characters of a prompt
_ALT_TEXT = 1024  # characters, Discord's limit
_COLOUR = discord.Colour(0xEB459E)
_NOBODY = discord.AllowedMentions.none()  # a credit rings no bell


class Showcase:
    """The showcases of all servers. `wake` is set when something may be due."""

    def __init__(
        self,
        client: Callable[[], discord.Client],
        *,
        gallery: GalleryStore,
        showcase: ShowcaseStore,
        rules: GuildStore,
        images: ImageStore,
        guilds: Guilds,
        languages: Languages,
    ) -> None:
        self._client = client
        self._gallery = gallery
        self._showcase = showcase
        self._rules = rules
        self._images = images
        self._guilds = guilds
        self._languages = languages
        self._claimed: set[int] = set()  # pictures that this process claimed and did not begin to post
        self._later: dict[int, float] = {}  # what failed, and when it is tried again
        self._hidden: set[int] = set()  # turns that can be brought back for a minute (`Deletions`)
        self._returned: list[tuple[int | None, int]] = []  # servers and messages of those that were
        self.wake = asyncio.Event()

    async def consider(self, guild_id: int | None, message_id: int) -> None:
        """Claim the picture of a message for the showcase, if it has the hearts and may be shown there."""
        if guild_id is None:
            return
        try:
            rules = await self._rules.rules(guild_id)
            if not rules.showcase_channel or message_id == 0:
                return
            found = await self._gallery.of_message(message_id)
            if found is None or found.hearts < rules.showcase_hearts or not found.showing.allowed:
                return
            if found.turn.id in self._hidden:
                return
            if not _may_stand_in(self._client(), found.channel_id, rules.showcase_channel):
                log.info("Turn %s is of a channel that not all of the showcase see", found.turn.id)
                return
            if await self._showcase.claim(found.image_id, guild_id, rules.showcase_channel):
                log.info("Turn %s has %s hearts: it is shown", found.turn.id, found.hearts)
                self._claimed.add(found.turn.id)
                self.wake.set()
        except StoreError as error:
            log.warning("Message %s is not considered for the showcase: %s", message_id, error)

    def hide(self, turn_id: int) -> None:
        """Take a picture down that its author deletes: it is gone from its own place, too.

        Brought back, it is shown anew, as the latest one.
        """
        self._hidden.add(turn_id)
        self.wake.set()

    def show_again(self, turn_id: int, guild_id: int | None, message_id: int) -> None:
        """A picture was brought back; it is shown again where it still has the hearts."""
        self._hidden.discard(turn_id)
        self._returned.append((guild_id, message_id))
        self.wake.set()

    def forget(self, turn_id: int) -> None:
        """A picture that was hidden is deleted."""
        self._hidden.discard(turn_id)
        self.wake.set()

    async def sweep(self) -> None:
        """Do what is due; what fails is due again."""
        # here and not when they are brought back, so that taking them down is over
        returned, self._returned = self._returned, []
        for guild_id, message_id in returned:
            await self.consider(guild_id, message_id)
        now = time.monotonic()
        self._later = {number: at for number, at in self._later.items() if at > now}
        for one in await self._showcase.due(self._later, self._hidden):
            try:
                await self._do(one)
            except (PlaceGone, *FAILURES, StoreError, PictureLost) as error:
                self._later[one.id] = now + AGAIN_S
                log.warning("The showcase of server %s has to wait: %s", one.guild_id, error)

    async def _do(self, one: Shown) -> None:
        try:
            if one.turn_id is None or one.turn_id in self._hidden:
                await self._take_down(one)
            elif one.state is ShowcaseState.POST:
                await self._post(one, await self._gallery.of_turn(one.turn_id))
            elif one.message_id is not None:
                await self._edit(one, one.message_id, await self._gallery.of_turn(one.turn_id))
        except GoneTurn:
            self.wake.set()  # deleted a moment ago: there is something else to do
        except discord.HTTPException as error:
            if not isinstance(as_bot_error(error), PlaceGone):
                raise
            log.info("The showcase channel %s is gone", one.channel_id)
            await self._showcase.forget(one.id)

    async def _take_down(self, one: Shown) -> None:
        place = self._place(one)
        # one that was posted and not noted, as the bot ended in between, is found by its file
        known = one.message_id or await self._earlier(one)
        if known is not None:
            try:
                await place.get_partial_message(known).delete()
            except discord.NotFound as error:
                log.info("Message %s of the showcase is gone already: %s", known, error)
        await self._showcase.forget(one.id)

    async def _post(self, one: Shown, found: Found) -> None:
        first = found.turn.id in self._claimed
        self._claimed.discard(found.turn.id)
        earlier = None if first else await self._earlier(one)
        if earlier is not None:
            # with which credit it was posted is not known
            await self._edit(one, earlier, found)
            return
        file, view = await self._made(one, found)
        place = self._place(one)
        sent = await place.send(view=view, file=file, nonce=f"show-{one.id}", allowed_mentions=_NOBODY)
        await self._showcase.shown(one.id, sent.id, found.showing)

    async def _edit(self, one: Shown, message_id: int, found: Found) -> None:
        """Write the credit anew; a message that moderators deleted stays so."""
        file, view = await self._made(one, found)
        place = self._place(one)
        try:
            message = place.get_partial_message(message_id)
            await message.edit(view=view, attachments=[file], allowed_mentions=_NOBODY)
        except discord.NotFound as error:
            if isinstance(as_bot_error(error), PlaceGone):
                raise
        await self._showcase.shown(one.id, message_id, found.showing)

    async def _made(self, one: Shown, found: Found) -> tuple[discord.File, ui.LayoutView]:
        """The file and the message. Raises `PictureLost`."""
        guild = await self._guilds.get(self._client(), one.guild_id)
        language = await self._languages.at(guild, 0)
        limit = guild.filesize_limit if guild else discord.utils.DEFAULT_FILE_SIZE_LIMIT_BYTES
        png = await self._images.read(found.image)
        small = await asyncio.to_thread(picture_file, _file_name(one), png, limit)
        alt = shorten(found.turn.target_prompt or "", _ALT_TEXT) or None
        file = discord.File(io.BytesIO(small.data), small.name, description=alt, spoiler=found.image.spoiler)
        return file, _layout(found, file, language)

    def _place(self, one: Shown) -> discord.PartialMessageable:
        return self._client().get_partial_messageable(one.channel_id, guild_id=one.guild_id)

    async def _earlier(self, one: Shown) -> int | None:
        """The message that was posted for this claim; None where there is none among the latest."""
        place = self._place(one)
        async for message in place.history(limit=_LOOK_BACK):
            if _file_name(one) in _files_shown(message):
                return message.id
        return None


def _layout(found: Found, file: discord.File, language: Language) -> ui.LayoutView:
    frame: ui.Container[ui.LayoutView] = ui.Container(accent_colour=_COLOUR)
    frame.add_item(ui.MediaGallery(discord.MediaGalleryItem(file)))
    named = found.showing is Showing.NAMED
    by = words.BY(language, author=f"<@{found.turn.author_id}>") if named else words.SOMEBODY(language)
    said = escape(shorten(found.turn.target_prompt or "…", _WORDS))
    frame.add_item(ui.TextDisplay(words.SHOWCASE(language, words=said, about=by)))
    link: ui.Button[Any] = ui.Button(label=words.SEE_IT(language), url=found.link)
    return ui.LayoutView(timeout=None).add_item(frame.add_item(ui.ActionRow(link)))


def _file_name(one: Shown) -> str:
    return f"showcase-{one.id}"


def _files_shown(message: discord.Message) -> set[str]:
    """The names, without their endings, of the files in a message's frames.

    A file that a component shows is not among the attachments ("Component Reference", Media Gallery).
    """
    frames = [part for top in message.components for part in getattr(top, "children", ())]
    items = [item for part in frames for item in getattr(part, "items", ())]
    names = [PurePath(urlsplit(item.media.url).path).name for item in items]
    return {name.removeprefix("SPOILER_").partition(".")[0] for name in names}


def _may_stand_in(client: discord.Client, source_id: int, showcase_id: int) -> bool:
    source, showcase = client.get_channel(source_id), client.get_channel(showcase_id)
    if isinstance(source, discord.Thread):
        source = None if source.is_private() else source.parent
    if not isinstance(source, discord.abc.GuildChannel) or not isinstance(showcase, discord.abc.GuildChannel):
        return False
    return as_open(source, showcase)
