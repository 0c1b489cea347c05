"""How well a DiffChat language model edits: exact scenes in TinyWorld, content words on people's edits.

World edits are of the test part (of the selection part where a choice is to be made); an edit is exact when
`grammar.parse` reads the known scene out of the model's target (a beautified one may choose its own two or
more quality words). On people's edits the target is free text: content-word F1 against theirs, and content
integrity, beside two baselines that any model must beat: the unchanged source, and "source, instruction"
joined.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from model.engine import EditRequest
from model.errors import EditError
from model.language.llm import DiffChatLLM
from model.language.second_looks import LOOKS, Look
from model.settings import LLMSettings
from model.tiny import grammar
from model.tiny.edits import Edit, random_edit
from training.data.integrity import Requirements, f1, integrity, whole_requirements
from training.data.tinyworld import held_out, part_of
from training.tiny.chat_eval import Ask, tables
from training.tiny.vocabulary import listed

if TYPE_CHECKING:
    from pathlib import Path

    from training.data.splits import Part

Pair = tuple[str, str]
"""Source prompt and instruction."""

Writer = Callable[[Sequence[Pair]], list[str]]
"""Target prompts for a batch of pairs; an edit without a usable answer gives an empty one."""

_BATCH = 100
_TYPES = (
    ("remove", ("remove", "without", "take away", "get rid", "less ", "no ")),
    ("replace", ("replace", "turn ", "swap", "change", "instead", "convert", "->", "should become", "move")),
    ("style", ("style", "as a", "as if", "photo", "painting", "by ", "like", "drawing", "art", "ism")),
    ("add", ("add", "insert", "give", "put", "throw", "plant", "with", "wear", "combine", "there is")),
    ("describe", ("make", "have", "it is", "more")),
)  # fmt: skip


def asker(folder: Path, *, nf4: bool = False, looks: frozenset[Look] = LOOKS) -> Ask:
    """The checkpoint in `folder`, greedy on the CPU, through the code that serves it, with answers of any
    confidence given out: the model is measured, and not what is made of its doubts. `looks` as in
    `DiffChatLLM.load`."""
    quantization: Literal["nf4", "none"] = "nf4" if nf4 else "none"
    settings = LLMSettings(model=str(folder), quantization=quantization, device="cpu")
    return DiffChatLLM.load(settings, keeps_back=False, looks=looks).try_edit


def writer(ask: Ask) -> Writer:
    """The targets of single edits."""

    def write(pairs: Sequence[Pair]) -> list[str]:
        outcomes = ask([EditRequest(source, instruction) for source, instruction in pairs])
        return ["" if isinstance(outcome, EditError) else outcome.target_prompt for outcome in outcomes]

    return write


def written(write: Writer, pairs: Sequence[Pair]) -> list[str]:
    """The targets of all pairs, in batches of like length."""
    targets = [""] * len(pairs)
    order = sorted(range(len(pairs)), key=lambda i: len(pairs[i][0]))
    for start in range(0, len(order), _BATCH):
        part = order[start : start + _BATCH]
        for i, target in zip(part, write([pairs[i] for i in part]), strict=True):
            targets[i] = target
    return targets


# --- TinyWorld ------------------------------------------------------------------------------------------


def held_out_edits(count: int, seed: int = 1, part: Part = "test") -> list[Edit]:
    """World edits of a part that training never sees: "test" to report on, "selection" to choose by."""
    rng = random.Random(seed)

    def wanted(source: str, instruction: str) -> bool:
        # The letters are asked first, as that is much the cheaper question
        return held_out(source) and part_of(source, instruction) == part

    return [random_edit(rng, wanted=wanted) for _ in range(count)]


def exact(edit: Edit, target: str) -> bool:
    """Whether the target says the known scene."""
    if not target:
        return False
    scene = grammar.parse(target)
    if edit.kind == "beautify":
        return len(scene.quality) >= 2 and replace(scene, quality=()) == replace(edit.after, quality=())
    return scene == edit.after


def world_scores(write: Writer, count: int, part: Part = "test") -> dict[str, tuple[float, int]]:
    """Share of exact edits of a part and their number, by kind and for `all`."""
    edits = held_out_edits(count, part=part)
    targets = written(write, [(edit.source, edit.instruction) for edit in edits])
    hits: dict[str, list[bool]] = defaultdict(list)
    for edit, target in zip(edits, targets, strict=True):
        for key in ("all", edit.kind):
            hits[key].append(exact(edit, target))
    return {key: (sum(found) / len(found), len(found)) for key, found in sorted(hits.items())}


# --- talk -----------------------------------------------------------------------------------------------


def talk_scores(write: Writer, per_line: int = 4, seed: int = 1) -> tuple[float, int]:
    """Share of talk that changes nothing, and its number: each held-out line under some held-out prompts."""
    rng = random.Random(seed)
    lines = [line for line in listed("chatter_held_out") for _ in range(per_line)]
    sources = [edit.source for edit in held_out_edits(len(lines), seed)]
    rng.shuffle(sources)
    targets = written(write, list(zip(sources, lines, strict=True)))
    same = [target == source for target, source in zip(targets, sources, strict=True)]
    return sum(same) / len(same), len(same)


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
        return whole_requirements(self.source, self.target)


def read_human_edits(path: Path) -> list[HumanEdit]:
    """The edits of a JSON-lines file with `source`, `instruction`, `target`."""
    return [HumanEdit(**json.loads(line)) for line in path.read_text("utf-8").splitlines() if line.strip()]


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


def evaluate(
    folder: Path, count: int, chats: int, human: Path | None, *, nf4: bool = False, part: Part = "test"
) -> str:
    """Scores as Markdown tables: of `count` edits of the world and of talk, of `chats` conversations and as
    many wishes in each language, and of people's edits; 0 leaves a part out. The world's are those of `part`.
    """
    ask = asker(folder, nf4=nf4)
    write = writer(ask)
    found = [world_tables(write, count, part)] if count else []
    found += [tables(ask, chats, part)] if chats else []
    found += [human_table(write, human)] if human else []
    return "\n\n".join(found)


def world_tables(write: Writer, count: int, part: Part) -> str:
    """Exact edits by kind, and talk left alone."""
    lines = [f"| world edits ({part}) | exact | n |", "|---|---|---|"]
    lines += [
        f"| {kind} | {share:.1%} | {n} |" for kind, (share, n) in world_scores(write, count, part).items()
    ]
    share, n = talk_scores(write)
    return "\n".join(
        [*lines, "", "| talk | left alone | n |", "|---|---|---|", f"| all | {share:.1%} | {n} |"]
    )


def human_table(write: Writer, human: Path) -> str:
    """F1 and content integrity on people's edits, by type."""
    lines = ["| people's edits | n | model F1 | source | joined | model CI | source | joined |"]
    lines += ["|---|---|---|---|---|---|---|---|"]
    scores = human_scores(write, human)
    for kind in scores["model"]:
        f1s = " | ".join(f"{scores[name][kind][0]:.3f}" for name in ("model", "source", "joined"))
        cis = " | ".join(f"{scores[name][kind][1]:.3f}" for name in ("model", "source", "joined"))
        lines.append(f"| {kind} | {scores['model'][kind][2]} | {f1s} | {cis} |")
    return "\n".join(lines)
