"""ADM on real generation: what positives carry, what hard negatives lack, plain rows untouched."""

import math
import random
from collections.abc import Callable, Sequence

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from transformers import LogitsProcessorList, PreTrainedModel, PreTrainedTokenizerBase

from model.language.prompt import format_edit
from model.language.stems import content_stems, stem
from training.core.wordtokens import TokenTrie, WordTokens, word_in_progress
from training.data.integrity import Requirements
from training.rl.adm import ADMProcessor, Kind, Modification, Shares, hard_negative, plan, positive

PROMPT = format_edit("a fox in a meadow", "make it night")
WORDS = ["fox", "foxes", "snow", "snowman", "lantern", "giraffe", "café", "night", "8k", "don't", "a-frame"]


def require(*words: str, removed: Sequence[str] = ()) -> Requirements:
    return Requirements({stem(word): word for word in words}, frozenset(stem(word) for word in removed))


def sample(
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerBase,
    modifications: Sequence[Modification] | None,
    *,
    length: int = 24,
    seed: int = 0,
    rows: int = 1,
    temperature: float = 1.0,
    boost: float = 3.0,
) -> tuple[torch.Tensor, ADMProcessor | None]:
    rows = len(modifications) if modifications else rows
    prompt = tokenizer([PROMPT] * rows, return_tensors="pt", add_special_tokens=False)
    processor = modifications and ADMProcessor(
        modifications, WordTokens(tokenizer), tokenizer,
        max_new_tokens=length, temperature=temperature, boost=boost,
    )  # fmt: skip
    torch.manual_seed(seed)
    sequences = model.generate(
        **prompt, do_sample=True, temperature=temperature, top_k=0, top_p=1.0, max_new_tokens=length,
        eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.pad_token_id,
        logits_processor=LogitsProcessorList([processor] if processor else []),
    )  # fmt: skip
    return sequences[:, prompt["input_ids"].shape[1] :], processor or None


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


def test_without_adm_samples_equal_plain_generation(
    make_qwen: Callable, tokenizer: PreTrainedTokenizerBase
) -> None:
    model = make_qwen()
    plain, _ = sample(model, tokenizer, None, rows=3, seed=7, temperature=0.7)
    off, processor = sample(model, tokenizer, [Modification()] * 3, seed=7, temperature=0.7)
    assert plain.tolist() == off.tolist()
    assert processor is not None
    behaviour, policy = processor.record(_with_prompt(tokenizer, off))
    assert torch.equal(behaviour, policy)


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
    written, _ = sample(model, tokenizer, rows, length=length)
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
    written, _ = sample(make_qwen(), tokenizer, [row], length=length, seed=seed, boost=boost)
    present = stems_of(tokenizer, written[0])
    assert set(row.write) <= present
    assert not row.bar & present


def test_too_little_length_still_ends_and_writes_what_it_can(
    make_qwen: Callable, tokenizer: PreTrainedTokenizerBase
) -> None:
    written, _ = sample(make_qwen(), tokenizer, [positive(require("fox", "night", "giraffe"))], length=2)
    assert written.shape[1] == 2
    assert len(stems_of(tokenizer, written[0])) >= 1


def test_behaviour_logprobs_are_those_of_the_modified_distribution(
    make_qwen: Callable, tokenizer: PreTrainedTokenizerBase
) -> None:
    model, temperature = make_qwen(), 0.8
    rows = [positive(require("giraffe")), Modification()]
    written, processor = sample(model, tokenizer, rows, length=9, temperature=temperature)
    assert processor is not None
    sequences = _with_prompt(tokenizer, written)
    behaviour, policy = processor.record(sequences)
    with torch.no_grad():
        logits = model(sequences).logits[:, -written.shape[1] - 1 : -1]
    expected = torch.log_softmax(logits / temperature, -1).gather(-1, written.unsqueeze(-1)).squeeze(-1)
    torch.testing.assert_close(policy, expected, atol=1e-4, rtol=1e-4)
    torch.testing.assert_close(behaviour[1], policy[1])
    forced = [token for token in range(9) if math.isclose(behaviour[0, token].item(), 0.0, abs_tol=1e-6)]
    assert forced, "the last tokens of the word are the only ones allowed"
    assert (behaviour[0] - policy[0]).abs().max() > 0.5


def test_record_before_generation_is_refused(tokenizer: PreTrainedTokenizerBase) -> None:
    processor = ADMProcessor([], WordTokens(tokenizer), tokenizer, max_new_tokens=1, temperature=1, boost=0)
    with pytest.raises(RuntimeError, match="before generate"):
        processor.record(torch.zeros(1, 1).long())


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
