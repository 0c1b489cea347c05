"""A run of reinforcement learning as a config names it: from single edits, or from conversations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from training.config.settings import are_conversations
from training.core import trackers
from training.data import sources
from training.data.conversations import load_conversations
from training.rewards.cache import ScoreCache
from training.rewards.judge import load_judge
from training.rl.conversing import ConversationTrainer
from training.rl.trainer import RlTrainer

if TYPE_CHECKING:
    from pathlib import Path

    from training.config.rl_settings import RlConfig


def train(settings: RlConfig) -> Path:
    """Load the data and rewards a config names and run its algorithm; returns the best policy's folder."""
    trackers.require(settings.tracking)
    if are_conversations(settings.data.train):
        train, held = load_conversations(settings.data, talk=settings.conversation.talk)
        with ScoreCache(settings.reward.cache) as cache:
            return ConversationTrainer(settings, train, held, load_judge(settings.reward, cache)).run()
    edits, held_out = sources.load_edits(settings.data)
    with ScoreCache(settings.reward.cache) as cache:
        return RlTrainer(settings, edits, held_out, load_judge(settings.reward, cache)).run()
