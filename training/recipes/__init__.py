"""Training recipes beside PPO: SFT, beautified data, the text reward."""
