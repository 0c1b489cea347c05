"""Gateway intents: which events a bot hears, and which of them it may ask for."""

from enum import IntFlag

from bot.sandbox.model.events import Event
from bot.sandbox.model.records import Json
from bot.sandbox.model.settings import SandboxSettings


class Intent(IntFlag):
    """Gateway intents by their bit; which events each brings is Discord's "List of Intents"."""

    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    GUILD_MESSAGE_REACTIONS = 1 << 10
    GUILD_MESSAGE_TYPING = 1 << 11
    DIRECT_MESSAGES = 1 << 12
    DIRECT_MESSAGE_REACTIONS = 1 << 13
    DIRECT_MESSAGE_TYPING = 1 << 14
    MESSAGE_CONTENT = 1 << 15


HIGHEST = (1 << 26) - 1


def privileged(settings: SandboxSettings) -> tuple[int, int]:
    """The privileged intents that are switched on, and the application flags that say so."""
    intents = flags = 0
    for enabled, intent, flag in (
        (settings.presences, Intent.GUILD_PRESENCES, 1 << 13),
        (settings.guild_members, Intent.GUILD_MEMBERS, 1 << 15),
        (settings.message_content, Intent.MESSAGE_CONTENT, 1 << 19),
    ):
        if enabled:
            intents |= int(intent)
            flags |= flag
    return intents, flags


def refused(intents: int, settings: SandboxSettings) -> bool:
    """Whether `intents` asks for a privileged one that is switched off."""
    all_privileged = Intent.GUILD_PRESENCES | Intent.GUILD_MEMBERS | Intent.MESSAGE_CONTENT
    return bool(intents & all_privileged & ~privileged(settings)[0])


def wants(intents: int, event: Event, payload: Json, bot_id: int) -> bool:
    """Whether a session with `intents` hears `event`. What needs no intent is always heard."""
    name = event.name
    if name == "THREAD_MEMBERS_UPDATE":
        return bool(intents & Intent.GUILD_MEMBERS) or _is_about(payload, bot_id)
    needed = _needed(name, event.personal)
    return needed is None or bool(intents & needed)


def _needed(name: str, personal: bool) -> Intent | None:
    """The intent an event belongs to. Source: the list of intents in Discord's documentation."""
    if name.startswith("GUILD_MEMBER_"):
        return Intent.GUILD_MEMBERS
    if name.startswith(("GUILD_", "THREAD_")) or (name.startswith("CHANNEL_") and not personal):
        return Intent.GUILDS
    if name.startswith("MESSAGE_REACTION"):
        return Intent.DIRECT_MESSAGE_REACTIONS if personal else Intent.GUILD_MESSAGE_REACTIONS
    if name.startswith("MESSAGE_"):
        return Intent.DIRECT_MESSAGES if personal else Intent.GUILD_MESSAGES
    if name == "TYPING_START":
        return Intent.DIRECT_MESSAGE_TYPING if personal else Intent.GUILD_MESSAGE_TYPING
    return None


def _is_about(payload: Json, bot_id: int) -> bool:
    added = [member["user_id"] for member in payload.get("added_members", [])]
    return str(bot_id) in (*added, *payload.get("removed_member_ids", []))
