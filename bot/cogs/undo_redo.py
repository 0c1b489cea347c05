"""Going back and forth in a conversation: /undo, /redo and /branch, and the buttons Undo, Redo and 1 to 4."""

from functools import partial

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.discord_api.permissions import require_posting
from bot.chat.pictures import history_sheet
from bot.chat.pictures.actions import PICKS, Action
from bot.chat.pictures.turn_buttons import TurnButtons
from bot.chat.requests.replies import acknowledging
from bot.chat.wording.languages import Languages
from bot.chat.wording.prompt_diff import shorten
from bot.client.client import DiffChatBot
from bot.domain.conversation import Conversation
from bot.errors import GoneTurn
from bot.i18n import Text
from bot.services.edit_trees import EditTrees
from bot.services.turn_results import Moved
from bot.texts import answers as words
from bot.texts import slash, talk

_CHOICES = 25  # Discord's limit of an autocompletion
_CHOICE_NAME = 100  # characters


class UndoRedo(commands.Cog):
    """Each move is said where everybody sees it, with the way to the picture it led to."""

    def __init__(
        self, bot: DiffChatBot, *, trees: EditTrees, buttons: TurnButtons, languages: Languages
    ) -> None:
        self.bot = bot
        self.buttons = buttons
        self.trees = trees
        self.languages = languages
        bot.buttons.handle(Action.UNDO, self.on_undo)
        bot.buttons.handle(Action.REDO, self.on_redo)
        bot.buttons.handle(Action.NOT_MEANT, self.on_not_meant)
        for position, action in enumerate(PICKS):
            bot.buttons.handle(action, partial(self.on_pick, position=position))

    @app_commands.command(name="undo", description=slash.UNDO.en)
    async def undo(self, interaction: discord.Interaction) -> None:
        """One picture back."""
        conversation = await self._conversation(interaction)
        await self._say(
            interaction, await self.trees.undo(conversation.id, interaction.user.id), words.UNDONE
        )

    @app_commands.command(name="redo", description=slash.REDO.en)
    async def redo(self, interaction: discord.Interaction) -> None:
        """The last undo taken back."""
        conversation = await self._conversation(interaction)
        await self._say(
            interaction, await self.trees.redo(conversation.id, interaction.user.id), words.REDONE
        )

    @app_commands.command(name="branch", description=slash.BRANCH.en)
    @app_commands.describe(picture=slash.BRANCH_PICTURE.en)
    async def branch(self, interaction: discord.Interaction, picture: int) -> None:
        """An older picture becomes the current one."""
        conversation = await self._conversation(interaction)
        tree = await self.trees.tree(conversation.id)
        cards = history_sheet.cards(tree, await self.languages.of(interaction))
        chosen = next((card for card in cards if card.number == picture), None)
        if chosen is None:
            raise GoneTurn
        await self._say(interaction, await self.trees.branch(conversation.id, chosen.turn.id), words.BRANCHED)

    @branch.autocomplete("picture")
    async def pictures(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[int]]:
        """The latest pictures whose number or words contain what was typed."""
        conversation = await self.trees.conversation_at(interaction.channel_id or 0)
        if conversation is None:
            return []
        tree = await self.trees.tree(conversation.id)
        cards = history_sheet.cards(tree, await self.languages.of(interaction))
        named = [(card.number, f"{card.number}: {card.words}") for card in reversed(cards)]
        wanted = typed.casefold()
        return [
            app_commands.Choice(name=shorten(name, _CHOICE_NAME), value=number)
            for number, name in named
            if wanted in name.casefold()
        ][:_CHOICES]

    async def on_undo(self, interaction: discord.Interaction, turn_id: int) -> None:
        """One picture back, in the conversation of the button's picture."""
        turn = await self.trees.turn(turn_id)
        moving = self.trees.undo(turn.conversation_id, interaction.user.id)
        await self._say(interaction, await acknowledging(interaction, moving), words.UNDONE)

    async def on_redo(self, interaction: discord.Interaction, turn_id: int) -> None:
        """The last undo taken back, in the conversation of the button's picture."""
        turn = await self.trees.turn(turn_id)
        moving = self.trees.redo(turn.conversation_id, interaction.user.id)
        await self._say(interaction, await acknowledging(interaction, moving), words.REDONE)

    async def on_not_meant(self, interaction: discord.Interaction, turn_id: int) -> None:
        """The edit is not what was asked for: a vote against it, and the picture before is current.

        Where the current picture was not made from it, that one stays and the vote alone counts.
        """
        moved = await acknowledging(interaction, self.trees.not_meant(turn_id, interaction.user.id))
        stayed = moved.turn.id == turn_id
        await self._say(interaction, moved, talk.NOT_MEANT_STAYED if stayed else talk.NOT_MEANT_NOTED)

    async def on_pick(self, interaction: discord.Interaction, turn_id: int, *, position: int) -> None:
        """One of several pictures is chosen."""
        turn = await acknowledging(interaction, self.trees.pick(turn_id, interaction.user.id, position))
        conversation = await self.trees.conversation(turn.conversation_id)
        await self._say(interaction, Moved(conversation, turn), words.PICKED, number=position + 1)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """A picture of ours was posted: what Undo and Redo can do may have changed."""
        if message.author.id == self.bot.me_id:
            await self.buttons.posted(self.bot, message)

    async def _conversation(self, interaction: discord.Interaction) -> Conversation:
        """The conversation of a command's place. Raises `NoPictureYet`, or `MissingPermissions`."""
        require_posting(interaction)
        return await self.trees.conversation_here(interaction.channel_id or 0)

    async def _say(
        self, interaction: discord.Interaction, moved: Moved, text: Text, **fields: object
    ) -> None:
        """Say `text` of the person: a button's answer replies to the picture, a command's has a link to it.

        Discord lets no answer to a command be a reply (Interactions: Receiving and Responding).
        """
        where, picture_id = moved.conversation, moved.turn.message_id
        language = await self.languages.around(interaction)
        said = text(language, person=interaction.user.mention, **fields)
        if interaction.type is discord.InteractionType.application_command:
            link = f"https://discord.com/channels/{interaction.guild_id or '@me'}/{interaction.channel_id}"
            await interaction.response.send_message(f"{said} {link}/{picture_id}")
            await self.buttons.refresh(self.bot, where.id)
            return
        place = self.bot.get_partial_messageable(where.place_id, guild_id=where.guild_id)
        # somebody may have deleted the picture's message
        picture = discord.MessageReference(
            message_id=picture_id or 0, channel_id=where.place_id, fail_if_not_exists=False
        )
        await place.send(said, reference=picture)
        await self.buttons.refresh(self.bot, where.id)


async def setup(bot: DiffChatBot) -> None:
    """Called by the client when it starts."""
    has = bot.services
    await bot.add_cog(UndoRedo(bot, trees=has.trees, buttons=has.buttons, languages=has.languages))
