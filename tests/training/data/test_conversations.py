"""Conversations as data: true edits, threads on a model's own words, and the sources that give them."""

import pytest

from model.engine import Step
from training.config.settings import DataSettings
from training.data import sources
from training.data.conversations import (
    Conversation,
    Thread,
    Turn,
    describe,
    load_conversations,
    open_conversations,
)
from training.data.integrity import requirements_of
from training.errors import DataError

FOX = Conversation(
    "a red fox",
    (
        Turn("make it night", "a red fox at night", "a red fox at night"),
        Turn("add a lantern", "a red fox and a lantern at night", "a red fox and a lantern at night"),
    ),
)


def test_true_edits_have_the_true_steps_before_them() -> None:
    first, second = FOX.edits()
    assert (first.source_prompt, first.history, first.true_source) == ("a red fox", (), "")
    assert second.source_prompt == "a red fox at night"
    assert second.history == (Step("a red fox", "make it night"),)
    assert second.target_prompt == "a red fox and a lantern at night"


def test_a_thread_goes_on_from_what_was_written() -> None:
    thread = Thread(FOX, FOX.source_prompt).after("make it night", "a blue fox at night")
    edit = thread.edit(1)
    assert (edit.source_prompt, edit.true_source) == ("a blue fox at night", "a red fox at night")
    assert edit.history == (Step("a red fox", "make it night"),)
    assert edit.key == FOX.edits()[1].key, "all members of a group have the seeds of the true edit"


@pytest.mark.parametrize("written", [None, "a red fox", "A red fox."])
def test_what_paints_nothing_leaves_prompt_and_history(written: str | None) -> None:
    thread = Thread(FOX, FOX.source_prompt)
    assert thread.after("make it night", written) == thread


def test_requirements_are_those_of_the_true_source_and_what_was_added_must_go() -> None:
    edit = Thread(FOX, FOX.source_prompt).after("make it night", "a blue house at night").edit(1)
    wanted = requirements_of(edit)
    assert set(wanted.required.values()) == {"red", "fox", "lantern", "night"}
    assert {"blue"} <= wanted.removed
    assert not wanted.removed & wanted.stems
    assert requirements_of(FOX.edits()[1]).removed == frozenset()


def test_sources_give_parts_that_begin_with_other_scenes() -> None:
    train, selection = load_conversations(
        DataSettings(train="tinyworld-chats:4", held_out=0.25, measure="asked")
    )
    assert (len(train), len(selection)) == (4, 1)
    assert {one.measure for one in (*train, *selection)} == {"asked"}
    assert not {one.source_prompt for one in train} & {one.source_prompt for one in selection}
    assert "4 conversations of" in describe(train)


def test_talk_is_a_turn_where_it_is_asked_for() -> None:
    source = DataSettings(train="tinyworld-chats:40")
    (edits, _), (all_of_it, _) = load_conversations(source), load_conversations(source, talk=True)
    assert [one.without_talk() for one in all_of_it] == edits
    assert all_of_it != edits
    assert {turn.kind for one in edits for turn in one.turns} == {"edit"}


@pytest.mark.parametrize("source", ["tinyworld-chats:many", "tinyworld-chats:0", "tinyworld:9"])
def test_what_names_no_conversations_is_refused(source: str) -> None:
    with pytest.raises(DataError, match="names no conversations"):
        open_conversations(source)


def test_methods_of_single_edits_refuse_conversations() -> None:
    with pytest.raises(DataError, match="`training rl` alone"):
        sources.load("tinyworld-chats:5")
