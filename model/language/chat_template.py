"""The chat template of an instruct model: how it wants to be spoken to, found out by rendering it.

Templates differ: some refuse a system message, some drop it silently, some want people and model to take
strict turns, some take a message's text only as a list of parts. Names of models say nothing about that, so
each form is tried once at loading with marked texts; the first in which all of them appear, in order, is
used from then on. Where the template has a switch for thinking, it is set to off; a thought that the template
opens by itself is closed again at once.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from model.engine import Step
from model.errors import LoadError
from model.language.messages import conversation_messages
from model.language.thinking import closing_of

Message = dict[str, Any]
Form = Callable[[list[Message]], list[Message]]

# Switches of templates and what turns thinking off, or down where it cannot be off
_SWITCHES: dict[str, Any] = {
    "enable_thinking": False,  # Qwen3, SmolLM3, GLM, Gemma 4
    "thinking": False,  # Granite, DeepSeek V3.1
    "thinking_budget": 0,  # Seed-OSS
    "reasoning_effort": "low",  # gpt-oss, whose analysis channel cannot be switched off
}
_PROBE: list[Message] = [
    {"role": "system", "content": "alpha one"},
    {"role": "user", "content": "beta two"},
    {"role": "assistant", "content": "gamma three"},
    {"role": "user", "content": "delta four"},
]


@dataclass(frozen=True)
class ChatTemplate:
    """How a tokenizer's chat template is used; made by `probe`.

    `switches` are given to the template, `closing` follows the prompt, `ends` are the ids of the tokens that
    close the model's turn.
    """

    tokenizer: Any
    form: Form
    switches: dict[str, Any] = field(default_factory=dict)
    closing: str = ""
    ends: tuple[int, ...] = ()

    def encode(
        self, source_prompt: str, instruction: str, history: Sequence[Step] = (), left_out: int = 0
    ) -> list[int]:
        """The token ids of a request with its examples and its history, of which `left_out` steps after the
        first are not shown. Words of people never become control tokens."""
        messages = conversation_messages(source_prompt, instruction, history, left_out)
        try:
            ids = self._ids(messages, sanitize_control_tokens=True)
        except (NotImplementedError, ValueError):
            # Tokenizers that make a control token even of its plain text: its text is taken out of the words
            ids = self._ids([m | {"content": self._without_control(m["content"])} for m in messages])
        return ids + (self.tokenizer.encode(self.closing, add_special_tokens=False) if self.closing else [])

    def _ids(self, messages: Sequence[Message], **how: Any) -> list[int]:
        rendered: list[int] = self.tokenizer.apply_chat_template(
            self.form(list(messages)), add_generation_prompt=True, return_dict=False, **self.switches, **how
        )
        return rendered

    def _without_control(self, text: str) -> str:
        for token in self.tokenizer.added_tokens_decoder.values():
            if token.content.strip():
                text = text.replace(token.content, "")
        return text


def probe(tokenizer: Any) -> ChatTemplate:
    """How the tokenizer's chat template is to be used. Raises LoadError when it renders in no form."""
    if tokenizer.chat_control_tokens is None:
        # By itself transformers guards only added tokens that the template writes out; models read others too
        added = (token.content for token in tokenizer.added_tokens_decoder.values())
        tokenizer.chat_control_tokens = [token for token in added if not token.isspace()]
    text = tokenizer.get_chat_template()
    switches = {name: off for name, off in _SWITCHES.items() if re.search(rf"\b{name}\b", text)}
    reasons = []
    for form in _FORMS:
        try:
            prompt = _render(tokenizer, form(_PROBE), switches, add_generation_prompt=True)
        except Exception as error:  # noqa: BLE001 - a template is a program of its own and may raise anything
            reasons.append(" ".join(str(error).split()))
            continue
        if _in_order(prompt, [message["content"] for message in _PROBE]):
            ends = _ends_of_turn(tokenizer, form, switches)
            return ChatTemplate(tokenizer, form, switches, closing_of(prompt), ends)
    why = reasons[-1][:200].rstrip(".") if reasons else "it leaves out what it is given"
    raise LoadError(
        f"The language model's chat template cannot be used ({why}): choose another model, or take the "
        "template from the checkpoint's own source."
    )


def _render(tokenizer: Any, messages: list[Message], switches: dict[str, Any], **how: Any) -> str:
    text: str = tokenizer.apply_chat_template(messages, tokenize=False, **switches, **how)
    return text


def _in_order(text: str, parts: Sequence[str]) -> bool:
    place = 0
    for part in parts:
        found = text.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    return True


def _ends_of_turn(tokenizer: Any, form: Form, switches: dict[str, Any]) -> tuple[int, ...]:
    """The token that follows the model's last turn, where it is one of control.

    The last turn and not an earlier one: gpt-oss closes a message with one token and its turn with another.
    """
    messages = [*_PROBE, {"role": "assistant", "content": "epsilon five"}]
    try:
        text = _render(tokenizer, form(messages), switches)
    except Exception:  # noqa: BLE001 - templates that render no finished conversation say nothing of its end
        return ()
    behind = text.rpartition("epsilon five")[2].lstrip()
    control = {
        token.content: i for i, token in tokenizer.added_tokens_decoder.items() if token.content.strip()
    }
    longest_first = sorted(control, key=len, reverse=True)
    return next(((control[token],) for token in longest_first if behind.startswith(token)), ())


def _as_they_are(messages: list[Message]) -> list[Message]:
    return messages


def _folded(messages: list[Message]) -> list[Message]:
    """The system text at the head of the first person's turn."""
    system, first, *rest = messages
    return [first | {"content": f"{system['content']}\n\n{first['content']}"}, *rest]


def _as_one(messages: list[Message]) -> list[Message]:
    """All in one person's turn, for templates that take a single question; a finished answer stays apart."""
    last = messages[-1:] if messages[-1]["role"] == "assistant" else []
    asked = messages[: len(messages) - len(last)]
    return [{"role": "user", "content": "\n\n".join(message["content"] for message in asked)}, *last]


def _in_parts(form: Form) -> Form:
    """`form` with each text as a list of one part, as templates of models for pictures and words may ask."""

    def parts(messages: list[Message]) -> list[Message]:
        return [m | {"content": [{"type": "text", "text": m["content"]}]} for m in form(messages)]

    return parts


_WHOLE: tuple[Form, ...] = (_as_they_are, _folded, _as_one)
_FORMS: tuple[Form, ...] = (*_WHOLE, *map(_in_parts, _WHOLE))
