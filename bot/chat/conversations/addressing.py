"""Whether a message is for the bot, told from the message alone, without the database.

Words in a thread of the bot and replies to its pictures ask for something; other talk does not.
"""

from dataclasses import dataclass
from enum import Enum, auto

import discord


class Address(Enum):
    """How a message speaks to the bot, before its place is looked at."""

    NOT_FOR_US = auto()  # by a bot, by Discord itself, to somebody else
    OPEN = auto()  # plain talk: ours in a conversation's own thread and in private, nobody's elsewhere
    TO_US = auto()  # a mention of the bot, or a reply to one of its messages


@dataclass(frozen=True, slots=True)
class Addressed:
    """`replied_to` is the message replied to, when it is (or may be) one of ours."""

    address: Address
    replied_to: int | None = None


def addressed(message: discord.Message, me: int) -> Addressed:
    """How `message` speaks to the bot with the user id `me`."""
    if not _spoken(message):
        return Addressed(Address.NOT_FOR_US)
    replied_to, author = _replied_to(message)
    # A deleted message has no author any more; the database may know whose it was
    about_ours = author in (None, me)
    if _names_me(message, me):
        return Addressed(Address.TO_US, replied_to if about_ours else None)
    if not about_ours or _names_others(message, me):
        return Addressed(Address.NOT_FOR_US)
    if author == me or any(user.id == me for user in message.mentions):
        return Addressed(Address.TO_US, replied_to)
    return Addressed(Address.OPEN, replied_to)


def _names_me(message: discord.Message, me: int) -> bool:
    """Whether the words themselves mention the bot, or the role that is its own.

    Discord also lists as mentioned whoever is replied to; that says nothing of whom the words are for.
    """
    own_role = any(role.tags is not None and role.tags.bot_id == me for role in message.role_mentions)
    return me in message.raw_mentions or own_role


def _names_others(message: discord.Message, me: int) -> bool:
    """Whether the words mention somebody, and so are for them."""
    people = [user for user in message.raw_mentions if user != me]
    return bool(people or message.raw_role_mentions or message.mention_everyone)


def _spoken(message: discord.Message) -> bool:
    """Whether a person said this, here and in their own words."""
    # Answering other bots could go on for ever; a webhook has no person behind it
    if message.author.bot or message.webhook_id is not None or _forward(message):
        return False
    # Not the system messages, such as that of a new member or a pin ("Message Types")
    return message.type in (discord.MessageType.default, discord.MessageType.reply)


def _forward(message: discord.Message) -> bool:
    reference = message.reference
    return reference is not None and reference.type is discord.MessageReferenceType.forward


def _replied_to(message: discord.Message) -> tuple[int | None, int | None]:
    """The message replied to and its author; None where it cannot be told, as of a deleted message."""
    if message.reference is None:
        return None, None
    resolved = message.reference.resolved
    author = resolved.author.id if isinstance(resolved, discord.Message) else None
    return message.reference.message_id, author
