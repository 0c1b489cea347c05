"""A conversation as a tree of texts: each path is what a model is asked when it is served."""

import random

from model.language.conversation import GAP, Answer, format_answer, format_conversation, read_mark
from training.tiny.conversations.state import MISTAKEN
from training.tiny.conversations.talk import random_chat
from training.tiny.conversations.texts import Lesson, lesson, shortened, single


def whole(pieces: Lesson, place: int) -> str:
    piece = pieces[place]
    if piece.parent < 0:
        return piece.text
    return whole(pieces, piece.parent) + pieces[piece.parent].answer + piece.text


def test_a_path_is_what_the_model_is_asked() -> None:
    for seed in range(60):
        chat = random_chat(random.Random(seed))
        pieces = lesson(chat)
        for place, message in enumerate(chat.messages, 1):
            history = chat.history(message.about)
            asked = format_conversation(chat.pictures[message.about].prompt, message.instruction, history)
            if message.kind == MISTAKEN:  # shown with its answer, and not learnt
                assert whole(pieces, place) == asked + format_answer(message.answer)
                assert not pieces[place].answer
                continue
            assert whole(pieces, place) == asked
            assert pieces[place].answer == format_answer(message.answer)
            assert read_mark(pieces[place].answer).kind == message.answer.kind


def test_a_single_message_is_the_template_without_history() -> None:
    (piece,) = single("a fox", "undo", Answer("undo", ""))
    assert (piece.text, piece.answer) == (format_conversation("a fox", "undo"), " !undo")


def test_a_long_conversation_is_shown_with_a_gap() -> None:
    found = 0
    for seed in range(60):
        short = shortened(random_chat(random.Random(seed), messages=8), random.Random(seed))
        if short:
            found += 1
            assert f"\n{GAP}\n" in short[0].text
            assert short[0].answer
    assert found
