"""Reinforcement learning over whole conversations: each turn begins with what the policy itself wrote.

All conversations of a step go turn by turn together (`play`): the first turn's rollouts, then the second's,
whose source prompts and histories are made of what was written at the first, and so on. Every turn is judged
against its own true target, whatever the policy made of the turns before. With `conversation.talk` some turns
ask for no picture; where the policy paints one all the same, the conversation goes on from it. One turn of
one conversation is one sample; together they are one batch of `Rollouts`, from which PPO, RLOO and GRPO learn
as from single edits.

**Returns.** A turn earns its return to go, the mean of its own score and those of the turns after it, each
weighed by `conversation.discount` to the power of its distance (`returns_to_go`). The mean, not the sum: a
mistake that stays costs every turn after it as much as itself, so in the sum a first turn of eight would
weigh eight times a last one, while the price of its KL, which is paid turn by turn, stays what it is. In the
mean all turns earn on the scale of a single edit: β, the critic and the clips need no other values.

**Modified turns.** PPO's positives and hard negatives were not the policy's own doing, so a turn before one
does not earn what comes of it: its return ends there. From the modified turn on the conversation goes on with
what was forced. A positive that answers what another conversation missed goes on as a branch of that one.
"""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING

import torch

from training.core.targets import painted, write_targets
from training.data.conversations import Thread
from training.data.tinyworld import same
from training.errors import DataError, TrainingError
from training.rl.adm import Kind
from training.rl.collector import draw_plans
from training.rl.edit_order import edits_of_step
from training.rl.groups import in_groups
from training.rl.rollout import joined
from training.rl.trainer import RlTrainer

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from training.config.rl_settings import RlConfig
    from training.data.conversations import Conversation
    from training.data.examples import Edit
    from training.rewards.judge import Judge
    from training.rl.collector import Collector
    from training.rl.rollout import Rollouts


class ConversationTrainer(RlTrainer):
    """Policy optimization of a language model in conversations, on its own prompts.

    All is as in `RlTrainer`, but: `rollouts` are conversations played in a step, so that a step has as many
    samples as these have turns; `group` members of RLOO and GRPO play the same conversation; `batch` and
    `micro_batch` are turns. `evaluate_examples` of the `held_out` conversations are looked at.

    Raises TrainingError on several processes, whose samples would not be equally many.
    """

    def __init__(
        self,
        settings: RlConfig,
        conversations: Sequence[Conversation],
        held_out: Sequence[Conversation],
        judge: Judge,
    ) -> None:
        self._given = list(conversations)
        self._watched = list(held_out)[: settings.evaluate_examples]
        super().__init__(settings, [edit for one in conversations for edit in one.edits()], [], judge)
        if self._accelerator.num_processes > 1:
            raise TrainingError("Conversations are learned from by one process: start it without others.")

    @cached_property
    def _conversations(self) -> list[Conversation]:
        """Those whose every turn leaves room for a whole answer."""
        fitting = set(self._edits)
        kept = [one for one in self._given if fitting.issuperset(one.edits())]
        if not kept:
            raise DataError("No conversation leaves room for max_new_tokens in the model's context.", [])
        return kept

    def _of_step(self, step: int) -> list[Conversation]:
        """What is played at a step: for RLOO and GRPO each conversation a group of times in a row."""
        settings, size = self.settings, 1 if self.settings.algorithm == "ppo" else self.settings.group
        count = settings.rollouts // size
        return in_groups(edits_of_step(self._conversations, step, count, settings.seed), size)

    def _updates(self) -> int:
        """Updates of the whole run, but for what ADM's branches add or take."""
        turns = [sum(len(one.turns) for one in self._of_step(step)) for step in range(self.settings.steps)]
        return self.settings.epochs * sum(math.ceil(count / self.settings.batch) for count in turns)

    def _collected(self, rng: random.Random) -> Rollouts:
        """1. to 6. for whole conversations."""
        return play(self.collector, self._of_step(self.done), self.settings, rng)

    @torch.no_grad()
    def evaluate(self) -> dict[str, float]:
        """14. Greedy targets of the held-out conversations' turns, from the true prompts and on its own.

        The policy that earns the most on its own prompts is exported as the best.
        """
        if not self._watched:
            self.keep_best(None)
            return {}
        edits = [edit for one in self._watched for edit in one.edits() if edit.kind == "edit"]
        talk = [edit for one in self._watched for edit in one.edits() if edit.kind != "edit"]
        targets, numbers = self._looked_at(edits)
        ends = torch.tensor([len(one.without_talk().turns) for one in self._watched]).cumsum(0) - 1
        last = [targets[end] for end in ends.tolist()]
        threads, reward = self._chained()
        if talk:
            answers = write_targets(self.policy, talk, self.settings.max_new_tokens)
            wrong = [painted(edit, answer) for edit, answer in zip(talk, answers, strict=True)]
            numbers |= {"eval/talk_painted": sum(wrong) / len(wrong)}
        self.keep_best(reward)
        wanted = [one.turns[-1].target_prompt for one in self._watched]
        right = [text is not None and same(text, true) for text, true in zip(last, wanted, strict=True)]
        held = [same(thread.prompt, true) for thread, true in zip(threads, wanted, strict=True)]
        return numbers | {
            "eval/chained_reward": reward,
            "eval/last_exact": sum(right) / len(right),
            "eval/last_chained": sum(held) / len(held),
        }

    def _chained(self) -> tuple[list[Thread], float]:
        """The held-out conversations played greedily to their ends, and the mean reward of their turns."""
        threads = [Thread(one, one.source_prompt) for one in self._watched]
        edits: list[Edit] = []
        targets: list[str | None] = []
        for turn in range(max(len(one.turns) for one in self._watched)):
            going = [i for i, thread in enumerate(threads) if turn < len(thread.conversation.turns)]
            asked = [threads[i].edit(turn) for i in going]
            written = write_targets(self.policy, asked, self.settings.max_new_tokens)
            for i, edit, target in zip(going, asked, written, strict=True):
                threads[i] = threads[i].after(edit.instruction, target)
            edits, targets = [*edits, *asked], [*targets, *written]
        return threads, self._mean_reward(edits, targets)


def play(
    collector: Collector, conversations: Sequence[Conversation], settings: RlConfig, rng: random.Random
) -> Rollouts:
    """1. to 6. for conversations, turn by turn: the samples of the first turn, then those of the second, ...

    Within a turn they are in the order of `conversations`, without those that have ended: so the members of a
    group, which are equally long, stay next to one another.
    """
    threads = [Thread(one, one.source_prompt) for one in conversations]
    played: list[list[int]] = [[] for _ in threads]
    parts: list[Rollouts] = []
    turn, count = 0, 0
    while going := [i for i, thread in enumerate(threads) if turn < len(thread.conversation.turns)]:
        edits = [threads[i].edit(turn) for i in going]
        plans = draw_plans(edits, settings, rng)
        part = collector.write(edits, plans, where_missed=settings.adm.positives == "missed")
        before = [threads[i] for i in going]
        for row, answered in part.missed.items():
            before[row] = before[answered]
        for row, i in enumerate(going):
            threads[i] = before[row].after(part.edits[row].instruction, part.texts[row])
            played[i].append(count + row)
        parts.append(part)
        turn, count = turn + 1, count + len(going)
    rollouts = joined(parts)
    collector.score(rollouts)
    rollouts.returns = torch.zeros_like(rollouts.scores)
    for rows in played:
        modified = [rollouts.kinds[row] is not Kind.PLAIN for row in rows]
        returns = returns_to_go(rollouts.scores[rows].tolist(), modified, settings.conversation.discount)
        rollouts.returns[rows] = torch.tensor(returns, device=rollouts.scores.device)
    return rollouts


def returns_to_go(scores: Sequence[float], modified: Sequence[bool], discount: float) -> list[float]:
    """What each turn of one conversation earns: the weighted mean of the scores from it on.

    A turn that is `d` turns later weighs `discount` to the power of d. Before a `modified` turn the mean of
    the turns before it ends.

    >>> returns_to_go([0.0, 3.0, 6.0], [False, False, False], 1.0)
    [3.0, 4.5, 6.0]
    >>> returns_to_go([0.0, 3.0, 6.0], [False, False, True], 0.5)
    [1.0, 3.0, 6.0]
    """
    found: list[float] = []
    total = weight = 0.0
    for score, starts in zip(reversed(scores), reversed(modified), strict=True):
        total, weight = score + discount * total, 1.0 + discount * weight
        found.append(total / weight)
        if starts:
            total = weight = 0.0
    return found[::-1]
