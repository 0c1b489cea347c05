"""Trains and exports the checkpoints of TinyWorld; each module is one stage of `python -m training tiny`."""
