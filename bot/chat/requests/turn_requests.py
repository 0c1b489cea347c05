"""From a person's request on Discord to a stored turn: the steps that every such command and button shares.

In this order: check the bot's permissions and whether anything is taken on from this person here, let the use
case store the turn, write a line into the log, acknowledge a button (Discord waits three seconds for it).
"""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

import discord
from discord.utils import snowflake_time

from bot.chat.discord_api.asker import asker_below, asker_of
from bot.chat.discord_api.permissions import require_posting, require_posting_below
from bot.chat.requests.replies import acknowledging
from bot.domain.limits import Allowance
from bot.services.admission import Admission
from bot.services.turn_results import Accepted
from bot.telemetry.logs import bound
from bot.telemetry.tracing import request_span

log = logging.getLogger(__name__)

UseCase = Callable[[Allowance], Awaitable[Accepted]]
"""Stores the turn that was asked for; the argument says how much the person may have."""


class TurnRequests:
    """Admits requests and carries them out. `log_prompts` writes people's words into the log as well."""

    def __init__(self, admission: Admission, *, log_prompts: bool = False) -> None:
        self._admission = admission
        self._log_prompts = log_prompts

    async def admit(self, asked: discord.Interaction[Any] | discord.Message) -> Allowance:
        """What the person may ask for, once it is clear that pictures can and may be posted here.

        Raises `MissingPermissions`, `Paused` or a `NotServed`.
        """
        if isinstance(asked, discord.Message):
            require_posting_below(asked)
            return await self._admission.admit(asker_below(asked))
        require_posting(asked)
        return await self._admission.admit(asker_of(asked))

    async def without(self, interaction: discord.Interaction[Any]) -> frozenset[str]:
        """The models that are not for this person in this place."""
        return await self._admission.without(asker_of(interaction))

    async def carry_out(
        self, asked: discord.Interaction[Any] | discord.Message, use_case: UseCase
    ) -> Accepted:
        """Admit the person and do what they ask for. Raises what `admit` and the use case raise."""
        accepted = await use_case(await self.admit(asked))
        self.note(accepted)
        return accepted

    async def on_press(self, interaction: discord.Interaction[Any], use_case: UseCase) -> Accepted:
        """The same for a button or a form, which is acknowledged once the turn is stored."""
        return await acknowledging(interaction, self.carry_out(interaction, use_case))

    def note(self, accepted: Accepted) -> None:
        """Log and trace whose work was taken on; the words only where [logging] prompts is on."""
        turn = accepted.turn
        self._trace(accepted)
        with bound(job=accepted.job.id, turn=turn.id, conversation=accepted.conversation.id):
            log.info(
                "Accepted: %s by %s of %s at position %s%s",
                turn.kind,
                turn.origin,
                turn.author_id,
                accepted.position,
                f": {turn.instruction or turn.source_prompt!r}" if self._log_prompts else "",
            )

    @staticmethod
    def _trace(accepted: Accepted) -> None:
        """Begin the trace of the job, unless Discord delivered the same event once more."""
        turn = accepted.turn
        if not accepted.new or turn.request_id is None:
            return
        # the event's id carries when it happened ("Snowflakes" in Discord's reference)
        with request_span(accepted.job.nonce, snowflake_time(turn.request_id)) as request:
            request.note(job=accepted.job.id, turn=turn.id, conversation=accepted.conversation.id)
            request.note(kind=turn.kind, origin=turn.origin, position=accepted.position)
            request.personal(author=turn.author_id, instruction=turn.instruction, source=turn.source_prompt)
