"""German names of surroundings, such as `ein Wald` or `dichter Nebel`, in the other cases."""

from __future__ import annotations

_MASCULINE = frozenset(
    {
        "Sonnenuntergang", "Sonnenaufgang", "Tag", "Sturm", "Blizzard", "Schneesturm", "Wolkenbruch", "Regen",
        "Nebel", "Himmel", "Wald", "Park", "Garten", "Strand", "Ozean", "See", "Winter",
    }
)  # fmt: skip
"""Heads of names that differ in the accusative."""
_PLURAL = {"die Berge": "den Bergen", "die Alpen": "den Alpen", "Berge": "Bergen"}
_DATIVES = {"ein": "einem", "eine": "einer", "der": "dem", "die": "der"}


def accusative(name: str) -> str:
    """`einen Wald`, `dichten Nebel`."""
    *before, head = name.split(" ")
    if head not in _MASCULINE:
        return name
    said = [{"ein": "einen", "der": "den"}.get(word) or _ending(word, "er", "en") for word in before]
    return " ".join([*said, head])


def dative(name: str) -> str:
    """`einem Wald`, `dichtem Nebel`."""
    if name in _PLURAL:
        return _PLURAL[name]
    *before, head = name.split(" ")
    if not before or before[0] == "nur" or not before[0].islower():
        return name
    article = _DATIVES.get(before[0])
    if article:
        weak = [word[: -len(_stem_end(word))] + "en" if _stem_end(word) else word for word in before[1:]]
        return " ".join([article, *weak, head])
    strong = [_ending(_ending(_ending(word, "er", "em"), "es", "em"), "e", "er") for word in before]
    return " ".join([*strong, head])


def in_cases(slot: str, name: str) -> dict[str, str]:
    """The name as slots of a pattern: `w`, `w_acc` and `w_dat`."""
    return {slot: name, f"{slot}_acc": accusative(name), f"{slot}_dat": dative(name)}


def _stem_end(word: str) -> str:
    return next((end for end in ("er", "es", "e") if word.endswith(end)), "")


def _ending(word: str, old: str, new: str) -> str:
    return word.removesuffix(old) + new if word.endswith(old) else word
