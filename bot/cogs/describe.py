"""/describe, and the entry of a message's menu: a picture in words, to copy or to paint."""

import re
from typing import Any, Self

import discord
from discord import app_commands, ui

from bot.chat.conversations.brought_pictures import fetched
from bot.chat.conversations.conversation_start import ConversationStarter
from bot.chat.conversations.picture_start import Chosen, picture_of, which_of_several
from bot.chat.requests.turn_requests import TurnRequests
from bot.chat.wording.languages import Languages
from bot.chat.wording.prompt_diff import shorten
from bot.client.client import DiffChatBot
from bot.client.message_menu import MessageMenuCog
from bot.domain.conversation import Origin
from bot.domain.options import PLAIN
from bot.errors import OldButton
from bot.i18n import Language
from bot.services.descriptions import READINGS, Descriptions
from bot.services.edit_trees import EditTrees
from bot.services.personal_limits import PersonalLimits
from bot.texts import descriptions as words
from bot.texts import slash

_LONGEST = 500  # characters of a reading in the answer, which Discord limits to 2000
_READING = re.compile(r"```\n(.+?)\n```", re.DOTALL)


class PaintReading(ui.DynamicItem[ui.Button[ui.View]], template=rf"dc:v1:reading:(?P<place>[1-{READINGS}])"):
    """Paints one of the readings. Its words stand in the message above it, which is ours and private."""

    def __init__(self, place: int, label: str = "") -> None:
        self.place = place
        super().__init__(ui.Button(custom_id=f"dc:v1:reading:{place}", emoji="🎨", label=label or str(place)))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The same button again, from the `custom_id` of a message that may be older than this process."""
        return cls(int(match["place"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the press to the feature."""
        await interaction.client.buttons.press(PaintReading, interaction, self.place)


class Describe(MessageMenuCog):
    """The command and the menu's entry. Looking at a picture is counted, and done one at a time."""

    def __init__(
        self,
        bot: DiffChatBot,
        *,
        requests: TurnRequests,
        starter: ConversationStarter,
        trees: EditTrees,
        descriptions: Descriptions,
        personal: PersonalLimits,
        languages: Languages,
    ) -> None:
        super().__init__(bot, slash.DESCRIBE_MENU.en, self.describe_message)
        self.trees = trees
        self.requests = requests
        self.starter = starter
        self.descriptions = descriptions
        self.personal = personal
        self.languages = languages
        bot.add_dynamic_items(PaintReading)
        bot.buttons.handle(PaintReading, self.paint)

    @app_commands.command(name="describe", description=slash.DESCRIBE.en)
    @app_commands.describe(image=slash.DESCRIBE_IMAGE.en)
    async def describe(self, interaction: discord.Interaction, image: discord.Attachment) -> None:
        """Say what a picture shows, to the person alone."""
        await self._answer(interaction, Chosen(image))

    async def describe_message(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """The same for the message's first picture, or the picked one of ours, whoever posted it."""
        await self._answer(interaction, await picture_of(self.bot, self.trees, message))

    async def _answer(self, interaction: discord.Interaction, chosen: Chosen) -> None:
        allowed = await self.requests.admit(interaction)
        self.descriptions.require()
        person = interaction.user.id
        await self.personal.count(person)
        await interaction.response.defer(ephemeral=True, thinking=True)
        async with self.personal.working(person):
            data = await self.descriptions.checked(await fetched(chosen.file))
        async with self.personal.alone(person):  # reading waits in the engine's line, and takes no place here
            readings = await self.descriptions.of(data, allowed)
        language = await self.languages.of(interaction)
        await interaction.edit_original_response(
            content=_shown(readings, language, chosen), view=_view(readings, language)
        )

    async def paint(self, interaction: discord.Interaction[Any], place: int) -> None:
        """Begin a conversation with a reading, as /imagine would with these words."""
        found = _READING.findall(interaction.message.content) if interaction.message else []
        if place > len(found):
            raise OldButton
        allowed = await self.requests.admit(interaction)
        person, guild_id = interaction.user.id, interaction.guild_id
        said = await self.starter.said(found[place - 1], PLAIN, person, guild_id)
        await self.starter.from_words(interaction, said, allowed, Origin.PICTURE)


def _shown(readings: list[str], language: Language, chosen: Chosen) -> str:
    """Each reading in a block of its own, which Discord shows with a button that copies it."""
    blocks = [f"```\n{shorten(reading.replace('`', chr(39)), _LONGEST)}\n```" for reading in readings]
    which = which_of_several(language, chosen)
    return "\n".join([words.READINGS(language, which=which), *blocks])


def _view(readings: list[str], language: Language) -> ui.View:
    view = ui.View(timeout=None)
    for place in range(1, len(readings) + 1):
        view.add_item(PaintReading(place, words.PAINT(language, number=place)))
    return view


async def setup(bot: DiffChatBot) -> None:
    """Called by the client when it starts."""
    has = bot.services
    await bot.add_cog(
        Describe(
            bot,
            requests=has.requests,
            starter=has.starter,
            trees=has.trees,
            descriptions=has.descriptions,
            personal=has.personal,
            languages=has.languages,
        )
    )
