"""A first picture that starts from one that somebody brings, as an option of /imagine or from a message."""

import logging
from dataclasses import dataclass
from typing import Any

import discord

from bot.chat.conversations import threads
from bot.chat.conversations.brought_pictures import PictureFile, pictures_of
from bot.chat.conversations.brought_start import keep_with_picture
from bot.chat.conversations.conversation_start import ConversationStarter
from bot.chat.discord_api.api_errors import FAILURES
from bot.chat.pictures.actions import Action
from bot.chat.pictures.views import only_button
from bot.chat.requests.replies import answer
from bot.chat.requests.turn_requests import TurnRequests
from bot.chat.wording.languages import Languages
from bot.chat.wording.prompt_diff import escape, shorten
from bot.domain.brought_picture import CarriedSettings
from bot.domain.conversation import Origin
from bot.domain.limits import Allowance
from bot.domain.options import Options
from bot.errors import NoPictureGiven, NoThreadHere
from bot.i18n import Language
from bot.services.edit_trees import EditTrees
from bot.services.personal_limits import PersonalLimits
from bot.services.picture_starts import PictureStarts
from bot.services.turn_results import Accepted, Wish
from bot.texts import answers as words

log = logging.getLogger(__name__)

_SHOWN = 300  # characters of a prompt that is only mentioned

Parent = discord.TextChannel | discord.ForumChannel


@dataclass(frozen=True, slots=True)
class Chosen:
    """The picture to start from: its file, its number among how many, and the message it was found in."""

    file: PictureFile
    number: int = 1
    of: int = 1
    message_id: int | None = None


async def picture_of(client: discord.Client, trees: EditTrees, message: discord.Message) -> Chosen:
    """The picture that is meant by a message: its first, or of several of ours the picked one.

    Raises `NoPictureGiven` where it shows none.
    """
    files = pictures_of(client, message)
    if not files:
        raise NoPictureGiven
    turn = await trees.turn_shown_by(message.id)
    position = min((turn.parameters.picked or 0) if turn else 0, len(files) - 1)
    return Chosen(files[position], position + 1, len(files), message.id)


def which_of_several(language: Language, chosen: Chosen) -> str:
    """The number of the picture among those of its message, in brackets; nothing where it has only one."""
    return words.ONE_OF_SEVERAL(language, number=chosen.number, of=chosen.of) if chosen.of > 1 else ""


class PictureStarter:
    """Fetches and checks the picture at once; what takes time with it waits in the queue, as a stored job."""

    def __init__(
        self,
        *,
        starter: ConversationStarter,
        starts: PictureStarts,
        requests: TurnRequests,
        personal: PersonalLimits,
        languages: Languages,
    ) -> None:
        self._starter = starter
        self._starts = starts
        self._requests = requests
        self._personal = personal
        self._languages = languages

    async def begin(
        self,
        interaction: discord.Interaction[Any],
        chosen: Chosen,
        said: str,
        options: Options,
        allowed: Allowance,
        *,
        own_thread: bool = False,
    ) -> None:
        """Start from what is in the picture; `said` is what should be different, and may be empty.

        With `own_thread` a thread is opened beside the one that this is asked for in.

        Raises what `PictureStarts` and `fetched` do, or `TooManyActions`.
        """
        person = interaction.user.id
        said_wish = await self._starts.wish(
            said, person, options, guild_id=interaction.guild_id, allowed=allowed
        )
        beside = _channel_around(interaction) if own_thread else None

        async def look(data: bytes) -> Wish:
            return await self._starts.look(
                said_wish,
                data,
                guild_id=interaction.guild_id,
                channel_id=interaction.channel_id or 0,
                allowed=allowed,
                message_id=chosen.message_id,
            )

        kept = await keep_with_picture(
            interaction,
            chosen.file,
            look,
            starter=self._starter,
            personal=self._personal,
            origin=Origin.PICTURE,
            allowed=allowed,
        )
        if kept is None:
            return
        wish, keeping = kept
        language = await self._languages.around(interaction)
        text = _starter_text(language, interaction.user, wish, chosen)
        title = wish.prompt or wish.source_prompt or words.THREAD_TITLE_WITHOUT_WORDS(language)
        accepted = await self._starter.begin(interaction, keeping, text, title, beside=beside)
        if wish.settings is not None:
            await self._offer(interaction, accepted, wish.settings)

    async def paint_with_settings(self, interaction: discord.Interaction[Any], turn_id: int) -> None:
        """What the button does that is offered with the settings of a picture."""
        accepted = await self._requests.on_press(
            interaction,
            lambda allowed: self._starts.paint_with_settings(
                turn_id, interaction.user.id, request_id=interaction.id, allowed=allowed
            ),
        )
        place = accepted.conversation.place_id
        if place != interaction.channel_id:  # the offer stands above the thread, where no picture comes
            language = await self._languages.of(interaction)
            await answer(interaction, words.CONTINUED(language, thread=f"<#{place}>"))

    async def _offer(
        self, interaction: discord.Interaction[Any], accepted: Accepted, settings: CarriedSettings
    ) -> None:
        """Tell the person which settings their picture carries, with a button to paint with them."""
        language = await self._languages.of(interaction)
        text = words.CARRIED_SETTINGS(
            language,
            prompt=escape(shorten(settings.prompt, _SHOWN)),
            seed=settings.seed,
            steps=settings.steps,
            guidance=settings.guidance,
            width=settings.width,
            height=settings.height,
            model=" · ".join(escape(name) for name in (settings.sampler, settings.model) if name) or "–",
        )
        if self._starts.leaves_out_negative_prompt(settings, accepted.turn.parameters):
            text += f"\n{words.NEGATIVE_PROMPT_LEFT_OUT(language)}"
        elif settings.negative_prompt:
            unwanted = escape(shorten(settings.negative_prompt, _SHOWN))
            text += f"\n{words.CARRIED_NEGATIVE_PROMPT(language, words=unwanted)}"
        text += f"\n{words.CARRIED_BUTTON(language)}"
        view = only_button(accepted.turn.id, Action.SETTINGS, language)
        try:
            await interaction.followup.send(text, view=view, ephemeral=True)
        except FAILURES as error:
            log.info("The settings of turn %s cannot be offered: %s", accepted.turn.id, error)


def _channel_around(interaction: discord.Interaction[Any]) -> Parent | None:
    """The channel of the thread that this is asked for in, where another thread can be opened in it."""
    if not isinstance(interaction.channel, discord.Thread):
        return None
    try:
        return threads.parent_of(interaction)
    except NoThreadHere:
        return None


def _starter_text(language: Language, author: discord.abc.User, wish: Wish, chosen: Chosen) -> str:
    """The message above a thread: who starts from which picture, with which words."""
    which = which_of_several(language, chosen)
    prompt = escape(shorten(wish.prompt or wish.source_prompt, _SHOWN))
    said = words.WITH_WORDS(language, prompt=prompt) if prompt else ""
    return words.STARTER_FROM_PICTURE(language, author=author.mention, which=which, said=said)
