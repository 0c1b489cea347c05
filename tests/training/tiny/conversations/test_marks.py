"""Messages that are no edit: all kinds, both languages, nothing of what is measured."""

import random

from model.language.stems import words
from training.tiny.conversations.marks import mark, nowhere
from training.tiny.vocabulary import listed


def test_all_kinds_come_in_both_languages_with_what_their_answers_need() -> None:
    for language in ("en", "de"):
        found = [mark(random.Random(seed), language) for seed in range(400)]
        assert {answer.kind for _, answer in found} == {
            "undo", "redo", "restart", "again", "choose", "question", "chat", "unclear"
        }  # fmt: skip
        assert all(text.strip() and "{" not in text for text, _ in found)
        assert all(answer.text in "1234" for _, answer in found if answer.kind == "choose")


def test_talk_that_is_measured_is_not_practised() -> None:
    practised = {" ".join(words(mark(random.Random(seed), "en")[0])) for seed in range(6000)}
    measured = {" ".join(words(line)) for line in listed("chatter_held_out")}
    assert not {line for line in practised & measured if len(line.split()) > 2}


def test_going_back_to_nowhere_names_what_is_not_there() -> None:
    for seed in range(40):
        assert "{" not in nowhere(random.Random(seed), "de", "a red house")
