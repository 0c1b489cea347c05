"""Words nobody asked for, in an edit and in a new wish."""

from training.data.examples import Edit
from training.data.integrity import requirements_of
from training.rewards.types import Finished
from training.tiny.restraint import Restraint

NIGHT = Edit("a red house, soft light", "make it night", "a red house at night, soft light", "")
WISH = Edit("a red house", "", "a red house, soft light", "")


def test_an_edit_pays_for_every_word_that_was_not_asked_for() -> None:
    texts = (
        "a red house at night, soft light",
        "a red house at night, soft light, vivid colors",
        "a red house",
    )
    items = [Finished(text, NIGHT, requirements_of(NIGHT)) for text in texts]
    assert Restraint()(items) == [0.0, -2.0, 0.0]


def test_a_new_wish_may_have_any_words() -> None:
    assert Restraint()([Finished("a red house, masterpiece", WISH, requirements_of(WISH))]) == [0.0]
