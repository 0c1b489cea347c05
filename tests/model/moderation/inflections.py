"""Writes `model/moderation/words/forms/`: the inflected forms of the word lists' single words.

`python -m tests.model.moderation.inflections`, with simplemma's dictionaries, after a list has changed; it
takes minutes. The bot itself needs neither simplemma nor its 19 MB: forms are looked up once, here, and
shipped as words.
"""

import sys
from collections import defaultdict
from importlib import import_module

from model.moderation.folding import written
from model.moderation.vocabulary import WORDS, single_words

# A list's name, and simplemma's for its languages. English lists its forms by hand: there a lemma joins too
# much ("erection" and "erect").
LANGUAGES = {
    "ar": ("ar",), "cs": ("cs", "sk"), "de": ("de",), "el": ("el",), "es": ("es",), "fi": ("fi",),
    "fr": ("fr",), "hu": ("hu",), "it": ("it",), "nl": ("nl",), "pl": ("pl",), "pt": ("pt",), "ro": ("ro",),
    "ru": ("ru",),
    "scandinavian": ("da", "nb", "nn", "sv"), "tr": ("tr",), "uk": ("uk",),
}  # fmt: skip
# More forms than a noun or an adjective has: a verb, whose forms mean too many other things
MOST_FORMS = {"es": 8, "fr": 8, "it": 8, "pt": 8, "nl": 8, "ro": 14, "de": 20}
MOST_FORMS_ELSEWHERE = 60
NOT_THESE = frozenset({"copie"})  # dictionary forms of other words: "copii" are children, and copies
SAME_BEGINNING = 3  # letters that a form shares with its word


def main() -> None:
    """Write a file for each language: a word, then its forms that no list has."""
    folder = WORDS / "forms"
    folder.mkdir(exist_ok=True)
    for name, codes in LANGUAGES.items():
        words = single_words(name)
        lines = []
        for word, forms in sorted(_forms(words, codes, MOST_FORMS.get(name, MOST_FORMS_ELSEWHERE)).items()):
            lines.append(f"{word}: {' '.join(sorted(forms))}\n")
        (folder / f"{name}.txt").write_text("".join(lines), encoding="utf-8")
        sys.stdout.write(
            f"{name}: {len(words)} words, {sum(len(line.split()) - 1 for line in lines)} forms\n"
        )


def _forms(words: set[str], codes: tuple[str, ...], most: int) -> dict[str, set[str]]:
    """For each word the forms with its dictionary form, folded, without those that are words themselves."""
    factory = import_module("simplemma.strategies.dictionaries.dictionary_factory").DefaultDictionaryFactory()
    english = set(factory.get_dictionary("en"))  # most prompts are English, and its list has its own forms
    found: dict[str, set[str]] = defaultdict(set)
    for code in codes:
        groups: dict[str, set[str]] = defaultdict(set)
        lemmas: dict[str, set[str]] = defaultdict(set)
        for form, dictionary_form in factory.get_dictionary(code).items():
            lemma = written(dictionary_form)
            groups[lemma].add(written(form))
            lemmas[written(form)].add(lemma)
            lemmas[lemma].add(lemma)
        for word in words:
            only = _only(word, lemmas.get(word, set()))
            group = groups[only] | {only} if only else set()
            if len(group) <= most:
                found[word] |= {form for form in group - words - english if _alike(form, word)}
    return {word: forms for word, forms in found.items() if forms}


def _only(word: str, lemmas: set[str]) -> str:
    """The dictionary form of a word; "" where it may be of several ("copii": children, copies)."""
    lemmas = lemmas - NOT_THESE
    if word in lemmas:
        return word
    return next(iter(lemmas)) if len(lemmas) == 1 else ""


def _alike(form: str, word: str) -> bool:
    return form.isalpha() and len(form) > SAME_BEGINNING and form[:SAME_BEGINNING] == word[:SAME_BEGINNING]


if __name__ == "__main__":
    main()
