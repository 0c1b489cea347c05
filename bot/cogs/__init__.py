"""What the bot does on Discord, one feature in each file."""
