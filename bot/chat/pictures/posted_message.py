"""The message of a turn as it was posted, edited in the form that it has.

New messages are laid out with Discord's layout components. Older ones are an embed with attachments and rows
of buttons, and stay so: the flag IS_COMPONENTS_V2 cannot be taken from a message ("Edit Message"), and to set
it, content and embeds would have to go. A layout is edited as a whole: it is read from the message itself and
sent again with what changes. Its pictures are then named `attachment://<file>`, because an edit that mentions
no files keeps them.
"""

import io
import re

import discord
from discord import ui

from bot.chat.discord_api.components import buttons_of, file_name, gallery_pictures
from bot.chat.pictures.actions import Action, Moves, custom_id
from bot.chat.pictures.views import TurnButton, only_button
from bot.i18n import Language

AnyView = ui.View | ui.LayoutView
_OF_A_PICTURE = re.compile(
    rf"dc:v1:(?:{Action.MORE.key}|{Action.REFINE.key}|{Action.UNDO.key}):(?P<turn>[0-9]{{1,19}})"
)
_MOVES = (Action.UNDO, Action.REDO)

Shown = dict[Action, bool]
"""Which of Undo and Redo a message has, and whether they can be pressed."""


def is_layout(message: discord.Message) -> bool:
    """Whether a message is made of layout components, and not of content and embeds."""
    return message.flags.components_v2


def turn_shown(message: discord.Message) -> int | None:
    """The turn whose pictures a message of ours shows; None for another message."""
    keys = (_OF_A_PICTURE.fullmatch(key) for key in buttons_of(message))
    return next((int(key["turn"]) for key in keys if key), None)


def moves_shown(message: discord.Message, turn_id: int) -> Shown:
    """What Undo and Redo look like in the message of a turn."""
    buttons = buttons_of(message)
    keys = {action: custom_id(action, turn_id) for action in _MOVES}
    return {action: not buttons[key].disabled for action, key in keys.items() if key in buttons}


def as_wanted(shown: Shown, moves: Moves) -> Shown:
    """What the same buttons should look like."""
    return {action: moves.allow(action) for action in shown}


def with_moves(message: discord.Message, turn_id: int, moves: Moves) -> AnyView:
    """All components of the message, with Undo and Redo as `moves` say. It is for one edit."""
    view: AnyView
    if is_layout(message):
        view = ui.LayoutView.from_message(message, timeout=None)
    else:
        view = ui.View.from_message(message, timeout=None)
    keys = {custom_id(action, turn_id): action for action in _MOVES}
    for item in view.walk_children():
        if isinstance(item, ui.Button) and item.custom_id in keys:
            item.disabled = not moves.allow(keys[item.custom_id])
        elif isinstance(item, ui.MediaGallery):
            item.items = [_kept(one) for one in item.items]
    # so that discord.py does not keep it: presses are handled by the dynamic items
    view.stop()
    return view


def _kept(item: discord.MediaGalleryItem) -> discord.MediaGalleryItem:
    """A picture that stays in its message, named as a file of it."""
    return discord.MediaGalleryItem(
        f"attachment://{file_name(item.media)}", description=item.description, spoiler=item.spoiler
    )


async def files_of(client: discord.Client, message: discord.Message) -> list[discord.File]:
    """The pictures of a message, to send them again. Raises what Discord's CDN answers."""
    if not is_layout(message):
        return [await one.to_file(spoiler=one.is_spoiler()) for one in message.attachments]
    return [
        discord.File(
            io.BytesIO(await picture.read()),
            picture.filename,
            spoiler=picture.item.spoiler,
            description=picture.item.description,
        )
        for picture in gallery_pictures(client, message)
    ]


async def hide(
    message: discord.Message, turn_id: int, text: str, action: Action, language: Language
) -> discord.Message:
    """Put a sentence and one button in the place of all that a message shows. Raises Discord's refusals."""
    if is_layout(message):
        layout = ui.LayoutView(timeout=None).add_item(ui.TextDisplay(text))
        layout.add_item(ui.ActionRow(TurnButton(action, turn_id, language=language)))
        return await message.edit(view=layout, attachments=[])
    view = only_button(turn_id, action, language)
    return await message.edit(content=text, embeds=[], attachments=[], view=view)


async def show_again(
    before: discord.Message, turn_id: int, files: list[discord.File], moves: Moves
) -> discord.Message:
    """Show what `before` showed when it was read, with its files sent once more."""
    view = with_moves(before, turn_id, moves)
    if isinstance(view, ui.LayoutView):
        return await before.edit(view=view, attachments=files)
    content = before.content or None
    return await before.edit(content=content, embeds=before.embeds, attachments=files, view=view)
