"""What the work on a turn must know of the place where it was asked for; no Discord.

`bot.chat.posting.discord_places` answers it from what Discord says now.
"""

from typing import Protocol

from bot.domain.conversation import Conversation, Turn


class Place(Protocol):
    """Questions that are asked at work and not when the turn is accepted: the answers may change between."""

    async def age_restricted(self, conversation: Conversation) -> bool:
        """Whether the conversation's channel is age-restricted; False where that cannot be seen."""

    async def still_asked(self, conversation: Conversation, turn: Turn) -> bool:
        """Whether the words that the turn came from are still there.

        People take words back by deleting their message, also while the bot is not running.
        """
