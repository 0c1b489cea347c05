"""Makes the table of `table.py` from WordNet as NLTK reads it: `python -m training data wordnet`.

NLTK is needed for this alone (the extra "dev"), and its corpus: `python -m nltk.downloader wordnet`. Equal
input gives an equal file.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from model.language.stems import stem
from training.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_EXCEPTIONS = {"n": "noun.exc", "v": "verb.exc", "a": "adj.exc", "r": "adv.exc"}
_SYNONYM_SENSES = 2
"""Senses are in order of use; the later ones of a common word mean something else ("mountain": a lot)."""
_RARE = 4
"""A part of speech that is this many times rarer gives no kinds: a cat is an animal, seldom a verb."""


def build(path: Path) -> Path:
    """Write the table. Raises DataError where NLTK finds no WordNet."""
    from nltk.corpus import wordnet

    try:
        wordnet.ensure_loaded()
    except LookupError as error:
        raise DataError("NLTK has no WordNet yet: python -m nltk.downloader wordnet", []) from error
    table = table_of(wordnet)
    lines = (
        f"{key}\t{' '.join(sorted(forms))}\t{' '.join(sorted(kinds))}\n"
        for key, (forms, kinds) in sorted(table.items())
    )
    # Neither a name nor a time in the header, so that an equal table is an equal file
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        file.write("".join(lines).encode())
    return path


def table_of(wordnet: Any) -> dict[str, tuple[set[str], set[str]]]:
    """[stem] -> (forms, kinds), of the stems that have either; `wordnet` is NLTK's reader."""
    inflected = _inflected(wordnet)
    table: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for pos in _EXCEPTIONS:
        for lemma in filter(_plain, wordnet.all_lemma_names(pos)):
            own = _stems([lemma], inflected)
            forms = own | _stems(_derived(wordnet, lemma, pos), inflected)
            kinds = _stems(_kinds(wordnet, lemma, pos), inflected)
            for key in own:
                table[key][0].update(forms)
                table[key][1].update(kinds)
    for key, (forms, kinds) in table.items():
        forms.discard(key)
        kinds.difference_update(forms, {key})
    return {key: found for key, found in table.items() if any(found)}


def _inflected(wordnet: Any) -> dict[str, set[str]]:
    """Forms of a lemma that have another stem than it: irregular ones, and "waving" of "wave"."""
    forms: dict[str, set[str]] = defaultdict(set)
    for name in _EXCEPTIONS.values():
        with wordnet.open(name) as file:  # WordNet's exceptions, as "men man"
            for line in file:
                form, *lemmas = line.split()
                for lemma in lemmas:
                    forms[lemma].add(form)
    known = {lemma for pos in _EXCEPTIONS for lemma in wordnet.all_lemma_names(pos)}
    for verb in wordnet.all_lemma_names("v"):
        # Stems keep a final e; "bar" and "bare" would become one word
        if verb.endswith("e") and verb[:-1] not in known:
            forms[verb].add(verb[:-1] + "ing")
    return forms


def _stems(lemmas: Iterable[str], inflected: dict[str, set[str]]) -> set[str]:
    """The stems under which the lemmas and their inflected forms are found in a text."""
    return {stem(form) for lemma in lemmas for form in (lemma, *inflected.get(lemma, ()))}


def _derived(wordnet: Any, lemma: str, pos: str) -> Iterator[str]:
    for synset in wordnet.synsets(lemma, pos):
        for one in synset.lemmas():
            if one.name().lower() == lemma:
                yield from _names(one.derivationally_related_forms() + one.pertainyms())


def _kinds(wordnet: Any, lemma: str, pos: str) -> Iterator[str]:
    uses = {one: _uses(wordnet, lemma, one) for one in _EXCEPTIONS}
    if uses[pos] * _RARE < max(uses.values()):
        return
    senses = wordnet.synsets(lemma, pos)[:_SYNONYM_SENSES]
    for synset in (*senses, *(senses[0].hyponyms() if senses else ())):
        yield from _names(synset.lemmas())


def _uses(wordnet: Any, lemma: str, pos: str) -> int:
    """How often the corpus that WordNet counted has a lemma as this part of speech, in its first sense."""
    first = (one for synset in wordnet.synsets(lemma, pos)[:1] for one in synset.lemmas())
    return sum(one.count() for one in first if one.name().lower() == lemma)


def _names(lemmas: Iterable[Any]) -> Iterator[str]:
    return filter(_plain, (lemma.name().lower() for lemma in lemmas))


def _plain(name: str) -> bool:
    """Whether a lemma is one word of letters: others are never one stem of a text."""
    return name.isalpha() and len(name) > 2
