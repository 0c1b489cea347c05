"""The form behind 🚩 Report and the moderators' buttons; both carry their ids and survive restarts."""

import re
from enum import StrEnum
from typing import Any, Self

import discord
from discord import ui

from bot.chat.pictures.views import fields, submitted
from bot.domain.reports import LONGEST_REASON
from bot.i18n import Language
from bot.texts import reports as words

_FORM_ID = re.compile(r"dc:v1:reportform:(?P<turn>[0-9]{1,19})")
_REASON = "reason"


class Decision(StrEnum):
    """What a moderator can do about a report; the value stands in the `custom_id`."""

    REMOVE = "remove"
    DISMISS = "dismiss"


class ReportForm(ui.Modal):
    """Asks for the reason. Its submit is read by `report_submit`, so that it survives a restart."""

    def __init__(self, turn_id: int, language: Language) -> None:
        super().__init__(
            title=words.FORM_TITLE(language), custom_id=f"dc:v1:reportform:{turn_id}", timeout=900
        )
        field: ui.TextInput[Self] = ui.TextInput(
            style=discord.TextStyle.paragraph,
            placeholder=words.FORM_PLACEHOLDER(language),
            custom_id=_REASON,
            max_length=LONGEST_REASON,
        )
        self.add_item(ui.Label(text=words.FORM_LABEL(language), component=field))


def report_submit(interaction: discord.Interaction[Any]) -> tuple[int, str] | None:
    """The turn and the reason of a submitted `ReportForm`; None for any other interaction."""
    match = submitted(interaction, _FORM_ID)
    return (int(match["turn"]), str(fields(interaction).get(_REASON, {}).get("value", ""))) if match else None


class ModeratorButton(
    ui.DynamicItem[ui.Button[ui.View]],
    template=r"dc:v1:report:(?P<decision>remove|dismiss):(?P<report>[0-9]{1,19})",
):
    """One decision about one report."""

    def __init__(self, decision: Decision, report_id: int, language: Language = Language.ENGLISH) -> None:
        self.decision, self.report_id = decision, report_id
        remove = decision is Decision.REMOVE
        label = words.REMOVE if remove else words.DISMISS
        super().__init__(
            ui.Button(
                style=discord.ButtonStyle.danger if remove else discord.ButtonStyle.secondary,
                label=label(language),
                emoji="🗑️" if remove else "✅",
                custom_id=f"dc:v1:report:{decision.value}:{report_id}",
            )
        )

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The same button again, from the `custom_id` of a message that may be older than this process."""
        return cls(Decision(match["decision"]), int(match["report"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the decision to the feature of the reports."""
        await interaction.client.buttons.press(ModeratorButton, interaction, self.decision, self.report_id)


def decision_view(report_id: int, language: Language) -> ui.View:
    """What is under a report."""
    view = ui.View(timeout=None)
    for decision in Decision:
        view.add_item(ModeratorButton(decision, report_id, language))
    return view
