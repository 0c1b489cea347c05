"""Several texts written at once, with runs looked up in each: the tokens that `generate` writes."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
import torch
from transformers import GenerationConfig

from model.language import decoding, lookup
from model.language.decoding import Decoder, Text, can_decode, read_through
from model.language.prefix_cache import PrefixCache
from model.language.sampling import Drawing, Sampling
from tests.model.conftest import build_llm

PAD, MOST, VOCABULARY = 0, 24, 40
GREEDY = Sampling(0, 0)


@pytest.fixture(scope="module")
def model() -> Any:
    """Few words, so that it repeats itself and much of what is looked up is right; double, so that no two
    tokens are equally likely."""
    return build_llm("llama", VOCABULARY).double().eval()


def prompts(count: int) -> list[list[int]]:
    torch.manual_seed(3)
    rows = [torch.randint(1, VOCABULARY, (5 + 3 * i % 11,)).tolist() for i in range(count)]
    return [row * 2 for row in rows]


def alone(model: Any, prompt: list[int], end: int | None = None) -> list[int]:
    """What transformers writes without lookup, up to and with the end token."""
    how = GenerationConfig(max_new_tokens=MOST, do_sample=False, pad_token_id=PAD, eos_token_id=end)
    ids = torch.tensor([prompt])
    with torch.inference_mode():
        output = model.generate(input_ids=ids, attention_mask=torch.ones_like(ids), generation_config=how)
    tokens: list[int] = output[0, len(prompt) :].tolist()
    return tokens


def texts(rows: Sequence[list[int]], how: Sampling = GREEDY) -> list[Text]:
    return [Text(row, MOST, Drawing(how)) for row in rows]


@pytest.fixture
def passes(model: Any) -> Iterator[list[tuple[int, int]]]:
    """Rows and tokens of each pass through the model."""
    shapes: list[tuple[int, int]] = []
    hook = model.get_input_embeddings().register_forward_hook(
        lambda _, inputs, __: shapes.append(tuple(inputs[0].shape))
    )
    yield shapes
    hook.remove()


@pytest.mark.parametrize("count", [1, 4, 8, 16, 20])
def test_a_batch_has_the_tokens_of_each_alone(model: Any, count: int) -> None:
    written = texts(prompts(count))
    Decoder(model, [], PAD).write(written)
    assert [text.written for text in written] == [alone(model, list(text.prompt)) for text in written]


def test_runs_save_passes(model: Any, passes: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch) -> None:
    with_runs, without = texts(prompts(4)), texts(prompts(4))
    Decoder(model, [], PAD).write(with_runs)
    saved = len(passes)
    monkeypatch.setattr(lookup, "LONGEST", 0)
    passes.clear()
    Decoder(model, [], PAD).write(without)
    assert len(passes) == MOST
    assert saved < MOST
    assert [text.written for text in with_runs] == [text.written for text in without]


def test_a_row_that_has_ended_leaves_and_its_end_is_kept(model: Any, passes: list[tuple[int, int]]) -> None:
    rows = prompts(6)
    ends = {alone(model, row)[2] for row in rows[:1]}
    told: list[Text] = []
    written = texts(rows)
    Decoder(model, ends, PAD).write(written, ended=told.append)
    assert [text.written for text in written] == [alone(model, row, next(iter(ends))) for row in rows]
    assert written[0].written[-1] in ends
    assert {id(text) for text in told} == {id(text) for text in written}
    assert passes[-1][0] < len(rows)


def test_each_text_ends_by_its_own_rule(model: Any) -> None:
    short, long = texts(prompts(2))
    short.enough = lambda tokens: len(tokens) >= 3
    long.most = 9
    Decoder(model, [], PAD).write([short, long])
    assert 3 <= len(short.written) < 3 + lookup.LONGEST
    assert long.written == alone(model, list(long.prompt))[:9]


def test_texts_join_between_passes(model: Any, passes: list[tuple[int, int]]) -> None:
    rows = prompts(3)
    first, *late = texts(rows)
    waiting = list(late)

    def joining(at_work: int) -> list[Text]:
        return [waiting.pop(0)] if len(passes) >= 3 and waiting and at_work < 3 else []

    Decoder(model, [], PAD).write([first], joining=joining)
    assert not waiting
    assert [text.written for text in (first, *late)] == [alone(model, row) for row in rows]


def test_nobody_waiting_leaves_all_where_they_are(model: Any) -> None:
    asked = iter([False, False, True])
    written = texts(prompts(2))
    Decoder(model, [], PAD).write(written, lambda: next(asked))
    assert all(0 < len(text.written) < MOST for text in written)


def test_what_is_drawn_does_not_depend_on_the_batch(model: Any) -> None:
    rows, how = prompts(3), Sampling(1.5, 7)
    together, single = texts(rows, how), texts(rows, how)
    Decoder(model, [], PAD).write(together)
    for text in single:
        Decoder(model, [], PAD).write([text])
    assert [text.written for text in together] == [text.written for text in single]
    assert together[0].written != alone(model, rows[0])


def test_scores_that_are_no_numbers_end_their_text_alone(model: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    good, bad = texts(prompts(2))
    whole = decoding.Decoder._pass

    def spoilt(self: Decoder, *given: Any, **more: Any) -> torch.Tensor:
        scores = whole(self, *given, **more)
        if bad.written and not bad.broken:
            scores[1] = float("nan")
        return scores

    monkeypatch.setattr(decoding.Decoder, "_pass", spoilt)
    Decoder(model, [], PAD).write([good, bad])
    assert (good.broken, bad.broken) == (False, True)
    assert good.written == alone(model, list(good.prompt))


def test_models_that_it_cannot_write_with() -> None:
    assert can_decode(build_llm("qwen3", VOCABULARY))
    assert not can_decode(build_llm("bloom", VOCABULARY))  # is told no places


def test_probabilities_are_those_of_the_tokens(model: Any) -> None:
    """The same with runs tried and in a batch as by one pass over prompt and text."""
    weighed = texts(prompts(4))
    for text in weighed:
        text.weighed = True
    unweighed = texts(prompts(1))
    Decoder(model, [], PAD).write(weighed + unweighed)
    for text in weighed:
        with torch.inference_mode():
            scores = model(torch.tensor([[*text.prompt, *text.written]])).logits[0].log_softmax(-1)
        places = range(len(text.prompt) - 1, len(text.prompt) + len(text.written) - 1)
        expected = scores[places, text.written].tolist()
        assert text.log_probabilities == pytest.approx(expected, abs=1e-4)
    assert unweighed[0].log_probabilities == []


def test_a_text_is_as_likely_as_its_tokens_were_when_it_was_written(model: Any) -> None:
    written = texts(prompts(4))
    for text in written:
        text.weighed = True
    decoder = Decoder(model, [], PAD)
    decoder.write(written)
    # of different lengths, so that rows have gaps
    lengths = [MOST, 5, 1, 9]
    found = decoder.log_probabilities(
        [text.prompt for text in written],
        [text.written[:length] for text, length in zip(written, lengths, strict=True)],
    )
    wanted = [sum(text.log_probabilities[:length]) for text, length in zip(written, lengths, strict=True)]
    assert found == pytest.approx(wanted, rel=1e-6)


def test_what_is_known_of_a_prompt_is_not_read_again_to_weigh_a_text(
    model: Any, passes: list[tuple[int, int]]
) -> None:
    kept = PrefixCache(lambda tokens: read_through(model, tokens), list)
    decoder = Decoder(model, [], PAD, kept)
    (text,) = texts([prompts(1)[0] * 4])
    decoder.write([text])
    again = Decoder(model, [], PAD).log_probabilities([text.prompt], [[7, 8, 9]])
    passes.clear()
    assert decoder.log_probabilities([text.prompt], [[7, 8, 9]]) == pytest.approx(again)
    assert passes == [(1, 3)]
