"""InstructPE in TinyWorld: examples in its form, whose answers are known.

A scene is put into words twice, once plain and once with words of quality (and sometimes filler), in
otherwise the same words; an instruction changes both alike. So "beautify" adds words and takes none away,
"edit" changes what the instruction names, and "direct" does both at once, which is the task of the DiffChat
paper.
"""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from model.tiny import grammar
from model.tiny import instructions as say
from model.tiny.changes import SINGLE, combined
from model.tiny.drafts import Draft, draft, scene_of
from model.tiny.edits import KINDS
from model.tiny.vocabulary import world_vocabulary
from model.tiny.world import MAX_KINDS, Scene
from training.data.examples import Example
from training.data.hashing import unit_hash

if TYPE_CHECKING:
    from collections.abc import Iterator

_KINDS = tuple(kind for kind in KINDS if kind != "beautify")
_WEIGHTS = tuple(4 if kind == "combined" else 1 for kind in _KINDS)

HELD_OUT_PART = 6 / 256


def held_out(source: str) -> bool:
    """Whether a source prompt belongs to the evaluation, decided by its letters alone."""
    return unit_hash(source.lower()) < HELD_OUT_PART


def tinyworld(count: int, seed: int, *, held: bool = False) -> list[Example]:
    """`count` examples whose plain source belongs to the part of the world that training may see, or (`held`)
    to the part held out by a hash of its letters. The same seed gives the same ones."""
    drawn = _drawn(random.Random(f"{seed}-{held}"))
    return list(islice((one for one in drawn if held_out(one.source_prompt) == held), count))


def plain(prompt: Draft) -> Draft:
    """The prompt without words of quality and filler."""
    return replace(prompt, tags=tuple(tag for tag in prompt.tags if tag[0] not in ("quality", "filler")))


def _drawn(rng: random.Random) -> Iterator[Example]:
    """Examples without end. Texts that `grammar.parse` would not read back as meant are passed over."""
    while True:
        before = draft(grammar.polish(Scene.random(rng), rng), rng)
        kind = rng.choices(_KINDS, _WEIGHTS)[0]
        make = combined if kind == "combined" else SINGLE[kind]
        change = make(before, world_vocabulary(), rng)
        if change is None or len(change.draft.things) > MAX_KINDS:
            continue
        if all(grammar.parse(str(one)) == scene_of(one) for one in (before, change.draft)):
            yield Example(
                source_prompt=str(plain(before)),
                instruction=say.typed(change.clause, rng),
                beautified_source_prompt=str(before),
                beautified_target_prompt=str(change.draft),
                target_prompt=str(plain(change.draft)),
            )
