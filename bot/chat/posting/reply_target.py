"""To which message a message about a turn replies."""

from typing import TypedDict

import discord

from bot.domain.conversation import Conversation, Origin, Turn


class Reply(TypedDict, total=False):
    """The part of a send that makes it a reply; empty for a message of its own."""

    reference: discord.MessageReference


def reply_to(conversation: Conversation, turn: Turn, parent: Turn | None) -> Reply:
    """A message about `turn` replies to the person's words, or, outside threads, to the parent's picture."""
    target = turn.request_id if turn.origin is Origin.MESSAGE else None
    if target is None and conversation.thread_id is None and parent is not None:
        target = parent.message_id
    if target is None:
        return {}
    reference = discord.MessageReference(
        message_id=target,
        channel_id=conversation.place_id,
        guild_id=conversation.guild_id,
        # The words may have been deleted while the picture was painted
        fail_if_not_exists=False,
    )
    return {"reference": reference}
