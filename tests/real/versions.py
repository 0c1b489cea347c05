"""Versions of the few-shot prompt, each with what it was expected to do, written before it was tried.

Every version is measured by `python -m tests.real edits` on the same edits of people. Expectations, for an
instruct model of 135 million parameters:

- today: the prompt of template version 1. Unchanged prompts and words borrowed from the examples were seen.
- neutral: as today, but an edit is shown no example with words of style or quality; those go with the empty
  instruction alone. Expected: fewer borrowed and added words, integrity as today.
- six: neutral, with two examples more, so that adding, replacing, removing, a style and a changed quality are
  each shown once. Expected: higher integrity, fewer prompts unchanged.
- first: six, with the example of thanks first instead of last. A small model does as the last example did.
  Expected: fewest prompts unchanged.
- chosen: three examples of the instruction's own kind, told by its words, behind the one of thanks. Expected:
  the best F1, since the model can do as the examples did; more copies of their words.
- labels: first, each request as "Prompt:", "Change:" and then "New prompt:", so that the answer continues a
  label. Expected: fewer answers to the person, F1 as first.
- system: first, with the examples as text of the system message. Expected: worse than turns, more
  answers that are none.
- short: first, with a system message of one sentence. Expected: no worse, as a model of this size does not
  follow rules.
- served: the messages of a conversation, with marks for what is no edit (`model.language.messages`).
  Expected: F1 as today, since the last examples are edits; a few edits taken for talk.
- swapped: first, with the instruction above the source, so that the text to be copied stands last. Expected:
  F1 higher, more prompts unchanged.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from unittest.mock import patch

from model.engine import Step
from model.language import examples, prompt
from model.language.messages import conversation_messages
from model.language.prompt import asked, chat_messages, one_line

Example = tuple[str, str, str]
"""Source prompt, instruction, target prompt."""

Messages = list[dict[str, str]]

THANKS = ("a girl reading under a tree", "thanks, that looks great!", "a girl reading under a tree")
POOL: dict[str, tuple[Example, ...]] = {
    "remove": (
        ("a table with apples and a candle", "remove the candle", "a table with apples"),
        ("Harbor at Dawn with Ships, 1911", "without the ships", "Harbor at Dawn, 1911"),
        ("a man in a hat on a bench", "take away his hat", "a man on a bench"),
    ),
    "replace": (
        (
            "Two Dogs on the Beach by Anna Berg",
            "turn the dogs into foxes",
            "Two Foxes on the Beach by Anna Berg",
        ),
        ("a candle beside a window", "replace the candle with a robot", "a robot beside a window"),
        ("Village in Norway - Photo Print", "swap Norway for Peru", "Village in Peru - Photo Print"),
    ),
    "style": (
        (
            "The Old Mill - oil painting by J. Weber",
            "as a comic book",
            "The Old Mill - comic book by J. Weber",
        ),
        (
            "a market street in Lisbon",
            "make it a pencil drawing",
            "a pencil drawing of a market street in Lisbon",
        ),
        ("Station Hall, London", "in the style of Klimt", "Station Hall, London, in the style of Klimt"),
    ),
    "add": (
        ("an old bridge over a river", "add a balloon", "an old bridge and a balloon over a river"),
        ("Portrait of a Sailor, 1890", "give him a pipe", "Portrait of a Sailor with a Pipe, 1890"),
        ("Mountain Lake by Tom Reed", "put a whale in the lake", "Mountain Lake with a Whale by Tom Reed"),
    ),
    "describe": (
        ("Red Bicycle Against a Wall", "make the bicycle green", "Green Bicycle Against a Wall"),
        ("a quiet village in the mountains", "make it winter", "a quiet village in the mountains in winter"),
        ("Garden Path - Wall Art", "more mysterious", "Mysterious Garden Path - Wall Art"),
    ),
}
ONE_OF_EACH = tuple(POOL[kind][0] for kind in ("add", "replace", "remove", "style", "describe"))
_SHORT = "You edit prompts for pictures. Reply with the source prompt, changed as the instruction says."


@dataclass(frozen=True, slots=True)
class Version:
    """One few-shot prompt: its system message, the examples for an instruction, how a request is written."""

    name: str
    examples: Callable[[str], Iterable[Example]]
    system: str = prompt._SYSTEM
    request: Callable[[str, str], str] = prompt.request_text
    as_turns: bool = True

    def messages(
        self, source: str, instruction: str, history: Sequence[Step] = (), left_out: int = 0
    ) -> Messages:
        """As `model.language.prompt.chat_messages`. The beautified form is asked for as today."""
        if not instruction.strip():
            return chat_messages(source, instruction)
        shown = [(self.request(one_line(a), asked(b)), c) for a, b, c in self.examples(instruction)]
        last = {"role": "user", "content": self.request(one_line(source), asked(instruction))}
        if not self.as_turns:
            texts = [f"{request}\nTarget: {target}" for request, target in shown]
            return [{"role": "system", "content": "\n\n".join([self.system, "Examples:", *texts])}, last]
        turns = [
            {"role": role, "content": text}
            for pair in shown
            for role, text in zip(("user", "assistant"), pair, strict=True)
        ]
        return [{"role": "system", "content": self.system}, *turns, last]

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """The product asks with this version."""
        with patch("model.language.chat_template.conversation_messages", self.messages):
            yield


class Served(Version):
    """The messages that are served now."""

    def messages(
        self, source: str, instruction: str, history: Sequence[Step] = (), left_out: int = 0
    ) -> Messages:
        """As `model.language.messages`."""
        return conversation_messages(source, instruction, history, left_out)


def kind(instruction: str) -> str:
    """The kind of edit by the words of the instruction; the examples of `POOL` are by the same kinds."""
    from training.tiny.lm_eval import HumanEdit

    found = HumanEdit("", instruction, "").kind
    return found if found in POOL else "describe"


def _labels(source: str, instruction: str) -> str:
    return f"Prompt: {source}\nChange: {instruction}\nNew prompt:"


def _swapped(source: str, instruction: str) -> str:
    return f"Instruction: {instruction}\nSource: {source}"


_FIRST = (THANKS, *ONE_OF_EACH)
VERSIONS = {
    version.name: version
    for version in (
        Version("today", lambda _: examples.EDITS),
        Version("neutral", lambda _: (POOL["add"][0], POOL["replace"][0], POOL["describe"][0], THANKS)),
        Version("six", lambda _: (*ONE_OF_EACH, THANKS)),
        Version("first", lambda _: _FIRST),
        Version("chosen", lambda instruction: (THANKS, *POOL[kind(instruction)])),
        Version("labels", lambda _: _FIRST, request=_labels),
        Version("system", lambda _: _FIRST, as_turns=False),
        Version("short", lambda _: _FIRST, system=_SHORT),
        Served("served", lambda _: [(e.source, e.instruction, e.answer) for e in examples.MESSAGES]),
        Version("swapped", lambda _: _FIRST, request=_swapped),
    )
}
