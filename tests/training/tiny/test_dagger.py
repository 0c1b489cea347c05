"""A model's own wrong pictures stay, and the conversation goes on from them with exact answers."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from model.engine import EditRequest, EditResult
from model.errors import EditError
from model.language.conversation import Answer, format_answer, format_conversation
from model.language.reading import result_of
from training.data.tinyworld import part_of, same
from training.errors import TrainingError
from training.tiny import dagger
from training.tiny.conversations.reading import read
from training.tiny.conversations.state import MISTAKEN, Chat
from training.tiny.conversations.texts import Piece, lesson

WRONG = "a pink mushroom in a desert"


def stubborn(requests: Sequence[EditRequest]) -> list[EditResult | EditError]:
    """Paints the same whatever is asked."""
    return [result_of(Answer("edit", WRONG), request, "stubborn", 0.0) for request in requests]


def idle(requests: Sequence[EditRequest]) -> list[EditResult | EditError]:
    """Answers all by the prompt as it is."""
    return [result_of(Answer("edit", r.source_prompt), r, "idle", 0.0) for r in requests]


def played(ask: object) -> list[Chat]:
    return dagger.played(ask, 6, random.Random(3))  # type: ignore[arg-type]


def test_the_wrong_picture_is_shown_and_what_should_have_come_is_learnt() -> None:
    chats = played(stubborn)
    drifted = [(chat, m) for chat in chats for m in chat.messages if m.kind == MISTAKEN]
    assert drifted
    for chat, message in drifted:
        place = chat.messages.index(message)
        learnt = chat.messages[place - 1]
        assert (learnt.about, learnt.instruction) == (message.about, message.instruction)
        assert learnt.answer.kind == "edit"
        assert not same(learnt.answer.text, WRONG)
        assert learnt.after == learnt.about, "nothing goes on from the picture that was not shown"
        assert chat.pictures[message.after].prompt == WRONG
    later = [m for chat, m in drifted if len(chat.messages) > chat.messages.index(m) + 1]
    assert later, "people go on from what they see"


def test_an_answer_that_changes_nothing_leaves_the_picture() -> None:
    for chat in played(idle):
        assert not [m for m in chat.messages if m.kind == MISTAKEN]
        wishes = [m for m in chat.messages if m.answer.kind == "edit" and m.kind != "beautify"]
        for message in wishes:
            shown = chat.pictures[message.about].prompt
            seen = read(shown)
            # "Let it be big" of a huge one: there the words as they are show what was asked for. And from a
            # prompt without things nobody can go on
            if seen is not None and seen.things and not same(message.answer.text, shown):
                assert message.after == message.about


def test_every_path_of_the_lesson_is_what_serving_asks() -> None:
    for chat in played(stubborn):
        assert part_of(chat.pictures[0].prompt, "") == "train"
        pieces = lesson(chat)
        for message, piece in zip(chat.messages, pieces[1:], strict=True):
            whole, parent = piece.text + piece.answer, piece.parent
            while parent >= 0:
                whole = pieces[parent].text + pieces[parent].answer + whole
                parent = pieces[parent].parent
            asked = format_conversation(
                chat.pictures[message.about].prompt, message.instruction, chat.history(message.about)
            )
            assert whole == asked + format_answer(message.answer)


def test_lessons_are_kept_for_a_run_that_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dagger, "asker", lambda _: stubborn)
    first = dagger.lessons(tmp_path, 2, 0, tmp_path)
    monkeypatch.setattr(dagger, "asker", lambda _: pytest.fail("played once more"))
    assert dagger.lessons(tmp_path, 2, 0, tmp_path) == first
    assert all(isinstance(piece, Piece) for own in first for piece in own)
    with pytest.raises(TrainingError, match="--start"):
        dagger.lessons(None, 2, 0, tmp_path / "other")
