"""Reinforcement learning from rewards: rollouts, ADM, and the algorithms PPO, RLOO and GRPO."""
