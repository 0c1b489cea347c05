"""Reading answers: the target prompt in what a language model wrote, or why there is none.

Chat models put things around an answer: thoughts, "Certainly! Here is ...", a label, a code fence, JSON,
quotes, an explanation below. `parse_target` takes these off one after another, each stage a function from
text to text, and refuses what is left when it is no prompt. A stage leaves alone what the source prompt has
as well: a source in quotes may have a target in quotes.

The reader also answers while a text is being written (`is_complete`, `is_hopeless`), so that generation ends
as soon as more words could not change the outcome.
"""

import ast
import json
import re
from collections import Counter
from contextlib import suppress
from typing import Any

from model.errors import EditError
from model.language.examples import copies_example
from model.language.phrases import (
    AFTERWORD,
    ANSWER_BELOW,
    CHOICE,
    EARLIER,
    HEADING,
    HERE,
    ITEM,
    LABEL,
    ORNAMENT,
    PLACEHOLDER,
    QUOTED_WITHIN,
    TALK,
    WORK,
    YES,
)
from model.language.prompt import SOURCE, TARGET, one_line
from model.language.stems import words
from model.language.thinking import is_thinking, spoken

MAX_TARGET_WORDS = 220
"""A target prompt may have this many words, or 60 more than its source if that is longer."""
_DOUBLES = 3  # comma parts said again at once, from which on a text goes round and will not end
_MOST_PREAMBLES = 8  # taken off one after another; a text of nothing else would take time with its square
_MOST_REPEATS = 2  # a source that goes round more often may have a target that does

_TEMPLATE_LABEL = re.compile(r"\b(?:Source|Instruction|Target):")

# Control tokens of chat templates, written out by a model whose tokenizer does not know them
_CONTROL = re.compile(
    r"<\|[^|<>\s]{1,30}\|>|</?s>|<eos>|<(?:start|end)_of_turn>|<\|turn>|<turn\|>|\[/?INST\]|<｜[^｜<>]{1,30}｜>|\[\|[a-z]{1,30}\|\]"
)
# A role may also stand alone, where the tokens around it were known as special and taken off (Llama 3)
_OPENING_CONTROL = re.compile(
    rf"(?:\s*(?:{_CONTROL.pattern})(?:(?:assistant|model)\b)?)+|\s*(?:assistant|model)\s*\n"
)

_WRAP = r"(?:(?:final|target|edited|new)_?)?(?:answer|prompt)|response|target|output|result|solution|final"
_TAG = re.compile(rf"<({_WRAP})>\s*(.*?)\s*(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_WRAPPED = re.compile(r"<([a-z_]+)(?:\s[^<>]*)?>(.*)</\1>", re.DOTALL | re.IGNORECASE)
_BOXED = re.compile(r"\$*\\boxed\{(?:\\text\{)?([^{}]*)\}+\$*\.?")
_FENCE = re.compile(r"(?:```|~~~|\"\"\")(?:[\w+-]*\n)?(.*?)(?:```|~~~|\"\"\"|\Z)", re.DOTALL)
_STRUCK = re.compile(r"~~[^~]+~~\s*")
_STRONG = re.compile(r"\*\*([^*]+)\*\*")
_ARROW = re.compile(r"\s*(?:→|⇒|[-=]>)\s*")
# Tags, a table, a call of a tool: the stages know none of these, and no prompt looks so
_MARKUP = re.compile(r"</\w[\w:]*>|<[\w:]+>\Z|\||\[[A-Z_]{4,}\]|\w+\(\w+=")
# A first line that begins so is not all: something is to be closed, or it is a channel's name without tokens
_OPENERS = ("```", "~~~", '"""', "{", "[", "<", "\\", SOURCE, "analysis", "commentary")
_PROMPT_KEYS = re.compile(
    r"(?:(?:target|edited|new|final|updated|output)[ _-]?)?(?:prompt|target)", re.IGNORECASE
)

_QUOTES = (
    ('"', '"'), ("'", "'"), ("“", "”"), ("„", "“"), ("‘", "’"), ("«", "»"), ("»", "«"), ("「", "」"),
    ("`", "`"), ("**", "**"), ("*", "*"), ("__", "__"), ("_", "_"),
)  # fmt: skip


def parse_target(raw: str, source_prompt: str) -> str:
    """The target prompt in a model's raw answer, on one line.

    `raw` may hold the marks that `model.language.thinking` reads; other special tokens are taken off before.
    Raises EditError when nothing usable is left: only thoughts, an empty answer, words to the person instead
    of a prompt, several prompts to choose from, an echo of the template or of an example, a run-on, or words
    going round in circles.
    """
    target = _without_doubles(unwrapped(raw, source_prompt))
    _refuse_nothing(target, raw, source_prompt)
    if TALK.match(target) and not (TALK.match(source_prompt) or _is_said_in(target, source_prompt)):
        raise EditError("The language model answered instead of writing a prompt; say it differently.")
    if _TEMPLATE_LABEL.search(target) and not _TEMPLATE_LABEL.search(source_prompt):
        raise EditError("The language model repeated its template instead of a prompt; try again.")
    if copies_example(target, source_prompt):
        raise EditError("The language model repeated an example instead of a prompt; try again.")
    if _is_markup(target) and not _is_markup(source_prompt):
        raise EditError("The language model wrote code or a table instead of a prompt; try again.")
    length = len(words(target))
    if length > _most_words(source_prompt):
        raise EditError(f"The language model ran on for {length} words; try again with a shorter prompt.")
    if max(_part_repeats(target), _word_repeats(target)) > _most_repeats(source_prompt):
        raise EditError("The language model repeated itself; try again or say it differently.")
    return target


def _refuse_nothing(target: str, raw: str, source: str) -> None:
    """Raise EditError where there are no words, or only those that stand for some."""
    if not words(target):
        if is_thinking(raw):
            raise EditError("The language model thought without coming to an answer; try again.")
        raise EditError("The language model gave an empty prompt; try again or say it differently.")
    if PLACEHOLDER.fullmatch(target) and not PLACEHOLDER.fullmatch(source):
        raise EditError("The language model left the prompt out; try again or say it differently.")


def is_complete(raw: str, source_prompt: str) -> bool:
    """Whether the answer so far has its prompt, and whatever followed would be an afterword.

    That is so after the first line, unless this line only leads up to the prompt or opens something that is
    to be closed.
    """
    if is_thinking(raw):
        return False
    line, ended, _ = spoken(raw).lstrip().partition("\n")
    if (
        not ended
        or line.startswith(_OPENERS)
        or line.rstrip("*_ \t").endswith((",", ":", "："))
        or WORK.match(f"{line}\n")
        or EARLIER.match(line)
        or CHOICE.match(line)
    ):
        return False
    try:
        parse_target(line + "\n", source_prompt)
    except EditError:
        return False
    return True


def is_hopeless(raw: str, source_prompt: str) -> bool:
    """Whether the answer so far runs on or goes round in circles, so that it will be refused anyway.

    The last word and the last comma part may still be growing and are left out.
    """
    if is_thinking(raw):
        return False
    try:
        target = unwrapped(raw, source_prompt)
    except EditError:  # JSON or a fence that is not closed yet
        return False
    most, parts = _most_repeats(source_prompt), target.rpartition(",")[0]
    repeats = max(
        _part_repeats(_without_doubles(parts)),
        _word_repeats(_without_doubles(target.rpartition(" ")[0])),
        _part_repeats(parts) - _DOUBLES,  # `parse_target` repairs a few that follow themselves
    )
    return repeats > most or len(words(target)) > _most_words(source_prompt)


def unwrapped(raw: str, source: str) -> str:
    """An answer without what stands around its words, whether or not they are a prompt; "" for none.

    All stages, from the outermost wrapping to the words themselves. Raises EditError where it is unclear
    which words are meant.
    """
    text = _without_control(spoken(raw)).strip()
    text = _behind_echo(text)
    if len(set(CHOICE.findall(text))) > 1 and not CHOICE.search(source):
        raise EditError("The language model wrote several prompts instead of one; try again.")
    for stage in (
        _behind_work,
        _untagged,
        _unfenced,
        _unjsoned,
        _without_preamble,
        _untagged,
        _unfenced,
        _unjsoned,
    ):
        text = stage(text, source).strip()
    text = one_line(_first_prompt(text))
    for stage in (_quoted_within, _without_afterword, _unquoted, _without_label, _unquoted, _plain):
        text = stage(text, source).strip()
    return text


def _without_control(text: str) -> str:
    """`text` up to the first control token that was written out; those it begins with are only taken off."""
    opening = _OPENING_CONTROL.match(text)
    text = text[opening.end() :] if opening else text
    control = _CONTROL.search(text)
    return text[: control.start()] if control else text


def _behind_echo(text: str) -> str:
    """The target, where the answer is the whole template again: source, instruction and target."""
    target = f"\n{TARGET}"
    if text.startswith(SOURCE) and target in text:
        return text.partition(target)[2]
    return text.removeprefix(TARGET)


def _behind_work(text: str, source: str) -> str:
    """The answer below thoughts in the open, steps, or the request once more; "" where there is none."""
    work, earlier = WORK.match(text), EARLIER.match(text)
    if not (work or earlier) or WORK.match(source) or EARLIER.match(source):
        return text
    answer = ANSWER_BELOW.search(text)
    if answer is None:
        return "" if work else text
    return text[answer.end() :]


def _untagged(text: str, source: str) -> str:
    """The inside of `<answer>...</answer>` and its like, of any tag around all of it, or of LaTeX's box."""
    match = _TAG.search(text) or _WRAPPED.fullmatch(text) or _BOXED.search(text)
    if match is None or match.re.search(source):
        return text
    inside: str = match.group(match.lastindex or 0)
    return inside


def _unfenced(text: str, source: str) -> str:
    """The inside of the one code fence. Raises EditError when there are several that differ."""
    blocks: set[str] = {block.strip() for block in _FENCE.findall(text) if block.strip()}
    if not blocks or _FENCE.search(source):
        return text
    if len(blocks) > 1:
        raise EditError("The language model wrote several prompts instead of one; try again.")
    return blocks.pop()


def _unjsoned(text: str, source: str) -> str:
    """The one prompt in a JSON or Python value. Raises EditError when it is unclear which text is meant."""
    if not text.startswith(("{", "[")) or source.lstrip().startswith(("{", "[")):
        return text
    value = _decoded(text)
    if value is None:
        if re.match(r"\{\s*[\"']", text):
            raise EditError("The language model wrote JSON that cannot be read; try again.")
        return text  # weights and alternatives in a prompt: [red:blue:0.5], {red|blue}
    found = _named_in(value) or _texts_in(value)
    if len(found) != 1:
        raise EditError("The language model wrote several texts instead of one prompt; try again.")
    return found[0]


def _decoded(text: str) -> Any:
    with suppress(ValueError):
        return json.JSONDecoder().raw_decode(text)[0]
    with suppress(ValueError, SyntaxError, MemoryError, RecursionError):
        return ast.literal_eval(text)
    return None


def _named_in(value: Any) -> list[str]:
    """The texts under keys that name a prompt, wherever they are in a decoded value."""
    if isinstance(value, dict):
        pairs = [(bool(_PROMPT_KEYS.fullmatch(str(key))), inner) for key, inner in value.items()]
        return [text for named, inner in pairs for text in (_texts_in if named else _named_in)(inner)]
    if isinstance(value, (list, tuple)):
        return [text for inner in value for text in _named_in(inner)]
    return []


def _texts_in(value: Any) -> list[str]:
    """All texts of a decoded value."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        return [text for inner in value for text in _texts_in(inner)]
    return []


def _without_preamble(text: str, source: str) -> str:
    """`text` without what leads up to the prompt: "Sure!", "Here is ...:", a label, a list's mark."""
    patterns = [p for p in (ORNAMENT, HEADING, YES, HERE, LABEL, ITEM) if not p.match(source)]
    if YES in patterns and _is_said_in(text, source):
        patterns.remove(YES)
    for _ in range(_MOST_PREAMBLES):
        match = next((m for p in patterns if (m := p.match(text)) and m.end()), None)
        behind = text[match.end() :] if match else _below_lead(text, source)
        if behind is None:
            break
        text = behind.lstrip()
    return text


def _is_said_in(text: str, source: str) -> bool:
    """Whether the source has an answer's word of assent with the word after it: "Okay, computer" is a name
    there, and no "Okay" to the person."""
    assent = YES.match(text)
    said = words(text)[: len(words(assent[0])) + 1] if assent else []
    there = words(source)
    return len(said) > 1 and any(there[at : at + len(said)] == said for at in range(len(there)))


def _below_lead(text: str, source: str) -> str | None:
    """What stands below a first line that only leads up to it; None where the first line does not."""
    first, _, rest = text.partition("\n")
    leads = first.rstrip("* ").endswith((":", "：")) or TALK.match(first)
    return rest if rest.strip() and leads and not TALK.match(source) else None


def _without_label(text: str, source: str) -> str:
    """`text` without a label that quotes or emphasis had hidden."""
    label = LABEL.match(text)
    return text[label.end() :] if label and not LABEL.match(source) else text


def _first_prompt(text: str) -> str:
    """The first line, with those below it while a line ends in a comma."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if not line.rstrip().endswith(","):
            return " ".join(lines[: number + 1])
    return " ".join(lines)


def _quoted_within(text: str, source: str) -> str:
    """The quotation, where all of `text` is a sentence about it, as in: The target prompt is "a fox"."""
    match = QUOTED_WITHIN.fullmatch(text)
    return match.group(1) if match and not QUOTED_WITHIN.match(source) else text


def _without_afterword(text: str, source: str) -> str:
    """`text` without an explanation on the same line: in brackets, after "Note:", after a closing quote."""
    for opening, closing in _QUOTES[:8]:
        end = text.find(closing, len(opening))
        if text.startswith(opening) and end > 0 and re.match(r"\s*[-–—.(]\s*\S", text[end + len(closing) :]):
            text = text if source.startswith(opening) else text[: end + len(closing)]
    return text if AFTERWORD.search(source) else AFTERWORD.sub("", text, count=1)


def _unquoted(text: str, source: str) -> str:
    """`text` without a pair of quotes around all of it, unless the source is quoted in the same way."""
    for opening, closing in _QUOTES:
        inner = (
            text.rstrip(".")[len(opening) : -len(closing)]
            if text.endswith(closing + ".")
            else text[len(opening) : -len(closing)]
        )
        if text.startswith(opening) and text.rstrip(".").endswith(closing) and inner and opening not in inner:
            return text if source.strip().startswith(opening) else inner.strip()
    return text


def _plain(text: str, source: str) -> str:
    """`text` without marks of what was changed: an arrow from the source, bold and struck words, half a
    pair of quotes."""
    arrow = _ARROW.match(text, len(source)) if source and text.startswith(source) else None
    text = text[arrow.end() :] if arrow else text
    if "**" not in source and "~~" not in source:
        text = _STRONG.sub(r"\1", _STRUCK.sub("", text))
    if text.count('"') == 1 and '"' not in source:
        text = re.sub(r'^"|(?<!\d)"$', "", text)  # 12" are inches
    return text


def _is_markup(text: str) -> bool:
    closing_tag = "</" in text and _MARKUP.search(text)
    return bool(closing_tag or _MARKUP.match(text))


def _without_doubles(text: str) -> str:
    """`a, b, b, c` -> `a, b, c`."""
    parts = text.split(", ")
    return ", ".join(part for i, part in enumerate(parts) if i == 0 or part != parts[i - 1])


def _most_words(source: str) -> int:
    return max(MAX_TARGET_WORDS, len(words(source)) + 60)


def _most_repeats(source: str) -> int:
    return max(_MOST_REPEATS, _part_repeats(source), _word_repeats(source))


def _part_repeats(text: str) -> int:
    """The most times that one comma part of two words or more occurs."""
    parts = Counter(tuple(words(part)) for part in text.split(","))
    return max((count for part, count in parts.items() if len(part) > 1), default=1)


def _word_repeats(text: str) -> int:
    """The most times that one, two or three words follow themselves."""
    most, said = 1, words(text)
    for size in (1, 2, 3):
        same = 0
        for word, before in zip(said[size:], said, strict=False):
            same = same + 1 if word == before else 0
            most = max(most, 1 + same // size)
    return most
