"""Reactions, plain ones and super-reactions: adding, removing and listing them."""

import unicodedata

from bot.sandbox.model.errors import ApiError
from bot.sandbox.model.events import Event
from bot.sandbox.model.permissions import Permission, channel_permissions, require
from bot.sandbox.model.records import Channel, Json, Message, Reaction
from bot.sandbox.payloads.messages import BURST_COLOURS
from bot.sandbox.payloads.objects import member_object, user_object
from bot.sandbox.rules.hub import Hub
from bot.sandbox.rules.threads import Threads

# JSON error code 30010, "Maximum number of reactions reached (20)".
LIMIT = 20
VARIATION_SELECTOR = "\ufe0f"
PUNCTUATION_EMOJI = "‼⁉〰〽ℹⓂ"


class Reactions:
    """The reaction rules, for people and bots alike; `actor` is always the acting user's id."""

    def __init__(self, hub: Hub, threads: Threads) -> None:
        self._hub = hub
        self._threads = threads

    def add(self, actor: int, message: Message, emoji: str, *, burst: bool = False) -> None:
        """React, with `burst` in a super-reaction, which is counted and listed apart from the plain ones.

        Raises 10014 for no emoji, 30010 beyond 20 kinds, 50083 in an archived thread, 50013 for a bot's
        super-reaction: those come with Nitro, which bots do not have.
        """
        if burst and self._hub.world.user(actor).bot:
            raise ApiError(50013)
        channel = self._hub.world.channel(message.channel_id)
        self._threads.refuse_if_archived(channel)
        require(self._hub.world, channel, actor, Permission.READ_MESSAGE_HISTORY)
        _check_emoji(emoji)
        reaction = _find(message, emoji)
        if reaction is None:
            # "Create Reaction": only the first reaction with an emoji needs Add Reactions.
            if not channel_permissions(self._hub.world, channel, actor) & Permission.ADD_REACTIONS:
                raise ApiError(50013)
            if len(message.reactions) >= LIMIT:
                raise ApiError(30010)
            reaction = Reaction(emoji=emoji)
            message.reactions.append(reaction)
        if actor not in reaction.given(burst=burst):
            reaction.given(burst=burst).append(actor)
            self._hub.world.keep(message)
            self._tell("MESSAGE_REACTION_ADD", message, reaction.emoji, actor, burst=burst)

    def remove(self, actor: int, message: Message, emoji: str, user_id: int, *, burst: bool = False) -> None:
        """Take back one person's plain reaction, or super-reaction; somebody else's needs Manage Messages."""
        channel = self._hub.world.channel(message.channel_id)
        self._threads.refuse_if_archived(channel)
        require(self._hub.world, channel, actor, 0 if user_id == actor else Permission.MANAGE_MESSAGES)
        _check_emoji(emoji)
        reaction = _find(message, emoji)
        if reaction is None or user_id not in reaction.given(burst=burst):
            return
        reaction.given(burst=burst).remove(user_id)
        if not (reaction.users or reaction.burst_users):
            message.reactions.remove(reaction)
        self._hub.world.keep(message)
        self._tell("MESSAGE_REACTION_REMOVE", message, reaction.emoji, user_id, burst=burst)

    def clear(self, actor: int, message: Message, emoji: str | None) -> None:
        """Remove all reactions, or all of one emoji; needs Manage Messages."""
        channel = self._hub.world.channel(message.channel_id)
        self._threads.refuse_if_archived(channel)
        require(self._hub.world, channel, actor, Permission.MANAGE_MESSAGES)
        payload: Json = {"channel_id": str(channel.id), "message_id": str(message.id)}
        if emoji is None:
            message.reactions.clear()
            self._hub.tell("MESSAGE_REACTION_REMOVE_ALL", payload, channel)
        else:
            message.reactions = [r for r in message.reactions if r is not _find(message, emoji)]
            payload["emoji"] = {"id": None, "name": emoji}
            self._hub.tell("MESSAGE_REACTION_REMOVE_EMOJI", payload, channel)
        self._hub.world.keep(message)

    def users(
        self, actor: int, message: Message, emoji: str, after: int, limit: int, *, burst: bool = False
    ) -> list[Json]:
        """Who reacted with `emoji`, plainly or in a super-reaction, by id, those after the id `after`."""
        channel = self._hub.world.channel(message.channel_id)
        require(self._hub.world, channel, actor, Permission.READ_MESSAGE_HISTORY)
        _check_emoji(emoji)
        reaction = _find(message, emoji)
        users = reaction.given(burst=burst) if reaction is not None else []
        found = sorted(user for user in users if user > after)
        return [user_object(self._hub.world.user(user)) for user in found[:limit]]

    def _tell(self, name: str, message: Message, emoji: str, user_id: int, *, burst: bool) -> None:
        channel = self._hub.world.channel(message.channel_id)
        payload: Json = {
            "user_id": str(user_id),
            "channel_id": str(channel.id),
            "message_id": str(message.id),
            "emoji": {"id": None, "name": emoji},
            "burst": burst,
            "type": int(burst),
        }
        if name == "MESSAGE_REACTION_ADD":
            payload |= {"burst_colors": list(BURST_COLOURS)} if burst else {}
            payload["message_author_id"] = str(message.author_id)
            payload |= self._member_part(channel, user_id)
        if message.visible_to is None:
            self._hub.tell(name, payload, channel)
        else:
            self._tell_reader(name, payload, message)

    def _tell_reader(self, name: str, payload: Json, message: Message) -> None:
        audience = frozenset((message.visible_to or 0, message.author_id))
        self._hub.events.publish(Event(name, lambda _viewer: payload, audience=audience, personal=True))

    def _member_part(self, channel: Channel, user_id: int) -> Json:
        guild = self._hub.world.guilds.get(channel.guild_id or 0)
        if guild is None or user_id not in guild.members:
            return {}
        return {"member": member_object(self._hub.world, guild.members[user_id])}


def _find(message: Message, emoji: str) -> Reaction | None:
    # U+FE0F asks for the coloured form of a character that has a plain one too; clients send it or leave it
    # out.
    wanted = emoji.replace(VARIATION_SELECTOR, "")
    same = (r for r in message.reactions if r.emoji.replace(VARIATION_SELECTOR, "") == wanted)
    return next(same, None)


def _check_emoji(emoji: str) -> None:
    """Raise 10014 unless `emoji` is a Unicode emoji; this server has no emoji of its own."""
    # No table of emoji ships with Python: what the standard calls a symbol is near enough here.
    symbols = (unicodedata.category(c) in ("So", "Sm", "Me") or c in PUNCTUATION_EMOJI for c in emoji)
    if len(emoji) > 32 or not any(symbols):
        raise ApiError(10014)
