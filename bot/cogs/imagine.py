"""/imagine: words, or what is in a picture, become a first picture, in a thread of their own if possible."""

from collections.abc import Iterable

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.conversations.conversation_start import ConversationStarter
from bot.chat.conversations.picture_start import Chosen, PictureStarter
from bot.chat.requests.turn_requests import TurnRequests
from bot.chat.wording.languages import Languages
from bot.client.client import DiffChatBot
from bot.domain.options import MAX_SEED, NO_STYLE, Options
from bot.services.turns import TurnService
from bot.store.preferences import PreferenceStore
from bot.texts import slash
from model.engine import Engine

_CHOICES = 25  # Discord's limit of an autocompletion
_LONGEST = 100  # characters of a choice, its name and its value


class Imagine(commands.Cog):
    """The command and its autocompletion. `engine` names the plain pipeline."""

    def __init__(
        self,
        *,
        requests: TurnRequests,
        starter: ConversationStarter,
        pictures: PictureStarter,
        turns: TurnService,
        preferences: PreferenceStore,
        languages: Languages,
        engine: Engine,
    ) -> None:
        self.requests = requests
        self.starter = starter
        self.pictures = pictures
        self.turns = turns
        self.preferences = preferences
        self.languages = languages
        self.engine = engine

    @app_commands.command(name="imagine", description=slash.IMAGINE.en)
    @app_commands.describe(
        prompt=slash.IMAGINE_PROMPT.en,
        image=slash.IMAGINE_IMAGE.en,
        style=slash.IMAGINE_STYLE.en,
        model=slash.IMAGINE_MODEL.en,
        loras=slash.IMAGINE_LORAS.en,
        seed=slash.IMAGINE_SEED.en,
        count=slash.IMAGINE_COUNT.en,
        size=slash.IMAGINE_SIZE.en,
        exact=slash.IMAGINE_EXACT.en,
    )
    @app_commands.choices(
        size=[app_commands.Choice(name=text.en, value=name) for name, text in slash.SIZES.items()]
    )
    async def imagine(
        self,
        interaction: discord.Interaction,
        prompt: str = "",
        image: discord.Attachment | None = None,
        style: str | None = None,
        model: str | None = None,
        loras: str | None = None,
        seed: app_commands.Range[int, 0, MAX_SEED] | None = None,
        count: app_commands.Range[int, 1, 4] | None = None,
        size: str | None = None,
        exact: bool | None = None,
    ) -> None:
        """Begin with the words, or with a picture and the words after it."""
        allowed = await self.requests.admit(interaction)
        style, model = _meant(self.turns.styles, style), _meant([self._plain, *self.turns.models], model)
        said = Options(style, seed, count, size, exact, None if model == self._plain else model, loras)
        options = await self.starter.with_preferences(interaction.user.id, said)
        if image is None:
            await self.starter.from_words(interaction, prompt, options, allowed)
        else:
            await self.pictures.begin(interaction, Chosen(image), prompt, options, allowed)

    @imagine.autocomplete("style")
    async def styles(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """The styles that contain what was typed; those that begin with it come first."""
        choices = _fitting(self.turns.styles, typed)
        if typed.strip() or not (await self.preferences.of(interaction.user.id)).style:
            return choices
        # who prefers a style can do without it for once
        without = slash.NO_STYLE(await self.languages.of(interaction))
        return [app_commands.Choice(name=without, value=NO_STYLE), *choices[: _CHOICES - 1]]

    @imagine.autocomplete("model")
    async def models(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """The pipeline of [image], those of [models] that are for this person here, and [image] loras."""
        without = await self.requests.without(interaction)
        return _fitting([self._plain, *(name for name in self.turns.models if name not in without)], typed)

    @imagine.autocomplete("loras")
    async def mixes(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """LoRAs of the model that was chosen, one more after those that stand there already."""
        chosen: str = getattr(interaction.namespace, "model", None) or ""
        before, plus, last = typed.rpartition("+")
        names = self.turns.loras.get(chosen, self.turns.loras[""])
        kept = f"{before.strip()} + " if plus else ""
        there = {part.rpartition(":")[0].strip() or part.strip() for part in before.split("+")}
        return _fitting((kept + name for name in names if name not in there), kept + last.strip())

    @property
    def _plain(self) -> str:
        """The name of the pipeline as it is."""
        return self.engine.info.painter


def _fitting(names: Iterable[str], typed: str) -> list[app_commands.Choice[str]]:
    """Choices whose name contains what was typed; those that begin with it come first."""
    wanted = typed.casefold().strip()
    fitting = [name for name in names if wanted in name.casefold()]
    fitting.sort(key=lambda name: not name.casefold().startswith(wanted))
    return [app_commands.Choice(name=name[:_LONGEST], value=name[:_LONGEST]) for name in fitting[:_CHOICES]]


def _meant(names: Iterable[str], given: str | None) -> str | None:
    """The name that was chosen, of which a choice carries no more than its beginning."""
    return next((name for name in names if given in (name, name[:_LONGEST])), given)


async def setup(bot: DiffChatBot) -> None:
    """Called by discord.py's loader."""
    has = bot.services
    await bot.add_cog(
        Imagine(
            requests=has.requests,
            starter=has.starter,
            pictures=has.picture_starter,
            turns=has.turns,
            preferences=has.preferences,
            languages=has.languages,
            engine=has.engine,
        )
    )
