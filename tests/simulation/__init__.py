"""A simulated server: people with hidden tastes talk to the real bot, vote, and the bot learns from it."""
