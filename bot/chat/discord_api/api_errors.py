"""How requests to Discord fail, and what its error codes mean for us."""

from http import HTTPStatus

import aiohttp
import discord

from bot.errors import MayNotPost, PlaceGone

FAILURES = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError)
"""Every way in which a request can fail."""

_UNREACHABLE = (
    discord.DiscordServerError,
    discord.GatewayNotFound,
    discord.RateLimited,
    aiohttp.ClientError,
    OSError,
)

LONGEST_PAUSE = 60.0
"""Seconds for which a request waits because Discord asks for it; for longer it is given up."""

_TOO_LARGE = 40005
_UNKNOWN_EMOJI = 10014
_TAG_REQUIRED = 40067
_GONE = frozenset({10003, 10004})  # unknown channel, unknown guild
_MAY_NOT = frozenset({50001, 50013, 50083, 160005})  # no access, no permission, archived for good, locked
_ANSWERED = frozenset({10062, 10015, 40060, 50027})  # after 3 s, unknown webhook, a second time, after 15 min


def is_passing(error: Exception) -> bool:
    """Whether the same request may succeed later: Discord cannot be reached, or asks for a pause.

    discord.py waits out a 429 itself, but raises it as a plain `HTTPException` after five tries, or at once
    where it carries no `Via` header (a ban by Cloudflare). It does not repeat after a 503.
    """
    busy = isinstance(error, discord.HTTPException) and error.status == HTTPStatus.TOO_MANY_REQUESTS
    return busy or isinstance(error, _UNREACHABLE)


def retry_after(error: Exception) -> float:
    """Seconds that Discord asks to wait (its page "Rate Limits", `Retry-After`), or 0."""
    if isinstance(error, discord.RateLimited):
        return error.retry_after
    if not isinstance(error, discord.HTTPException):
        return 0.0
    try:
        return float(error.response.headers.get("Retry-After", 0))
    except ValueError:  # HTTP allows a date too (RFC 9110, section 10.2.3)
        return 0.0


def too_large(error: discord.HTTPException) -> bool:
    """Whether the files of a message were too large."""
    return error.code == _TOO_LARGE or error.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def unknown_emoji(error: Exception) -> bool:
    """Whether a reaction was refused because there is no such emoji, or none that the bot can use."""
    return isinstance(error, discord.HTTPException) and error.code == _UNKNOWN_EMOJI


def tag_required(error: discord.HTTPException) -> bool:
    """Whether a forum refused a post because it has no tag."""
    return error.code == _TAG_REQUIRED


def unanswerable(error: BaseException) -> bool:
    """Whether an interaction was answered too late, or had been answered before."""
    return isinstance(error, discord.HTTPException) and error.code in _ANSWERED


def as_bot_error(error: discord.HTTPException, *, member: bool = True) -> Exception:
    """A refused post as the error that tells its reader what to do; other errors as they are.

    `member` says whether the bot is on that server, or in private: else no permission will come back.
    """
    if error.code in _GONE or (error.code in _MAY_NOT and not member):
        return PlaceGone()
    return MayNotPost() if error.code in _MAY_NOT else error
