"""What the buttons under a picture and the choices of their menu do, but for Undo and Redo."""

import io
import logging
from functools import partial

import discord
from discord.ext import commands

from bot.chat.discord_api.asker import moderates_here
from bot.chat.pictures.actions import Action
from bot.chat.pictures.deletion import Deletions
from bot.chat.pictures.turn_info import fits_a_block, info
from bot.chat.pictures.views import only_button
from bot.chat.requests.replies import acknowledge, acknowledging
from bot.chat.requests.turn_requests import TurnRequests
from bot.chat.wording.languages import Languages
from bot.client.client import DiffChatBot
from bot.domain.derivations import KEEP_WHEN_REMIXED, KEEP_WHEN_VARIED
from bot.services.derived_turns import DerivedTurns
from bot.services.edit_trees import EditTrees
from bot.services.turns import TurnService
from bot.texts import answers as words
from model.engine import Engine, Way

log = logging.getLogger(__name__)

_PAINTED_OVER = ((Action.VARY, KEEP_WHEN_VARIED), (Action.REMIX, KEEP_WHEN_REMIXED))
"""What is painted over a picture: how much of it stays."""


class Controls(commands.Cog):
    """One method for each button."""

    def __init__(
        self,
        bot: DiffChatBot,
        *,
        requests: TurnRequests,
        turns: TurnService,
        derived: DerivedTurns,
        trees: EditTrees,
        deletions: Deletions,
        languages: Languages,
        engine: Engine,
    ) -> None:
        self.bot = bot
        self.engine = engine
        self.deletions = deletions
        self.requests = requests
        self.turns = turns
        self.derived = derived
        self.trees = trees
        self.languages = languages
        bot.buttons.handle(Action.REROLL, self.reroll)
        bot.buttons.handle(Action.INFO, self.info)
        bot.buttons.handle(Action.RECOMPOSE, self.recompose)
        bot.buttons.handle(Action.PAINT_ANEW, partial(self.other_way, way="repaint"))
        bot.buttons.handle(Action.REPLAY, self.replay)
        bot.buttons.handle(Action.READ_OTHERWISE, self.read_otherwise)
        bot.buttons.handle(Action.EDIT_INSTEAD, partial(self.other_way, way="edit"))
        for action, keep in _PAINTED_OVER:
            bot.buttons.handle(action, partial(self.vary, keep=keep))
        bot.buttons.handle(Action.DELETE, self.delete)
        bot.buttons.handle(Action.DELETE_NOW, self.delete_now)
        bot.buttons.handle(Action.BRING_BACK, self.bring_back)
        bot.buttons.handle(Action.CANCEL, self.cancel)

    async def reroll(self, interaction: discord.Interaction, turn_id: int) -> None:
        """The same words with a new seed."""
        await self.requests.on_press(
            interaction,
            lambda allowed: self.derived.reroll(
                turn_id, interaction.user.id, request_id=interaction.id, allowed=allowed
            ),
        )

    async def vary(self, interaction: discord.Interaction, turn_id: int, *, keep: float) -> None:
        """The same words painted over this picture."""
        await self.requests.on_press(
            interaction,
            lambda allowed: self.derived.vary(
                turn_id, interaction.user.id, keep, request_id=interaction.id, allowed=allowed
            ),
        )

    async def recompose(self, interaction: discord.Interaction, turn_id: int) -> None:
        """The same edit painted over the picture before it."""
        await self.requests.on_press(
            interaction,
            lambda allowed: self.derived.recompose(
                turn_id, interaction.user.id, request_id=interaction.id, allowed=allowed
            ),
        )

    async def other_way(self, interaction: discord.Interaction, turn_id: int, *, way: Way) -> None:
        """The same instruction, followed in the other way from the same picture."""
        await self.requests.on_press(
            interaction,
            lambda allowed: self.derived.other_way(
                turn_id, interaction.user.id, way, request_id=interaction.id, allowed=allowed
            ),
        )

    async def replay(self, interaction: discord.Interaction, turn_id: int) -> None:
        """The edits in a row that led to this picture, done at once."""
        await self.requests.on_press(
            interaction,
            lambda allowed: self.derived.replay(
                turn_id, interaction.user.id, request_id=interaction.id, allowed=allowed
            ),
        )

    async def read_otherwise(self, interaction: discord.Interaction, turn_id: int) -> None:
        """What the words may mean instead of what this picture shows."""
        await self.requests.on_press(
            interaction,
            lambda allowed: self.derived.read_otherwise(
                turn_id, interaction.user.id, request_id=interaction.id, allowed=allowed
            ),
        )

    async def info(self, interaction: discord.Interaction, turn_id: int) -> None:
        """Everything that makes the picture again, for the person alone, ready to be copied."""
        turn = await self.trees.turn(turn_id)
        language = await self.languages.of(interaction)
        prompt = turn.target_prompt or ""
        able = self.engine.info.paints(turn.parameters.model).capabilities
        image = self.turns.painter(turn.parameters.model)
        text = info(language, turn, image, seeds=able.seeds, negative_prompt=able.negative_prompt)
        file = None if fits_a_block(prompt) else discord.File(io.BytesIO(prompt.encode()), "prompt.txt")
        await interaction.response.send_message(
            text,
            ephemeral=True,
            file=file or discord.utils.MISSING,
        )

    async def delete(self, interaction: discord.Interaction, turn_id: int) -> None:
        """Ask first: the button stands beside others that are pressed often."""
        await self.trees.own(turn_id, interaction.user.id, moderates_here(interaction))
        language = await self.languages.of(interaction)
        await interaction.response.send_message(
            words.DELETE_REALLY(language),
            view=only_button(turn_id, Action.DELETE_NOW, language),
            ephemeral=True,
        )

    async def delete_now(self, interaction: discord.Interaction, turn_id: int) -> None:
        """Hide the picture now; it is deleted with its words, votes and message a minute later."""
        await acknowledge(interaction)
        turn = await self.trees.own(turn_id, interaction.user.id, moderates_here(interaction))
        log.info("Turn %s is being deleted by %s", turn.id, interaction.user.id)
        await self.deletions.hide(self.bot, turn, interaction.user.id)
        language = await self.languages.of(interaction)
        await interaction.edit_original_response(content=words.DELETED(language), view=None)

    async def bring_back(self, interaction: discord.Interaction, turn_id: int) -> None:
        """The picture is shown again, for those who could have deleted it."""
        await acknowledge(interaction)
        await self.trees.own(turn_id, interaction.user.id, moderates_here(interaction))
        await self.deletions.bring_back(self.bot, turn_id)

    async def cog_unload(self) -> None:
        """Carry out the deletions that wait; called by discord.py when the bot stops."""
        await self.deletions.close()

    async def cancel(self, interaction: discord.Interaction, turn_id: int) -> None:
        """End the work on a turn; its status line then says so."""
        turn = await acknowledging(
            interaction, self.turns.cancel(turn_id, interaction.user.id, moderates_here(interaction))
        )
        log.info("Turn %s was cancelled by %s", turn.id, interaction.user.id)


async def setup(bot: DiffChatBot) -> None:
    """Called by the client when it starts."""
    has = bot.services
    await bot.add_cog(
        Controls(
            bot,
            requests=has.requests,
            turns=has.turns,
            derived=has.derived,
            trees=has.trees,
            deletions=has.deletions,
            languages=has.languages,
            engine=has.engine,
        )
    )
