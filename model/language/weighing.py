"""How probable an answer is to the model that wrote it, in whatever words it says the same, and the next one.

The probability of a text is that of its tokens. But "in a meadow, at night" and "in a meadow at night" are
one answer, and a model that wavers between them is sure. So where a text is not nearly certain, those that
take the likeliest other token at its least certain places are written as well, and each that differs in
nothing but articles, joining words, punctuation and the order of its phrases adds its probability. No two of
them are the same text, as each leaves the answer at another place. Of those that say something else the
likeliest is the second reading.
"""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from model.language.confidence import Weight
from model.language.conversation import Answer
from model.language.decoding import Decoder, Text
from model.language.reading import Reader, edited_prompt
from model.language.sampling import Drawing, Sampling
from model.language.stopping import Watch

CERTAIN = 0.9
"""From this probability on an answer is not looked at again."""
PLACES = 3
"""How many other texts are written for one."""
LEAST = 0.02
"""Texts that cannot reach this probability are not written."""
LEAST_READING = 0.05
"""From this probability on what another text says is a second reading."""
_BETWEEN = re.compile(r"[^\w\s']+|\b(?:a|an|the|and|with|in|at|on|of|by|during)\b")
"""What stands between the phrases of a prompt."""


@dataclass(frozen=True, slots=True)
class Read:
    """A text that was written with its probabilities, what reads it, and what it says."""

    text: Text
    reader: Reader
    answer: Answer


def weights(
    read: Sequence[Read], decoder: Decoder, decode: Callable[[list[int]], str], ends: frozenset[int]
) -> list[Weight]:
    """The weight of each answer. `decode` gives the text of tokens, up to one of `ends`.

    A second reading is an edit, too, and does not leave the source prompt as it is.
    """
    sums: list[float] = []
    seconds: list[dict[tuple[str, ...], _Second]] = [{} for _ in read]
    others: list[tuple[int, list[int], float, Text]] = []
    for number, one in enumerate(read):
        text = one.text
        logs = text.log_probabilities[: _length(text.written, one.reader, decode)]
        sums.append(math.exp(min(0.0, sum(logs))))
        if sums[-1] >= CERTAIN or one.answer.kind != "edit":
            continue
        unsure = sorted(range(len(logs)), key=lambda place: text.runners_up[place][1] - logs[place])
        for place in unsure[-PLACES:]:
            token, log = text.runners_up[place]
            before = sum(logs[:place]) + log
            if math.exp(before) >= LEAST and place + 1 < text.most:
                begun = [*text.written[:place], token]
                others.append((number, begun, before, _going_on(one, begun, decode)))
    decoder.write([other for _, begun, _, other in others if begun[-1] not in ends])
    for number, begun, before, other in others:
        one, tokens = read[number], [*begun, *other.written]
        said = None if other.broken else edited_prompt(decode(tokens), one.reader)
        if said is None:
            continue
        behind = _length(tokens, one.reader, decode) - len(begun)
        probability = math.exp(before + sum(other.log_probabilities[: max(0, behind)]))
        if content(said) == content(one.answer.text):
            sums[number] += probability
        else:
            seconds[number].setdefault(content(said), _Second(said)).probability += probability
    return [
        Weight(min(1.0, own), _likeliest(found, one.reader.source_prompt))
        for own, found, one in zip(sums, seconds, read, strict=True)
    ]


def probabilities(
    decoder: Decoder,
    rows: Sequence[tuple[list[int], list[int]]],
    context: int,
    batch: int,
    stop: Callable[[], bool],
) -> list[float]:
    """How probable each text is behind its prompt, both as tokens; 0 where `context` has no room for them.

    `batch` of them go through the model at once. `stop` is asked before; once true, the rest is left at 0.
    """
    found = [0.0] * len(rows)
    fitting = [row for row, (prompt, text) in enumerate(rows) if len(prompt) + len(text) <= context]
    for start in range(0, len(fitting), batch):
        if stop():
            break
        some = fitting[start : start + batch]
        logs = decoder.log_probabilities([rows[row][0] for row in some], [rows[row][1] for row in some])
        for row, log in zip(some, logs, strict=True):
            found[row] = math.exp(log)
    return found


@dataclass(slots=True)
class _Second:
    """Another target prompt, in the words of the first text that says it, and the probability of all."""

    prompt: str
    probability: float = 0.0


def _likeliest(found: dict[tuple[str, ...], _Second], source: str) -> str:
    left = [one for says, one in found.items() if says != content(source)]
    best = max(left, key=lambda one: one.probability, default=None)
    return best.prompt if best and best.probability >= LEAST_READING else ""


def _going_on(one: Read, begun: list[int], decode: Callable[[list[int]], str]) -> Text:
    """What is to be written behind another beginning of an answer."""
    watch = Watch(decode, one.reader, one.text.most)
    return Text(
        [*one.text.prompt, *begun],
        one.text.most - len(begun),
        Drawing(Sampling(0, 0)),
        lambda written: watch.enough([*begun, *written]),
        one.text.copies_from,
        weighed=True,
    )


def _length(tokens: list[int], reader: Reader, decode: Callable[[list[int]], str]) -> int:
    """How many of the tokens are read: more may follow, as a text is looked at every few tokens."""
    end = len(tokens)
    while end > 1 and reader.is_complete(decode(tokens[: end - 1])):
        end -= 1
    return end


def content(text: str) -> tuple[str, ...]:
    """What a prompt says: its phrases, whatever their order and what joins them.

    >>> content("A fox at night, in the fog") == content("a fox in the fog at night")
    True
    >>> content("a red fox and a cat") == content("a fox and a red cat")
    False
    """
    phrases = (" ".join(phrase.split()) for phrase in _BETWEEN.split(text.lower().replace("-", " ")))
    return tuple(sorted(filter(None, phrases)))
