"""Conversations for reinforcement learning: their length, their parts, and that the world reads them."""

import functools
from itertools import pairwise

from training.data.conversations import Conversation
from training.data.splits import PARTS, Part
from training.data.tinyworld import held_out, part_of
from training.tiny.turns import LEAST, MOST, conversations


@functools.cache
def made(part: Part) -> tuple[Conversation, ...]:
    return tuple(conversations(6 if part == "train" else 2, 0, part))


def test_the_same_seed_gives_the_same_conversations() -> None:
    assert conversations(2, 0) == list(made("train")[:2])
    assert conversations(2, 1) != list(made("train")[:2])


def test_what_is_said_between_the_edits_leaves_everything_as_it_is() -> None:
    kinds: set[str] = set()
    for one in conversations(40, 0):
        prompt = one.source_prompt
        for turn in one.turns:
            assert turn.kind == "edit" or turn.target_prompt == prompt
            prompt = turn.target_prompt
            kinds.add(turn.kind)
        assert one.turns[-1].kind == "edit"
        edits = one.without_talk().turns
        assert edits == tuple(turn for turn in one.turns if turn.kind == "edit")
    assert kinds <= {"edit", "chat", "question", "unclear"}
    assert len(kinds) > 1, "nobody talks"


def test_each_has_three_to_eight_edits_that_ask_for_something() -> None:
    for one in (one.without_talk() for part in PARTS for one in made(part)):
        assert LEAST <= len(one.turns) <= MOST
        prompts = [one.source_prompt, *(turn.target_prompt for turn in one.turns)]
        assert all(before != after for before, after in pairwise(prompts))
        assert all(turn.instruction.strip() and turn.intent for turn in one.turns)


def test_parts_begin_with_scenes_of_their_own_and_training_shows_none_of_the_others() -> None:
    for part in PARTS:
        assert {part_of(one.source_prompt, "") for one in made(part)} == {part}
    shown = [turn.target_prompt for one in made("train") for turn in one.turns]
    assert not any(map(held_out, shown))
