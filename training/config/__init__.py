"""Settings of every training command, read from TOML."""
