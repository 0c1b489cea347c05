"""Settings among the words, as Midjourney's people type them: `a fox --ar 3:2 --no people --seed 7`. Pure.

Phones make a dash of two hyphens, so a dash counts too, where the flag's name is one that we or Midjourney
know: people use dashes in sentences. A flag that we do not know is left out of the picture's words with its
value, and reported by `unknown_in`, so that its person can be told; the picture is made all the same.
A reply that says nothing but settings ("16:9, 30 steps please") is understood without flags.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, NoReturn

from bot.domain.aspects import ratio_of
from bot.domain.options import MAX_SEED, SIZES, Options
from bot.errors import BadOption, BadOptions
from bot.i18n import Text
from bot.texts import errors as words

_NAMES = {
    "ar": "size", "aspect": "size", "size": "size",
    "no": "negative", "neg": "negative", "negative": "negative",
    "seed": "seed",
    "steps": "steps",
    "cfg": "guidance", "guidance": "guidance", "scale": "guidance",
    "style": "style",
    "model": "model",
    "lora": "loras", "loras": "loras",
    "sampler": "scheduler", "scheduler": "scheduler",
    "count": "count", "n": "count",
    "exact": "exact", "raw": "exact",
}  # fmt: skip
# Midjourney's own that mean nothing here: those with a value, and those without one
_FOREIGN = frozenset("v version q quality s stylize chaos c weird w iw sref cref cw sw stop niji p".split())  # noqa: SIM905
_FOREIGN_SWITCHES = frozenset("tile hd video turbo fast relax draft stealth public".split())  # noqa: SIM905
_TEXTS = ("negative", "style", "model", "loras")  # read up to the next flag; others are one word
_FLAG = re.compile(r"(?:^|(?<=\s))(--|—|–)([^\W\d_][\w-]*)(?:=(?=\S))?", re.UNICODE)
_MOST_CHARS = 300  # of a negative prompt or a name
_NOTHING = "none"  # as a negative prompt: not even the model's own

# A reply of nothing but settings: each with the flag that it means
_SAID = (
    (re.compile(r"(\d{1,2}:\d{1,2})(?: format| aspect(?: ratio)?)?"), "ar"),
    (re.compile(r"(\d{1,3}) (?:steps|schritten?)"), "steps"),
    (re.compile(r"(?:guidance|cfg)(?: of| von)? (\d{1,2}(?:[.,]\d+)?)"), "cfg"),
    (re.compile(r"seed (\d{1,10})"), "seed"),
    (re.compile(r"(?:scheduler|sampler) (\w+)"), "sampler"),
    (re.compile(r"(?:negative|negativ)(?: prompt)?: ?(.+)"), "no"),
)
_FILLERS = re.compile(
    r"(?:make it|paint it|mach es|mal es|in|with|mit|and|und|use|nimm|at|please|bitte|the|im|now|"
    r"jetzt|[,.;!])\s*"
)


@dataclass(frozen=True, slots=True)
class Read:
    """`words` without the flags, and the options that the flags set."""

    words: str
    options: Options

    @property
    def plain(self) -> bool:
        """Whether no flag was there."""
        return self.options == Options()


def read_flags(text: str) -> Read:
    """The words and the settings of a text. Raises `BadOption` for all values that a flag cannot have."""
    found = _found(text)
    if not found:
        return Read(text, Options())
    kept, values, end = [text[: found[0].start()]], {}, 0
    wrong: list[BadOption] = []
    for number, flag in enumerate(found):
        until = found[number + 1].start() if number + 1 < len(found) else len(text)
        value, end = _value(flag[2].casefold(), text, flag.end(), until)
        kept.append(text[end:until])
        if (name := _NAMES.get(flag[2].casefold())) is not None:
            try:
                values[name] = _meaning(name, flag[2], value)
            except BadOption as error:
                wrong.append(error)
    if wrong:
        raise _together(wrong)
    return Read(" ".join(" ".join(kept).split()).strip(" ,"), Options(**values))


def flags_of(options: Options) -> str:
    """The options as flags, which `read_flags` reads; the words of a style that is not the operator's have
    none."""
    guidance = options.guidance
    flags = {
        "ar": options.size,
        "seed": options.seed,
        "steps": options.steps,
        "cfg": None if guidance is None else f"{guidance:.10f}".rstrip("0").rstrip("."),
        "sampler": options.scheduler,
        "count": options.count,
        "style": options.style,
        "model": options.model,
        "lora": options.loras,
        "no": _NOTHING if options.negative == "" else options.negative,
    }
    said = [f"--{name} {value}" for name, value in flags.items() if value is not None]
    return " ".join(["--exact", *said] if options.exact else said)


def unknown_in(text: str) -> tuple[str, ...]:
    """The flags that mean nothing here, as they were typed, each once."""
    typed = [f"--{flag[2]}" for flag in _found(text) if flag[2].casefold() not in _NAMES]
    return tuple(dict.fromkeys(typed))


def settings_said(text: str) -> Options | None:
    """The settings of a reply that says nothing else, by flags or in plain words; None for other replies."""
    read = read_flags(text)
    if not read.plain:
        return read.options if not read.words else None
    rest, said = " ".join(text.casefold().split()), Options()
    while rest:
        if (filler := _FILLERS.match(rest)) is not None and (
            filler[0][-1] in " ,.;!" or filler.end() == len(rest)
        ):
            rest = rest[filler.end() :]
            continue
        flag = next(((m, name) for pattern, name in _SAID if (m := _whole(pattern, rest))), None)
        if flag is None:
            return None
        said = over(said, Options(**{_NAMES[flag[1]]: _meaning(_NAMES[flag[1]], flag[1], flag[0][1])}))
        rest = rest[flag[0].end() :].lstrip()
    return None if said == Options() else said


def over(first: Options, then: Options) -> Options:
    """`first`, and what it leaves open from `then`."""
    return replace(
        first,
        **{
            one.name: getattr(then, one.name)
            for one in fields(Options)
            if getattr(first, one.name) == one.default
        },
    )


def _whole(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """A match that does not end in the middle of a word."""
    found = pattern.match(text)
    return None if found is None or text[found.end() : found.end() + 1].isalnum() else found


def _found(text: str) -> list[re.Match[str]]:
    known = _NAMES.keys() | _FOREIGN | _FOREIGN_SWITCHES
    return [flag for flag in _FLAG.finditer(text) if flag[1] == "--" or flag[2].casefold() in known]


def _value(name: str, text: str, start: int, until: int) -> tuple[str, int]:
    """A flag's value and where it ends: nothing for a switch, else a word, or all up to the next flag."""
    meant = _NAMES.get(name)
    if meant == "exact" or name in _FOREIGN_SWITCHES:
        return "", start
    if meant in _TEXTS:
        return text[start:until].strip(" ,"), until
    word = re.compile(r"\s*(\S*)").match(text, start, until)
    assert word is not None  # it may match nothing
    return word[1].rstrip(",;"), word.end()


def _meaning(name: str, typed: str, value: str) -> Any:
    """The value of a flag. Raises `BadOption` for one that it cannot have."""
    if name == "exact":
        return True
    if name == "size" and ratio_of(value) is None and value not in SIZES:
        _refuse(typed, value, words.AN_ASPECT)
    if name in ("seed", "steps", "count"):
        if not (value.isascii() and value.isdigit() and len(value) <= len(str(MAX_SEED))):
            _refuse(typed, value, words.A_WHOLE_NUMBER)
        return int(value)
    if name == "guidance":
        if not re.fullmatch(r"[0-9]{1,3}([.,][0-9]{1,10})?", value):
            _refuse(typed, value, words.ANY_NUMBER)
        return float(value.replace(",", "."))
    if not value:
        _refuse(typed, value, words.SOME_WORDS)
    if name == "negative" and value.casefold() == _NOTHING:
        return ""
    return value[:_MOST_CHARS]


def _together(found: Sequence[BadOption]) -> BadOption:
    """All of them as one error, in their order; one alone is that one."""
    *before, last = found
    if not before:
        return last
    others = _together(before)
    return BadOptions(others=others.sentence.with_(**others.fields), **last.fields)


def _refuse(typed: str, value: str, allowed: Text) -> NoReturn:
    raise BadOption(option=f"--{typed}", value=words.QUOTED.with_(value=value[:40]), allowed=allowed)
