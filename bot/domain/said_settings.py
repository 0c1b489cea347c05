"""What the words of a refinement change of the settings, and what is left as its instruction. Pure."""

from dataclasses import replace

from bot.domain.conversation import Changes
from bot.domain.flags import Read, read_flags, settings_said
from bot.domain.options import Bounds, changes_for, style_words
from model.settings import ModelSettings


def settings_in(
    text: str, models: ModelSettings, max_count: int, bounds: Bounds
) -> tuple[str, Changes | None]:
    """The instruction and the changed settings; a style's words belong to the instruction.

    Words that are nothing but settings stay the instruction, to be shown; the changes say that they are no
    more. Raises `BadOption` or `NotOfThisModel`.
    """
    only = settings_said(text)
    read = Read("", only) if only is not None else read_flags(text)
    if read.plain:
        return read.words or text, None  # flags that mean nothing are left out
    words = read.words
    if style := style_words(read.options, models.styles).strip(" ,"):
        words = f"{words}, {style}" if words else style
    changes = changes_for(replace(read.options, exact=None), models, max_count, bounds, only=not words)
    return words or text, changes
