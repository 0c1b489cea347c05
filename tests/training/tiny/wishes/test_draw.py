"""Wishes mean what their kind says, keep every other word, and the two parts share no wording."""

import importlib
import pkgutil
import random
from collections import Counter
from dataclasses import replace

import pytest

from model.tiny import grammar
from model.tiny.drafts import Draft, NounPhrase, draft
from model.tiny.world import SIZES, Scene, Thing
from training.tiny import wishes as wishes_package
from training.tiny.wishes import several
from training.tiny.wishes.absent import absent_wish
from training.tiny.wishes.draw import KINDS, Wish, random_wish
from training.tiny.wishes.kinds import seen, with_things
from training.tiny.wishes.voice import Language, Patterns, of_part

MODULES = [
    importlib.import_module(f"{wishes_package.__name__}.{module.name}")
    for module in pkgutil.iter_modules(wishes_package.__path__)
]


def tables_in(value: object, name: str) -> list[tuple[str, Patterns]]:
    """The pattern tables that a value is or holds."""
    if isinstance(value, dict) and set(value) == {"en", "de"} and all(map(lines_of, value.values())):
        return [(name, value)]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, (tuple, list)) else ()
    return [found for place, each in enumerate(inner) for found in tables_in(each, f"{name}[{place}]")]


def lines_of(value: object) -> bool:
    return isinstance(value, tuple) and all(isinstance(line, str) for line in value)


TABLES = [
    found
    for module in MODULES
    for name, value in vars(module).items()
    if name.isupper()
    for found in tables_in(value, f"{module.__name__}.{name}")
]

ABOUT_THINGS = (
    "add", "remove", "some", "except", "replace", "recolour", "all", "like", "swap", "resize", "compare",
    "count",
)  # fmt: skip


def drawn(language: Language, number: int, without: tuple[str, ...] = ()) -> list[tuple[Draft, Wish]]:
    rng = random.Random(f"{language} {without}")
    befores = [draft(Scene.random(rng), rng) for _ in range(number)]
    pairs = [(before, random_wish(rng, before, language, without=without)) for before in befores]
    return [(before, wish) for before, wish in pairs if wish]


def by_noun(scene: Scene) -> dict[str, Thing]:
    return {thing.noun: thing for thing in scene.things}


@pytest.fixture(scope="module", params=["en", "de"])
def wishes(request: pytest.FixtureRequest) -> list[tuple[Draft, Wish]]:
    return drawn(request.param, 700)


def test_every_wish_reads_back_as_its_scene_and_changes_something(wishes: list[tuple[Draft, Wish]]) -> None:
    assert len(wishes) > 600
    for before, wish in wishes:
        assert grammar.parse(str(wish.after)) == seen(wish.after)
        assert str(wish.after) != str(before)
        assert wish.instruction.strip()
        assert not set("{}|~¶_") & set(wish.instruction)


def test_all_kinds_are_drawn(wishes: list[tuple[Draft, Wish]]) -> None:
    assert {wish.kind for _, wish in wishes} == set(KINDS)


def test_hardly_two_wishes_are_worded_alike(wishes: list[tuple[Draft, Wish]]) -> None:
    assert len({wish.instruction for _, wish in wishes}) > 0.85 * len(wishes)


def of_kind(wishes: list[tuple[Draft, Wish]], *kinds: str) -> list[tuple[Scene, Scene]]:
    found = [(seen(before), seen(wish.after)) for before, wish in wishes if wish.kind in kinds]
    assert found
    return found


def test_wishes_about_things_leave_the_surroundings(wishes: list[tuple[Draft, Wish]]) -> None:
    for was, now in of_kind(wishes, *ABOUT_THINGS):
        assert replace(now, things=()) == replace(was, things=())


def test_wishes_about_the_surroundings_leave_the_things(wishes: list[tuple[Draft, Wish]]) -> None:
    for was, now in of_kind(wishes, "time", "weather", "season", "place", "style", "quality", "negation"):
        assert was.things == now.things


def test_what_is_added_comes_to_what_was_there(wishes: list[tuple[Draft, Wish]]) -> None:
    for before, wish in wishes:
        if wish.kind == "add":
            assert wish.after.things[:-1] == before.things


def test_what_is_removed_goes_and_the_rest_stays(wishes: list[tuple[Draft, Wish]]) -> None:
    for was, now in of_kind(wishes, "remove"):
        assert len(now.things) == len(was.things) - 1
        assert set(now.things) < set(was.things)
    for was, now in of_kind(wishes, "except"):
        assert len(now.things) == 1
        assert set(now.things) < set(was.things)
    for was, now in of_kind(wishes, "some"):
        assert set(by_noun(was)) == set(by_noun(now))
        assert 1 <= now.total < was.total


def test_all_get_one_colour_and_a_swap_keeps_all_values(wishes: list[tuple[Draft, Wish]]) -> None:
    for _, now in of_kind(wishes, "all"):
        assert len({thing.colour for thing in now.things}) == 1
    for was, now in of_kind(wishes, "swap"):
        for part in ("colour", "size", "count"):
            assert Counter(getattr(t, part) for t in was.things) == Counter(
                getattr(t, part) for t in now.things
            )


@pytest.mark.parametrize(
    ("part", "kinds"),
    [("colour", ("recolour", "all", "like")), ("size", ("resize", "compare")), ("count", ("count", "some"))],
)
def test_a_thing_changes_in_one_respect(
    wishes: list[tuple[Draft, Wish]], part: str, kinds: tuple[str, ...]
) -> None:
    others = {"noun", "colour", "size", "count"} - {part}
    for was, now in of_kind(wishes, *kinds):
        for old, new in zip(was.things, now.things, strict=True):
            assert all(getattr(old, other) == getattr(new, other) for other in others)


def test_a_comparison_holds() -> None:
    rng = random.Random(1)
    for seed in range(60):
        before = draft(
            Scene((Thing("fox", "red", rng.choice(SIZES)), Thing("house", "blue", rng.choice(SIZES)))), rng
        )
        wish = random_wish(
            random.Random(seed),
            before,
            "en",
            without=set(KINDS) - {"compare"},
        )
        if wish and " than " in (said := wish.instruction.lower()) and "no bigger and no smaller" not in said:
            sizes = [SIZES.index(thing.size) for thing in seen(wish.after).things]
            assert sizes[0] != sizes[1]


def test_summer_takes_the_snow_and_winter_brings_it() -> None:
    only = {kind for kind in KINDS if kind != "season"}
    snowy = Draft((NounPhrase("fox"),), phrases=(("place", "in a park"), ("weather", "in falling snow")))
    for seed in range(20):
        away = random_wish(random.Random(seed), snowy, "de", without=only)
        come = random_wish(random.Random(seed), snowy.saying("weather", ""), "en", without=only)
        assert away is None or str(away.after) == "a fox in a park"
        assert come is None or str(come.after) == "a fox in a park in falling snow"


def test_an_unknown_noun_is_copied_and_later_wishes_leave_it_alone() -> None:
    before = Draft((NounPhrase("fox"), NounPhrase("dragon")), phrases=(("time", "at night"),))
    rng, away = random.Random(5), ("except", "several", "order", "rethought")
    wishes = [wish for _ in range(60) if (wish := random_wish(rng, before, "de", without=away))]
    assert len(wishes) > 40
    assert all("dragon" in str(wish.after) for wish in wishes)


@pytest.mark.parametrize(("name", "table"), TABLES, ids=[name for name, _ in TABLES])
def test_parts_share_no_pattern_and_every_pattern_can_be_filled(name: str, table: Patterns) -> None:
    for language in ("en", "de"):
        train, held_out = (set(of_part(table[language], part)) for part in ("train", "selection"))
        assert train
        assert held_out
        assert not train & held_out
        assert train | held_out == set(table[language])


def test_wishes_of_the_held_out_part_are_drawn_and_other_than_those_of_training() -> None:
    rng = random.Random(2)
    befores = [draft(Scene.random(rng), rng) for _ in range(200)]
    parts = {
        part: {w.instruction for b in befores if (w := random_wish(rng, b, "en", part=part, typed=False))}
        for part in ("train", "selection")
    }
    assert len(parts["selection"]) > 120
    assert len(parts["train"] & parts["selection"]) == 0


def test_a_place_keeps_its_word_when_the_last_thing_goes_or_the_first_one_comes() -> None:
    garden = Draft((NounPhrase("fox"),), phrases=(("place", "in a garden"), ("time", "at night")))
    bare = with_things(garden, ())
    assert str(bare) == "the garden at night"
    assert str(with_things(bare, garden.things)) == "a fox in a garden at night"


def test_kinds_can_be_left_out() -> None:
    left = ("add", "several", "order", "swap")
    assert not {wish.kind for _, wish in drawn("en", 150, left)} & set(left)


def test_of_a_wish_that_is_rethought_only_the_second_counts() -> None:
    only = {kind for kind in KINDS if kind not in ("time", "rethought")}
    before = Draft((NounPhrase("fox"), NounPhrase("house")), phrases=(("weather", "in the fog"),))
    taken = [
        wish
        for seed in range(2000)
        if (wish := random_wish(random.Random(seed), before, "en", without=only, typed=False))
        and wish.kind == "rethought"
    ]
    assert len(taken) > 5
    for wish in taken:
        assert len(seen(wish.after).things) == 2
        assert seen(wish.after).time != seen(before).time


def test_several_wishes_do_not_undo_each_other() -> None:
    fox, house, blue = NounPhrase("fox", "red"), NounPhrase("house"), NounPhrase("fox", "blue")
    before = Draft((fox, house))
    recoloured, removed = Draft((blue, house)), Draft((house,))
    assert several.apart(before, recoloured, Draft((blue,)))
    assert several.apart(before, removed, Draft((house, NounPhrase("cat"))))
    assert not several.apart(before, recoloured, removed), "what was just coloured is taken away"
    assert not several.apart(before, removed, Draft((house, NounPhrase("fox", "green")))), "the fox is back"


@pytest.mark.parametrize("language", ["en", "de"])
def test_what_is_asked_away_without_being_there_is_none_of_the_things(language: Language) -> None:
    rng = random.Random(9)
    before = Draft((NounPhrase("fox"),), phrases=(("place", "in the city"),))
    asked = {absent_wish(rng, before, language) for _ in range(200)} - {None}
    assert len(asked) > 60
    assert not any(word in str(text).lower() for text in asked for word in ("fox", "fuchs", "taxi"))
