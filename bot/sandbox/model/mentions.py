"""Whom a message mentions: its text, cut down by `allowed_mentions`."""

import re
from dataclasses import dataclass
from typing import Any

from bot.sandbox.model.parsing import parse_id
from bot.sandbox.model.records import Guild, Json
from bot.sandbox.model.world import World

USER = re.compile(r"<@!?(\d{1,20})>")
ROLE = re.compile(r"<@&(\d{1,20})>")
EVERYONE = re.compile(r"@(everyone|here)\b")


@dataclass(frozen=True)
class Mentions:
    """Whom a message's text notifies: ids of users and roles, and whether it is everyone."""

    users: list[int]
    roles: list[int]
    everyone: bool


def find_mentions(
    world: World,
    guild: Guild | None,
    content: str,
    allowed: Json | None,
    *,
    replied_to: int | None,
    may_ping_everyone: bool,
) -> Mentions:
    """Mentions of a message. `replied_to` is the author of the message answered, pinged unless forbidden."""
    users = [int(found) for found in USER.findall(content) if int(found) in world.users]
    roles = [int(found) for found in ROLE.findall(content) if guild and int(found) in guild.roles]
    everyone = may_ping_everyone and bool(EVERYONE.search(content))
    if allowed is not None:
        kinds = allowed.get("parse") or []
        users = _allowed(users, "users" in kinds, allowed.get("users"))
        roles = _allowed(roles, "roles" in kinds, allowed.get("roles"))
        everyone = everyone and "everyone" in kinds
    if replied_to is not None and (allowed is None or allowed.get("replied_user", False)):
        users.append(replied_to)
    return Mentions(list(dict.fromkeys(users)), list(dict.fromkeys(roles)), everyone)


def _allowed(found: list[int], all_of_them: bool, listed: Any) -> list[int]:
    chosen = {parse_id(value) for value in listed or []}
    return [value for value in found if all_of_them or value in chosen]
