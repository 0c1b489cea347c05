"""The tokenizer, the split, and packed batches."""

import functools
import random

import numpy as np
import pytest
import torch
from transformers import PreTrainedTokenizerFast

from model.language.conversation import Answer, format_conversation
from model.language.prompt import format_edit, format_target
from training.data.tinyworld import held_out, part_of
from training.tiny import lm_data
from training.tiny.conversations.state import MISTAKEN
from training.tiny.conversations.talk import random_chat
from training.tiny.conversations.texts import lesson
from training.tiny.lm_data import (
    IGNORE,
    ROW,
    Mixture,
    Packer,
    draw,
    meant,
    train_tokenizer,
    wish,
    world_edit,
)
from training.tiny.openvocab import TextEdit


@functools.cache
def tokenizer() -> PreTrainedTokenizerFast:
    return train_tokenizer((), 600, samples=300)


def test_any_text_survives_the_tokenizer() -> None:
    text = "a zörblax 🦊 in 東京, 8k"
    ids = tokenizer()(text)["input_ids"]
    assert ids[0] == tokenizer().bos_token_id == 1
    assert tokenizer().decode(ids, skip_special_tokens=True) == text


def test_a_word_has_the_same_tokens_in_source_and_target() -> None:
    prompt = tokenizer()(format_edit("zorblax house", ""))["input_ids"]
    target = tokenizer()(format_target("zorblax house"), add_special_tokens=False)["input_ids"]
    joined = " ".join(map(str, prompt))
    assert " ".join(map(str, target)) in joined


def test_held_out_sources_are_a_small_part_and_never_trained_on() -> None:
    rng = random.Random(0)
    edits = [world_edit(rng) for _ in range(300)]
    assert not any(held_out(edit.source) for edit in edits)
    assert {part_of(edit.source, edit.instruction) for edit in edits} == {"train"}
    assert 0.005 < sum(held_out(f"source {i}") for i in range(4000)) / 4000 < 0.05


def test_practice_comes_first() -> None:
    def gibberish(early: float) -> int:
        rng = random.Random(1)
        return sum(
            "zz" in pieces[0].text or not pieces[0].text.split("\n")[0].isascii()
            for pieces in (draw(rng, (), early, Mixture()) for _ in range(300))
        )

    assert gibberish(1.0) > gibberish(0.0)


def test_a_batch_is_packed_and_its_labels_are_the_answers() -> None:
    packer = Packer(tokenizer(), (), rows=3)
    batch = packer.batch(np.random.default_rng(0), early=0.0)
    assert batch.ids.shape == batch.labels.shape == (3, ROW)
    assert batch.seen.shape == (3, ROW, ROW)
    assert (batch.example > 0).float().mean() > 0.7
    wanted = (batch.labels != IGNORE) & (batch.labels != packer.tokenizer.eos_token_id)
    following = batch.labels[wanted] == torch.roll(batch.ids, -1, 1)[wanted]
    assert following.all()
    assert (batch.labels == packer.tokenizer.eos_token_id).sum() >= batch.example.amax(1).sum()


def test_examples_of_a_row_do_not_see_each_other() -> None:
    batch = Packer(tokenizer(), (), rows=2).batch(np.random.default_rng(1), early=0.0)
    other = batch.example[:, :, None] != batch.example[:, None, :]
    assert not (batch.seen & other).any()
    assert not batch.seen.triu(1).any()
    assert batch.seen.diagonal(dim1=1, dim2=2).all()


def test_a_message_of_a_conversation_is_read_as_it_is_served() -> None:
    """What a token reads, in its order, are the tokens of the request; and its positions are theirs."""
    chat = random_chat(random.Random(4), messages=6)
    tokens = Packer(tokenizer(), (), rows=1).tokens(lesson(chat))
    eos = tokenizer().eos_token_id
    asked = {
        tuple(tokenizer()(format_conversation(prompt, m.instruction, chat.history(m.about)))["input_ids"]): m
        for m in chat.messages
        if m.kind != MISTAKEN
        for prompt in [chat.pictures[m.about].prompt]
    }
    begins = [
        i
        for i, label in enumerate(tokens.labels)
        if label != IGNORE and (i == 0 or tokens.labels[i - 1] in (IGNORE, eos))
    ]
    read = [tuple(np.array(tokens.ids)[tokens.seen[i]]) for i in begins]
    assert set(read) == set(asked)
    for i in begins:
        assert list(np.array(tokens.positions)[tokens.seen[i]]) == list(range(tokens.positions[i] + 1))


def test_words_that_ask_for_nothing_are_chat() -> None:
    assert meant(TextEdit("a fox", "Thanks!", "a fox")) == Answer("chat", "")
    assert meant(TextEdit("a fox", "make it big", "a big fox")) == Answer("edit", "a big fox")
    assert meant(TextEdit("a big fox", "make it big", "a big fox")) == Answer("edit", "a big fox")


def test_wishes_are_of_the_train_part() -> None:
    rng = random.Random(2)
    assert {part_of(wish(rng).source, "") for _ in range(20)} == {"train"}


def test_the_same_generator_gives_the_same_batch() -> None:
    packer = Packer(tokenizer(), (), rows=1)
    first, second = (packer.batch(np.random.default_rng(7), 0.5) for _ in range(2))
    assert torch.equal(first.ids, second.ids)


def test_a_wish_for_what_is_not_there_leaves_the_prompt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lm_data, "ABSENT", 1.0)
    edits = [lm_data.wish(random.Random(seed)) for seed in range(30)]
    unchanged = [edit for edit in edits if edit.source == edit.target]
    assert len(unchanged) > 15
    assert all(edit.instruction for edit in unchanged)
