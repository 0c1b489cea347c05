"""One family's way through the product: load, edit in every manner, with an adapter, in 4 bits.

A random model says nothing that could be checked, and training each would take minutes. Instead its output
layer is *solved*: the states that the model has at each place of an answer are read off in one pass, and the
layer that gives the right next token for each of them is a least-squares problem. What is tested is
everything around it: templates, padding, caches, lookup, sampling, ends, thoughts, adapters.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import torch

from model.engine import EditRequest
from model.errors import EditError, LoadError
from model.language import lookup
from model.language.adapter import save_adapter, write_marker
from model.language.llm import DiffChatLLM
from model.language.prompt import PROMPT_VERSION, format_target
from model.settings import LLMSettings
from tests.model.conftest import EDITS
from tests.model.matrix.words.families import Family
from tests.model.matrix.words.styles import STYLES

KNOWN = EDITS[:2]
REQUESTS = [EditRequest(source, wish) for source, wish, _ in KNOWN]
TARGETS = [target for *_, target in KNOWN]
COLUMNS = ("loads", "one edit", "a batch", "sampled", "prompt lookup", "adapter", "NF4")
BASE = "with an adapter made for DiffChat"


def travel(family: Family, folder: Path) -> dict[str, str]:
    """Take the family through everything; what each column of the table says. Any surprise is raised."""
    model, tokenizer = family.build()
    base = folder / "base"
    model.save_pretrained(base)
    tokenizer.save_pretrained(base)
    said = dict.fromkeys(COLUMNS, "yes")
    if tokenizer.chat_template is None:
        with pytest.raises(LoadError, match="no chat template"):
            _load(base)
        write_marker(base, PROMPT_VERSION)
        said["loads"] = BASE
    llm = _taught(_load(base), family)
    said["prompt lookup"] = _edit_all_ways(llm)
    adapted = _taught(_load(base, adapter=str(_adapter(base, folder / "lora"))), family, trained=True)
    assert _answers(adapted, REQUESTS) == TARGETS
    assert _answers(_taught(_load(base, quantization="nf4"), family), REQUESTS) == TARGETS
    return said


def _load(base: Path, **more: Any) -> DiffChatLLM:
    return DiffChatLLM.load(LLMSettings(model=str(base), device="cpu", max_new_tokens=48, **more))


def _taught(llm: DiffChatLLM, family: Family, *, trained: bool = False) -> DiffChatLLM:
    """`llm` with an output layer that says the targets."""
    answer = STYLES[family.style].answer
    rows = []
    for request, target in zip(REQUESTS, TARGETS, strict=True):
        asked = llm._encode(request)
        text = format_target(target) + llm._tokenizer.eos_token
        if llm._version is None and not trained:
            text = answer.format(target)
        rows.append((asked, llm._tokenizer.encode(text, add_special_tokens=False)))
    _solve(llm._model, rows)
    return llm


@torch.inference_mode()
def _solve(model: Any, rows: Sequence[tuple[list[int], list[int]]]) -> None:
    """Set the output layer so that after each prompt the model says each answer, token by token."""
    head = model.get_output_embeddings()
    states: list[torch.Tensor] = []
    hook = head.register_forward_pre_hook(lambda _, inputs: states.append(inputs[0][0].double()))
    try:
        for asked, said in rows:
            model(input_ids=torch.tensor([asked + said]))
    finally:
        hook.remove()
    places = [s[len(asked) - 1 : -1] for s, (asked, _) in zip(states, rows, strict=True)]
    wanted = torch.tensor([token for _, said in rows for token in said])
    answers = torch.nn.functional.one_hot(wanted, head.weight.shape[0]).double() * 20
    solved = torch.linalg.lstsq(torch.cat(places), answers).solution.T
    head.weight.copy_(solved.to(head.weight.dtype))


def _answers(llm: DiffChatLLM, requests: Sequence[EditRequest]) -> list[str]:
    outcomes = llm.try_edit(requests)
    return [str(o) if isinstance(o, EditError) else o.target_prompt for o in outcomes]


def _edit_all_ways(llm: DiffChatLLM) -> str:
    """Single and batched, greedy and sampled, with and without lookup; says whether there is lookup."""
    assert [_answers(llm, [request])[0] for request in REQUESTS] == TARGETS
    assert _answers(llm, REQUESTS) == TARGETS
    sampled = [EditRequest(r.source_prompt, r.instruction, seed=3, temperature=1.0) for r in REQUESTS]
    assert [_answers(llm, [request])[0] for request in sampled] == _answers(llm, sampled)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lookup, "LONGEST", 0)
        assert [_answers(llm, [request])[0] for request in REQUESTS] == TARGETS
    return "no: it keeps a state" if llm._model._is_stateful else "yes"


def _adapter(base: Path, folder: Path) -> Path:
    """A random LoRA adapter of the model at `base` that changes what it says."""
    from peft import LoraConfig, get_peft_model

    torch.manual_seed(1)
    lora = LoraConfig(
        r=4,
        target_modules="all-linear",
        exclude_modules=["out_proj"],
        init_lora_weights=False,
        task_type="CAUSAL_LM",
    )
    save_adapter(get_peft_model(_load(base)._model, lora), folder, PROMPT_VERSION)
    return folder
