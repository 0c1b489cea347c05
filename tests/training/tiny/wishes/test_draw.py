"""Wishes mean what their kind says, keep every other word, and the two parts share no wording."""

import random
from collections import Counter

import pytest

from model.tiny import grammar
from model.tiny.drafts import Draft, NounPhrase, draft
from model.tiny.world import SIZES, Scene, Thing
from training.tiny.wishes import looks, surroundings, things
from training.tiny.wishes.draw import JOINED, KINDS, ORDER, SINGLE, Wish, random_wish
from training.tiny.wishes.kinds import seen
from training.tiny.wishes.voice import Language, Patterns, of_part

TABLES = [
    (f"{module.__name__}.{name}", table)
    for module in (things, looks, surroundings)
    for name, table in vars(module).items()
    if isinstance(table, dict) and set(table) == {"en", "de"} and name.isupper()
] + [("JOINED", JOINED), ("ORDER", ORDER)]


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
        assert wish.instruction.strip() and "{" not in wish.instruction and "|" not in wish.instruction


def test_all_kinds_are_drawn(wishes: list[tuple[Draft, Wish]]) -> None:
    assert {wish.kind for _, wish in wishes} == set(KINDS)


def test_hardly_two_wishes_are_worded_alike(wishes: list[tuple[Draft, Wish]]) -> None:
    assert len({wish.instruction for _, wish in wishes}) > 0.85 * len(wishes)


def test_each_kind_changes_what_it_says(wishes: list[tuple[Draft, Wish]]) -> None:
    for before, wish in wishes:
        was, now = seen(before), seen(wish.after)
        had, has = by_noun(was), by_noun(now)
        surroundings_stay = (was.place, was.time, was.weather, was.style) == (
            now.place, now.time, now.weather, now.style
        )  # fmt: skip
        about_things = wish.kind not in (
            "time", "weather", "season", "place", "style", "quality", "negation", "several", "order"
        )  # fmt: skip
        if about_things:
            assert surroundings_stay and was.quality == now.quality, wish
        elif wish.kind not in ("several", "order"):
            assert was.things == now.things, wish
        match wish.kind:
            case "add":
                assert len(wish.after.things) == len(before.things) + 1
                assert set(had.items()) <= set(has.items())
            case "remove":
                assert len(has) == len(had) - 1 and set(has.items()) < set(had.items())
            case "some":
                assert set(had) == set(has) and 1 <= now.total < was.total
            case "except":
                assert len(has) == 1 and set(has.items()) < set(had.items())
            case "replace":
                assert len(set(had) - set(has)) == 1
            case "all":
                assert len({thing.colour for thing in now.things}) == 1
            case "swap":
                for part in ("colour", "size", "count"):
                    values = [Counter(getattr(t, part) for t in s.things) for s in (was, now)]
                    assert values[0] == values[1], wish
            case "resize" | "recolour" | "count" | "like" | "compare":
                part = {"resize": "size", "compare": "size", "count": "count"}.get(wish.kind, "colour")
                for noun, thing in had.items():
                    others = {"colour", "size", "count"} - {part}
                    assert all(getattr(thing, o) == getattr(has[noun], o) for o in others), wish


def test_a_comparison_holds() -> None:
    rng = random.Random(1)
    for seed in range(60):
        before = draft(
            Scene((Thing("fox", "red", rng.choice(SIZES)), Thing("house", "blue", rng.choice(SIZES)))), rng
        )
        wish = random_wish(
            random.Random(seed), before, "en", without=set(SINGLE) - {"compare"} | {"several", "order"}
        )
        if wish and "than" in wish.instruction.lower():
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
    rng = random.Random(5)
    wishes = [wish for _ in range(60) if (wish := random_wish(rng, before, "de"))]
    assert len(wishes) > 40
    kept = [wish for wish in wishes if wish.kind not in ("except",)]
    assert all("dragon" in str(wish.after) for wish in kept)


@pytest.mark.parametrize(("name", "table"), TABLES, ids=[name for name, _ in TABLES])
def test_parts_share_no_pattern_and_every_pattern_can_be_filled(name: str, table: Patterns) -> None:
    for language in ("en", "de"):
        train, held_out = (set(of_part(table[language], part)) for part in ("train", "selection"))
        assert train and held_out and not train & held_out
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


def test_kinds_can_be_left_out() -> None:
    left = ("add", "several", "order", "swap")
    assert not {wish.kind for _, wish in drawn("en", 150, left)} & set(left)
