"""Going back in words: to what a picture showed, to before a step, or to before the last one.

"The one with the blue house", "it was better before the tree", "undo the lantern". Pure; the forms in each
language stand in `bot.texts.commands`. The picture that is meant is the latest one that shows what is named,
where the current one does not; or the one before the latest step that brought what is named, or that was
asked for in such words. Where there is none, nothing is found here and the language model reads the message.

Only what can hardly be a wish counts: in English "the one with a hat" and not "one with a hat", and "before
it snowed" but not "before sunset".
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.said_commands import plain
from bot.domain.sanitize import folded
from bot.domain.small_talk import is_question
from bot.domain.unasked import phrases
from bot.texts.commands import BY_LANGUAGE
from bot.texts.commands.words import CommandWords, Forms
from bot.texts.wishes import REMOVING
from model.engine import Step
from model.language.conversation import GAP, with_results
from model.language.stems import STOP_WORDS, stem, words

_LONGEST = 100  # characters
_SHORTEST_ENDED = 4  # letters; a shorter word with an ending is often another word
_ENDINGS = ("e", "n", "en", "er", "s", "x")
_WITHOUT_SPACES = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_KEPT_PROMPTS = 256


@dataclass(frozen=True, slots=True)
class _Said:
    """What one language says, folded as messages are; the forms with the longest first."""

    before: tuple[re.Pattern[str], ...]
    showing: tuple[re.Pattern[str], ...]
    undo_step: tuple[re.Pattern[str], ...]
    around: frozenset[str]
    articles: frozenset[str]
    happened: frozenset[str]
    unnaming: frozenset[str]
    lost: frozenset[str]
    may_ask: frozenset[str]

    @classmethod
    def of(cls, table: CommandWords) -> "_Said":
        articles, happened = _folded_words(table.articles), _folded_words(table.happened)
        return cls(
            before=_patterns(table.before),
            showing=_patterns(table.showing),
            undo_step=_patterns(table.undo_step),
            around=_folded_words(table.around_earlier),
            articles=articles,
            happened=happened,
            unnaming=STOP_WORDS | articles | happened,
            lost=_folded_words(table.lost),
            may_ask=_folded_words(table.may_ask),
        )


def names_a_picture(said: str) -> bool:
    """Whether the message may go back to a picture by what it shows, so that `earlier_prompt` wants all."""
    text = plain(said)
    return any(next(_readings(own.showing, text), None) for own in _heard(said, text))


def earlier_prompt(
    said: str, source: str, history: Sequence[Step], pictures: Sequence[str] | None = None
) -> str | None:
    """The earlier prompt that the message goes back to; None where it goes nowhere that can be told.

    `history` are the steps that led to `source`, oldest first, as in `model.engine.EditRequest`; `pictures`
    the prompts of all pictures of the conversation, oldest first, those that were undone as well. None: those
    of the history.
    """
    if not history and not pictures:
        return None
    text = plain(said)
    shown = [step.prompt for step in history] if pictures is None else pictures
    for own in _heard(said, text):
        # "that one from before with the tree" has both kinds of words
        found = _that_shows(own, text, source, shown)
        if found is None and history:
            found = _before(own, text, source, history)
            found = _before_the_last(own, text, source, history) if found is None else found
        if found is not None:
            return found
    return None


def _heard(said: str, text: str) -> Iterator[_Said]:
    """The languages in which a message may go back: few for a question, none for a long one."""
    if len(said) > _LONGEST:
        return
    first, asks = text.split()[:2], is_question(said)
    yield from (own for own in _LANGUAGES if not asks or not own.may_ask.isdisjoint(first))


def _that_shows(own: _Said, text: str, source: str, pictures: Sequence[str]) -> str | None:
    """The latest prompt that shows what is named, where `source` does not."""
    for around, what in _readings(own.showing, text):
        named = frozenset(stem(word) for word in what if word not in own.unnaming)
        if own.around.issuperset(around) and named and not _shows(_phrases_of(source), named):
            shown = (prompt for prompt in reversed(pictures) if _shows(_phrases_of(prompt), named))
            return next(shown, None)
    return None


def _before(own: _Said, text: str, source: str, history: Sequence[Step]) -> str | None:
    """The prompt before the step that is named."""
    for around, what in _readings(own.before, text):
        told = own.happened.intersection(what)
        # in English "before sunset" alone may be a time of day, and "before it snowed" is none
        if own.around.issuperset(around) and (around or told or not text.startswith("before ")):
            step = _step_of(own, [word for word in what if word not in own.unnaming], source, history)
            return None if step is None else step.prompt
    return None


def _before_the_last(own: _Said, text: str, source: str, history: Sequence[Step]) -> str | None:
    """The prompt before the last step, where that is the one to be taken back, and did one thing."""
    for around, what in _readings(own.undo_step, text):
        if around or not _did_one_thing(history[-1], source):
            continue
        # every word counts: "undo all but the moon" names more than the moon
        step = _step_of(own, [word for word in what if word not in own.articles], source, history)
        return step.prompt if step is history[-1] else None
    return None


def _readings(forms: Iterable[re.Pattern[str]], text: str) -> Iterator[tuple[list[str], list[str]]]:
    """What stands before each form that fits, and in the place of its `{x}`."""
    for form in forms:
        if found := form.fullmatch(text):
            # "l'arbre" is two words here
            yield words(found["around"]), words(found["x"].replace("'", " "))


def _step_of(own: _Said, what: list[str], source: str, history: Sequence[Step]) -> Step | None:
    """The latest step since which the prompt has what is named, or has it no more where the words say so.

    Where no prompt tells it (it was named in another language), the one step asked for in such words.
    """
    named, went = (
        frozenset(stem(word) for word in what if word not in own.lost),
        not own.lost.isdisjoint(what),
    )
    if not named:
        return None
    changed: list[Step] = []
    told: list[Step] = []
    shown = False
    for step, result in with_results(source, history):
        before, after = _phrases_of(step.prompt), _phrases_of(result)
        had, has = (after, before) if went else (before, after)
        if _shows(has, named) and not _shows(had, named):
            changed.append(step)
        shown = shown or _shows((*before, *after), named)
        asked = words(_folded(step.instruction))
        removes = not (REMOVING | own.lost).isdisjoint(asked)
        new = frozenset().union(*after).difference(*before)
        if removes == went and _all_among(named, new.union(map(stem, asked))):
            told.append(step)
    if changed:
        return changed[-1]
    return told[0] if len(told) == 1 and not shown else None


def _did_one_thing(step: Step, result: str) -> bool:
    before, after = set(_phrases_of(step.prompt)), set(_phrases_of(result))
    return step.instruction != GAP and len(after - before) <= 1 and len(before - after) <= 1


@lru_cache(_KEPT_PROMPTS)
def _phrases_of(prompt: str) -> tuple[frozenset[str], ...]:
    return tuple(stems for stems, _ in phrases(_folded(prompt)) if stems)


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
    if _WITHOUT_SPACES.search(one):
        return one in other
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST_ENDED and long.startswith(short) and long[len(short) :] in _ENDINGS


def _folded(text: str) -> str:
    return folded(text).replace("'", " ")


def _patterns(forms: Forms) -> tuple[re.Pattern[str], ...]:
    said = sorted({plain(form) for form in forms}, key=lambda form: (-len(form), form))
    return tuple(
        re.compile("(?P<around>(?:.+ )?)" + re.escape(form).replace(r"\{x\}", "(?P<x>.+)")) for form in said
    )


def _folded_words(forms: Forms) -> frozenset[str]:
    return frozenset(word for form in forms for word in words(plain(form)))


_LANGUAGES = tuple(_Said.of(table) for table in BY_LANGUAGE.values())
