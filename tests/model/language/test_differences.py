"""The places at which two texts differ."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from model.language.differences import Difference, differences

texts = st.lists(st.sampled_from("abcd"), max_size=12)


@given(texts, texts)
def test_putting_the_new_in_its_places_makes_the_new_text_of_the_old(old: list[str], new: list[str]) -> None:
    made, at = [], 0
    for one in differences(old, new):
        made += [*old[at : one.start], *new[one.into : one.upto]]
        at = one.end
    assert [*made, *old[at:]] == new


@given(texts, texts)
def test_between_two_differences_something_is_the_same(old: list[str], new: list[str]) -> None:
    found = list(differences(old, new))
    assert all(one.end > one.start or one.upto > one.into for one in found)
    assert all(one.end < later.start and one.upto < later.into for one, later in pairwise(found))


def test_what_is_replaced_is_one_place() -> None:
    assert list(differences(["a", "red", "fox"], ["a", "blue", "fox"])) == [Difference(1, 2, 1, 2)]
    assert list(differences([], ["fox"])) == [Difference(0, 0, 0, 1)]
    assert list(differences(["fox"], ["fox"])) == []
