"""What a finished prompt is worth: rewards behind one interface, weighed, normalised, against the reference.

A reward is anything with a `name` that turns finished prompts into numbers, higher is better:

    class Brevity:
        name = "brevity"

        def __call__(self, finished):
            return [-len(item.prompt.split()) / 50 for item in finished]

Put "my_module:Brevity" = 0.1 into `[reward.weights]` and it counts. The built-in ones are content integrity
("integrity"), three scores of painted pictures ("aesthetic", "preference", "fit": `model.clip.scorers`) and a
text-only reward model ("text"). Each is divided by its running standard deviation; with `baseline` the
reference prompt's own score is taken off first (BeautifulPrompt), else the running mean.
"""

from __future__ import annotations

import importlib
import math
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import torch

from model.clip.scorers import Scorer, load_scorers, score_all
from training.core.tensors import RunningMoments
from training.data.integrity import integrity
from training.errors import ConfigError, RewardError
from training.rewards.cache import ScoreCache, score_key, weights_stamp
from training.rewards.pictures import Painter, example_seeds, load_painter
from training.rewards.types import Finished, Reward

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from training.config.settings import RewardSettings

PICTURE_REWARDS = ("aesthetic", "preference", "fit")
BUILT_IN = ("integrity", *PICTURE_REWARDS, "text")


class IntegrityReward:
    """Content integrity, in [0, 1]."""

    name = "integrity"

    def __call__(self, finished: Sequence[Finished]) -> list[float]:
        """The content integrity of each prompt, in [0, 1]."""
        return [integrity(item.prompt, item.requirements) for item in finished]


class PictureScores:
    """Scores of the pictures a prompt gives, averaged over the example's fixed seeds, cached on disk.

    Preference and fit are taken against the edit's short intent. Pictures are painted only for what no
    scorer has seen; all scorers then judge them at once.
    """

    def __init__(
        self, painter: Painter, scorers: Mapping[str, Scorer], stamp: str, cache: ScoreCache, seeds: int
    ) -> None:
        self.painter, self._scorers, self._stamp = painter, scorers, stamp
        self._cache, self._seeds = cache, seeds

    def __call__(self, finished: Sequence[Finished]) -> dict[str, list[float]]:
        """Mean scores by scorer, in the order of `finished`."""
        wanted = [
            (item.prompt, seed, item.edit.intent)
            for item in finished
            for seed in example_seeds(item.edit.key, self._seeds)
        ]
        known = self._cache.get([self._key(one, name) for one in wanted for name in self._scorers])
        unknown = list(
            dict.fromkeys(one for one in wanted if any(self._key(one, n) not in known for n in self._scorers))
        )
        if unknown:
            fresh = self._judge(unknown)
            self._cache.put(fresh)
            known |= fresh
        return {
            name: [
                sum(known[self._key(one, name)] for one in wanted[i : i + self._seeds]) / self._seeds
                for i in range(0, len(wanted), self._seeds)
            ]
            for name in self._scorers
        }

    def _judge(self, wanted: Sequence[tuple[str, int, str]]) -> dict[str, float]:
        images = self.painter.paint([prompt for prompt, _, _ in wanted], [seed for _, seed, _ in wanted])
        scores = score_all(self._scorers, images, [intent for _, _, intent in wanted])
        return {
            self._key(one, name): score
            for name, column in scores.items()
            for one, score in zip(wanted, column.tolist(), strict=True)
        }

    def _key(self, one: tuple[str, int, str], scorer: str) -> str:
        prompt, seed, intent = one
        # It sees the picture alone, so edits with the same prompt share its score
        text = "" if scorer == "aesthetic" else intent
        return score_key(prompt, seed, self.painter.key, f"{self._stamp} {scorer}", text)


@dataclass(frozen=True)
class PictureReward:
    """One of the picture scores as a reward."""

    name: str
    scores: PictureScores

    def __call__(self, finished: Sequence[Finished]) -> list[float]:
        """The scorer's mean over the pictures of each prompt; all picture rewards share them."""
        return self.scores(finished)[self.name]


@dataclass
class Judge:
    """Several rewards as one number.

    `raw` scores, `observe` lets the running statistics learn from raw scores (give it those of all
    processes), `combine` makes totals. Kept apart so that every process normalises alike.
    """

    rewards: Sequence[Reward]
    settings: RewardSettings
    moments: dict[str, RunningMoments] = field(default_factory=dict)

    def raw(self, finished: Sequence[Finished]) -> dict[str, list[float]]:
        """Scores by reward name; raises RewardError for anything that is no finite number."""
        return {reward.name: _checked(reward, finished) for reward in self.rewards} if finished else {}

    def reference(self, finished: Sequence[Finished]) -> dict[str, list[float]]:
        """Raw scores of the same edits' reference prompts; empty without a baseline."""
        if not self.settings.baseline:
            return {}
        return self.raw(
            [Finished(item.edit.target_prompt, item.edit, item.requirements) for item in finished]
        )

    def observe(self, raw: Mapping[str, Sequence[float]]) -> None:
        """Take raw scores into the running statistics."""
        for name, scores in raw.items():
            self.moments.setdefault(name, RunningMoments()).update(torch.tensor(list(scores)))

    def combine(
        self, raw: Mapping[str, Sequence[float]], reference: Mapping[str, Sequence[float]]
    ) -> list[float]:
        """Weighed totals [n], each cut to [-clip, clip]; `reference` has the baseline's scores, if any."""
        count = len(next(iter(raw.values()), []))
        totals = [0.0] * count
        for name, scores in raw.items():
            seen = self.moments.get(name, RunningMoments()) if self.settings.normalise else RunningMoments()
            zero = reference.get(name) or [seen.mean] * count
            weight = self.settings.weights[name]
            for i, score in enumerate(scores):
                # BeautifulPrompt's normalisation: the scores have units of their own (1 to 10, 15 to 25, 0 to
                # 1)
                totals[i] += weight * (score - zero[i]) / seen.std
        return [max(-self.settings.clip, min(self.settings.clip, total)) for total in totals]

    def state(self) -> dict[str, dict[str, float]]:
        """The running statistics, for a checkpoint."""
        return {name: moments.state() for name, moments in self.moments.items()}

    def load_state(self, state: Mapping[str, Mapping[str, float]]) -> None:
        """Bring back what `state` gave."""
        self.moments = {name: RunningMoments(**values) for name, values in state.items()}


def load_judge(settings: RewardSettings, cache: ScoreCache) -> Judge:
    """The judge that settings describe, with only the models it needs."""
    makers: dict[str, Callable[[], Reward]] = {"integrity": IntegrityReward, "text": lambda: _text(settings)}
    if any(name in settings.weights for name in PICTURE_REWARDS):
        scores = load_picture_scores(settings, cache)
        makers |= {name: partial(PictureReward, name, scores) for name in PICTURE_REWARDS}
    rewards = [makers[name]() if name in BUILT_IN else _own(name) for name in settings.weights]
    # A reward of one's own may have another name than the class it is loaded by
    weights = {reward.name: weight for reward, weight in zip(rewards, settings.weights.values(), strict=True)}
    return Judge(rewards, settings.model_copy(update={"weights": weights}))


def load_picture_scores(settings: RewardSettings, cache: ScoreCache) -> PictureScores:
    """Painter and scorers of the settings, together."""
    named = settings.scorers
    loaded = load_scorers(named)
    stamp = " ".join(weights_stamp(name) for name in (named.clip, named.aesthetic_head, named.preference))
    chosen = {name: loaded[name] for name in PICTURE_REWARDS if name in settings.weights}
    return PictureScores(load_painter(settings.painter), chosen, stamp, cache, settings.painter.seeds)


def _text(settings: RewardSettings) -> Reward:
    from training.rewards.text_reward import TextReward

    return TextReward.load(settings.text_model)


def _own(name: str) -> Any:
    """An instance of "package.module:Class"."""
    module, colon, kind = name.partition(":")
    try:
        if not colon:
            raise ImportError(f"the built-in ones are {', '.join(BUILT_IN)}")
        return getattr(importlib.import_module(module), kind)()
    except (ImportError, AttributeError) as error:
        problem = f"reward.weights.{name}: there is no such reward ({error})"
        raise ConfigError("The rewards cannot be used:", [problem]) from error


def _checked(reward: Reward, finished: Sequence[Finished]) -> list[float]:
    scores = [float(score) for score in reward(finished)]
    if len(scores) != len(finished):
        raise RewardError(
            f'The reward "{reward.name}" gave {len(scores)} scores for {len(finished)} prompts.'
        )
    for score, item in zip(scores, finished, strict=True):
        if not math.isfinite(score):
            raise RewardError(
                f'The reward "{reward.name}" gave {score} for the prompt {item.prompt!r}: mend the reward; '
                "the last checkpoint is good."
            )
    return scores
