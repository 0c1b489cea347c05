"""The DiffChat language model: source prompt + instruction -> target prompt, batched.

Loads any causal LM of transformers from a folder or the hub. A model or adapter that carries
`diffchat.json` is given the template it was trained on, in version 2 with the conversation before; any other
is an instruct model and is prompted with a few examples through its own chat template.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from typing import Any

from transformers import GenerationConfig

from model.engine import EditRequest, EditResult, Step
from model.errors import EditError, LoadError
from model.hardware import use_threads
from model.language import adapter, unanswered
from model.language.chat_template import probe
from model.language.checkpoint import load_checkpoint
from model.language.confidence import NONE, Thresholds, judged
from model.language.conversation import Answer, fitted, format_answer, format_conversation
from model.language.decoding import Decoder, Text, can_decode, read_through
from model.language.generation import generate
from model.language.layout import lay_out
from model.language.prefix_cache import PrefixCache, shared_start
from model.language.prompt import PROMPT_VERSION
from model.language.reading import Reader, reader_of, result_of
from model.language.sampling import Drawing, Sampling
from model.language.second_looks import LOOKS, Look, looked_twice
from model.language.stopping import EVERY, THINKING_TOKENS, Watch
from model.language.tokens import find_tokens
from model.language.variant import Variant, thresholds_of, version_of
from model.language.weighing import Read, probabilities, weights
from model.loading import quiet_bars
from model.settings import LLMSettings

RETRY_TEMPERATURE = 0.7
_LEAST_REQUEST = 64  # tokens of a short prompt, a short instruction and an answer
_ROOM = 16  # a context with less room than this for the answer is too full to try


class DiffChatLLM:
    """A loaded language model with its tokenizer; build it with `load`. `version` and `thresholds` are as in
    `Variant`; `measured` asks for the confidence of every answer, `looks` are as in `load`."""

    def __init__(
        self,
        model: Any,
        tokenizer: Any,
        settings: LLMSettings,
        *,
        version: int | None,
        thresholds: Thresholds = NONE,
        measured: bool = False,
        looks: frozenset[Look] = LOOKS,
    ) -> None:
        self._model, self._tokenizer, self._settings = model, tokenizer, settings
        self._version, self._thresholds, self._measured = version, thresholds, measured
        self._looks = looks
        self._variants = {"": Variant(settings, settings.adapter and "default", version, thresholds)}
        self._template = probe(tokenizer) if version is None else None
        self._tokens = find_tokens(model, tokenizer, self._template.ends if self._template else ())
        self._decoder = self._new_decoder()
        # generate() fills whatever a request leaves open from the checkpoint's own generation settings
        # (temperature, repetition penalty, ...): without them an edit means the same with every checkpoint.
        model.generation_config = GenerationConfig()

    @classmethod
    def load(
        cls,
        settings: LLMSettings,
        *,
        more_variants: bool = False,
        keeps_back: bool = True,
        looks: frozenset[Look] = LOOKS,
    ) -> "DiffChatLLM":
        """Load model, quantisation and adapter. Raises LoadError or ConfigError with what to do.

        An adapter that is the only one is merged into the weights, which is quicker (docs/models.md).
        `more_variants`: others will come by `add_variant`, so it stays an adapter. `keeps_back` False gives
        out answers of any confidence, as where the model itself is measured; `looks` are the second ones at
        answers that it is not sure of (`model.language.second_looks`).
        """
        quiet_bars(settings.model)
        use_threads(settings.threads)
        model, tokenizer = load_checkpoint(settings)
        if settings.adapter:
            model = adapter.load_adapter(model, settings.adapter)
            if not settings.variants and not more_variants:
                model = adapter.merged(model, settings.adapter)
        lay_out(model)
        version, thresholds = version_of(settings, tokenizer), thresholds_of(settings) if keeps_back else NONE
        loaded = cls(
            model.eval(),
            tokenizer,
            settings,
            version=version,
            thresholds=thresholds,
            measured=not keeps_back,
            looks=looks,
        )
        loaded._refuse_short_context()
        for name, folder in settings.variants.items():
            loaded.add_variant(name, folder)
        return loaded

    def _refuse_short_context(self) -> None:
        """Raise LoadError for an instruct model that has no room for a request behind rules and examples."""
        if self._template is None:
            return
        least, context = len(self._template.encode("a", "b")), self._context()
        if least + _LEAST_REQUEST > context:
            raise LoadError(
                f"{self._settings.model} reads {context} tokens at once, and rules and examples alone are "
                f"{least}: choose a model with a longer context, or an adapter made for DiffChat."
            )

    def add_variant(self, name: str, folder: str) -> None:
        """Take another adapter on the model, for requests of that variant; "" is the bare model.

        Not while an edit runs, and not on a model whose adapter was merged. Raises LoadError.
        """
        if self._settings.adapter and not hasattr(self._model, "peft_config"):
            raise ValueError("The configured adapter is merged: load with more_variants.")
        own = self._settings.model_copy(update={"adapter": folder})
        version = version_of(own, self._tokenizer)
        if version is None and self._template is None:
            # the first that is asked through the chat template brings the tokens that close its turns
            self._template = probe(self._tokenizer)
            self._tokens = replace(self._tokens, ends=(*self._tokens.ends, *self._template.ends))
        called = f"variant_{name}" if folder else ""
        if folder:
            self._model = adapter.load_adapter(self._model, folder, called).eval()
        self._decoder = self._new_decoder()
        self._variants[name] = Variant(own, called, version, thresholds_of(own))

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

        An answer that is no usable prompt is asked for once more, with sampling; one that did not end within
        the length allowed is not, since the second would cost as much and seldom be better. `should_stop` is
        asked after every token; once true, what is unfinished fails. Each variant's requests go together.
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
        if isinstance(outcome, EditError) or outcome.kind not in ("edit", "back"):
            return outcome
        length = self._too_much(request, outcome.target_prompt)
        if not length:
            return outcome
        return EditError(f"The prompt has {length} tokens, and {request.max_tokens} are allowed: allow more.")

    def _too_much(self, request: EditRequest, prompt: str) -> int:
        """How many tokens a prompt has, if that is more than the request allows, else 0."""
        if not request.max_tokens:
            return 0
        length = len(self._tokenizer(prompt, add_special_tokens=False)["input_ids"])
        return length if length > request.max_tokens else 0

    @contextmanager
    def _as(self, variant: str) -> Iterator[str]:
        """The model with a variant's adapter; gives its name. An unknown variant is the configured model."""
        chosen = self._variants.get(variant, self._variants[""])
        self._version, self._thresholds = chosen.version, chosen.thresholds
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
        if not should_stop():
            outcomes = self._second_look(requests, outcomes, should_stop)
        seconds = time.perf_counter() - started
        said = [unanswered.unended() if outcome is None else outcome for outcome in outcomes]
        return [
            o
            if isinstance(o, EditError)
            else result_of(judged(o, self._thresholds), request, name, seconds, self._version)
            for o, request in zip(said, requests, strict=True)
        ]

    def _second_look(
        self,
        requests: Sequence[EditRequest],
        outcomes: Sequence[Answer | EditError | None],
        stop: Callable[[], bool],
    ) -> list[Answer | EditError | None]:
        """The outcomes with what second looks at the unsure ones say, where that fits as well."""

        def ask(parts: list[EditRequest]) -> list[Answer | EditError | None]:
            greedy = [Sampling(0, part.seed) for part in parts]
            few = [slice(i, i + self._settings.batch) for i in range(0, len(parts), self._settings.batch)]
            return [said for some in few for said in self._attempt(parts[some], greedy[some], stop)]

        weigh = partial(self._probabilities, stop=stop)
        looked = looked_twice(self._looks, requests, outcomes, ask, weigh)
        return [
            old if isinstance(new, Answer) and new != old and self._too_much(request, new.text) else new
            for request, old, new in zip(requests, outcomes, looked, strict=True)
        ]

    def _probabilities(
        self, asked: Sequence[tuple[EditRequest, str]], stop: Callable[[], bool]
    ) -> list[float]:
        """How probable each prompt is to the model as the answer; 0 for what `stop` leaves."""
        assert self._decoder is not None, "it writes what has a confidence"
        prompts = {request: self._encode(request) for request in dict.fromkeys(one for one, _ in asked)}
        texts = [format_answer(Answer("edit", prompt)) for _, prompt in asked]
        behind = [self._tokens.completion(self._tokenizer, text) for text in texts]
        rows = [(prompts[request], ids) for (request, _), ids in zip(asked, behind, strict=True)]
        return probabilities(self._decoder, rows, self._context(), self._settings.batch, stop)

    def _attempt(
        self, requests: Sequence[EditRequest], samplings: Sequence[Sampling], stop: Callable[[], bool]
    ) -> list[Answer | EditError | None]:
        """One pass over the batch: for each request what the answer says, why it is of no use, or None where
        it did not end."""
        inputs = [self._encode(request) for request in requests]
        room = self._context() - _ROOM
        fitting = [i for i, ids in enumerate(inputs) if len(ids) <= room]
        outcomes: list[Answer | EditError | None] = [unanswered.too_long() for _ in requests]
        answers = self._generate(
            [inputs[i] for i in fitting],
            [samplings[i] for i in fitting],
            [requests[i] for i in fitting],
            stop,
        )
        for i, answer in zip(fitting, answers, strict=True):
            outcomes[i] = answer
        return outcomes

    def _encode(self, request: EditRequest) -> list[int]:
        """The token ids the model continues, with as much of the history as leaves room for the answer."""
        history = request.history if self._version != PROMPT_VERSION else ()
        context = self._context()

        def ids(left_out: int | None) -> list[int]:
            return self._ids(request, () if left_out is None else history, left_out or 0)

        return fitted(ids, len(history), context - min(self._settings.max_new_tokens, context // 2))

    def _ids(self, request: EditRequest, history: Sequence[Step], left_out: int) -> list[int]:
        """The token ids without so many steps of the history. Words of people never become control tokens."""
        source, instruction = request.source_prompt, request.instruction
        if self._version is None and self._template:
            return self._template.encode(source, instruction, history, left_out)
        text = format_conversation(source, instruction, history, left_out)
        ids: list[int] = self._tokenizer(text, split_special_tokens=True)["input_ids"]
        return self._tokens.without_appended(ids)

    def _generate(
        self,
        inputs: list[list[int]],
        samplings: list[Sampling],
        requests: list[EditRequest],
        stop: Callable[[], bool],
    ) -> list[Answer | EditError | None]:
        """What comes of each row, as `_attempt` gives it."""
        if not inputs:
            return []
        readers = [reader_of(request, marks=self._version != PROMPT_VERSION) for request in requests]
        # Each has a limit of its own: a long request must not shorten the answers to others. `generate` is
        # ended by looks at the text, a few tokens late
        late = 0 if self._decoder else EVERY
        rooms = [self._context() - len(ids) - late for ids in inputs]
        limits = [min(self._settings.max_new_tokens, room) for room in rooms]
        watches = [Watch(self._decode, reader, limit) for reader, limit in zip(readers, limits, strict=True)]
        # A chat model may think first; its `Watch` ends what is no thought at the limit
        thinking = THINKING_TOKENS if self._version is None else 0
        most = [min(limit + thinking, room) for limit, room in zip(limits, rooms, strict=True)]
        if self._decoder is None:
            written = generate(
                self._model, self._tokens, inputs, samplings, watches, most=max(most), stop=stop
            )
            return [
                unanswered.not_numbers() if tokens is None else self._outcome(tokens, reader)
                for tokens, reader in zip(written, readers, strict=True)
            ]
        texts = [
            Text(ids, room, Drawing(how), watch.enough, self._beginnings.constant(ids))
            for ids, room, how, watch in zip(inputs, most, samplings, watches, strict=True)
        ]
        for text, request in zip(texts, requests, strict=True):
            text.weighed = self._weighs(request)
        self._decoder.write(texts, stop)
        outcomes = [
            unanswered.not_numbers() if text.broken else self._outcome(text.written, reader)
            for text, reader in zip(texts, readers, strict=True)
        ]
        return self._weighed(outcomes, texts, readers)

    def _weighs(self, request: EditRequest) -> bool:
        """Whether an answer's confidence is asked for, and says something: where words are added freely, many
        answers are as good as the likeliest."""
        asked = self._measured or self._thresholds != NONE
        return asked and self._version is not None and bool(request.instruction.strip())

    def _weighed(
        self, outcomes: list[Answer | EditError | None], texts: Sequence[Text], readers: Sequence[Reader]
    ) -> list[Answer | EditError | None]:
        """The outcomes of texts, with their confidence and second reading where these are known."""
        assert self._decoder is not None, "texts are written by it"
        read = {
            row: Read(text, reader, outcome)
            for row, (outcome, text, reader) in enumerate(zip(outcomes, texts, readers, strict=True))
            if text.weighed and isinstance(outcome, Answer)
        }
        found = weights(list(read.values()), self._decoder, self._decode, frozenset(self._tokens.ends))
        for (row, one), weight in zip(read.items(), found, strict=True):
            if one.answer.kind == "edit":
                outcomes[row] = replace(one.answer, confidence=weight.confidence, second=weight.second)
        return outcomes

    def _new_decoder(self) -> Decoder | None:
        """What writes by the model as it is now; None for a model that only `generate` can use."""
        if not can_decode(self._model):
            return None
        self._beginnings = PrefixCache(partial(read_through, self._model), self._constant)
        # keys and values are an adapter's own, and mostly it is asked by a template without examples
        kept = None if hasattr(self._model, "peft_config") else self._beginnings
        return Decoder(self._model, self._tokens.ends, self._tokens.pad, kept)

    def _constant(self) -> list[tuple[int, ...]]:
        """What prompts of an instruct model begin with: in a conversation, and to be beautified."""
        if self._template is None:
            return []
        encode, step = self._template.encode, Step("a", "b")
        messages = [encode("a", "b"), encode("1", "2", [step])]
        return [shared_start(messages), shared_start([encode("a", ""), encode("1", "")])]

    def _outcome(self, tokens: list[int], reader: Reader) -> Answer | EditError | None:
        """What one row's tokens say, why they are of no use, or None where they do not end."""
        text = self._decode(tokens)
        ended = any(token in self._tokens.ends for token in tokens)
        if not ended and not reader.is_complete(text) and not reader.is_hopeless(text):
            return None
        try:
            return reader.read(text)
        except EditError as error:
            return error

    def _decode(self, tokens: list[int]) -> str:
        """The text up to the end, with no special tokens but the marks of thinking and channels."""
        end = next((i for i, token in enumerate(tokens) if token in self._tokens.ends), len(tokens))
        kept = [token for token in tokens[:end] if token not in self._tokens.dropped]
        text: str = self._tokenizer.decode(kept, clean_up_tokenization_spaces=False)
        return text

    def _context(self) -> int:
        """How many tokens request and answer may have together."""
        config = self._model.config.get_text_config()
        return int(getattr(config, "max_position_embeddings", None) or 2048)  # BLOOM (ALiBi) names no limit
