"""A change of one place of a picture: /region, the button 🖌️ Region, and the private answer that both open.

The place is shown before anything is painted: its person chooses squares, says in words what it is, or brings
a mask, and then says what should be there.
"""

import asyncio
import io

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.conversations.brought_pictures import fetched
from bot.chat.pictures.actions import Action
from bot.chat.pictures.region_picture import outlined
from bot.chat.pictures.region_views import (
    MASK_FILE,
    Choice,
    RegionButton,
    RegionChangeModal,
    RegionWordsModal,
    change_submit,
    region_view,
    words_submit,
)
from bot.chat.requests.replies import acknowledge, answering
from bot.chat.requests.turn_requests import TurnRequests
from bot.chat.wording.languages import Languages
from bot.chat.wording.prompt_diff import escape, shorten
from bot.client.client import DiffChatBot
from bot.domain.limits import Allowance
from bot.domain.regions import Squares
from bot.domain.sanitize import clean
from bot.errors import NoPictureYet, OldButton
from bot.jobs.progress import time_limit
from bot.services.edit_trees import EditTrees
from bot.services.personal_limits import PersonalLimits
from bot.services.regions import LONGEST_WORDS, Region, RegionService
from bot.services.turn_results import Accepted
from bot.texts import errors, slash
from bot.texts import regions as words

_SHOWN = 300  # characters of an instruction repeated in an answer


class Regions(commands.Cog):
    """The command, the button and the forms. Instructions have at most `longest` characters.

    Words may take as long as a description of a picture: `timeout_s` seconds.
    """

    def __init__(
        self,
        bot: DiffChatBot,
        *,
        requests: TurnRequests,
        regions: RegionService,
        trees: EditTrees,
        languages: Languages,
        personal: PersonalLimits,
        longest: int,
        timeout_s: float,
    ) -> None:
        self.bot = bot
        self.requests = requests
        self.regions = regions
        self.trees = trees
        self.languages = languages
        self.personal = personal
        self.longest = longest
        self.timeout_s = timeout_s
        bot.add_dynamic_items(RegionButton)
        bot.buttons.handle(Action.REGION, self.on_button)
        bot.buttons.handle(RegionButton, self.on_press, self._check_press)

    @app_commands.command(name="region", description=slash.REGION.en)
    @app_commands.describe(place=slash.REGION_PLACE.en, mask=slash.REGION_MASK.en)
    async def region(
        self,
        interaction: discord.Interaction,
        place: app_commands.Range[str, 1, LONGEST_WORDS] | None = None,
        mask: discord.Attachment | None = None,
    ) -> None:
        """Show the place in the current picture; squares to choose from where neither option names one."""
        allowed = await self.requests.admit(interaction)
        conversation = await self.trees.conversation_here(interaction.channel_id or 0)
        if conversation.head_turn_id is None:
            raise NoPictureYet
        self.regions.check()
        await self.personal.count(interaction.user.id)
        turn_id = conversation.head_turn_id
        await interaction.response.defer(ephemeral=True, thinking=True)
        if mask is not None:
            async with self.personal.alone(interaction.user.id):
                found = await self.regions.by_file(turn_id, await fetched(mask))
            await self._show(interaction, Choice(turn_id, None), found)
        elif place is not None:
            await self._find(interaction, turn_id, place, allowed)
        else:
            choice = Choice(turn_id)
            await self._show(interaction, choice, await self.regions.by_squares(turn_id, Squares()))

    async def on_button(self, interaction: discord.Interaction, turn_id: int) -> None:
        """Open the private answer below a picture."""
        await self.requests.admit(interaction)
        self.regions.check()
        await self.personal.count(interaction.user.id)
        await acknowledge(interaction, thinking=True)
        await self._show(interaction, Choice(turn_id), await self.regions.by_squares(turn_id, Squares()))

    async def on_press(self, interaction: discord.Interaction, choice: Choice, press: str) -> None:
        """A button of the private answer: another choice is shown in it, or a form opens."""
        language = await self.languages.of(interaction)
        if press == "words":
            await interaction.response.send_modal(RegionWordsModal(choice.turn_id, language))
        elif press == "go":
            await interaction.response.send_modal(RegionChangeModal(choice, self.longest, language))
        else:
            squares = choice.squares or Squares()
            chosen = squares if press == "squares" else squares.toggled(int(press))
            await acknowledge(interaction)
            region = await self.regions.by_squares(choice.turn_id, chosen)
            await self._show(interaction, Choice(choice.turn_id, chosen), region)

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Take the words of the forms."""
        named, change = words_submit(interaction), change_submit(interaction)
        if (named is None and change is None) or not self.bot.seen.first_time(interaction.id):
            return
        async with answering(interaction, self.languages):
            if named is not None:
                await self._named(interaction, *named)
            if change is not None:
                await self._change(interaction, *change)

    async def _named(self, interaction: discord.Interaction, turn_id: int, said: str) -> None:
        await self.bot.buttons.check(Action.REGION_HERE, interaction, turn_id)
        allowed = await self.requests.admit(interaction)
        await self.personal.count(interaction.user.id)
        await acknowledge(interaction)
        await self._find(interaction, turn_id, said, allowed)

    async def _find(
        self, interaction: discord.Interaction, turn_id: int, said: str, allowed: Allowance
    ) -> None:
        """Show what the words name, in the answer that is acknowledged already."""
        async with (
            self.personal.alone(interaction.user.id),
            time_limit(errors.READING_THE_PICTURE, self.timeout_s),
        ):
            region = await self.regions.by_words(turn_id, said, allowed)
        await self._show(interaction, Choice(turn_id, None), region, said)

    async def _change(self, interaction: discord.Interaction, choice: Choice, instruction: str) -> None:
        await self.bot.buttons.check(Action.REGION_HERE, interaction, choice.turn_id)

        async def change_the_place(allowed: Allowance) -> Accepted:
            return await self.regions.refine(
                choice.turn_id,
                await self._mask(interaction, choice),
                instruction,
                interaction.user.id,
                request_id=interaction.id,
                allowed=allowed,
            )

        await self.requests.on_press(interaction, change_the_place)
        language = await self.languages.of(interaction)
        shown = escape(shorten(clean(instruction), _SHOWN))
        await interaction.edit_original_response(
            content=words.TAKEN(language, instruction=shown), attachments=[], view=None
        )

    async def _mask(self, interaction: discord.Interaction, choice: Choice) -> bytes:
        """The mask of what was chosen; one that was found or brought is a file of the private answer."""
        if choice.squares is not None:
            return (await self.regions.by_squares(choice.turn_id, choice.squares)).mask
        files = interaction.message.attachments if interaction.message is not None else []
        file = next((file for file in files if file.filename == MASK_FILE), None)
        if file is None:
            raise OldButton
        return await fetched(file)

    async def _show(
        self, interaction: discord.Interaction, choice: Choice, region: Region, said: str = ""
    ) -> None:
        """Let the private answer show a choice. What is covered in the conversation is covered here."""
        language, by_words = await self.languages.of(interaction), self.regions.finds_words
        by_squares = choice.squares is not None
        async with self.personal.working(interaction.user.id):
            picture = await asyncio.to_thread(outlined, region.picture, region.mask, grid=by_squares)
        covered = any(image.spoiler for image in region.turn.images)
        alt = words.ALT(language)
        files = [discord.File(io.BytesIO(picture), "region.jpg", description=alt, spoiler=covered)]
        if not by_squares:
            files.append(discord.File(io.BytesIO(region.mask), MASK_FILE))
        if said:
            text = words.FOUND(language, words=escape(clean(said)))
        elif choice.anything:
            text = words.CHOSEN(language)
        else:
            text = words.CHOOSE(language, words=words.OR_WORDS if by_words else "")
        await interaction.edit_original_response(
            content=text, attachments=files, view=region_view(choice, language, by_words=by_words)
        )

    async def _check_press(self, interaction: discord.Interaction, choice: Choice, press: str) -> None:
        await self.bot.buttons.check(Action.REGION_HERE, interaction, choice.turn_id)


async def setup(bot: DiffChatBot) -> None:
    """Called by the client when it starts."""
    has = bot.services
    await bot.add_cog(
        Regions(
            bot,
            requests=has.requests,
            regions=has.regions,
            trees=has.trees,
            languages=has.languages,
            personal=has.personal,
            longest=has.settings.imagine.max_prompt_chars,
            timeout_s=has.settings.limits.edit_timeout_s,
        )
    )
