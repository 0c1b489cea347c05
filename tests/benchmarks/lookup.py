"""What looking up runs of tokens in the prompt brings, at one text and at several written together."""

from collections.abc import Callable
from functools import partial

import torch
from transformers import GenerationConfig

from model.engine import EditRequest
from model.language import lookup
from model.language.decoding import Decoder, Text
from model.language.generation import padded
from model.language.sampling import Drawing, Sampling
from tests.benchmarks import words
from tests.benchmarks.figures import Figure, ratio_at_least

EDITS, ROUNDS, BATCHES = 16, 3, (1, 4, 8, 16)
GREEDY = Sampling(0, 0)
GENERATE, ALONE, GENERATE_LOOKUP, RUNS = (
    "plain generate", "the decoder without runs", "generate with lookup", "with runs",
)  # fmt: skip

Answers = list[list[int]]


@torch.inference_mode()
def _generate(prompts: Answers, batch: int, longest: int) -> Answers:
    """transformers' `generate` and nothing of ours; `longest` is that of the runs looked up for one text."""
    llm, answers = words.language_model(), Answers()
    greedy = GenerationConfig(
        max_new_tokens=words.MOST_TOKENS,
        do_sample=False,
        prompt_lookup_num_tokens=longest or None,
        eos_token_id=list(llm._tokens.ends),
        pad_token_id=llm._tokens.pad,
    )
    for at in range(0, len(prompts), batch):
        ids, mask = padded(prompts[at : at + batch], llm._tokens.pad)
        output = llm._model.generate(input_ids=ids, attention_mask=mask, generation_config=greedy)
        answers += [words.until_end(new, llm._tokens.ends) for new in output[:, ids.shape[1] :].tolist()]
    return answers


def _decode(prompts: Answers, batch: int, longest: int) -> Answers:
    """The decoder as an edit is served, which weighs its answer; all go on to their end token."""
    llm, answers = words.language_model(), Answers()
    start, weighed = llm._beginnings.constant, llm._weighs(EditRequest("a fox", "make it night"))
    decoder = Decoder(llm._model, llm._tokens.ends, llm._tokens.pad)
    with words.replaced(lookup, "LONGEST", longest):
        for at in range(0, len(prompts), batch):
            texts = [
                Text(prompt, words.MOST_TOKENS, Drawing(GREEDY), copies_from=start(prompt), weighed=weighed)
                for prompt in prompts[at : at + batch]
            ]
            decoder.write(texts)
            answers += [text.written for text in texts]
    return answers


async def run() -> list[Figure]:
    """tokens a second with runs taken from the prompt, against plain generate; the same tokens from all"""
    llm, figures = words.language_model(), list[Figure]()
    prompts = [llm._encode(request) for request in words.edits(EDITS)]
    for batch in BATCHES:
        ways: dict[str, Callable[[], Answers]] = {
            GENERATE: partial(_generate, prompts, batch, 0),
            ALONE: partial(_decode, prompts, batch, 0),
            RUNS: partial(_decode, prompts, batch, lookup.LONGEST),
        }
        if batch == 1:
            ways[GENERATE_LOOKUP] = partial(_generate, prompts, 1, lookup.LONGEST)
        wrote = {name: way() for name, way in ways.items()}
        rounds = words.taking_turns(ways, ROUNDS)
        same = sum(a == b for a, b in zip(wrote[RUNS], wrote[GENERATE], strict=True))
        tokens = sum(map(len, wrote[RUNS]))
        for name in ways:
            if name != GENERATE:
                goal = ratio_at_least(2 if batch == 1 else 1) if name == RUNS else None
                figures.append(
                    Figure(
                        f"{batch} at once, {name}", tokens / rounds.seconds(name), "tokens/s", GENERATE,
                        rounds.quicker(name, GENERATE), goal,
                        f"{same} of {EDITS} texts are the same" if name == RUNS else "",
                    )
                )  # fmt: skip
    return figures
