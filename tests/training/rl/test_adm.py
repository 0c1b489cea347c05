"""ADM on real generation: what positives carry, what hard negatives lack, plain rows untouched."""

import math
import random
from collections.abc import Callable, Sequence

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from torch.nn.utils.rnn import pad_sequence
from transformers import PreTrainedModel, PreTrainedTokenizerBase

from model.language.prompt import format_edit
from model.language.stems import content_stems, stem
from training.core.wordtokens import TokenTrie, WordTokens, word_in_progress
from training.data.integrity import Requirements
from training.rl import sampling
from training.rl.adm import ActionSpaces, Kind, Modification, Shares, hard_negative, plan, positive

PROMPT = format_edit("a fox in a meadow", "make it night")
WORDS = ["fox", "foxes", "snow", "snowman", "lantern", "giraffe", "café", "night", "8k", "don't", "a-frame"]


def require(*words: str, removed: Sequence[str] = ()) -> Requirements:
    return Requirements({stem(word): word for word in words}, frozenset(stem(word) for word in removed))


Sampled = tuple[torch.Tensor, torch.Tensor, torch.Tensor]
"""Tokens, and their log-probabilities under what was drawn from and under the policy; all [B, T]."""


def sample(
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerBase,
    modifications: Sequence[Modification],
    *,
    length: int = 24,
    seed: int = 0,
    temperature: float = 1.0,
    boost: float = 3.0,
    end: int | None = None,
) -> Sampled:
    prompts = tokenizer([PROMPT] * len(modifications), add_special_tokens=False)["input_ids"]
    spaces = ActionSpaces(
        modifications, WordTokens(tokenizer), tokenizer,
        max_new_tokens=length, temperature=temperature, boost=boost,
    )  # fmt: skip
    torch.manual_seed(seed)
    end, pad = tokenizer.eos_token_id if end is None else end, tokenizer.pad_token_id
    written = sampling.write(model, prompts, spaces, most=length, end=end, pad=pad)
    noted = [spaces.logprobs(row, len(ids)) for row, ids in enumerate(written)]
    columns = ([torch.tensor(ids) for ids in written], [mu for mu, _ in noted], [pi for _, pi in noted])
    tokens, behaviour, policy = (pad_sequence(column, batch_first=True) for column in columns)
    return tokens, behaviour, policy


def stems_of(tokenizer: PreTrainedTokenizerBase, ids: torch.Tensor) -> frozenset[str]:
    return content_stems(tokenizer.decode(ids, skip_special_tokens=True))


def tokens_needed(tokenizer: PreTrainedTokenizerBase, wanted: Modification) -> int:
    table = WordTokens(tokenizer)
    return sum(len(table.paths(word)[0]) for word in wanted.write.values())


def test_the_trie_knows_starts_and_the_longest_started_word() -> None:
    trie = TokenTrie([(1, 2, 3), (1, 4), (2, 9)])
    assert trie.starts == {1, 2}
    assert trie.continues([7, 1]) == {2, 4}
    assert trie.continues([1, 2]) == {3}
    assert trie.continues([1, 2, 3]) == set()
    assert TokenTrie([]).starts == set()


def test_a_word_in_progress_is_what_a_letter_would_lengthen() -> None:
    assert [word_in_progress(t) for t in ("a fo", "a fox ", "fox's", "fox'", "", "a,", "8k")] == [
        "fo", "", "fox's", "fox'", "", "", "8k",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["tokenizer", "metaspace_tokenizer"])
def test_paths_write_the_word_as_a_new_word(kind: str, request: pytest.FixtureRequest) -> None:
    tokenizer = request.getfixturevalue(kind)
    table = WordTokens(tokenizer)
    for word in ("fox", "lantern", "giraffe"):
        small, capital = (tokenizer.decode([*tokenizer.encode("a"), *path]) for path in table.paths(word))
        assert (small, capital) == (f"a {word}", f"a {word.capitalize()}")
    assert any(len(path) > 1 for path in table.paths("giraffe"))


def test_tokens_that_complete_a_word_in_any_segmentation(tokenizer: PreTrainedTokenizerBase) -> None:
    table = WordTokens(tokenizer)
    for before in ("", "a ", "a f", "a fo", "a FO", "ab", "a lanter", "the"):
        tail = word_in_progress(before)
        for barred in (frozenset({"fox"}), frozenset({"lantern", "fox"})):
            expected = {
                token
                for token in set(range(len(tokenizer))) - set(tokenizer.all_special_ids)
                if (content_stems(before + tokenizer.decode([token])) - content_stems(before)) & barred
            }
            assert table.completing(tail, barred) == expected


@pytest.mark.parametrize("decoder", [True, False])
def test_without_adm_samples_equal_plain_generation(
    make_qwen: Callable, tokenizer: PreTrainedTokenizerBase, monkeypatch: pytest.MonkeyPatch, decoder: bool
) -> None:
    """Also of models that the decoder cannot write with. As far as the first row ends: from then on fewer
    random numbers are drawn."""
    monkeypatch.setattr(sampling, "can_decode", lambda _: decoder)
    model, rows, end = make_qwen(), 3, tokenizer.eos_token_id
    prompt = tokenizer([PROMPT] * rows, return_tensors="pt", add_special_tokens=False)
    torch.manual_seed(7)
    plain = model.generate(
        **prompt, do_sample=True, temperature=0.7, top_k=0, top_p=1.0, max_new_tokens=24,
        eos_token_id=end, pad_token_id=tokenizer.pad_token_id,
    )[:, prompt["input_ids"].shape[1] :]  # fmt: skip
    tokens, behaviour, policy = sample(model, tokenizer, [Modification()] * rows, seed=7, temperature=0.7)
    ended = min((row.tolist().index(end) for row in plain if end in row), default=plain.shape[1] - 1)
    assert ended > 3
    assert tokens[:, : ended + 1].tolist() == plain[:, : ended + 1].tolist()
    assert torch.equal(behaviour, policy)


def test_rows_that_have_ended_are_computed_no_more(
    make_qwen: Callable, tokenizer: PreTrainedTokenizerBase
) -> None:
    model, plans = make_qwen(), [Modification()] * 6
    tokens, _, _ = sample(model, tokenizer, plans, length=30)
    end = int(tokens[0, 5])
    passes: list[int] = []
    model.get_input_embeddings().register_forward_hook(lambda _, inputs, __: passes.append(len(inputs[0])))
    tokens, behaviour, _ = sample(model, tokenizer, plans, length=30, end=end)
    lengths = [row.index(end) + 1 if end in row else 30 for row in tokens.tolist()]
    assert lengths[0] <= 6 < max(lengths)
    assert sum(passes) == sum(lengths)
    assert (behaviour != 0).sum().item() == sum(lengths)


def _with_prompt(tokenizer: PreTrainedTokenizerBase, written: torch.Tensor) -> torch.Tensor:
    prompt = tokenizer([PROMPT] * len(written), return_tensors="pt", add_special_tokens=False)["input_ids"]
    return torch.cat([prompt, written], dim=1)


@pytest.mark.parametrize("kind", [("make_qwen", "tokenizer"), ("make_llama", "metaspace_tokenizer")])
def test_a_positive_carries_all_and_a_hard_negative_lacks_exactly_the_chosen(
    kind: tuple[str, str], request: pytest.FixtureRequest
) -> None:
    model, tokenizer = request.getfixturevalue(kind[0])(), request.getfixturevalue(kind[1])
    wanted = require("fox", "giraffe", "lantern", "night", removed=["snow", "cat"])
    rng = random.Random(3)
    rows = [positive(wanted), *(hard_negative(wanted, rng) for _ in range(11))]
    length = max(tokens_needed(tokenizer, row) for row in rows)
    written, _, _ = sample(model, tokenizer, rows, length=length)
    restored = 0
    for row, ids in zip(rows, written, strict=True):
        present = stems_of(tokenizer, ids)
        assert set(row.write) <= present
        assert not row.bar & present
        lacking, back = wanted.stems - present, wanted.removed & present
        restored += len(back)
        allowed = {Kind.POSITIVE: [(0, 0)], Kind.HARD_NEGATIVE: [(1, 0), (2, 0), (0, 1)]}[row.kind]
        assert (len(lacking), len(back)) in allowed
    assert 0 < restored < 11


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    wanted=st.lists(st.sampled_from(WORDS), max_size=4, unique=True),
    gone=st.lists(st.sampled_from([*WORDS, "cat", "now", "e"]), max_size=4),
    spare=st.integers(0, 12),
    seed=st.integers(0, 1000),
    boost=st.sampled_from([0.0, 4.0]),
)
def test_any_positive_keeps_its_promise(
    make_qwen: Callable, tokenizer: PreTrainedTokenizerBase,
    wanted: list[str], gone: list[str], spare: int, seed: int, boost: float,
) -> None:  # fmt: skip
    requirements = require(*(word for word in wanted if "-" not in word))
    removed = frozenset(map(stem, gone)) - requirements.stems
    row = positive(Requirements(requirements.required, removed))
    length = max(1, tokens_needed(tokenizer, row)) + spare
    written, _, _ = sample(make_qwen(), tokenizer, [row], length=length, seed=seed, boost=boost)
    present = stems_of(tokenizer, written[0])
    assert set(row.write) <= present
    assert not row.bar & present


def test_too_little_length_still_ends_and_writes_what_it_can(
    make_qwen: Callable, tokenizer: PreTrainedTokenizerBase
) -> None:
    written, _, _ = sample(make_qwen(), tokenizer, [positive(require("fox", "night", "giraffe"))], length=2)
    assert written.shape[1] == 2
    assert len(stems_of(tokenizer, written[0])) >= 1


def test_behaviour_logprobs_are_those_of_the_modified_distribution(
    make_qwen: Callable, tokenizer: PreTrainedTokenizerBase
) -> None:
    model, temperature = make_qwen(), 0.8
    rows = [positive(require("giraffe")), Modification()]
    written, behaviour, policy = sample(model, tokenizer, rows, length=9, temperature=temperature)
    sequences = _with_prompt(tokenizer, written)
    with torch.no_grad():
        logits = model(sequences).logits[:, -written.shape[1] - 1 : -1]
    expected = torch.log_softmax(logits / temperature, -1).gather(-1, written.unsqueeze(-1)).squeeze(-1)
    torch.testing.assert_close(policy, expected, atol=1e-4, rtol=1e-4)
    torch.testing.assert_close(behaviour[1], policy[1])
    forced = [token for token in range(9) if math.isclose(behaviour[0, token].item(), 0.0, abs_tol=1e-6)]
    assert forced, "the last tokens of the word are the only ones allowed"
    assert (behaviour[0] - policy[0]).abs().max() > 0.5


def test_a_hard_negative_bars_what_may_stand_for_the_dropped_word_but_nothing_that_is_kept() -> None:
    also = {"walk": frozenset({"stroll", "hike"}), "hike": frozenset({"walk"})}
    wanted = Requirements({"walk": "walk", "hike": "hike"}, also=also)
    negatives = [hard_negative(wanted, random.Random(seed)) for seed in range(20)]
    assert {frozenset(row.write) for row in negatives} == {
        frozenset(),
        frozenset({"walk"}),
        frozenset({"hike"}),
    }
    for row in negatives:
        assert row.bar == frozenset({"walk", "stroll", "hike"}) - (
            {"stroll"} if "walk" in row.write else set()
        ) - set(row.write)


def test_shares_are_drawn_as_asked_and_nothing_to_break_stays_plain() -> None:
    rng, wanted = random.Random(0), require("fox", "night", removed=["cat"])
    kinds = [plan(wanted, Shares(0.5, 0.3), rng).kind for _ in range(2000)]
    assert kinds.count(Kind.POSITIVE) / 2000 == pytest.approx(0.5, abs=0.04)
    assert kinds.count(Kind.HARD_NEGATIVE) / 2000 == pytest.approx(0.3, abs=0.04)
    assert hard_negative(Requirements(), rng) == Modification()
    assert plan(wanted, Shares(0, 0), rng) == Modification()
