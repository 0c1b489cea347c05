"""Preference data as files: what TRL and PickScore read, and public files mixed in."""

from pathlib import Path

import pytest
from PIL import Image
from trl.data_utils import is_conversational

from model.language.prompt import format_edit
from tests.training.reacting import people, record, snapshot, votes
from training.config.preference_settings import CleaningSettings, PairSettings
from training.errors import DataError
from training.preferences import formats
from training.preferences.pairs import labels, picture_pairs, prompt_pairs
from training.preferences.votes import Cleaned, clean

LOOSE = PairSettings(margin=0.0, tie=0.0, votes=0.5)


@pytest.fixture
def cleaned() -> Cleaned:
    crowd = people(6)
    loved = record(
        1, votes((p, 1) for p in crowd), instruction="make it night", target="a fox at night, neon"
    )
    other = record(
        2, votes((p, -1) for p in crowd), instruction="make it night", target="a fox at night, flat"
    )
    return clean(snapshot(loved, other), CleaningSettings())


def test_pairs_and_labels_are_in_trls_formats_with_servings_texts(cleaned: Cleaned) -> None:
    [pair] = formats.dpo_rows(prompt_pairs(cleaned, LOOSE))
    asked = format_edit("a fox", "make it night")
    assert (pair["prompt"], pair["chosen"], pair["rejected"]) == (
        asked, " a fox at night, neon", " a fox at night, flat",
    )  # fmt: skip
    assert not is_conversational(pair)
    found = formats.kto_rows(labels(cleaned, LOOSE))
    assert [(row["prompt"], row["completion"], row["label"]) for row in found] == [
        (asked, " a fox at night, neon", True),
        (asked, " a fox at night, flat", False),
    ]


def test_ties_are_no_pairs_for_dpo_and_halves_for_pictures() -> None:
    same = clean(
        snapshot(record(1, votes([("p", 1)])), record(2, votes([("q", 1)]), target="another")),
        CleaningSettings(),
    )
    assert formats.dpo_rows(prompt_pairs(same, LOOSE)) == []
    [row] = formats.picture_rows(picture_pairs(same, LOOSE))
    assert (row["label_0"], row["label_1"], row["why"]) == (0.5, 0.5, "score")


def test_the_label_follows_the_picture_whichever_side_it_is_on(cleaned: Cleaned) -> None:
    pairs = picture_pairs(cleaned, LOOSE)
    better = pairs[0].better.record.candidates[0].picture
    sides = set()
    for seed in range(12):
        [row] = formats.picture_rows(pairs, seed)
        sides.add(row["image_0"] == better)
        assert (row["label_0"] if row["image_0"] == better else row["label_1"]) == 1.0
        assert row["weight"] == 1 / row["num_example_per_prompt"] == 1.0
    assert sides == {True, False}


def public(folder: Path, **changed: object) -> Path:
    for name in ("a.png", "b.png"):
        Image.new("RGB", (8, 8)).save(folder / name)
    row = {"caption": "a fox", "image_0": "a.png", "image_1": "b.png", "label_0": 1.0, "label_1": 0.0}
    formats.write(folder / "public.jsonl", [row | changed] * 9)
    return folder / "public.jsonl"


def test_public_rows_are_mixed_in_at_the_share_that_is_wished(tmp_path: Path) -> None:
    rows = formats.read_public(public(tmp_path))
    assert Path(rows[0]["image_0"]).is_file()
    own = [{"why": "votes"}] * 6
    mix = formats.mixed(own, rows, 0.25)
    assert [row["why"] for row in mix].count("public") == 2
    assert formats.mixed(own, rows, 0.0) == own
    with pytest.raises(DataError, match="lower the share"):
        formats.mixed(own, rows, 0.9)


@pytest.mark.parametrize(("changed", "words"), [
    ({"label_0": 0.9}, "must add up to 1"), ({"caption": 3}, "'caption' is missing or no str"),
    ({"image_1": "gone.png"}, "there is no picture gone.png"),
])  # fmt: skip
def test_every_unusable_line_of_a_public_file_is_named(
    tmp_path: Path, changed: dict[str, object], words: str
) -> None:
    with pytest.raises(DataError) as caught:
        formats.read_public(public(tmp_path, **changed))
    assert len(caught.value.problems) == 9
    assert caught.value.problems[0].startswith("line 1: ")
    assert words in caught.value.problems[0]
