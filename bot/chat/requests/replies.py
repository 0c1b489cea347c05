"""Answering a person: acknowledge at once, answer privately, and say in words what went wrong."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Coroutine
from typing import Any, TypeVar

import discord
from discord import app_commands

from bot.chat.discord_api.api_errors import FAILURES, unanswerable
from bot.chat.wording.error_texts import repeated, user_message
from bot.chat.wording.languages import Languages
from bot.errors import JobError, MemberError
from bot.i18n import Language
from bot.texts import answers as words
from model.errors import BadImage, PromptRefused

log = logging.getLogger(__name__)

T = TypeVar("T")
_PATIENCE = 1.5  # seconds, of the three that Discord gives for an acknowledgement


@contextlib.asynccontextmanager
async def answering(interaction: discord.Interaction[Any], languages: Languages) -> AsyncIterator[None]:
    """Turns an error of the block into an ephemeral answer to `interaction`."""
    try:
        yield
    except Exception as error:  # noqa: BLE001  # the border to people: everything becomes words here
        _log(error, f"interaction {interaction.id} of {interaction.user.id} in {interaction.channel_id}")
        if unanswerable(_unwrapped(error)):
            return  # what failed is an answer, not the work
        language = await languages.of(interaction)
        await answer(interaction, sentence(error, language))


async def answer(interaction: discord.Interaction, text: str) -> None:
    """Say `text` to the person alone, whether or not the interaction was acknowledged before."""
    try:
        # An interaction takes one response and any number of follow-ups ("Receiving and Responding")
        if interaction.response.is_done():
            await interaction.followup.send(text, ephemeral=True)
        else:
            await interaction.response.send_message(text, ephemeral=True)
    except FAILURES as error:
        log.warning("Interaction %s is answered privately: %s", interaction.id, error)
        await _privately(interaction.user, interaction.channel_id, text)


async def acknowledging(
    interaction: discord.Interaction, work: Coroutine[Any, Any, T], *, thinking: bool = False
) -> T:
    """Do `work` for a button or form, acknowledge it, and return the result.

    Acknowledged once the work is done, so that a killed bot loses nothing it acknowledged; or after
    `_PATIENCE` seconds, since Discord waits three ("Receiving and Responding"). An error raised before that
    is the answer, in place of an acknowledgement. With `thinking` the person alone sees that an answer will
    come.
    """
    working = asyncio.ensure_future(work)
    try:
        await asyncio.wait({working}, timeout=_PATIENCE)
        if working.done():
            working.result()
        await acknowledge(interaction, thinking=thinking)
        return await working
    finally:
        # It still runs only where this coroutine was cancelled: asyncio.wait() cancels nothing itself
        working.cancel()


async def acknowledge(interaction: discord.Interaction, *, thinking: bool = False) -> None:
    """Acknowledge a button or form before its work, which may then take up to 15 minutes.

    Where Discord refuses that as too late, it is logged and the work goes on. With `thinking` the person
    alone sees that an answer will come.
    """
    try:
        await interaction.response.defer(ephemeral=thinking, thinking=thinking)
    except FAILURES as error:
        log.warning("Interaction %s could not be acknowledged: %s", interaction.id, error)


async def put_away(interaction: discord.Interaction) -> None:
    """Take the message that was pressed in away, where the press was acknowledged and nothing was answered.

    It must be one that its person alone sees: the original of a deferred update is that message ("Receiving
    and Responding"), and of any other answer it is the answer.
    """
    if interaction.response.type is not discord.InteractionResponseType.deferred_message_update:
        return
    try:
        await interaction.delete_original_response()
    except FAILURES as error:
        log.info("The message of interaction %s stays: %s", interaction.id, error)


@contextlib.asynccontextmanager
async def replying(message: discord.Message, languages: Languages) -> AsyncIterator[None]:
    """Turns an error of the block into a reply to `message`, or a private message where none may be sent."""
    try:
        yield
    except Exception as error:  # noqa: BLE001  # as above
        _log(error, f"message {message.id} of {message.author.id} in {message.channel.id}")
        language = await languages.at(message.guild, message.author.id)
        await reply(message, sentence(error, language))


async def reply(message: discord.Message, text: str) -> None:
    """Say `text` under the message, or privately where the bot may not write."""
    try:
        await message.reply(text)
    except discord.Forbidden:
        await _privately(message.author, message.channel.id, text)
    except FAILURES as error:
        log.warning("Message %s could not be answered: %s", message.id, error)


async def _privately(person: discord.User | discord.Member, place_id: int | None, text: str) -> None:
    try:
        # a channel's mention reads the same in every language
        await person.send(f"<#{place_id}>: {text}")
    except FAILURES as error:
        log.info("%s could not be told about %s: %s", person.id, place_id, error)


def sentence(error: BaseException, language: Language) -> str:
    """What a person reads for `error`."""
    cause = _unwrapped(error)
    if isinstance(cause, app_commands.TransformerError):
        return words.BAD_VALUE(language, value=repeated(str(cause.value)))
    if isinstance(cause, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        return words.COMMAND_CHANGED(language)
    return user_message(cause, language)


def _unwrapped(error: BaseException) -> BaseException:
    """The exception raised in a command, without discord.py's wrapping."""
    return error.original if isinstance(error, app_commands.CommandInvokeError) else error


def _log(error: Exception, where: str) -> None:
    cause = _unwrapped(error)
    if isinstance(cause, MemberError | BadImage | PromptRefused):
        log.info("%s: refused, %s", where, type(cause).__name__)
    elif isinstance(cause, JobError):
        # told to the person like the others; a time limit that is reached often is for the operator to see
        log.warning("%s: not done, %s", where, cause)
    elif unanswerable(cause):
        log.warning("%s: Discord takes no answer to it any more", where)
    else:
        log.error("%s: failed", where, exc_info=cause)
