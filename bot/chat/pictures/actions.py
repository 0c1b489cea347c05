"""What can be done with a turn's picture: every button, where it stands, and when it is offered.

A new button is one member of `Action`, its place in `MAIN_ROW` or in a group of `IN_MORE`, and, unless it is
always there, its condition in `_OFFERED`. Its feature takes presses with `bot.buttons.handle`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from bot.domain.conversation import Conversation, Turn, TurnKind
from bot.domain.derivations import LARGER, MUCH_LARGER, times_larger
from bot.domain.unasked import in_doubt
from bot.domain.ways import is_worn, other
from bot.i18n import Text
from bot.texts import pictures as words
from bot.texts import references, regions, talk, ways
from model.engine import Capabilities, Way

EVERYTHING = Capabilities()
Able = Callable[[str | None], Capabilities]
"""What the engine can do now with a model of [models]; None is that of [image].

Of an engine that is elsewhere more may become known while it runs."""


def able_to_all(_model: str | None) -> Capabilities:
    """What `Capabilities` are by default, for every model."""
    return EVERYTHING


class Action(Enum):
    """What a button does: its name in the `custom_id`, its emoji and its word.

    Discord takes no other sign than an emoji: for "more" there is none that says so better than the word.
    """

    REFINE = ("refine", "✏️", words.REFINE)
    REROLL = ("reroll", "🎲", words.REROLL)
    UNDO = ("undo", "↩️", words.UNDO)
    REDO = ("redo", "↪️", words.REDO)
    MORE = ("moreof", None, words.MORE)
    DELETE = ("delete", "🗑️", words.DELETE)
    DELETE_NOW = ("deletenow", "🗑️", words.DELETE_NOW)
    BRING_BACK = ("bringback", "↩️", words.BRING_BACK)
    SETTINGS = ("carried", "📋", words.SETTINGS)
    CANCEL = ("cancel", "✖️", words.CANCEL)
    REPORT = ("report", "🚩", words.REPORT)
    PICK_1 = ("pick1", "1️⃣", words.PICK)
    PICK_2 = ("pick2", "2️⃣", words.PICK)
    PICK_3 = ("pick3", "3️⃣", words.PICK)
    PICK_4 = ("pick4", "4️⃣", words.PICK)
    VARY = ("vary", "🎨", words.VARY)
    REMIX = ("remix", "🌀", words.REMIX)
    RECOMPOSE = ("recompose", "🖼️", words.RECOMPOSE)
    UPSCALE = ("upscale", "⬆️", words.UPSCALE)
    MUCH_LARGER = ("upscale4", "⏫", words.MUCH_LARGER)
    HISTORY = ("history", "🗺️", words.HISTORY)
    THREAD = ("thread", "🧵", words.THREAD)
    INFO = ("info", "📋", words.INFO)
    FAVOURITE = ("favourite", "⭐", words.FAVOURITE)
    AS_REFERENCE = ("asreference", "🖇️", references.AS_REFERENCE)
    NOT_MEANT = ("notmeant", "🙅", talk.NOT_MEANT)
    READ_OTHERWISE = ("otherwise", None, talk.PAINT_THAT)
    PAINT_ANEW = ("anew", "🖼️", ways.PAINT_ANEW)
    EDIT_INSTEAD = ("editinstead", "🪄", ways.EDIT_INSTEAD)
    REPLAY = ("replay", "🧽", ways.REPLAY)
    REGION = ("region", "🖌️", regions.REGION)
    REGION_HERE = ("regionhere", "🖌️", regions.PAINT_HERE)

    def __init__(self, key: str, emoji: str | None, label: Text) -> None:
        self.key = key
        self.emoji = emoji
        self.label = label

    @classmethod
    def of(cls, key: str) -> "Action":
        """The action with this name."""
        return next(action for action in cls if action.key == key)


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


@dataclass(frozen=True, slots=True)
class PictureState:
    """What decides which buttons a turn has.

    `pictures` is how many it shows; `edited` says that it changed an older picture, whose composition it can
    be asked to keep; `reports`, that there are moderators; `doubtful`, that the edit may not be meant so;
    `deletable`, that who reads it may delete it, which is known where one person reads it.
    `moves` says what Undo and Redo can do, `able` what the engine can, without which a button would do
    nothing. `other` is the way in which the instruction could be followed instead, and `worn` says that a
    picture of so many edits in a row is better made anew. `larger`: so many times larger it can be made.
    """

    turn_id: int
    pictures: int = 1
    edited: bool = False
    reports: bool = False
    moves: Moves = Moves()
    able: Capabilities = EVERYTHING
    doubtful: bool = False
    deletable: bool = True
    other: Way | None = None
    worn: bool = False
    larger: int = LARGER


def state_of(
    turn: Turn, conversation: Conversation, pictures: int, moves: Moves, able: Capabilities, replay_after: int
) -> PictureState:
    """The state of a turn that shows so many pictures.

    A fresh start is offered after `replay_after` edits in a row; 0 never offers one.
    """
    return PictureState(
        turn.id,
        pictures,
        edited=turn.kind is TurnKind.REFINE,
        reports=conversation.guild_id is not None,
        moves=moves,
        able=able,
        doubtful=in_doubt(turn),
        other=other(turn, able),
        worn=is_worn(turn, able, replay_after),
        larger=times_larger(turn.parameters, able.upscale),
    )


MAIN_ROW = (
    Action.REFINE,
    Action.PAINT_ANEW,
    Action.EDIT_INSTEAD,
    Action.REPLAY,
    Action.REROLL,
    Action.UNDO,
    Action.VARY,
)
"""What people press most, in this order; under a picture are the first four, and More… behind them.

The other way stands early: where the bot chose the wrong one, that costs one press.
"""

PICKS = (Action.PICK_1, Action.PICK_2, Action.PICK_3, Action.PICK_4)
"""Under several pictures these come before the others: one for each picture."""

_IN_THE_ROW = 4


@dataclass(frozen=True, slots=True)
class Group:
    """Buttons of one kind behind More…, with the words above them."""

    title: Text
    actions: tuple[Action, ...]


IN_MORE = (
    Group(
        words.MORE_PICTURES,
        (
            Action.REGION,
            Action.REMIX,
            Action.RECOMPOSE,
            Action.UPSCALE,
            Action.MUCH_LARGER,
        ),
    ),
    Group(
        words.MORE_OF_CONVERSATION,
        (
            Action.REDO,
            Action.HISTORY,
            Action.THREAD,
        ),
    ),
    Group(
        words.MORE_OF_PICTURE,
        (
            Action.FAVOURITE,
            Action.AS_REFERENCE,
            Action.INFO,
            Action.REPORT,
            Action.DELETE,
        ),
    ),
)
"""Everything else, shown to the person who presses More…; a group without a button is left out."""


def _paints_over(state: PictureState) -> bool:
    return state.able.strength


_OFFERED: dict[Action, Callable[[PictureState], bool]] = {
    Action.VARY: _paints_over,
    Action.REMIX: _paints_over,
    Action.UPSCALE: lambda state: state.larger >= LARGER and (_paints_over(state) or state.able.upscale > 0),
    Action.MUCH_LARGER: lambda state: state.larger >= MUCH_LARGER,
    Action.RECOMPOSE: lambda state: state.edited and _paints_over(state),
    Action.REPORT: lambda state: state.reports,
    Action.DELETE: lambda state: state.deletable,
    Action.PAINT_ANEW: lambda state: state.other is not None and state.other != "edit",
    Action.EDIT_INSTEAD: lambda state: state.other == "edit",
    Action.REPLAY: lambda state: state.worn,
    Action.REGION: lambda state: state.able.region,
    Action.AS_REFERENCE: lambda state: bool(state.able.references),
}
"""When a button is there; one that is not named always is."""


def offered(actions: tuple[Action, ...], state: PictureState) -> tuple[Action, ...]:
    """Those of `actions` that would do something for the turn."""
    return tuple(action for action in actions if action not in _OFFERED or _OFFERED[action](state))


def _by_use(state: PictureState) -> tuple[Action, ...]:
    picks = PICKS[: state.pictures] if state.pictures > 1 else ()
    return (*picks, *offered(MAIN_ROW, state))


def main_row(state: PictureState) -> tuple[Action, ...]:
    """The buttons under the pictures, without More…."""
    return _by_use(state)[:_IN_THE_ROW]


def more_groups(state: PictureState) -> tuple[Group, ...]:
    """The groups behind More… with their buttons: first what has no room in the main row."""
    groups = (
        Group(words.MORE_OF_USE, _by_use(state)[_IN_THE_ROW:]),
        *(Group(group.title, offered(group.actions, state)) for group in IN_MORE),
    )
    return tuple(group for group in groups if group.actions)
