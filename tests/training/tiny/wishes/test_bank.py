"""Wishes as lines of text files: every line suits some picture, and asks for what it says."""

import random
from functools import cache

import pytest

from model.tiny import grammar
from model.tiny.drafts import Draft, NounPhrase, scene_of
from training.tiny.wishes.bank.lines import HERE, Line, lines
from training.tiny.wishes.bank.pictures import bank_picture
from training.tiny.wishes.bank.wish import bank_talk, of_bank, said
from training.tiny.wishes.kinds import seen
from training.tiny.wishes.voice import Language, Part, Voice

FILES = sorted(HERE.glob("*.txt"))
BOAT = NounPhrase("boat", "red")
FOXES = NounPhrase("fox", "", "", 2, "two")
BOAT_AND_FOXES = Draft((BOAT, FOXES), phrases=(("place", "on the beach"), ("time", "at night")))
THREE_CATS = Draft((NounPhrase("cat", "black", "small", 3, "three"),), tags=(("style", "pixel art"),))


@cache
def pictures() -> tuple[Draft, ...]:
    rng = random.Random(0)
    return tuple(bank_picture(rng) for _ in range(1500))


def asked(line: str, picture: Draft, language: Language = "en", seed: int = 0) -> tuple[str, str]:
    """What a line that suits the picture says, and the prompt it asks for; A is the first thing."""
    rng = random.Random(seed)
    tries = (said(Voice(rng, language), picture, Line.of(line)) for _ in range(100))
    made = next(filter(None, tries))
    return made[0].text, str(made[1])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_line_suits_some_picture_and_what_it_asks_for_reads_back(file) -> None:
    language: Language = "de" if file.stem.startswith("de") else "en"
    rng = random.Random(1)
    rows = [row for row in file.read_text("utf-8").splitlines() if row.strip() and not row.startswith("#")]
    assert len(set(rows)) == len(rows)
    for row in rows:
        line = Line.of(row)
        found = (said(Voice(rng, language), picture, line) for picture in pictures())
        clause, after = next((made for made in found if made), (None, None))
        assert clause is not None, row
        assert after is not None
        assert not set("{}|") & set(clause.text.replace("||", "")), row
        assert line.asks_for_nothing or grammar.parse(str(after)) == seen(after), row


@pytest.mark.parametrize(
    ("line", "before", "text", "after"),
    [
        ("?A=boat; A.colour=B :: {A1} like {Bs}", BOAT_AND_FOXES, None,
         "an orange boat and two foxes on the beach at night"),
        ("?A=fox; A.count=-1 :: {Anum} {An}, lose one", BOAT_AND_FOXES, None,
         "a red boat and a fox on the beach at night"),
        ("?A=fox; only A :: x", BOAT_AND_FOXES, "x", "two foxes on the beach at night"),
        ("?A=boat; A.colour=natural; ?time=night; time=day :: x", BOAT_AND_FOXES, "x",
         "a boat and two foxes on the beach"),
        ("time=day :: x", BOAT_AND_FOXES, "x", "a red boat and two foxes on the beach during the day"),
        ("?A=boat; A.count=B :: x", BOAT_AND_FOXES, "x", "two red boats and two foxes on the beach at night"),
        ("?A=boat; swap count :: x", BOAT_AND_FOXES, "x", "two red boats and a fox on the beach at night"),
        ("?A=boat; swap colour :: x", BOAT_AND_FOXES, "x",
         "an orange boat and two red foxes on the beach at night"),
        ("-A; -B :: x", BOAT_AND_FOXES, "x", "the beach at night"),
        ("one A.colour=white :: x", THREE_CATS, "x", "two small black cats and a small white cat, pixel art"),
        ("rest A.size=+ :: x", THREE_CATS, "x", "two black cats and a small black cat, pixel art"),
        ("style=flat; A.size=large :: x", THREE_CATS, "x", "three large black cats"),
    ],
)  # fmt: skip
def test_what_effects_do(line: str, before: Draft, text: str | None, after: str) -> None:
    words, prompt = asked(line, before)
    assert prompt == after
    assert text in (None, words)


@pytest.mark.parametrize(
    "line",
    [
        "?A.n=3; A.count=+1 :: x",  # there are no four
        "?weather=rain; weather=clear :: x",
        "style=pixel :: x",  # it is pixel art already
        "A.colour=black :: x",
        "A.colour=B :: x",  # there is one thing only
        "A>N :: x",  # three of them
        "one A.size=small; time=night :: x",  # all three are small
        "rest A.colour=black; time=night :: x",
    ],
)
def test_a_line_that_changes_nothing_or_cannot_be_suits_no_picture(line: str) -> None:
    assert said(Voice(random.Random(0), "en"), THREE_CATS, Line.of(line)) is None


@pytest.mark.parametrize(
    "line",
    [
        "no effect",
        "A.colour=rde :: x",
        "A.size=big :: x",
        "A.weight=2 :: x",
        "?A.age=3; -A :: x",
        "-A :: {Z}",
        " :: x",
        "-A :: ",
    ],
)
def test_what_is_not_known_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"effect|condition|slot|line"):
        asked(line, THREE_CATS)


def test_two_of_a_kind_that_are_alike_then_are_one_kind() -> None:
    twins = Draft((NounPhrase("balloon", "red"), NounPhrase("balloon", "blue")))
    assert asked("?A.colour=red; A.colour=B :: {A} like {B}", twins)[1] == "two blue balloons"


def test_two_of_a_kind_are_named_apart() -> None:
    twins = Draft((NounPhrase("balloon", "red"), NounPhrase("balloon", "blue")))
    for seed in range(30):
        text = asked("?A.colour=red; -A :: {A}", twins, seed=seed)[0]
        assert "red" in text


@pytest.mark.parametrize("line", ["?A=balloon; -A :: no balloons", "?A=balloon; -A :: no {As}"])
def test_what_names_a_kind_is_not_said_of_two_of_it(line: str) -> None:
    twins = Draft((NounPhrase("balloon", "red"), NounPhrase("balloon", "blue")))
    assert said(Voice(random.Random(0), "en"), twins, Line.of(line)) is None
    assert asked(line, Draft((NounPhrase("balloon", "red"), BOAT)))[1] == "a red boat"


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("part", ["train", "selection"])
def test_wishes_and_talk_are_found_for_most_pictures(language: Language, part: Part) -> None:
    rng = random.Random(5)
    made = [of_bank(Voice(rng, language, part), picture) for picture in pictures()[:200]]
    assert sum(map(bool, made)) > 180
    talked = [bank_talk(Voice(rng, language, part), picture) for picture in pictures()[:200]]
    assert sum(map(bool, talked)) > 180
    assert {question for _, question in filter(None, talked)} == {True, False}


def test_parts_share_no_line() -> None:
    for language in ("en", "de"):
        for talk in (False, True):
            trained = {line.text for line in lines(language, "train", talk=talk)}
            held_out = {line.text for line in lines(language, "selection", talk=talk)}
            assert held_out
            assert not trained & held_out


def test_pictures_are_read_back() -> None:
    for picture in pictures()[:300]:
        assert grammar.parse(str(picture)) == scene_of(picture)
    assert any(
        len(picture.things) == 2 and picture.things[0].noun == picture.things[1].noun
        for picture in pictures()
    )
