"""Helpers around asyncio: trying again, and finishing what must not be cut off."""
