"""The language model that learns: loading it, its reference, its log-probabilities, exporting it.

The reference, from which the KL penalty is measured, costs no second model where adapters are trained: it is
the base model with the adapter switched off, or the adapter the run started from. Only full training
keeps a frozen copy. Logits and values come from one forward pass: the input of the output layer is what the
critic reads.
"""

from __future__ import annotations

import copy
import logging
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor
from transformers import (
    AutoModelForCausalLM,
    AutoTokenizer,
    GenerationConfig,
    PreTrainedTokenizerBase,
)

from model.errors import LoadError
from model.hardware import has_bfloat16
from model.language.adapter import prompt_version, save_adapter, write_marker
from model.language.conversation import VERSIONS
from model.language.prompt import PROMPT_VERSION
from model.language.quantization import nf4
from model.loading import check_folder, load_errors, location
from training.core import packing
from training.core.checkpoint import write_folder
from training.core.encoding import encode_request
from training.errors import CheckpointError, TokenizerError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from training.config.settings import PolicySettings
    from training.core.encoding import Batch
    from training.data.examples import Edit

log = logging.getLogger(__name__)

_CONTEXT = 2048  # of models that name no limit (BLOOM), as at serving
_REFERENCE = "reference"
_WHAT = "language model"


class Policy:
    """A causal language model with its tokenizer; build it with `load`.

    `model` may be wrapped by peft. `trainable` names what learns. With `reference` it also keeps what
    `reference_logits` needs. `version` is that of the template by which it is asked, and served later.
    """

    def __init__(
        self,
        model: Any,
        tokenizer: PreTrainedTokenizerBase,
        settings: PolicySettings,
        version: int = PROMPT_VERSION,
    ) -> None:
        self.model, self.tokenizer, self.settings, self.version = model, tokenizer, settings, version
        self._frozen: Any = None
        # generate() takes what a call leaves open from the checkpoint (a repetition penalty, say), and
        # log-probabilities would no longer be those of what was sampled
        model.generation_config = GenerationConfig()
        self._packed = packing.pack(self._base)

    @classmethod
    def load(
        cls,
        settings: PolicySettings,
        device: torch.device,
        *,
        reference: bool = False,
        version: int = PROMPT_VERSION,
    ) -> Policy:
        """Load model, tokenizer and adapter for training by a version of the template.

        Raises model.errors.LoadError for what cannot be loaded, TokenizerError for an unusable tokenizer.
        """
        check_folder(settings.model, "config.json", _WHAT)
        log.info("Loading the %s %s.", _WHAT, settings.model)
        name, quantised = location(settings.model), settings.method == "qlora"
        dtype: torch.dtype = getattr(torch, settings.dtype)
        with load_errors(_WHAT, settings.model, "check the path or hub id and that the download is complete"):
            tokenizer = AutoTokenizer.from_pretrained(name, padding_side="left", trust_remote_code=False)
            model = AutoModelForCausalLM.from_pretrained(
                name,
                trust_remote_code=False,
                use_safetensors=True,
                dtype=dtype,
                quantization_config=nf4(dtype) if quantised else None,
                device_map={"": str(device)},
            )
        ensure_distinct_pad(tokenizer, model, may_grow=settings.method == "full")
        adapted = model if settings.method == "full" else _with_lora(model, settings, reference=reference)
        policy = cls(adapted, tokenizer, settings, version)
        if reference and settings.method == "full":
            # Copied before the first step, after the pad token was settled: the vocabularies must be alike
            policy._frozen = copy.deepcopy(model).eval().requires_grad_(False)
        return policy

    @property
    def _base(self) -> Any:
        return self.model.get_base_model() if hasattr(self.model, "get_base_model") else self.model

    @property
    def device(self) -> torch.device:
        """Where the weights are."""
        device: torch.device = next(self.model.parameters()).device
        return device

    @property
    def hidden_size(self) -> int:
        """Width of the states that `forward` gives."""
        return int(self._base.config.get_text_config().hidden_size)

    def encode(self, edit: Edit, max_new_tokens: int) -> list[int]:
        """Tokens of an edit up to its answer by the policy's template, with `max_new_tokens` left."""
        context = self._base.config.get_text_config()
        most = int(getattr(context, "max_position_embeddings", None) or _CONTEXT)
        return encode_request(self.tokenizer, edit, self.version, most - min(max_new_tokens, most // 2))

    def trainable(self) -> dict[str, torch.nn.Parameter]:
        """Name -> weight of everything that learns."""
        return {name: p for name, p in self.model.named_parameters() if p.requires_grad}

    def load_trainable(self, tensors: dict[str, Tensor]) -> None:
        """Bring back what `trainable` named; raises CheckpointError when it is another set of weights."""
        own = self.trainable()
        if own.keys() != tensors.keys():
            odd = sorted(own.keys() ^ tensors.keys())
            raise CheckpointError(
                f"The checkpoint does not fit this model: {len(odd)} weights differ ({odd[0]}, ...)."
            )
        with torch.no_grad():
            for name, parameter in own.items():
                parameter.copy_(tensors[name])

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Logits [B, T, V] and last hidden states [B, T, H], at the position before each completion token."""
        return self._forward(self.model, batch)

    @torch.no_grad()
    def reference_logits(self, batch: Batch) -> Tensor:
        """Logits [B, T, V] of the reference for the same batch."""
        with self._as_reference() as model:
            return self._forward(model, batch)[0]

    def _forward(self, model: Any, batch: Batch) -> tuple[Tensor, Tensor]:
        given, places = packing.arguments(batch, packed=self._packed)
        seen: list[Tensor] = []

        def take(_: Any, states: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
            # A hook on the output layer instead of output_hidden_states and logits_to_keep: those keep the
            # states of all layers, and the logits of the same places in every row
            seen.append(states[0].flatten(0, 1)[places])
            return seen[0], *states[1:]

        hook = model.get_output_embeddings().register_forward_pre_hook(take)
        try:
            logits = model(**given, use_cache=False).logits
        finally:
            hook.remove()
        return logits, seen[0]

    @contextmanager
    def _as_reference(self) -> Iterator[Any]:
        """The model to ask for reference logits."""
        if self._frozen is not None:
            yield self._frozen
        elif self.settings.method == "full":
            raise RuntimeError("The policy was loaded without a reference.")
        else:
            with self._reference_adapter():
                yield self.model

    @contextmanager
    def _reference_adapter(self) -> Iterator[None]:
        if _REFERENCE not in self.model.peft_config:
            with self.model.disable_adapter():
                yield
            return
        # By itself set_adapter() makes the adapter that it switches on trainable (peft issue #2759)
        self.model.base_model.set_adapter(_REFERENCE, inference_mode=True)
        try:
            yield
        finally:
            self.model.base_model.set_adapter("default")

    def export(self, folder: Path) -> None:
        """Write what serving loads: the model (or its adapter), tokenizer, template marker."""

        def fill(new: Path) -> None:
            if self.settings.method == "full":
                self.model.save_pretrained(new, safe_serialization=True)
                write_marker(new, self.version)
            else:
                save_adapter(_OnlyDefault(self.model), new, self.version)
            self.tokenizer.save_pretrained(new)

        write_folder(folder, fill)

    def autocast(self, mixed_precision: str) -> Any:
        """A context for forward passes: bfloat16 where asked for, else nothing.

        "auto" is bfloat16 on a GPU that computes in it. On a processor it is float32: with it as without, a
        small model's figures are then the same on every machine; "bf16" asks for it there.
        """
        auto = mixed_precision == "auto" and self.device.type == "cuda" and has_bfloat16(self.device)
        wanted = auto or mixed_precision == "bf16"
        return torch.autocast(self.device.type, torch.bfloat16) if wanted else nullcontext()


def template_version(settings: PolicySettings) -> int:
    """The version of the template that the checkpoint to start from was trained on; 1 where it says none.

    Raises LoadError for a marker that cannot be read, and of a version that is not known here.
    """
    trained = settings.adapter or settings.model
    version = prompt_version(trained) or PROMPT_VERSION
    if version not in VERSIONS:
        raise LoadError(f"{trained} was trained on version {version} of the prompt template, not {VERSIONS}.")
    return version


class _OnlyDefault:
    """A PeftModel as `save_adapter` needs it, without the frozen reference adapter."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def save_pretrained(self, folder: Path, **arguments: Any) -> None:
        self._model.save_pretrained(folder, selected_adapters=["default"], **arguments)


def ensure_distinct_pad(tokenizer: PreTrainedTokenizerBase, model: Any, *, may_grow: bool) -> None:
    """Give the tokenizer a pad token that is not its end token, without touching weights where possible.

    Tried in order: its own pad, its unknown or begin token, a new token in a spare row of the embeddings, a
    new row (`may_grow`). Raises TokenizerError when there is no end token, or no way to a pad.
    """
    end = tokenizer.eos_token
    if end is None:
        raise TokenizerError(
            "The tokenizer has no end token, so nothing it writes would end: choose another."
        )
    # Were pad and end one token, the end would be masked as padding, and the model never learn to end
    for token in (tokenizer.pad_token, tokenizer.unk_token, tokenizer.bos_token):
        if token is not None and token != end:
            tokenizer.pad_token = token
            return
    rows = model.get_input_embeddings().weight.shape[0]
    if len(tokenizer) >= rows and not may_grow:
        raise TokenizerError(
            "The tokenizer has no pad token but its end token, and the embeddings have no spare row for one: "
            'set a pad token in the tokenizer, or train with method "full".'
        )
    tokenizer.add_special_tokens({"pad_token": "<|pad|>"})
    # Many vocabularies are padded to a multiple of 64 or so: those rows are free, and no weight changes
    if len(tokenizer) > rows:
        model.resize_token_embeddings(len(tokenizer))
    log.info("The tokenizer had no pad token of its own; added %s.", tokenizer.pad_token)


def _with_lora(model: Any, settings: PolicySettings, *, reference: bool) -> Any:
    """The model with an adapter that learns: a fresh one, or a copy of the one to start from."""
    from peft import LoraConfig, PeftModel, get_peft_model, prepare_model_for_kbit_training

    if settings.method == "qlora":
        # Norms and the output layer in float32, as QLoRA trains them (Dettmers et al. 2023, arXiv 2305.14314)
        model = prepare_model_for_kbit_training(model, use_gradient_checkpointing=False)
    if not settings.adapter:
        targets = settings.lora_targets
        fresh = LoraConfig(
            task_type="CAUSAL_LM",
            r=settings.lora_rank,
            lora_alpha=settings.lora_alpha,
            lora_dropout=settings.lora_dropout,
            target_modules=targets if isinstance(targets, str) else list(targets),
        )
        return get_peft_model(model, fresh)
    with load_errors("adapter", settings.adapter, "an adapter must be made for exactly this base model"):
        folder = location(settings.adapter)
        adapted = PeftModel.from_pretrained(model, folder, is_trainable=True)
        if reference:
            adapted.load_adapter(folder, _REFERENCE, is_trainable=False)
        return adapted
