"""Conversations are scored by what a perfect, a lazy and a forgetful model make of them."""

import functools
from collections.abc import Sequence

from model.engine import EditRequest, EditResult
from model.errors import EditError
from model.language.conversation import Answer
from model.language.reading import result_of
from training.data.tinyworld import part_of, same
from training.tiny import chat_eval
from training.tiny.chat_eval import (
    Ask,
    chained_scores,
    held_out_chats,
    held_out_wishes,
    true_source_scores,
)
from training.tiny.conversations.state import Chat


@functools.cache
def chats() -> tuple[Chat, ...]:
    return tuple(held_out_chats(4, messages=5))


def perfect() -> Ask:
    known = {
        chat_eval.request(chat, message): message.answer for chat in chats() for message in chat.messages
    }

    def ask(requests: Sequence[EditRequest]) -> list[EditResult | EditError]:
        return [result_of(known[request], request, "perfect", 0.0) for request in requests]

    return ask


def lazy(requests: Sequence[EditRequest]) -> list[EditResult | EditError]:
    return [result_of(Answer("chat", ""), request, "lazy", 0.0) for request in requests]


def test_held_out_conversations_and_wishes_begin_in_their_part() -> None:
    assert {part_of(chat.pictures[0].prompt, "") for chat in chats()} == {"test"}
    wishes = held_out_wishes(2, "de", "selection")
    assert {part_of(source, "") for source, _ in wishes} == {"selection"}
    assert held_out_wishes(2, "de", "selection") == wishes
    told = held_out_wishes(3, "en", "selection", bank=True)
    assert {part_of(source, "") for source, _ in told} == {"selection"}
    assert {wish.kind for _, wish in told} == {"bank"}


def test_a_perfect_model_is_right_on_the_true_source_and_chained() -> None:
    turns, moves, kinds = true_source_scores(perfect(), chats())
    wrong = {"edit taken for another", "another taken for edit"}
    assert {share for share, _ in (turns | moves).values()} == {1.0}
    assert {share for name, (share, _) in kinds.items() if name not in wrong} == {1.0}
    assert {share for name, (share, _) in kinds.items() if name in wrong} == {0.0}
    assert {share for share, _ in chained_scores(perfect(), chats()).values()} == {1.0}


def test_one_that_takes_all_for_talk_is_wrong_about_every_edit() -> None:
    _, _, kinds = true_source_scores(lazy, chats())
    assert kinds["edit taken for another"][0] == 1.0
    assert kinds["edit"][0] == 0.0
    assert chained_scores(lazy, chats())["turn 5"][0] < 1.0


def test_an_unusable_answer_leaves_the_picture_as_it_is() -> None:
    def broken(requests: Sequence[EditRequest]) -> list[EditResult | EditError]:
        return [EditError("no") for _ in requests]

    assert chained_scores(broken, chats())["turn 1"][0] < 1.0


def test_wishes_fail_by_staying_or_by_a_wrong_picture() -> None:
    wishes = held_out_wishes(8, "en")
    _, left = chat_eval.wish_scores(lazy, wishes)
    assert left["silently wrong"][0] == 0.0
    assert left["left"][0] > 0.5

    def wild(requests: Sequence[EditRequest]) -> list[EditResult | EditError]:
        return [EditResult("a green rocket in the fog", "wild", 0.0) for _ in requests]

    kinds, wrong = chat_eval.wish_scores(wild, wishes)
    assert kinds["every kind"][0] == 0.0
    assert wrong["silently wrong"][0] == 1.0


def test_the_same_is_the_same_scene_and_the_same_strange_words() -> None:
    assert same("a red house, in a meadow", "a red house in a meadow")
    assert not same("a dragon in a meadow", "an owl in a meadow")
    assert not same("a red house", "a blue house")
