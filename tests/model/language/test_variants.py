"""Several adapters on one model: each request is answered by the one it asks for, in any batch."""

from pathlib import Path
from typing import Any

import pytest
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM

from model.engine import EditRequest, EditResult
from model.errors import LoadError
from model.language.adapter import save_adapter
from model.language.llm import DiffChatLLM
from model.language.prompt import PROMPT_VERSION
from model.settings import LLMSettings
from tests.model.conftest import EDITS, learn_by_heart

SOURCE, WISH, KNOWN = EDITS[0]
OTHER = EDITS[1][2]


@pytest.fixture(scope="module")
def other(models: Path, trained_llm: Path, tokenizer: Any) -> Path:
    """An adapter that answers the first edit with the second one's target."""
    lora = LoraConfig(r=8, lora_alpha=32, target_modules="all-linear", task_type="CAUSAL_LM")
    model = get_peft_model(AutoModelForCausalLM.from_pretrained(trained_llm), lora)
    learn_by_heart(model, tokenizer, chat=False, edits=((SOURCE, WISH, OTHER),))
    folder = models / "0002-kto"
    save_adapter(model, folder, PROMPT_VERSION)
    return folder


def load(base: Path, adapter: Path | str = "", **variants: str) -> DiffChatLLM:
    return DiffChatLLM.load(
        LLMSettings(model=str(base), adapter=str(adapter), device="cpu", max_new_tokens=48, variants=variants)
    )


def written(llm: DiffChatLLM, *variants: str) -> list[tuple[str, str]]:
    outcomes = llm.try_edit([EditRequest(SOURCE, WISH, variant=variant) for variant in variants])
    return [(o.target_prompt, o.model) for o in outcomes if isinstance(o, EditResult)]


def test_each_request_is_answered_by_its_variant(trained_llm: Path, other: Path) -> None:
    assert KNOWN != OTHER
    bare, adapted = (KNOWN, "diffchat-small"), (OTHER, "diffchat-small+0002-kto")
    assert written(load(trained_llm, a="", b=str(other)), "b", "a", "b", "") == [adapted, bare, adapted, bare]
    configured = load(trained_llm, other, a="", b=str(other))
    assert written(configured, "", "a", "b", "") == [adapted, bare, adapted, adapted]
    assert configured.name == adapted[1]


def test_an_adapter_alone_is_merged_and_writes_the_same(trained_llm: Path, other: Path) -> None:
    merged = load(trained_llm, other)
    assert not hasattr(merged._model, "peft_config")
    assert not any("lora" in name for name, _ in merged._model.named_parameters())
    apart = DiffChatLLM.load(merged._settings, more_variants=True)
    assert hasattr(apart._model, "peft_config")
    assert written(merged, "") == written(apart, "") == [(OTHER, "diffchat-small+0002-kto")]
    apart.add_variant("bare", "")
    assert written(apart, "bare") == [(KNOWN, "diffchat-small")]
    with pytest.raises(ValueError, match="more_variants"):
        merged.add_variant("bare", "")


def test_an_adapter_of_tied_embeddings_stays_one(trained_llm: Path, tmp_path: Path) -> None:
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM

    from model.language.adapter import merged

    for targets, apart in ((["embed_tokens"], True), (["q_proj"], False)):
        base = AutoModelForCausalLM.from_pretrained(trained_llm)
        base.config.tie_word_embeddings = True
        adapted = get_peft_model(base, LoraConfig(target_modules=targets, task_type="CAUSAL_LM"))
        assert hasattr(merged(adapted, "x"), "peft_config") == apart, targets


def test_damaged_weights_are_told_when_they_are_merged(
    trained_llm: Path, other: Path, tmp_path: Path
) -> None:
    import shutil

    import torch
    from safetensors.torch import load_file, save_file

    broken = shutil.copytree(other, tmp_path / "broken")
    weights = load_file(broken / "adapter_model.safetensors")
    save_file({name: w * torch.nan for name, w in weights.items()}, broken / "adapter_model.safetensors")
    with pytest.raises(LoadError, match="damaged"):
        load(trained_llm, broken)


def test_an_unknown_variant_is_the_configured_model_and_says_so(trained_llm: Path, other: Path) -> None:
    assert written(load(trained_llm, other, b=""), "gone") == [(OTHER, "diffchat-small+0002-kto")]


def test_a_link_gives_the_name_of_what_it_points_at(trained_llm: Path, other: Path, tmp_path: Path) -> None:
    (tmp_path / "current").symlink_to(other)
    assert load(trained_llm, tmp_path / "current").name == "diffchat-small+0002-kto"


def test_a_variant_that_cannot_be_loaded_is_named(trained_llm: Path, tmp_path: Path) -> None:
    with pytest.raises(LoadError, match=r"it has no adapter_config\.json"):
        load(trained_llm, b=str(tmp_path))
    with pytest.raises(LoadError, match=r"There is no adapter at .*nowhere"):
        load(trained_llm, b=str(tmp_path / "nowhere"))
