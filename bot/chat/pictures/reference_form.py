"""The form behind "As reference": what is to be painted after a picture, and what is taken from it."""

import re
from typing import Any, Self

import discord
from discord import ui

from bot.chat.pictures.views import fields, submitted
from bot.domain.references import Referring
from bot.i18n import Language
from bot.texts import references as words
from model.engine import ReferenceAs

_FORM_ID = re.compile(r"dc:v1:referring:(?P<turn>[0-9]{1,19})")
_WORDS, _TAKE = "words", "take"
_LONGEST_VALUE = 4000  # characters, Discord's limit


class ReferenceForm(ui.Modal):
    """Asks for both. Its submit is read by `filled_in`, so that it survives a restart."""

    def __init__(self, turn_id: int, longest: int, language: Language) -> None:
        super().__init__(
            title=words.FORM_TITLE(language), custom_id=f"dc:v1:referring:{turn_id}", timeout=900
        )
        said: ui.TextInput[Self] = ui.TextInput(
            style=discord.TextStyle.paragraph,
            placeholder=words.FORM_PLACEHOLDER(language),
            custom_id=_WORDS,
            max_length=min(longest, _LONGEST_VALUE),
        )
        take: ui.Select[Self] = ui.Select(
            custom_id=_TAKE,
            required=False,
            options=[
                discord.SelectOption(label=text(language), value=value, default=value == "style")
                for value, text in words.TAKE.items()
            ],
        )
        self.add_item(ui.Label(text=words.FORM_WORDS(language), component=said))
        self.add_item(ui.Label(text=words.FORM_TAKE(language), component=take))


def filled_in(interaction: discord.Interaction[Any]) -> tuple[int, Referring] | None:
    """The turn and what is asked of its picture; None for any other interaction. The style, unless said."""
    match = submitted(interaction, _FORM_ID)
    if not match:
        return None
    filled = fields(interaction)
    character = filled.get(_TAKE, {}).get("values") == ["character"]
    taken: ReferenceAs = "character" if character else "style"
    return int(match["turn"]), Referring(taken, str(filled.get(_WORDS, {}).get("value", "")))
