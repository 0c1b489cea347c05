"""PPO on rewards: rollouts, ADM, the value estimate, losses."""
