"""The discord.py client: its connection, its commands at Discord, what features work with."""
