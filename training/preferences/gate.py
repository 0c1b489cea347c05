"""What the gate measures: both adapters write the frozen edits, and are asked about held-out votes.

- "integrity": content integrity of what serving would show for an edit, in [0, 1] (a refused answer has 0)
- "aesthetic": the picture's rating, painted with the example's own seeds
- "wishes integrity", "wishes aesthetic": the same of new wishes (the task "beautify"), whose own words must
  all be kept; which others a model adds is its taste, and that is what votes change most
- "distinct words": how much of an answer is not said twice (one minus `training.preferences.repetition`), of
  edits and of wishes together
- "votes": for pairs of a liked and a disliked prompt, how often the new adapter raised the log-probability of
  the liked one by more, compared with the present adapter; that one's own value is 0.5 by definition. This
  one must be proven (`training.preferences.evidence`); the others are guards against what is seen to be worse

Held-out votes are of people and prompts that nothing was learnt from.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from model.hardware import pick_device
from model.language.llm import DiffChatLLM
from model.overlay import overlaid
from model.settings import LLMSettings
from training.config.settings import PolicySettings, RewardSettings
from training.core import tensors
from training.core.encoding import collate, encode_edit
from training.core.policy import Policy
from training.core.statistics import Estimate
from training.core.targets import served_targets
from training.data import examples, sources
from training.data.examples import Edit
from training.data.integrity import Requirements, guessed_requirements, integrity, requirements_of
from training.preferences import evidence, registry
from training.preferences.registry import Verdict
from training.preferences.repetition import repeated
from training.rewards.cache import ScoreCache
from training.rewards.judge import load_picture_scores
from training.rewards.pictures import Painter, example_seeds
from training.rewards.types import Finished

if TYPE_CHECKING:
    from collections.abc import Sequence

    from training.config.preference_settings import GateSettings
    from training.preferences.formats import Row

WISHES = "wishes "
DISTINCT = "distinct words"
_AT_ONCE = 16
SHOWN = 8
_EQUAL = 1e-6  # nats


def judge(
    present: PolicySettings, new: PolicySettings, held: Sequence[Row], settings: GateSettings, shown: Path
) -> list[Verdict]:
    """All verdicts; pictures of the first edits, before and after, are put into `shown`."""
    edits = frozen(settings)
    before = measure(present, edits, settings, shown, "before")
    after = measure(new, edits, settings, shown, "after")
    tolerances = {name: _tolerance(name, settings) for name in before}
    verdicts = registry.compare(before, after, tolerances, {DISTINCT: 1 - settings.repetition_limit})
    if settings.evidence != "none":
        verdicts.append(_votes(preferred(present, new, opposites(held)), settings))
    return verdicts


def _votes(won: Sequence[float], settings: GateSettings) -> Verdict:
    """What held-out votes prove."""
    found = evidence.counted(won, settings)
    return Verdict(
        "votes",
        0.5,
        found.preference,
        Estimate(found.preference - 0.5, found.low - 0.5, found.high - 0.5),
        0.5 - evidence.bar(settings),
        proof=True,
        note=found.said(),
        confidence=100 * (1 - 2 * settings.votes_error),  # one-sided bounds on both sides
    )


def frozen(settings: GateSettings) -> list[Edit]:
    """The edits of the gate: drawn once and kept in a file, so that every round is asked the same."""
    path, source = Path(settings.frozen), settings.data
    if not path.is_file():
        splits = sources.load_all(source, "selection")
        # The gate chooses what is served, so it asks the edits that choosing is for
        asking = [example for example in splits.selection if example.instruction]  # TinyWorld's may be empty
        examples.write(path, asking[: settings.examples])
    asked = examples.read(path)
    return [
        edit
        for task in source.tasks
        for example in asked
        for edit in examples.edits_of(example, [task], source.measure)
    ]


def asked(edit: Edit) -> Requirements:
    """What the gate wants of an answer: of a new wish its own words, of an edit what its reference has.

    A wish's reference is one of many good answers, and may even say the wish in other words.
    """
    return requirements_of(edit) if edit.instruction else guessed_requirements(edit.source_prompt, "")


def measure(
    policy: PolicySettings, edits: Sequence[Edit], settings: GateSettings, shown: Path, name: str
) -> dict[str, list[float]]:
    """Integrity and aesthetic of every edit as people would be shown it; a few pictures into `shown`."""
    named = LLMSettings(model=policy.model, adapter=policy.adapter, max_new_tokens=settings.max_new_tokens)
    answers = _answers(DiffChatLLM.load(named), edits, settings)
    reward = RewardSettings(weights={"aesthetic": 1.0}, painter=settings.painter, scorers=settings.scorers)
    with ScoreCache(settings.cache) as cache:
        scores = load_picture_scores(reward, cache)
        ratings = scores([item for item, _ in answers])["aesthetic"]
        show(_few([item for item, _ in answers]), scores.painter, shown, name)
    columns: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for (item, usable), rating in zip(answers, ratings, strict=True):
        of = "" if item.edit.instruction else WISHES
        whole = integrity(item.prompt, item.requirements) if usable else 0.0
        columns[f"{of}integrity"][item.edit.key].append(whole)
        columns[f"{of}aesthetic"][item.edit.key].append(rating)
        columns[DISTINCT][f"{of}{item.edit.key}"].append(1 - repeated(item.prompt, item.edit.source_prompt))
    return {column: [sum(values) / len(values) for values in of.values()] for column, of in columns.items()}


def _answers(
    served: DiffChatLLM, edits: Sequence[Edit], settings: GateSettings
) -> list[tuple[Finished, bool]]:
    """What people would be shown, and whether the model wrote it (a refused answer leaves the prompt)."""
    refinements = [edit for edit in edits if edit.instruction]
    wishes = [edit for edit in edits if not edit.instruction for _ in range(settings.samples)]
    answers = served_targets(served, refinements) + served_targets(served, wishes, settings.temperature)
    return [
        (Finished(edit.source_prompt if answer is None else answer, edit, asked(edit)), answer is not None)
        for edit, answer in zip([*refinements, *wishes], answers, strict=True)
    ]


def show(few: Sequence[Finished], painter: Painter, shown: Path, name: str) -> None:
    """Paint some answers as NUMBER-NAME.png, with their words in NAME.json."""
    shown.mkdir(parents=True, exist_ok=True)
    seeds = [example_seeds(item.edit.key, 1)[0] for item in few]
    for index, image in enumerate(painter.paint([item.prompt for item in few], seeds)):
        if image is not None:  # blacked out by the pipeline's safety checker
            image.save(shown / f"{index}-{name}.png")
    words = [
        {"source_prompt": i.edit.source_prompt, "instruction": i.edit.instruction, "prompt": i.prompt}
        for i in few
    ]
    text = json.dumps(words, indent=1, ensure_ascii=False) + "\n"
    (shown / f"{name}.json").write_text(text, encoding="utf-8")


def _few(kept: Sequence[Finished]) -> list[Finished]:
    """As many new wishes as edits, where there are both."""
    wishes = list({item.edit.key: item for item in kept if not item.edit.instruction}.values())
    edits = [item for item in kept if item.edit.instruction]
    half = max(SHOWN // 2, SHOWN - len(edits))
    return (wishes[:half] + edits)[:SHOWN]


def _tolerance(name: str, settings: GateSettings) -> float:
    return {
        "integrity": settings.integrity_tolerance,
        "aesthetic": settings.aesthetic_tolerance,
        f"{WISHES}integrity": settings.integrity_tolerance,
        f"{WISHES}aesthetic": settings.wishes_tolerance,
        DISTINCT: settings.repetition_tolerance,
    }[name]


def opposites(held: Sequence[Row]) -> list[tuple[Row, Row]]:
    """(liked, disliked) rows, each row in one pair at most: of one wish where there are any, else of any.

    Pairs that share a row are no independent evidence, so the number of pairs is that of the rarer kind.
    """
    liked, disliked = ([row for row in held if row["label"] is which] for which in (True, False))
    # Two answers to one wish differ in nothing but the answer; across wishes the wish itself plays in
    same: list[tuple[Row, Row]] = []
    for wish in dict.fromkeys(row["prompt"] for row in liked):
        of = [[row for row in rows if row["prompt"] == wish] for rows in (liked, disliked)]
        same += zip(*of, strict=False)
    used = {_name(row) for pair in same for row in pair}
    left = [[row for row in rows if _name(row) not in used] for rows in (liked, disliked)]
    for number, rows in enumerate(left):
        random.Random(number).shuffle(rows)  # rows come in the order of time, and tastes change
    return same + list(zip(*left, strict=False))


def preferred(present: PolicySettings, new: PolicySettings, pairs: Sequence[tuple[Row, Row]]) -> list[float]:
    """For each pair 1 where the new adapter raised the liked row more than the other, 0 where less.

    0.5 is a tie.
    """
    rows = {_name(row): row for pair in pairs for row in pair}
    if not rows:
        return []
    before, after = logprobs(present, list(rows.values())), logprobs(new, list(rows.values()))
    gained = {name: b - a for name, a, b in zip(rows, before, after, strict=True)}
    # The margin of DPO's implicit reward (Rafailov et al. 2023): how much each log-probability rose
    differences = [gained[_name(good)] - gained[_name(bad)] for good, bad in pairs]
    return [0.5 if abs(difference) < _EQUAL else float(difference > 0) for difference in differences]


@torch.no_grad()
def logprobs(settings: PolicySettings, rows: Sequence[Row]) -> list[float]:
    """Mean log-probability per token of each row's target, in nats."""
    chosen = PolicySettings(model=settings.model, dtype=settings.dtype)
    if settings.adapter:
        chosen = overlaid(settings, {"method": "lora"})
    policy = Policy.load(chosen, pick_device("auto"))
    policy.model.eval()
    edits = [Edit(row["source_prompt"], row["instruction"], row["target_prompt"], "") for row in rows]
    tokens = [encode_edit(policy.tokenizer, edit) for edit in edits]
    found: list[float] = []
    for start in range(0, len(tokens), _AT_ONCE):
        batch = collate(tokens[start : start + _AT_ONCE], policy.tokenizer.pad_token_id).to(policy.device)
        logits, _ = policy.forward(batch)
        each = tensors.token_logprobs(logits, batch.completions, temperature=1.0) * batch.completion_mask
        found += (each.sum(1) / batch.completion_mask.sum(1)).tolist()
    return found


def _name(row: Row) -> str:
    return f"{row['prompt']}\n{row['target_prompt']}"
