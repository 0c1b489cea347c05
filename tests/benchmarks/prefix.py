"""What keeping beginnings of prompts brings: an instruct model's rules and examples, and a conversation."""

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from transformers import LlamaConfig, LlamaForCausalLM

from model.engine import EditRequest, Step
from model.language.decoding import Decoder, Text, read_through
from model.language.llm import DiffChatLLM
from model.language.prefix_cache import MOST_BYTES, PrefixCache
from model.language.sampling import Drawing, Sampling
from model.presets import resolve
from model.settings import LLMSettings
from tests.benchmarks import words
from tests.benchmarks.adapter import SOURCE, WISHES
from tests.benchmarks.figures import Figure

ROUNDS, MESSAGES, MOST_TOKENS = 5, 6, 24
READ, KEPT, ALL_KEPT = "all read each time", "rules and examples kept", "conversations kept"
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
    return DiffChatLLM.load(LLMSettings(model=str(folder), device="cpu", threads=1))


def _conversation() -> list[EditRequest]:
    """Messages of one conversation, each with those before it."""
    prompts = [SOURCE, *(f"{SOURCE}, {wish}" for wish in WISHES)]
    steps = [Step(prompt, wish) for prompt, wish in zip(prompts, WISHES, strict=False)]
    return [
        EditRequest(step.prompt, step.instruction, history=tuple(steps[:number]))
        for number, step in enumerate(steps[:MESSAGES])
    ]


def _write(llm: DiffChatLLM, prompts: list[list[int]], kept: PrefixCache | None) -> None:
    """One message after another, at most so many tokens each."""
    decoder = Decoder(llm._model, llm._tokens.ends, llm._tokens.pad, kept)
    for prompt in prompts:
        decoder.write([Text(prompt, MOST_TOKENS, Drawing(Sampling(0, 0)))])


def _figures(llm: DiffChatLLM, of: str) -> list[Figure]:
    requests = _conversation()
    prompts = [llm._encode(request) for request in requests]
    read = partial(read_through, llm._model)
    constant = PrefixCache(read, llm._constant, 0)

    def fresh() -> None:
        """The conversation begins anew, and the rules and examples are known as from other people's."""
        kept = PrefixCache(read, llm._constant, MOST_BYTES)
        kept._starts = constant._starts
        _write(llm, prompts, kept)

    _write(llm, prompts, constant)
    ways: dict[str, Callable[[], None]] = {
        READ: partial(_write, llm, prompts, None),
        KEPT: partial(_write, llm, prompts, constant),
        ALL_KEPT: fresh,
    }
    rounds = words.taking_turns(ways, ROUNDS)
    return [
        Figure(
            f"{of}, {name}", rounds.seconds(name) / MESSAGES * 1e3, "ms a message", than,
            rounds.quicker(name, than),
        )
        for name, than in ((KEPT, READ), (ALL_KEPT, KEPT))
        if name != KEPT or llm._template
    ]  # fmt: skip


async def run() -> list[Figure]:
    """a conversation of six messages, with what was read before kept, against reading it each time"""
    figures = _figures(words.language_model(), "the model itself")
    with tempfile.TemporaryDirectory() as folder:
        llm = _chat_model(Path(folder))
        share = len(llm._constant()[0]) / len(llm._encode(EditRequest(SOURCE, WISHES[0])))
        figures.append(Figure("tokens of an instruct model's prompt that are constant", 100 * share, "%"))
        figures += _figures(llm, "an instruct model")
    return figures
