"""/gallery: a person's pictures, a server's best and favourites, page by page, for the person alone."""

import logging
from dataclasses import replace

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.conversations.continuing import Continuing
from bot.chat.discord_api.api_errors import FAILURES
from bot.chat.discord_api.asker import is_age_restricted
from bot.chat.discord_api.seen_channels import seen_channels
from bot.chat.gallery import page as gallery_page
from bot.chat.gallery.buttons import GoOnButton, PageButton, ShowingButton
from bot.chat.gallery.parts import GalleryParts
from bot.chat.pictures.deletion import Deletions
from bot.chat.wording.languages import Languages
from bot.client.client import DiffChatBot
from bot.domain.gallery import MOST_PAGES, Shelf, Showing, search_key
from bot.errors import AdultsOnly, EmptyText, GoneTurn
from bot.services.personal_limits import PersonalLimits
from bot.store.gallery import Found, Page, Viewer
from bot.store.images import ImageStore
from bot.texts import gallery as words
from bot.texts import slash

log = logging.getLogger(__name__)

_LONGEST = 100  # characters of the option; what does not fit into a button is left out


class Gallery(commands.Cog):
    """The command, its pages, going on from a picture, and the question whether others may be shown one's."""

    def __init__(
        self,
        bot: DiffChatBot,
        *,
        gallery: GalleryParts,
        images: ImageStore,
        continuing: Continuing,
        deletions: Deletions,
        languages: Languages,
        personal: PersonalLimits,
    ) -> None:
        self.bot = bot
        self.gallery = gallery
        self.images = images
        self.continuing = continuing
        self.deletions = deletions
        self.languages = languages
        self.personal = personal
        bot.add_dynamic_items(PageButton, GoOnButton, ShowingButton)
        bot.buttons.handle(PageButton, self.turn_page)
        bot.buttons.handle(GoOnButton, self.go_on)
        bot.buttons.handle(ShowingButton, self.decided)

    @app_commands.command(name="gallery", description=slash.GALLERY.en)
    @app_commands.describe(show=slash.GALLERY_SHOW.en, text=slash.GALLERY_WORDS.en)
    @app_commands.choices(
        show=[app_commands.Choice(name=text.en, value=shelf) for shelf, text in slash.SHELVES.items()]
    )
    @app_commands.rename(text="words")
    async def gallery_command(
        self,
        interaction: discord.Interaction,
        show: str = Shelf.MINE.value,
        text: app_commands.Range[str, 1, _LONGEST] | None = None,
    ) -> None:
        """The first page. Raises `EmptyText` for words to look for without a letter or digit, as emoji."""
        search = search_key(text or "")
        if text and not search:
            raise EmptyText
        await self.personal.count(interaction.user.id)
        await interaction.response.defer(ephemeral=True, thinking=True)
        await self._show(interaction, Shelf(show), 0, search)

    async def turn_page(
        self, interaction: discord.Interaction, shelf: Shelf, number: int, search: str
    ) -> None:
        """Another page in the same message."""
        await self.personal.count(interaction.user.id)
        await interaction.response.defer()
        await self._show(interaction, shelf, min(number, MOST_PAGES - 1), search_key(search))

    async def _show(self, interaction: discord.Interaction, shelf: Shelf, number: int, search: str) -> None:
        person, language = interaction.user.id, await self.languages.of(interaction)
        viewer = Viewer(person, interaction.guild_id, seen_channels(interaction))
        async with self.personal.working(person):
            number, page = await self._page(shelf, viewer, number, search)
            covered = {one.turn.id for one in page.found if self._is_covered(interaction, one)}
            files = await gallery_page.files_of(page.found, self.images, covered)
        ask = await self.gallery.pages.is_to_be_asked(person)
        view = gallery_page.layout(page, files, language, shelf=shelf, number=number, search=search, ask=ask)
        await interaction.edit_original_response(view=view, attachments=list(files.values()))

    async def _page(self, shelf: Shelf, viewer: Viewer, number: int, search: str) -> tuple[int, Page]:
        """A page and its number: the last one where the pictures of the page asked for have gone meanwhile.

        A picture whose deletion can still be taken back is out of sight here, too.
        """
        page = await self.gallery.pages.page(shelf, viewer, number, search)
        if number and not page.found:
            number = await self.gallery.pages.last(shelf, viewer, search)
            page = await self.gallery.pages.page(shelf, viewer, number, search)
        in_sight = tuple(one for one in page.found if not self.deletions.hides(one.turn.id))
        return number, replace(page, found=in_sight)

    async def go_on(self, interaction: discord.Interaction, turn_id: int) -> None:
        """A thread that begins with the picture, here.

        Raises `GoneTurn` for one of somebody else's that the person does not see in its place, and
        `AdultsOnly`.
        """
        found = await self.gallery.pages.of_turn(turn_id)
        seen = found.guild_id == interaction.guild_id and found.channel_id in seen_channels(interaction)
        if (found.turn.author_id != interaction.user.id and not seen) or self.deletions.hides(turn_id):
            raise GoneTurn
        if await self._is_for_adults_elsewhere(interaction, found):
            raise AdultsOnly
        await self.continuing.go_on(interaction, turn_id)

    def _is_covered(self, interaction: discord.Interaction, found: Found) -> bool:
        """Whether a picture is, or may be, of an age-restricted channel, and this is none.

        discord.py knows no archived threads and no channels of servers that other processes serve; a page
        does not ask Discord about each of its pictures.
        """
        if found.guild_id is None or is_age_restricted(interaction.channel):
            return False
        source = self.bot.get_channel(found.channel_id)
        return source is None or is_age_restricted(source)

    async def _is_for_adults_elsewhere(self, interaction: discord.Interaction, found: Found) -> bool:
        """The same for one picture that is to be shown to all here: of a channel not known Discord is asked.

        Of one that is gone nobody can say what it was: its pictures are taken for those of such a channel.
        """
        if not self._is_covered(interaction, found):
            return False
        try:
            source = await self.bot.fetch_channel(found.channel_id)
        except (discord.InvalidData, *FAILURES) as error:
            log.info("Whether channel %s is age-restricted cannot be told: %s", found.channel_id, error)
            return True
        unknown = isinstance(source, discord.Thread) and source.parent is None
        return unknown or is_age_restricted(source)

    async def decided(self, interaction: discord.Interaction, showing: Showing) -> None:
        """Store whether others may be shown the person's pictures; it holds at once."""
        await self.personal.count(interaction.user.id)
        await self.gallery.decide(interaction.user.id, showing)
        said = words.DECIDED[showing](await self.languages.of(interaction))
        await interaction.response.send_message(said, ephemeral=True)


async def setup(bot: DiffChatBot) -> None:
    """Called by the client when it starts."""
    has = bot.services
    await bot.add_cog(
        Gallery(
            bot,
            gallery=has.gallery,
            images=has.images,
            continuing=has.continuing,
            deletions=has.deletions,
            languages=has.languages,
            personal=has.personal,
        )
    )
