"""A change of the latest picture, or of an older one: a reply, /refine, or the form behind ✏️ Refine."""

import asyncio
from weakref import WeakValueDictionary

import discord
from discord import app_commands
from discord.ext import commands

from bot.addressing import Address, Addressed, addressed
from bot.asking import asker_below
from bot.client import DiffChatBot
from bot.cogs.errors import acknowledge, answering, reply, replying
from bot.conversation import Conversation, Origin
from bot.errors import NoPictureYet
from bot.permissions import require_posting_below
from bot.promptdiff import escape, shorten
from bot.text import clean
from bot.views import Action, RefineModal, modal_submit
from bot.words import answers as words
from bot.words import slash
from bot.words.language import Text

_SHOWN = 300  # characters of an instruction repeated in an answer


class Refine(commands.Cog):
    """Everything that changes a picture by words."""

    def __init__(self, bot: DiffChatBot) -> None:
        self.bot = bot
        self.turns = bot.services.turns
        self._places: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        bot.handle(Action.REFINE, self.on_button)

    @app_commands.command(name="refine", description=slash.REFINE.en)
    @app_commands.describe(instruction=slash.REFINE_INSTRUCTION.en, exact=slash.REFINE_EXACT.en)
    async def refine(self, interaction: discord.Interaction, instruction: str, exact: bool = False) -> None:
        """Change the head of the conversation of this place."""
        allowed = await self.bot.admit(interaction)
        conversation = await self.turns.conversation_at(interaction.channel_id or 0)
        if conversation is None:
            raise NoPictureYet
        accepted = await self.turns.refine(
            conversation.id,
            instruction,
            interaction.user.id,
            Origin.SLASH,
            request_id=interaction.id,
            exact=exact,
            allowed=allowed,
        )
        self.bot.note(accepted, instruction)
        language = await self.bot.languages.around(interaction)
        shown = escape(shorten(clean(instruction), _SHOWN))
        await interaction.response.send_message(words.REFINE_ACCEPTED(language, instruction=shown))

    async def on_button(self, interaction: discord.Interaction, turn_id: int) -> None:
        """Open the form, unless its picture is gone."""
        await self.bot.admit(interaction)
        await self.turns.turn(turn_id)
        longest = self.bot.services.settings.imagine.max_prompt_chars
        language = await self.bot.languages.of(interaction)
        await interaction.response.send_modal(RefineModal(turn_id, longest, language))

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Take the words of a form that was sent off, whenever it had been opened."""
        form = modal_submit(interaction)
        if form is None or not self.bot.first_time(interaction.id):
            return
        async with answering(interaction, self.bot.languages):
            turn_id, instruction = form
            await acknowledge(interaction)
            allowed = await self.bot.admit(interaction)
            turn = await self.turns.turn(turn_id)
            accepted = await self.turns.refine(
                turn.conversation_id,
                instruction,
                interaction.user.id,
                Origin.MODAL,
                parent_turn_id=turn_id,
                request_id=interaction.id,
                allowed=allowed,
            )
            self.bot.note(accepted, instruction)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """A person's words, where they are meant for us."""
        speech = addressed(message, self.bot.me_id)
        if speech.address is Address.NOT_FOR_US or not self.bot.first_time(message.id):
            return
        # messages of one place are taken one after the other: the later one changes the earlier one's result
        async with (
            self._places.setdefault(message.channel.id, asyncio.Lock()),
            replying(message, self.bot.languages),
        ):
            conversation, parent = await self._meant(message, speech)
            if conversation is not None:
                await self._take(message, speech, conversation, parent)
            elif speech.address is Address.TO_US or message.guild is None:
                await self._say(message, words.WELCOME)

    async def _meant(
        self, message: discord.Message, speech: Addressed
    ) -> tuple[Conversation | None, int | None]:
        """The conversation that a message goes on with, and the turn it names by replying to its picture."""
        if speech.replied_to is not None:
            turn = await self.turns.turn_shown_by(speech.replied_to)
            if turn is not None:
                return await self.turns.conversation(turn.conversation_id), turn.id
        conversation = await self.turns.conversation_at(message.channel.id)
        if conversation is None or conversation.thread_id == message.channel.id:
            return conversation, None
        # outside its own thread a conversation goes on by replies; in private every word is for us
        return (conversation if message.guild is None else None), None

    async def _take(
        self, message: discord.Message, speech: Addressed, conversation: Conversation, parent: int | None
    ) -> None:
        """Make the message's words a turn."""
        if not message.content:
            await self._say_what_is_missing(message, speech)
            return
        require_posting_below(message)
        allowed = await self.bot.services.gate.admit(asker_below(message))
        accepted = await self.turns.refine(
            conversation.id,
            message.content,
            message.author.id,
            Origin.MESSAGE,
            parent_turn_id=parent,
            request_id=message.id,
            allowed=allowed,
        )
        self.bot.note(accepted, message.content)

    async def _say_what_is_missing(self, message: discord.Message, speech: Addressed) -> None:
        """A message without text is a file or a sticker, or, without the intent, one we may not read."""
        if message.attachments or message.stickers or speech.address is Address.TO_US:
            await self._say(message, words.ONLY_ATTACHMENT)

    async def _say(self, message: discord.Message, text: Text) -> None:
        await reply(message, text(await self.bot.languages.at(message.guild, message.author.id)))


async def setup(bot: DiffChatBot) -> None:
    """Called by discord.py's loader."""
    await bot.add_cog(Refine(bot))
