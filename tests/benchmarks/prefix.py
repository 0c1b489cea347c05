"""What keeping the constant beginning of an instruct model's prompts brings: edits with and without it."""

import tempfile
from functools import partial
from pathlib import Path

from transformers import LlamaConfig, LlamaForCausalLM

from model.engine import EditRequest
from model.language.llm import DiffChatLLM
from model.language.prefix_cache import PrefixCache
from model.presets import resolve
from model.settings import LLMSettings
from tests.benchmarks.adapter import SOURCE, WISHES
from tests.benchmarks.figures import Figure, take_turns

ROUNDS = 5
_CHAT = (
    "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}"
    "{% if add_generation_prompt %}assistant:{% endif %}"
)


def _chat_model(folder: Path) -> DiffChatLLM:
    """A random Llama of 4 layers, 256 wide, with the tokenizer of the shipped model and a chat template."""
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(resolve("tiny").llm.model)
    tokenizer.chat_template = _CHAT
    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=256,
        intermediate_size=512,
        num_hidden_layers=4,
        num_attention_heads=4,
        max_position_embeddings=4096,
        eos_token_id=tokenizer.eos_token_id,
    )
    LlamaForCausalLM(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return DiffChatLLM.load(LLMSettings(model=str(folder), device="cpu", max_new_tokens=24, threads=1))


async def run() -> list[Figure]:
    """24 tokens of an instruct model with its constant prefix read each time, against kept; alternating"""
    with tempfile.TemporaryDirectory() as folder:
        llm = _chat_model(Path(folder))
        ways = {"read": PrefixCache(llm._model, llm._tokens.pad, list), "kept": llm._prefixes}
        prefix, whole = len(llm._constant()[0]), len(llm._encode(EditRequest(SOURCE, WISHES[0])))
        figures = [Figure("tokens of a prompt that are constant", 100 * prefix / whole, "%")]
        for batch in (1, 4):
            requests = [EditRequest(SOURCE, wish) for wish in WISHES[:batch]]
            rounds = await take_turns(
                {way: partial(_edits, llm, cache, requests) for way, cache in ways.items()}, ROUNDS
            )
            figures.append(
                Figure(
                    f"{batch} edits, prefix kept", rounds.seconds("kept") * 1e3, "ms",
                    "prefix read each time", rounds.quicker("kept", "read"),
                )
            )  # fmt: skip
    return figures


def _edits(llm: DiffChatLLM, cache: PrefixCache, requests: list[EditRequest]) -> None:
    llm._prefixes = cache
    llm.try_edit(requests)
