"""/imagine: words, or what is in a picture, become a first picture, in a thread of their own if possible."""

from collections.abc import Iterable
from dataclasses import replace

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.conversations.conversation_start import ConversationStarter
from bot.chat.conversations.picture_start import Chosen, PictureStarter
from bot.chat.conversations.reference_requests import ReferenceRequests
from bot.chat.requests.turn_requests import TurnRequests
from bot.chat.requests.unknown_flags import tell_unknown
from bot.chat.wording.languages import Languages
from bot.client.client import DiffChatBot
from bot.domain.aspects import ASPECTS
from bot.domain.options import MAX_SEED, NO_STYLE, USUAL_MODEL, Options
from bot.domain.own_words import styles_of
from bot.errors import ImageOrReference, ReferenceMissing
from bot.services.own_words import OwnWordsService
from bot.services.turns import TurnService
from bot.store.preferences import PreferenceStore
from bot.texts import slash
from model.engine import Engine, ReferenceAs

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
        own_words: OwnWordsService,
        references: ReferenceRequests,
    ) -> None:
        self.references = references
        self.requests = requests
        self.starter = starter
        self.pictures = pictures
        self.turns = turns
        self.preferences = preferences
        self.languages = languages
        self.engine = engine
        self.own_words = own_words

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
        negative=slash.IMAGINE_NEGATIVE.en,
        steps=slash.IMAGINE_STEPS.en,
        guidance=slash.IMAGINE_GUIDANCE.en,
        scheduler=slash.IMAGINE_SCHEDULER.en,
        reference=slash.IMAGINE_REFERENCE.en,
        reference_as=slash.IMAGINE_REFERENCE_AS.en,
    )
    @app_commands.choices(
        size=[
            *(app_commands.Choice(name=text.en, value=name) for name, text in slash.SIZES.items()),
            *(app_commands.Choice(name=aspect, value=aspect) for aspect in ASPECTS),
        ],
        reference_as=[
            app_commands.Choice(name=text.en, value=name) for name, text in slash.REFERENCES.items()
        ],
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
        negative: app_commands.Range[str, 1, 300] | None = None,
        steps: app_commands.Range[int, 1, 150] | None = None,
        guidance: app_commands.Range[float, 0, 30] | None = None,
        scheduler: str | None = None,
        reference: discord.Attachment | None = None,
        reference_as: str | None = None,
    ) -> None:
        """Begin with the words, or with a picture and the words after it, or with words and a reference."""
        if image is not None and reference is not None:
            raise ImageOrReference
        if reference is None and reference_as is not None:
            raise ReferenceMissing
        allowed = await self.requests.admit(interaction)
        style, model = _meant(self.turns.styles, style), _meant([self._plain, *self.turns.models], model)
        said = Options(style, seed, count, size, exact, self._named(model))
        how = replace(
            said, loras=loras, negative=negative, steps=steps, guidance=guidance, scheduler=scheduler
        )
        meant = await self.starter.said(prompt, how, interaction.user.id, interaction.guild_id)
        # a flag among the words may have named it too
        meant = replace(meant, options=replace(meant.options, model=self._named(meant.options.model)))
        if reference is not None:
            taken: ReferenceAs = "character" if reference_as == "character" else "style"
            await self.references.begin(interaction, reference, taken, meant, allowed)
        elif image is None:
            await self.starter.from_words(interaction, meant, allowed)
        else:
            await self.pictures.begin(interaction, Chosen(image), meant.words, meant.options, allowed)
        await tell_unknown(interaction, prompt, self.languages)

    @imagine.autocomplete("style")
    async def styles(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """The styles that contain what was typed: one's own, the server's, mine; such as begin so first."""
        kept = styles_of(await self.own_words.usable(interaction.user.id, interaction.guild_id))
        choices = _fitting([*(style.name for style in kept.values()), *self.turns.styles], typed)
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
        mixed = (kept + name for name in names if name not in there)
        # a mix that is cut would name another LoRA, and no list says which was meant
        return _fitting((mix for mix in mixed if len(mix) <= _LONGEST), kept + last.strip())

    @imagine.autocomplete("scheduler")
    async def schedulers(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Those that the operator allows and the model takes; none where there is nothing to choose."""
        return _fitting(self.turns.bounds(getattr(interaction.namespace, "model", None)).offered, typed)

    def _named(self, model: str | None) -> str | None:
        """The model as `Options` names it."""
        return USUAL_MODEL if model == self._plain else model

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
    """Called by the client when it starts."""
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
            own_words=has.own_words,
            references=has.references,
        )
    )
