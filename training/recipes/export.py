"""Export of a trained model: one folder that the bot, `transformers` alone and vLLM load.

A LoRA adapter is added into the weights of its base model, in float32 whatever the base is stored in, so that
rounding happens once, at the end. The folder has safetensors, the tokenizer, a model card, and:

- `diffchat.json`, by which the bot knows the prompt template that the model was trained on;
- a chat template that writes just this template. Servers that speak OpenAI's protocol are sent the request
  after examples (`model.language.messages`); of that the template takes the last request, in version 2 with
  the conversation before it;
- `generation_config.json` with greedy decoding and the tokens at which the bot ends an answer.

An adapter that was trained on 4-bit weights (QLoRA) is added to the full ones, which it has not seen: the
difference is the rounding of NF4.
"""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from transformers import AutoConfig, GenerationConfig

from model.language import adapter
from model.language.checkpoint import load_checkpoint
from model.language.conversation import CONVERSATION_VERSION
from model.language.prompt import PROMPT_VERSION
from model.language.tokens import find_tokens
from model.loading import display_name, is_local, load_errors, location
from model.settings import LLMSettings
from training.core.checkpoint import write_folder
from training.errors import CheckpointError

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

log = logging.getLogger(__name__)

_ADAPTER = "adapter_config.json"
_LAST_REQUEST = """\
{%- set asked = messages | selectattr('role', 'equalto', 'user') | list | last -%}
{{- bos + asked['content'] | trim -}}
{%- if add_generation_prompt -%}{{- '\\nTarget:' -}}{%- endif -%}"""
# What follows a step, up to a request without a number, is one conversation (`model.language.messages`)
_CONVERSATION = """\
{%- set now = namespace(text='', prompt='', open=false) -%}
{%- for message in messages -%}
  {%- if message['role'] == 'user' -%}
    {%- set lines = (message['content'] | trim).split('\\n') -%}
    {%- set step = lines[0].startswith('Step ') -%}
    {%- set request = lines[1:] if step else lines -%}
    {%- if not now.open or lines[0] == 'Step 1' -%}
      {%- set now.text = request | join('\\n') -%}
    {%- else -%}
      {%- if request[0] != 'Source: ' ~ now.prompt -%}
        {%- set now.text = now.text ~ '\\n...\\nTarget: ' ~ request[0][8:] -%}
      {%- endif -%}
      {%- set now.text = now.text ~ '\\n' ~ request[1:] | join('\\n') -%}
    {%- endif -%}
    {%- set now.open = step -%}
  {%- elif message['role'] == 'assistant' and now.open -%}
    {%- set now.prompt = message['content'] | trim -%}
    {%- set now.text = now.text ~ '\\nTarget: ' ~ now.prompt -%}
  {%- endif -%}
{%- endfor -%}
{{- bos + now.text -}}
{%- if add_generation_prompt -%}{{- '\\nTarget:' -}}{%- endif -%}"""
_TEMPLATES = {PROMPT_VERSION: _LAST_REQUEST, CONVERSATION_VERSION: _CONVERSATION}


def export(source: str, out: Path, base: str = "", dtype: str = "auto") -> Path:
    """Write the model of `source`, a folder or hub id of a checkpoint or adapter, to the new folder `out`.

    `base` is the base model of an adapter; without it the one that the adapter names. `dtype` is what the
    weights are stored in, "auto" the base model's own.

    Raises CheckpointError where `out` exists, the adapter cannot be added, or the model was trained on a
    template of a version that is not known here; LoadError for what cannot be loaded.
    """
    if out.exists():
        raise CheckpointError(f"{out} exists: name a folder that does not, or take that one away.")
    base, lora = _parts(source, base)
    version = adapter.prompt_version(lora or base)
    if version not in (None, *_TEMPLATES):
        raise CheckpointError(
            f"{source} was trained on version {version} of the prompt template, this program speaks versions "
            f"{' and '.join(map(str, _TEMPLATES))}: export it with the matching release."
        )
    # On the CPU always: there it is loaded in float32
    model, tokenizer = load_checkpoint(LLMSettings(model=base, device="cpu"))
    if lora:
        model = _with_adapter(model, lora)
    stored = _stored(base) if dtype == "auto" else getattr(torch, dtype)
    tokens = find_tokens(model, tokenizer)
    model.generation_config = GenerationConfig(
        do_sample=False, eos_token_id=list(tokens.ends), pad_token_id=tokens.pad
    )
    if version is not None:
        tokenizer.chat_template = chat_template(tokenizer, version)

    def fill(new: Path) -> None:
        model.to(stored).save_pretrained(new, safe_serialization=True)
        tokenizer.save_pretrained(new)
        if version is not None:
            adapter.write_marker(new, version, adapter.thresholds(lora or base))
        (new / "README.md").write_text(_card(source, base, lora, stored, out), encoding="utf-8")

    out.parent.mkdir(parents=True, exist_ok=True)
    write_folder(out, fill)
    return out


def chat_template(tokenizer: PreTrainedTokenizerBase, version: int) -> str:
    """The chat template that writes the last request as the template of this version does.

    Version 1 is `format_edit`, version 2 `format_conversation`.

    Chat templates are tokenized without special tokens: a begin token that the tokenizer puts before a plain
    text is therefore written by the template.
    """
    ids = tokenizer("x")["input_ids"]
    begins = tokenizer.bos_token_id is not None and ids[0] == tokenizer.bos_token_id
    return f"{{%- set bos = {'bos_token' if begins else repr('')} -%}}\n{_TEMPLATES[version]}"


def _parts(source: str, base: str) -> tuple[str, str]:
    """(base model, adapter or "") that `source` means."""
    folder = Path(location(source))
    if is_local(source) and not (folder / _ADAPTER).is_file():
        if base:
            raise CheckpointError(f"{source} is no adapter (it has no {_ADAPTER}): leave --base away.")
        return source, ""
    if not is_local(source) and not base:
        # A hub id may be either; only an adapter needs to be told apart, which --base does
        return source, ""
    if not base:
        with load_errors("adapter", source, "name its base model with --base"):
            base = json.loads((folder / _ADAPTER).read_text(encoding="utf-8"))["base_model_name_or_path"]
    return base, source


def _with_adapter(model: Any, lora: str) -> Any:
    merged = adapter.merged(adapter.load_adapter(model, lora), lora)
    if hasattr(merged, "peft_config"):
        raise CheckpointError(
            f"The adapter {lora} cannot be added into the weights (it changes tied embeddings, or is not of "
            "LoRA's kind): let the bot load it as an adapter instead."
        )
    return merged


def _stored(base: str) -> torch.dtype:
    """The number format that the base model is stored in."""
    with load_errors("language model", base, "check the path or hub id"):
        own = AutoConfig.from_pretrained(location(base), trust_remote_code=False).get_text_config().dtype
    return own if isinstance(own, torch.dtype) else torch.float32


def _card(source: str, base: str, lora: str, stored: torch.dtype, out: Path) -> str:
    """The model card: what it is, how it is loaded by each program, and the recipe where it is at hand."""
    head = [
        "---",
        *([] if is_local(base) else [f"base_model: {base}"]),
        "library_name: transformers",
        "pipeline_tag: text-generation",
        "---",
    ]
    made = f"the adapter {display_name(lora)} added into " if lora else ""
    recipe = Path(location(source)).parent / "config.toml"
    run = f"\n## Recipe\n\n```toml\n{recipe.read_text(encoding='utf-8')}```\n" if recipe.is_file() else ""
    return "\n".join(head) + _BODY.format(
        name=out.name, made=made, base=display_name(base), dtype=str(stored).removeprefix("torch."), run=run
    )


_BODY = """

# {name}

A language model of DiffChat: it turns a source prompt and an instruction into a target prompt for a
text-to-image model. Made of {made}{base}; stored in {dtype}.

The bot: `[llm] model = "./{name}"` in `bot.toml`.

`transformers` alone:

```python
from transformers import AutoModelForCausalLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("{name}")
model = AutoModelForCausalLM.from_pretrained("{name}")
asked = [{{"role": "user", "content": "Source: a red house in a meadow\\nInstruction: make it night"}}]
inputs = tokenizer.apply_chat_template(
    asked, add_generation_prompt=True, return_tensors="pt", return_dict=True
)
answer = model.generate(**inputs, max_new_tokens=128)[0, inputs["input_ids"].shape[1] :]
print(tokenizer.decode(answer, skip_special_tokens=True).strip())
```

vLLM: `vllm serve ./{name} --served-model-name {name}`, and in `bot.toml` `[engine] kind = "remote"` with
`[words_at] urls = ["http://HOST:8000/v1"]`.
{run}"""
