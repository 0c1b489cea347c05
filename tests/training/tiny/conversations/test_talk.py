"""Conversations: every prompt is read back, every move means what it says, undone steps are not history."""

import functools
import random
import re
from collections import Counter
from dataclasses import replace

import pytest

from model.tiny import grammar
from model.tiny.drafts import Draft, NounPhrase, scene_of
from training.tiny.conversations import said
from training.tiny.conversations.deltas import SLOTS
from training.tiny.conversations.said import Language
from training.tiny.conversations.state import MISTAKEN, Chat, Message, Picture
from training.tiny.conversations.talk import kept, random_chat, unknown

PART = re.compile(r"{(\w+)}")


@functools.cache
def chats() -> tuple[Chat, ...]:
    return tuple(random_chat(random.Random(seed)) for seed in range(300))


def told(kind: str) -> list[tuple[Chat, Message]]:
    found = [(chat, message) for chat in chats() for message in chat.messages if message.kind == kind]
    assert found
    return found


def test_prompts_say_the_scenes_of_their_drafts() -> None:
    for chat in chats():
        for picture in chat.pictures:
            if not unknown(picture.draft):
                assert grammar.parse(picture.prompt) == scene_of(picture.draft)


def test_conversations_are_of_two_to_eight_messages_in_two_languages() -> None:
    assert {len(chat.messages) for chat in chats()} == set(range(2, 9))
    german = sum(chat.language == "de" for chat in chats()) / len(chats())
    assert 0.3 < german < 0.46


def test_every_kind_of_message_occurs() -> None:
    kinds = Counter(message.answer.kind for chat in chats() for message in chat.messages)
    assert set(kinds) == {
        "edit", "undo", "redo", "back", "restart", "again", "choose", "question", "chat", "unclear"
    }  # fmt: skip
    moves = {message.kind for chat in chats() for message in chat.messages}
    assert {
        "meant",
        "too",
        "more",
        "instead",
        "again_it",
        "take_out",
        "take_first",
        "lasting",
        "new",
    } <= moves


def test_each_message_is_about_the_picture_that_the_one_before_led_to() -> None:
    for chat in chats():
        here = 0
        for message in chat.messages:
            assert message.about == here
            here = message.after


def test_edits_write_the_prompt_of_the_picture_and_others_move_or_stay() -> None:
    for chat in chats():
        for message in chat.messages:
            about, after = chat.pictures[message.about], chat.pictures[message.after]
            if message.answer.kind == "edit":
                assert message.answer.text == after.prompt
                assert message.about in (after.parent, message.after)
            elif message.answer.kind == "undo":
                assert message.after == about.parent
            elif message.answer.kind == "back":
                assert message.answer.text == after.prompt
                assert message.after in chat.path(message.about)
            elif message.answer.kind not in ("redo", "restart"):
                assert message.after == message.about


def test_redo_leads_to_the_picture_that_was_undone() -> None:
    for chat, message in told("redo"):
        earlier = [m for m in chat.messages[: chat.messages.index(message)] if m.kind == "undo"]
        assert message.after in {m.about for m in earlier}


def test_history_is_the_path_and_nothing_else() -> None:
    for chat, message in told("undo"):
        steps = chat.history(message.after)
        assert len(steps) == len(chat.path(message.after)) - 1
        assert chat.pictures[message.about].instruction not in [s.instruction for s in steps][len(steps) :]
    for chat in chats():
        for picture in range(len(chat.pictures)):
            prompts = [*(s.prompt for s in chat.history(picture)), chat.pictures[picture].prompt]
            assert prompts == [chat.pictures[p].prompt for p in chat.path(picture)]


def test_a_correction_undoes_the_step_on_the_wrong_thing() -> None:
    for chat, message in told("meant"):
        wrong = chat.pictures[message.about]
        earlier, after = chat.pictures[wrong.parent].draft, chat.pictures[message.after].draft
        touched = wrong.changed[0].old
        assert touched is not None
        if wrong.changed[0].what != "remove":
            assert touched in after.things
        assert after != earlier


def test_what_was_done_wrongly_is_put_right_by_the_next_message() -> None:
    assert told(MISTAKEN)
    for chat, wrong in told(MISTAKEN):
        right = chat.messages[chat.messages.index(wrong) + 1]
        assert right.kind == "corrected"
        assert right.about == wrong.after != wrong.about, "the mistake changed the picture"
        assert right.answer.text != wrong.answer.text


def test_without_mistakes_there_are_none() -> None:
    rng = random.Random(4)
    kinds = {m.kind for _ in range(60) for m in random_chat(rng, mistakes=False).messages}
    assert not kinds & {MISTAKEN, "corrected"}
    assert "follow" not in kinds


def test_a_lasting_colour_is_given_to_things_that_come_without_one() -> None:
    fox = Draft((NounPhrase("fox", "red"),))
    chat = Chat("en", [Picture(fox, str(fox), lasting=(("filler", "blue"),))], str, 2)
    plain = replace(fox, things=(*fox.things, NounPhrase("car")))
    green = replace(fox, things=(*fox.things, NounPhrase("car", "green")))
    assert str(kept(chat, plain)) == "a red fox and a blue car"
    assert kept(chat, green) == green


@pytest.mark.parametrize("seed", range(5))
def test_conversations_about_anything_are_in_english_and_end(seed: int) -> None:
    chat = random_chat(random.Random(seed), world="open", messages=5)
    assert chat.language == "en"
    assert len(chat.messages) == 5


def test_the_same_chance_gives_the_same_conversation() -> None:
    one, two = (random_chat(random.Random(3)) for _ in range(2))
    assert one.messages == two.messages


@functools.cache
def more_chats() -> tuple[Chat, ...]:
    return tuple(random_chat(random.Random(f"more-{seed}")) for seed in range(500))


def drafts(kind: str) -> list[tuple[Draft, Draft]]:
    found = [
        (chat.pictures[m.about].draft, chat.pictures[m.after].draft)
        for chat in more_chats()
        for m in chat.messages
        if m.kind == kind and m.after != m.about
    ]
    assert found
    return found


def test_what_is_enough_leaves_fewer_of_the_same_things() -> None:
    for before, after in drafts("enough"):
        assert sum(t.count for t in after.things) < sum(t.count for t in before.things)
        assert [t.noun for t in after.things] == [t.noun for t in before.things]


def test_not_so_small_changes_a_size_and_nothing_else() -> None:
    for before, after in drafts("not_so"):
        assert [replace(t, size="") for t in after.things] == [replace(t, size="") for t in before.things]


def test_the_other_one_that_can_go_is_not_what_the_last_step_was_about() -> None:
    for chat in more_chats():
        for message in chat.messages:
            if message.kind == "other_gone":
                last = chat.pictures[message.about].changed[0].new
                assert last is not None
                assert [t.noun for t in chat.pictures[message.after].draft.things] == [last.noun]


def test_a_surrounding_that_is_wanted_back_was_there_before() -> None:
    for chat in more_chats():
        for message in chat.messages:
            if message.kind == "was_back":
                after = chat.pictures[message.after].draft
                earlier = [chat.pictures[p].draft for p in chat.path(message.about)[:-1]]
                now = chat.pictures[message.about].draft
                (slot,) = [s for s in SLOTS if now.said(s) != after.said(s)]
                assert after.things == now.things
                assert after.said(slot) in [draft.said(slot) for draft in earlier]


def test_an_earlier_picture_with_a_change_is_a_new_one() -> None:
    for chat in more_chats():
        for message in chat.messages:
            if message.kind == "back_and":
                path = [chat.pictures[p].prompt for p in chat.path(message.about)]
                assert message.answer.text not in path


def test_both_languages_come_in_a_mixed_conversation_only() -> None:
    mixed = [chat for chat in more_chats() if chat.mixed]
    assert 0.02 < len(mixed) / len(more_chats()) < 0.12


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_templates_of_the_bank_have_the_parts_of_their_moves(language: Language) -> None:
    for move, templates in said._of_bank(language).items():
        known = {part for template in said._TABLES[move][language] for part in PART.findall(template)}
        for template in templates:
            assert set(PART.findall(template)) <= known, template
            assert template.count("(") == template.count(")"), template
