"""Messages that are no edit come with the mark that names them."""

import random

import pytest

from model.language.conversation import format_answer, read_mark
from training.tiny.wishes.chatting import CHOOSE, UNCLEAR, VAGUE
from training.tiny.wishes.messages import KINDS, TEXTS, message
from training.tiny.wishes.voice import Language, of_part


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_kind_is_drawn_and_its_answer_reads_back(language: Language) -> None:
    rng = random.Random(language)
    drawn = [message(rng, language) for _ in range(400)]
    assert {answer.kind for _, answer in drawn} == set(KINDS)
    assert all(read_mark(format_answer(answer)) == answer for _, answer in drawn)
    assert all(text.strip() and "|" not in text and "{" not in text for text, _ in drawn)


def test_a_choice_names_its_number_and_an_unread_message_its_words() -> None:
    rng = random.Random(1)
    for _ in range(50):
        assert message(rng, "en", kind="choose")[1].text in ("1", "2", "3", "4")
        text, answer = message(rng, "en", kind="unclear")
        assert all(word in text for word in answer.text.split())


def test_an_edit_is_no_message_of_this_kind() -> None:
    with pytest.raises(ValueError, match="edit"):
        message(random.Random(1), "en", kind="edit")


@pytest.mark.parametrize("table", [*TEXTS.values(), CHOOSE, UNCLEAR, VAGUE])
def test_parts_share_no_pattern(table: dict[Language, tuple[str, ...]]) -> None:
    for lines in table.values():
        assert not set(of_part(lines, "train")) & set(of_part(lines, "selection"))
