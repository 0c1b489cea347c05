"""Registers the slash commands with Discord, but only when they have changed since the last time.

Registering is rate limited, and after each time people's clients fetch the commands anew. What was registered
is remembered as a hash in a file, for each application and server.
"""

import hashlib
import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import discord
from discord import app_commands

log = logging.getLogger(__name__)


async def sync_commands(
    tree: app_commands.CommandTree[Any], application_id: int, guild_ids: Sequence[int], remembered: Path
) -> bool:
    """Register the tree's commands in `guild_ids`, else everywhere. True when it was needed.

    A server that is named gets the commands at once, and always: an operator who names one is trying things.
    """
    if guild_ids:
        for guild_id in guild_ids:
            await _sync_guild(tree, guild_id)
        return True
    digest = await _digest(tree)
    known = _read(remembered)
    if known.get(str(application_id)) == digest:
        return False
    commands = await tree.sync()
    log.info("Registered %s commands", len(commands))
    _write(remembered, known | {str(application_id): digest})
    return True


async def _sync_guild(tree: app_commands.CommandTree[Any], guild_id: int) -> None:
    guild = discord.Object(guild_id)
    tree.copy_global_to(guild=guild)
    try:
        commands = await tree.sync(guild=guild)
    except discord.HTTPException as error:
        log.warning("The commands could not be registered in server %s: %s", guild_id, error)
        return
    log.info("Registered %s commands in server %s", len(commands), guild_id)


async def _digest(tree: app_commands.CommandTree[Any]) -> str:
    """A hash of all that would be registered, translations too."""
    found = tree.get_commands()
    if tree.translator is None:
        payloads = [command.to_dict(tree) for command in found]
    else:
        payloads = [await command.get_translated_payload(tree, tree.translator) for command in found]
    commands = sorted(json.dumps(payload, sort_keys=True) for payload in payloads)
    return hashlib.sha256("\n".join(commands).encode()).hexdigest()


def _read(path: Path) -> dict[str, str]:
    """What was registered; a file that cannot be read means nothing was, and is written anew."""
    try:
        content = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _write(path: Path, content: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1), "utf-8")
