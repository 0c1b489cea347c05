"""Train, selection and test: three parts that share no scene and no instruction.

Training learns from "train". What chooses (the best checkpoint, a setting, whether an adapter is promoted)
looks at "selection". What is reported comes from "test".

Scene (the source prompt) and instruction are hashed each by itself, and each hash names a part. An example
belongs to a part if both name it, and to none if they disagree. So the parts are disjoint: were a scene in
two of them, its one hash would have named both; the same holds for instructions. The price is what is
dropped: with a share h of scenes and of instructions for selection and as much for test, (1 - 2h)² of the
examples are left to train on, h² to each of the others, and the rest is in none (h = 0.1: 64 %, 1 %, 1 % and
34 %).

Texts are compared by the stems of their content words in any order, so "make it night!" and "Make it nights"
are one instruction, and a prompt cannot come back in another part with its words turned around.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from model.language.stems import content_stems
from training.data.hashing import unit_hash

if TYPE_CHECKING:
    from collections.abc import Sequence

    from training.data.examples import Example

Part = Literal["train", "selection", "test"]
PARTS: tuple[Part, ...] = ("train", "selection", "test")


@dataclass(frozen=True)
class Splits:
    """The three parts of some data. `dropped` examples are in none, as their scene and instruction
    disagree."""

    train: list[Example]
    selection: list[Example]
    test: list[Example]
    dropped: int = 0

    def __str__(self) -> str:
        """One line for people."""
        sizes = ", ".join(f"{len(getattr(self, part))} {part}" for part in PARTS)
        return f"{sizes}, {self.dropped} in none (their scene belongs to another part than their instruction)"


def words_key(text: str) -> str:
    """What makes two texts the same to a split; a text without content words is its folded letters."""
    return " ".join(sorted(content_stems(text))) or " ".join(text.casefold().split())


def hashed_part(kind: str, key: str, share: float, seed: int = 0) -> Part:
    """The part that a hash of `key` names. `share`, in [0, 0.5], is that of selection, and that of test."""
    number = unit_hash(f"{kind}\n{seed}\n{key}")
    if number < share:
        return "test"
    return "selection" if number < 2 * share else "train"


def agreed(scene: str, instruction: str, share: float, seed: int = 0) -> Part | None:
    """The part of an example whose scene and instruction have these keys; None where they disagree.

    Without an instruction ("") the scene decides alone.
    """
    part = hashed_part("scene", scene, share, seed)
    if not instruction:
        return part
    return part if hashed_part("instruction", instruction, share, seed) == part else None


def split(examples: Sequence[Example], share: float, seed: int = 0) -> Splits:
    """The parts of `examples`, in order; the answer for one does not depend on the others."""
    parts: dict[Part | None, list[Example]] = {None: [], "train": [], "selection": [], "test": []}
    for example in examples:
        parts[agreed(*keys_of(example), share, seed)].append(example)
    return Splits(parts["train"], parts["selection"], parts["test"], len(parts[None]))


def beside(examples: Sequence[Example], test: Sequence[Example], share: float, seed: int = 0) -> Splits:
    """Train and selection of `examples` where `test` comes from elsewhere.

    What shares its scene or its instruction with an example of `test` is dropped; the hashes part the rest in
    two, of which selection gets `share` of the scenes and of the instructions.
    """
    scenes, instructions = (
        (set(column) for column in zip(*map(keys_of, test), strict=True)) if test else ((), ())
    )
    train: list[Example] = []
    selection: list[Example] = []
    dropped = 0
    for example in examples:
        scene, instruction = keys_of(example)
        # Half the range of `hashed_part` is one part here: there is no test among these
        chosen = {hashed_part(kind, key, share / 2, seed) != "train" for kind, key in
                  (("scene", scene), ("instruction", instruction)) if key}  # fmt: skip
        if scene in scenes or (instruction and instruction in instructions) or len(chosen) == 2:
            dropped += 1
        else:
            (selection if True in chosen else train).append(example)
    return Splits(train, selection, list(test), dropped)


def keys_of(example: Example) -> tuple[str, str]:
    """The keys of an example's scene and instruction."""
    return words_key(example.source_prompt), words_key(example.instruction)
