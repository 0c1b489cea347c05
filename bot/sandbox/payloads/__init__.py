"""The sandbox's objects as Discord writes them in JSON."""
