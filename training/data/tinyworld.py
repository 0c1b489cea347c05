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
from model.tiny.limits import unshown
from model.tiny.vocabulary import world_vocabulary
from model.tiny.world import MAX_KINDS, Scene
from training.data.examples import Example
from training.data.hashing import unit_hash
from training.data.splits import Part, agreed, words_key

if TYPE_CHECKING:
    from collections.abc import Iterator

_KINDS = tuple(kind for kind in KINDS if kind != "beautify")
_WEIGHTS = tuple(4 if kind == "combined" else 1 for kind in _KINDS)

HELD_OUT_PART = 6 / 256
SHARE = 0.2
"""Of scenes, and of instructions, for selection, and as much for test."""
_TRIES = 50


def held_out(source: str) -> bool:
    """Whether the letters of a source prompt are among those that no published checkpoint learnt from."""
    return unit_hash(source.lower()) < HELD_OUT_PART


def part_of(source: str, instruction: str) -> Part | None:
    """The part of an edit in TinyWorld; None for what is in none.

    The scene counts, however it is worded: `grammar.parse` reads it, and words of quality are no part of it.
    Scene and instruction must name the same part (`training.data.splits`). The letters of selection and test
    are also held out from the published checkpoints, which were trained before scenes and instructions were
    parted.
    """
    part = agreed(_scene_key(source), words_key(instruction), SHARE)
    return part if (part == "train") != held_out(source) else None


def tinyworld(count: int, seed: int, part: Part = "train") -> list[Example]:
    """`count` examples of one part. The same seed gives the same ones."""
    return list(islice(_drawn(random.Random(f"{seed}-{part}"), part), count))


def plain(prompt: Draft) -> Draft:
    """The prompt without words of quality and filler."""
    return replace(prompt, tags=tuple(tag for tag in prompt.tags if tag[0] not in ("quality", "filler")))


def same(prompt: str, wanted: str) -> bool:
    """Whether two prompts say the same: the same scene, and the same words that the world does not know."""
    if grammar.parse(prompt) != grammar.parse(wanted):
        return False
    return _strange(prompt) == _strange(wanted)


def _strange(prompt: str) -> set[str]:
    """The prompt's words that are no words of the world."""
    return set(unshown(prompt, most=99))


def _drawn(rng: random.Random, part: Part) -> Iterator[Example]:
    """Examples without end. Texts that `grammar.parse` would not read back as meant are passed over."""
    while True:
        before = draft(grammar.polish(Scene.random(rng), rng), rng)
        source = str(plain(before))
        # Of the scenes few are in selection or test, so those are found first and then asked for an edit
        if (part == "train") == held_out(source) or part_of(source, "") != part:
            continue
        if grammar.parse(str(before)) != scene_of(before):
            continue
        tries = (_change(before, rng) for _ in range(_TRIES))
        fitting = (one for one in tries if one and part_of(source, one.instruction) == part)
        if example := next(fitting, None):
            yield example


def _change(before: Draft, rng: random.Random) -> Example | None:
    """A random edit of a prompt, unless the world cannot hold it or would misread it."""
    kind = rng.choices(_KINDS, _WEIGHTS)[0]
    make = combined if kind == "combined" else SINGLE[kind]
    change = make(before, world_vocabulary(), rng)
    if change is None or len(change.draft.things) > MAX_KINDS:
        return None
    if grammar.parse(str(change.draft)) != scene_of(change.draft):
        return None
    return Example(
        source_prompt=str(plain(before)),
        instruction=say.typed(change.clause, rng),
        beautified_source_prompt=str(before),
        beautified_target_prompt=str(change.draft),
        target_prompt=str(plain(change.draft)),
    )


def _scene_key(source: str) -> str:
    return repr(replace(grammar.parse(source), quality=()))
