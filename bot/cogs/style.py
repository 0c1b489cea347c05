"""/style: a person's styles, saved prompts and lists, and sharing them with a server."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.wording.languages import Languages
from bot.chat.wording.prompt_diff import escape, shorten
from bot.client.client import DiffChatBot
from bot.domain.own_words import LONGEST_NAME, LONGEST_WORDS, OwnWords, WordsKind, key_of
from bot.i18n import Language
from bot.services.own_words import OwnWordsService
from bot.services.personal_limits import PersonalLimits
from bot.texts import how as words
from bot.texts import slash

_LINES, _SHOWN = 15, 60  # of a list, and characters of each one's words
_MESSAGE = 2000  # characters, Discord's limit, which fifteen shared ones with long names would pass
_CHOICES = 25  # Discord's limit of an autocompletion

_Name = app_commands.Range[str, 1, LONGEST_NAME]


class Style(commands.GroupCog, group_name="style", group_description=slash.STYLE.en):
    """The group of commands. All answers are for the person alone."""

    def __init__(self, *, own_words: OwnWordsService, languages: Languages, personal: PersonalLimits) -> None:
        self.own_words = own_words
        self.languages = languages
        self.personal = personal

    @app_commands.command(name="add", description=slash.STYLE_ADD.en)
    @app_commands.describe(name=slash.STYLE_NAME.en, text=slash.STYLE_WORDS.en, kind=slash.STYLE_KIND.en)
    @app_commands.choices(
        kind=[app_commands.Choice(name=text.en, value=name) for name, text in words.KINDS.items()]
    )
    @app_commands.rename(text="words")
    async def add(
        self,
        interaction: discord.Interaction,
        name: _Name,
        text: app_commands.Range[str, 1, LONGEST_WORDS],
        kind: str = "style",
    ) -> None:
        """Keep words by a name."""
        await self.personal.count(interaction.user.id)
        kept = await self.own_words.add(interaction.user.id, WordsKind(kind), name, text)
        language = await self.languages.of(interaction)
        said = words.KEPT(
            language,
            name=escape(kept.name),
            kind=words.KINDS[kept.kind](language),
            words=escape(shorten(kept.words, LONGEST_WORDS)),
        )
        await _answer(interaction, f"{said}\n{words.HOW_TO_USE[kept.kind](language, name=kept.name)}")

    @app_commands.command(name="list", description=slash.STYLE_LIST.en)
    async def show(self, interaction: discord.Interaction) -> None:
        """What the person can use in this place."""
        kept = await self.own_words.usable(interaction.user.id, interaction.guild_id)
        await _answer(interaction, _listed(await self.languages.of(interaction), kept, interaction.user.id))

    @app_commands.command(name="remove", description=slash.STYLE_REMOVE.en)
    @app_commands.describe(name=slash.STYLE_NAME.en)
    async def remove(self, interaction: discord.Interaction, name: _Name) -> None:
        """Forget words; who manages the server takes those of others away from it, too."""
        await self.personal.count(interaction.user.id)
        who, guild_id = interaction.user.id, interaction.guild_id
        await self.own_words.remove(who, name, guild_id, manages=_manages(interaction))
        await _answer(interaction, words.REMOVED(await self.languages.of(interaction), name=escape(name)))

    @app_commands.command(name="share", description=slash.STYLE_SHARE.en)
    @app_commands.describe(name=slash.STYLE_NAME.en, end=slash.STYLE_END.en)
    async def share(self, interaction: discord.Interaction, name: _Name, end: bool = False) -> None:
        """Let everybody on the server use words, or nobody else any more."""
        await self.personal.count(interaction.user.id)
        who, guild_id = interaction.user.id, interaction.guild_id
        shared = await self.own_words.share(who, name, guild_id, manages=_manages(interaction), end=end)
        said = words.SHARED_NO_MORE if end else words.SHARED
        await _answer(interaction, said(await self.languages.of(interaction), name=escape(shared.name)))

    @remove.autocomplete("name")
    @share.autocomplete("name")
    async def names(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """The person's own words whose name contains what was typed."""
        kept = await self.own_words.usable(interaction.user.id, None)
        fitting = [one.name for one in kept if key_of(typed) in key_of(one.name)]
        return [app_commands.Choice(name=name, value=name) for name in fitting[:_CHOICES]]


def _listed(language: Language, kept: list[OwnWords], person: int) -> str:
    if not kept:
        return words.NOTHING_KEPT(language)
    lines = [
        words.LIST_LINE(
            language,
            kind=words.KINDS[one.kind](language),
            name=escape(one.name),
            shared="" if one.owner_id == person else words.LIST_SHARED(language),
            words=escape(shorten(one.words, _SHOWN)),
        )
        for one in kept[:_LINES]
    ]
    said = [words.LIST_HEAD(language)]
    for number, line in enumerate(lines):
        more = words.LIST_MORE(language, count=len(kept) - number)
        if sum(map(len, said)) + len(said) + len(line) + len(more) + 1 > _MESSAGE:
            return "\n".join([*said, more])
        said.append(line)
    left = len(kept) - len(lines)
    return "\n".join([*said, words.LIST_MORE(language, count=left)] if left else said)


def _manages(interaction: discord.Interaction) -> bool:
    """Whether the person manages this server, as for /admin."""
    return interaction.guild_id is not None and interaction.permissions.manage_guild


async def _answer(interaction: discord.Interaction, text: str) -> None:
    await interaction.response.send_message(text, ephemeral=True)


async def setup(bot: DiffChatBot) -> None:
    """Called by the client when it starts."""
    has = bot.services
    await bot.add_cog(Style(own_words=has.own_words, languages=has.languages, personal=has.personal))
