"""From a button or menu that somebody uses to the feature that handles it.

Buttons outlive the process that posted them: they carry ids in their `custom_id` and nothing else
(discord.py's `ui.DynamicItem`), so the feature is found by the kind of the button when it is pressed.
"""

from collections.abc import Awaitable, Callable, Hashable
from typing import Any

import discord

from bot.chat.languages import Languages
from bot.chat.replies import answering
from bot.chat.seen_events import SeenEvents

Press = Callable[..., Awaitable[None]]
"""Handles an interaction; further arguments are what the button carries, as the id of its turn."""


class ButtonDispatch:
    """One handler for each kind of button."""

    def __init__(self, seen: SeenEvents, languages: Languages) -> None:
        self._seen = seen
        self._languages = languages
        self._handlers: dict[Hashable, Press] = {}

    def handle(self, kind: Hashable, press: Press) -> None:
        """Let `press` handle buttons of this kind, wherever and however old they are."""
        self._handlers[kind] = press

    async def press(self, kind: Hashable, interaction: discord.Interaction[Any], *carried: object) -> None:
        """Called by a button; what goes wrong is told to the person alone."""
        if not self._seen.first_time(interaction.id):
            return
        async with answering(interaction, self._languages):
            await self._handlers[kind](interaction, *carried)
