"""The byte-pair tokenizer that CLIP and the picture pipeline share: CLIP's own kind, with a small vocabulary.

Every byte is in the vocabulary, so any text can be encoded; the end token has the highest id, as CLIP's
pooling expects.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from tokenizers import pre_tokenizers, trainers
from transformers import CLIPTokenizer

from model.tiny.world import Scene
from training.tiny.data import prompt_for

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTEXT = 64
START, END, SUFFIX = "<|startoftext|>", "<|endoftext|>", "</w>"


def corpus(seed: int, scenes: int) -> Iterator[str]:
    """Captions and long prompts of random scenes."""
    rng = random.Random(seed)
    for _ in range(scenes):
        scene = Scene.random(rng)
        yield prompt_for(scene, rng)


def train_tokenizer(seed: int = 0, vocabulary: int = 1536, scenes: int = 40_000) -> CLIPTokenizer:
    """A `CLIPTokenizer` whose merges are learnt from the world's own prompts."""
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    learner = CLIPTokenizer()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary - 2,
        initial_alphabet=alphabet,
        end_of_word_suffix=SUFFIX,
        show_progress=False,
        min_frequency=20,
    )
    learner.backend_tokenizer.train_from_iterator(corpus(seed, scenes), trainer)
    merges = [tuple(merge) for merge in _merges(learner)]
    words = [
        *alphabet,
        *(letter + SUFFIX for letter in alphabet),
        *("".join(merge) for merge in merges),
        START,
        END,
    ]
    vocabulary_of = {word: number for number, word in enumerate(dict.fromkeys(words))}
    return CLIPTokenizer(vocab=vocabulary_of, merges=merges, model_max_length=CONTEXT)


def _merges(tokenizer: CLIPTokenizer) -> list[list[str]]:
    import json

    learnt = json.loads(tokenizer.backend_tokenizer.to_str())["model"]["merges"]
    return [merge.split(" ") if isinstance(merge, str) else list(merge) for merge in learnt]
