"""The small language model's tokenizer and its stream of training batches: examples drawn, tokenised, packed.

World edits are those of the train part alone, by scene and by instruction
(`training.data.tinyworld.part_of`). The shipped model is older: the scenes of selection and test are new to
it, their instructions are not.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from transformers import PreTrainedTokenizerFast

from model.language.conversation import Answer
from model.tiny import instructions as say
from model.tiny.edits import KINDS, random_edit
from model.tiny.world import random_quality
from training.data.tinyworld import part_of
from training.tiny.conversations.marks import mark, nowhere
from training.tiny.conversations.talk import GERMAN, World, first_draft, random_chat
from training.tiny.conversations.texts import Lesson, lesson, shortened, single
from training.tiny.openvocab import TextEdit, caption_edit, drafted_edit, gibberish_edit, real_edit
from training.tiny.wishes.absent import absent_wish
from training.tiny.wishes.bank.pictures import bank_picture
from training.tiny.wishes.draw import ALL_BUT_BANK, random_wish
from training.tiny.wishes.first_prompts import german_prompt
from training.tiny.wishes.remarks import remark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from training.tiny.conversations.said import Language
    from training.tiny.conversations.state import Chat

PAD, BOS, EOS = "<pad>", "<s>", "</s>"
IGNORE = -100
SLIPS = 0.15
"""The share of world instructions with a slip of the keyboard: more than people's, for they are harder."""
HARD = 0.45
"""The share of wishes that are drawn from the kinds that are hardest to learn alone."""
_EASY = frozenset({"time", "weather", "season", "place", "style", "quality", "negation", "count", "resize"})
ABSENT = 0.03
"""The share of wishes about what is not in the picture."""
REMARKED = 0.7
"""The share of messages under a picture of the world that speak of what is in it."""
SHORTENED = 0.06
"""The share of conversations of which one message is shown without the middle of its history."""
PLAYED = 0.15
"""The share of lessons on a model's own prompts, where such were played (`training.tiny.dagger`)."""
ROW = 512
"""Tokens in one packed row; an example longer than this is left out."""


@dataclass(frozen=True, slots=True)
class Mixture:
    """How often each kind of example is drawn. Copying practice weighs `practice` more at first.

    A conversation teaches about five answers, a single message one: with these shares somewhat less than
    half of all answers come without history. `bank` is not all that its lines are drawn: of `wishes` and of
    `chats` some are, too.
    """

    world: float = 0.14
    wishes: float = 0.36
    bank: float = 0.40
    drafted: float = 0.04
    real: float = 0.09
    captions: float = 0.05
    gibberish: float = 0.015
    marks: float = 0.05
    chats: float = 0.22
    open_chats: float = 0.05
    german: float = 0.03
    practice: float = 1.5


_EMPHASIS = {
    "combined": 5.0, "remove": 2.0, "replace": 2.0, "resize": 2.0, "add": 1.5, "recolour": 1.5,
    "negation": 1.5,
    "count": 1.5, "beautify": 1.2, "nothing": 1.0, "vague": 0.7, "quality": 0.7,
}  # fmt: skip
"""Kinds of world edits that are harder to learn are trained on more often than they are measured."""


def world_edit(rng: random.Random) -> TextEdit:
    """An edit of TinyWorld's train part."""
    while True:
        kind = rng.choices(KINDS, [_EMPHASIS.get(kind, 1.0) for kind in KINDS])[0]
        edit = random_edit(rng, kind, SLIPS)
        if part_of(edit.source, edit.instruction) == "train":
            return TextEdit(edit.source, edit.instruction, edit.target)


def draw(rng: random.Random, prompts: tuple[str, ...], early: float, mixture: Mixture) -> Lesson:
    """One example. `early` runs from 1 (training starts: much copying practice) to 0."""
    late = 1 - early
    weights = {
        "world": mixture.world, "wishes": mixture.wishes * late, "bank": mixture.bank * late,
        "drafted": mixture.drafted,
        "real": mixture.real if prompts else 0.0, "captions": mixture.captions,
        "gibberish": mixture.gibberish + early * mixture.practice, "marks": mixture.marks * late,
        "chats": mixture.chats * late, "open_chats": mixture.open_chats * late,
        "german": mixture.german * late,
    }  # fmt: skip
    kind = rng.choices(list(weights), list(weights.values()))[0]
    if kind in ("chats", "open_chats"):
        chat = train_chat(rng, "world" if kind == "chats" else "open")
        return (shortened(chat, rng) if rng.random() < SHORTENED else None) or lesson(chat)
    if kind == "marks":
        return no_edit(rng, prompts)
    if kind == "german":
        return first_in_german(rng)
    if kind == "bank":
        edit = bank_wish(rng)
    else:
        edit = wish(rng) if kind == "wishes" else single_edit(rng, kind, prompts, early)
    return single(edit.source, edit.instruction, meant(edit))


def single_edit(rng: random.Random, kind: str, prompts: tuple[str, ...], early: float = 0.0) -> TextEdit:
    """An edit without history, of a kind that `Mixture` names."""
    if kind == "world":
        return world_edit(rng)
    if kind == "drafted":
        return drafted_edit(rng)
    if kind == "captions":
        return caption_edit(prompts, rng)
    return real_edit(prompts, rng) if kind == "real" else gibberish_edit(rng, 6 if early > 0.5 else 14)


def meant(edit: TextEdit) -> Answer:
    """The answer to a single edit: words that ask for nothing are chat."""
    asked = edit.instruction.lower().strip(" .!?")
    nothing = edit.target == edit.source and any(asked == text.strip(" .!?").lower() for text in say.NOTHING)
    return Answer("chat", "") if nothing else Answer("edit", edit.target)


def train_chat(rng: random.Random, world: World) -> Chat:
    """A conversation that begins with a scene of the train part."""
    while True:
        chat = random_chat(rng, world=world)
        if world == "open" or part_of(chat.pictures[0].prompt, "") == "train":
            return chat


def wish(rng: random.Random) -> TextEdit:
    """A wish of the second source, of a scene of the train part."""
    while True:
        before = first_draft(rng)
        source = str(before)
        if part_of(source, "") != "train":
            continue
        language: Language = "de" if rng.random() < GERMAN else "en"
        if rng.random() < ABSENT and (nothing := absent_wish(rng, before, language)):
            return TextEdit(source, nothing, source)
        without = _EASY if rng.random() < HARD else ()
        asked = random_wish(rng, before, language, without=without)
        if asked:
            return TextEdit(source, asked.instruction, str(asked.after))


def bank_wish(rng: random.Random) -> TextEdit:
    """A wish of the lines of `training.tiny.wishes.bank`, of a scene of the train part."""
    while True:
        before = bank_picture(rng)
        if part_of(str(before), "") != "train":
            continue
        language: Language = "de" if rng.random() < GERMAN else "en"
        asked = random_wish(rng, before, language, without=ALL_BUT_BANK)
        if asked:
            return TextEdit(str(before), asked.instruction, str(asked.after))


def first_in_german(rng: random.Random) -> Lesson:
    """A first prompt in German, whose English scene is of the train part."""
    while True:
        asked, draft = german_prompt(rng)
        if part_of(str(draft), "") == "train":
            beautified = draft.tagged("quality", *random_quality(rng))
            return single(asked, "", Answer("edit", str(beautified)))


def no_edit(rng: random.Random, prompts: tuple[str, ...]) -> Lesson:
    """A message that is no edit, under some picture."""
    kind = rng.choices(("world", "drafted", "real", "captions"), (4, 2, 2 if prompts else 0, 1))[0]
    under = single_edit(rng, kind, prompts)
    language: Language = "de" if rng.random() < GERMAN else "en"
    if kind == "world" and rng.random() < REMARKED:
        while part_of(str(scene := first_draft(rng)), "") != "train":
            pass
        return single(str(scene), *remark(rng, scene, language))
    shown = rng.choice((under.source, under.target))
    if rng.random() < 0.06:
        return single(shown, nowhere(rng, language, shown), Answer("back", shown))
    return single(shown, *mark(rng, language))


def train_tokenizer(
    prompts: tuple[str, ...], size: int, seed: int = 0, samples: int = 40_000
) -> PreTrainedTokenizerFast:
    """A byte-level BPE that writes any text, learnt from the mixture's own texts."""

    def texts() -> Iterator[str]:
        rng = random.Random(seed)
        for _ in range(samples):
            for piece in draw(rng, prompts, 0.0, Mixture()):
                yield piece.text + piece.answer
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
    to (0 is padding); `labels`: the next token where it is to be predicted, else IGNORE; `seen`: bool
    [rows, ROW, ROW], which tokens (last axis) a token may read."""

    ids: torch.Tensor
    positions: torch.Tensor
    example: torch.Tensor
    labels: torch.Tensor
    seen: torch.Tensor


@dataclass(frozen=True, slots=True)
class Tokens:
    """A lesson in tokens: one row of a batch in short. `seen` is bool [size, size]."""

    ids: list[int]
    positions: list[int]
    labels: list[int]
    seen: npt.NDArray[np.bool_]


class Packer:
    """Turns examples into packed batches of a fixed shape.

    They are drawn by `mixture`, and a share `PLAYED` of them from the lessons that were `played`.
    """

    def __init__(
        self,
        tokenizer: PreTrainedTokenizerFast,
        prompts: tuple[str, ...],
        rows: int,
        played: Sequence[Lesson] = (),
        mixture: Mixture = Mixture(),
    ) -> None:
        self.tokenizer, self.prompts, self.rows = tokenizer, prompts, rows
        self.played, self.mixture = played, mixture

    def batch(self, generator: np.random.Generator, early: float) -> Batch:
        """A batch drawn with this generator; `early` as in `draw`."""
        rng = random.Random(int(generator.integers(2**62)))
        ids = np.full((self.rows, ROW), self.tokenizer.pad_token_id)
        positions, example = np.zeros_like(ids), np.zeros_like(ids)
        labels = np.full_like(ids, IGNORE)
        # Padding reads itself, as a row of a softmax that reads nothing is not a number
        seen = np.broadcast_to(np.eye(ROW, dtype=bool), (self.rows, ROW, ROW)).copy()
        used = [0] * self.rows
        misses = 0
        # First fit; four examples in a row that fit nowhere and the rows are full enough
        while misses < 4:
            tokens = self.tokens(self._drawn(rng, early))
            size = len(tokens.ids)
            row = next((r for r in range(self.rows) if used[r] + size <= ROW), None)
            if row is None:
                misses += 1
                continue
            span = slice(used[row], used[row] + size)
            ids[row, span], positions[row, span] = tokens.ids, tokens.positions
            example[row, span] = example[row].max() + 1
            labels[row, span] = tokens.labels
            seen[row, span, span] = tokens.seen
            used[row] += size
        return Batch(*(torch.from_numpy(array) for array in (ids, positions, example, labels, seen)))

    def _drawn(self, rng: random.Random, early: float) -> Lesson:
        if self.played and rng.random() < PLAYED:
            return rng.choice(self.played)
        return draw(rng, self.prompts, early, self.mixture)

    def tokens(self, pieces: Lesson) -> Tokens:
        """A lesson as it is packed: each piece counts its positions on from its parent's, and reads it."""
        sizes: list[tuple[int, int]] = []
        ids: list[int] = []
        positions: list[int] = []
        labels: list[int] = []
        for piece in pieces:
            text = self.tokenizer(piece.text, add_special_tokens=piece.parent < 0)["input_ids"]
            answer = (
                self.tokenizer(piece.answer, add_special_tokens=False)["input_ids"] if piece.answer else []
            )
            first = positions[sizes[piece.parent][1] - 1] + 1 if piece.parent >= 0 else 0
            sizes.append((len(ids), len(ids) + len(text) + len(answer)))
            ids += [*text, *answer]
            positions += range(first, first + len(text) + len(answer))
            # Shifted by one: the text's last token predicts the answer's first; texts are not learnt. The end
            # is predicted, but stands nowhere: in a conversation the next message follows
            learnt = [*answer, self.tokenizer.eos_token_id] if answer else [IGNORE]
            labels += [*[IGNORE] * (len(text) - 1), *learnt]
        return Tokens(ids, positions, labels, _seen(pieces, sizes))


def _seen(pieces: Lesson, sizes: list[tuple[int, int]]) -> npt.NDArray[np.bool_]:
    """Which tokens each token reads: those before it in its piece, and all of the pieces above that."""
    whole = sizes[-1][1]
    seen = np.zeros((whole, whole), dtype=bool)
    for piece, (start, stop) in zip(pieces, sizes, strict=True):
        seen[start:stop, start:stop] = np.tri(stop - start, dtype=bool)
        if piece.parent >= 0:
            end = sizes[piece.parent][1]
            # All that the parent's last token reads
            seen[start:stop, :end] |= seen[end - 1, :end]
    return seen


def read_prompts(path: str | None) -> tuple[str, ...]:
    """The prompts of a file, one a line, tabs and what follows them cut off; none without a path."""
    if not path:
        return ()
    rows = Path(path).read_text("utf-8").splitlines()
    lines = (" ".join(row.split("\t")[0].split()) for row in rows)
    return tuple(line for line in lines if len(line) > 3)
