"""A change of the latest picture, or of an older one: /refine, and the form behind ✏️ Refine."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.conversations.incoming_messages import IncomingMessages
from bot.chat.pictures.actions import Action
from bot.chat.pictures.views import RefineModal, modal_submit
from bot.chat.requests.replies import answering
from bot.chat.requests.turn_requests import TurnRequests
from bot.chat.requests.unknown_flags import tell_unknown
from bot.chat.wording.languages import Languages
from bot.chat.wording.prompt_diff import escape, shorten
from bot.client.client import DiffChatBot
from bot.domain.conversation import Origin
from bot.domain.limits import Allowance
from bot.domain.sanitize import clean
from bot.services.edit_trees import EditTrees
from bot.services.turn_results import Accepted
from bot.services.turns import TurnService
from bot.texts import answers as words
from bot.texts import slash

_SHOWN = 300  # characters of an instruction repeated in an answer


class Refine(commands.Cog):
    """The command and the form, which takes instructions of at most `longest` characters."""

    def __init__(
        self,
        bot: DiffChatBot,
        *,
        requests: TurnRequests,
        turns: TurnService,
        trees: EditTrees,
        messages: IncomingMessages,
        languages: Languages,
        longest: int,
    ) -> None:
        self.bot = bot
        self.requests = requests
        self.turns = turns
        self.trees = trees
        self.messages = messages
        self.languages = languages
        self.longest = longest
        bot.buttons.handle(Action.REFINE, self.on_button)

    @app_commands.command(name="refine", description=slash.REFINE.en)
    @app_commands.describe(instruction=slash.REFINE_INSTRUCTION.en, exact=slash.REFINE_EXACT.en)
    async def refine(self, interaction: discord.Interaction, instruction: str, exact: bool = False) -> None:
        """Change the head of the conversation of this place."""
        place_id = interaction.channel_id or 0

        async def change_the_head(allowed: Allowance) -> Accepted:
            conversation = await self.trees.conversation_here(place_id)
            await self.messages.take_now(place_id)
            return await self.turns.refine(
                conversation.id,
                instruction,
                interaction.user.id,
                Origin.SLASH,
                request_id=interaction.id,
                exact=exact,
                allowed=allowed,
            )

        await self.requests.carry_out(interaction, change_the_head)
        language = await self.languages.around(interaction)
        shown = escape(shorten(clean(instruction), _SHOWN))
        await interaction.response.send_message(words.REFINE_ACCEPTED(language, instruction=shown))
        await tell_unknown(interaction, instruction, self.languages)

    async def on_button(self, interaction: discord.Interaction, turn_id: int) -> None:
        """Open the form, unless its picture is gone."""
        await self.requests.admit(interaction)
        await self.trees.turn(turn_id)
        language = await self.languages.of(interaction)
        await interaction.response.send_modal(RefineModal(turn_id, self.longest, language))

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Take the words of a form that was sent off, whenever it had been opened."""
        form = modal_submit(interaction)
        if form is None or not self.bot.seen.first_time(interaction.id):
            return

        async def change_its_picture(allowed: Allowance) -> Accepted:
            turn = await self.trees.turn(form.turn_id)
            return await self.turns.refine(
                turn.conversation_id,
                form.instruction,
                interaction.user.id,
                Origin.MODAL,
                parent_turn_id=turn.id,
                request_id=interaction.id,
                exact=form.exact,
                allowed=allowed,
            )

        async with answering(interaction, self.languages):
            await self.bot.buttons.check(Action.REFINE, interaction, form.turn_id)
            await self.requests.on_press(interaction, change_its_picture)
            await tell_unknown(interaction, form.instruction, self.languages)


async def setup(bot: DiffChatBot) -> None:
    """Called by the client when it starts."""
    has = bot.services
    await bot.add_cog(
        Refine(
            bot,
            requests=has.requests,
            turns=has.turns,
            trees=has.trees,
            messages=has.messages,
            languages=has.languages,
            longest=has.settings.imagine.max_prompt_chars,
        )
    )
