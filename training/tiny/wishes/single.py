"""Every single kind of wish."""

from __future__ import annotations

from training.tiny.wishes import counts, looks, sizes, surroundings, things
from training.tiny.wishes.bank.wish import of_bank
from training.tiny.wishes.contrasts import beside_talk
from training.tiny.wishes.emoji import emoji
from training.tiny.wishes.kinds import Kind

SINGLE: dict[str, tuple[Kind, float]] = {
    "add": (things.add, 3), "remove": (things.remove, 1.5), "some": (things.remove_some, 4),
    "except": (things.only, 4), "replace": (things.substitute, 2.5), "recolour": (looks.recolour, 4),
    "all": (looks.recolour_all, 1), "like": (looks.like, 1.5), "swap": (looks.swap, 4),
    "resize": (sizes.resize, 2), "compare": (sizes.compare, 2), "count": (counts.count, 2),
    "time": (surroundings.time, 1.5), "weather": (surroundings.weather, 1.5),
    "season": (surroundings.season, 0.8), "place": (surroundings.place, 2), "style": (surroundings.style, 2),
    "quality": (surroundings.quality, 0.8), "negation": (surroundings.negation, 1.2),
    "emoji": (emoji, 1), "beside": (beside_talk, 1.5), "bank": (of_bank, 12),
}  # fmt: skip
"""Every single kind of wish and how often it is drawn."""
