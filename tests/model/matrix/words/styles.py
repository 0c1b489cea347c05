"""Chat templates in the style of each family, and small tokenizers that have their tokens."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from model.language.messages import conversation_messages
from model.language.prompt import format_edit, format_target
from tests.model.conftest import EDITS


@dataclass(frozen=True)
class Style:
    """`answer` is what the model says, with the target at `{}` and the end of its turn."""

    template: str | None
    answer: str
    control: tuple[str, ...]
    eos: str = "<|endoftext|>"
    marks: tuple[str, ...] = ()  # added tokens that are not special, as Qwen3's marks of thinking


_CHATML = (
    "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
_STRICT = (
    "{% if messages[0]['role'] == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}"
    "{% for m in messages %}{% if (m['role'] == 'user') != (loop.index0 % 2 == 0) %}"
    "{{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}{% endif %}"
)
_GEMMA_TURN = (
    "<start_of_turn>{{ 'model' if m['role'] == 'assistant' else m['role'] }}\n"
    "{{ m['content'] | trim }}<end_of_turn>\n{% endfor %}"
    "{% if add_generation_prompt %}<start_of_turn>model\n{% endif %}"
)
_IM = ("<|im_start|>", "<|im_end|>")

STYLES: dict[str, Style] = {
    "chatml": Style(_CHATML, "{}<|im_end|>", _IM, eos="<|im_end|>"),
    # Qwen3, SmolLM3: a switch that writes an empty thought
    "thinking": Style(
        _CHATML.replace(
            "assistant\n{% endif %}",
            "assistant\n{% if enable_thinking is defined and enable_thinking is false %}"
            "<think>\n\n</think>\n\n{% endif %}{% endif %}",
        ),
        "{}<|im_end|>",
        _IM,
        eos="<|im_end|>",
        marks=("<think>", "</think>"),
    ),
    # Qwen3-Next-Thinking, DeepSeek R1: the template opens a thought and has no switch
    "opened": Style(
        _CHATML.replace("assistant\n{% endif %}", "assistant\n<think>\n{% endif %}"),
        "{}<|im_end|>",
        _IM,
        eos="<|im_end|>",
        marks=("<think>", "</think>"),
    ),
    "llama3": Style(
        "{{ bos_token }}{% for m in messages %}<|start_header_id|>{{ m['role'] }}<|end_header_id|>\n\n"
        "{{ m['content'] | trim }}<|eot_id|>{% endfor %}"
        "{% if add_generation_prompt %}<|start_header_id|>assistant<|end_header_id|>\n\n{% endif %}",
        "{}<|eot_id|>",
        ("<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"),
    ),
    "gemma2": Style(
        "{{ bos_token }}" + _STRICT + _GEMMA_TURN, "{}<end_of_turn>", ("<start_of_turn>", "<end_of_turn>")
    ),
    "gemma3": Style(
        "{{ bos_token }}{% if messages[0]['role'] == 'system' %}"
        "{% set prefix = messages[0]['content'] + '\n\n' %}{% set rest = messages[1:] %}"
        "{% else %}{% set prefix = '' %}{% set rest = messages %}{% endif %}"
        "{% for m in rest %}<start_of_turn>{{ 'model' if m['role'] == 'assistant' else m['role'] }}\n"
        "{{ prefix if loop.first else '' }}{{ m['content'] | trim }}<end_of_turn>\n{% endfor %}"
        "{% if add_generation_prompt %}<start_of_turn>model\n{% endif %}",
        "{}<end_of_turn>",
        ("<start_of_turn>", "<end_of_turn>"),
    ),
    # Gemma 4: turns and channels of its own
    "gemma4": Style(
        "{{ bos_token }}{% for m in messages %}"
        "<|turn>{{ 'model' if m['role'] == 'assistant' else m['role'] }}\n"
        "{{ m['content'] }}<turn|>\n{% endfor %}"
        "{% if add_generation_prompt %}<|turn>model\n{% endif %}",
        "<|channel>thought\nnight<channel|>{}<turn|>",
        ("<|turn>", "<turn|>", "<|channel>", "<channel|>"),
    ),
    # Mistral 7B: no system role, and a model that may write its turn's end
    "mistral": Style(
        "{{ bos_token }}" + _STRICT + "{% if m['role'] == 'user' %}[INST] {{ m['content'] }} [/INST]"
        "{% else %} {{ m['content'] }}{{ eos_token }}{% endif %}{% endfor %}",
        " {}</s>",
        ("[INST]", "[/INST]", "</s>"),
        eos="</s>",
    ),
    "ministral": Style(
        "{{ bos_token }}{% for m in messages %}{% if m['role'] == 'system' %}"
        "[SYSTEM_PROMPT]{{ m['content'] }}[/SYSTEM_PROMPT]"
        "{% elif m['role'] == 'user' %}[INST]{{ m['content'] }}[/INST]"
        "{% else %}{{ m['content'] }}{{ eos_token }}{% endif %}{% endfor %}",
        "[THINK]night[/THINK]{}</s>",
        ("[SYSTEM_PROMPT]", "[/SYSTEM_PROMPT]", "[INST]", "[/INST]", "[THINK]", "[/THINK]", "</s>"),
        eos="</s>",
    ),
    # Phi: the end of a turn stands in the template alone, the tokenizer's end token is another
    "phi": Style(
        "{% for m in messages %}<|{{ m['role'] }}|>\n{{ m['content'] }}<|end|>\n{% endfor %}"
        "{% if add_generation_prompt %}<|assistant|>\n{% endif %}",
        "{}<|end|>",
        ("<|system|>", "<|user|>", "<|assistant|>", "<|end|>"),
    ),
    # gpt-oss: OpenAI's harmony format, whose answer comes after an analysis
    "harmony": Style(
        "{% for m in messages %}{% if m['role'] == 'assistant' %}"
        "<|start|>assistant<|channel|>final<|message|>{{ m['content'] }}"
        "{{ '<|return|>' if loop.last and not add_generation_prompt else '<|end|>' }}"
        "{% else %}<|start|>{{ 'developer' if m['role'] == 'system' else m['role'] }}<|message|>"
        "{{ m['content'] }}{% if m['role'] == 'system' %} Reasoning: {{ reasoning_effort }}{% endif %}<|end|>"
        "{% endif %}{% endfor %}{% if add_generation_prompt %}<|start|>assistant{% endif %}",
        "<|channel|>analysis<|message|>night<|end|><|start|>assistant<|channel|>final<|message|>{}<|return|>",
        ("<|start|>", "<|end|>", "<|message|>", "<|channel|>", "<|return|>"),
    ),
    "granite": Style(
        "{% for m in messages %}<|start_of_role|>{{ m['role'] }}<|end_of_role|>{{ m['content'] }}"
        "<|end_of_text|>\n{% endfor %}"
        "{% if add_generation_prompt %}<|start_of_role|>assistant<|end_of_role|>{% endif %}",
        "{}<|end_of_text|>",
        ("<|start_of_role|>", "<|end_of_role|>", "<|end_of_text|>"),
        eos="<|end_of_text|>",
    ),
    "olmo": Style(
        "{{ bos_token }}{% for m in messages %}<|{{ m['role'] }}|>\n{{ m['content'] }}"
        "{% if m['role'] == 'assistant' %}{{ eos_token }}{% endif %}\n{% endfor %}"
        "{% if add_generation_prompt %}<|assistant|>\n{% endif %}",
        "{}<|endoftext|>",
        (),
    ),
    "base": Style(None, "{}<|endoftext|>", ()),
}


@cache
def tokenizer_of(name: str) -> Any:
    """A byte-level BPE tokenizer trained on this project's prompts, with the tokens of the style."""
    from tokenizers import AddedToken, ByteLevelBPETokenizer
    from transformers import PreTrainedTokenizerFast

    style = STYLES[name]
    bpe = ByteLevelBPETokenizer()
    texts = [format_edit(source, wish) + format_target(target) for source, wish, target in EDITS]
    texts += [
        message["content"] for source, wish, _ in EDITS for message in conversation_messages(source, wish)
    ]
    special = ["<pad>", "<|bos|>", "<|endoftext|>", *style.control]
    bpe.train_from_iterator(texts, vocab_size=1100, special_tokens=special)
    bpe.add_tokens([AddedToken(mark, special=False) for mark in style.marks])
    return PreTrainedTokenizerFast(
        tokenizer_object=bpe._tokenizer, bos_token="<|bos|>", eos_token=style.eos, pad_token="<pad>",
        chat_template=style.template,
    )  # fmt: skip
