"""A finished turn as a Discord message, laid out to be read in one glance, and its files."""

import asyncio
import io
from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.chat.pictures.actions import Action, PictureState
from bot.chat.pictures.painter_limits import UNKNOWN, PainterLimits, WordsOf
from bot.chat.pictures.uploads import UploadFile, picture_file
from bot.chat.pictures.views import TurnButton, picture_row
from bot.chat.pictures.way_line import reference_line, way_line, way_title
from bot.chat.wording.prompt_diff import diff, escape, render_change, shorten
from bot.domain.conversation import Origin, Turn, TurnKind
from bot.domain.unasked import unasked_by
from bot.i18n import Language
from bot.jobs.presenter import FinishedTurn
from bot.texts import pictures as words
from bot.texts import talk

# Characters. All texts of a message's components together may have 4000 ("Component Reference").
_TITLE = 256
_CHANGE = 500
_ALSO_CHANGED = 300
_SECOND = 300
_NEW_WORDS = 200
_ALT_TEXT = 1024  # Discord's limit of a picture's description

_COLOURS = {
    TurnKind.IMAGINE: discord.Colour(0x5865F2),
    TurnKind.REFINE: discord.Colour(0x3BA55D),
    TurnKind.REROLL: discord.Colour(0xFAA61A),
    TurnKind.VARY: discord.Colour(0xEB459E),
    TurnKind.UPSCALE: discord.Colour(0x9B59B6),
    TurnKind.RECOMPOSE: discord.Colour(0x1ABC9C),
    TurnKind.OTHER_WAY: discord.Colour(0x1ABC9C),
    TurnKind.REPLAY: discord.Colour(0x1ABC9C),
}


def layout(
    finished: FinishedTurn,
    shown: Sequence[discord.File],
    state: PictureState,
    language: Language,
    *,
    readable: bool,
    limits: PainterLimits = UNKNOWN,
) -> ui.LayoutView:
    """The message: a line of text, then in a frame the pictures, what changed, and the buttons.

    `shown` are its files. `readable` says whether the bot can read plain messages in the place of the
    conversation. Of the picture model's `limits` those that this turn's prompt meets first are told, and no
    second reading is offered that would be the same picture.
    """
    view = ui.LayoutView(timeout=None)
    if text := _above(finished, language, readable=readable, limits=limits):
        view.add_item(ui.TextDisplay(text))
    frame: ui.Container[ui.LayoutView] = ui.Container(accent_colour=_COLOURS[finished.turn.kind])
    # a file brings its description and its cover along
    frame.add_item(ui.MediaGallery(*(discord.MediaGalleryItem(file) for file in shown)))
    frame.add_item(ui.TextDisplay(_caption(finished, language, state)))
    if state.doubtful:
        frame.add_item(_doubt(finished.turn, language))
        if _differs(finished.turn, limits):
            frame.add_item(_second_reading(finished, language))
    return view.add_item(frame.add_item(picture_row(state, language)))


def _above(finished: FinishedTurn, language: Language, *, readable: bool, limits: PainterLimits) -> str:
    """Who asked, where no reply shows it; how to go on, at the first picture; what cannot be shown."""
    turn = finished.turn
    lines = [] if turn.origin is Origin.MESSAGE or turn.parent_turn_id is None else [f"<@{turn.author_id}>"]
    if turn.parent_turn_id is None:
        how = words.HOW_TO_REFINE if readable else words.HOW_TO_REFINE_BY_MENTION
        lines.append(how(language))
    if new := _new(limits.unshown, finished):
        lines.append(words.NOT_IN_TINYWORLD(language, words=_quoted(new)))
    if _new(limits.crowded, finished):
        lines.append(
            words.TOO_MANY_THINGS(language, things=_quoted(limits.crowded(turn.target_prompt or "")))
        )
    return "\n".join(lines)


def _new(of: WordsOf, finished: FinishedTurn) -> list[str]:
    """What is said of this turn's prompt and was not said of the one before."""
    before = of(finished.parent.target_prompt or "") if finished.parent else ()
    return [word for word in of(finished.turn.target_prompt or "") if word not in before]


def _quoted(said: Sequence[str]) -> str:
    return escape(shorten(", ".join(f"“{word}”" for word in said), _NEW_WORDS))


def _differs(turn: Turn, limits: PainterLimits) -> bool:
    """Whether there is a second reading that would be another picture."""
    return bool(turn.second_prompt) and not limits.alike(turn.second_prompt or "", turn.target_prompt or "")


def _caption(finished: FinishedTurn, language: Language, state: PictureState) -> str:
    """What was said, what it changed in the prompt, and in small letters the way, the reference, seed, time
    and models.

    No seed is shown where the engine makes nothing of them, and no prompt that is what was said, to the
    letter.
    """
    turn = finished.turn
    title = _title(finished, language)
    change = render_change(diff(_before(finished), turn.target_prompt or ""), _CHANGE)
    footer = _footer(finished, language, seeds=state.able.seeds)
    way = way_line(turn, state.able, language, parent=finished.parent, worn=state.worn)
    after = reference_line(turn, state.able, language)
    said = title and f"**{title}**"
    lines = (said, "" if change == title else change, way, after, footer and f"-# {footer}")
    return "\n".join(line for line in lines if line)


def _doubt(turn: Turn, language: Language) -> ui.Section[Any]:
    """The words that an edit changed unasked, or that it may not be what was meant, beside the button that
    says so."""
    also = unasked_by(turn)
    text = f"{talk.ALSO_CHANGED(language)}: {_list_of(also)}" if also else talk.NOT_SURE(language)
    return ui.Section(text, accessory=TurnButton(Action.NOT_MEANT, turn.id, language=language))


def _second_reading(finished: FinishedTurn, language: Language) -> ui.Section[Any]:
    """What the words may mean instead, as what that would change, beside the button that paints it."""
    turn = finished.turn
    change = render_change(diff(_before(finished), turn.second_prompt or ""), _SECOND)
    text = talk.OR_DID_YOU_MEAN(language, change=change)
    return ui.Section(text, accessory=TurnButton(Action.READ_OTHERWISE, turn.id, language=language))


def _before(finished: FinishedTurn) -> str:
    """The prompt that this turn's prompt is compared with."""
    parent = finished.parent
    return (parent.target_prompt if parent else None) or finished.turn.source_prompt


def _title(finished: FinishedTurn, language: Language) -> str:
    turn, first = finished.turn, finished.pictures[0]
    said = {
        TurnKind.IMAGINE: turn.instruction or turn.source_prompt,
        TurnKind.REFINE: turn.instruction,
        TurnKind.REROLL: words.REROLLED(language),
        TurnKind.VARY: words.VARIED(language),
        TurnKind.UPSCALE: words.ENLARGED(language, width=first.width, height=first.height),
        TurnKind.RECOMPOSE: words.RECOMPOSED(language, instruction=turn.instruction),
        TurnKind.OTHER_WAY: way_title(turn, language),
        TurnKind.REPLAY: way_title(turn, language),
    }[turn.kind]
    # Escaping at most doubles a text: cut first, so that no backslash is cut from its character
    return shorten(escape(shorten(said, _TITLE // 2)), _TITLE)


def _list_of(said: tuple[str, ...]) -> str:
    # escaping at most doubles a text: cut first
    return escape(shorten(", ".join(said), _ALSO_CHANGED // 2))


def _footer(finished: FinishedTurn, language: Language, *, seeds: bool) -> str:
    turn = finished.turn
    models = [escape(name) for name in (turn.llm_model, turn.painter_model) if name]
    numbers = ", ".join(str(picture.seed) for picture in finished.pictures)
    shown = [words.SEEDS(language, seeds=numbers)] if seeds else []
    # pictures that are only shown again took no time
    took = [f"{finished.seconds:.1f} s"] if finished.seconds else []
    return " · ".join([*shown, *took, *models])


async def files(finished: FinishedTurn, limit: int) -> list[UploadFile]:
    """The pictures as files `<job>-<seed>-<n>` of at most `limit` bytes each; encoding runs in a thread."""
    return [
        await asyncio.to_thread(
            picture_file,
            f"{finished.job_id}-{picture.seed}-{number}",
            picture.png,
            limit,
        )
        for number, picture in enumerate(finished.pictures, start=1)
    ]


def discord_files(uploads: list[UploadFile], finished: FinishedTurn) -> list[discord.File]:
    """`uploads` for discord.py, covered where they are to be; the target prompt is their alternative text."""
    alt = shorten(finished.turn.target_prompt or "", _ALT_TEXT)
    return [
        discord.File(io.BytesIO(file.data), file.name, description=alt, spoiler=picture.spoiler)
        for file, picture in zip(uploads, finished.pictures, strict=True)
    ]
