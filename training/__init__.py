"""Trains the models: TinyWorld's checkpoints here; SFT, PPO, preferences and evaluation beside them."""
