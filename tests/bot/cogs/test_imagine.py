"""Names of styles and models in autocompletions, which Discord bounds to 25 of 100 characters."""

from types import SimpleNamespace
from typing import Any, cast

from bot.cogs.imagine import Imagine
from bot.domain.options import PLAIN, Options
from bot.services.own_words import Said

LONG = "watercolour " * 15
STYLES = {LONG: "", **{f"style {n}": "" for n in range(40)}}
MODEL = "/models/" + "deep/" * 40 + "painter"


def cog(taken: list[Options]) -> Any:
    async def admit(_: Any) -> None:
        return None

    async def of(_: int) -> Options:
        return PLAIN

    async def usable(*_: Any) -> list[Any]:
        return []

    async def said(prompt: str, options: Options, *_: Any) -> Said:
        taken.append(options)
        return Said(prompt, options, {})

    async def from_words(*_: Any) -> None:
        return None

    parts: dict[str, Any] = {
        "requests": SimpleNamespace(admit=admit),
        "pictures": None,
        "starter": SimpleNamespace(said=said, from_words=from_words),
        "turns": SimpleNamespace(
            styles={LONG: "", **{f"style {n}": "" for n in range(40)}}, models=("lora",)
        ),
        "preferences": SimpleNamespace(of=of),
        "languages": None,
        "own_words": SimpleNamespace(usable=usable),
        "engine": SimpleNamespace(info=SimpleNamespace(painter=MODEL)),
    }
    return Imagine(**parts)


async def test_long_names_and_many_are_offered_as_far_as_discord_takes_them() -> None:
    imagine = cog([])
    person: Any = SimpleNamespace(user=SimpleNamespace(id=1), guild_id=None)
    styles = await imagine.styles(person, "style")
    assert len(styles) == 25
    [long] = await imagine.styles(person, "watercolour")
    offered = [long, *await imagine.models(person, "")]
    assert all(len(choice.name) <= 100 and len(choice.value) <= 100 for choice in offered)


async def test_the_beginning_of_a_long_name_that_was_chosen_means_the_whole() -> None:
    taken: list[Options] = []
    imagine, command = cog(taken), cast("Any", Imagine.imagine)
    person: Any = SimpleNamespace(user=SimpleNamespace(id=1), guild_id=None)
    for style, model in ((LONG[:100], MODEL[:100]), ("style 3", "lora"), ("unknown", "unknown")):
        await command.callback(imagine, person, "a fox", style=style, model=model)
    said = [(options.style, options.model) for options in taken]
    assert said == [(LONG, None), ("style 3", "lora"), ("unknown", "unknown")]
