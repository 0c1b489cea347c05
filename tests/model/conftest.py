"""Small real models of every family, built once per session and saved to disk as users have them."""

from pathlib import Path
from typing import Any

import pytest
import torch

from model.language.adapter import write_marker
from model.language.messages import conversation_messages
from model.language.prompt import PROMPT_VERSION, format_edit, format_target

EDITS = (
    ("a red house in a meadow", "make it night", "a red house in a meadow at night"),
    ("two cats on a sofa", "add a dog", "two cats and a dog on a sofa"),
    ("a fox", "", "a fox, highly detailed, soft light"),
)
"""What the small trained language models know by heart."""

CHAT_TEMPLATE = (
    "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


@pytest.fixture(scope="session", autouse=True)
def _one_thread() -> None:
    torch.set_num_threads(1)


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that all models of this session are saved in."""
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="session")
def tokenizer() -> Any:
    """A byte-level BPE tokenizer trained on the few texts above, with chat tokens and a chat template."""
    from tokenizers import ByteLevelBPETokenizer
    from transformers import PreTrainedTokenizerFast

    bpe = ByteLevelBPETokenizer()
    texts = [format_edit(source, wish) + format_target(target) for source, wish, target in EDITS]
    # the examples too, so that the prompt of a chat model has hundreds of tokens instead of thousands
    texts += [message["content"] for message in conversation_messages("", "make it night")]
    bpe.train_from_iterator(texts, vocab_size=900, special_tokens=["<|end|>", "<|im_start|>", "<|im_end|>"])
    return PreTrainedTokenizerFast(
        tokenizer_object=bpe._tokenizer, eos_token="<|end|>", chat_template=CHAT_TEMPLATE
    )


def _sizes(vocabulary: int) -> dict[str, Any]:
    return {
        "vocab_size": vocabulary, "hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 2,
        "num_attention_heads": 4, "num_key_value_heads": 2, "max_position_embeddings": 512,
        "bos_token_id": None, "eos_token_id": 0, "pad_token_id": None, "tie_word_embeddings": False,
    }  # fmt: skip


def build_llm(family: str, vocabulary: int) -> Any:
    """A small random causal LM of a family, the same one each time."""
    import transformers as hf

    torch.manual_seed(0)
    if family == "qwen3":
        return hf.Qwen3ForCausalLM(hf.Qwen3Config(**_sizes(vocabulary), head_dim=16))
    if family == "llama":
        return hf.LlamaForCausalLM(hf.LlamaConfig(**_sizes(vocabulary)))
    config = hf.BloomConfig(vocab_size=vocabulary, hidden_size=64, n_layer=2, n_head=4, eos_token_id=0)
    return hf.BloomForCausalLM(config)


def learn_by_heart(model: Any, tokenizer: Any, chat: bool, edits: tuple[tuple[str, str, str], ...]) -> None:
    """Train until the model says every target of `edits` (greedy), which takes a few seconds."""
    rows = []
    for source, wish, target in edits:
        if chat:
            asked = tokenizer.apply_chat_template(
                conversation_messages(source, wish), add_generation_prompt=True, return_dict=False
            )
            said = tokenizer(target)["input_ids"] + tokenizer("<|im_end|>")["input_ids"]
        else:
            asked = tokenizer(format_edit(source, wish))["input_ids"]
            said = [*tokenizer(format_target(target))["input_ids"], tokenizer.eos_token_id]
        rows.append((asked, said))
    learn_rows(model, rows, most_steps=200)


def learn_rows(model: Any, rows: list[tuple[list[int], list[int]]], most_steps: int) -> None:
    """Train until the model goes on from each row's prompt with what the row says; both are token ids."""
    width = max(len(prompt + said) for prompt, said in rows)
    pads = [width - len(prompt + said) for prompt, said in rows]
    ids = torch.tensor([[0] * pad + p + s for pad, (p, s) in zip(pads, rows, strict=True)])
    labels = torch.tensor([[-100] * (pad + len(p)) + s for pad, (p, s) in zip(pads, rows, strict=True)])
    mask = torch.tensor([[0] * pad + [1] * len(p + s) for pad, (p, s) in zip(pads, rows, strict=True)])
    optimizer = torch.optim.AdamW(model.parameters(), lr=5e-3)
    for _ in range(most_steps):
        loss = model(input_ids=ids, attention_mask=mask, labels=labels).loss
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if loss.item() < 0.01:
            break


@pytest.fixture(scope="session")
def trained_llm(models: Path, tokenizer: Any) -> Path:
    """A Llama that knows `EDITS`, with the marker; its own generation settings ask for wild sampling."""
    folder = models / "diffchat-small"
    model = build_llm("llama", len(tokenizer))
    learn_by_heart(model, tokenizer, chat=False, edits=EDITS)
    model.generation_config.update(do_sample=True, temperature=1.9, top_k=3, repetition_penalty=1.8)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    write_marker(folder, PROMPT_VERSION)
    return folder


@pytest.fixture(scope="session")
def chat_folder(models: Path, tokenizer: Any) -> Path:
    """A Qwen3 without the marker that knows one edit through its chat template."""
    folder = models / "chatty"
    model = build_llm("qwen3", len(tokenizer))
    model.config.max_position_embeddings = 2048
    learn_by_heart(model, tokenizer, chat=True, edits=EDITS[:1])
    model.generation_config.eos_token_id = [0, tokenizer.convert_tokens_to_ids("<|im_end|>")]
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def random_llms(models: Path, tokenizer: Any) -> dict[str, Path]:
    """Untrained Qwen3, Llama and BLOOM models, with the marker."""
    folders = {}
    for family in ("qwen3", "llama", "bloom"):
        folders[family] = models / f"random-{family}"
        build_llm(family, len(tokenizer)).save_pretrained(folders[family])
        tokenizer.save_pretrained(folders[family])
        write_marker(folders[family], PROMPT_VERSION)
    return folders


@pytest.fixture(scope="session")
def pipelines(models: Path) -> dict[str, Path]:
    """Random pipelines of the four families, saved as users have them."""
    from tests.model import small_pipelines

    return {kind: small_pipelines.save(kind, models / f"small-{kind}") for kind in small_pipelines.BUILDERS}
