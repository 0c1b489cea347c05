"""From a button or menu that somebody uses to the feature that handles it.

Buttons outlive the process that posted them: they carry ids in their `custom_id` and nothing else
(discord.py's `ui.DynamicItem`), so the feature is found by the kind of the button when it is pressed.
"""

from collections.abc import Awaitable, Callable, Hashable
from typing import Any

import discord

from bot.chat.discord_api.seen_events import SeenEvents
from bot.chat.pictures.actions import Action
from bot.chat.requests.press_check import PressCheck, pressed_behind_more, shown_to_its_person
from bot.chat.requests.replies import answering, put_away
from bot.chat.wording.languages import Languages

Press = Callable[..., Awaitable[None]]
"""Handles an interaction; further arguments are what the button carries, as the id of its turn."""


class ButtonDispatch:
    """One handler for each kind of button. `checks` refuses a press that belongs to another life or place."""

    def __init__(self, seen: SeenEvents, languages: Languages, checks: PressCheck) -> None:
        self._seen = seen
        self._languages = languages
        self._of_turn = checks.of_turn
        self._handlers: dict[Hashable, Press] = {}
        self._checks: dict[Hashable, Press] = {}

    def handle(self, kind: Hashable, press: Press, check: Press | None = None) -> None:
        """Let `press` handle buttons of this kind, however old they are.

        `check` raises where a press is not to be handled. Without one a kind that is an `Action` is held
        against its turn, and every other kind must be in an answer that its person alone was shown.
        """
        self._handlers[kind] = press
        if check is not None:
            self._checks[kind] = check

    async def check(self, kind: Hashable, interaction: discord.Interaction[Any], *carried: Any) -> None:
        """Raise `OldButton` or `GoneTurn` where a button, or the form it opened, must not act."""
        if kind in self._checks:
            await self._checks[kind](interaction, *carried)
        elif isinstance(kind, Action):
            [turn_id] = carried
            await self._of_turn(kind, interaction, turn_id)
        else:
            shown_to_its_person(interaction)

    async def press(self, kind: Hashable, interaction: discord.Interaction[Any], *carried: object) -> None:
        """Called by a button; what goes wrong is told to the person alone."""
        if not self._seen.first_time(interaction.id):
            return
        async with answering(interaction, self._languages):
            await self.check(kind, interaction, *carried)
            await self._handlers[kind](interaction, *carried)
            if isinstance(kind, Action) and pressed_behind_more(kind, interaction):
                await put_away(interaction)
