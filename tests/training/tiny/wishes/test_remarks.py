"""Talk that names what is in a picture asks for nothing; beside it stand wishes in the same words."""

import random

import pytest

from model.tiny import grammar
from model.tiny.drafts import Draft, NounPhrase, draft
from model.tiny.world import Scene
from training.tiny.wishes.asides import aside
from training.tiny.wishes.contrasts import PAIRS, beside_talk, mere_talk
from training.tiny.wishes.kinds import seen
from training.tiny.wishes.remarks import remark
from training.tiny.wishes.voice import Language, Voice

SIGNS = set("{}|~¶_")


def scenes(number: int) -> list[Draft]:
    rng = random.Random(number)
    return [draft(Scene.random(rng), rng) for _ in range(number)]


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("part", ["train", "selection"])
def test_a_remark_is_talk_or_a_question_in_whole_words(language: Language, part: str) -> None:
    rng = random.Random(part)
    found = [remark(rng, before, language, part) for before in scenes(400)]  # type: ignore[arg-type]
    assert {answer.kind for _, answer in found} == {"chat", "question"}
    assert all(answer.text == "" for _, answer in found)
    assert all(text.strip() and not SIGNS & set(text) for text, _ in found)
    if part == "train":
        assert len({text.lower() for text, _ in found}) > 330


def test_a_remark_speaks_of_what_is_there() -> None:
    before = Draft((NounPhrase("robot", "pink"),))
    said = [remark(random.Random(seed), before, "en")[0].lower() for seed in range(200)]
    assert sum("robot" in text for text in said) > 60


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_pair_has_a_wish_that_changes_the_picture_and_talk_that_has_none(language: Language) -> None:
    voice = Voice(random.Random(3), language)
    for before in scenes(300):
        wish = beside_talk(voice, before)
        if wish:
            clause, after = wish
            assert str(after) != str(before)
            assert grammar.parse(str(after)) == seen(after)
            assert not SIGNS & set(clause.text)
        talk = mere_talk(voice, before)
        assert talk is None or not SIGNS & set(talk)


@pytest.mark.parametrize(("_", "talk", "wish", "weight"), PAIRS)
def test_no_line_is_both_talk_and_a_wish(_: object, talk: dict, wish: dict, weight: float) -> None:
    assert weight > 0
    for language in ("en", "de"):
        assert not set(talk[language]) & set(wish[language])


def test_an_aside_is_filled() -> None:
    assert all(not set("{}") & set(aside(random.Random(seed))) for seed in range(300))
