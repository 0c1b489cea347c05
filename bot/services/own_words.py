"""A person's styles, saved prompts and lists: keeping them, sharing them, and putting them into a wish."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from bot.domain.content_policy import SafetyPolicy
from bot.domain.flags import over, read_flags
from bot.domain.options import NO_STYLE, Options
from bot.domain.own_words import (
    LONGEST_NAME,
    LONGEST_WORDS,
    OwnWords,
    WordsKind,
    is_name,
    key_of,
    lists_of,
    styles_of,
)
from bot.domain.sanitize import checked, clean
from bot.errors import BadName, NotAServerManager
from bot.settings import LimitsSettings
from bot.store.own_words import OwnWordsStore


@dataclass(frozen=True, slots=True)
class Said:
    """What a person asks for: words without flags, the options of both, and the lists that they may name."""

    words: str
    options: Options
    lists: dict[str, tuple[str, ...]]


class OwnWordsService:
    """The use cases. `styles` are the names of the operator's styles, which nobody can take."""

    def __init__(
        self, store: OwnWordsStore, limits: LimitsSettings, safety: SafetyPolicy, styles: Collection[str]
    ) -> None:
        self._store = store
        self._most = limits.own_words
        self._safety = safety
        self._taken = {key_of(name) for name in styles} | {NO_STYLE}

    async def read(self, prompt: str, options: Options, person: int, guild_id: int | None) -> Said:
        """A prompt's flags read and its style looked up; an option that was given by itself comes first.

        Raises `BadOption` for a flag's value.
        """
        read = read_flags(clean(prompt))
        options = over(options, read.options)
        kept = await self._store.usable(person, guild_id)
        return Said(read.words, self._styled(options, kept), lists_of(kept))

    async def styled(self, options: Options, person: int, guild_id: int | None) -> Options:
        """The options with the words of their style, where it is one that the person may use there."""
        return self._styled(options, await self._store.usable(person, guild_id)) if options.style else options

    def _styled(self, options: Options, kept: list[OwnWords]) -> Options:
        style = None if options.style is None else styles_of(kept).get(key_of(options.style))
        if style is None or key_of(style.name) in self._taken:
            return options
        return replace(options, style=style.name, style_words=style.added)

    async def usable(self, person: int, guild_id: int | None) -> list[OwnWords]:
        """What the person may use there: their own first, then the server's."""
        return await self._store.usable(person, guild_id)

    async def add(self, person: int, kind: WordsKind, name: str, words: str) -> OwnWords:
        """Keep words, in place of their own of that name.

        Words are checked as for a place without adult words, where they may be used or shared.
        Raises `BadName`, `TextRefused`, `TooManyOwnWords`, and what `SafetyPolicy.accept` does.
        """
        name = " ".join(clean(name).split())
        if not is_name(name) or key_of(name) in self._taken:
            raise BadName(name=name[:LONGEST_NAME], limit=LONGEST_NAME)
        cleaned = checked(words, LONGEST_WORDS)
        if kind is WordsKind.LIST and "|" not in cleaned:
            cleaned = "|".join(entry.strip() for entry in cleaned.split(",") if entry.strip())
        self._safety.accept(cleaned, adult=False)
        kept = OwnWords(person, kind, name, cleaned)
        await self._store.put(kept, self._most)
        return kept

    async def remove(self, person: int, name: str, guild_id: int | None, *, manages: bool) -> None:
        """Forget words of one's own; who manages a server removes what others shared with it.

        Raises `NoSuchOwnWords`.
        """
        await self._store.remove(person, name, guild_id if manages else None)

    async def share(
        self, person: int, name: str, guild_id: int | None, *, manages: bool, end: bool = False
    ) -> OwnWords:
        """Share one's own words with a server, or no more. Raises `NotAServerManager` or `NoSuchOwnWords`."""
        if guild_id is None or not manages:
            raise NotAServerManager
        return await self._store.share(person, name, None if end else guild_id)
