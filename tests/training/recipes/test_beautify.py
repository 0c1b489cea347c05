"""The InstructPE recipe: correction, filters, resuming, and the card."""

import json
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from transformers import PreTrainedTokenizerBase

from training.config.settings import BeautifyConfig, RewardSettings
from training.core.policy import Policy
from training.data import examples
from training.data.examples import Example
from training.errors import CheckpointError, DataError
from training.recipes import beautify
from training.recipes.beautify import Decision, Triple, correct, decide, read_triples
from training.rewards.judge import Judge, PictureReward
from training.rewards.types import Finished

FOX = Triple("a fox in the snow", "make it night", "a fox in the snow at night")
CAT = Triple("a cat on a sofa", "turn the cat into a dog", "a dog on a sofa")


def settings_of(tmp_path: Path, **changes: object) -> BeautifyConfig:
    values = {
        "output": str(tmp_path / "made"), "triples": str(tmp_path / "triples.jsonl"),
        "policy": {"model": str(tmp_path / "base")}, "min_words": 3, "max_words": 12, "max_new_tokens": 8,
    }  # fmt: skip
    return BeautifyConfig.model_validate(values | changes)


def test_the_edited_caption_takes_the_place_of_the_caption() -> None:
    made = correct(FOX, "A fox in the snow, soft light, 8k", "a night fox, oil painting")
    assert made == "a fox in the snow at night, soft light, 8k"


def test_else_the_target_takes_over_the_sources_ornaments() -> None:
    made = correct(
        CAT, "portrait of a cat, sofa, vivid colors, sharp focus", "a dog sitting on a sofa, watercolor"
    )
    assert made == "a dog sitting on a sofa, vivid colors, sharp focus"
    assert correct(CAT, "vivid colors", "pretty picture") == "a dog on a sofa, vivid colors"


def test_what_is_kept_and_why_not(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    cases = [
        (FOX, ("a fox in the snow, soft light", "a fox, snow, night"), "kept"),
        (FOX, (None, "x"), "the beautifier gave no usable prompt"),
        (FOX, ("a wolf, soft light", "a fox in the snow at night, sharp"), "a content word was lost"),
        (FOX, ("a fox in the snow" + ", soft light" * 9, "x"), "too short or too long"),
        (CAT, ("one cat sofa", "a dog beside a cat on a sofa"), "a removed word is still there"),
    ]
    decisions = decide([t for t, _, _ in cases], [p for _, p, _ in cases], settings, None)
    assert [decision.verdict for decision in decisions] == [verdict for *_, verdict in cases]
    target = "a fox in the snow at night, soft light"
    assert decisions[0] == Decision(
        "kept", Example(FOX.source, FOX.instruction, "a fox in the snow, soft light", target, FOX.target)
    )


def test_pictures_that_score_too_low_are_left_out(tmp_path: Path) -> None:
    class Words:
        name = "words"

        def __call__(self, items: Sequence[Finished]) -> list[float]:
            return [float(len(item.prompt.split())) for item in items]

    judge = Judge([Words()], RewardSettings(weights={"words": 2.0}))
    pairs = [("a fox in the snow, soft light", "x"), (None, None), ("a fox in the snow", "x")]
    decisions = decide([FOX] * 3, pairs, settings_of(tmp_path, min_score=17.0), judge)
    assert [d.verdict for d in decisions] == [
        "kept", "the beautifier gave no usable prompt", "pictures score too low",
    ]  # fmt: skip


def test_blacked_out_pictures_have_a_verdict_of_their_own(tmp_path: Path) -> None:
    class Blacked(PictureReward):
        def __call__(self, items: Sequence[Finished]) -> list[float]:
            return [math.nan if "dim" in item.prompt else 20.0 for item in items]

    nobody: Any = None
    judge = Judge([Blacked("aesthetic", nobody)], RewardSettings(weights={"aesthetic": 1.0}))
    pairs = [(f"a fox in the snow, {light} light", "x") for light in ("dim", "soft")]
    decisions = decide([FOX] * 2, pairs, settings_of(tmp_path, min_score=17.0), judge)
    assert [d.verdict for d in decisions] == ["pictures were blacked out", "kept"]


def test_triples_are_checked_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "triples.jsonl"
    path.write_text(
        '{"source": "a", "instruction": "b", "target": "c"}\n{"source": "", "target": 3}\nnope\n[]\n'
    )
    with pytest.raises(DataError) as caught:
        read_triples(path)
    assert [problem[:7] for problem in caught.value.problems] == ["line 2:", "line 3:", "line 4:"]
    assert "'source', 'instruction', 'target' must be texts" in caught.value.problems[0]
    path.write_text('{"source": " a  b", "instruction": "b", "target": "c"}')
    assert read_triples(path) == [Triple("a b", "b", "c")]


def test_an_interrupted_run_goes_on_where_it_stopped(
    tmp_path: Path, make_qwen: Callable, tokenizer: PreTrainedTokenizerBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_qwen().save_pretrained(tmp_path / "base")
    tokenizer.save_pretrained(tmp_path / "base")
    triples = [Triple(f"a fox {i}", "make it night", f"a fox {i} at night") for i in range(7)]
    (tmp_path / "triples.jsonl").write_text(
        "\n".join(
            json.dumps({"source": t.source, "instruction": t.instruction, "target": t.target})
            for t in triples
        )
    )
    asked: list[str] = []

    def long(policy: Policy, part: list[Triple], settings: BeautifyConfig) -> list[tuple[str, str]]:
        assert len(beautify_for_real(policy, part, settings)) == len(part)
        asked.extend(t.source for t in part)
        return [(f"{t.source}, soft light", f"{t.target}, x") for t in part]

    beautify_for_real = beautify.beautify
    monkeypatch.setattr(beautify, "beautify", long)
    settings = settings_of(tmp_path, batch=2)
    path = beautify.run(settings)
    whole = path.read_text()
    assert len(examples.read(path)) == 7
    card = (tmp_path / "made" / "README.md").read_text()
    assert "7 examples from 7" in card
    # as if it had been killed while writing the third batch
    decisions = tmp_path / "made" / "decisions.jsonl"
    decisions.write_text("".join(decisions.read_text().splitlines(keepends=True)[:5]) + '{"index": 5, "ver')
    asked.clear()
    assert beautify.run(settings).read_text() == whole
    assert asked == ["a fox 4", "a fox 5", "a fox 6"]
    asked.clear()
    assert beautify.run(settings).read_text() == whole
    assert asked == []
    with pytest.raises(CheckpointError, match="other settings"):
        beautify.run(settings_of(tmp_path, batch=3))
