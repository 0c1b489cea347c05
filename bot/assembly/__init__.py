"""Everything between the database and Discord, put together: what `bot.app` runs."""
