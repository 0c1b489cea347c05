"""Going back in words: to before a step, to what a picture showed, or to before the last step.

"It was better before the tree", "the one with the blue house", "undo the lantern". Pure; the forms in each
language stand in `bot.texts.commands`. Which step is meant is told by the words it brought into the prompt,
and by those it was asked for with; a picture that shows what the current one does not, by its prompt. Where
none fits, or more than one step, nothing is found here and the language model reads the message.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from bot.domain.said_commands import plain
from bot.domain.sanitize import without_accents
from bot.domain.unasked import phrases
from bot.texts.commands import BY_LANGUAGE
from model.engine import Step
from model.language.conversation import GAP
from model.language.stems import STOP_WORDS, stem, words

_LONGEST = 100  # characters
_SHORTEST_ENDED = 4  # letters; a shorter word with an ending is often another word
_SEVERAL = re.compile(r"[,;+&、]|\b(?:and|then|und|dann|et|puis|y|luego|e|depois)\b", re.IGNORECASE)
"""What joins several wishes in one message."""


def earlier_prompt(said: str, source: str, history: Sequence[Step]) -> str | None:
    """The earlier prompt that the message goes back to; None where it does not, or no one step is meant.

    `history` are the steps that led to `source`, oldest first, as in `model.engine.EditRequest`.
    """
    if len(said) > _LONGEST or not history:
        return None
    text = plain(said)
    # "the one from before with the tree" has both kinds of words
    finders = (_that_shows, _before, _before_the_last)
    return next((prompt for find in finders if (prompt := find(text, source, history)) is not None), None)


def _that_shows(text: str, source: str, history: Sequence[Step]) -> str | None:
    """The latest prompt that shows what is named, where `source` does not."""
    named = frozenset(map(stem, _named(_SHOWING, text)))
    if not named or _shows(_phrases_of(source), named):
        return None
    return next((step.prompt for step in reversed(history) if _shows(_phrases_of(step.prompt), named)), None)


def _before(text: str, source: str, history: Sequence[Step]) -> str | None:
    """The prompt before the step that is named."""
    step = _step_of(_named(_BEFORE, text), source, history)
    return None if step is None else history[step].prompt


def _before_the_last(text: str, source: str, history: Sequence[Step]) -> str | None:
    """The prompt before the last step, where that is the one to be taken back, and did one thing."""
    latest = history[-1]
    alone = latest.instruction != GAP and not _SEVERAL.search(latest.instruction)
    is_meant = _step_of(_named(_UNDOING, text), source, history) == len(history) - 1
    return latest.prompt if alone and is_meant else None


def _named(forms: Sequence[re.Pattern[str]], text: str) -> list[str]:
    """The words in the place of `{x}` that say what; none where no form fits."""
    for form in forms:
        found = form.fullmatch(text)
        if found and _AROUND.issuperset(words(found["around"])):
            # "l'arbre" is two words here
            what = words(found["x"].replace("'", " "))
            return [word for word in what if word not in STOP_WORDS | _HAPPENED]
    return []


def _step_of(what: list[str], source: str, history: Sequence[Step]) -> int | None:
    """The latest step since which the prompt has what is named, or has it no more where the words say so.

    Where no prompt tells it (it was named in another language), the one step asked for in such words.
    """
    named, went = frozenset(stem(word) for word in what if word not in _LOST), not _LOST.isdisjoint(what)
    if not named:
        return None
    results = [*(step.prompt for step in history[1:]), source]
    changed: list[int] = []
    told: list[int] = []
    shown = False
    for number, (step, result) in enumerate(zip(history, results, strict=True)):
        if step.instruction == GAP:
            continue
        before, after = _phrases_of(step.prompt), _phrases_of(result)
        had, has = (after, before) if went else (before, after)
        if _shows(has, named) and not _shows(had, named):
            changed.append(number)
        shown = shown or _shows((*before, *after), named)
        asked = words(_folded(step.instruction))
        new = frozenset().union(*after).difference(*before)
        if _all_among(named, new.union(map(stem, asked))) and (not went or not _LOST.isdisjoint(asked)):
            told.append(number)
    if changed:
        return changed[-1]
    return told[0] if len(told) == 1 and not shown else None


def _phrases_of(prompt: str) -> list[frozenset[str]]:
    return [stems for stems, _ in phrases(_folded(prompt))]


def _shows(prompt: Iterable[frozenset[str]], named: frozenset[str]) -> bool:
    """Whether one phrase has all the words: an orange fox is not in "a red fox and an orange robot"."""
    return any(_all_among(named, phrase) for phrase in prompt)


def _all_among(named: Iterable[str], said: Iterable[str]) -> bool:
    return all(any(_same(name, word) for word in said) for name in named)


def _same(one: str, other: str) -> bool:
    """Whether two stems are of one word: "baum" and "baume", "walrus" and "walruse".

    In a script without spaces: whether the second has the first in it.
    """
    if one == other:
        return True
    if not one.isascii():
        return one in other
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST_ENDED and long.startswith(short) and len(long) - len(short) <= 2


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return without_accents(folded).replace("'", " ")


def _patterns(field: str, around: str) -> tuple[re.Pattern[str], ...]:
    """The forms of all languages as patterns, the longest first; `around` is what may stand before them."""
    forms = {plain(form) for table in BY_LANGUAGE.values() for form in getattr(table, field)}
    return tuple(
        re.compile(f"(?P<around>{around})" + re.escape(form).replace(r"\{x\}", "(?P<x>.+)"))
        for form in sorted(forms, key=lambda form: (-len(form), form))
    )


def _words_of(field: str) -> frozenset[str]:
    forms = (form for table in BY_LANGUAGE.values() for form in getattr(table, field))
    return frozenset(word for form in forms for word in words(plain(form)))


_BEFORE = _patterns("before", around="(?:.+ )?")
_SHOWING = _patterns("showing", around="(?:.+ )?")
_UNDOING = _patterns("undo_step", around="")
_AROUND = _words_of("around_earlier")
_HAPPENED = _words_of("happened")
_LOST = _words_of("lost")
