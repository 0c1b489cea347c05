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
    from training.rewards.independent import PictureJudge

PICTURE_REWARDS = ("aesthetic", "preference", "fit")
JUDGE = "judge"
"""The column of the independent judge (`training.rewards.independent`)."""
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
    scorer has seen; all scorers then judge them at once. `judge` adds the column "judge", which is no reward.

    A picture that the pipeline's safety checker blacked out is never scored: it is left out of the mean, and
    a prompt all of whose pictures were has NaN for a score.
    """

    def __init__(
        self,
        painter: Painter,
        scorers: Mapping[str, Scorer],
        stamp: str,
        cache: ScoreCache,
        seeds: int,
        judge: PictureJudge | None = None,
    ) -> None:
        self.painter, self._scorers, self._stamp = painter, scorers, stamp
        self._cache, self._seeds, self._independent = cache, seeds, judge
        self._names = (*scorers, *([JUDGE] if judge else []))

    def __call__(self, finished: Sequence[Finished]) -> dict[str, list[float]]:
        """Mean scores by scorer, in the order of `finished`."""
        wanted = [
            (item.prompt, seed, item.edit.intent)
            for item in finished
            for seed in example_seeds(item.edit.key, self._seeds)
        ]
        known = self._cache.get([self._key(one, name) for one in wanted for name in self._names])
        unknown = list(
            dict.fromkeys(one for one in wanted if any(self._key(one, n) not in known for n in self._names))
        )
        if unknown:
            fresh = self._judge(unknown)
            self._cache.put(fresh)
            known |= fresh
        return {
            name: [
                _mean([known[self._key(one, name)] for one in wanted[i : i + self._seeds]])
                for i in range(0, len(wanted), self._seeds)
            ]
            for name in self._names
        }

    def _judge(self, wanted: Sequence[tuple[str, int, str]]) -> dict[str, float | None]:
        """Scores by cache key; None for pictures that were blacked out."""
        painted = self.painter.paint([prompt for prompt, _, _ in wanted], [seed for _, seed, _ in wanted])
        scores = dict.fromkeys(self._key(one, name) for one in wanted for name in self._names)
        shown = [(one, image) for one, image in zip(wanted, painted, strict=True) if image is not None]
        if not shown:
            return scores
        images, intents = [image for _, image in shown], [intent for (_, _, intent), _ in shown]
        columns = {name: c.tolist() for name, c in score_all(self._scorers, images, intents).items()}
        if self._independent:
            columns[JUDGE] = self._independent(images, intents)
        for name, column in columns.items():
            scores |= {self._key(one, name): score for (one, _), score in zip(shown, column, strict=True)}
        return scores

    def _key(self, one: tuple[str, int, str], scorer: str) -> str:
        prompt, seed, intent = one
        # It sees the picture alone, so edits with the same prompt share its score
        text = "" if scorer == "aesthetic" else intent
        by = self._independent.key if self._independent and scorer == JUDGE else self._stamp
        return score_key(prompt, seed, self.painter.key, f"{by} {scorer}", text)


def _mean(scores: Sequence[float | None]) -> float:
    """The mean of the pictures that were shown; NaN where none was."""
    shown = [score for score in scores if score is not None]
    return sum(shown) / len(shown) if shown else math.nan


@dataclass(frozen=True)
class PictureReward:
    """One of the picture scores as a reward; NaN for a prompt whose pictures were all blacked out."""

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
        """Scores by reward name; raises RewardError for anything that is no finite number.

        NaN is let through from pictures alone: it says that all of a prompt's were blacked out.
        """
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
            shown = [score for score in scores if not math.isnan(score)]
            if shown:
                self.moments.setdefault(name, RunningMoments()).update(torch.tensor(shown))

    def combine(
        self, raw: Mapping[str, Sequence[float]], reference: Mapping[str, Sequence[float]]
    ) -> list[float]:
        """Weighed totals [n], each cut to [-clip, clip]; `reference` has the baseline's scores, if any.

        A prompt whose pictures were blacked out earns `unusable`, as serving would show nobody such a
        picture.
        """
        count = len(next(iter(raw.values()), []))
        totals = [0.0] * count
        for name, scores in raw.items():
            seen = self.moments.get(name, RunningMoments()) if self.settings.normalise else RunningMoments()
            given = reference.get(name) or [seen.mean] * count
            # A reference whose own pictures were blacked out compares nothing: the mean stands in
            zero = [seen.mean if math.isnan(each) else each for each in given]
            weight = self.settings.weights[name]
            for i, score in enumerate(scores):
                # BeautifulPrompt's normalisation: the scores have units of their own (1 to 10, 15 to 25, 0 to
                # 1)
                totals[i] += weight * (score - zero[i]) / seen.std
        clip, unusable = self.settings.clip, self.settings.unusable
        return [unusable if math.isnan(total) else max(-clip, min(clip, total)) for total in totals]

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


def load_picture_scores(
    settings: RewardSettings, cache: ScoreCache, judge: PictureJudge | None = None
) -> PictureScores:
    """Painter and scorers of the settings, together, with an independent judge beside them if there is
    one."""
    named = settings.scorers
    loaded = load_scorers(named)
    stamp = " ".join(weights_stamp(name) for name in (named.clip, named.aesthetic_head, named.preference))
    chosen = {name: loaded[name] for name in PICTURE_REWARDS if name in settings.weights}
    return PictureScores(load_painter(settings.painter), chosen, stamp, cache, settings.painter.seeds, judge)


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
        blacked_out = math.isnan(score) and isinstance(reward, PictureReward)
        if not math.isfinite(score) and not blacked_out:
            raise RewardError(
                f'The reward "{reward.name}" gave {score} for the prompt {item.prompt!r}: mend the reward; '
                "the last checkpoint is good."
            )
    return scores
