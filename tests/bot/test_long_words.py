"""No function of people's words takes more than n log n: a long message must not hold up the event loop.

Compared are CPU times for a text and one sixteen times as long, the least of some runs: the ratio is 16 to 22
for what grows with n or n log n, and 256 for what grows with the square of n.
"""

import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from bot.chat.wording.prompt_diff import diff, escape, render_removed, render_target, shorten
from bot.domain.sanitize import clean, same_words
from bot.domain.small_talk import is_greeting, is_praise, is_question, speaks_to_somebody
from model.language.clauses import JOINT
from model.language.stems import content_stems
from model.moderation.prompt_rules import PromptRules
from model.pictures.comfyui import read_comfyui
from model.pictures.png_metadata import Parameters
from model.presets import PRESETS
from model.tiny.grammar import parse
from model.tiny.limits import alike, crowded, unshown

SHORT, TIMES, MOST = 2000, 16, 64.0
RULES = PromptRules(PRESETS["tiny"].safety)


def _diff(text: str) -> None:
    pieces = diff(text, text[::-1])
    render_target(pieces, 4096)
    render_removed(pieces, 1024)


def _parameters(text: str) -> None:
    with suppress(KeyError, ValueError):  # it is no such text
        Parameters.from_text(f"{text}\n{text}")


FUNCTIONS: dict[str, Callable[[str], object]] = {
    "clean": clean,
    "same_words": lambda text: same_words(text, text + " x"),
    "diff": _diff,
    "escape": escape,
    "shorten": lambda text: shorten(text, 100),
    "is_greeting": is_greeting,
    "is_praise": is_praise,
    "is_question": is_question,
    "speaks_to_somebody": lambda text: speaks_to_somebody(text, ["Ada", "Grace"]),
    "content_stems": content_stems,
    "joints of wishes": JOINT.split,
    "rules": RULES.find,
    "parameters of a file": _parameters,
    "ComfyUI's graph": read_comfyui,
    "parse": parse,
    "unshown": unshown,
    "crowded": crowded,
    "alike": lambda text: alike(text, text),
}
TEXTS = {
    "one letter": "a",
    "short words": "a ",
    "two words": "red house ",
    "brackets": "[x](",
    "marks": "<@1",
    "commas": "a,",
    "greetings": "hi hello ",
    "spaces": " ",
    "ends": "!.?",
    "joiners": "\u200d",
    "keys": "Steps: 1, ",
    "quotes": 'a: "',
    "lines": "x\n",
    "negations": "no rain ",
}


def seconds(function: Callable[[str], object], text: str) -> float:
    """The CPU time of a call."""
    began = time.process_time()
    function(text)
    return time.process_time() - began


@pytest.mark.parametrize("name", FUNCTIONS)
def test_time_grows_with_the_length_of_the_words(name: str) -> None:
    function, slow = FUNCTIONS[name], []
    for kind, part in TEXTS.items():
        text, long_text = (part * SHORT)[:SHORT], (part * SHORT * TIMES)[: SHORT * TIMES]
        base = max(min(seconds(function, text) for _ in range(3)), 50e-6)
        # the least of three is quick as soon as one of them is
        if all(seconds(function, long_text) > MOST * base for _ in range(3)):
            slow.append(kind)
    assert slow == []
