"""The buttons of the gallery. Each carries in its `custom_id` all it needs, so it works after a restart."""

import re
from typing import Any, Self

import discord
from discord import ui

from bot.domain.gallery import Shelf, Showing
from bot.i18n import Language
from bot.texts import gallery as words

_PAGE = r"dc:v1:gallery:(?P<shelf>mine|best|favourites):(?P<page>[0-9]{1,3}):(?P<words>[^:]{0,40})"
_GO_ON = r"dc:v1:goon:(?P<turn>[0-9]{1,19})"
_SHOWING = r"dc:v1:showing:(?P<showing>named|unnamed|hidden)"


class PageButton(ui.DynamicItem[ui.Button[Any]], template=_PAGE):
    """Another page of the same shelf, with the same words (`bot.domain.gallery.search_key`)."""

    def __init__(
        self, shelf: Shelf, page: int, search: str, *, label: str = "", emoji: str | None = None
    ) -> None:
        self.shelf, self.page, self.search = shelf, page, search
        key = f"dc:v1:gallery:{shelf}:{page}:{search}"
        super().__init__(ui.Button(custom_id=key, label=label or str(page + 1), emoji=emoji))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The same button again, from the `custom_id` of a message that may be older than this process."""
        return cls(Shelf(match["shelf"]), int(match["page"]), match["words"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the press to the feature."""
        await interaction.client.buttons.press(PageButton, interaction, self.shelf, self.page, self.search)


class GoOnButton(ui.DynamicItem[ui.Button[Any]], template=_GO_ON):
    """Goes on from a turn in a thread of its own."""

    def __init__(self, turn_id: int, label: str = "") -> None:
        self.turn_id = turn_id
        super().__init__(ui.Button(custom_id=f"dc:v1:goon:{turn_id}", label=label or "…", emoji="🧵"))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """As above."""
        return cls(int(match["turn"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the press to the feature."""
        await interaction.client.buttons.press(GoOnButton, interaction, self.turn_id)


class ShowingButton(ui.DynamicItem[ui.Button[Any]], template=_SHOWING):
    """An answer to the question whether others may be shown the person's pictures."""

    def __init__(self, showing: Showing, language: Language = Language.ENGLISH) -> None:
        self.showing = showing
        key = f"dc:v1:showing:{showing}"
        super().__init__(ui.Button(custom_id=key, label=words.ANSWERS[showing](language)))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """As above."""
        return cls(Showing(match["showing"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the press to the feature."""
        await interaction.client.buttons.press(ShowingButton, interaction, self.showing)
