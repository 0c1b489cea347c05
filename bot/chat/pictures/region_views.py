"""The private answer in which somebody chooses the region of a picture to change: its buttons and forms.

All that is chosen is in the `custom_id`s and in the message itself, whose second file is the mask of a region
that was found or brought. So nothing is kept in memory, and an answer works after a restart.
"""

import re
from dataclasses import dataclass
from typing import Any, Self

import discord
from discord import ui

from bot.chat.pictures.views import fields, submitted
from bot.domain.regions import SIDE, Squares
from bot.i18n import Language
from bot.services.regions import LONGEST_WORDS
from bot.texts import regions as words

MASK_FILE = "mask.png"
BY_SQUARES, BY_FILE = "g", "m"
_ID = r"dc:v1:region:(?P<turn>[0-9]{1,19}):(?P<state>m|g[0-9]{1,3}):(?P<press>words|go|squares|[0-8])"
_CHANGE_ID = re.compile(r"dc:v1:regionchange:(?P<turn>[0-9]{1,19}):(?P<state>m|g[0-9]{1,3})")
_WORDS_ID = re.compile(r"dc:v1:regionwords:(?P<turn>[0-9]{1,19})")
_FIELD = "said"
_LONGEST_VALUE = 4000  # characters of a form's field, Discord's limit


_NONE = Squares()


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen so far in a turn's picture: squares, or with None a mask that the message carries."""

    turn_id: int
    squares: Squares | None = _NONE

    @property
    def state(self) -> str:
        """The choice within a `custom_id`."""
        return BY_FILE if self.squares is None else f"{BY_SQUARES}{self.squares.bits}"

    @property
    def anything(self) -> bool:
        """Whether there is a place to change."""
        return self.squares is None or self.squares.bits != 0

    @classmethod
    def of(cls, turn: str, state: str) -> Self:
        """The choice that a `custom_id` carries."""
        return cls(int(turn), None if state == BY_FILE else Squares.of(int(state[1:])))


class RegionButton(ui.DynamicItem[ui.Button[ui.View]], template=_ID):
    """A square, or what is done with what is chosen: "words", "squares" (anew) or "go"."""

    def __init__(
        self,
        choice: Choice,
        press: str,
        label: str = "…",
        row: int | None = None,
        style: discord.ButtonStyle = discord.ButtonStyle.secondary,
        *,
        disabled: bool = False,
    ) -> None:
        self.choice, self.press = choice, press
        custom_id = f"dc:v1:region:{choice.turn_id}:{choice.state}:{press}"
        super().__init__(ui.Button(style=style, label=label, custom_id=custom_id, row=row, disabled=disabled))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The same button again, from the `custom_id` of a message that may be older than this process."""
        return cls(Choice.of(match["turn"], match["state"]), match["press"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand what is chosen and what was pressed to the feature."""
        await interaction.client.buttons.press(RegionButton, interaction, self.choice, self.press)


def region_view(choice: Choice, language: Language, *, by_words: bool) -> ui.View:
    """The squares, or nothing of them where a mask is chosen, and what is done with the choice.

    `by_words` says whether the engine finds what words name.
    """
    view = ui.View(timeout=None)
    if choice.squares is not None:
        for square in range(SIDE * SIDE):
            chosen = square in choice.squares
            style = discord.ButtonStyle.success if chosen else discord.ButtonStyle.secondary
            view.add_item(RegionButton(choice, str(square), str(square + 1), square // SIDE, style))
    primary, told = discord.ButtonStyle.primary, words.PAINT_HERE(language)
    view.add_item(RegionButton(choice, "go", told, SIDE, primary, disabled=not choice.anything))
    if by_words:
        view.add_item(RegionButton(choice, "words", words.BY_WORDS(language), SIDE))
    if choice.squares is None:
        view.add_item(RegionButton(choice, "squares", words.BY_SQUARES(language), SIDE))
    return view


class RegionWordsModal(ui.Modal):
    """Asks what the place is. Read by `words_submit`, so that it survives a restart."""

    def __init__(self, turn_id: int, language: Language) -> None:
        super().__init__(title=words.WORDS_TITLE(language), custom_id=f"dc:v1:regionwords:{turn_id}")
        field = _field(words.WORDS_PLACEHOLDER(language), LONGEST_WORDS, discord.TextStyle.short)
        self.add_item(ui.Label(text=words.WORDS_LABEL(language), component=field))


class RegionChangeModal(ui.Modal):
    """Asks what should be at the chosen place. Read by `change_submit`."""

    def __init__(self, choice: Choice, longest: int, language: Language) -> None:
        custom_id = f"dc:v1:regionchange:{choice.turn_id}:{choice.state}"
        super().__init__(title=words.CHANGE_TITLE(language), custom_id=custom_id)
        longest = min(longest, _LONGEST_VALUE)
        field = _field(words.CHANGE_PLACEHOLDER(language), longest, discord.TextStyle.paragraph)
        self.add_item(ui.Label(text=words.CHANGE_LABEL(language), component=field))


def _field(placeholder: str, longest: int, style: discord.TextStyle) -> ui.TextInput[ui.Modal]:
    return ui.TextInput(style=style, placeholder=placeholder, custom_id=_FIELD, max_length=longest)


def words_submit(interaction: discord.Interaction[Any]) -> tuple[int, str] | None:
    """The turn and the words of a submitted `RegionWordsModal`; None for any other interaction."""
    match = submitted(interaction, _WORDS_ID)
    return None if match is None else (int(match["turn"]), _said(interaction))


def change_submit(interaction: discord.Interaction[Any]) -> tuple[Choice, str] | None:
    """The choice and the instruction of a submitted `RegionChangeModal`; None for any other interaction."""
    match = submitted(interaction, _CHANGE_ID)
    return None if match is None else (Choice.of(match["turn"], match["state"]), _said(interaction))


def _said(interaction: discord.Interaction[Any]) -> str:
    return str(fields(interaction).get(_FIELD, {}).get("value", ""))
