"""/settings: a person's defaults, in a panel with a menu for each, seen by that person alone.

Every menu carries in its `custom_id` which default it sets, so an old panel still works after a restart.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Self

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.chat.gallery.parts import GalleryParts
from bot.chat.wording.languages import Languages
from bot.client.client import DiffChatBot
from bot.domain.aspects import ASPECTS
from bot.domain.gallery import Showing
from bot.domain.options import SIZES
from bot.domain.preferences import Preferences
from bot.i18n import Language, Phrase, Text
from bot.services.personal_limits import PersonalLimits
from bot.settings import ImagineSettings
from bot.store.preferences import PreferenceStore
from bot.texts import settings as words
from bot.texts import slash
from model.engine import Engine

_ENTRIES = 25  # of a menu
_LONGEST = 100  # characters of an entry
_ROWS = 5  # menus of a message
_UNSET = "-"
_SHOWING = "showing"
_OTHERS = {Showing.HIDDEN: words.HIDDEN, Showing.NAMED: words.NAMED, Showing.UNNAMED: words.UNNAMED}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a menu: its value on the wire, what is shown, and what is stored."""

    value: str
    label: Text | Phrase
    stored: object


Menus = dict[str, list[Entry]]
"""The entries of each menu, by the preference that it sets."""


class DefaultMenu(ui.DynamicItem[ui.Select[ui.View]], template=r"dc:v1:settings:(?P<name>[a-z]+)"):
    """The menu of one default; choosing stores it for the person who chooses."""

    def __init__(self, name: str, options: list[discord.SelectOption] | None = None) -> None:
        self.name = name
        super().__init__(ui.Select(custom_id=f"dc:v1:settings:{name}", options=options or []))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The same menu again, from the `custom_id` of a message that may be older than this process."""
        return cls(match["name"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the chosen value to the `Settings` feature."""
        chosen = interaction.data.get("values", []) if interaction.data else []
        await interaction.client.buttons.press(DefaultMenu, interaction, self.name, chosen)


class Settings(commands.Cog):
    """The command and what its menus do. `imagine`, the styles and the engine say what there is to choose."""

    def __init__(
        self,
        bot: DiffChatBot,
        *,
        preferences: PreferenceStore,
        gallery: GalleryParts,
        languages: Languages,
        personal: PersonalLimits,
        imagine: ImagineSettings,
        styles: Collection[str],
        engine: Engine,
    ) -> None:
        self.preferences = preferences
        self.gallery = gallery
        self.languages = languages
        self.personal = personal
        self.imagine = imagine
        self.styles = styles
        self.engine = engine
        bot.add_dynamic_items(DefaultMenu)
        bot.buttons.handle(DefaultMenu, self.chosen)

    @app_commands.command(name="settings", description=slash.SETTINGS.en)
    async def settings(self, interaction: discord.Interaction) -> None:
        """Show the panel, and by itself what others see."""
        language = await self.languages.of(interaction)
        preferred = await self.preferences.of(interaction.user.id)
        [first, *further] = _pages(self._menus())
        await interaction.response.send_message(
            words.PANEL(language), view=_panel(first, preferred, language), ephemeral=True
        )
        for page in further:
            await interaction.followup.send(
                words.PANEL_GOES_ON(language), view=_panel(page, preferred, language), ephemeral=True
            )
        showing = await self.gallery.pages.showing(interaction.user.id)
        await interaction.followup.send(
            words.OTHERS_PANEL(language), view=_others_panel(showing, language), ephemeral=True
        )

    async def chosen(self, interaction: discord.Interaction, name: str, values: list[str]) -> None:
        """Store what was chosen and show it; an entry that is offered no more changes nothing."""
        if name == _SHOWING:
            await self._decided(interaction, values)
            return
        menus = self._menus()
        entry = next((entry for entry in menus.get(name, []) if [entry.value] == values), None)
        if entry is None:
            preferred = await self.preferences.of(interaction.user.id)
        else:
            await self.personal.count(interaction.user.id)
            preferred = await self.preferences.change(interaction.user.id, **{name: entry.stored})
        language = await self.languages.of(interaction)
        [first, *further] = _pages(menus)
        page = next((page for page in further if name in page), first)
        text = words.PANEL if page is first else words.PANEL_GOES_ON
        await interaction.response.edit_message(
            content=text(language), view=_panel(page, preferred, language)
        )

    async def _decided(self, interaction: discord.Interaction, values: list[str]) -> None:
        """Store whether others are shown the person's pictures; it holds at once."""
        person = interaction.user.id
        if wished := [one for one in Showing if [one.value] == values]:
            await self.personal.count(person)
            await self.gallery.decide(person, wished[0])
        language = await self.languages.of(interaction)
        view = _others_panel(await self.gallery.pages.showing(person), language)
        await interaction.response.edit_message(content=words.OTHERS_PANEL(language), view=view)

    def _menus(self) -> Menus:
        """The entries of each menu by the preference they set; the first is how it is without a choice."""
        imagine = self.imagine
        styles = [name for name in self.styles if len(name) < _LONGEST]
        menus = {
            "style": [
                Entry(_UNSET, words.NO_STYLE, None),
                *(Entry(f"+{name}", words.STYLE.with_(name=name), name) for name in styles[: _ENTRIES - 1]),
            ],
            "size": [
                Entry(name, words.SIZE.with_(name=slash.SIZES.get(name, name)), name)
                for name in (*SIZES, *ASPECTS)
            ],
            "count": [
                Entry("1", words.ONE, 1),
                *(Entry(str(n), words.COUNT.with_(count=n), n) for n in range(2, imagine.max_count + 1)),
            ],
            "exact": [Entry("no", words.ENRICHED, False), Entry("yes", words.EXACT, True)],
            "language": [
                Entry(_UNSET, words.DISCORDS, None),
                *(
                    Entry(one.value, words.LANGUAGE.with_(name=words.LANGUAGES[one.value]), one)
                    for one in Language
                ),
            ],
            "way": [
                Entry(_UNSET, words.WAY_AUTO, None),
                Entry("edit", words.WAY_EDIT, "edit"),
                Entry("repaint", words.WAY_REPAINT, "repaint"),
            ],
        }
        places = {
            "thread": Entry("thread", words.PLACE_THREAD, "thread"),
            "channel": Entry("channel", words.PLACE_CHANNEL, "channel"),
        }
        # what holds without a choice stands first
        menus["place"] = [places.pop(imagine.place), *places.values()]
        if not imagine.beautify:
            del menus["exact"]  # nothing is ever enriched here
        if not self.engine.info.capabilities.edit:
            del menus["way"]
        return {name: entries for name, entries in menus.items() if len(entries) > 1}


def _pages(menus: Menus) -> list[Menus]:
    """The menus of each message; a message has room for five ("Component Reference": action rows)."""
    named = list(menus.items())
    return [dict(named[start : start + _ROWS]) for start in range(0, len(named), _ROWS)]


def _panel(menus: Menus, preferred: Preferences, language: Language) -> ui.View:
    view = ui.View(timeout=None)
    for name, entries in menus.items():
        stored = [entry.stored for entry in entries]
        now = getattr(preferred, name)
        chosen = stored.index(now) if now in stored else 0
        options = [
            discord.SelectOption(
                label=entry.label(language)[:_LONGEST], value=entry.value, default=place == chosen
            )
            for place, entry in enumerate(entries)
        ]
        view.add_item(DefaultMenu(name, options))
    return view


def _others_panel(showing: Showing | None, language: Language) -> ui.View:
    """The menu about what others see; who has not decided is shown to nobody."""
    options = [
        discord.SelectOption(
            label=label(language), value=one.value, default=one is (showing or Showing.HIDDEN)
        )
        for one, label in _OTHERS.items()
    ]
    return ui.View(timeout=None).add_item(DefaultMenu(_SHOWING, options))


async def setup(bot: DiffChatBot) -> None:
    """Called by the client when it starts."""
    has = bot.services
    await bot.add_cog(
        Settings(
            bot,
            preferences=has.preferences,
            gallery=has.gallery,
            languages=has.languages,
            personal=has.personal,
            imagine=has.settings.imagine,
            styles=has.turns.styles,
            engine=has.engine,
        )
    )
