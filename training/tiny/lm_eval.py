"""How well a DiffChat language model edits: exact scenes in TinyWorld, content words on people's edits.

World edits are drawn from held-out sources; an edit is exact when `grammar.parse` reads the known scene out
of the model's target (a beautified one may choose its own two or more quality words). On people's edits the
target is free text: content-word F1 against theirs, and content integrity, beside two baselines that any
model must beat: the unchanged source, and "source, instruction" joined.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer, BitsAndBytesConfig

from model.errors import EditError
from model.prompt import format_edit, parse_target
from model.tiny import grammar
from model.tiny.edits import Edit, random_edit
from model.words import content_stems
from training.integrity import Requirements, integrity
from training.tiny.lm_data import held_out

Writer = Callable[[Sequence[tuple[str, str]]], list[str]]
"""(source, instruction) pairs to target prompts."""

_BATCH = 50
_TYPES = (
    ("remove", ("remove", "without", "take away", "get rid", "less ", "no ")),
    ("replace", ("replace", "turn ", "swap", "change", "instead", "convert", "->", "should become", "move")),
    ("style", ("style", "as a", "as if", "photo", "painting", "by ", "like", "drawing", "art", "ism")),
    ("add", ("add", "insert", "give", "put", "throw", "plant", "with", "wear", "combine", "there is")),
    ("describe", ("make", "have", "it is", "more")),
)  # fmt: skip


def writer(folder: Path, *, nf4: bool = False) -> Writer:
    """A greedy writer with the checkpoint in `folder`, on the CPU."""
    settings: dict[str, Any] = {"dtype": torch.float32}
    if nf4:
        settings["quantization_config"] = BitsAndBytesConfig(
            load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_use_double_quant=True,
            bnb_4bit_compute_dtype=torch.float32,
        )  # fmt: skip
    tokenizer = AutoTokenizer.from_pretrained(folder, padding_side="left")
    model = AutoModelForCausalLM.from_pretrained(folder, **settings).eval()

    @torch.no_grad()
    def write(pairs: Sequence[tuple[str, str]]) -> list[str]:
        asked = tokenizer([format_edit(*pair) for pair in pairs], return_tensors="pt", padding=True)
        asked.pop("token_type_ids", None)
        whole = model.generate(**asked, do_sample=False, max_new_tokens=256)
        fresh = whole[:, asked["input_ids"].shape[1] :]
        return [str(text) for text in tokenizer.batch_decode(fresh, skip_special_tokens=True)]

    return write


def written(write: Writer, pairs: Sequence[tuple[str, str]]) -> list[str]:
    """The targets of all pairs, parsed; an unusable answer is an empty target. Sorted by length for speed."""
    targets = [""] * len(pairs)
    order = sorted(range(len(pairs)), key=lambda i: len(pairs[i][0]))
    for start in range(0, len(order), _BATCH):
        part = order[start : start + _BATCH]
        for i, raw in zip(part, write([pairs[i] for i in part]), strict=True):
            try:
                targets[i] = parse_target(raw, pairs[i][0])
            except EditError:
                targets[i] = ""
    return targets


# --- TinyWorld ------------------------------------------------------------------------------------------


def held_out_edits(count: int, seed: int = 1) -> list[Edit]:
    """World edits whose sources training never sees."""

    def drawn() -> Iterator[Edit]:
        rng = random.Random(seed)
        while True:
            edit = random_edit(rng)
            if held_out(edit.source):
                yield edit

    stream = drawn()
    return [next(stream) for _ in range(count)]


def exact(edit: Edit, target: str) -> bool:
    """Whether the target says the known scene."""
    if not target:
        return False
    scene = grammar.parse(target)
    if edit.kind == "beautify":
        return len(scene.quality) >= 2 and replace(scene, quality=()) == replace(edit.after, quality=())
    return scene == edit.after


def world_scores(write: Writer, count: int) -> dict[str, tuple[float, int]]:
    """Share of exact edits and their number, by kind and for `all`."""
    edits = held_out_edits(count)
    targets = written(write, [(edit.source, edit.instruction) for edit in edits])
    hits: dict[str, list[bool]] = defaultdict(list)
    for edit, target in zip(edits, targets, strict=True):
        for key in ("all", edit.kind):
            hits[key].append(exact(edit, target))
    return {key: (sum(found) / len(found), len(found)) for key, found in sorted(hits.items())}


# --- people's edits -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HumanEdit:
    """One person's edit."""

    source: str
    instruction: str
    target: str

    @property
    def kind(self) -> str:
        """A rough type, by the words of the instruction."""
        asked = self.instruction.lower() + " "
        return next((kind for kind, signs in _TYPES if any(sign in asked for sign in signs)), "other")

    @property
    def requirements(self) -> Requirements:
        """K: the content words of the person's target; F: those of the source that it lacks."""
        kept = content_stems(self.target)
        return Requirements({word: word for word in kept}, content_stems(self.source) - kept)


def read_human_edits(path: Path) -> list[HumanEdit]:
    """The edits of a JSON-lines file with `source`, `instruction`, `target`."""
    return [HumanEdit(**json.loads(line)) for line in path.read_text("utf-8").splitlines() if line.strip()]


def f1(wanted: str, got: str) -> float:
    """F1 of the content words of two texts, as sets of stems."""
    a, b = content_stems(wanted), content_stems(got)
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0


def human_scores(write: Writer, path: Path) -> dict[str, dict[str, tuple[float, float, int]]]:
    """(F1, content integrity, number) by edit type and for `all`, for the model and both baselines."""
    edits = read_human_edits(path)
    systems = {
        "model": written(write, [(edit.source, edit.instruction) for edit in edits]),
        "source": [edit.source for edit in edits],
        "joined": [f"{edit.source}, {edit.instruction}" for edit in edits],
    }
    return {name: _by_type(edits, targets) for name, targets in systems.items()}


def _by_type(edits: list[HumanEdit], targets: list[str]) -> dict[str, tuple[float, float, int]]:
    rows: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for edit, target in zip(edits, targets, strict=True):
        for key in ("all", edit.kind):
            rows[key].append((f1(edit.target, target), integrity(target, edit.requirements)))
    return {
        key: (sum(a for a, _ in scores) / len(scores), sum(b for _, b in scores) / len(scores), len(scores))
        for key, scores in sorted(rows.items())
    }


def evaluate(folder: Path, count: int, human: Path | None, *, nf4: bool = False) -> str:
    """All scores as Markdown tables."""
    write = writer(folder, nf4=nf4)
    lines = ["| world edits | exact | n |", "|---|---|---|"]
    lines += [f"| {kind} | {share:.1%} | {n} |" for kind, (share, n) in world_scores(write, count).items()]
    if human:
        lines += ["", "| people's edits | n | model F1 | source | joined | model CI | source | joined |"]
        lines += ["|---|---|---|---|---|---|---|---|"]
        scores = human_scores(write, human)
        for kind in scores["model"]:
            f1s = " | ".join(f"{scores[name][kind][0]:.3f}" for name in ("model", "source", "joined"))
            cis = " | ".join(f"{scores[name][kind][1]:.3f}" for name in ("model", "source", "joined"))
            lines.append(f"| {kind} | {scores['model'][kind][2]} | {f1s} | {cis} |")
    return "\n".join(lines)
