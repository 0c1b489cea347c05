"""Captions in the manner of the web: what the pictures of the world are called by those who put them there.

Beside real prompts people edit titles with a painter, a medium, a year or a shop behind a dash. An edit must
keep all of that unchanged, letter by letter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from training.tiny.vocabulary import listed, made_up, somebody

if TYPE_CHECKING:
    import random

MEDIA = (
    "painting", "oil painting", "watercolor", "watercolor painting", "acrylic painting", "drawing",
    "pencil drawing", "sketch", "photo", "photograph", "photography", "stock photo", "illustration",
    "vector illustration", "print", "art print", "poster", "canvas print", "wall art", "wallpaper",
    "digital art", "sculpture", "engraving", "etching", "portrait", "mural", "artwork", "fine art print",
    "oil on canvas", "pastel", "lithograph", "woodcut",
)  # fmt: skip
_FORMS = (
    ("{x} by {who}", 8), ("{x}, by {who}", 2), ("{who} - {x}", 3), ("{who}, {x}", 2), ("{x} - {who}", 2),
    ("{x} ({year})", 2), ("{x}, {year}", 2), ("{who}, {x}, {year}", 1), ("{medium} of {x}", 5),
    ("a {medium} of {x}", 4), ("{x} - {medium}", 4), ("{x} {medium}", 5), ("{x} {medium} by {who}", 5),
    ("{x}, {medium} by {who}", 4), ("{x}, {medium}", 4), ("{x} | {medium}", 2),
    ("{x} | {medium} by {who}", 1),
    ("{medium}: {x}", 1), ("{x} in {town}", 2), ("{x}, {town}", 2), ("{x} in {town}, {land}", 2),
    ("{x} at {town} by {who}", 1), ("{x} | {site}", 1), ("{x} - {medium} - {site}", 1), ("{x}", 10),
    ("{x} #{number}", 1), ("{x} ({who})", 1), ("the {x} by {who}", 1),
)  # fmt: skip


def web_caption(core: str, rng: random.Random) -> str:
    """A caption around `core`, the words for what is to be seen; half of them in Title Case."""
    forms, weights = [form for form, _ in _FORMS], [weight for _, weight in _FORMS]
    medium, name = rng.choice(MEDIA), somebody(rng)
    if rng.random() < 0.5:
        core, medium = core.title(), medium.title()
    towns, lands = (_members(kind) for kind in ("city", "country"))
    return rng.choices(forms, weights)[0].format(
        x=core, who=name, medium=medium, year=rng.randint(1480, 2026), number=rng.randint(1, 120),
        town=rng.choice(towns), land=rng.choice(lands),
        site=rng.choice(("{}.com", "{} Gallery", "The {}")).format(made_up(rng).title()),
    )  # fmt: skip


def _members(kind: str) -> list[str]:
    row = next(line for line in listed("kinds") if line.startswith(f"{kind}|"))
    return [name.title() for name in row.split("|")[2].split(", ")]
