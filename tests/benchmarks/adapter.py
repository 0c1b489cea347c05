"""What merging an adapter at load brings: the same model with its LoRA beside it and within its weights."""

import tempfile
from functools import partial
from pathlib import Path

import torch

from model.engine import EditRequest
from model.language.adapter import save_adapter
from model.language.llm import DiffChatLLM
from model.language.prompt import PROMPT_VERSION
from model.presets import resolve
from model.settings import LLMSettings
from tests.benchmarks.figures import Figure, take_turns

ROUNDS = 7
SOURCE = "a red house in a meadow, soft light, highly detailed"
WISHES = (
    "make it night", "add a fox", "no house", "in the rain", "as a sketch", "make it blue", "add a lantern",
    "in winter",
)  # fmt: skip


def _adapter(folder: Path, settings: LLMSettings) -> LLMSettings:
    """The settings with an adapter of rank 16 on all linear layers whose change is small, but not nothing."""
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM

    torch.manual_seed(0)
    lora = LoraConfig(r=16, target_modules="all-linear", task_type="CAUSAL_LM")
    model = get_peft_model(AutoModelForCausalLM.from_pretrained(settings.model), lora)
    for name, weight in model.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(weight.data, std=1e-4)
    save_adapter(model, folder, PROMPT_VERSION)
    return settings.model_copy(update={"adapter": str(folder)})


async def run() -> list[Figure]:
    """edits with the adapter merged, against the adapter beside the weights; alternating"""
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        settings = _adapter(Path(folder), resolve("tiny").llm)
        ways = {
            "beside": DiffChatLLM.load(settings, more_variants=True),
            "merged": DiffChatLLM.load(settings),
        }
        for batch in (1, 8):
            requests = [EditRequest(SOURCE, wish) for wish in WISHES[:batch]]
            rounds = await take_turns(
                {way: partial(llm.try_edit, requests) for way, llm in ways.items()}, ROUNDS
            )
            figures.append(
                Figure(
                    f"{batch} edits, adapter merged", rounds.seconds("merged") * 1e3, "ms",
                    "adapter beside the weights", rounds.quicker("merged", "beside"),
                )
            )  # fmt: skip
    return figures
