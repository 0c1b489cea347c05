"""What is drawn for braces in a prompt."""

import pytest

from bot.domain.own_words import OwnWords, WordsKind, lists_of
from bot.domain.wildcards import draw, has_wildcards
from bot.errors import UnknownWildcard

LISTS = {"colour": ("red", "blue", "green"), "home": ("a {colour} house",), "loop": ("x {loop}",)}


def test_the_same_seed_draws_the_same() -> None:
    text = "a {red|blue|green} fox at {dawn|noon|night}"
    assert draw(text, {}, 7, 4) == draw(text, {}, 7, 4)
    assert len({draw(text, {}, seed, 1) for seed in range(30)}) > 4
    # held fast: a picture's command must give it again after an update
    assert draw(text, {}, 7, 2) == ("a blue fox at dawn", "a red fox at night")


def test_several_pictures_draw_different_ones_as_far_as_there_are() -> None:
    assert len(set(draw("a {red|blue|green} fox", {}, 1, 3))) == 3
    assert len(draw("a {red|blue} fox", {}, 1, 4)) == 4


def test_lists_and_saved_prompts_stand_in_by_name() -> None:
    [drawn] = draw("{ Home } by a lake", LISTS, 3, 1)
    assert drawn in {f"a {colour} house by a lake" for colour in ("red", "blue", "green")}


def test_a_saved_prompt_stands_in_whole_and_of_a_list_one_entry() -> None:
    duo = OwnWords(1, WordsKind.PROMPT, "Duo", "a fox | an owl, side by side")
    either = OwnWords(1, WordsKind.PROMPT, "either", "a {red|red} fox")
    pets = OwnWords(1, WordsKind.LIST, "pets", "a fox| an owl ")
    lists = lists_of([duo, either, pets])
    for seed in range(4):
        assert draw("{duo} at night", lists, seed, 1) == ("a fox | an owl, side by side at night",)
        assert draw("{either}", lists, seed, 1) == ("a red fox",)
    assert {draw("{pets}", lists, seed, 1)[0] for seed in range(9)} == {"a fox", "an owl"}


def test_an_unknown_list_is_named_with_those_there_are() -> None:
    with pytest.raises(UnknownWildcard, match=r"“size”.*colour"):
        draw("a {size} fox", LISTS, 1, 1)


def test_where_no_list_is_kept_that_is_said() -> None:
    with pytest.raises(UnknownWildcard, match=r"“size”. You and this server keep none yet\."):
        draw("a {size} fox", {}, 1, 1)


def test_a_list_that_names_itself_ends() -> None:
    assert len(draw("{loop}", LISTS, 1, 1)[0]) < 500


def test_empty_braces_are_words() -> None:
    assert not has_wildcards("a {} fox }{")
