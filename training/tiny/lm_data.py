"""The small language model's tokenizer and its stream of training batches: examples drawn, tokenised, packed.

World edits are those of the train part alone, by scene and by instruction
(`training.data.tinyworld.part_of`). The shipped model is older: the scenes of selection and test are new to
it, their instructions are not.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from transformers import PreTrainedTokenizerFast

from model.language.prompt import format_edit, format_target
from model.tiny.edits import KINDS, random_edit
from training.data.tinyworld import part_of
from training.tiny.chatter import chatter
from training.tiny.openvocab import TextEdit, caption_edit, drafted_edit, gibberish_edit, real_edit

if TYPE_CHECKING:
    from collections.abc import Iterator

PAD, BOS, EOS = "<pad>", "<s>", "</s>"
IGNORE = -100
SLIPS = 0.15
"""The share of world instructions with a slip of the keyboard: more than people's, for they are harder."""
ROW = 384
"""Tokens in one packed row; an example longer than this is left out."""


@dataclass(frozen=True, slots=True)
class Mixture:
    """How often each kind of example is drawn. Copying practice weighs `practice` more at first."""

    world: float = 0.36
    drafted: float = 0.14
    real: float = 0.24
    captions: float = 0.20
    gibberish: float = 0.06
    chatter: float = 0.15
    practice: float = 1.5


_EMPHASIS = {
    "combined": 5.0, "remove": 2.0, "replace": 2.0, "resize": 2.0, "add": 1.5, "recolour": 1.5,
    "negation": 1.5,
    "count": 1.5, "beautify": 1.2, "nothing": 0.6, "vague": 0.7, "quality": 0.7,
}  # fmt: skip
"""Kinds of world edits that are harder to learn are trained on more often than they are measured."""


def world_edit(rng: random.Random) -> TextEdit:
    """An edit of TinyWorld's train part."""
    while True:
        kind = rng.choices(KINDS, [_EMPHASIS.get(kind, 1.0) for kind in KINDS])[0]
        edit = random_edit(rng, kind, SLIPS)
        if part_of(edit.source, edit.instruction) == "train":
            return TextEdit(edit.source, edit.instruction, edit.target)


def draw(rng: random.Random, prompts: tuple[str, ...], early: float, mixture: Mixture) -> TextEdit:
    """One example. `early` runs from 1 (training starts: much copying practice) to 0."""
    practice = mixture.gibberish + early * mixture.practice
    weights = (
        mixture.world, mixture.drafted, mixture.real if prompts else 0.0, mixture.captions, practice,
        mixture.chatter * (1 - early),
    )  # fmt: skip
    kind = rng.choices(("world", "drafted", "real", "captions", "gibberish", "chatter"), weights)[0]
    if kind == "chatter":
        return unasked(rng, prompts, mixture)
    if kind == "world":
        return world_edit(rng)
    if kind == "drafted":
        return drafted_edit(rng)
    if kind == "captions":
        return caption_edit(prompts, rng)
    return real_edit(prompts, rng) if kind == "real" else gibberish_edit(rng, 6 if early > 0.5 else 14)


def unasked(rng: random.Random, prompts: tuple[str, ...], mixture: Mixture) -> TextEdit:
    """Talk under some picture, which stays as it is."""
    under = draw(rng, prompts, 0.0, replace(mixture, chatter=0.0))
    shown = rng.choice((under.source, under.target))
    return TextEdit(shown, chatter(rng), shown)


def train_tokenizer(
    prompts: tuple[str, ...], size: int, seed: int = 0, samples: int = 40_000
) -> PreTrainedTokenizerFast:
    """A byte-level BPE that writes any text, learnt from the mixture's own texts."""

    def texts() -> Iterator[str]:
        rng = random.Random(seed)
        for _ in range(samples):
            edit = draw(rng, prompts, 0.0, Mixture())
            yield format_edit(edit.source, edit.instruction) + format_target(edit.target)
        yield from prompts

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    trainer = trainers.BpeTrainer(
        vocab_size=size, special_tokens=[PAD, BOS, EOS], initial_alphabet=alphabet, show_progress=False
    )
    tokenizer.train_from_iterator(texts(), trainer)
    bos = tokenizer.token_to_id(BOS)
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{BOS} $A", pair=f"{BOS} $A $B", special_tokens=[(BOS, bos)]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token=PAD, bos_token=BOS, eos_token=EOS, padding_side="left",
        clean_up_tokenization_spaces=False,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Batch:
    """Packed rows. `ids`, `positions`: int64 [rows, ROW]; `example`: which example of its row a token belongs
    to (0 is padding); `labels`: the next token where it is to be predicted, else IGNORE."""

    ids: torch.Tensor
    positions: torch.Tensor
    example: torch.Tensor
    labels: torch.Tensor

    def mask(self) -> torch.Tensor:
        """Additive attention mask, float32 [rows, 1, ROW, ROW]: causal, and each example sees only itself."""
        # Packed examples must not read each other, and each counts its positions from 0, as it will at
        # serving
        same = self.example[:, :, None] == self.example[:, None, :]
        seen = same & torch.ones(ROW, ROW, dtype=torch.bool).tril()
        return torch.zeros(seen.shape).masked_fill_(~seen, torch.finfo(torch.float32).min)[:, None]


class Packer:
    """Turns examples into packed batches of a fixed shape."""

    def __init__(self, tokenizer: PreTrainedTokenizerFast, prompts: tuple[str, ...], rows: int) -> None:
        self.tokenizer, self.prompts, self.rows = tokenizer, prompts, rows
        self.mixture = Mixture()

    def batch(self, generator: np.random.Generator, early: float) -> Batch:
        """A batch drawn with this generator; `early` as in `draw`."""
        rng = random.Random(int(generator.integers(2**62)))
        ids = np.full((self.rows, ROW), self.tokenizer.pad_token_id)
        positions, example = np.zeros_like(ids), np.zeros_like(ids)
        labels = np.full_like(ids, IGNORE)
        used = [0] * self.rows
        misses = 0
        # First fit; four examples in a row that fit nowhere and the rows are full enough
        while misses < 4:
            prompt, target = self._tokens(draw(rng, self.prompts, early, self.mixture))
            size = len(prompt) + len(target)
            row = next((r for r in range(self.rows) if used[r] + size <= ROW), None)
            if row is None:
                misses += 1
                continue
            span = slice(used[row], used[row] + size)
            ids[row, span] = prompt + target
            positions[row, span] = np.arange(size)
            example[row, span] = example[row].max() + 1
            # Shifted by one: the prompt's last token predicts the target's first; prompts are not learnt
            labels[row, span.start + len(prompt) - 1 : span.stop - 1] = target
            used[row] += size
        return Batch(*(torch.from_numpy(array) for array in (ids, positions, example, labels)))

    def _tokens(self, edit: TextEdit) -> tuple[list[int], list[int]]:
        prompt = self.tokenizer(format_edit(edit.source, edit.instruction))["input_ids"]
        target = self.tokenizer(format_target(edit.target), add_special_tokens=False)["input_ids"]
        return prompt, [*target, self.tokenizer.eos_token_id]


def read_prompts(path: str | None) -> tuple[str, ...]:
    """The prompts of a file, one a line, tabs and what follows them cut off; none without a path."""
    if not path:
        return ()
    rows = Path(path).read_text("utf-8").splitlines()
    lines = (" ".join(row.split("\t")[0].split()) for row in rows)
    return tuple(line for line in lines if len(line) > 3)
