"""Prompts and pictures. Knows nothing of Discord or SQL; imports neither `bot` nor `training`."""
