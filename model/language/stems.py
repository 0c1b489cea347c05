"""The words of a prompt: tokens, stems, stop words, content words.

One idea of "the same word" for everything that compares prompts: content integrity in training, the word
diff people read, and the checks of a model's output. It is deliberately simple and only knows English
endings; a word in another script is its own stem.
"""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_POSSESSIVE = re.compile(r"['’]s$")
_BRITISH = {
    "colour": "color", "grey": "gray", "centre": "center", "jewellery": "jewelry",
    "armour": "armor", "watercolour": "watercolor", "harbour": "harbor",
    "theatre": "theater", "fibre": "fiber",
}  # fmt: skip

STOP_WORDS = frozenset(
    """a an and are as at be been being but by did do does for from had has have he her hers him his i if in
    into is it its itself just me my of off on onto or our ours out over she so some such than that the their
    theirs them then there these they this those to too under up upon us very was we were what when where
    which while who whom will with would you your yours""".split()  # noqa: SIM905 - a list of 100 literals reads worse
)
"""Words that carry no content of a picture. Negations (no, not, without) are content: they change it."""


def words(text: str) -> list[str]:
    """The words of `text` in order: NFKC, lower case, possessive endings off, punctuation gone.

    >>> words("The Fox's red hat, 8k")
    ['the', 'fox', 'red', 'hat', '8k']
    """
    folded = unicodedata.normalize("NFKC", text).lower()
    return [_POSSESSIVE.sub("", match.group()) for match in _WORD.finditer(folded)]


def stem(word: str) -> str:
    """The stem of one lower-case word: plural, -ing, -ed and British spelling are folded.

    Light on purpose: two words that mean different pictures should rarely share a stem. Stems need not be
    words themselves; they are only compared.

    >>> [stem(w) for w in ("houses", "cities", "colours", "painting", "running", "glass")]
    ['house', 'city', 'color', 'paint', 'run', 'glass']
    """
    word = _singular(word)
    for ending in ("ing", "ed"):
        base = word.removesuffix(ending)
        if base != word and len(base) >= 3 and re.search(r"[aeiouy]", base):
            word = _undoubled(base)
            break
    return _BRITISH.get(word, word)


def _singular(word: str) -> str:
    if len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses", "zes")):
        return word[:-2]
    return word[:-1]


def _undoubled(base: str) -> str:
    """`runn` -> `run`, but `fall`, `pass` and `buzz` stay."""
    doubled = len(base) > 3 and base[-1] == base[-2] and base[-1] not in "aeioulsz"
    return base[:-1] if doubled else base


def content_words(text: str) -> list[str]:
    """The words of `text` that are no stop words, in order, repetitions kept."""
    return [word for word in words(text) if word not in STOP_WORDS]


def content_stems(text: str) -> frozenset[str]:
    """The stems of the content words: what two prompts are compared by."""
    return frozenset(stem(word) for word in content_words(text))
