import random

from model.language.conversation import read_mark
from model.language.stems import words
from training.tiny.chatter import chatter
from training.tiny.lm_data import Mixture, draw
from training.tiny.lm_eval import talk_scores
from training.tiny.vocabulary import listed


def test_talk_is_made_up_of_all_there_is() -> None:
    lines = [chatter(random.Random(seed)) for seed in range(3000)]
    assert all(line.strip() and "{" not in line for line in lines)
    assert len(set(lines)) > 2000
    assert lines == [chatter(random.Random(seed)) for seed in range(3000)]


def test_what_is_measured_is_not_practised() -> None:
    """Lines of three words and more are not among the talk of a long training."""
    practised = {" ".join(words(chatter(random.Random(seed)))) for seed in range(20_000)}
    measured = {" ".join(words(line)) for line in listed("chatter_held_out")}
    assert len(measured) > 80
    both = {line for line in practised & measured if len(line.split()) > 2}
    assert not both


def test_talk_is_answered_by_a_mark() -> None:
    only_marks = Mixture(
        world=0,
        wishes=0,
        bank=0,
        drafted=0,
        real=0,
        captions=0,
        gibberish=0,
        marks=1,
        chats=0,
        open_chats=0,
        german=0,
    )
    rng = random.Random(0)
    pieces = [draw(rng, (), 0.0, only_marks)[0] for _ in range(50)]
    assert all(read_mark(piece.answer).kind != "edit" for piece in pieces)


def test_talk_is_scored_by_what_stays() -> None:
    untouched, n = talk_scores(lambda pairs: [source for source, _ in pairs], per_line=1)
    assert (untouched, n) == (1.0, len(listed("chatter_held_out")))
    assert talk_scores(lambda pairs: [f"{source} {said}" for source, said in pairs], per_line=1)[0] == 0.0
