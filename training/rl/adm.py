"""ADM, action-space dynamic modification: which words a rollout must write, and which it may not.

A share of rollouts is *positive*: tokens that start or continue a missing requirement are raised, tokens that
complete a removed word are barred, the end is barred while a requirement is missing. A share is a *hard
negative*: one or two requirements are barred, or a removed word is asked for, everything else as in a
positive: fluent, nearly right, wrong. The rest is plain. All three are one mechanism: a `Modification` names
the words to write and the stems to bar.

Sampling from a changed action space is off-policy: the tokens come from another distribution (μ) than the
policy's own. So the log-probabilities are kept under both, from which `training.rl.advantages`
makes V-trace's corrections (Espeholt et al. 2018, arXiv 1802.01561).

This is our reading of DiffChat's "action-space dynamic modification".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

import torch

from model.language.stems import content_stems
from training.core.wordtokens import TokenTrie, WordTokens, word_in_progress
from training.data.integrity import PrefixStems, Requirements

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping, Sequence

    from torch import Tensor
    from transformers import PreTrainedTokenizerBase

BARRED = float("-inf")


class Kind(StrEnum):
    """What a rollout's action space was made for."""

    PLAIN = "plain"
    POSITIVE = "positive"
    HARD_NEGATIVE = "hard_negative"


@dataclass(frozen=True)
class Modification:
    """What one row must write (stem -> word) and may not write (stems). A plain row is left alone."""

    kind: Kind = Kind.PLAIN
    write: Mapping[str, str] = field(default_factory=dict)
    bar: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Shares:
    """How many of the rollouts are positive and hard negative, each in [0, 1], together at most 1."""

    positive: float = 0.25
    hard_negative: float = 0.25


def positive(wanted: Requirements) -> Modification:
    """Write all of K, bar all of F."""
    return Modification(Kind.POSITIVE, dict(wanted.required), wanted.removed)


def hard_negative(wanted: Requirements, rng: random.Random) -> Modification:
    """Break one thing: bar one or two words of K, or write one of F; plain where nothing can be broken."""
    restore = bool(wanted.removed) and (not wanted.required or rng.random() < 1 / 3)
    if restore:
        back = rng.choice(sorted(wanted.removed))
        return Modification(
            Kind.HARD_NEGATIVE, {**wanted.required, back: back}, wanted.removed.difference({back})
        )
    if not wanted.required:
        return Modification()
    dropped = rng.sample(sorted(wanted.required), min(rng.randint(1, 2), len(wanted.required)))
    kept = {key: word for key, word in wanted.required.items() if key not in dropped}
    # What may stand for a dropped word would mend what is to be broken; what other words need stays allowed
    barred = wanted.satisfying(dropped).difference(kept)
    return Modification(Kind.HARD_NEGATIVE, kept, wanted.removed | barred)


def plan(wanted: Requirements, shares: Shares, rng: random.Random) -> Modification:
    """Draw what kind of rollout this edit gets."""
    draw = rng.random()
    if draw < shares.positive:
        return positive(wanted)
    if draw < shares.positive + shares.hard_negative:
        return hard_negative(wanted, rng)
    return Modification()


class ActionSpaces:
    """Draws the tokens of rows under their modifications, and keeps what was drawn from.

    Stateful: one for each batch of B rows. `boost` is added to raised logits (nats before the temperature);
    at most `max_new_tokens` are drawn for a row. A row writes all its words whenever that is at least the
    tokens they take in small letters: when just enough tokens are left, only tokens that write them are
    allowed.
    """

    def __init__(
        self,
        modifications: Sequence[Modification],
        tokens: WordTokens,
        tokenizer: PreTrainedTokenizerBase,
        *,
        max_new_tokens: int,
        temperature: float,
        boost: float,
    ) -> None:
        self._rows = [
            None if m.kind is Kind.PLAIN else _Row(m, tokens, tokenizer, boost) for m in modifications
        ]
        self._max_new_tokens, self._temperature = max_new_tokens, temperature
        self._behaviour: list[list[float]] = [[] for _ in modifications]
        self._policy: list[list[float]] = [[] for _ in modifications]

    def draw(self, rows: Sequence[int], written: Sequence[Sequence[int]], scores: Tensor) -> list[int]:
        """The next tokens of some of the rows, after what they have `written`.

        `scores` [rows, V] are the model's own, before the temperature.
        """
        modified = self._modify(rows, written, scores)
        drawn = torch.multinomial(torch.softmax(modified.float() / self._temperature, dim=-1), 1)
        for noted, of in ((self._behaviour, modified), (self._policy, scores)):
            # A barred token has -inf here, which is never drawn: the gathered values are finite
            logprobs = torch.log_softmax(of.float() / self._temperature, dim=-1).gather(1, drawn)
            for row, number in zip(rows, logprobs[:, 0].tolist(), strict=True):
                noted[row].append(number)
        tokens: list[int] = drawn[:, 0].tolist()
        return tokens

    def logprobs(self, row: int, length: int) -> tuple[Tensor, Tensor]:
        """Log-probabilities [length] of a row's first tokens: under what was drawn from, and the policy.

        Both are at the sampling temperature.
        """
        return torch.tensor(self._behaviour[row][:length]), torch.tensor(self._policy[row][:length])

    def _modify(self, rows: Sequence[int], written: Sequence[Sequence[int]], scores: Tensor) -> Tensor:
        """A modified copy of the scores; themselves where no row is modified."""
        spaces = [self._rows[row] for row in rows]
        if not any(spaces):
            return scores
        modified = scores.clone()
        for place, (space, ids) in enumerate(zip(spaces, written, strict=True)):
            if space is not None:
                space.modify(list(ids), self._max_new_tokens - len(ids), modified[place])
        return modified


class _Row:
    """The action space of one modified row, followed token by token."""

    def __init__(
        self, modification: Modification, tokens: WordTokens, tokenizer: PreTrainedTokenizerBase, boost: float
    ) -> None:
        self._bar, self._tokens, self._tokenizer, self._boost = modification.bar, tokens, tokenizer, boost
        spelled = {key: tokens.paths(word) for key, word in modification.write.items()}
        self._paths = {key: paths for key, paths in spelled.items() if paths}
        self._tries: dict[tuple[frozenset[str], bool], TokenTrie] = {}
        self._stems = PrefixStems()

    def modify(self, written: list[int], left: int, scores: Tensor) -> None:
        """Change `scores` [V] in place for the token after `written`, when `left` tokens may still come."""
        # `generate` goes on filling an ended row with padding until all rows have ended
        if self._tokenizer.eos_token_id in written:
            return
        text = self._tokenizer.decode(written, skip_special_tokens=True, clean_up_tokenization_spaces=False)
        present, tail = self._stems.update(text), word_in_progress(text)
        missing = frozenset(self._paths).difference(present)
        # Just enough tokens are left to write what is missing in the plainest spelling: nothing else any more
        hurry = bool(missing) and left <= sum(len(self._paths[key][0]) for key in missing)
        # Tries are kept by what is missing: that changes a few times in a completion, not at each token
        trie = self._trie(missing, plainest=hurry)
        going_on = trie.continues(written)
        helping = going_on | trie.starts
        if hurry or (going_on and content_stems(tail) & self._bar):
            # Half a barred word stands in the text: it must go on as a required one, or a new word begin
            _allow_only(going_on or trie.starts, scores)
            return
        # A token that also helps a required word stays allowed
        barred = self._tokens.completing(tail, self._bar) - helping
        # A required word that stands complete must not grow into another one ("cat" into "catalogue")
        if content_stems(tail) & self._paths.keys():
            barred |= self._tokens.growing - going_on
        _at(scores, helping, self._boost)
        _at(scores, barred, BARRED)
        if missing:
            scores[self._tokenizer.eos_token_id] = BARRED

    def _trie(self, missing: frozenset[str], *, plainest: bool) -> TokenTrie:
        """The trie of the missing words; only of their small-letter spellings when tokens are running out."""
        known = (missing, plainest)
        if known not in self._tries:
            spellings = (self._paths[key][:1] if plainest else self._paths[key] for key in missing)
            self._tries[known] = TokenTrie(path for paths in spellings for path in paths)
        return self._tries[known]


def _allow_only(allowed: set[int], scores: Tensor) -> None:
    index = torch.tensor(sorted(allowed), device=scores.device)
    kept = scores[index].clone()
    scores.fill_(BARRED)
    scores[index] = kept


def _at(scores: Tensor, tokens: set[int] | frozenset[int], change: float) -> None:
    if tokens:
        scores[torch.tensor(sorted(tokens), device=scores.device)] += change
