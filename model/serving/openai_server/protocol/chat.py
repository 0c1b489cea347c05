"""Chat completions: a conversation becomes an edit of a prompt, or the description of a picture.

The template is put around an edit on our side, so whatever the conversation's system message and examples
say, only its last user message and the steps before it are read: those that `model.language.messages`
marked as steps, or else the answers and wishes as they come. A message that is no edit is answered with its
mark (`model.language.conversation`).
"""

import base64
import binascii
import secrets
import time
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, Field

from model.engine import EditRequest, EditResult, Step
from model.language.conversation import format_answer, read_mark
from model.language.messages import read_conversation
from model.language.reading import answer_of
from model.serving.openai_server.protocol.bodies import LONGEST_TEXT, AnyText, Body, Seed
from model.serving.openai_server.protocol.errors import ApiError, refused

MOST_MESSAGES = 500


class ImageUrl(BaseModel):
    """Where a picture is; `detail` "high" is nothing a captioner of a few hundred pixels has."""

    url: str
    detail: Literal["auto", "low"] | None = None


class TextPart(BaseModel):
    """Words of a message."""

    type: Literal["text"]
    text: AnyText


class ImagePart(BaseModel):
    """A picture of a message."""

    type: Literal["image_url"]
    image_url: ImageUrl


Part = Annotated[TextPart | ImagePart, Field(discriminator="type")]


class Message(BaseModel):
    """One message; an assistant's content may be null."""

    role: Literal["system", "developer", "user", "assistant"]
    content: AnyText | Annotated[list[Part], Field(max_length=64)] | None = None

    @property
    def text(self) -> str:
        """Its words."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if isinstance(part, TextPart))
        return self.content or ""

    @property
    def pictures(self) -> list[str]:
        """The addresses of its pictures."""
        parts = self.content if isinstance(self.content, list) else []
        return [part.image_url.url for part in parts if isinstance(part, ImagePart)]


class ChatBody(Body):
    """The fields of `POST /v1/chat/completions` that are honoured."""

    neutral: ClassVar = {
        "n": (1,), "top_p": (1,), "stop": ([], ""), "frequency_penalty": (0,), "presence_penalty": (0,),
        "logit_bias": ({},), "logprobs": (False,), "top_logprobs": (0,), "tools": ([],), "functions": ([],),
        "tool_choice": ("none", "auto"), "function_call": ("none", "auto"),
        "response_format": ({"type": "text"},), "modalities": (["text"],), "audio": (), "prediction": (),
        "store": (False,), "reasoning_effort": ("none",), "verbosity": ("medium",), "web_search_options": (),
        "stream_options": ({}, {"include_usage": False}), "moderation": (),
    }  # fmt: skip

    model: Annotated[str, Field(min_length=1, max_length=300)]
    messages: Annotated[list[Message], Field(min_length=1, max_length=MOST_MESSAGES)]
    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    seed: Seed | None = None
    max_tokens: Annotated[int, Field(ge=1)] | None = None
    max_completion_tokens: Annotated[int, Field(ge=1)] | None = None
    stream: bool | None = None


Conversation = tuple[str, str, tuple[Step, ...]]
"""Source prompt, instruction, history."""


@dataclass(frozen=True, slots=True)
class CaptionRequest:
    """A picture, encoded, that is to be described; `reading` as in `Engine.describe`."""

    image: bytes
    reading: int = 0


def wants_caption(body: ChatBody) -> bool:
    """Whether the last message brings a picture, which makes it a question for the captioner."""
    return bool(body.messages[-1].pictures)


def edit_request(body: ChatBody, variant: str, temperature: float) -> EditRequest:
    """The edit that a conversation asks for; `temperature` is for those that name none.

    Without a seed it is drawn, so that a temperature above 0 gives another prompt each time, as OpenAI does.
    Raises ApiError (400).
    """
    source, instruction, history = _edit(body.messages)
    limits = [limit for limit in (body.max_tokens, body.max_completion_tokens) if limit is not None]
    return EditRequest(
        source,
        instruction,
        seed=secrets.randbelow(2**32) if body.seed is None else body.seed,
        temperature=temperature if body.temperature is None else body.temperature,
        variant=variant,
        max_tokens=min(limits, default=0),
        history=history,
    )


def caption_request(body: ChatBody) -> CaptionRequest:
    """The picture of the last message. Raises ApiError (400)."""
    param = f"messages[{len(body.messages) - 1}].content"
    pictures = _last(body.messages).pictures
    if len(pictures) != 1:
        raise refused(param, "One picture is described at a time: send one image_url.")
    # only who asks for chance gets another reading than the most likely one
    reading = (body.seed or 0) if body.temperature else 0
    return CaptionRequest(_data_url(pictures[0], param), reading)


@dataclass(frozen=True, slots=True)
class Said:
    """The answer to a chat, the model that gave it, the seconds it took, and how sure it is.

    `doubtful` and `second` are those of `EditResult`.
    """

    text: str
    model: str
    seconds: float
    doubtful: bool = False
    second: str = ""

    @property
    def sureness(self) -> dict[str, Any]:
        """What of it a message says."""
        return {"doubtful": self.doubtful, "second": self.second}


def completion(said: Said) -> dict[str, Any]:
    """The answer to a chat. It counts no tokens, so it has no `usage`, which OpenAI's shape leaves open.

    Beside OpenAI's fields, `seconds` and the message's `doubtful` and `second` are our own.
    """
    message = {"role": "assistant", "content": said.text, "refusal": None, **said.sureness}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
    return _envelope("chat.completion", said.model) | {"choices": [choice], "seconds": said.seconds}


def chunks(said: Said) -> list[dict[str, Any]]:
    """The same answer as the chunks of a stream. The prompt comes in one piece: it can be read, and an answer
    without a usable one be asked for again, only when the model has ended."""
    head = _envelope("chat.completion.chunk", said.model)
    deltas: tuple[tuple[dict[str, Any], str | None], ...] = (
        ({"role": "assistant", "content": ""}, None),
        ({"content": said.text, **said.sureness}, None),
        ({}, "stop"),
    )
    return [
        head | {"choices": [{"index": 0, "delta": delta, "logprobs": None, "finish_reason": reason}]}
        for delta, reason in deltas
    ]


def edit_answer(result: EditResult) -> Said:
    """What an edit came to, as `completion` takes it."""
    mark = "" if result.kind == "edit" else format_answer(answer_of(result)).strip()
    return Said(mark or result.target_prompt, result.model, result.seconds, result.doubtful, result.second)


def _envelope(kind: str, model: str) -> dict[str, Any]:
    return {
        "id": f"chatcmpl-{secrets.token_hex(12)}",
        "object": kind,
        "created": int(time.time()),
        "model": model,
    }


def _last(messages: list[Message]) -> Message:
    if messages[-1].role != "user":
        raise refused("messages", "The last message must be the user's.")
    return messages[-1]


def _edit(messages: list[Message]) -> Conversation:
    """(source prompt, instruction, history), none too long, and the source not empty."""
    _last(messages)
    said = [(message.role, message.text) for message in messages]
    source, instruction, history = read_conversation(said) or _told(messages)
    if not source.strip():
        raise refused("messages", "There is no prompt to work on: send one as the user's message.")
    texts = [source, instruction, *(text for step in history for text in (step.prompt, step.instruction))]
    if max(map(len, texts)) > LONGEST_TEXT:
        raise refused("messages", f"A prompt or instruction may have {LONGEST_TEXT} characters: shorten it.")
    return source, instruction, history


def _told(messages: list[Message]) -> Conversation:
    """As a conversation tells it: the last wish goes on the last answer, or else on the first wish.

    Wishes that were answered each by one prompt are the history; answers that are marks are no steps.
    """
    *before, last = messages
    said = [message.text for message in before if message.role == "assistant"]
    answers = [text for text in said if read_mark(text).kind == "edit"]
    wishes = [message.text for message in before if message.role == "user"]
    sources = answers[-1:] or wishes[:1]
    return (sources[0], last.text, _steps(before)) if sources else (last.text, "", ())


def _steps(before: list[Message]) -> tuple[Step, ...]:
    """The steps of a conversation in which a prompt and its answer are followed by wishes and theirs."""
    turns = [message for message in before if message.role in ("user", "assistant")]
    pairs = list(zip(turns[::2], turns[1::2], strict=False))
    in_turns = all((wish.role, answer.role) == ("user", "assistant") for wish, answer in pairs)
    if not in_turns or len(turns) % 2:
        return ()
    steps: list[Step] = []
    prompt, wish = "", ""
    for asked, answer in pairs:
        if read_mark(answer.text).kind == "edit":
            prompt, wish = (prompt, asked.text) if steps else (asked.text, "")
            steps.append(Step(prompt, wish))
            prompt = answer.text
    return tuple(steps)


def _data_url(url: str, param: str) -> bytes:
    """The bytes of a base64 data URL (RFC 2397).

    Other addresses are refused: fetching them would let clients make the server ask machines of its own
    network (server-side request forgery).
    """
    head, comma, data = url.partition(",")
    if not (comma and head.startswith("data:") and head.endswith(";base64")):
        raise refused(param, "Pictures are taken as data URLs only: send data:image/png;base64,… .")
    try:
        return base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ApiError(400, "bad_image", "The data URL is no base64: send it again.", param) from error
