"""The InstructPE recipe end to end on the embedded models, through the command line.

A beautifier is taught by SFT, writes long prompts for caption edits, the two are corrected and filtered by
words and by what their pictures score, and the file that comes out is one that SFT reads.
"""

import json
from pathlib import Path

import pytest

from model.settings import CHECKPOINTS
from training.__main__ import main
from training.core.metrics import read_metrics
from training.data import examples
from training.data.tinyworld import tinyworld
from training.recipes.beautify import KEPT

CONFIGS = Path(__file__).parents[3] / "training" / "configs"
TINY_SCORERS = (
    f"reward.scorers.clip={CHECKPOINTS}/clip",
    f"reward.scorers.aesthetic_head={CHECKPOINTS}/clip/aesthetic.safetensors",
    f"reward.scorers.preference={CHECKPOINTS}/clip",
)


def run(command: str, config: str, *overrides: str) -> int:
    arguments = [part for override in overrides for part in ("--set", override)]
    return main([command, "--config", str(CONFIGS / config), *arguments])


def beautify(tmp_path: Path, output: str = "made", min_score: float = 0.0) -> int:
    return run(
        "beautify", "instructpe-beautify.toml", f"output={tmp_path}/{output}",
        f"triples={tmp_path}/triples.jsonl", f"policy.model={tmp_path}/beautifier/best", "batch=4",
        "temperature=0", "min_words=6", f"min_score={min_score}", f"reward.cache={tmp_path}/scores.sqlite",
        "reward.painter.model=render", "reward.painter.dtype=auto", *TINY_SCORERS,
    )  # fmt: skip


def test_from_caption_edits_to_a_data_set_that_sft_reads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drawn = tinyworld(40, seed=0)
    examples.write(tmp_path / "pairs.jsonl", [example for example in drawn if example.instruction])
    asked = [example for example in drawn if example.instruction][:10]
    triples = [
        {"source": e.source_prompt, "instruction": e.instruction, "target": e.target_prompt} for e in asked
    ]
    (tmp_path / "triples.jsonl").write_text("".join(json.dumps(one) + "\n" for one in triples))
    assert run(
        "sft", "instructpe-beautifier.toml", f"output={tmp_path}/beautifier",
        f"policy.model={CHECKPOINTS}/diffchat", f"data.train={tmp_path}/pairs.jsonl", "max_steps=2",
        "data.held_out=0.3",
        "batch=4", "micro_batch=4", "mixed_precision=no", "generate_examples=2",
    ) == 0  # fmt: skip
    assert read_metrics(tmp_path / "beautifier")[-1]["eval/usable"] > 0

    assert beautify(tmp_path) == 0
    made = tmp_path / "made"
    kept = examples.read(made / "examples.jsonl")
    decisions = [json.loads(line)["verdict"] for line in (made / "decisions.jsonl").read_text().splitlines()]
    assert len(decisions) == len(triples)
    assert decisions.count(KEPT) == len(kept) > 0
    long, short = (
        [getattr(e, name).split() for e in kept] for name in ("beautified_source_prompt", "source_prompt")
    )
    assert sum(map(len, long)) > sum(map(len, short)), "a caption that is long already may stay as it is"
    card = (made / "README.md").read_text()
    assert f"{len(kept)} examples from {len(triples)} edits" in card
    assert "by `render` score at least 0 (1 preference" in card

    whole = (made / "examples.jsonl").read_bytes()
    lines = (made / "decisions.jsonl").read_text().splitlines(keepends=True)
    (made / "decisions.jsonl").write_text("".join(lines[:6]))  # as if it had been killed in the second batch
    assert beautify(tmp_path) == 0
    assert (made / "examples.jsonl").read_bytes() == whole

    assert beautify(tmp_path, "strict", min_score=1e6) == 0
    verdicts = (tmp_path / "strict" / "decisions.jsonl").read_text()
    assert verdicts.count("pictures score too low") == len(kept)

    capsys.readouterr()
    assert main(["data", "inspect", str(made / "examples.jsonl")]) == 0
    assert f"{len(kept)} examples" in capsys.readouterr().out
