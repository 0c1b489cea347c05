"""SFT: exact losses, whole epochs, accumulation equal to the large batch, resume equal to no stop."""

import math
import resource
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from transformers import PreTrainedTokenizerBase

from training.config.settings import OptimizerSettings, SftConfig
from training.core import checkpoint
from training.core.metrics import SFT_METRICS, MetricsLog, read_metrics
from training.core.optimization import learning_rate
from training.data.examples import Edit
from training.errors import CheckpointError, DataError, Diverged
from training.recipes.sft import SftTrainer, chosen_by, grouped_by_length

EDITS = [
    Edit(f"a {colour} {noun}", "make it night", f"a {colour} {noun} at night", "")
    for colour in ("red", "blue", "large")
    for noun in ("fox", "house", "robot", "lantern")
]


@pytest.fixture
def configure(
    tmp_path: Path, make_qwen: Callable, tokenizer: PreTrainedTokenizerBase
) -> Callable[..., SftConfig]:
    make_qwen().save_pretrained(tmp_path / "base")
    tokenizer.save_pretrained(tmp_path / "base")

    def make(output: str = "run", **changes: object) -> SftConfig:
        values = {
            "output": str(tmp_path / output), "policy": {"model": str(tmp_path / "base")},
            "data": {"train": "unused"}, "optimizer": {"lr": 5e-3, "warmup": 0.1},
            "batch": 4, "micro_batch": 2, "epochs": 2, "evaluate_every": 3, "save_every": 2,
            "max_new_tokens": 12, "generate_examples": 2,
            "keep": 9,
        }  # fmt: skip
        return SftConfig.model_validate(values | changes)

    return make


@given(st.lists(st.integers(1, 50), min_size=1, max_size=300), st.integers(1, 9), st.integers(0, 3))
def test_batches_cover_every_example_once_and_depend_on_the_seed_alone(
    lengths: list[int], batch: int, seed: int
) -> None:
    batches = grouped_by_length(lengths, batch, str(seed))
    assert sorted(i for rows in batches for i in rows) == list(range(len(lengths)))
    assert max(map(len, batches)) <= batch
    assert batches == grouped_by_length(lengths, batch, str(seed))


def test_batches_hold_examples_of_like_length() -> None:
    lengths = [i % 40 for i in range(400)]
    spread = [
        max(lengths[i] for i in b) - min(lengths[i] for i in b) for b in grouped_by_length(lengths, 10, "0")
    ]
    assert max(spread) <= 1


def test_the_loss_is_that_of_the_target_tokens_alone(configure: Callable) -> None:
    trainer = SftTrainer(configure(micro_batch=4), EDITS, [])
    trainer.policy.model.eval()
    rows = [0, 5, 7]
    by_hand, tokens = 0.0, 0
    for row in rows:
        prompt, completion = trainer._pairs[row]
        with torch.no_grad():
            logits = trainer.policy.model(torch.tensor([prompt + completion])).logits[0]
        logprobs = torch.log_softmax(logits, -1)
        for i, token in enumerate(completion):
            by_hand -= logprobs[len(prompt) + i - 1, token].item()
        tokens += len(completion)
    batch = next(trainer._micro_batches([trainer._pairs[row] for row in rows]))
    assert trainer._loss(batch).item() == pytest.approx(by_hand, rel=1e-4)
    numbers = trainer.step(rows)
    assert numbers["sft/tokens"] == tokens


def test_accumulated_micro_batches_equal_the_large_batch(configure: Callable) -> None:
    weights = []
    for micro_batch in (1, 3, 12):
        settings = configure(
            f"run{micro_batch}", batch=12, micro_batch=micro_batch, policy=configure().policy.model_dump()
        )
        trainer = SftTrainer(settings, EDITS, [])
        trainer.policy.model.config.attention_dropout = 0.0
        for layer in trainer.policy.model.model.layers:
            layer.self_attn.attention_dropout = 0.0
        trainer.step(list(range(12)))
        weights.append(torch.cat([p.detach().flatten() for p in trainer.policy.trainable().values()]))
    torch.testing.assert_close(weights[0], weights[2], atol=2e-5, rtol=1e-4)
    torch.testing.assert_close(weights[1], weights[2], atol=2e-5, rtol=1e-4)


def test_it_learns_evaluates_saves_and_exports_the_best(configure: Callable) -> None:
    settings = configure(epochs=8)
    best = SftTrainer(settings, EDITS, EDITS[:3]).run()
    lines = read_metrics(Path(settings.output))
    losses = [line["sft/loss"] for line in lines if "sft/loss" in line]
    evaluations = [line for line in lines if "eval/loss" in line]
    assert len(losses) == 24
    assert losses[-1] < losses[0] / 2
    assert [line["step"] for line in evaluations] == [3, 6, 9, 12, 15, 18, 21, 24]
    assert set(evaluations[0]) | {"sft/loss", "sft/lr", "sft/grad_norm", "sft/tokens"} == {
        *SFT_METRICS,
        "step",
    }
    assert (best / "model.safetensors").exists()
    assert (best / "diffchat.json").exists()
    assert (Path(settings.output) / "config.toml").exists()
    events = EventAccumulator(str(Path(settings.output) / "tensorboard")).Reload()
    assert [each.step for each in events.Scalars("sft/loss")] == list(range(1, 25))


def test_a_slow_run_is_saved_by_time_and_goes_on_from_there(
    configure: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = configure(save_every=1000, save_minutes=1e-9, epochs=1)
    trainer = SftTrainer(settings, EDITS, [])
    advance = trainer.advance

    def stopped() -> dict[str, float]:
        if trainer.done == 2:
            raise KeyboardInterrupt
        return advance()

    monkeypatch.setattr(trainer, "advance", stopped)
    with pytest.raises(KeyboardInterrupt):
        trainer.run()
    again = SftTrainer(configure(save_every=1, save_minutes=60, epochs=1), EDITS, [])
    again.resume()
    assert again.done == 2


def test_no_checkpoint_is_written_before_its_time(configure: Callable) -> None:
    trainer = SftTrainer(configure(save_every=1000, save_minutes=60, epochs=1), EDITS, [])
    trainer.run()
    assert [path.name for path in checkpoint.existing(trainer.output)] == [f"step-{trainer.steps:08d}"]


def test_a_resumed_run_equals_one_that_never_stopped(configure: Callable, tmp_path: Path) -> None:
    whole = SftTrainer(configure("whole"), EDITS, EDITS[:3])
    whole.run()
    first = SftTrainer(configure("parts"), EDITS, EDITS[:3])
    first.run()
    for folder in checkpoint.existing(tmp_path / "parts")[1:]:  # as if it had been killed after step 2
        folder.rename(tmp_path / folder.name)
    torch.manual_seed(99)
    second = SftTrainer(configure("parts"), EDITS, EDITS[:3])
    second.run()
    assert (second.stepper.done, second.best) == (whole.stepper.done, whole.best)
    for name, weight in whole.policy.trainable().items():
        assert torch.equal(weight, second.policy.trainable()[name]), name
    events = EventAccumulator(str(tmp_path / "parts" / "tensorboard")).Reload()
    assert [each.step for each in events.Scalars("sft/loss")] == list(range(1, 7)), "each step once"


def test_a_checkpoint_of_another_config_is_refused(configure: Callable) -> None:
    SftTrainer(configure(max_steps=2), EDITS, []).run()
    saved = Path(configure().output) / "config.toml"
    before = saved.read_text()
    with pytest.raises(CheckpointError, match=r"optimizer\.lr: 0\.005 then, 0\.1 now"):
        SftTrainer(configure(max_steps=2, optimizer={"lr": 0.1, "warmup": 0.1}), EDITS, []).run()
    assert saved.read_text() == before, "the settings that fit the checkpoint are still beside it"


def test_a_disk_that_fills_up_in_a_run_costs_no_more_than_the_last_steps(
    configure: Callable, tmp_path: Path
) -> None:
    whole = SftTrainer(configure("whole"), EDITS, [])
    whole.run()
    stopped = SftTrainer(configure("parts"), EDITS, [])
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    advance = stopped.advance

    def fills_up() -> dict[str, float]:
        if stopped.done == 3:  # a checkpoint of step 2 is there
            resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))  # as on a full disk
        return advance()

    stopped.advance = fills_up  # type: ignore[method-assign]
    try:
        with pytest.raises(CheckpointError, match=r"step-00000004 could not be written .* make room"):
            stopped.run()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert [path.name for path in checkpoint.existing(tmp_path / "parts")] == ["step-00000002"]
    again = SftTrainer(configure("parts"), EDITS, [])
    again.run()
    for name, weight in whole.policy.trainable().items():
        assert torch.equal(weight, again.policy.trainable()[name]), name


def test_nothing_that_fits_is_an_error(configure: Callable) -> None:
    with pytest.raises(DataError, match="raise it"):
        SftTrainer(configure(max_tokens=3), EDITS, [])


def test_steps_without_finite_gradients_are_skipped_and_then_stop_the_run(configure: Callable) -> None:
    trainer = SftTrainer(configure(), EDITS, [])
    weight = next(iter(trainer.policy.trainable().values()))
    with torch.no_grad():
        weight[:] = math.nan
    before = [p.clone() for p in trainer.policy.trainable().values()]
    trainer.step([0])
    trainer.step([1])
    with pytest.raises(Diverged, match=r"lower optimizer\.lr"):
        trainer.step([2])
    for was, now in zip(before[1:], list(trainer.policy.trainable().values())[1:], strict=True):
        assert torch.equal(was, now)


def test_learning_rates() -> None:
    cosine = OptimizerSettings(warmup=0.1, schedule="cosine")
    rates = [learning_rate(cosine, step, 100) for step in range(100)]
    assert rates[:10] == pytest.approx([(i + 1) / 10 for i in range(10)])
    assert rates[55] == pytest.approx(0.5)
    assert rates[99] < 0.001
    assert learning_rate(OptimizerSettings(warmup=0, schedule="constant"), 99, 100) == 1.0
    assert learning_rate(OptimizerSettings(warmup=0, schedule="linear"), 25, 100) == 0.75


def test_a_number_nobody_explained_is_refused(tmp_path: Path) -> None:
    with MetricsLog(tmp_path, SFT_METRICS) as log, pytest.raises(KeyError, match="explain it"):
        log.write(1, {"sft/lossy": 1.0})


@pytest.mark.parametrize(
    ("select", "best"),
    [("loss", 0), ("integrity", 1), ("exact", 2), ("f1", 3), ("mean", 1)],
)
def test_the_best_is_what_is_asked_for_and_the_lowest_loss_only_where_that_is(select: str, best: int) -> None:
    evaluations = [
        {"eval/loss": 0.5, "eval/integrity": 0.47, "eval/f1": 0.82, "eval/exact": 0.05},
        {"eval/loss": 0.7, "eval/integrity": 0.99, "eval/f1": 0.85, "eval/exact": 0.09},
        {"eval/loss": 0.8, "eval/integrity": 0.50, "eval/f1": 0.70, "eval/exact": 0.20},
        {"eval/loss": 0.9, "eval/integrity": 0.40, "eval/f1": 0.90, "eval/exact": 0.00},
    ]
    scores = [chosen_by(select, numbers) for numbers in evaluations]
    assert scores.index(max(scores)) == best


def test_the_checkpoint_with_better_edits_is_kept_although_its_loss_is_higher(
    configure: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    trainer = SftTrainer(configure(epochs=1, evaluate_every=1, select="integrity"), EDITS, EDITS[:2])
    told = iter([(1.0, 0.2), (0.5, 0.4), (0.9, 0.8)])  # loss a token, integrity
    kept: list[int] = []

    def measured(edits: list[Edit], targets: list[str | None]) -> dict[str, float]:
        return dict.fromkeys(("eval/integrity", "eval/f1", "eval/exact", "eval/usable"), next_integrity[0])

    next_integrity: list[float] = []
    losses: list[float] = []

    def evaluate() -> dict[str, float]:
        loss, integrity = next(told)
        next_integrity[:], losses[:] = [integrity], [loss]
        return SftTrainer.evaluate(trainer)

    tokens = sum(len(completion) for _, completion in trainer._held_out_pairs)
    monkeypatch.setattr("training.recipes.sft.text_metrics", measured)
    monkeypatch.setattr(trainer.policy, "export", lambda folder: kept.append(trainer.done))
    monkeypatch.setattr(trainer, "evaluate", evaluate)
    real = trainer._loss
    monkeypatch.setattr(
        trainer, "_loss",
        lambda batch: real(batch) if torch.is_grad_enabled() else torch.tensor(losses[0] * tokens),
    )  # fmt: skip
    trainer.run()
    assert kept == [1, 2, 3], "the third has a higher loss than the second, and better edits"


def test_a_page_shows_curves_and_answers_while_it_runs(configure: Callable) -> None:
    trainer = SftTrainer(configure(), [*EDITS, Edit("a <b>fox</b>", "", "a fox", "")], EDITS[:2])
    trainer.run()
    page = (trainer.output / "index.html").read_text()
    assert "sft/loss" in page
    assert "<polyline" in page
    assert EDITS[0].source_prompt in page
    assert EDITS[0].target_prompt in page
