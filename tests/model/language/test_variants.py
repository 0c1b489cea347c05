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


def test_an_unknown_variant_is_the_configured_model_and_says_so(trained_llm: Path, other: Path) -> None:
    assert written(load(trained_llm, other, b=""), "gone") == [(OTHER, "diffchat-small+0002-kto")]


def test_a_link_gives_the_name_of_what_it_points_at(trained_llm: Path, other: Path, tmp_path: Path) -> None:
    (tmp_path / "current").symlink_to(other)
    assert load(trained_llm, tmp_path / "current").name == "diffchat-small+0002-kto"


def test_a_variant_that_cannot_be_loaded_is_named(trained_llm: Path, tmp_path: Path) -> None:
    with pytest.raises(LoadError, match=r"it has no adapter_config\.json"):
        load(trained_llm, b=str(tmp_path))
