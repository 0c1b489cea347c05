"""Checkpoints that cannot be loaded as asked: the sentence says which setting, package or file to change."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from safetensors.torch import load_file, save_file

from model.errors import LoadError
from model.language.checkpoint import load_checkpoint
from model.loading import refuse_gguf
from model.settings import LLMSettings


def load(folder: Path, **more: Any) -> Any:
    return load_checkpoint(LLMSettings(model=str(folder), device="cpu", **more))


def changed(source: Path, folder: Path, **config: Any) -> Path:
    """A copy of a checkpoint with other entries in its config.json."""
    shutil.copytree(source, folder)
    path = folder / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | config))
    return folder


@pytest.mark.parametrize(
    "method",
    [
        {"quant_method": "gptq", "bits": 4},
        {"quant_method": "awq", "bits": 4},
        {"quant_method": "fp8"},
        {"quant_method": "mxfp4"},
        {"quant_method": "bitsandbytes", "load_in_8bit": True},
        {"quant_method": "exl3"},
    ],
    ids=lambda method: method["quant_method"],
)
def test_nf4_of_a_checkpoint_that_is_quantised_already_names_the_setting(
    trained_llm: Path, tmp_path: Path, method: dict[str, Any]
) -> None:
    folder = changed(trained_llm, tmp_path / "q", quantization_config=method)
    with pytest.raises(LoadError, match=rf"already \({method['quant_method']}\).*quantization = \"none\""):
        load(folder, quantization="nf4")


def test_a_checkpoint_saved_as_nf4_is_what_is_asked_for(trained_llm: Path, tmp_path: Path) -> None:
    model, _ = load(trained_llm, quantization="nf4")
    model.save_pretrained(tmp_path / "nf4")
    for file in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(trained_llm / file, tmp_path / "nf4")
    again, _ = load(tmp_path / "nf4", quantization="nf4")
    assert again.config.quantization_config.load_in_4bit


@pytest.mark.parametrize("package", ["awq", "compressed-tensors", "torchao"])
def test_a_missing_package_is_named(trained_llm: Path, tmp_path: Path, package: str) -> None:
    method = {"quant_method": package, "bits": 4, "quant_type": "int4_weight_only", "config_groups": {}}
    folder = changed(trained_llm, tmp_path / "q", quantization_config=method)
    with pytest.raises(LoadError, match=r"(gptqmodel|compressed-tensors|torchao).*install the package"):
        load(folder)


@pytest.mark.parametrize(
    ("config", "hint"),
    [
        ({"model_type": "qwen99"}, "transformers is too old"),
        ({"model_type": "t5"}, "a model of another kind"),
        (
            {
                "model_type": "own",
                "auto_map": {"AutoConfig": "own.Config", "AutoModelForCausalLM": "own.Model"},
            },
            "their own code is never run",
        ),
    ],
)
def test_what_is_no_model_for_words_here_is_told_apart(
    trained_llm: Path, tmp_path: Path, config: dict[str, Any], hint: str
) -> None:
    with pytest.raises(LoadError, match=hint):
        load(changed(trained_llm, tmp_path / "other", **config))


def test_gguf_is_named_as_what_it_is(trained_llm: Path, tmp_path: Path) -> None:
    (tmp_path / "model-q4.gguf").write_bytes(b"GGUF")
    for name in (str(tmp_path), str(tmp_path / "model-q4.gguf"), "owner/Model-7B-GGUF"):
        with pytest.raises(LoadError, match=r"GGUF.*safetensors"):
            refuse_gguf(name)
    with pytest.raises(LoadError, match="GGUF"):
        load(tmp_path)
    refuse_gguf(str(trained_llm))


def test_weights_that_are_missing_are_not_made_up(trained_llm: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(trained_llm, tmp_path / "part")
    weights = load_file(folder / "model.safetensors")
    weights.pop("model.layers.1.mlp.up_proj.weight")
    save_file(weights, folder / "model.safetensors", {"format": "pt"})
    with pytest.raises(LoadError, match=r"lacks 1 of its weights .*up_proj"):
        load(folder)


def test_nf4_on_a_cpu_is_advised_against(trained_llm: Path, caplog: pytest.LogCaptureFixture) -> None:
    load(trained_llm, quantization="nf4")
    assert "several times slower" in caplog.text


def test_a_pad_token_beyond_the_embedding_is_left_out(trained_llm: Path, tmp_path: Path) -> None:
    """Llama's and other classes make their embedding with it, and refuse to."""
    model, _ = load(changed(trained_llm, tmp_path / "pad", pad_token_id=100_000))
    assert model.config.pad_token_id is None


def test_a_checkpoint_without_its_tokenizer_is_refused(trained_llm: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(trained_llm, tmp_path / "mute")
    for file in folder.glob("tokenizer*"):
        file.unlink()
    (folder / "tokenizer_config.json").write_text('{"tokenizer_class": "GPT2Tokenizer"}')
    with pytest.raises(LoadError, match=r"no tokenizer.*tokenizer\.json"):
        load(folder)
