"""A change of the latest picture, or of an older one: /refine, and the form behind ✏️ Refine."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.prompt_diff import escape, shorten
from bot.chat.replies import acknowledge, answering
from bot.chat.views import Action, RefineModal, modal_submit
from bot.client.client import DiffChatBot
from bot.cogs.listen import Listen
from bot.domain.conversation import Origin
from bot.domain.sanitize import clean
from bot.errors import NoPictureYet
from bot.texts import answers as words
from bot.texts import slash

_SHOWN = 300  # characters of an instruction repeated in an answer


class Refine(commands.Cog):
    """The command and the form."""

    def __init__(self, bot: DiffChatBot) -> None:
        self.bot = bot
        self.turns = bot.services.turns
        bot.handle(Action.REFINE, self.on_button)

    @app_commands.command(name="refine", description=slash.REFINE.en)
    @app_commands.describe(instruction=slash.REFINE_INSTRUCTION.en, exact=slash.REFINE_EXACT.en)
    async def refine(self, interaction: discord.Interaction, instruction: str, exact: bool = False) -> None:
        """Change the head of the conversation of this place."""
        allowed = await self.bot.admit(interaction)
        conversation = await self.turns.conversation_at(interaction.channel_id or 0)
        if conversation is None:
            raise NoPictureYet
        listen = self.bot.get_cog("Listen")
        assert isinstance(listen, Listen)  # loaded before this feature
        await listen.take_now(interaction.channel_id or 0)
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
            await acknowledge(interaction)
            allowed = await self.bot.admit(interaction)
            turn = await self.turns.turn(form.turn_id)
            accepted = await self.turns.refine(
                turn.conversation_id,
                form.instruction,
                interaction.user.id,
                Origin.MODAL,
                parent_turn_id=turn.id,
                request_id=interaction.id,
                exact=form.exact,
                allowed=allowed,
            )
            self.bot.note(accepted, form.instruction)


async def setup(bot: DiffChatBot) -> None:
    """Called by discord.py's loader."""
    await bot.add_cog(Refine(bot))
