"""The buttons under a picture, its menu, and the form behind Refine.

Each carries its action and turn in its `custom_id` (`dc:v1:<action>:<turn id>`, at most 100 characters by
Discord's page "Component Reference"). Nothing about them is kept in memory, so they work after a restart.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Self

import discord
from discord import ui

from bot.i18n import Language, Text
from bot.texts import pictures as words
from bot.texts import talk
from model.engine import Capabilities

_CUSTOM_ID = (
    r"dc:v1:(?P<action>refine|reroll|undo|redo|delete|deletenow|bringback|cancel|pick[1-4]|vary|remix|recompose|upscale|info|report|carried|notmeant)"
    r":(?P<turn>[0-9]{1,19})"
)
_MENU_ID = r"dc:v1:more:(?P<turn>[0-9]{1,19})"
_MODAL_ID = re.compile(r"dc:v1:modal:(?P<turn>[0-9]{1,19})")
_UNDO_ID = re.compile(r"dc:v1:undo:(?P<turn>[0-9]{1,19})")
_INSTRUCTION, _HOW, _EXACT = "instruction", "how", "exact"
_LONGEST_VALUE = 4000  # characters, Discord's limit


EVERYTHING = Capabilities()
Able = Callable[[str | None], Capabilities]
"""What the engine can do now with a model of [models]; None is that of [image].

Of an engine that is elsewhere more may become known while it runs."""


def able_to_all(_model: str | None) -> Capabilities:
    """What `Capabilities` are by default, for every model."""
    return EVERYTHING


class Action(Enum):
    """What a button does: its name in the `custom_id`, its emoji and its word."""

    REFINE = ("refine", "✏️", words.REFINE)
    REROLL = ("reroll", "🎲", words.REROLL)
    UNDO = ("undo", "↩️", words.UNDO)
    REDO = ("redo", "↪️", words.REDO)
    DELETE = ("delete", "🗑️", words.DELETE)
    DELETE_NOW = ("deletenow", "🗑️", words.DELETE_NOW)
    BRING_BACK = ("bringback", "↩️", words.BRING_BACK)
    SETTINGS = ("carried", "📋", words.SETTINGS)
    CANCEL = ("cancel", "✖️", words.CANCEL)
    REPORT = ("report", "🚩", words.REPORT, words.REPORT_HINT)
    PICK_1 = ("pick1", "1️⃣", words.PICK)
    PICK_2 = ("pick2", "2️⃣", words.PICK)
    PICK_3 = ("pick3", "3️⃣", words.PICK)
    PICK_4 = ("pick4", "4️⃣", words.PICK)
    VARY = ("vary", "🎨", words.VARY, words.VARY_HINT)
    REMIX = ("remix", "🌀", words.REMIX, words.REMIX_HINT)
    RECOMPOSE = ("recompose", "🖼️", words.RECOMPOSE)
    UPSCALE = ("upscale", "⬆️", words.UPSCALE, words.UPSCALE_HINT)
    HISTORY = ("history", "🗺️", words.HISTORY, words.HISTORY_HINT)
    THREAD = ("thread", "🧵", words.THREAD, words.THREAD_HINT)
    INFO = ("info", "📋", words.INFO, words.INFO_HINT)
    NOT_MEANT = ("notmeant", "🙅", talk.NOT_MEANT)

    def __init__(self, key: str, emoji: str, label: Text, hint: Text | None = None) -> None:
        self.key = key
        self.emoji = emoji
        self.label = label
        self.hint = hint

    @classmethod
    def of(cls, key: str) -> "Action":
        """The action with this name."""
        return next(action for action in cls if action.key == key)


UNDER_A_PICTURE = (Action.REFINE, Action.REROLL, Action.UNDO, Action.REDO, Action.DELETE)
PAINTED_OVER = (Action.VARY, Action.REMIX, Action.RECOMPOSE, Action.UPSCALE, Action.INFO)
NEED_STRENGTH = (Action.VARY, Action.REMIX, Action.RECOMPOSE, Action.UPSCALE)
PICKS = (Action.PICK_1, Action.PICK_2, Action.PICK_3, Action.PICK_4)
IN_THE_MENU = (Action.HISTORY, Action.THREAD)
ONCE_IN_THE_MENU = (Action.VARY, Action.REMIX, Action.UPSCALE, Action.INFO)
"""Choices of the menus under older messages; they go on working."""


def custom_id(action: Action, turn_id: int) -> str:
    """What a button of a turn carries."""
    return f"dc:v1:{action.key}:{turn_id}"


@dataclass(frozen=True, slots=True)
class Moves:
    """Whether Undo and Redo can do something. After a new picture there is nothing to redo."""

    undo: bool = True
    redo: bool = False

    def allow(self, action: Action) -> bool:
        """Whether the button of an action can be pressed."""
        return {Action.UNDO: self.undo, Action.REDO: self.redo}.get(action, True)


class TurnButton(ui.DynamicItem[ui.Button[ui.View]], template=_CUSTOM_ID):
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
    """What is done more rarely with a turn; choosing calls the handler the client holds for the action."""

    def __init__(self, turn_id: int, language: Language = Language.ENGLISH, *, reports: bool = False) -> None:
        self.turn_id = turn_id
        options = [
            discord.SelectOption(
                label=a.label(language),
                value=a.key,
                description=a.hint(language) if a.hint else None,
                emoji=a.emoji,
            )
            for a in (*IN_THE_MENU, *([Action.REPORT] if reports else []))
        ]
        # No `row`: discord.py reads a dynamic item's from `Item._row`, and a slot of `BaseSelect` named `row`
        # hides the property that sets it (2.7). The menu is added last and so stands in the first empty row.
        super().__init__(
            ui.Select(custom_id=f"dc:v1:more:{turn_id}", placeholder=words.MORE(language), options=options)
        )

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The same menu again, from the `custom_id` of a message that may be older than this process."""
        return cls(int(match["turn"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the chosen action and its turn to the bot; a choice that no version ever had is ignored."""
        chosen = interaction.data.get("values", []) if interaction.data else []
        action = next(
            (a for a in (*IN_THE_MENU, Action.REPORT, *ONCE_IN_THE_MENU) if chosen == [a.key]), None
        )
        if action is not None:
            await interaction.client.buttons.press(action, interaction, self.turn_id)


def turn_view(
    turn_id: int,
    language: Language,
    pictures: int = 1,
    *,
    edited: bool = False,
    reports: bool = False,
    moves: Moves = Moves(),
    able: Capabilities = EVERYTHING,
    doubtful: bool = False,
) -> ui.View:
    """What is under the pictures of a turn: buttons, one to pick each of several, and the menu.

    `edited` says that the turn changed an older picture, whose composition it can be asked to keep; `reports`
    adds to the menu the choice that tells the moderators; `moves` says what Undo and Redo can do, `able` what
    the engine can, without which a button would do nothing. `doubtful` adds the button that says that an edit
    was not meant so.
    """
    view = _view(turn_id, UNDER_A_PICTURE, language, moves)
    for action in PAINTED_OVER:
        offered = able.strength or action not in NEED_STRENGTH
        if offered and (edited or action is not Action.RECOMPOSE):
            view.add_item(TurnButton(action, turn_id, 1, language))
    for action in PICKS[:pictures] if pictures > 1 else ():
        view.add_item(TurnButton(action, turn_id, 2, language))
    if doubtful:
        view.add_item(TurnButton(Action.NOT_MEANT, turn_id, 3, language))
    return view.add_item(MoreMenu(turn_id, language, reports=reports))


def status_view(turn_id: int, language: Language) -> ui.View:
    """The button under the status line of a turn."""
    return only_button(turn_id, Action.CANCEL, language)


def only_button(turn_id: int, action: Action, language: Language) -> ui.View:
    """One button of a turn by itself."""
    return _view(turn_id, (action,), language)


def _view(turn_id: int, actions: tuple[Action, ...], language: Language, moves: Moves = Moves()) -> ui.View:
    view = ui.View(timeout=None)
    for action in actions:
        view.add_item(TurnButton(action, turn_id, 0, language, disabled=not moves.allow(action)))
    return view


def turn_buttons_of(message: discord.Message) -> tuple[int, Moves] | None:
    """The turn that a message of ours shows, and what its Undo and Redo look like; None for another one."""
    rows = [getattr(row, "children", ()) for row in message.components]
    buttons = {part.custom_id: part for row in rows for part in row if isinstance(part, discord.Button)}
    undo = next((found for key in buttons if (found := _UNDO_ID.fullmatch(key or ""))), None)
    if undo is None:
        return None
    turn_id = int(undo["turn"])
    redo = buttons.get(custom_id(Action.REDO, turn_id))
    return turn_id, Moves(undo=not buttons[undo.string].disabled, redo=redo is not None and not redo.disabled)


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
