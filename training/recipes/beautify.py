"""The InstructPE recipe: from caption edits to examples with long, beautified prompts.

A triple is a caption, an instruction and the edited caption (InstructPix2Pix's form). For each:

1. A beautifier (a model that SFT taught "short prompt -> long prompt", BeautifulPrompt's task) writes long
   prompts for both captions, independently, as DiffChat's authors describe.
2. Correction: written separately, the two would differ in much that the edit does not touch. The target
   keeps its own content and takes over the source's ornaments (comma parts that name nothing of the caption).
3. Filters: both carry all content words of their captions, the target none that the edit took away; lengths;
   with a reward configured, what the target's pictures score.

Kept examples go to `examples.jsonl`, every decision to `decisions.jsonl`, so that an interrupted run goes on
where it stopped; at the end `README.md` is the data card. The correction is our reading: the authors say
that they correct, not how.
"""

from __future__ import annotations

import json
import logging
import math
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.hardware import pick_device
from model.language.prompt import PROMPT_VERSION
from model.language.stems import content_stems, words
from training.config import toml
from training.core.policy import Policy
from training.core.progress import Progress
from training.core.targets import write_targets
from training.data.examples import Edit, Example
from training.data.integrity import Requirements
from training.data.records import read_records, usable
from training.errors import CheckpointError
from training.rewards.cache import ScoreCache
from training.rewards.judge import Judge, load_judge
from training.rewards.types import Finished

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from training.config.settings import BeautifyConfig

log = logging.getLogger(__name__)

FIELDS = ("source", "instruction", "target")
KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Triple:
    """A caption, what to change, and the changed caption."""

    source: str
    instruction: str
    target: str


def read_triples(path: Path) -> list[Triple]:
    """The usable triples of a JSON or JSON-lines file; bad ones are logged with their lines and left out.

    Raises DataError as `records.usable` does.
    """
    good = usable(path, read_records(path), _problems)
    return [Triple(*(" ".join(record[name].split()) for name in FIELDS)) for record in good]


def run(settings: BeautifyConfig) -> Path:
    """Make the data set; returns the file of kept examples. Goes on where an earlier run stopped."""
    output = Path(settings.output)
    triples = read_triples(Path(settings.triples))[: settings.limit]
    done = _resume(output, settings, triples)
    policy = Policy.load(settings.policy, pick_device("auto"))
    progress = Progress("beautify", len(triples), done)
    with ScoreCache(settings.reward.cache if settings.reward else "") as cache:
        judge = load_judge(settings.reward, cache) if settings.reward else None
        for start in range(done, len(triples), settings.batch):
            part = triples[start : start + settings.batch]
            decisions = decide(part, beautify(policy, part, settings), settings, judge)
            _append(output, start, decisions)
            progress.show(
                start + len(part), f"{sum(d.verdict == KEPT for d in decisions)} of {len(part)} kept"
            )
    (output / "README.md").write_text(data_card(output, settings, triples), encoding="utf-8")
    return output / "examples.jsonl"


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of a triple: `verdict` is "kept" or the reason against; `example` is there when kept."""

    verdict: str
    example: Example | None = None


def beautify(
    policy: Policy, triples: Sequence[Triple], settings: BeautifyConfig
) -> list[tuple[str | None, str | None]]:
    """1. The long prompts of source and target; None where the model gave nothing usable."""
    captions = [caption for triple in triples for caption in (triple.source, triple.target)]
    asked = [Edit(caption, "", "", caption) for caption in captions]
    long = write_targets(policy, asked, settings.max_new_tokens, settings.temperature)
    return list(zip(long[::2], long[1::2], strict=True))


def decide(
    triples: Sequence[Triple],
    prompts: Sequence[tuple[str | None, str | None]],
    settings: BeautifyConfig,
    judge: Judge | None,
) -> list[Decision]:
    """2. and 3. Correct and filter a batch."""
    decisions = [_decide(triple, pair, settings) for triple, pair in zip(triples, prompts, strict=True)]
    kept = [d.example for d in decisions if d.example is not None]
    if judge is None or not kept:
        return decisions
    raw = judge.raw([_finished(example) for example in kept])
    weights = judge.settings.weights
    scores = iter([sum(weights[name] * column[i] for name, column in raw.items()) for i in range(len(kept))])
    return [d if d.example is None else _rated(d, next(scores), settings.min_score) for d in decisions]


def _rated(kept: Decision, score: float, least: float) -> Decision:
    """`kept`, unless its pictures score too low, or have no score: a safety checker blacked them out."""
    if math.isnan(score):
        return Decision("pictures were blacked out")
    return kept if score >= least else Decision("pictures score too low")


def correct(triple: Triple, long_source: str, long_target: str) -> str:
    """2. The long target with its own content and the long source's ornaments.

    Where the long source holds the caption word by word, the edited caption takes its place.
    """
    if triple.source.lower() in long_source.lower():
        start = long_source.lower().index(triple.source.lower())
        return long_source[:start] + triple.target + long_source[start + len(triple.source) :]
    about = content_stems(triple.source) | content_stems(triple.target)
    own = [part for part in _parts(long_target) if content_stems(part) & content_stems(triple.target)]
    ornaments = [part for part in _parts(long_source) if not content_stems(part) & about]
    return ", ".join(dict.fromkeys([*(own or [triple.target]), *ornaments]))


def _decide(triple: Triple, pair: tuple[str | None, str | None], settings: BeautifyConfig) -> Decision:
    long_source, long_target = pair
    if long_source is None or long_target is None:
        return Decision("the beautifier gave no usable prompt")
    corrected = correct(triple, long_source, long_target)
    for caption, prompt in ((triple.source, long_source), (triple.target, corrected)):
        if not content_stems(caption) <= content_stems(prompt):
            return Decision("a content word was lost")
        if not settings.min_words <= len(words(prompt)) <= settings.max_words:
            return Decision("too short or too long")
    gone = content_stems(triple.source) - content_stems(triple.target)
    if gone & content_stems(corrected):
        return Decision("a removed word is still there")
    return Decision(KEPT, Example(triple.source, triple.instruction, long_source, corrected, triple.target))


def _finished(example: Example) -> Finished:
    edit = Edit(
        example.beautified_source_prompt, example.instruction, example.beautified_target_prompt,
        example.target_prompt,
    )  # fmt: skip
    return Finished(example.beautified_target_prompt, edit, Requirements())


def _parts(prompt: str) -> Iterator[str]:
    return (part.strip() for part in prompt.split(",") if part.strip())


def _problems(record: Any) -> list[str]:
    if not isinstance(record, dict):
        return [f"a record must be an object, not {type(record).__name__}"]
    wrong = [name for name in FIELDS if not isinstance(record.get(name), str) or not record[name].strip()]
    return [f"the fields {', '.join(map(repr, wrong))} must be texts that are not empty"] if wrong else []


def _append(output: Path, start: int, decisions: Sequence[Decision]) -> None:
    """Examples first, then what was decided: a line in `decisions.jsonl` means the example is safe."""
    with (output / "examples.jsonl").open("a", encoding="utf-8") as file:
        for index, decision in enumerate(decisions, start):
            if decision.example:
                file.write(
                    json.dumps({"index": index, **asdict(decision.example)}, ensure_ascii=False) + "\n"
                )
    with (output / "decisions.jsonl").open("a", encoding="utf-8") as file:
        for index, decision in enumerate(decisions, start):
            file.write(json.dumps({"index": index, "verdict": decision.verdict}) + "\n")


def _resume(output: Path, settings: BeautifyConfig, triples: Sequence[Triple]) -> int:
    """How many triples are done; what a stopped run wrote beyond that is cut off again."""
    output.mkdir(parents=True, exist_ok=True)
    saved, fresh = output / "config.toml", output / "config.new.toml"
    toml.save(settings, fresh)
    if saved.exists() and saved.read_text(encoding="utf-8") != fresh.read_text(encoding="utf-8"):
        fresh.unlink()
        raise CheckpointError(f"{output} holds data made with other settings: use another output folder.")
    fresh.replace(saved)
    verdicts = _complete_lines(output / "decisions.jsonl")
    done = min(len(verdicts) // settings.batch * settings.batch, len(triples))
    done = len(triples) if len(verdicts) >= len(triples) else done
    kept = [line for line in _complete_lines(output / "examples.jsonl") if json.loads(line)["index"] < done]
    (output / "examples.jsonl").write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")
    (output / "decisions.jsonl").write_text(
        "".join(f"{line}\n" for line in verdicts[:done]), encoding="utf-8"
    )
    return done


def _complete_lines(path: Path) -> list[str]:
    """The lines that end; a last one cut off in the middle is no line."""
    return path.read_text(encoding="utf-8").split("\n")[:-1] if path.exists() else []


def data_card(output: Path, settings: BeautifyConfig, triples: Sequence[Triple]) -> str:
    """What the data set is, how it was made, and what was left out and why."""
    verdicts = Counter(json.loads(line)["verdict"] for line in _complete_lines(output / "decisions.jsonl"))
    left_out = [f"| {verdict} | {count} |" for verdict, count in verdicts.most_common() if verdict != KEPT]
    policy = settings.policy
    return "\n".join(
        [
            "# Prompt edits with beautified prompts",
            "",
            (
                f"{verdicts[KEPT]} examples from {len(triples)} edits in `{Path(settings.triples).name}`, "
                "in `examples.jsonl` (InstructPE's fields, and `target_prompt`, the edited caption)."
            ),
            "",
            f"- Long prompts by `{policy.model}`"
            + (f" with adapter `{policy.adapter}`" if policy.adapter else "")
            + f", temperature {settings.temperature}, template version {PROMPT_VERSION}; machine-made, not "
            "checked by people.",
            "- The target keeps its content, with the source's ornaments (`training/recipes/beautify.py`).",
            f"- {settings.min_words} to {settings.max_words} words; no content word of the captions is lost.",
            *_scored(settings),
            "- Licence and bias: those of the captions and of the beautifier's training data.",
            "",
            "| left out because | triples |",
            "|---|---|",
            *left_out,
            "",
        ]
    )


def _scored(settings: BeautifyConfig) -> list[str]:
    """The card's line about the pictures that targets were judged by, if any were."""
    if settings.reward is None:
        return []
    weights = " + ".join(f"{weight:g} {name}" for name, weight in settings.reward.weights.items())
    painter, least = settings.reward.painter.model, settings.min_score
    return [f"- Targets whose pictures by `{painter}` score at least {least:g} ({weights}, by the caption)."]
