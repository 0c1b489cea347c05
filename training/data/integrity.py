"""Content integrity: a prompt carries what the edit asks for, and nothing of what it takes away.

`K` are the content words a target must carry, `F` those the edit removes; words are compared by stem and
stop words do not count (`model.language.stems`). Which words those are, and what may stand for one of K, is
the edit's `measure`; how far each measure agrees with a reader: `training.evaluation.agreement`. For a text y

    CI(y) = |K ∩ y| / |K| · (1 − |F ∩ y| / max(1, |F|)),   in [0, 1],   1 when K is empty and F unused,

and the same for every prefix of y, which is what the critic sees (`prefix_features`). This is our reading of
DiffChat's content integrity.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from model.language.stems import content_stems, content_words, stem
from training.data.asked import asked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from training.data.examples import Edit

FEATURES = ("covered", "missing", "removed", "left")
"""What the critic sees of a prefix: share of K, missing words (of 8), share of F, length left."""

_MANY = 8
_TAKES_AWAY = re.compile(
    r"\b(?:remove|delete|drop|erase|without|no|lose|get rid of|instead of)\s+(?P<gone>[^,.;]+?)"
    r"(?=\s+(?:and|but|with|from|to|add|make)\b|[,.;]|$)"
    r"|\b(?:replace|change|turn|swap|convert|transform)\s+(?P<old>[^,.;]+?)\s+(?:with|for|by|into|to)\b",
    re.IGNORECASE,
)
_ASKING = frozenset({
    "make", "add", "put", "change", "turn", "replace", "remove", "delete", "drop", "erase", "give", "let",
    "set", "show", "draw", "paint", "want", "like", "please", "swap", "convert", "transform", "instead",
    "rid", "get", "lose", "keep", "more", "less", "bit", "little",
})  # fmt: skip
"""Words of an instruction that ask, and name nothing."""


@dataclass(frozen=True)
class Requirements:
    """K and F of one edit. `required` maps each stem of K to the word as it should be written.

    `also` has, for some stems of K, others that may stand for them (`training.data.asked`).
    """

    required: Mapping[str, str] = field(default_factory=dict)
    removed: frozenset[str] = frozenset()
    also: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def stems(self) -> frozenset[str]:
        """K."""
        return frozenset(self.required)

    def missing(self, present: Iterable[str]) -> frozenset[str]:
        """The stems of K for which nothing is among `present`."""
        lacking = self.stems.difference(present)
        if not self.also or not lacking:
            return lacking
        found = frozenset(present)
        return frozenset(key for key in lacking if found.isdisjoint(self.also.get(key, ())))

    def satisfying(self, keys: Iterable[str]) -> frozenset[str]:
        """Every stem that fulfils one of `keys`, these among them."""
        return frozenset(keys).union(*(self.also.get(key, ()) for key in keys))


def requirements_of(edit: Edit) -> Requirements:
    """K and F from the reference target, by the edit's own measure.

    By "stems", K are the reference's words that source or instruction name too, and F those of the source
    that it lacks. Its other words ("trending on artstation") are its writer's free choice; nobody asked for
    them, so their absence breaks nothing. For "asked" and "meaning" see `training.data.asked`.

    In a conversation on a model's own prompts the source is the true one, so that what the model lost is
    still missed; what it added, and the reference lacks, is in F as well (by "stems").
    """
    true = edit.true_source or edit.source_prompt
    if edit.measure != "stems":
        found = asked(true, edit.instruction, edit.target_prompt, meaning=edit.measure == "meaning")
        return Requirements(found.required, found.removed, found.also)
    source = content_stems(true)
    target = _written(edit.target_prompt)
    named = source | content_stems(edit.instruction)
    unwanted = (source | content_stems(edit.source_prompt)).difference(target)
    return Requirements({key: word for key, word in target.items() if key in named}, unwanted)


def whole_requirements(source_prompt: str, target_prompt: str) -> Requirements:
    """K and F where the target is exactly what was asked for: K are all of its content words, F those of the
    source that it lacks."""
    kept = content_stems(target_prompt)
    return Requirements({word: word for word in kept}, content_stems(source_prompt) - kept)


def guessed_requirements(source_prompt: str, instruction: str) -> Requirements:
    """K and F where no reference exists (at serving): from the words of source and instruction alone.

    Words the instruction takes away ("remove the X", "replace X with Y", "without X") are F; all other words
    of the source, and those of the instruction that do not merely ask, are K.
    """
    gone = " , ".join(match["gone"] or match["old"] for match in _TAKES_AWAY.finditer(instruction))
    rest = _TAKES_AWAY.sub(" , ", instruction)
    added = {key: word for key, word in _written(rest).items() if word not in _ASKING}
    removed = content_stems(gone).difference(added)
    wanted = _written(source_prompt) | added
    return Requirements(
        {key: word for key, word in wanted.items() if key not in removed},
        removed & content_stems(source_prompt),
    )


def f1(wanted: str, got: str) -> float:
    """F1 of the content words of two texts as sets of stems, from 0 to 1; 1 where neither has any."""
    a, b = content_stems(wanted), content_stems(got)
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0


def integrity(text: str, requirements: Requirements) -> float:
    """CI of a finished text or of any prefix of one, in [0, 1]."""
    return integrity_of_stems(content_stems(text), requirements)


def integrity_of_stems(present: frozenset[str], requirements: Requirements) -> float:
    """CI of a text given by the stems of its content words."""
    return _covered(present, requirements) * (1 - _kept(present, requirements))


def integrities(texts: Sequence[str], requirements: Sequence[Requirements]) -> list[float]:
    """CI of each text under its own requirements."""
    return [integrity(text, wanted) for text, wanted in zip(texts, requirements, strict=True)]


class PrefixStems:
    """The content stems of a text that grows at its end, in time linear in its length."""

    def __init__(self) -> None:
        self._settled: frozenset[str] = frozenset()
        self._cut = 0

    def update(self, text: str) -> frozenset[str]:
        """Stems of the whole of `text`, which continues the text of the last call.

        Only what follows the last space can still change (a word going on, a character half decoded).
        """
        # A byte-level token may hold half a character, decoded as U+FFFD until its rest comes: that is behind
        # the last space too
        cut = max(text.rfind(" "), self._cut)
        self._settled |= content_stems(text[self._cut : cut])
        self._cut = cut
        return self._settled | content_stems(text[cut:])


def prefix_integrities(prefixes: Sequence[str], requirements: Requirements) -> list[float]:
    """CI of each of the growing `prefixes` of one text."""
    stems = PrefixStems()
    return [integrity_of_stems(stems.update(prefix), requirements) for prefix in prefixes]


def prefix_features(prefixes: Sequence[str], requirements: Requirements) -> list[list[float]]:
    """The `FEATURES` of growing prefixes, each in [0, 1]; of the i-th of n, (n − i) / n is left."""
    stems, rows = PrefixStems(), []
    for position, prefix in enumerate(prefixes):
        present = stems.update(prefix)
        missing = len(requirements.missing(present))
        rows.append(
            [
                _covered(present, requirements),
                min(missing, _MANY) / _MANY,
                _kept(present, requirements),
                1 - position / len(prefixes),
            ]
        )
    return rows


def batch_features(
    prefixes: Sequence[Sequence[str]], requirements: Sequence[Requirements], length: int
) -> Tensor:
    """Features of the state before each action of B completions: float32 [B, length, len(FEATURES)].

    `prefixes[b][t]` is the text before action t of completion b. "left" counts down from the same `length`
    for all; positions past a completion's end are 0.
    """
    features = torch.zeros(len(prefixes), length, len(FEATURES))
    for row, (texts, wanted) in enumerate(zip(prefixes, requirements, strict=True)):
        if texts:
            features[row, : len(texts)] = torch.tensor(prefix_features(texts, wanted))
            features[row, : len(texts), FEATURES.index("left")] = 1 - torch.arange(len(texts)) / length
    return features


def _covered(present: frozenset[str], requirements: Requirements) -> float:
    wanted = len(requirements.stems)
    return (wanted - len(requirements.missing(present))) / wanted if wanted else 1.0


def _kept(present: frozenset[str], requirements: Requirements) -> float:
    return len(requirements.removed & present) / max(1, len(requirements.removed))


def _written(text: str) -> dict[str, str]:
    """Stem -> the word as `text` first writes it (folded), in order."""
    return {stem(word): word for word in reversed(content_words(text))}
