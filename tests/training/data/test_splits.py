"""Train, selection and test share neither a scene nor an instruction, whatever the data."""

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.tiny import grammar
from training.config.settings import DataSettings
from training.data import examples, sources, splits
from training.data.examples import Example
from training.data.splits import PARTS, Splits
from training.data.tinyworld import held_out, part_of, tinyworld

TEXTS = st.lists(
    st.sampled_from(["fox", "foxes", "red", "night", "a", "the", "add", "雪", "sea", "!"]),
    min_size=1,
    max_size=4,
).map(" ".join)
EXAMPLES = st.lists(st.builds(Example, TEXTS, TEXTS, TEXTS, TEXTS), max_size=40)


def disjoint(parts: Splits) -> bool:
    keys = [
        [set(column) for column in zip(*map(splits.keys_of, getattr(parts, name)), strict=True)]
        for name in PARTS
    ]
    return not any(
        a & b for one, other in combinations(filter(None, keys), 2) for a, b in zip(one, other, strict=True)
    )


@settings(deadline=None)
@given(EXAMPLES, st.floats(0, 0.5), st.integers(0, 3))
def test_no_scene_and_no_instruction_is_in_two_parts_of_a_file(
    drawn: list[Example], share: float, seed: int
) -> None:
    parts = splits.split(drawn, share, seed)
    assert disjoint(parts)
    assert len(parts.train) + len(parts.selection) + len(parts.test) + parts.dropped == len(drawn)
    for name in PARTS:  # the answer for one does not depend on the others
        assert all(getattr(splits.split([one], share, seed), name) for one in getattr(parts, name))


@settings(deadline=None)
@given(EXAMPLES, EXAMPLES, st.floats(0, 0.5))
def test_nor_where_the_test_is_another_file(drawn: list[Example], test: list[Example], share: float) -> None:
    parts = splits.beside(drawn, test, share)
    assert disjoint(parts)
    assert parts.test == test
    assert len(parts.train) + len(parts.selection) + parts.dropped == len(drawn)


def test_the_same_words_are_one_scene_and_one_instruction() -> None:
    assert splits.words_key("Make it night!") == splits.words_key("night, make it")
    assert splits.words_key("a red fox") == splits.words_key("the red foxes")
    assert splits.words_key("雪を降らせて") != splits.words_key("夜にして")
    assert splits.words_key("it!") == "it!", "no content word: the letters decide"


def test_shares_are_what_they_say_and_the_dropped_are_counted(tmp_path: Path) -> None:
    drawn = [Example(f"scene{i % 300}", f"ask{i}", "b", "t") for i in range(3000)]
    examples.write(tmp_path / "all.jsonl", drawn)
    parts = sources.load(str(tmp_path / "all.jsonl"), held_out=0.2)
    assert len(parts.train) / 3000 == pytest.approx(0.36, abs=0.06)
    assert len(parts.test) / 3000 == pytest.approx(0.04, abs=0.02)
    assert parts.dropped / 3000 == pytest.approx(0.56, abs=0.07)
    assert f"{parts.dropped} in none" in str(parts)


def test_a_test_file_keeps_its_scenes_and_its_instructions_out_of_training(tmp_path: Path) -> None:
    seen = Example("a fox", "make it night", "b", "t")
    same_words, other = Example("a dog", "Night, make it!", "b", "t"), Example("a cat", "add snow", "b", "t")
    examples.write(tmp_path / "train.jsonl", [seen, same_words, other])
    examples.write(tmp_path / "test.jsonl", [seen])
    parts = sources.load(str(tmp_path / "train.jsonl"), str(tmp_path / "test.jsonl"), held_out=0.0)
    assert parts == Splits([other], [], [seen], 2)


def test_the_parts_of_tinyworld_are_disjoint_and_new_to_the_published_checkpoints() -> None:
    parts = Splits(tinyworld(150, 0), tinyworld(15, 0, "selection"), tinyworld(15, 0, "test"))
    assert disjoint(parts)
    scenes = {
        name: {str(grammar.parse(one.source_prompt)) for one in getattr(parts, name)} for name in PARTS
    }  # scenes, not only their words
    assert not any(a & b for a, b in combinations(scenes.values(), 2))
    for name in PARTS:
        own = getattr(parts, name)
        assert all(part_of(one.source_prompt, one.instruction) == name for one in own)
        assert all(held_out(one.source_prompt) == (name != "train") for one in own)


def test_what_chooses_is_not_what_reports() -> None:
    data = DataSettings(train="tinyworld:40", held_out=0.1, tasks=("direct",))
    train, selection = sources.load_edits(data)
    test = sources.part_edits(data, "test")
    assert (len(train), len(selection), len(test)) == (40, 4, 4)
    assert not {edit.key for edit in selection} & {edit.key for edit in test}
    assert sources.part_edits(data, "selection") == selection
    whole = sources.load_all(data)
    assert sources.load_all(data, "selection") == Splits([], whole.selection, [])
    assert {edit.measure for edit in (*train, *selection, *test)} == {data.measure} == {"meaning"}
