"""Names of styles and models in autocompletions, which Discord bounds to 25 of 100 characters."""

from types import SimpleNamespace
from typing import Any, cast

from bot.cogs.imagine import Imagine
from bot.domain.options import PLAIN, USUAL_MODEL, Options
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

    async def without(_: Any) -> frozenset[str]:
        return frozenset({"kept back"})

    parts: dict[str, Any] = {
        "requests": SimpleNamespace(admit=admit, without=without),
        "pictures": None,
        "references": None,
        "starter": SimpleNamespace(said=said, from_words=from_words),
        "turns": SimpleNamespace(
            styles={LONG: "", **{f"style {n}": "" for n in range(40)}},
            models=("photo", "kept back", "lora"),
            loras={"": ("lora", "comic"), "photo": ("film",)},
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
    assert said == [(LONG, USUAL_MODEL), ("style 3", "lora"), ("unknown", "unknown")]


async def test_models_are_offered_that_are_for_this_person_here() -> None:
    person: Any = SimpleNamespace(user=SimpleNamespace(id=1))
    names = [choice.name for choice in await cog([]).models(person, "")]
    assert names == [MODEL[:100], "photo", "lora"]


async def test_loras_are_offered_one_after_the_other() -> None:
    async def offered(typed: str, model: str | None = None) -> list[str]:
        person: Any = SimpleNamespace(namespace=SimpleNamespace(model=model))
        return [choice.value for choice in await cog([]).mixes(person, typed)]

    assert await offered("") == ["lora", "comic"]
    assert await offered("", "photo") == ["film"]
    assert await offered("com") == ["comic"]
    assert await offered("comic:0.6 +") == ["comic:0.6 + lora"]
    assert await offered("comic:0.6 + lo") == ["comic:0.6 + lora"]
