"""The buttons under a picture and behind More…, and the form behind Refine.

Each carries its action and turn in its `custom_id` (`dc:v1:<action>:<turn id>`, at most 100 characters by
Discord's page "Component Reference"). Nothing about them is kept in memory, so they work after a restart.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

import discord
from discord import ui

from bot.chat.pictures.actions import Action, PictureState, custom_id, main_row, more_groups
from bot.i18n import Language
from bot.texts import pictures as words

_CUSTOM_ID = rf"dc:v1:(?P<action>{'|'.join(action.key for action in Action)}):(?P<turn>[0-9]{{1,19}})"
_MENU_ID = r"dc:v1:more:(?P<turn>[0-9]{1,19})"
_MODAL_ID = re.compile(r"dc:v1:modal:(?P<turn>[0-9]{1,19})")
_INSTRUCTION, _HOW, _EXACT = "instruction", "how", "exact"
_LONGEST_VALUE = 4000  # characters, Discord's limit
ROW_WIDTH = 5  # buttons in a row, Discord's limit


ONCE_IN_THE_MENU = (
    Action.HISTORY, Action.THREAD, Action.REPORT, Action.VARY, Action.REMIX, Action.UPSCALE, Action.INFO,
)  # fmt: skip
"""Choices of the menus under older messages; they go on working."""


class TurnButton(ui.DynamicItem[ui.Button[Any]], template=_CUSTOM_ID):
    """One button of one turn; pressing it calls the handler the client holds for its action.

    Read back from a press its language does not matter: it is not shown again.
    """

    def __init__(
        self,
        action: Action,
        turn_id: int,
        row: int | None = None,
        language: Language = Language.ENGLISH,
        *,
        disabled: bool = False,
    ) -> None:
        self.action = action
        self.turn_id = turn_id
        style = discord.ButtonStyle.primary if action is Action.REFINE else discord.ButtonStyle.secondary
        super().__init__(
            ui.Button(
                style=style,
                emoji=action.emoji,
                label=action.label(language),
                custom_id=custom_id(action, turn_id),
                row=row,
                disabled=disabled,
            )
        )

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The same button again, from the `custom_id` of a message that may be older than this process."""
        return cls(Action.of(match["action"]), int(match["turn"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the action and the turn it stands under to its feature."""
        await interaction.client.buttons.press(self.action, interaction, self.turn_id)


class MoreMenu(ui.DynamicItem[ui.Select[ui.View]], template=_MENU_ID):
    """The menu under older messages; choosing calls the handler the client holds for the action."""

    def __init__(self, turn_id: int) -> None:
        self.turn_id = turn_id
        super().__init__(ui.Select(custom_id=f"dc:v1:more:{turn_id}"))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The same menu again, from the `custom_id` of a message that may be older than this process."""
        return cls(int(match["turn"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the chosen action and its turn to the bot; a choice that no version ever had is ignored."""
        chosen = interaction.data.get("values", []) if interaction.data else []
        action = next((a for a in ONCE_IN_THE_MENU if chosen == [a.key]), None)
        if action is not None:
            await interaction.client.buttons.press(action, interaction, self.turn_id)


def picture_row(state: PictureState, language: Language) -> ui.ActionRow[Any]:
    """The buttons under a turn's pictures."""
    return _row((*main_row(state), Action.MORE), state, language)


def more_view(state: PictureState, language: Language) -> ui.LayoutView:
    """What More… shows to the person who pressed it: the other buttons, by what they are about."""
    view = ui.LayoutView(timeout=None)
    for group in more_groups(state):
        view.add_item(ui.TextDisplay(f"-# {group.title(language)}"))
        for start in range(0, len(group.actions), ROW_WIDTH):
            view.add_item(_row(group.actions[start : start + ROW_WIDTH], state, language))
    return view


def _row(actions: tuple[Action, ...], state: PictureState, language: Language) -> ui.ActionRow[Any]:
    return ui.ActionRow(
        *(
            TurnButton(action, state.turn_id, language=language, disabled=not state.moves.allow(action))
            for action in actions
        )
    )


def status_view(turn_id: int, language: Language) -> ui.View:
    """The button under the status line of a turn."""
    return only_button(turn_id, Action.CANCEL, language)


def only_button(turn_id: int, action: Action, language: Language) -> ui.View:
    """One button of a turn by itself."""
    return ui.View(timeout=None).add_item(TurnButton(action, turn_id, 0, language))


class RefineModal(ui.Modal):
    """Asks for the instruction. Its submit is read by `modal_submit`, so that it survives a restart."""

    def __init__(self, turn_id: int, longest: int, language: Language) -> None:
        super().__init__(title=words.MODAL_TITLE(language), custom_id=f"dc:v1:modal:{turn_id}", timeout=900)
        field: ui.TextInput[Self] = ui.TextInput(
            style=discord.TextStyle.paragraph,
            placeholder=words.MODAL_PLACEHOLDER(language),
            custom_id=_INSTRUCTION,
            max_length=min(longest, _LONGEST_VALUE),
        )
        ways = (("edit", words.MODAL_AS_CHANGE), (_EXACT, words.MODAL_EXACTLY))
        how: ui.Select[Self] = ui.Select(
            custom_id=_HOW,
            required=False,
            options=[
                discord.SelectOption(label=text(language), value=value, default=value != _EXACT)
                for value, text in ways
            ],
        )
        self.add_item(ui.Label(text=words.MODAL_LABEL(language), component=field))
        self.add_item(ui.Label(text=words.MODAL_HOW(language), component=how))


@dataclass(frozen=True, slots=True)
class Submitted:
    """What a person filled in; with `exact` the instruction is the whole prompt."""

    turn_id: int
    instruction: str
    exact: bool = False


def modal_submit(interaction: discord.Interaction[Any]) -> Submitted | None:
    """What was filled into a submitted `RefineModal`; None for any other interaction."""
    match = submitted(interaction, _MODAL_ID)
    if not match:
        return None
    filled = fields(interaction)
    how = filled.get(_HOW, {})
    return Submitted(
        int(match["turn"]), str(filled.get(_INSTRUCTION, {}).get("value", "")), how.get("values") == [_EXACT]
    )


def submitted(interaction: discord.Interaction[Any], pattern: re.Pattern[str]) -> re.Match[str] | None:
    """The match of a submitted form's `custom_id`; None for another form or interaction."""
    if interaction.type is not discord.InteractionType.modal_submit or interaction.data is None:
        return None
    return pattern.fullmatch(str(interaction.data.get("custom_id", "")))


def fields(interaction: discord.Interaction[Any]) -> dict[str, Mapping[str, Any]]:
    """The fields of a submitted form by their `custom_id`, in whatever rows or labels they are wrapped."""
    return {part["custom_id"]: part for part in _parts(interaction.data or {}) if "custom_id" in part}


def _parts(component: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """A form's component and all within it."""
    yield component
    label = component.get("component")
    for inner in [*component.get("components", ()), *([label] if label else [])]:
        yield from _parts(inner)
