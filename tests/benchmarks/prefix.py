"""What keeping the constant beginning of an instruct model's prompts brings: edits with and without it."""

import tempfile
import time
from pathlib import Path

from transformers import LlamaConfig, LlamaForCausalLM

from model.engine import EditRequest
from model.language.llm import DiffChatLLM
from model.language.prefix_cache import PrefixCache
from model.presets import resolve
from model.settings import LLMSettings
from tests.benchmarks.adapter import SOURCE, WISHES
from tests.benchmarks.figures import median, row

ROUNDS = 3
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


async def run() -> None:
    """24 tokens of an instruct model with its constant prefix read each time, against kept; alternating"""
    with tempfile.TemporaryDirectory() as folder:
        llm = _chat_model(Path(folder))
        ways = {"read": PrefixCache(llm._model, llm._tokens.pad, list), "kept": llm._prefixes}
        prefix, whole = len(llm._constant()[0]), len(llm._encode(EditRequest(SOURCE, WISHES[0])))
        row("tokens of a prompt that are constant", f"{prefix} of {whole}")
        for batch in (1, 4):
            requests = [EditRequest(SOURCE, wish) for wish in WISHES[:batch]]
            spent: dict[str, list[float]] = {way: [] for way in ways}
            for _ in range(ROUNDS + 1):
                for way, cache in ways.items():
                    llm._prefixes = cache
                    started = time.monotonic()
                    llm.try_edit(requests)
                    spent[way].append(time.monotonic() - started)
            read, kept = (median(spent[way][1:]) for way in ("read", "kept"))
            row(f"{batch} edits, prefix read each time", f"{read * 1e3:.0f} ms", "baseline")
            row(f"{batch} edits, prefix kept", f"{kept * 1e3:.0f} ms", f"{read / kept:.2f} x as quick")
