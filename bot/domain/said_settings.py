"""What the words of a refinement change of the settings, and what is left as its instruction. Pure."""

from bot.domain.conversation import Changes
from bot.domain.flags import Read, read_flags, settings_said
from bot.domain.options import Bounds, changes_for, style_words
from model.settings import ModelSettings


def said_in(text: str) -> Read:
    """The words and the settings of a reply; no words where it says nothing but settings.

    Raises `BadOption` for a value that a flag cannot have.
    """
    only = settings_said(text)
    return Read("", only) if only is not None else read_flags(text)


def settings_in(
    text: str, said: Read, models: ModelSettings, max_count: int, bounds: Bounds, model: str | None = None
) -> tuple[str, Changes]:
    """The instruction and the changed settings of a reply `text` in which `said` was read.

    `model` is the conversation's, and `bounds` are its. A style's words belong to the instruction. Words that
    are nothing but settings stay the instruction, to be shown; the changes say that they are no more. Raises
    `BadOption`, `NotOfThisModel` or `ModelStays`.
    """
    words = said.words
    if style := style_words(said.options, models.styles).strip(" ,"):
        words = f"{words}, {style}" if words else style
    changes = changes_for(said.options, models, max_count, bounds, model=model, only=not words)
    return words or text, changes
