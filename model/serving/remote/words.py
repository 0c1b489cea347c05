"""Words from servers elsewhere: target prompts and captions by `POST /v1/chat/completions`.

Every server is given the messages for an instruct model; our own recognises the request and its history in
them and applies the template that its model was trained on. Marks come back as text.
"""

import base64
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from model.engine import EditRequest, EditResult, Step
from model.errors import BadAnswer, EditError, EngineRefused, PromptRefused
from model.language.conversation import Answer
from model.language.messages import conversation_messages
from model.language.prompt import one_line
from model.language.reading import MessageReader, edited_prompt, result_of
from model.language.thinking import spoken
from model.loading import display_name
from model.serving.remote.pool import ServerPool, not_listed
from model.serving.remote.server import Fields, RemoteServer, parsed

RETRY_TEMPERATURE = 0.7  # as `model.language.llm`, which cannot be imported without torch
MAX_ANSWER = 4 * 2**20  # bytes; a target prompt has a few hundred
_MOST_CHARS = 20_000  # of an answer, thinking included; reading one takes time with its length
_LONGEST_CAPTION = 1000  # characters
_CAPTION_TOKENS = 120
_OTHER_READINGS = 0.8  # temperature
_MOST_HISTORY = 6000  # characters of a conversation's later steps, about 1500 tokens

# Qwen3's template thinks unless it is told not to, and would use up the answer's length with it. vLLM, SGLang
# and `transformers serve` hand this to the template; where it is not known it is left out.
_NO_THINKING = {"chat_template_kwargs": {"enable_thinking": False}}


@dataclass(frozen=True, slots=True)
class _Said:
    """An answer's text, None where it broke off; the model; what a server of ours says beside it."""

    text: str | None
    model: str
    doubtful: bool = False
    second: str = ""


class RemoteWords:
    """Writes target prompts of at most `max_tokens` tokens."""

    def __init__(self, pool: ServerPool, max_tokens: int) -> None:
        self._pool = pool
        self._max_tokens = max_tokens

    async def edit(self, request: EditRequest) -> EditResult:
        """The target prompt; an answer that is none is asked for once more, with sampling.

        Raises EditError when that one is none either, or `model.errors` of the pool.
        """
        started = time.perf_counter()
        warmer = max(RETRY_TEMPERATURE, request.temperature), request.seed + 1
        said = await self._asked(request, request.temperature, request.seed)
        try:
            answer = _answer(said, request)
        except EditError:
            said = await self._asked(request, *warmer)
            answer = _answer(said, request)
        return result_of(answer, request, display_name(said.model), time.perf_counter() - started)

    async def _asked(self, request: EditRequest, temperature: float, seed: int) -> _Said:
        fields = {
            "messages": conversation_messages(
                request.source_prompt, request.instruction, request.history, _left_out(request.history)
            ),
            "temperature": temperature,
            "seed": seed,
            "max_tokens": min(request.max_tokens or self._max_tokens, self._max_tokens),
        }
        model = partial(_model, request.variant, self._pool.ways)
        return await self._pool.ask(partial(_complete, fields=fields, model=model))


def _left_out(history: Sequence[Step]) -> int:
    """How many steps after the first are not sent: the context of models elsewhere is not known here."""
    room = _MOST_HISTORY
    for kept, step in enumerate(reversed(history[1:])):
        room -= len(step.prompt) + len(step.instruction)
        if room < 0:
            return len(history) - 1 - kept
    return 0


def _answer(said: _Said, request: EditRequest) -> Answer:
    """What an answer says. Raises EditError where it is of no use."""
    if said.text is None:
        raise EditError("The language model did not come to an end; try again with a shorter prompt.")
    reader = MessageReader.of(request)
    answer = reader.read(said.text)
    if answer.kind != "edit":
        return answer
    return replace(answer, doubtful=said.doubtful, second=edited_prompt(said.second, reader) or "")


def _model(variant: str, configured: Collection[str], server: RemoteServer) -> str:
    """The name to ask for: the variant's own where the server lists it, or where it is one of `configured`.

    Any other variant is the plain model, as on this machine: it is of an experiment that has ended. Raises
    EngineRefused for a configured one that the server does not list, so that another server is asked.
    """
    listed = server.listing is not None and server.listing.find(variant) is not None
    if not variant or not (listed or variant in configured):
        return server.model
    if server.lacks((variant,)):
        raise EngineRefused(not_listed("words", (variant,)))
    return variant


async def _complete(server: RemoteServer, *, fields: Fields, model: Callable[[RemoteServer], str]) -> _Said:
    """A chat completion."""
    name = model(server)
    extra = {} if server.is_ours else _NO_THINKING

    async def send(known: Fields) -> object:
        asked: Any = dict(known)  # the client's types know fewer fields than servers do
        messages = asked.pop("messages")
        create = server.client.chat.completions.with_streaming_response.create
        async with create(model=name, messages=messages, extra_body=asked) as response:
            return parsed(await response.read())

    answer = await server.sending({**fields, **extra}, send)
    said = _Said(_text(answer), name)
    return _with_doubt(said, answer) if server.is_ours else said


def _with_doubt(said: _Said, answer: Any) -> _Said:
    """With what our own server says of its answer in a chat completion; older ones say nothing of it."""
    message = answer["choices"][0]["message"]
    second = message.get("second")
    return replace(
        said, doubtful=message.get("doubtful") is True, second=second if isinstance(second, str) else ""
    )


def _text(answer: object) -> str | None:
    """What a chat completion says, None for one that broke off. Raises BadAnswer where it is none."""
    try:
        choice = answer["choices"][0]  # type: ignore[index]
        said, reason = choice["message"]["content"], choice.get("finish_reason")
    except (TypeError, KeyError, IndexError, AttributeError) as error:
        raise BadAnswer("The answer is no chat completion: check the address.") from error
    if reason == "content_filter":
        raise PromptRefused("The server's own filter refuses that: change the words.")
    if reason == "length" or said is None:
        return None
    if not isinstance(said, str) or len(said) > _MOST_CHARS:
        raise BadAnswer("The answer has no text, or far too much of it.")
    return said.encode(errors="ignore").decode()  # JSON can hold lone surrogates, which no database takes


async def describe(pool: ServerPool, model: str, png: bytes, reading: int = 0) -> str:
    """A caption of a PNG by the captioner `model`, as OpenAI's vision form asks for one.

    Readings after the first are sampled, with their number as the seed.

    `model` "" is the one that the pool's servers are for. Raises BadAnswer for one that says nothing, and
    `model.errors` of the pool.
    """
    url = f"data:image/png;base64,{base64.b64encode(png).decode()}"
    content = [
        {"type": "text", "text": "Describe this picture in one sentence."},
        {"type": "image_url", "image_url": {"url": url}},
    ]
    fields: Mapping[str, Any] = {
        "messages": [{"role": "user", "content": content}],
        **({"temperature": _OTHER_READINGS, "seed": reading} if reading else {"temperature": 0.0}),
        "max_tokens": _CAPTION_TOKENS,
    }
    name: Callable[[RemoteServer], str] = lambda server: model or server.model  # noqa: E731
    said = await pool.ask(partial(_complete, fields=fields, model=name))
    caption = one_line(spoken(said.text or ""))[:_LONGEST_CAPTION]
    if not caption:
        raise BadAnswer("The captioner said nothing about the picture.")
    return caption
