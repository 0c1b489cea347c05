"""Training the small language model: it stops and goes on, and its export is served like any other."""

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file
from transformers import LlamaForCausalLM, PreTrainedTokenizerFast

from model.engine import EditRequest
from model.language.llm import DiffChatLLM
from model.settings import LLMSettings
from training.tiny import lm, lm_data
from training.tiny.lm import LmRecipe
from training.tiny.loop import Run

RECIPE = LmRecipe(vocabulary=300, width=32, layers=1, heads=2, feed_forward=32, context=512, rows=1, steps=6)


@pytest.fixture(autouse=True)
def few_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    learn = lm_data.train_tokenizer
    monkeypatch.setattr(
        lm, "train_tokenizer", lambda prompts, size, seed: learn(prompts, size, seed, samples=50)
    )


def trained(folder: Path, steps: int) -> Run:
    recipe = RECIPE
    tokenizer = lm.load_tokenizer(folder / "tokenizer", (), recipe)
    run = lm.new_run(recipe, folder, len(tokenizer))
    run.resume()
    run.steps = steps
    lm.train(run, recipe, lm_data.Packer(tokenizer, (), recipe.rows), compiled=False)
    return run


def test_a_stopped_run_goes_on_exactly(tmp_path: Path) -> None:
    torch.set_num_threads(1)
    whole = trained(tmp_path / "whole", 4)
    trained(tmp_path / "parts", 2)
    parts = trained(tmp_path / "parts", 4)
    assert parts.done == whole.done == 4
    for name, weight in whole.module.state_dict().items():
        assert torch.allclose(weight, parts.module.state_dict()[name], atol=1e-5), name


def test_with_and_without_matrix_units_the_loss_is_nearly_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokenizer = lm.load_tokenizer(tmp_path / "tokenizer", (), RECIPE)
    model = lm.new_run(RECIPE, tmp_path, len(tokenizer)).module
    batch = lm_data.Packer(tokenizer, (), RECIPE.rows).batch(np.random.default_rng(0), 0.0)
    losses = []
    for units in (True, False):
        monkeypatch.setattr(lm, "has_matrix_units", lambda units=units: units)
        loss = lm.Learner(model, compiled=False)(batch)
        assert loss.dtype == torch.float32
        losses.append(float(loss.detach()))
    assert losses[0] == pytest.approx(losses[1], rel=0.02)


def test_the_export_is_loaded_and_asked_like_any_checkpoint(tmp_path: Path) -> None:
    run = trained(tmp_path / "run", 1)
    folder = tmp_path / "checkpoint"
    lm.export(run, lm.load_tokenizer(tmp_path / "run" / "tokenizer", (), RECIPE), folder)
    assert {"config.json", "model.safetensors", "tokenizer.json", "diffchat.json"} <= {
        path.name for path in folder.iterdir()
    }
    llm = DiffChatLLM.load(LLMSettings(model=str(folder), device="cpu", max_new_tokens=8))
    assert len(llm.try_edit([EditRequest("a zörblax 🦊"), EditRequest("a cat", "add a hat")])) == 2


def test_training_goes_on_from_a_checkpoint(tmp_path: Path) -> None:
    first = trained(tmp_path / "run", 1)
    shipped = tmp_path / "checkpoint"
    lm.export(first, lm.load_tokenizer(tmp_path / "run" / "tokenizer", (), RECIPE), shipped)
    tokenizer = lm.load_tokenizer(tmp_path / "on" / "tokenizer", (), RECIPE, start=shipped)
    run = lm.new_run(RECIPE, tmp_path / "on", len(tokenizer), start=shipped)
    assert tokenizer.get_vocab() == lm.load_tokenizer(shipped, (), RECIPE).get_vocab()
    for name, weight in run.module.state_dict().items():
        assert weight.dtype == torch.float32
        assert torch.allclose(weight, first.average.weights[name], atol=1e-3), name
    lm.train(run, replace(RECIPE, practice=0.0), lm_data.Packer(tokenizer, (), 1), compiled=False)
    assert run.done == RECIPE.steps


def test_a_grown_model_writes_what_the_old_one_wrote() -> None:
    torch.manual_seed(0)
    small = LlamaForCausalLM(lm.config(replace(RECIPE, layers=2), 300)).eval()
    grown = lm.deepened(small, 5).eval()
    ids = torch.randint(3, 300, (2, 20))
    assert grown.config.num_hidden_layers == 5
    with torch.inference_mode():
        assert torch.allclose(grown(ids).logits, small(ids).logits, atol=1e-5)
    with pytest.raises(ValueError, match="does not grow"):
        lm.deepened(grown, 2)


def grown_run(folder: Path, **sizes: int) -> tuple[Run, LmRecipe, PreTrainedTokenizerFast]:
    """A run of one step that goes on, grown, from a `checkpoint` in the folder."""
    tokenizer = lm.load_tokenizer(folder / "tokenizer", (), RECIPE)
    first = lm.new_run(RECIPE, folder / "first", len(tokenizer))
    lm.export(first, tokenizer, folder / "checkpoint")
    recipe = replace(RECIPE, steps=1, **sizes)
    run = lm.new_run(recipe, folder / "run", len(tokenizer), start=folder / "checkpoint")
    return run, recipe, tokenizer


def test_a_widened_model_writes_what_the_old_one_wrote_and_its_new_units_learn(tmp_path: Path) -> None:
    run, recipe, tokenizer = grown_run(tmp_path, widened=48)
    small = LlamaForCausalLM.from_pretrained(tmp_path / "checkpoint", dtype=torch.float32)
    ids = torch.randint(3, len(tokenizer), (2, 20))
    with torch.inference_mode():
        assert torch.allclose(run.module(ids).logits, small(ids).logits, atol=1e-5)
    new: torch.Tensor = run.module.model.layers[0].mlp.down_proj.weight  # type: ignore[union-attr,index]
    assert new.shape == (32, 48)
    lm.train(run, recipe, lm_data.Packer(tokenizer, (), 1), compiled=False)
    assert new[:, 32:].any()
    with pytest.raises(ValueError, match="does not grow"):
        lm.widened(run.module, 40)


def test_the_new_layers_of_a_grown_model_learn(tmp_path: Path) -> None:
    run, recipe, tokenizer = grown_run(tmp_path, grown=2)
    new = run.module.model.layers[1]  # type: ignore[union-attr,index]
    assert not new.mlp.down_proj.weight.any()  # type: ignore[union-attr]
    lm.train(run, recipe, lm_data.Packer(tokenizer, (), 1), compiled=False)
    assert new.mlp.down_proj.weight.any()  # type: ignore[union-attr]
    assert new.self_attn.o_proj.weight.any()  # type: ignore[union-attr]


def test_a_checkpoint_is_trained_on_gently_unless_told_otherwise() -> None:
    parser = argparse.ArgumentParser()
    lm.add_arguments(parser)
    fresh, on, told = (
        lm.recipe_of(parser.parse_args(line.split()))
        for line in ("", "--start x --minutes 3", "--start x --lr 0.1")
    )
    assert on.lr < fresh.lr == LmRecipe().lr
    assert (on.minutes, on.practice) == (3, 0)
    assert told.lr == 0.1


def test_muon_moves_the_matrices_and_adam_the_rest(tmp_path: Path) -> None:
    run = lm.new_run(RECIPE, tmp_path, 300)
    sizes = {
        group["matrix"]: sum(weight.numel() for weight in group["params"])
        for group in run.optimizer.param_groups
    }
    assert sum(sizes.values()) == sum(weight.numel() for weight in run.module.parameters())
    assert sizes[False] == 300 * RECIPE.width + 3 * RECIPE.width


def test_the_command_line_knows_its_defaults() -> None:
    parser = argparse.ArgumentParser()
    lm.add_arguments(parser)
    args = parser.parse_args([])
    assert args.steps == LmRecipe().steps
    assert args.checkpoint == lm.CHECKPOINT
    assert not args.evaluate
    assert not args.export


def test_the_mean_of_two_rounds_is_written_in_place(tmp_path: Path) -> None:
    for name, value in (("one", 1.0), ("two", 2.0), ("odd", 2.0)):
        (tmp_path / name).mkdir()
        shape = (3,) if name == "odd" else (2,)
        save_file({"w": torch.full(shape, value).half()}, tmp_path / name / "model.safetensors")
    lm.average(tmp_path / "one", tmp_path / "two")
    mean = load_file(tmp_path / "one" / "model.safetensors")["w"]
    assert mean.tolist() == [1.5, 1.5]
    assert mean.dtype == torch.float16
    lm.average(tmp_path / "one", tmp_path / "two", share=0.75)
    assert load_file(tmp_path / "one" / "model.safetensors")["w"].tolist() == [1.625, 1.625]
    with pytest.raises(ValueError, match="not of the same model"):
        lm.average(tmp_path / "one", tmp_path / "odd")
