"""Collecting rollouts: the policy writes prompts, the judge says what they earn.

`Collector.collect` does the first half of a step (the numbers go on in `training.rl.trainer`):

1. Plan each edit's action space (plain, positive, hard negative).
2. Sample completions in batches with the cache, recording what was really sampled from (μ); where positives
   answer plain samples that missed something (`training.rl.positives`), the other rows come first.
3. Read the texts as serving would; what serving would refuse earns a fixed low reward.
4. Judge the usable ones: pictures, scores, integrity, running statistics.
5. Describe every prefix by its integrity features.
6. By teacher forcing, in one forward pass: log-probabilities under the policy as it is now (π_old) and the
   values; then the reference's log-probabilities.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from accelerate.utils import gather_object
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from model.engine import EditRequest
from model.errors import EditError
from model.language.prompt import PROMPT_VERSION
from model.language.reading import reader_of
from model.language.stems import content_stems
from training.core import tensors
from training.core.targets import painted
from training.core.wordtokens import WordTokens
from training.data.integrity import Requirements, batch_features, requirements_of
from training.rewards.types import Finished
from training.rl import positives, sampling
from training.rl.adm import ActionSpaces, Kind, Modification, Shares, plan
from training.rl.rollout import Rollouts
from training.rl.value import critic_features

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping, Sequence

    from accelerate import Accelerator

    from training.config.rl_settings import RlConfig
    from training.core.policy import Policy
    from training.data.examples import Edit
    from training.rewards.judge import Judge
    from training.rl.value import ValueHead
    from training.rl.vllm_rollouts import VllmWriter


@dataclass(frozen=True)
class _Sample:
    """A completion up to its end token, and the log-probabilities [t] of its tokens while sampling."""

    completion: list[int]
    behaviour: Tensor
    policy: Tensor


@dataclass
class Collector:
    """Makes rollouts with a policy, a judge and, where the algorithm has one, a critic.

    With `vllm` that writes the samples.
    """

    policy: Policy
    head: ValueHead | None
    judge: Judge
    settings: RlConfig
    accelerator: Accelerator
    tokens: WordTokens | None = None
    vllm: VllmWriter | None = None

    @torch.no_grad()
    def collect(
        self, edits: Sequence[Edit], plans: Sequence[Modification], *, where_missed: bool = False
    ) -> Rollouts:
        """2. to 6. for this process's edits, each under its plan.

        With `where_missed` the positive rows go to edits whose plain sample missed something.
        """
        rollouts = self.write(edits, plans, where_missed=where_missed)
        self.score(rollouts)
        return rollouts

    @torch.no_grad()
    def write(
        self, edits: Sequence[Edit], plans: Sequence[Modification], *, where_missed: bool = False
    ) -> Rollouts:
        """2. to 5. as `collect` does them: what is left is `score`."""
        self.policy.model.eval()
        began = time.perf_counter()
        later = [row for row, plan in enumerate(plans) if where_missed and plan.kind is Kind.POSITIVE]
        samples = self._samples(edits, plans, [row for row in range(len(edits)) if row not in later])
        missed: dict[int, int] = {}
        if later:
            texts = {row: self._read(sample.completion, edits[row]) for row, sample in samples.items()}
            edits, plans, missed = positives.assign(edits, plans, texts)
            samples |= self._samples(edits, plans, later)
        sampled = time.perf_counter()
        ordered = [samples[row] for row in range(len(edits))]
        wanted = [requirements_of(edit) for edit in edits]
        read = [self._read(sample.completion, edit) for sample, edit in zip(ordered, edits, strict=True)]
        raw, scores = self._judge(edits, plans, read, wanted)
        judged = time.perf_counter()
        rollouts = self._assemble(edits, plans, ordered, read, wanted)
        rollouts.raw, rollouts.scores = raw, scores.to(self.policy.device)
        if missed:
            rollouts.missed, rollouts.forced = missed, self._forced(rollouts, wanted, missed)
        done = time.perf_counter()
        rollouts.seconds = {"generate": sampled - began, "reward": judged - sampled, "score": done - judged}
        return rollouts

    def _samples(
        self, edits: Sequence[Edit], plans: Sequence[Modification], rows: Sequence[int]
    ) -> dict[int, _Sample]:
        """2. Samples of some rows, `chunk` at a time; vLLM takes all at once."""
        if self.vllm:
            written = self.vllm.write([self._prompt(edits[row]) for row in rows])
            # It tells one number for a token: what it drew with is the policy, as nothing was modified
            return {row: _Sample(ids, drawn, drawn) for row, (ids, drawn) in zip(rows, written, strict=True)}
        size = self.settings.chunk
        found: dict[int, _Sample] = {}
        for start in range(0, len(rows), size):
            chunk = rows[start : start + size]
            prompts = [self._prompt(edits[row]) for row in chunk]
            found |= dict(zip(chunk, self._sample(prompts, [plans[row] for row in chunk]), strict=True))
        return found

    def _prompt(self, edit: Edit) -> list[int]:
        return self.policy.encode(edit, self.settings.max_new_tokens)

    def _sample(self, prompts: Sequence[list[int]], plans: Sequence[Modification]) -> list[_Sample]:
        """2. Completions of one chunk, each cut after its end token."""
        tokenizer, settings = self.policy.tokenizer, self.settings
        self.tokens = self.tokens or WordTokens(tokenizer)
        spaces = ActionSpaces(
            plans,
            self.tokens,
            tokenizer,
            max_new_tokens=settings.max_new_tokens,
            temperature=settings.temperature,
            boost=settings.adm.boost,
        )
        written = sampling.write(
            self.policy.model,
            prompts,
            spaces,
            most=settings.max_new_tokens,
            end=tokenizer.eos_token_id,
            pad=tokenizer.pad_token_id,
        )
        return [_Sample(ids, *spaces.logprobs(row, len(ids))) for row, ids in enumerate(written)]

    def _read(self, completion: Sequence[int], edit: Edit) -> str | None:
        """3. The prompt that is shown then, or None where serving would refuse the answer or take the message
        for one of another kind than it is."""
        if completion[-1] != self.policy.tokenizer.eos_token_id:
            return None
        request = EditRequest(edit.source_prompt, edit.instruction, history=edit.history)
        try:
            answer = reader_of(request, marks=self.policy.version != PROMPT_VERSION).read(
                self._decoded(completion)
            )
        except EditError:
            return None
        if answer.kind == "edit":
            return answer.text
        return edit.source_prompt if answer.kind == edit.kind else None

    def _judge(
        self,
        edits: Sequence[Edit],
        plans: Sequence[Modification],
        texts: Sequence[str | None],
        wanted: Sequence[Requirements],
    ) -> tuple[dict[str, list[float]], Tensor]:
        """4. Raw scores (of the usable ones alone) by reward, and the totals [N] of all.

        Where a message asks for no picture, none is judged. It earns 0, as much as a middling edit, if
        nothing would be painted for it, and what an unusable answer does if something would be.

        The running statistics learn from plain rows and references only: hard negatives spread integrity
        wide, and over a wide deviation it would count for less just where ADM is to teach it.
        """
        usable = [row for row, text in enumerate(texts) if text is not None and edits[row].kind == "edit"]
        finished = [Finished(texts[row] or "", edits[row], wanted[row]) for row in usable]
        raw, reference = self.judge.raw(finished), self.judge.reference(finished)
        plain = [place for place, row in enumerate(usable) if plans[row].kind is Kind.PLAIN]
        seen = {name: [column[i] for i in plain or range(len(column))] for name, column in raw.items()}
        # A collective call: every process makes it, also one that has no usable text
        for others in gather_object([(seen, reference)]):
            for columns in others:
                self.judge.observe(columns)
        scores = [
            self.settings.reward.unusable
            if edit.kind == "edit" or text is None or painted(edit, text)
            else 0.0
            for edit, text in zip(edits, texts, strict=True)
        ]
        for row, total in zip(usable, self.judge.combine(raw, reference), strict=True):
            scores[row] = total
        spread = {name: _spread(column, usable, len(texts)) for name, column in raw.items()}
        return spread, torch.tensor(scores)

    def _assemble(
        self,
        edits: Sequence[Edit],
        plans: Sequence[Modification],
        samples: Sequence[_Sample],
        texts: list[str | None],
        wanted: Sequence[Requirements],
    ) -> Rollouts:
        """5. All samples padded to the longest; features of every prefix."""
        completions = [sample.completion for sample in samples]
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
            prompts=[self._prompt(edit) for edit in edits],
            completions=completions,
            texts=texts,
            raw={},
            scores=torch.zeros(len(edits)),
            mask=mask,
            behaviour=pad_sequence([sample.behaviour for sample in samples], batch_first=True).to(device),
            sampled=pad_sequence([sample.policy for sample in samples], batch_first=True).to(device),
            features=critic_features(self.settings.vci, features, completions),
            # Filled in by `score`; a clone each, since they are written in place
            old=nothing.clone(),
            reference=nothing.clone(),
            values=nothing.clone(),
            end=self.policy.tokenizer.eos_token_id,
        )

    def _forced(
        self, rollouts: Rollouts, wanted: Sequence[Requirements], missed: Mapping[int, int]
    ) -> Tensor:
        """Marks [N, T] on the words of positive rows that the samples they answer lacked."""
        forced = torch.zeros_like(rollouts.mask)
        for row, answered in missed.items():
            ids = rollouts.completions[row]
            lacking = wanted[row].missing(content_stems(rollouts.texts[answered] or ""))
            # The text after the last action is that after the end token, which writes nothing
            marks = positives.forced_words(self._prefixes(ids), self._decoded(ids), lacking)
            forced[row, : len(ids)] = torch.tensor(marks, device=forced.device)
        return forced

    def _decoded(self, completion: Sequence[int]) -> str:
        text: str = self.policy.tokenizer.decode(
            completion, skip_special_tokens=True, clean_up_tokenization_spaces=False
        )
        return text

    def _prefixes(self, completion: Sequence[int]) -> list[str]:
        """The text before each action."""
        texts: list[str] = self.policy.tokenizer.batch_decode(
            [completion[:end] for end in range(len(completion))],
            skip_special_tokens=True,
            clean_up_tokenization_spaces=False,
        )
        return texts

    @torch.no_grad()
    def score(self, rollouts: Rollouts) -> None:
        """6. Fill in `old`, `values` and `reference`."""
        began = time.perf_counter()
        pad = self.policy.tokenizer.pad_token_id
        for rows in rollouts.scored_together(self.settings.micro_batch):
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
            if self.head is not None:
                rollouts.values[here] = self.head(hidden, rollouts.features[here]) * real
        rollouts.seconds["score"] = rollouts.seconds.get("score", 0.0) + time.perf_counter() - began


def draw_plans(edits: Sequence[Edit], settings: RlConfig, rng: random.Random) -> list[Modification]:
    """1. What each edit's rollout may and must write. RLOO and GRPO have plain rollouts alone."""
    if settings.algorithm != "ppo":
        return [Modification()] * len(edits)
    shares = Shares(settings.adm.positive, settings.adm.hard_negative)
    return [
        plan(requirements_of(edit), shares, rng) if edit.kind == "edit" else Modification() for edit in edits
    ]


def _spread(column: Sequence[float], rows: Sequence[int], count: int) -> list[float]:
    """Scores of some rows put to their places; NaN where there is none."""
    scores = dict(zip(rows, column, strict=True))
    return [scores.get(row, math.nan) for row in range(count)]
