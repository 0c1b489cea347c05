"""Collecting rollouts: the policy writes prompts, the judge says what they earn.

`Collector.collect` does the first half of a PPO step (the numbers go on in `training.ppo.ppo`):

1. Plan each edit's action space (plain, positive, hard negative).
2. Sample completions in batches with the cache, recording what was really sampled from (μ).
3. Read the texts as serving would; what serving would refuse earns a fixed low reward.
4. Judge the usable ones: pictures, scores, integrity, running statistics.
5. Describe every prefix by its integrity features.
6. By teacher forcing, in one forward pass: log-probabilities under the policy as it is now (π_old) and the
   values; then the reference's log-probabilities.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from accelerate.utils import gather_object
from torch import Tensor
from transformers import GenerationConfig, LogitsProcessorList

from model.errors import EditError
from model.language.answers import parse_target
from training.core import tensors
from training.core.encoding import encode_prompt, pad_prompts, until_end
from training.core.wordtokens import WordTokens
from training.data.integrity import Requirements, batch_features, requirements_of
from training.ppo.adm import ADMProcessor, Kind, Modification, Shares, plan
from training.ppo.rollout import Rollouts
from training.rewards.types import Finished

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from accelerate import Accelerator

    from training.config.settings import PpoConfig
    from training.core.policy import Policy
    from training.data.examples import Edit
    from training.ppo.value import ValueHead
    from training.rewards.judge import Judge


@dataclass(frozen=True)
class _Sampled:
    """What sampling one chunk gave; `behaviour` and `policy` are log-probabilities [n, T]."""

    completions: list[list[int]]
    behaviour: Tensor
    policy: Tensor


@dataclass
class Collector:
    """Makes rollouts with a policy, a critic and a judge."""

    policy: Policy
    head: ValueHead
    judge: Judge
    settings: PpoConfig
    accelerator: Accelerator
    tokens: WordTokens | None = None

    @torch.no_grad()
    def collect(self, edits: Sequence[Edit], plans: Sequence[Modification]) -> Rollouts:
        """2. to 6. for this process's edits, each under its plan."""
        self.policy.model.eval()
        began = time.perf_counter()
        prompts = [encode_prompt(self.policy.tokenizer, e.source_prompt, e.instruction) for e in edits]
        size = self.settings.chunk
        chunks = [
            self._sample(prompts[start : start + size], plans[start : start + size])
            for start in range(0, len(edits), size)
        ]
        sampled = time.perf_counter()
        completions = [ids for chunk in chunks for ids in chunk.completions]
        wanted = [requirements_of(edit) for edit in edits]
        texts = [self._read(ids, edit) for ids, edit in zip(completions, edits, strict=True)]
        raw, scores = self._judge(edits, plans, texts, wanted)
        judged = time.perf_counter()
        rollouts = self._assemble(edits, plans, prompts, chunks, texts, wanted)
        rollouts.raw, rollouts.scores = raw, scores.to(self.policy.device)
        self._score(rollouts)
        done = time.perf_counter()
        rollouts.seconds = {"generate": sampled - began, "reward": judged - sampled, "score": done - judged}
        return rollouts

    def _sample(self, prompts: Sequence[list[int]], plans: Sequence[Modification]) -> _Sampled:
        """2. Completions of one chunk, each cut after its end token."""
        tokenizer, settings = self.policy.tokenizer, self.settings
        ids, mask = pad_prompts(prompts, tokenizer.pad_token_id)
        self.tokens = self.tokens or WordTokens(tokenizer)
        adm = ADMProcessor(
            plans,
            self.tokens,
            tokenizer,
            max_new_tokens=settings.max_new_tokens,
            temperature=settings.temperature,
            boost=settings.adm.boost,
        )
        sequences = self.policy.model.generate(
            input_ids=ids.to(self.policy.device),
            attention_mask=mask.to(self.policy.device),
            generation_config=self._generation(),
            logits_processor=LogitsProcessorList([adm]),
        )
        written = sequences[:, ids.shape[1] :]
        # generate() pads the rows that ended early; log-probabilities beyond the end are not actions
        lengths = until_end(written, tokenizer.eos_token_id).sum(dim=1).tolist()
        behaviour, policy = adm.record(sequences)
        rows = [row[:length] for row, length in zip(written.tolist(), lengths, strict=True)]
        return _Sampled(rows, behaviour, policy)

    def _generation(self) -> GenerationConfig:
        """Every setting that shapes sampling, said explicitly."""
        # All filters off: the log-probabilities that `ADMProcessor` records are those of the full softmax
        return GenerationConfig(
            do_sample=True,
            temperature=self.settings.temperature,
            top_k=0,
            top_p=1.0,
            typical_p=1.0,
            min_p=None,
            repetition_penalty=1.0,
            no_repeat_ngram_size=0,
            num_beams=1,
            max_new_tokens=self.settings.max_new_tokens,
            eos_token_id=self.policy.tokenizer.eos_token_id,
            pad_token_id=self.policy.tokenizer.pad_token_id,
        )

    def _read(self, completion: Sequence[int], edit: Edit) -> str | None:
        """3. The target prompt serving would give, or None."""
        tokenizer = self.policy.tokenizer
        if completion[-1] != tokenizer.eos_token_id:
            return None
        raw = tokenizer.decode(completion, skip_special_tokens=True, clean_up_tokenization_spaces=False)
        try:
            return parse_target(raw, edit.source_prompt)
        except EditError:
            return None

    def _judge(
        self,
        edits: Sequence[Edit],
        plans: Sequence[Modification],
        texts: Sequence[str | None],
        wanted: Sequence[Requirements],
    ) -> tuple[dict[str, list[float]], Tensor]:
        """4. Raw scores (of the usable ones alone) by reward, and the totals [N] of all.

        The running statistics learn from plain rows and references only: hard negatives spread integrity
        wide, and over a wide deviation it would count for less just where ADM is to teach it.
        """
        usable = [row for row, text in enumerate(texts) if text is not None]
        finished = [Finished(texts[row] or "", edits[row], wanted[row]) for row in usable]
        raw, reference = self.judge.raw(finished), self.judge.reference(finished)
        plain = [place for place, row in enumerate(usable) if plans[row].kind is Kind.PLAIN]
        seen = {name: [column[i] for i in plain or range(len(column))] for name, column in raw.items()}
        # A collective call: every process makes it, also one that has no usable text
        for others in gather_object([(seen, reference)]):
            for columns in others:
                self.judge.observe(columns)
        totals = iter(self.judge.combine(raw, reference))
        scores = [self.settings.reward.unusable if text is None else next(totals) for text in texts]
        spread = {name: _spread(column, texts) for name, column in raw.items()}
        return spread, torch.tensor(scores)

    def _assemble(
        self,
        edits: Sequence[Edit],
        plans: Sequence[Modification],
        prompts: list[list[int]],
        chunks: Sequence[_Sampled],
        texts: list[str | None],
        wanted: Sequence[Requirements],
    ) -> Rollouts:
        """5. All chunks joined, padded to the longest completion; features of every prefix."""
        completions = [ids for chunk in chunks for ids in chunk.completions]
        length, device = max(map(len, completions)), self.policy.device
        mask = torch.tensor(
            [[1] * len(ids) + [0] * (length - len(ids)) for ids in completions], device=device
        )
        prefixes = [self._prefixes(ids) for ids in completions]
        features = batch_features(prefixes, wanted, self.settings.max_new_tokens)[:, :length].to(device)
        nothing = torch.zeros(len(edits), length, device=device)
        return Rollouts(
            edits=list(edits),
            kinds=[each.kind for each in plans],
            prompts=prompts,
            completions=completions,
            texts=texts,
            raw={},
            scores=torch.zeros(len(edits)),
            mask=mask,
            behaviour=_joined([chunk.behaviour for chunk in chunks], length) * mask,
            sampled=_joined([chunk.policy for chunk in chunks], length) * mask,
            features=features,
            # Filled in by `_score`; a clone each, since they are written in place
            old=nothing.clone(),
            reference=nothing.clone(),
            values=nothing.clone(),
            end=self.policy.tokenizer.eos_token_id,
        )

    def _prefixes(self, completion: Sequence[int]) -> list[str]:
        """The text before each action."""
        texts: list[str] = self.policy.tokenizer.batch_decode(
            [completion[:end] for end in range(len(completion))],
            skip_special_tokens=True,
            clean_up_tokenization_spaces=False,
        )
        return texts

    def _score(self, rollouts: Rollouts) -> None:
        """6. Fill in `old`, `values` and `reference`."""
        size, pad = self.settings.micro_batch, self.policy.tokenizer.pad_token_id
        order = rollouts.by_length(range(len(rollouts)))
        for start in range(0, len(order), size):
            rows = order[start : start + size]
            batch = rollouts.batch(rows, pad).to(self.policy.device)
            here = (torch.tensor(rows, device=self.policy.device), slice(0, batch.completion_mask.shape[1]))
            with self.policy.autocast(self.settings.mixed_precision):
                logits, hidden = self.policy.forward(batch)
                reference = self.policy.reference_logits(batch)
            # π is the policy at the sampling temperature, here as in the update and for the reference
            temperature, real = self.settings.temperature, batch.completion_mask
            rollouts.old[here] = tensors.token_logprobs(logits, batch.completions, temperature) * real
            rollouts.reference[here] = (
                tensors.token_logprobs(reference, batch.completions, temperature) * real
            )
            rollouts.values[here] = self.head(hidden, rollouts.features[here]) * real


def draw_plans(edits: Sequence[Edit], settings: PpoConfig, rng: random.Random) -> list[Modification]:
    """1. What each edit's rollout may and must write."""
    shares = Shares(settings.adm.positive, settings.adm.hard_negative)
    return [plan(requirements_of(edit), shares, rng) for edit in edits]


def _spread(column: Sequence[float], texts: Sequence[str | None]) -> list[float]:
    """Scores of usable texts put back to their places; NaN where there is none."""
    scores = iter(column)
    return [float("nan") if text is None else next(scores) for text in texts]


def _joined(parts: Sequence[Tensor], length: int) -> Tensor:
    """Tensors [n, t] of chunks as one [N, length]; what is beyond a completion's own end is masked later."""
    padded = [torch.nn.functional.pad(part, (0, max(0, length - part.shape[1]))) for part in parts]
    return torch.cat([part[:, :length] for part in padded])
