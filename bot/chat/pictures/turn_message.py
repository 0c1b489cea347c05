"""A finished turn as a Discord message: its line of text, its embed and its files."""

import asyncio
import io
from collections.abc import Callable

import discord

from bot.chat.pictures.uploads import UploadFile, picture_file
from bot.chat.pictures.way_line import way_line, way_title
from bot.chat.wording.prompt_diff import Piece, diff, escape, render_removed, render_target, shorten
from bot.domain.conversation import Origin, Turn, TurnKind
from bot.domain.unasked import unasked_by
from bot.i18n import Language
from bot.jobs.presenter import FinishedTurn
from bot.texts import pictures as words
from bot.texts import talk
from model.engine import Capabilities

# Discord's limits for an embed's parts; all parts together stay below its 6000.
_TITLE = 256
_DESCRIPTION = 4096
_FIELD = 1024
_ALSO_CHANGED = 300
_ALT_TEXT = 1024

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


NO_WAYS = Capabilities()
WordsOf = Callable[[str], tuple[str, ...]]


def nothing_known(_prompt: str) -> tuple[str, ...]:
    """No word: what most picture models cannot show is not known."""
    return ()


def content(
    finished: FinishedTurn,
    language: Language,
    *,
    readable: bool,
    unshown: WordsOf = nothing_known,
    able: Capabilities = NO_WAYS,
    worn: bool = False,
) -> str | None:
    """The text above the picture: who asked, where no reply shows it, and how to go on, at the first one.

    `readable` says whether the bot can read plain messages in the place of the conversation. `unshown` names
    the words of a prompt that the picture model cannot show: those that this turn brought in are told. `able`
    says which other way there would have been, `worn` that a fresh start is offered.
    """
    turn = finished.turn
    lines = [] if turn.origin is Origin.MESSAGE or turn.parent_turn_id is None else [f"<@{turn.author_id}>"]
    if turn.parent_turn_id is None:
        how = words.HOW_TO_REFINE if readable else words.HOW_TO_REFINE_BY_MENTION
        lines.append(how(language))
    before = unshown(finished.parent.target_prompt or "") if finished.parent else ()
    new = [f"“{escape(word)}”" for word in unshown(turn.target_prompt or "") if word not in before]
    if new:
        lines.append(words.NOT_IN_TINYWORLD(language, words=", ".join(new)))
    if line := way_line(turn, able, language, worn=worn):
        lines.append(line)
    return "\n".join(lines) or None


def embed(finished: FinishedTurn, language: Language, *, seeds: bool = True) -> discord.Embed:
    """The words of the turn, the target prompt with what was added and removed, seed, time and models.

    Without `seeds` none is shown: the engine makes nothing of them.
    """
    turn = finished.turn
    pieces = diff(_before(finished), turn.target_prompt or "")
    card = discord.Embed(
        title=_title(turn, language),
        description=render_target(pieces, _DESCRIPTION),
        colour=_COLOURS[turn.kind],
    )
    _add_removed(card, pieces, language)
    if also := unasked_by(turn):
        card.add_field(name=talk.ALSO_CHANGED(language), value=_list_of(also), inline=False)
    return card.set_footer(text=_footer(finished, language, seeds=seeds))


def _before(finished: FinishedTurn) -> str:
    """The prompt that this turn's prompt is compared with."""
    parent = finished.parent
    return (parent.target_prompt if parent else None) or finished.turn.source_prompt


def _title(turn: Turn, language: Language) -> str:
    said = {
        TurnKind.IMAGINE: turn.instruction or turn.source_prompt,
        TurnKind.REFINE: turn.instruction,
        TurnKind.REROLL: words.REROLLED(language),
        TurnKind.VARY: words.VARIED(language),
        TurnKind.UPSCALE: words.ENLARGED(language),
        TurnKind.RECOMPOSE: words.RECOMPOSED(language, instruction=turn.instruction),
        TurnKind.OTHER_WAY: way_title(turn, language),
        TurnKind.REPLAY: way_title(turn, language),
    }[turn.kind]
    # Escaping at most doubles a text: cut first, so that no backslash is cut from its character
    return shorten(escape(shorten(said, _TITLE // 2)), _TITLE)


def _add_removed(card: discord.Embed, pieces: tuple[Piece, ...], language: Language) -> None:
    removed = render_removed(pieces, _FIELD)
    if removed:
        card.add_field(name=words.REMOVED(language), value=removed, inline=False)


def _list_of(said: tuple[str, ...]) -> str:
    # escaping at most doubles a text: cut first
    return escape(shorten(", ".join(said), _ALSO_CHANGED // 2))


def _footer(finished: FinishedTurn, language: Language, *, seeds: bool) -> str:
    turn = finished.turn
    models = [name for name in (turn.llm_model, turn.painter_model) if name]
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
