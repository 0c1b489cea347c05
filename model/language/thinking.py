"""Thinking and channels: what a chat model says before its answer, told from the answer by its markers.

Every family marks its thoughts in its own way, and often only in part: a template may open the thought, so
that the answer has a closing mark alone; a model that is cut off leaves it open. gpt-oss writes messages to
channels instead (OpenAI's harmony format), of which only "final" is for people.
"""

import re

_NAMES = r"(?:\w+[:_])?think|thinking|thoughts?|reasoning|reflection|analysis|scratchpad"
_OPENING = re.compile(
    rf"<(?:{_NAMES})>"  # Qwen3, DeepSeek R1, SmolLM3, Granite; with a prefix Seed, MiniMax and LongCat
    r"|\[THINK\]"  # Magistral
    r"|◁think▷"  # Kimi
    r"|<\|begin_of_thought\|>|<\|START_THINKING\|>"  # Sky-T1, Command A
    r"|<\|channel>\s*thought"  # Gemma 4
    r"|<unused94>\s*(?:thought\b)?",  # MedGemma
    re.IGNORECASE,
)
_CLOSING = re.compile(
    rf"</(?:{_NAMES})>|\[/THINK\]|◁/think▷|<\|end_of_thought\|>|<\|END_THINKING\|>|<channel\|>|<unused95>",
    re.IGNORECASE,
)
_CLOSED_BY = {
    "[": "[/THINK]", "◁": "◁/think▷", "<|b": "<|end_of_thought|>", "<|s": "<|END_THINKING|>",
    "<|c": "<channel|>", "<u": "<unused95>",
}  # fmt: skip

_CHANNEL = re.compile(
    r"<\|channel\|>\s*(\w+)[^<]*(?:<\|constrain\|>[^<]*)?<\|message\|>(.*?)(?=<\||\Z)", re.DOTALL
)
# The same with its special tokens already taken off, as some servers give it
_BARE_CHANNELS = re.compile(
    r"\s*(?:analysis|commentary)(?:(?=\S)(?![a-z]).*?(?:assistant\s*final|\Z)|\s.*?assistant\s*final)",
    re.DOTALL,
)


def spoken(raw: str) -> str:
    """What is left of a model's answer without its thoughts; empty when it never got beyond them.

    >>> spoken("make it blue</think>a blue house"), spoken("<think>make it")
    ('a blue house', '')
    """
    if "<|channel|>" in raw or "<|message|>" in raw:
        return _final_channel(raw)
    if _BARE_CHANNELS.match(raw):
        return _BARE_CHANNELS.sub("", raw, count=1)
    return _outside_thoughts(raw)


def is_thinking(raw: str) -> bool:
    """Whether an answer so far is still in a thought, or in a channel that is not for people.

    >>> is_thinking("<think>make it"), is_thinking("<think>make it</think>a blue"), is_thinking("a blue")
    (True, False, False)
    """
    if "<|channel|>" in raw:
        last = _CHANNEL.findall(raw[raw.rindex("<|channel|>") :])
        return not last or last[0][0] != "final"
    return bool(_OPENING.search(raw, _end_of_last(_CLOSING, raw)))


def closing_of(prompt: str) -> str:
    """What closes the thought that `prompt` ends in the middle of; "" when it ends in none.

    >>> closing_of("<|im_start|>assistant <think>").strip()
    '</think>'
    """
    start = _end_of_last(_CLOSING, prompt)
    opening = next(_OPENING.finditer(prompt, start), None)
    if opening is None or prompt[opening.end() :].strip():
        return ""
    mark = opening.group()
    for beginning, closing in _CLOSED_BY.items():
        if mark.lower().startswith(beginning):
            return f"\n{closing}\n\n"
    return f"\n</{mark[1:]}\n\n"


def is_mark(token: str) -> bool:
    """Whether a special token is one of the marks read here, so that it must not be dropped unread."""
    return bool(
        _OPENING.fullmatch(token) or _CLOSING.fullmatch(token) or token.strip("<|>") in {"channel", "message"}
    )


def _final_channel(raw: str) -> str:
    if "<|channel|>" not in raw:  # the prompt opened the channel, or the model left it out
        return raw.rpartition("<|message|>")[2]
    final = [text for channel, text in _CHANNEL.findall(raw) if channel == "final"]
    return final[-1] if final else ""


def _outside_thoughts(raw: str) -> str:
    """What follows the last closing mark, or stands before the first opening one where nothing follows."""
    after = raw[_end_of_last(_CLOSING, raw) :]
    opening = _OPENING.search(after)
    after = after[: opening.start()] if opening else after
    first = _OPENING.search(raw)
    return after if after.strip() or first is None else raw[: first.start()]


def _end_of_last(marks: re.Pattern[str], text: str) -> int:
    return max((match.end() for match in marks.finditer(text)), default=0)
