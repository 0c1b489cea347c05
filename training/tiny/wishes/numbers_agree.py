"""Verbs in the number of the thing they speak of: as slots before it, `{is} {nom} big`, or behind it."""

from __future__ import annotations

_SINGULAR = {"isnt": "isn't", "doesnt": "doesn't"}
"""Names of slots that are not the verb itself."""
_PLURAL: dict[str, dict[str, str]] = {
    "en": {
        "is": "are", "isnt": "aren't", "was": "were", "does": "do", "doesnt": "don't", "has": "have",
        "needs": "need", "goes": "go", "looks": "look", "it": "them", "bothers": "bother",
        "belongs": "belong", "seems": "seem", "takes": "take", "deserves": "deserve",
    },
    "de": {
        "ist": "sind", "soll": "sollen", "sollte": "sollten", "muss": "müssen", "kann": "können",
        "darf": "dürfen", "hat": "haben", "wird": "werden", "will": "wollen", "braucht": "brauchen",
        "wäre": "wären", "hätte": "hätten", "könnte": "könnten", "wirkt": "wirken", "sieht": "sehen",
        "müsste": "müssten", "steht": "stehen", "fehlt": "fehlen", "gehört": "gehören", "reicht": "reichen",
        "passt": "passen", "stört": "stören", "gefällt": "gefallen", "war": "waren", "macht": "machen",
        "kriegt": "kriegen", "bleibt": "bleiben", "dürfte": "dürften", "würde": "würden",
        "geht": "gehen", "kommt": "kommen", "nervt": "nerven",
    },
}  # fmt: skip


def verbs(language: str, *, plural: bool) -> dict[str, str]:
    """The verbs (and "it") as slots of a pattern, each in this number."""
    forms = _PLURAL[language]
    return dict(forms) if plural else {verb: _SINGULAR.get(verb, verb) for verb in forms}


def behind(language: str) -> dict[str, str]:
    """The verbs as they stand behind a thing in the singular, each with its plural."""
    return {_SINGULAR.get(verb, verb): many for verb, many in _PLURAL[language].items() if verb != "it"}
