"""Larger and 4× larger: a picture with more pixels, and before it is made what its place will make of it."""

from functools import partial

import discord
from discord.ext import commands

from bot.chat.pictures.actions import Action
from bot.chat.pictures.larger import upload_limit, upload_note
from bot.chat.requests.replies import answer
from bot.chat.requests.turn_requests import TurnRequests
from bot.chat.wording.languages import Languages
from bot.client.client import DiffChatBot
from bot.domain.derivations import LARGER, MUCH_LARGER
from bot.services.derived_turns import DerivedTurns
from bot.services.edit_trees import EditTrees
from bot.store.images import ImageStore

_TIMES = ((Action.UPSCALE, LARGER), (Action.MUCH_LARGER, MUCH_LARGER))
"""How many times as wide and high a picture gets."""


class Larger(commands.Cog):
    """The two buttons behind More…."""

    def __init__(
        self,
        bot: DiffChatBot,
        *,
        requests: TurnRequests,
        derived: DerivedTurns,
        trees: EditTrees,
        images: ImageStore,
        languages: Languages,
    ) -> None:
        self.requests = requests
        self.derived = derived
        self.trees = trees
        self.images = images
        self.languages = languages
        for action, times in _TIMES:
            bot.buttons.handle(action, partial(self.enlarge, times=times))

    async def enlarge(self, interaction: discord.Interaction, turn_id: int, *, times: int) -> None:
        """The picture so many times larger; whether its file will fit is told while the work waits."""
        accepted = await self.requests.on_press(
            interaction,
            lambda allowed: self.derived.enlarge(
                turn_id, interaction.user.id, times, request_id=interaction.id, allowed=allowed
            ),
        )
        larger = accepted.turn.parameters
        image = (await self.trees.turn(turn_id)).images[larger.base]
        language, limit = await self.languages.of(interaction), upload_limit(interaction)
        if note := upload_note(language, image, await self.images.read(image), larger, limit):
            await answer(interaction, note)


async def setup(bot: DiffChatBot) -> None:
    """Called by the client when it starts."""
    has = bot.services
    await bot.add_cog(
        Larger(
            bot,
            requests=has.requests,
            derived=has.derived,
            trees=has.trees,
            images=has.images,
            languages=has.languages,
        )
    )
