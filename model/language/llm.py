"""The DiffChat language model: source prompt + instruction -> target prompt, batched.

Loads any causal LM of transformers from a folder or the hub. A model or adapter that carries
`diffchat.json` is given the template it was trained on; any other is an instruct model and is prompted with
a few examples through its own chat template.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

import torch
from transformers import (
    AutoModelForCausalLM,
    AutoTokenizer,
    GenerationConfig,
    LogitsProcessorList,
    StoppingCriteriaList,
)

from model.engine import EditRequest, EditResult
from model.errors import EditError, LoadError
from model.hardware import has_bfloat16, pick_device, use_threads
from model.language import adapter
from model.language.prompt import PROMPT_VERSION, chat_messages, format_edit, parse_target
from model.language.quantization import nf4
from model.language.sampling import Sampling, SeededSampling, StopWhen
from model.loading import check_folder, display_name, load_errors, location, quiet_bars
from model.settings import LLMSettings

RETRY_TEMPERATURE = 0.7
_WHAT = "language model"
_LOOKUP_TOKENS = 10
_ROOM = 16  # a context with less room than this for the answer is too full to try


@dataclass(frozen=True, slots=True)
class Variant:
    """A way to use the model: its settings, what peft calls its adapter ("" for none), how it is prompted."""

    settings: LLMSettings
    called: str
    chat: bool

    @property
    def name(self) -> str:
        """The model's name, with the adapter's after a plus sign."""
        names = [self.settings.model, *([self.settings.adapter] if self.settings.adapter else [])]
        return "+".join(map(display_name, names))


class DiffChatLLM:
    """A loaded language model with its tokenizer; build it with `load`."""

    def __init__(
        self,
        model: Any,
        tokenizer: Any,
        settings: LLMSettings,
        *,
        chat: bool,
    ) -> None:
        self._model, self._tokenizer, self._settings, self._chat = model, tokenizer, settings, chat
        self._variants = {"": Variant(settings, settings.adapter and "default", chat)}
        self._ends = _end_tokens(model, tokenizer)
        # generate() fills whatever a request leaves open from the checkpoint's own generation settings
        # (temperature, repetition penalty, ...): without them an edit means the same with every checkpoint.
        model.generation_config = GenerationConfig()

    @classmethod
    def load(cls, settings: LLMSettings) -> "DiffChatLLM":
        """Load model, quantisation and adapter. Raises LoadError or ConfigError with what to do."""
        quiet_bars(settings.model)
        use_threads(settings.threads)
        device = pick_device(settings.device)
        check_folder(settings.model, "config.json", _WHAT)
        name = location(settings.model)
        with load_errors(_WHAT, settings.model, "check the path or hub id and that the download is complete"):
            tokenizer = AutoTokenizer.from_pretrained(name, padding_side="left", trust_remote_code=False)
            model = AutoModelForCausalLM.from_pretrained(
                name, trust_remote_code=False, use_safetensors=True, **_precision(settings, device)
            )
        if settings.adapter:
            model = adapter.load_adapter(model, settings.adapter)
        if tokenizer.pad_token_id is None:
            tokenizer.pad_token = tokenizer.eos_token
        loaded = cls(model.eval(), tokenizer, settings, chat=_is_chat(settings, tokenizer))
        for name, folder in settings.variants.items():
            loaded.add_variant(name, folder)
        return loaded

    def add_variant(self, name: str, folder: str) -> None:
        """Take another adapter on the model, for requests of that variant; "" is the bare model.

        Not while an edit runs. Raises LoadError.
        """
        called = f"variant_{name}" if folder else ""
        if folder:
            self._model = adapter.load_adapter(self._model, folder, called).eval()
        own = self._settings.model_copy(update={"adapter": folder})
        self._variants[name] = Variant(own, called, _is_chat(own, self._tokenizer))

    def drop_variant(self, name: str) -> None:
        """Take a variant and its adapter off again; its requests then get the configured model."""
        called = self._variants.pop(name).called
        if called:
            self._model.delete_adapter(called)

    @property
    def name(self) -> str:
        """The model's name, with its adapter's after a plus sign."""
        return self._variants[""].name

    def edit(self, requests: Sequence[EditRequest]) -> list[EditResult]:
        """Target prompts for a batch of requests; raises the EditError of the first that has none."""
        results = []
        for outcome in self.try_edit(requests):
            if isinstance(outcome, EditError):
                raise outcome
            results.append(outcome)
        return results

    def try_edit(
        self, requests: Sequence[EditRequest], should_stop: Callable[[], bool] = lambda: False
    ) -> list[EditResult | EditError]:
        """As `edit`, with an outcome for each request, so that one that fails spoils no other.

        An answer that is no usable prompt is asked for once more, with sampling. `should_stop` is asked
        after every token; once true, what is unfinished fails. Each variant's requests go together.
        """
        outcomes: dict[int, EditResult | EditError] = {}
        for variant in dict.fromkeys(request.variant for request in requests):
            rows = [i for i, request in enumerate(requests) if request.variant == variant]
            with self._as(variant) as name:
                answered = self._answer([requests[i] for i in rows], name, should_stop)
            outcomes |= dict(zip(rows, answered, strict=True))
        return [self._bounded(request, outcomes[i]) for i, request in enumerate(requests)]

    def _bounded(self, request: EditRequest, outcome: EditResult | EditError) -> EditResult | EditError:
        """The outcome; an EditError where its prompt is longer than the request allows."""
        if not request.max_tokens or isinstance(outcome, EditError):
            return outcome
        length = len(self._tokenizer(outcome.target_prompt, add_special_tokens=False)["input_ids"])
        if length <= request.max_tokens:
            return outcome
        return EditError(f"The prompt has {length} tokens, and {request.max_tokens} are allowed: allow more.")

    @contextmanager
    def _as(self, variant: str) -> Iterator[str]:
        """The model with a variant's adapter; gives its name. An unknown variant is the configured model."""
        chosen = self._variants.get(variant, self._variants[""])
        self._chat = chosen.chat
        if len(self._variants) == 1:
            yield chosen.name
        elif chosen.called:
            self._model.base_model.set_adapter(chosen.called, inference_mode=True)
            yield chosen.name
        else:
            with self._model.disable_adapter() if hasattr(self._model, "disable_adapter") else nullcontext():
                yield chosen.name

    def _answer(
        self, requests: Sequence[EditRequest], name: str, should_stop: Callable[[], bool]
    ) -> list[EditResult | EditError]:
        """Outcomes of one variant's requests."""
        started = time.perf_counter()
        outcomes = self._attempt(requests, [Sampling(r.temperature, r.seed) for r in requests], should_stop)
        failed = [i for i, outcome in enumerate(outcomes) if isinstance(outcome, EditError)]
        if failed and not should_stop():
            again = [requests[i] for i in failed]
            warmer = [Sampling(max(RETRY_TEMPERATURE, r.temperature), r.seed + 1) for r in again]
            for i, outcome in zip(failed, self._attempt(again, warmer, should_stop), strict=True):
                outcomes[i] = outcome
        seconds = time.perf_counter() - started
        return [o if isinstance(o, EditError) else EditResult(o, name, seconds) for o in outcomes]

    def _attempt(
        self, requests: Sequence[EditRequest], samplings: Sequence[Sampling], stop: Callable[[], bool]
    ) -> list[str | EditError]:
        """One pass over the batch: the parsed target prompt or why there is none, for each request."""
        inputs = [self._encode(request) for request in requests]
        room = self._context() - _ROOM
        fitting = [i for i, ids in enumerate(inputs) if len(ids) <= room]
        answers = dict(
            zip(
                fitting,
                self._generate([inputs[i] for i in fitting], [samplings[i] for i in fitting], stop),
                strict=True,
            )
        )
        return [
            _parsed(answers[i], request.source_prompt) if i in answers else _too_long()
            for i, request in enumerate(requests)
        ]

    def _encode(self, request: EditRequest) -> list[int]:
        """The token ids the model continues. Words of a member never become control tokens."""
        source, instruction = request.source_prompt, request.instruction
        if not self._chat:
            text = format_edit(source, instruction)
            ids: list[int] = self._tokenizer(text, split_special_tokens=True)["input_ids"]
            return ids
        encoded: list[int] = self._tokenizer.apply_chat_template(
            chat_messages(source, instruction),
            add_generation_prompt=True,
            return_dict=False,
            sanitize_control_tokens=True,
            enable_thinking=False,  # Qwen3's templates know it, others ignore it
        )
        return encoded

    @torch.inference_mode()
    def _generate(
        self, inputs: list[list[int]], samplings: list[Sampling], stop: Callable[[], bool]
    ) -> list[str | None]:
        """The answers' texts; None where the answer did not end within the length allowed."""
        if not inputs:
            return []
        batch = self._tokenizer.pad({"input_ids": inputs}, return_tensors="pt").to(self._model.device)
        width = batch["input_ids"].shape[1]
        output = self._model.generate(
            **batch,
            generation_config=self._generation(samplings, self._context() - width),
            logits_processor=LogitsProcessorList([SeededSampling(samplings)]),
            stopping_criteria=StoppingCriteriaList([StopWhen(stop)]),
        )
        return [self._decode(row) for row in output[:, width:].tolist()]

    def _generation(self, samplings: list[Sampling], room: int) -> Any:
        """Every setting said: SeededSampling draws, so for `generate` all decoding is greedy.

        A single greedy answer is decoded with prompt lookup: an edit repeats most of its source, and runs of
        tokens found there are checked in one pass instead of one pass for each. The text is the same.
        """
        copies = len(samplings) == 1 and samplings[0].temperature == 0
        return GenerationConfig(
            max_new_tokens=min(self._settings.max_new_tokens, room),
            do_sample=False,
            num_beams=1,
            prompt_lookup_num_tokens=_LOOKUP_TOKENS if copies else None,
            eos_token_id=self._ends,
            pad_token_id=self._tokenizer.pad_token_id,
        )

    def _decode(self, tokens: list[int]) -> str | None:
        end = next((i for i, token in enumerate(tokens) if token in self._ends), None)
        if end is None:
            return None
        text: str = self._tokenizer.decode(
            tokens[:end], skip_special_tokens=True, clean_up_tokenization_spaces=False
        )
        return text

    def _context(self) -> int:
        """How many tokens request and answer may have together."""
        config = self._model.config.get_text_config()
        return int(getattr(config, "max_position_embeddings", None) or 2048)  # BLOOM (ALiBi) names no limit


def _precision(settings: LLMSettings, device: torch.device) -> dict[str, Any]:
    """dtype, placement and quantisation for `from_pretrained`."""
    fallback = torch.float16 if device.type == "cuda" else torch.float32
    if settings.quantization == "nf4":
        dtype = torch.bfloat16 if has_bfloat16(device) else fallback
        return {"dtype": dtype, "device_map": {"": str(device)}, "quantization_config": nf4(dtype)}
    dtype = torch.bfloat16 if device.type == "cuda" and has_bfloat16(device) else fallback
    return {"dtype": dtype, "device_map": {"": str(device)}}


def _is_chat(settings: LLMSettings, tokenizer: Any) -> bool:
    """Whether to prompt through the chat template; raises LoadError when the model fits neither way."""
    trained = settings.adapter or settings.model
    version = adapter.prompt_version(trained)
    if version is None and not tokenizer.chat_template:
        raise LoadError(
            f"{trained} is no DiffChat model (no {adapter.MARKER}) and no instruct model (no chat template): "
            "choose one of these, or add an adapter."
        )
    if version not in (None, PROMPT_VERSION):
        raise LoadError(
            f"{trained} was trained on version {version} of the prompt template, this program speaks version "
            f"{PROMPT_VERSION}: use the matching release or train it again."
        )
    return version is None


def _end_tokens(model: Any, tokenizer: Any) -> list[int]:
    """The tokens that end an answer: the tokenizer's and the checkpoint's (chat models have two)."""
    own = model.generation_config.eos_token_id if model.generation_config else None
    ends = {tokenizer.eos_token_id, *(own if isinstance(own, list) else [own])} - {None}
    if not ends:
        raise LoadError(
            "The language model has no end token, so its answers would never end: choose another."
        )
    return sorted(ends)


def _parsed(answer: str | None, source_prompt: str) -> str | EditError:
    if answer is None:
        return EditError("The language model did not come to an end; try again with a shorter prompt.")
    try:
        return parse_target(answer, source_prompt)
    except EditError as error:
        return error


def _too_long() -> EditError:
    return EditError("The prompt and the instruction are too long for the language model: shorten them.")
