"""The Discord bot: it turns what people say into pictures (docs/architecture.md shows the way)."""
