"""Verbs in the number of the thing they speak of, where they stand before it: `{is} {nom} big`."""

from __future__ import annotations

from model.tiny.drafts import NounPhrase

_VERBS = {
    "is": "are", "isnt": "aren't", "does": "do", "was": "were", "has": "have", "needs": "need",
    "ist": "sind", "soll": "sollen", "sollte": "sollten", "kann": "können", "darf": "dürfen", "hat": "haben",
    "wird": "werden", "will": "wollen", "braucht": "brauchen", "wäre": "wären", "hätte": "hätten",
    "könnte": "könnten", "wirkt": "wirken", "sieht": "sehen", "müsste": "müssten", "steht": "stehen",
}  # fmt: skip


def verbs(thing: NounPhrase) -> dict[str, str]:
    """The verbs as slots of a pattern, each in the thing's number."""
    one = {verb: verb.replace("nt", "n't") if verb == "isnt" else verb for verb in _VERBS}
    return dict(_VERBS) if thing.count > 1 else one
